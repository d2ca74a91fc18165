"""What `trainer serve` and `trainer demo` say when they cannot go on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.cast import NOW
from trainer.config import ROOT
from trainer.database import Database
from trainer.people.models import Person


def trainer(instance: Path, *arguments: str, port: int = 8000) -> subprocess.CompletedProcess[str]:
    """Run the command as the operator of an installation."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TRAINER_")}
    environ |= {"TRAINER_INSTANCE": str(instance), "PORT": str(port)}
    command = [sys.executable, "-m", "trainer", *arguments]
    return subprocess.run(command, env=environ, cwd=ROOT, text=True, capture_output=True, check=False, timeout=60)


def test_a_port_in_use_is_said_in_one_sentence_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = trainer(tmp_path / "instance", "serve", "--demonstration", port=port)
    assert run.returncode == 1
    assert run.stderr.startswith(f"trainer: Port {port} is in use")
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "instance").exists()


def test_what_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    assert trainer(tmp_path / "instance", "setup").returncode == 0
    made = [tmp_path / "instance", *(tmp_path / "instance").rglob("*")]
    assert {"trainer.sqlite3", "keys.sqlite3", "trainer.toml", "keys"} <= {path.name for path in made}
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_half_a_demonstration_is_told_and_not_served(tmp_path: Path) -> None:
    trainer(tmp_path, "setup")
    with Database(f"sqlite:///{tmp_path / 'trainer.sqlite3'}").unit() as db:
        db.add(Person(given_name="Nia", email="nia.rowe@merrow.example", known_since=NOW))
    assert trainer(tmp_path, "demo", "--if-empty").returncode == 0
    (tmp_path / "demonstration-unfinished").touch()
    run = trainer(tmp_path, "demo", "--if-empty")
    assert run.returncode == 1
    assert f"rm {tmp_path}/*.sqlite3*" in run.stderr
