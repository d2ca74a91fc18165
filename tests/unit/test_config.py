"""Settings refuse to start on an odd value, and say which and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.config import SettingsError, load_settings

GOOD = {"TRAINER_TIME_ZONE": "Europe/London", "TRAINER_PUBLIC_ADDRESS": "https://peers.university.example"}


def given(folder: Path, **more: str) -> dict[str, str]:
    return {"TRAINER_INSTANCE": str(folder), **GOOD, **more}


def test_two_settings_are_enough(tmp_path: Path) -> None:
    settings = load_settings(given(tmp_path))
    assert settings.time_zone.key == "Europe/London"
    assert settings.database_url == f"sqlite:///{tmp_path / 'trainer.sqlite3'}"
    assert (settings.host, settings.secure, settings.port) == ("peers.university.example", True, 8000)


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"TRAINER_TIME_ZONE": ""}, "time_zone is required"),
        ({"TRAINER_TIME_ZONE": "Europe/Atlantis"}, "not a zone"),
        ({"TRAINER_PUBLIC_ADDRESS": ""}, "public_address is required"),
        ({"TRAINER_PUBLIC_ADDRESS": "http://peers.university.example"}, "must start with https"),
        ({"TRAINER_PUBLIC_ADDRESS": "https://peers.university.example/app"}, "nothing after it"),
        ({"TRAINER_PUBLIC_ADDRESS": "peers.university.example"}, "nothing after it"),
        ({"TRAINER_DATABASE_URL": "mysql://db.example/x"}, "database_url must start with"),
        ({"TRAINER_DATABASE_URL": "sqlite:///a", "TRAINER_KEYS_URL": "sqlite:///a"}, "must name another database"),
        ({"TRAINER_TRUSTED_PROXIES": "-1"}, "whole number from 0 to 10"),
        ({"TRAINER_COUNTRY": "England"}, "two letters"),
        ({"TRAINER_COURSES": "/nowhere/at/all"}, "is not a folder"),
        ({"PORT": "80a"}, "PORT must be a whole number"),
    ],
)
def test_an_odd_value_is_refused_with_its_name(tmp_path: Path, odd: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(given(tmp_path, **odd))


def test_a_setting_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trainer.toml").write_text('timezone = "Europe/London"\n')
    with pytest.raises(SettingsError, match="a setting nobody knows: timezone"):
        load_settings(given(tmp_path))


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "trainer.toml").write_text('time_zone = "Europe/Amsterdam"\nuniversity = "Example"\n')
    settings = load_settings(given(tmp_path))
    assert (settings.time_zone.key, settings.university) == ("Europe/London", "Example")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "trainer.toml").write_text("time_zone = \n")
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_settings(given(tmp_path))
