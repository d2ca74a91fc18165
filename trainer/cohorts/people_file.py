"""A file of people, read and planned on plain values: who is new, what changes, what is wrong by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from trainer.cohorts.preview import Item, Remark, Section, in_order
from trainer.cohorts.rules import NAME_MOST as COHORT_MOST
from trainer.cohorts.rules import State
from trainer.cohorts.table import Row, read_rows, shown
from trainer.people.rules import (
    NAME_MOST,
    BodyKind,
    Role,
    check_email,
    full_name,
    likely_kind,
    name_key,
    tidy_name,
    tidy_names,
)
from trainer.refusal import NotValid

COLUMNS = ("given_name", "family_name", "email", "role", "body", "cohort")
SENIOR = "senior member"
ROLES = (*(role.value for role in Role), SENIOR)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One good line of the file. `role` is None for a senior member."""

    line: int
    given_name: str
    family_name: str
    email: str
    role: Role | None
    body: str
    cohort: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody the programme knows: roles held today, ids of their bodies today and of those they are senior in."""

    id: str
    given_name: str
    family_name: str
    roles: frozenset[Role] = frozenset()
    bodies: frozenset[str] = frozenset()
    senior_of: frozenset[str] = frozenset()
    on_panel: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the file is held against: people by address, bodies and cohorts as {key of the name: id}.

    `places` has the state of every enrolment by person id and cohort id; `cohort_names` names cohorts by id.
    """

    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    cohorts: Mapping[str, str] = field(default_factory=dict)
    cohort_names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, State]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What one line changes."""

    line: PersonLine
    known: KnownPerson | None
    renamed: bool
    granted: bool
    joins: bool
    panel: bool
    becomes_senior: bool
    enrols: bool

    @property
    def anything(self) -> bool:
        """Whether it changes anything at all."""
        return any(
            (self.known is None, self.renamed, self.granted, self.joins, self.panel, self.becomes_senior, self.enrols)
        )


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """Everything that importing a file would change, in the order of the file, and what is worth a look."""

    changes: tuple[PersonChange, ...]
    new_bodies: tuple[tuple[str, BodyKind], ...]
    new_cohorts: tuple[str, ...]
    warnings: tuple[Remark, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """What changes, kind by kind; nothing where nothing does."""
        return tuple(section for section in _sections(self) if section.items)


def read_people(content: bytes | str) -> tuple[list[PersonLine], list[Remark]]:
    """Return the good lines of a file of people, and every fault by line. Never raises."""
    rows, faults = read_rows(content, COLUMNS)
    lines: list[PersonLine] = []
    first_seen: dict[str, int] = {}
    for row in rows:
        found = list(_row_faults(row))
        email = row.cells["email"].lower()
        if not found and (earlier := first_seen.setdefault(email, row.line)) != row.line:
            found.append(f"{shown(email)} is on line {earlier} already. Give each person one line.")
        faults += [Remark(row.line, sentence) for sentence in found]
        if not found:
            lines.append(_line(row))
    return lines, in_order(faults)


def _row_faults(row: Row) -> Iterator[str]:
    cells = row.cells
    try:
        tidy_names(cells["given_name"], cells["family_name"])
    except NotValid as refusal:
        yield refusal.sentence
    try:
        check_email(cells["email"])
    except NotValid as refusal:
        yield f"email {shown(cells['email'])} is no address. {refusal.sentence}"
    if _role_word(row) not in ROLES:
        yield f"role {shown(cells['role'])} is not known. Write one of {', '.join(ROLES)}."
    yield from _group_faults(cells, _role_word(row))


def _group_faults(cells: Mapping[str, str], role: str) -> Iterator[str]:
    body, cohort = tidy_name(cells["body"]), tidy_name(cells["cohort"])
    if role == SENIOR and not body:
        yield "A senior member needs a body. Fill in the college, department or group."
    if role in {SENIOR, Role.COORDINATOR} and cohort:
        yield f"A {role} has no cohort. Leave the column cohort empty."
    for column, value, most in (("body", body, NAME_MOST), ("cohort", cohort, COHORT_MOST)):
        if len(value) > most:
            yield f"{column} has {len(value)} characters; {most} is the most."


def _role_word(row: Row) -> str:
    return " ".join(row.cells["role"].lower().split())


def _line(row: Row) -> PersonLine:
    cells, word = row.cells, _role_word(row)
    given, family = tidy_names(cells["given_name"], cells["family_name"])
    role = None if word == SENIOR else Role(word)
    return PersonLine(
        row.line,
        given,
        family,
        check_email(cells["email"]),
        role,
        tidy_name(cells["body"]),
        tidy_name(cells["cohort"]),
    )


def plan_people(lines: Iterable[PersonLine], known: Known) -> PeoplePlan:
    """Return what importing these lines would change; the same lines once more change nothing."""
    lines = tuple(lines)
    changes = tuple(change for change in (_change(line, known) for line in lines) if change.anything)
    bodies = _new(known.bodies, (line.body for line in lines))
    return PeoplePlan(
        changes,
        tuple((name, likely_kind(name)) for name in bodies),
        _new(known.cohorts, (line.cohort for line in lines)),
        tuple(warning for line in lines for warning in _warnings(line, known)),
    )


def _new(known: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """Names that are not known yet, each once, as first written."""
    fresh: dict[str, str] = {}
    for name in names:
        if name and name_key(name) not in known:
            fresh.setdefault(name_key(name), name)
    return tuple(fresh.values())


def _change(line: PersonLine, known: Known) -> PersonChange:
    person = known.people.get(line.email)
    body_id, cohort_id = known.bodies.get(name_key(line.body), ""), known.cohorts.get(name_key(line.cohort), "")
    trainee = line.role is Role.TRAINEE
    joins = bool(line.body) and (person is None or body_id not in person.bodies)
    enrolled = person is not None and cohort_id in known.places.get(person.id, {})
    return PersonChange(
        line,
        person,
        renamed=person is not None and (person.given_name, person.family_name) != (line.given_name, line.family_name),
        granted=line.role is not None and (person is None or line.role not in person.roles),
        joins=joins,
        panel=trainee and bool(line.body) and (person is None or not person.on_panel),
        becomes_senior=line.role is None and (person is None or body_id not in person.senior_of),
        enrols=trainee and bool(line.cohort) and not enrolled,
    )


def _warnings(line: PersonLine, known: Known) -> Iterator[Remark]:
    person = known.people.get(line.email)
    if person is None or line.role is not Role.TRAINEE or not line.cohort:
        return
    here = known.cohorts.get(name_key(line.cohort), "")
    for cohort_id, state in known.places.get(person.id, {}).items():
        if cohort_id == here and state is State.WITHDRAWN:
            yield Remark(line.line, f"{line.name} withdrew from {line.cohort}. The import leaves that as it is.")
        if cohort_id != here and state in {State.INVITED, State.ACTIVE}:
            yield Remark(line.line, f"{line.name} also has a place on {known.cohort_names[cohort_id]}.")


def _sections(plan: PeoplePlan) -> Iterator[Section]:
    new = [change for change in plan.changes if change.known is None]
    others = [change for change in plan.changes if change.known is not None]
    yield Section("New people", tuple(Item(change.line.name, _introduced(change.line)) for change in new))
    yield Section("Changed names", tuple(Item(one.line.name, _former(one)) for one in others if one.renamed))
    yield Section("New roles", tuple(Item(one.line.name, str(one.line.role)) for one in others if one.granted))
    yield Section("New memberships", tuple(Item(one.line.name, one.line.body) for one in others if one.joins))
    yield Section("Panels chosen", tuple(Item(one.line.name, one.line.body) for one in others if one.panel))
    yield Section(
        "New Senior Members", tuple(Item(one.line.name, one.line.body) for one in others if one.becomes_senior)
    )
    yield Section("New places", tuple(Item(one.line.name, one.line.cohort) for one in plan.changes if one.enrols))
    yield Section("New bodies", tuple(Item(name, kind.value) for name, kind in plan.new_bodies))
    yield Section("New cohorts", tuple(Item(name, "without a timetable so far") for name in plan.new_cohorts))


def _introduced(line: PersonLine) -> str:
    role = line.role.value if line.role else SENIOR
    return f"{role}, {line.body}" if line.body else role


def _former(change: PersonChange) -> str:
    return f"was {full_name(change.known.given_name, change.known.family_name)}" if change.known else ""
