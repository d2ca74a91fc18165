"""Programmes stand side by side, share modules and are checked against each other; translations keep step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LISTENING, PROGRAMME, SIGNPOSTING, copy_courses, line_number
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.check import check, renew_lock
from trainer.curriculum.faults import Faults
from trainer.curriculum.load import load
from trainer.curriculum.rules import PartKind, Programme
from trainer.curriculum.stations import Stations
from trainer.curriculum.tables import LineMap, read_toml

DUTCH = "modules/confidentiality.nl.md"


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return copy_courses(tmp_path / "courses")


def _programme(courses: Path) -> Programme:
    return load_catalogue(courses).programmes["peer-support"]


def _edit(path: Path, old: str, new: str) -> None:
    text, count = re.subn(old, new, path.read_text(), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text)


def test_a_second_programme_shares_the_modules(courses: Path) -> None:
    (courses / "evening-course.toml").write_text((courses / PROGRAMME).read_text())
    assert renew_lock(courses) == ()
    catalogue = load_catalogue(courses)
    assert sorted(catalogue.programmes) == ["evening-course", "peer-support"]
    plans = [programme.sessions[0] for programme in catalogue.programmes.values()]
    assert catalogue.pre_reading(plans[0]) == catalogue.pre_reading(plans[1]) != ()


def test_every_programme_declares_what_its_modules_reveal(courses: Path) -> None:
    (courses / "evening-course.toml").write_text((courses / PROGRAMME).read_text())
    assert renew_lock(courses) == ()
    _edit(courses / "evening-course.toml", r"^anonymised-means-safe = .*\n", "")
    messages = {fault.message for fault in check(courses) if fault.file == CONFIDENTIALITY}
    assert len(messages) == 1
    assert messages.pop().startswith("`anonymised-means-safe` is no misconception of evening-course.toml")


def test_a_module_that_no_programme_has_is_a_fault(courses: Path) -> None:
    (courses / "modules" / "cooking.md").write_text((courses / LISTENING).read_text())
    assert "`cooking` is a topic of no programme, so no session has it." in {fault.message for fault in check(courses)}


def test_a_topic_without_a_module_has_no_reading_and_is_no_fault(courses: Path) -> None:
    programme = _programme(courses)
    written = set(load_catalogue(courses).modules)
    plan = next(plan for plan in programme.sessions if plan.number == 8)
    assert [module.slug for module in load_catalogue(courses).pre_reading(plan)] == [
        slug for slug in plan.topics if slug in written
    ]


def test_a_behaviour_observed_again_is_the_same_one(courses: Path) -> None:
    programme = _programme(courses)
    first, last = programme.session(1), programme.session(10)
    assert first is not None
    assert last is not None
    assert first.behaviours[0] in last.behaviours
    assert len(programme.behaviours) == len({behaviour.id for behaviour in programme.behaviours})


def test_a_translation_in_step_is_no_fault(courses: Path) -> None:
    (courses / DUTCH).write_text(
        re.sub("^title: .*", "title: Vertrouwelijkheid", (courses / CONFIDENTIALITY).read_text(), flags=re.MULTILINE)
    )
    assert check(courses) == ()
    module = load_catalogue(courses).module_in("confidentiality", "nl")
    assert module is not None
    assert (module.title, module.language, module.number) == ("Vertrouwelijkheid", "nl", 2)


@pytest.mark.parametrize(
    ("old", "new", "heading", "message"),
    [
        (
            r"^### Let down$",
            "### Teleurgesteld",
            "### Teleurgesteld",
            "out of step: here stands the prompt `teleurgesteld`, in modules/confidentiality.md the prompt `let-down`; "
            "a heading is an id and is not translated.",
        ),
        (
            r"^### Forty words\n(?:.*\n)*?(?=## )",
            "",
            "## Sam at the door",
            "out of step: here stands the part `sam-at-the-door`, in modules/confidentiality.md the "
            "prompt `forty-words`; "
            "a heading is an id and is not translated.",
        ),
        (
            r" <!-- peers-rate-risk -->$",
            "",
            "### Swear it",
            "out of step with modules/confidentiality.md: what is `safety`, private, right, revealed and linked is the "
            "same in every language.",
        ),
        (
            r"^<!-- single -->$",
            "<!-- single safety -->",
            "### Without a name",
            "out of step with modules/confidentiality.md: what is `safety`, private, right, revealed and linked is the "
            "same in every language.",
        ),
    ],
)
def test_a_translation_out_of_step_is_a_fault(courses: Path, old: str, new: str, heading: str, message: str) -> None:
    (courses / DUTCH).write_text((courses / CONFIDENTIALITY).read_text())
    _edit(courses / DUTCH, old, new)
    line = line_number((courses / DUTCH).read_text(), heading, "#")
    assert [str(fault) for fault in check(courses)] == [f"{DUTCH}:{line}: {message}"]


def test_a_translation_of_nothing_is_a_fault(courses: Path) -> None:
    (courses / "modules" / "referrals.nl.md").write_text((courses / LISTENING).read_text())
    (courses / "modules" / "referrals.md").unlink(missing_ok=True)
    assert "this translates modules/referrals.md, which is not there or cannot be read." in {
        fault.message for fault in check(courses) if fault.file == "modules/referrals.nl.md"
    }


def test_reading_longer_than_its_minutes_is_a_fault(courses: Path) -> None:
    _edit(courses / CONFIDENTIALITY, r"^reading: .*", "reading: 2 min")
    parts = load(courses).catalogue.modules["confidentiality"].parts
    words = sum(part.words for part in parts if part.kind in (PartKind.READING, PartKind.TRY))
    expected = f"{words} words take {-(-words // 200)} minutes at 200 words a minute, not 2."
    assert [str(fault) for fault in check(courses)] == [f"{CONFIDENTIALITY}:3: {expected}"]


def test_a_picture_with_words_is_no_fault_and_one_without_is(courses: Path) -> None:
    (courses / "modules" / "confidentiality").mkdir()
    (courses / "modules" / "confidentiality" / "circles.svg").write_text("<svg/>")
    _edit(courses / CONFIDENTIALITY, r"^\*\*A missing", "![Three circles](confidentiality/circles.svg)\n\n**A missing")
    assert check(courses) == ()
    assert load_catalogue(courses).modules["confidentiality"].figures == ("circles.svg",)
    _edit(courses / CONFIDENTIALITY, "Three circles", "")
    line = line_number((courses / CONFIDENTIALITY).read_text(), "", r"!\[\]")
    message = "this picture has no alternative text; say in a few words what it shows."
    assert [str(fault) for fault in check(courses)] == [f"{CONFIDENTIALITY}:{line}: {message}"]


def test_a_picture_that_nobody_shows_is_a_fault(courses: Path) -> None:
    (courses / "modules" / "confidentiality").mkdir()
    (courses / "modules" / "confidentiality" / "circles.svg").write_text("<svg/>")
    (courses / "modules" / "confidentiality" / "notes.doc").write_text("x")
    assert [str(fault) for fault in check(courses)] == [
        "modules/confidentiality/circles.svg:1: no module shows this picture.",
        "modules/confidentiality/notes.doc:1: a picture of a module is one of .svg, .png, .jpg, .webp.",
    ]


def test_an_unreadable_programme_is_one_fault_and_hides_no_other(courses: Path) -> None:
    (courses / PROGRAMME).write_text("title = ")
    _edit(courses / SIGNPOSTING, "^free = true", 'free = "yes"')
    assert [fault.file for fault in check(courses)] == [PROGRAMME, SIGNPOSTING]


@pytest.mark.parametrize(
    ("stations", "available", "problems"),
    [
        (Stations(count=4, minutes=15, turn=5, trainees=12, observers=4), 60, 0),
        (Stations(count=4, minutes=15, turn=5, trainees=9, observers=5), 60, 0),
        (Stations(count=4, minutes=15, turn=5, trainees=13, observers=4), 60, 1),
        (Stations(count=4, minutes=15, turn=5, trainees=12, observers=3), 60, 1),
        (Stations(count=4, minutes=20, turn=5, trainees=16, observers=4), 60, 1),
        (Stations(count=5, minutes=15, turn=8, trainees=12, observers=1), 60, 3),
    ],
)
def test_stations_fit_their_minutes_trainees_and_observers(stations: Stations, available: int, problems: int) -> None:
    assert len(stations.problems(available)) == problems


TOML = """\
a = '''
[x]
b = 1
'''
[t]
"q" = [
  { n = 1 }, # [

  { n = 2 },
]
[[s]]
[s.u]
k = 1
[[s]]
[s.u]
k = 2
long = [1,
 2]
"""


def test_every_value_of_a_toml_file_has_its_line() -> None:
    lines = LineMap(TOML)
    places = {
        ("a",): 1,
        ("t", "q"): 6,
        ("t", "q", 0): 7,
        ("t", "q", 1, "n"): 9,
        ("s", 0, "u", "k"): 13,
        ("s", 1, "u", "k"): 16,
    }
    assert {path: lines.line(path) for path in places} == places
    assert lines.line(("s", 1, "u", "long", 1)) == 18
    assert lines.line(("nowhere",)) == 1


def test_a_value_of_another_type_is_a_fault_and_is_not_guessed() -> None:
    faults = Faults("x.toml")
    table = read_toml('n = "5"\nt = 5\nf = 1\nl = "a"\nd = [1]\nb = true\n', faults)
    assert table is not None
    assert (table.integer("n"), table.text("t"), table.flag("f"), table.texts("l"), table.tables("d")) == (
        0,
        "",
        False,
        (),
        (),
    )
    assert table.integer("b") == 0
    assert [fault.line for fault in faults.found] == [1, 2, 3, 4, 5, 6]
