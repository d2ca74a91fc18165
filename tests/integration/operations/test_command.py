"""The `trainer` command: sentences instead of tracebacks, links that sign in, verdicts with exit codes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.config import ROOT

PEOPLE = """given_name,family_name,email,role,body,cohort
Priya,Raman,priya.raman@counselling.example,coordinator,Counselling Service,
Amara,Osei,amara.osei@stmary.example,trainee,St Mary's College,Michaelmas A
"""
TRAINEE = "amara.osei@stmary.example"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("TRAINER_")}
    return known | {"TRAINER_INSTANCE": str(tmp_path / "instance"), "PORT": "8000"}


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trainer", *arguments]
    return subprocess.run(command, env=environ, cwd=ROOT, text=True, capture_output=True, check=False)


def test_set_up_can_be_run_again_and_keeps_keys_to_their_owner(environ: dict[str, str], tmp_path: Path) -> None:
    assert run(environ, "setup").returncode == 0
    keys = {path.name: path.read_bytes() for path in (tmp_path / "instance" / "keys").iterdir()}
    again = run(environ, "setup")
    assert (again.returncode, again.stdout) == (0, "")
    assert {path.name: path.read_bytes() for path in (tmp_path / "instance" / "keys").iterdir()} == keys
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "instance" / "keys").iterdir())
    assert (tmp_path / "instance").stat().st_mode & 0o077 == 0


def test_a_command_before_set_up_says_what_to_run(environ: dict[str, str]) -> None:
    done = run(environ, "doctor")
    assert done.returncode == 1
    assert "time_zone is required" in done.stderr
    assert "Traceback" not in done.stderr


def test_courses_can_be_checked_before_anything_is_set_up(environ: dict[str, str], tmp_path: Path) -> None:
    done = run(environ, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "instance").exists()


def test_a_link_is_made_for_who_has_an_account_and_refused_by_a_sentence_for_others(
    environ: dict[str, str], tmp_path: Path
) -> None:
    run(environ, "setup")
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    assert run(environ, "people", "import", str(people), "--dry-run").returncode == 0
    assert run(environ, "sign-in-link", "priya.raman@counselling.example").returncode == 1
    assert run(environ, "people", "import", str(people)).returncode == 0
    link = run(environ, "sign-in-link", "Priya.Raman@counselling.example")
    assert link.stdout.startswith("http://localhost:8000/sign-in/link/")
    with sqlite3.connect(tmp_path / "instance" / "trainer.sqlite3") as db:
        assert link.stdout.strip().rsplit("/", 1)[1] not in str(db.execute("SELECT * FROM sign_in_link").fetchall())


def test_a_trainee_gets_no_link_before_a_person_has_checked_the_contacts(
    environ: dict[str, str], tmp_path: Path
) -> None:
    run(environ, "setup")
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    assert run(environ, "people", "import", str(people)).returncode == 0
    done = run(environ, "sign-in-link", TRAINEE)
    assert done.returncode == 1
    assert "No trainee is invited yet: a coordinator has still to ring and confirm" in done.stderr
    assert "Samaritans" in done.stderr
    assert "until then no trainee gets a sign-in link" in run(environ, "doctor").stdout


def test_verify_exits_1_and_names_what_differs(environ: dict[str, str], tmp_path: Path) -> None:
    run(environ, "setup")
    assert run(environ, "verify").returncode == 0
    with sqlite3.connect(tmp_path / "instance" / "trainer.sqlite3") as db:
        db.execute("INSERT INTO leaf VALUES (0, ?, 'sign-off', 'nobody', '2026-10-20 11:00:00')", (bytes(32),))
    done = run(environ, "verify")
    assert done.returncode == 1
    assert "Leaf 0 stands for the sign-off nobody, which is not there." in done.stdout


def test_doctor_names_contacts_that_nobody_has_rung(environ: dict[str, str]) -> None:
    run(environ, "setup")
    done = run(environ, "doctor")
    assert done.returncode == 1
    assert "have not been checked by a person" in done.stdout
    assert "certificates would point at this machine only" in done.stdout


def test_check_prints_faults_with_file_and_line(environ: dict[str, str], tmp_path: Path) -> None:
    run(environ, "setup")
    broken = tmp_path / "courses"
    shutil.copytree(ROOT / "courses", broken)
    module = broken / "modules" / "confidentiality.md"
    module.write_text(
        module.read_text(encoding="utf-8").replace("<!-- quiz -->", "<!-- quizz -->", 1), encoding="utf-8"
    )
    done = run(environ, "check", str(broken))
    assert done.returncode == 1
    assert f"{module}:" in done.stdout
    assert run(environ, "check").returncode == 0


def test_doctor_names_a_lost_key_and_set_up_makes_no_new_one(environ: dict[str, str], tmp_path: Path) -> None:
    run(environ, "setup")
    lost = tmp_path / "instance" / "keys" / "cookie.key"
    lost.unlink()
    run(environ, "setup")
    assert not lost.exists()
    assert f"{lost} is missing. Put it back from its backup." in run(environ, "doctor").stdout
