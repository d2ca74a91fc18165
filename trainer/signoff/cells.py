"""The cells of a cohort's grid: how one session stands for one trainee, as a sign or a figure with its words."""

from __future__ import annotations

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
    if standing is Standing.WHOLE:
        return MADE_UP if one and one.how is Kind.MAKE_UP else WHOLE
    if standing is Standing.TO_COME:
        return TO_COME
    if standing is Standing.UNSIGNED:
        return UNSIGNED
    if one is None:
        return _sign(standing, "–", "not on the register")
    if one.minutes:
        return FIGURE.format(standing, one.minutes, minutes(one.session_minutes))
    apologies = one.presence is Presence.APOLOGIES
    return _sign(standing, "ap", "apologies") if apologies else _sign(standing, "ab", "absent")


def _sign(standing: Standing, short: str, said: str) -> Markup:
    return SIGN.format(standing.replace(" ", "-"), short, said)


# Most of a hundred and more cells are one of these.
WHOLE = _sign(Standing.WHOLE, "✓", "whole session")
MADE_UP = _sign(Standing.WHOLE, "↺", "made up")
UNSIGNED = _sign(Standing.UNSIGNED, "?", "waits for a signature")
TO_COME = _sign(Standing.TO_COME, "·", "to come")
