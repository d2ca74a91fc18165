"""Advice stands apart from structure: it is given on what is sound, by a command of its own, and serving needs none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.curriculum.advised import Copy, edit
from tests.unit.curriculum.broken import CONFIDENTIALITY, COURSES, LISTENING, copy_courses
from trainer.config import ROOT
from trainer.curriculum.__main__ import main
from trainer.curriculum.advice.advise import OF_A_MODULE, advise
from trainer.curriculum.advice.ages import check_age
from trainer.curriculum.advice.findings import Rule, Study
from trainer.curriculum.advice.runs import check_runs
from trainer.curriculum.advice.sources import check_sources
from trainer.curriculum.faults import Faults
from trainer.curriculum.modules import Place, read_module

FORMAT = (ROOT / "docs" / "course-format.md").read_text()


def test_a_file_with_a_fault_of_structure_gets_no_advice_and_the_others_do(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "courses")
    for name in (CONFIDENTIALITY, LISTENING):
        edit(copy.folder / name, r"^practice: .*", "practice: 1 min")
    edit(copy.folder / CONFIDENTIALITY, "<!-- reflect -->", "<!-- reflekt -->")
    files = {fault.file for fault in advise(copy.folder)}
    assert CONFIDENTIALITY not in files
    assert LISTENING in files


def test_an_id_that_is_not_locked_yet_keeps_no_advice_away(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "courses")
    edit(copy.folder / CONFIDENTIALITY, r"^practice: .*", "practice: 1 min")
    edit(copy.folder / CONFIDENTIALITY, r"^### Let down$", "### Let down badly")
    (message,) = copy.more_advice()
    assert message.startswith(f"{CONFIDENTIALITY}:4: practice takes ")


def test_what_is_no_course_gets_no_advice(tmp_path: Path) -> None:
    assert advise(tmp_path) == ()
    assert advise(tmp_path / "nowhere") == ()


def test_the_command_prints_advice_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    courses = copy_courses(tmp_path / "courses")
    edit(courses / LISTENING, r"^practice: .*", "practice: 1 min")
    assert main([str(courses), "--advice"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [*(f"{courses}/{fault}" for fault in advise(courses)), printed[-1]]
    assert printed[-1].partition(" ")[0] == str(len(printed) - 1)


def test_the_command_prints_the_times_of_every_module(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(COURSES), "--times"]) == 0
    _, *rows, total = capsys.readouterr().out.splitlines()
    assert {row.split()[0] for row in rows} == {path.name.partition(".")[0] for path in COURSES.glob("modules/*.md")}
    assert total.startswith("The course: ")


def test_serving_loads_none_of_it() -> None:
    told = "import sys, trainer.app; print([name for name in sys.modules if 'advice' in name or 'textstat' in name])"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_advice_is_given_on_whatever_is_sound() -> None:
    """No module that its reader accepts makes a rule fail, whichever line it has lost."""
    lines, count = (COURSES / CONFIDENTIALITY).read_text().split("\n"), 0
    for index in range(0, len(lines), 7):
        faults = Faults("")
        text = "\n".join(lines[:index] + lines[index + 1 :])
        draft = read_module(text, Place("confidentiality", "en", ()), {}, faults)
        if faults.found or draft is None:
            continue
        study = Study((draft,), (), (), True)
        for found in (
            *(rule(draft) for rule in OF_A_MODULE if rule is not check_age),
            check_sources(study),
            check_runs(study),
        ):
            list(found)
        count += 1
    assert count >= 20


@pytest.mark.parametrize("rule", Rule)
def test_the_guide_for_authors_names_every_rule(rule: Rule) -> None:
    assert f"| `{rule}` |" in FORMAT
