"""The key files: created once, private, and never quietly replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trainer.keys.cipher import key_id
from trainer.keys.faults import KeyDamaged, KeyMissing
from trainer.keys.files import Purpose, create_key_files, load_cookie_key, load_keys


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The key folder of a new installation."""
    create_key_files(tmp_path / "keys")
    return tmp_path / "keys"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def line_for(secret: bytes) -> str:
    return f"{key_id(secret).hex()} {secret.hex()}\n"


def test_a_new_installation_gets_three_keys_that_differ(folder: Path) -> None:
    assert set(contents(folder)) == {"wrapping.key", "signing.key", "cookie.key"}
    secrets = {load_keys(folder, purpose)[0].secret for purpose in Purpose}
    assert len(secrets) == 3
    assert {len(secret) for secret in secrets} == {32}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_may_open_the_folder_and_its_files(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        create_key_files(tmp_path / "keys")
    finally:
        os.umask(before)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_a_folder_that_was_open_to_all_is_closed_before_a_key_is_put_into_it(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o755)
    create_key_files(tmp_path / "keys")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_creating_again_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    create_key_files(folder)
    assert contents(folder) == before


def test_a_set_up_that_was_cut_off_is_completed_and_keeps_what_was_there(folder: Path) -> None:
    before = contents(folder)
    (folder / "wrapping.key").unlink()
    (folder / "signing.key").unlink()
    (folder / "signing.new").write_text("half a li", encoding="ascii")
    create_key_files(folder)
    assert set(contents(folder)) == set(before)
    assert contents(folder)["cookie.key"] == before["cookie.key"]


def test_the_wrapping_key_is_not_there_before_the_others_are(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    (folder / "signing.new").mkdir(parents=True)  # so that nothing can be written there
    with pytest.raises(IsADirectoryError):
        create_key_files(folder)
    assert not (folder / "wrapping.key").exists()
    (folder / "signing.new").rmdir()
    create_key_files(folder)
    assert set(contents(folder)) == {"wrapping.key", "signing.key", "cookie.key"}


@pytest.mark.parametrize("name", ["signing.key", "cookie.key"])
def test_a_key_lost_from_an_installation_in_use_is_not_replaced(folder: Path, name: str) -> None:
    (folder / name).unlink()
    create_key_files(folder)
    assert name not in contents(folder)
    with pytest.raises(KeyMissing, match=f"{name} is missing. Put it back from its backup"):
        load_keys(folder, Purpose(name.removesuffix(".key")))


def test_keys_that_may_only_be_read_are_enough(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o440)
    folder.chmod(0o500)
    create_key_files(folder)
    assert len(load_cookie_key(folder)) == 32
    folder.chmod(0o700)


def test_a_new_line_on_top_is_the_key_in_use_and_the_old_one_stays(folder: Path) -> None:
    [old] = load_keys(folder, Purpose.SIGNING)
    path = folder / "signing.key"
    path.write_text(line_for(bytes(32)) + path.read_text(encoding="ascii"), encoding="ascii")
    new, kept = load_keys(folder, Purpose.SIGNING)
    assert (new.secret, kept) == (bytes(32), old)


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o602, 0o601])
def test_a_key_that_everybody_may_open_is_refused(folder: Path, mode: int) -> None:
    (folder / "cookie.key").chmod(mode)
    with pytest.raises(KeyDamaged, match="chmod 600"):
        load_cookie_key(folder)


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "\n",
        "no key at all\n",
        "onlyoneword\n",
        line_for(bytes(32)).replace("0", "1"),
        line_for(bytes(31)),
        line_for(bytes(32))[:-5],
        line_for(bytes(32)) + "zz\n",
        "é",
    ],
)
def test_a_damaged_key_file_is_refused_by_name(folder: Path, damaged: str) -> None:
    (folder / "cookie.key").write_text(damaged, encoding="utf-8")
    with pytest.raises(KeyDamaged, match=r"cookie\.key is (damaged|empty)"):
        load_cookie_key(folder)


def test_a_key_does_not_show_in_what_is_printed_of_it(folder: Path) -> None:
    key = load_keys(folder, Purpose.WRAPPING)[0]
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
