"""How dates, minutes and counts are said on a page: template filters, pure functions of what they are given."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

kept = lru_cache(maxsize=2048)  # a page says the same few dates again and again, and so does the next one


def install(app: Flask, zone: ZoneInfo) -> None:
    """Make the filters known to templates; instants are said in the installation's zone."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        clock=clock_time,
        minutes=minutes,
        hours=hours,
        count=count,
        instant=lambda value: instant(value, zone),
        when=when,
        running=running,
    )


def say_day(value: date, *, weekday: bool = True, year: bool = False) -> str:
    """Return "Thursday 14 October", with the year where asked."""
    parts = [DAYS[value.weekday()]] if weekday else []
    parts += [str(value.day), MONTHS[value.month - 1]]
    return " ".join([*parts, str(value.year)] if year else parts)


def say_time(value: datetime) -> str:
    """Return "14:00"."""
    return f"{value:%H:%M}"


@kept
def day(value: date, year: bool = False) -> Markup:
    """Return a `<time>` that reads "Thursday 14 October"."""
    return Markup('<time datetime="{}">{}</time>').format(f"{value:%Y-%m-%d}", say_day(value, year=year))


@kept
def short_day(value: date) -> Markup:
    """Return a `<time>` that reads "14 Oct"."""
    return Markup('<time datetime="{}">{} {}</time>').format(
        f"{value:%Y-%m-%d}", value.day, MONTHS[value.month - 1][:3]
    )


@kept
def clock_time(value: datetime) -> Markup:
    """Return a `<time>` that reads "14:00"."""
    return Markup('<time datetime="{0}">{0}</time>').format(say_time(value))


@kept
def when(start: datetime, end: datetime) -> Markup:
    """Return "Thursday 14 October, 14:00 to 17:00" for wall times."""
    machine = start.isoformat(timespec="minutes")
    said = f"{say_day(start)}, {say_time(start)} to {say_time(end)}"
    return Markup('<time datetime="{}">{}</time>').format(machine, said)


@kept
def instant(value: datetime, zone: ZoneInfo) -> Markup:
    """Return an aware instant as "14 October 2026, 15:04" in the installation's zone."""
    local = value.astimezone(zone)
    said = f"{say_day(local, weekday=False, year=True)}, {say_time(local)}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(timespec="seconds"), said)


def minutes(value: int) -> str:
    """Return "1 minute", "25 minutes"."""
    return count(value, "minute")


def running(value: int) -> str:
    """Return minutes since the beginning as a trainer's watch shows them, "1:05"."""
    return f"{value // 60}:{value % 60:02d}"


def hours(value: int) -> str:
    """Return minutes as hours: "3 hours", "2 hours 45 minutes", "0 hours"."""
    whole, rest = divmod(value, 60)
    if not whole and rest:
        return count(rest, "minute")
    return f"{count(whole, 'hour')} {count(rest, 'minute')}" if rest else count(whole, "hour")


def count(value: int, noun: str, plural: str = "") -> str:
    """Return "1 person", "3 people": the noun in its number, with a figure."""
    return f"{value} {noun if value == 1 else plural or noun + 's'}"
