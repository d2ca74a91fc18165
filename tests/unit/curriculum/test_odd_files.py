"""Whatever lies in the courses folder, the check answers with faults and never with a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LOCK, PROGRAMME, SIGNPOSTING, SUICIDE, copy_courses
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.check import check
from trainer.curriculum.faults import CourseFaultsError

ODD = {
    "nothing": b"",
    "one line end": b"\n",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe",
    "UTF-16": "---\ntitle: x\n---\n".encode("utf-16"),
    "a control character": b"---\ntitle: a\x00b\n---\n",
    "front matter alone": b"---\n---\n",
    "dashes alone": b"---",
    "a list for front matter": b"---\n- a\n- b\n---\n\n## A\n\nText.\n",
    "an alias to nothing": b"---\ntitle: *x\n---\n",
    "a deep list": b"---\ntitle: " + b"[" * 4000 + b"\n---\n",
    "a deep quotation": b"---\ntitle: a\n---\n\n## A\n\n" + b">" * 3000 + b" deep\n",
    "many brackets": b"---\ntitle: a\n---\n\n## A\n\n" + b"[" * 2000 + b"\n",
    "an impossible date": b"---\ntitle: 2024-99-99\n---\n",
    "a key that is a list": b"---\n? [a, b]\n: c\n---\n",
    "TOML that is deep": b"a = " + b"[" * 4000,
    "TOML with dates": b"title = 2024-01-01\nrules = 1\nsessions = [1, 2]\ntopics = []\nmisconceptions = 3.5\n",
    "TOML of wrong tables": b"[[rules]]\n[[topics]]\n[sessions]\n[[safe_language]]\n",
    "TOML with infinities": b"[rules]\npass_mark = nan\nordinary_behaviours = inf\nrequired_minutes = -1\n",
    "a lock of words": b"module\nmodule 0 x\nretired\nquestion a b c d\n",
}


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return copy_courses(tmp_path / "courses")


@pytest.mark.parametrize("file", [CONFIDENTIALITY, PROGRAMME, SIGNPOSTING, LOCK])
@pytest.mark.parametrize("content", ODD.values(), ids=ODD.keys())
def test_odd_content_is_a_fault_of_its_file(content: bytes, file: str, courses: Path) -> None:
    (courses / file).write_bytes(content)
    faults = check(courses)
    assert file in {fault.file for fault in faults} or file == LOCK
    assert faults == tuple(sorted(set(faults)))
    assert all(fault.line >= 1 and fault.message for fault in faults)


def test_a_missing_folder_is_one_fault(tmp_path: Path) -> None:
    assert [str(fault) for fault in check(tmp_path / "courses")] == [".:1: there is no folder courses."]


def test_an_empty_folder_misses_its_files(tmp_path: Path) -> None:
    assert {fault.file for fault in check(tmp_path)} == {".", LOCK, SIGNPOSTING}


def test_a_file_of_another_kind_is_named(courses: Path) -> None:
    (courses / "modules" / "notes.txt").write_text("x")
    (courses / "modules" / "Big Module.md").write_text("x")
    (courses / "modules" / "no-module").mkdir()
    (courses / "modules" / "folder.md").mkdir()
    assert {fault.file for fault in check(courses)} == {
        "modules/notes.txt",
        "modules/Big Module.md",
        "modules/no-module",
        "modules/folder.md",
    }


def test_a_link_to_nowhere_in_the_folder_is_a_fault(courses: Path) -> None:
    (courses / "modules" / "gone.md").symlink_to(courses / "gone")
    assert [fault.file for fault in check(courses)] == ["modules/gone.md"]


def test_the_catalogue_refuses_faulty_courses_and_lists_every_fault(courses: Path) -> None:
    path = courses / CONFIDENTIALITY
    path.write_text(path.read_text().replace("<!-- quiz -->", "<!-- quizz -->"))
    (courses / SUICIDE).write_text("x")
    with pytest.raises(CourseFaultsError) as refused:
        load_catalogue(courses)
    assert refused.value.faults == check(courses)
    assert all(str(fault) in str(refused.value) for fault in refused.value.faults)


@pytest.mark.parametrize("seed", range(40))
def test_deleted_doubled_and_shuffled_lines_never_give_a_traceback(seed: int, courses: Path) -> None:
    chance = random.Random(seed)
    for file in (CONFIDENTIALITY, SUICIDE, PROGRAMME, SIGNPOSTING, LOCK):
        path = courses / file
        lines = path.read_text().split("\n")
        for _ in range(chance.randint(0, 12)):
            index = chance.randrange(len(lines))
            lines[index : index + 1] = chance.choice([[], lines[index : index + 1] * 2, [lines[index][::-1]]])
        path.write_text("\n".join(lines))
    assert check(courses) == check(courses)


@pytest.mark.parametrize("seed", range(40))
def test_changed_characters_never_give_a_traceback(seed: int, courses: Path) -> None:
    chance = random.Random(seed)
    for file in (CONFIDENTIALITY, PROGRAMME, SIGNPOSTING, LOCK):
        text = list((courses / file).read_text())
        for _ in range(20):
            text[chance.randrange(len(text))] = chance.choice("\n \t#-*[](){}<>!|`'\"=:,.0x_~&\\é")
        (courses / file).write_text("".join(text))
    assert check(courses) == check(courses)
