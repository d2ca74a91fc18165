"""Settings: typed, read once, from instance/trainer.toml and TRAINER_*; refuses to start on an odd value."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent.parent
FILE = "trainer.toml"
KNOWN = {
    "time_zone",
    "public_address",
    "university",
    "country",
    "courses",
    "database_url",
    "keys_url",
    "trusted_proxies",
}


class SettingsError(Exception):
    """A setting is missing or odd; the message says which, where, and what would be right."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs per installation. Addresses carry no trailing slash; `instance` and `courses` exist."""

    instance: Path
    courses: Path
    database_url: str
    keys_url: str
    time_zone: ZoneInfo
    public_address: str
    university: str
    country: str
    trusted_proxies: int
    port: int

    @property
    def key_folder(self) -> Path:
        """Where the wrapping, signing and cookie keys are files."""
        return self.instance / "keys"

    @property
    def host(self) -> str:
        """The host (and port) that the public address names."""
        return urlsplit(self.public_address).netloc

    @property
    def secure(self) -> bool:
        """Whether the public address is https, so that cookies are sent over nothing else."""
        return self.public_address.startswith("https://")


def instance_folder(environ: Mapping[str, str]) -> Path:
    """Return TRAINER_INSTANCE, or `instance/` beside the package."""
    return Path(environ.get("TRAINER_INSTANCE") or ROOT / "instance").resolve()


def chosen_port(environ: Mapping[str, str]) -> int:
    """Return PORT, or 8000. Raises SettingsError if it is no port."""
    return _whole(environ.get("PORT") or 8000, "PORT", 1, 65535)


def courses_folder(environ: Mapping[str, str]) -> Path:
    """Return where the courses are, also before anything is set up: writing a course needs no installation."""
    return _courses(_given(instance_folder(environ), environ))


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of this installation.

    Raises SettingsError with one sentence for the first thing that is missing or odd.
    """
    instance = instance_folder(environ)
    given = _given(instance, environ)
    database_url = _database(given, "database_url", instance / "trainer.sqlite3")
    keys_url = _database(given, "keys_url", instance / "keys.sqlite3")
    if database_url == keys_url:
        raise SettingsError(
            "keys_url must name another database than database_url: a backup of one must not hold both."
        )
    return Settings(
        instance=instance,
        courses=_courses(given),
        database_url=database_url,
        keys_url=keys_url,
        time_zone=_time_zone(given),
        public_address=_public_address(given),
        university=str(given.get("university") or "The university"),
        country=_country(given),
        trusted_proxies=_whole(given.get("trusted_proxies", 0), "trusted_proxies", 0, 10),
        port=chosen_port(environ),
    )


def _given(instance: Path, environ: Mapping[str, str]) -> dict[str, object]:
    """Return the settings of the file, each replaced by the environment's where it has one."""
    given = _file(instance / FILE)
    for key in sorted(KNOWN):
        if value := environ.get(f"TRAINER_{key.upper()}"):
            given[key] = value
    return given


def _file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path} cannot be read as TOML: {fault}.") from fault
    if unknown := sorted(set(given) - KNOWN):
        raise SettingsError(f"{path} has a setting nobody knows: {unknown[0]}. Known are {', '.join(sorted(KNOWN))}.")
    return given


def _required(given: Mapping[str, object], key: str, example: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(
            f'{key} is required: set it in {FILE} of the instance folder, for example {key} = "{example}".'
        )
    return value.strip()


def _time_zone(given: Mapping[str, object]) -> ZoneInfo:
    name = _required(given, "time_zone", "Europe/London")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise SettingsError(
            f'time_zone "{name}" is not a zone of the IANA database, such as "Europe/London".'
        ) from fault


def _public_address(given: Mapping[str, object]) -> str:
    address = _required(given, "public_address", "https://peers.university.example").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise SettingsError(f'public_address "{address}" must be https:// and a host, with nothing after it.')
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise SettingsError(f'public_address "{address}" must start with https:// unless it is localhost.')
    return address


def _country(given: Mapping[str, object]) -> str:
    country = str(given.get("country") or "UK").upper()
    if not (country.isalpha() and len(country) == 2):
        raise SettingsError(f'country "{country}" must be two letters, such as "UK" or "NL".')
    return country


def _courses(given: Mapping[str, object]) -> Path:
    folder = Path(str(given.get("courses") or ROOT / "courses")).resolve()
    if not folder.is_dir():
        raise SettingsError(f"courses {folder} is not a folder.")
    return folder


def _database(given: Mapping[str, object], key: str, default: Path) -> str:
    url = str(given.get(key) or f"sqlite:///{default}")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError(
            f'{key} must start with sqlite:/// or postgresql+psycopg://, not "{url.split(":", maxsplit=1)[0]}".'
        )
    return url


def _whole(value: object, key: str, least: int, most: int) -> int:
    text = str(value)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingsError(f'{key} must be a whole number from {least} to {most}, not "{text}".')
    return int(text)
