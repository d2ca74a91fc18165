"""The cells of a cohort's grid: how one session stands for one trainee, as a sign or a figure with its words."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from trainer.signoff.boards import Line, Timetable
from trainer.signoff.rules import Counted, Kind, Presence, Standing
from trainer.web.words import minutes

SIGN = Markup('<td class="c-{}"><i aria-hidden="true">{}</i><span class="visually-hidden">{}</span></td>')
FIGURE = Markup('<td class="c-{}">{}<span class="visually-hidden"> of {}</span></td>')


def cells(table: Timetable, line: Line) -> Markup:
    """Return one trainee's cells, one for each session of the timetable."""
    numbers = [session.number for session in table.sessions]
    standings = line.outlook.sessions
    return Markup().join(cell(standings.get(number, Standing.TO_COME), line.counted.get(number)) for number in numbers)


def cell(standing: Standing, one: Counted | None) -> Markup:
    """Return the cell of a session that stands so; `one` is what counts in it for the trainee, if anything does."""
    if one and one.minutes and standing is not Standing.WHOLE:
        return FIGURE.format(_class(standing), one.minutes, minutes(one.session_minutes))
    return _sign(standing, *_said(standing, one))


def _said(standing: Standing, one: Counted | None) -> tuple[str, str]:
    if standing is Standing.WHOLE:
        return ("↺", "made up") if one and one.how is Kind.MAKE_UP else ("✓", "whole session")
    if standing is Standing.UNSIGNED:
        return "?", "waits for a signature"
    if standing is Standing.TO_COME:
        return "·", "to come"
    if one is None:
        return "–", "not on the register"
    return ("ap", "apologies") if one.presence is Presence.APOLOGIES else ("ab", "absent")


@cache  # a page has a hundred and more of a handful of signs
def _sign(standing: Standing, short: str, said: str) -> Markup:
    return SIGN.format(_class(standing), short, said)


def _class(standing: Standing) -> str:
    return standing.replace(" ", "-")
