"""The sessions of a programme: agenda, topics, stations and what a trainer observes, from TOML to plain data."""

from __future__ import annotations

from collections.abc import MutableMapping

from trainer.curriculum.rules import AgendaItem, Behaviour, SessionPlan
from trainer.curriculum.stations import Stations
from trainer.curriculum.tables import Table

MOST_CRITICAL = 6
Lines = MutableMapping[tuple[str, ...], int]


class SessionReader:
    """Reads sessions in order, so that a later one can observe again what an earlier one declared."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._behaviours: dict[str, Behaviour] = {}

    def read(self, number: int, table: Table) -> SessionPlan:
        """Return the plan of session `number` and note where its parts stand."""
        again = self._again(table)
        plan = SessionPlan(
            number=number,
            title=table.text("title"),
            minutes=table.integer("minutes"),
            outcomes=table.texts("outcomes"),
            agenda=tuple(map(_agenda_item, table.tables("agenda"))),
            topics=table.texts("topics", optional=True),
            again=table.texts("again", optional=True),
            behaviours=(*self._declared(table), *again),
            guide=table.text("guide", optional=True),
        )
        self._lines["session", str(number)] = table.line()
        for key in ("topics", "again", "guide"):
            self._lines[key, str(number)] = table.line(key)
        table.done()
        _check_plan(plan, table)
        return plan

    def _declared(self, session: Table) -> tuple[Behaviour, ...]:
        return tuple(self._declare(table) for table in session.tables("behaviours", optional=True))

    def _declare(self, table: Table) -> Behaviour:
        behaviour = Behaviour(table.identifier("id"), table.text("text"), table.flag("critical", optional=True))
        table.done()
        if behaviour.id in self._behaviours:
            table.fault(f"the behaviour `{behaviour.id}` is declared twice; put it under `observe_again` here.")
            return behaviour
        self._behaviours[behaviour.id] = behaviour
        self._lines["behaviour", behaviour.id] = table.line()
        if behaviour.critical and sum(one.critical for one in self._behaviours.values()) > MOST_CRITICAL:
            table.fault(f"more than {MOST_CRITICAL} critical behaviours are more than a trainer can hold in mind.")
        return behaviour

    def _again(self, session: Table) -> tuple[Behaviour, ...]:
        names = session.texts("observe_again", optional=True)
        for name in names:
            if name not in self._behaviours:
                session.fault(f"no session before this one declares the behaviour `{name}`.", "observe_again")
        return tuple(self._behaviours[name] for name in dict.fromkeys(names) if name in self._behaviours)


def _check_plan(plan: SessionPlan, table: Table) -> None:
    minutes = [item.minutes for item in plan.agenda]
    if plan.minutes and minutes and all(minutes) and sum(minutes) != plan.minutes:
        table.fault(f"this agenda sums to {sum(minutes)} minutes, and the session has {plan.minutes}.", "agenda")
    if not plan.behaviours and not table.has("behaviours") and not table.has("observe_again"):
        table.fault("this session observes nothing; name `behaviours` or `observe_again`.")


def _agenda_item(table: Table) -> AgendaItem:
    minutes = table.integer("minutes")
    stations = _stations(table.table("stations"), minutes) if table.has("stations") else None
    item = AgendaItem(table.text("title"), minutes, stations)
    table.done()
    return item


def _stations(table: Table, available: int) -> Stations:
    """Read stations and note why they do not fit into the minutes of their agenda item, see `Stations`."""
    names = ("count", "minutes", "turn", "trainees", "observers")
    numbers = [table.integer(name) for name in names]
    table.done()
    stations = Stations(*numbers)
    for problem in stations.problems(available) if available and all(numbers) else ():
        table.fault(problem)
    return stations
