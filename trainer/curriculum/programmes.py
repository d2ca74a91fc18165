"""A programme: from the text of its TOML file to plain data, with every fault that the file alone shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.curriculum.faults import Faults
from trainer.curriculum.handbook import ConfidenceItem, ConfidenceScale
from trainer.curriculum.items import Mention
from trainer.curriculum.rules import Misconception, Programme, ProgrammeRules, SessionPlan, Topic
from trainer.curriculum.scan import valid_id
from trainer.curriculum.sessions import Lines, SessionReader
from trainer.curriculum.tables import Table, read_toml

MAKE_UP = ("another cohort", "meeting")


@dataclass(frozen=True, slots=True)
class ProgrammeDraft:
    """A programme as read, its edition still to come, with what the checks across files look at.

    `lines` says where things stand: ("topic", slug), ("misconception", id), ("behaviour", id), ("session", "1"),
    ("topics", "1"), ("again", "1"), ("guide", "1"), ("confidence", slug).
    """

    file: str
    text: str
    programme: Programme
    safe_language: Mapping[str, str]
    said: tuple[Mention, ...]
    lines: Mapping[tuple[str, ...], int]


def read_programme(slug: str, text: str, faults: Faults) -> ProgrammeDraft | None:
    """Read a programme's text; None when it is not TOML. Faults of the file are noted in `faults`."""
    root = read_toml(text, faults)
    if root is None:
        return None
    lines: Lines = {}
    programme = _programme(slug, root, lines)
    said = tuple(Mention(line, words) for line, words in root.said)
    table = root.table("safe_language")
    safe_language = {avoid: table.text(avoid) for avoid in table.names()}
    root.done()
    return ProgrammeDraft(faults.file, text, programme, safe_language, said, lines)


def _programme(slug: str, root: Table, lines: Lines) -> Programme:
    reader = SessionReader(lines)
    sessions = tuple(reader.read(number, table) for number, table in enumerate(root.tables("sessions"), 1))
    topics = tuple(Topic(name, text) for name, text in _named(root.table("topics"), "topic", lines).items())
    misconceptions = _named(root.table("misconceptions"), "misconception", lines)
    return Programme(
        slug=slug,
        title=root.text("title"),
        certificate_statement=root.text("certificate_statement"),
        commitment=root.text("commitment"),
        sessions=sessions,
        topics=topics,
        misconceptions={name: Misconception(name, text) for name, text in misconceptions.items()},
        rules=_rules(root.table("rules"), sessions),
        edition="",
        confidence=_confidence(root.table("confidence"), topics, lines) if root.has("confidence") else None,
    )


def _confidence(table: Table, topics: tuple[Topic, ...], lines: Lines) -> ConfidenceScale:
    """Read the confidence scale: one item for each topic, in the order of the file."""
    named = table.table("items")
    items = tuple(ConfidenceItem(name, named.text(name)) for name in named.names())
    scale = ConfidenceScale(
        table.text("question"), table.text("note"), table.text("lowest"), table.text("highest"), items
    )
    slugs = {topic.slug for topic in topics}
    for name in named.names():
        lines["confidence", name] = named.line(name)
        if name not in slugs:
            named.fault(f"`{name}` is no topic of this programme; an item has the name of its topic.", name)
    for slug in sorted(slugs - set(named.names())):
        named.fault(f"the topic `{slug}` has no item.")
    table.done()
    return scale


def _named(table: Table, kind: str, lines: Lines) -> dict[str, str]:
    """Return a table of ids and texts, and note where each stands."""
    for name in table.names():
        lines[kind, name] = table.line(name)
        if not valid_id(name):
            table.fault(f"`{name}` is no id; an id has a to z, digits and single hyphens.", name)
    return {name: table.text(name) for name in table.names()}


def _rules(table: Table, sessions: tuple[SessionPlan, ...]) -> ProgrammeRules:
    rules = ProgrammeRules(
        required_minutes=table.integer("required_minutes"),
        whole_session_minutes=table.integer("whole_session_minutes"),
        every_session=table.flag("every_session"),
        make_up=table.texts("make_up", empty=True),
        pass_mark=table.fraction("pass_mark"),
        ordinary_behaviours=table.fraction("ordinary_behaviours"),
        spacing_days=table.integers("spacing_days"),
        supervision_due_days=table.integer("supervision_due_days"),
        supervision_lapsed_days=table.integer("supervision_lapsed_days"),
        commitment_terms=table.integer("commitment_terms"),
        refresher_after_days=table.integer("refresher_after_days"),
        retention_years=table.integer("retention_years"),
    )
    table.done()
    _check_rules(rules, table)
    _check_hours(rules, [plan.minutes for plan in sessions], table)
    return rules


def _check_rules(rules: ProgrammeRules, table: Table) -> None:
    for way in rules.make_up:
        if way not in MAKE_UP:
            table.fault(f"`make_up` knows {' and '.join(map(repr, MAKE_UP))}, not {way!r}.", "make_up")
    if list(rules.spacing_days) != sorted(set(rules.spacing_days)):
        table.fault("`spacing_days` grow from each to the next.", "spacing_days")
    if 0 < rules.supervision_lapsed_days <= rules.supervision_due_days:
        message = f"standing lapses after it is due; make this more than {rules.supervision_due_days} days."
        table.fault(message, "supervision_lapsed_days")


def _check_hours(rules: ProgrammeRules, lengths: list[int], table: Table) -> None:
    if not lengths or not all(lengths):
        return
    total, shortest = sum(lengths), min(lengths)
    if rules.required_minutes > total:
        message = f"the sessions have {total} minutes, so nobody can reach {rules.required_minutes}."
        table.fault(message, "required_minutes")
    if rules.whole_session_minutes > shortest:
        message = f"the shortest session has {shortest} minutes; nobody can be in it for longer."
        table.fault(message, "whole_session_minutes")
