"""Every address of the site with real, foreign and absent ids, built from the URL map and the table of ids.

Nothing here knows an endpoint by its name: whose an address is follows from whose the ids in it are, and from the rule
that the endpoint declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Any

from werkzeug.routing import Rule

from tests.house.table import Table
from tests.house.world import World

NOBODYS = "0absent0absent0absent"
ODD_TEXTS = (NOBODYS, "\0", "é" * 300)
ODD_NUMBERS = (99, 10**25)
MISMATCHED = 4  # of the combinations that do not belong together, this many of each rule: the rest says nothing new


@dataclass(frozen=True)
class Address:
    """A path, the endpoint and the values it was built from, and whether those exist and belong together."""

    endpoint: str
    path: str
    values: dict[str, Any]
    real: bool


def unknown_parameters(world: World, table: Table) -> list[str]:
    """Say which parameters of the URL map the table has no values for."""
    return [
        f"{rule.rule}: the table of ids says nothing about <{name}>"
        for rule in world.app.url_map.iter_rules()
        for name in sorted(rule.arguments - table.values.keys())
    ]


def addresses(world: World, table: Table, method: str) -> Iterator[list[Address]]:
    """Give the addresses of every rule that takes a method; the last of each names only what does not exist."""
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if method in (rule.methods or ()):
            yield list(_addresses(rule, table))


def _addresses(rule: Rule, table: Table) -> Iterator[Address]:
    names = sorted(rule.arguments)
    known = product(*(table.values[name] for name in names))
    built = [_build(rule, table, dict(zip(names, some, strict=True))) for some in known]
    real = [one for one in built if one and one.real]
    mismatched = [one for one in built if one and not one.real]
    yield from real
    yield from mismatched[:: len(mismatched) // MISMATCHED or 1]
    model = real[0].values
    odd = {
        name: [one for value in _odd(rule, name) if (one := _build(rule, table, model | {name: value}))]
        for name in names
    }
    yield from (one for some in odd.values() for one in some)
    absent = {name: _odd(rule, name)[0] for name in names if odd[name]}
    if absent and (nobodys := _build(rule, table, model | absent)):
        yield nobodys


def _odd(rule: Rule, name: str) -> tuple[Any, ...]:
    return ODD_NUMBERS if f"<int:{name}>" in rule.rule else ODD_TEXTS


def _build(rule: Rule, table: Table, values: dict[str, Any]) -> Address | None:
    """Return the address, or None where a converter does not take a value."""
    try:
        built = rule.build(values, append_unknown=False)
    except ValueError:
        return None
    return Address(rule.endpoint, built[1], values, table.belongs_together(values)) if built else None


class Standing(Enum):
    """What an address is to a reader."""

    THEIRS = "theirs"
    FOREIGN = "foreign"
    NOTHING = "nothing"


def standing(world: World, table: Table, reader: str, address: Address) -> Standing:
    """Whose an address is: foreign if the endpoint is not for that reader or names an id that is not their business."""
    rule = vars(world.app.view_functions[address.endpoint])["access"]
    if not rule(world.viewers[reader]) or not table.reaches(reader, address.values):
        return Standing.FOREIGN
    return Standing.THEIRS if address.real else Standing.NOTHING
