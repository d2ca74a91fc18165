"""The commands of a checkout say what they do, and what they install is pinned; docs/bare-machine.md tells the rest."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from trainer.config import ROOT

ON_ANY_DEBIAN = ("bash", "cat", "dirname", "env", "find", "flock", "id", "sha256sum")


def pins(name: str) -> dict[str, str]:
    """What a file of requirements installs: versions and hashes by the names of the packages."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    told = re.sub(r"^ *#.*\n", "", text, flags=re.M)
    return {pin.split("==")[0]: pin for pin in re.split(r"^(?=[a-z])", told, flags=re.M) if pin.strip()}


def bare_checkout(folder: Path) -> tuple[Path, dict[str, str]]:
    """The scripts alone, and an environment that finds what a minimal Debian has and nothing else."""
    shutil.copytree(ROOT / "script", folder / "checkout" / "script")
    tools = folder / "tools"
    tools.mkdir()
    for name in ON_ANY_DEBIAN:
        (tools / name).symlink_to(str(shutil.which(name)))
    return folder / "checkout", {"PATH": str(tools)}


@pytest.mark.parametrize("script", ["setup", "server", "test", "lint", "bench"])
def test_every_script_says_what_it_does_and_does_nothing_then(script: str, tmp_path: Path) -> None:
    checkout, environ = bare_checkout(tmp_path)
    run = subprocess.run(
        [checkout / "script" / script, "--help"], env=environ, capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith(f"usage: script/{script}")
    assert [path.name for path in checkout.iterdir()] == ["script"]


@pytest.mark.parametrize("script", ["setup", "server"])
def test_a_word_that_nobody_knows_is_answered_with_the_usage(script: str) -> None:
    run = subprocess.run([ROOT / "script" / script, "bananas"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith(f"usage: script/{script}")


def test_who_cannot_install_is_shown_the_line_and_nothing_is_made(tmp_path: Path) -> None:
    checkout, environ = bare_checkout(tmp_path)
    run = subprocess.run([checkout / "script/server"], env=environ, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert re.search(r"^  apt-get update && apt-get install .* python3 python3-venv", run.stderr, re.M)
    assert [path.name for path in checkout.iterdir()] == ["script"]


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_package_is_pinned_to_its_bytes_and_no_address(name: str) -> None:
    assert len(pins(name)) > 30
    for package, pin in pins(name).items():
        assert "--hash=sha256:" in pin, package
        assert "//" not in pin, package


def test_what_tests_install_includes_what_runs_at_the_same_versions() -> None:
    assert pins("run").items() <= pins("test").items()
