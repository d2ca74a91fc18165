"""`python -m trainer.curriculum` prints what the check finds and says by its exit code whether that is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, copy_courses
from trainer.curriculum.__main__ import main


def test_sound_courses_are_said_to_be_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(copy_courses(tmp_path / "courses"))]) == 0
    assert capsys.readouterr().out == "No faults.\n"


def test_each_fault_is_a_line_that_an_editor_can_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    courses = copy_courses(tmp_path / "courses")
    path = courses / CONFIDENTIALITY
    path.write_text(path.read_text().replace("<!-- quiz -->", "<!-- quizz -->"))
    assert main([str(courses)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{path}:")
    assert "a part has no comment `quizz`" in first
    assert last == "1 fault."


def test_new_ids_are_locked_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    courses = copy_courses(tmp_path / "courses")
    (courses / "ids.lock").unlink()
    assert main([str(courses)]) == 1
    assert main([str(courses), "--lock"]) == 0
    assert main([str(courses)]) == 0
    assert "not in ids.lock yet" in capsys.readouterr().out
