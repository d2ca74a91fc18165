"""What importing a timetable would change, decided on plain values: new sessions, moves, other leaders, faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from trainer.cohorts.preview import Item, Remark, Section, in_order
from trainer.cohorts.rules import Slot, say_slot
from trainer.cohorts.table import shown
from trainer.cohorts.timetable_file import SessionLine
from trainer.people.rules import name_key


@dataclass(frozen=True, slots=True)
class KnownCohort:
    """A cohort, its programme's title, and the planned minutes of the programme's sessions by number."""

    id: str
    name: str
    programme: str
    planned: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody with an address, and whether they are a trainer today."""

    id: str
    name: str
    is_trainer: bool


@dataclass(frozen=True, slots=True)
class KnownSession:
    """A session of the timetable; `leaders` are ids of people, in order."""

    id: str
    cohort_id: str
    number: int
    slot: Slot
    leaders: tuple[str, ...]
    cancelled: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the file is held against: cohorts by key of their name, people by address, sessions by cohort and number."""

    cohorts: Mapping[str, KnownCohort] = field(default_factory=dict)
    people: Mapping[str, Leader] = field(default_factory=dict)
    sessions: Mapping[tuple[str, int], KnownSession] = field(default_factory=dict)

    def session(self, line: SessionLine) -> KnownSession | None:
        """Return the session that a line speaks of, or None."""
        return self.sessions.get((self.cohorts[name_key(line.cohort)].id, line.number))


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What one line changes. The slot keeps the access notes there are, which no file states."""

    line: SessionLine
    cohort: KnownCohort
    known: KnownSession | None
    slot: Slot
    leaders: tuple[Leader, ...]

    @property
    def moved(self) -> bool:
        return self.known is not None and _times(self.known.slot) != _times(self.slot)

    @property
    def another_place(self) -> bool:
        return self.known is not None and self.known.slot.place != self.slot.place

    @property
    def other_leaders(self) -> bool:
        return self.known is not None and self.known.leaders != tuple(leader.id for leader in self.leaders)

    @property
    def anything(self) -> bool:
        """Whether it changes anything at all."""
        return self.known is None or self.moved or self.another_place or self.other_leaders

    @property
    def title(self) -> str:
        return f"{self.cohort.name}, session {self.line.number}"


@dataclass(frozen=True, slots=True)
class TimetablePlan:
    """Everything that importing a file would change, in the order of the file, and what is worth a look."""

    changes: tuple[SessionChange, ...]
    warnings: tuple[Remark, ...]
    names: Mapping[str, str]

    @property
    def sections(self) -> tuple[Section, ...]:
        """What changes, kind by kind; nothing where nothing does."""
        return tuple(section for section in _sections(self) if section.items)


def plan_timetable(lines: Iterable[SessionLine], known: Known) -> tuple[TimetablePlan, list[Remark]]:
    """Return what importing these lines would change, and every fault; the same lines once more change nothing."""
    lines = tuple(lines)
    faults = [Remark(line.line, sentence) for line in lines for sentence in _line_faults(line, known)]
    faulty = {fault.line for fault in faults}
    all_changes = [_change(line, known) for line in lines if line.line not in faulty]
    changes = [change for change in all_changes if change.anything]
    faults += [_signed_fault(change, change.known) for change in changes if change.known and change.known.signed]
    warnings = [*_line_warnings(all_changes), *_overlaps(changes, known)]
    names = {leader.id: leader.name for leader in known.people.values()}
    return TimetablePlan(tuple(changes), tuple(in_order(warnings)), names), in_order(faults)


def _line_faults(line: SessionLine, known: Known) -> Iterator[str]:
    cohort = known.cohorts.get(name_key(line.cohort))
    if cohort is None:
        yield f"There is no cohort {shown(line.cohort)}. Import its people or start it first."
    elif not cohort.planned:
        yield f"The programme {cohort.programme} of {cohort.name} is not among the courses any more. Put its file back."
    elif line.number not in cohort.planned:
        most = max(cohort.planned, default=0)
        yield f"Session {line.number} is not in the programme “{cohort.programme}”, which has sessions 1 to {most}."
    for address in line.leaders:
        leader = known.people.get(address)
        if leader is None:
            yield f"Nobody has the address {shown(address)}. Import or add that trainer first."
        elif not leader.is_trainer:
            yield f"{leader.name} ({address}) is not a trainer. Grant that role first."


def _change(line: SessionLine, known: Known) -> SessionChange:
    session = known.session(line)
    slot = replace(line.slot, access_notes=session.slot.access_notes) if session else line.slot
    leaders = tuple(known.people[address] for address in line.leaders)
    return SessionChange(line, known.cohorts[name_key(line.cohort)], session, slot, leaders)


def _signed_fault(change: SessionChange, session: KnownSession) -> Remark:
    stands = say_slot(session.slot)
    return Remark(
        change.line.line,
        f"Session {session.number} of {change.cohort.name} is signed and cannot change any more: {stands}. "
        "Take this line out.",
    )


def _line_warnings(changes: Iterable[SessionChange]) -> Iterator[Remark]:
    for change in changes:
        line, planned = change.line, change.cohort.planned[change.line.number]
        lasts = int((change.slot.ends - change.slot.starts).total_seconds() // 60)
        if lasts != planned:
            yield Remark(line.line, f"Session {line.number} lasts {lasts} minutes; the programme plans {planned}.")
        if change.known and change.known.cancelled:
            yield Remark(line.line, f"Session {line.number} is cancelled and stays so; restore it on its page.")


@dataclass(frozen=True, slots=True, order=True)
class _Duty:
    """One person leads one session; `line` is 0 for what no line of the file changes."""

    leader: str
    slot: Slot
    session: str
    line: int


def _overlaps(changes: list[SessionChange], known: Known) -> Iterator[Remark]:
    """Warn where one person would lead two sessions at once, at the line that brings it about."""
    names = {leader.id: leader.name for leader in known.people.values()}
    duties = sorted(_duties(changes, known))
    for at, duty in enumerate(duties):
        for other in duties[at + 1 :]:
            if other.leader != duty.leader or not duty.slot.overlaps(other.slot):
                break
            if line := max(duty.line, other.line):
                elsewhere = other if duty.line == line else duty
                yield Remark(line, f"{names[duty.leader]} also leads {elsewhere.session} then.")


def _duties(changes: list[SessionChange], known: Known) -> Iterator[_Duty]:
    cohort_names = {cohort.id: cohort.name for cohort in known.cohorts.values()}
    changed = {change.known.id for change in changes if change.known}
    for session in known.sessions.values():
        if session.id not in changed and not session.cancelled:
            title = f"{cohort_names[session.cohort_id]}, session {session.number}"
            yield from (_Duty(leader, session.slot, title, 0) for leader in session.leaders)
    for change in changes:
        if not (change.known and change.known.cancelled):
            yield from (_Duty(leader.id, change.slot, change.title, change.line.line) for leader in change.leaders)


def _times(slot: Slot) -> tuple[object, object]:
    return slot.starts, slot.ends


def _sections(plan: TimetablePlan) -> Iterator[Section]:
    new = [change for change in plan.changes if change.known is None]
    known = [(change, change.known) for change in plan.changes if change.known is not None]
    yield Section("New sessions", tuple(Item(one.title, _whole(one)) for one in new))
    yield Section("Moved sessions", tuple(Item(one.title, _moved(one, was)) for one, was in known if one.moved))
    yield Section(
        "Sessions in another place",
        tuple(Item(one.title, _placed(one, was)) for one, was in known if one.another_place),
    )
    yield Section(
        "Sessions with other leaders",
        tuple(Item(one.title, _led(one, was, plan.names)) for one, was in known if one.other_leaders),
    )


def _whole(change: SessionChange) -> str:
    return f"{say_slot(change.slot)}, led by {_names(change)}"


def _moved(change: SessionChange, was: KnownSession) -> str:
    return f"{say_slot(replace(change.slot, place=''))}, was {say_slot(replace(was.slot, place=''))}"


def _placed(change: SessionChange, was: KnownSession) -> str:
    return f"{change.slot.place or 'no place'}, was {was.slot.place or 'no place'}"


def _led(change: SessionChange, was: KnownSession, names: Mapping[str, str]) -> str:
    former = " and ".join(names.get(person_id, "somebody without an address") for person_id in was.leaders)
    return f"led by {_names(change)}, was {former or 'nobody'}"


def _names(change: SessionChange) -> str:
    return " and ".join(leader.name for leader in change.leaders)
