"""exceptions.toml: the few places where a rule of the advice is set aside, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.curriculum.advice.findings import Finding, Rule
from trainer.curriculum.advice.runs import LENGTH, words_of
from trainer.curriculum.faults import Fault, Faults, similar
from trainer.curriculum.load import EXCEPTIONS
from trainer.curriculum.scan import decode
from trainer.curriculum.tables import Table, read_toml

MOST = 10


@dataclass(frozen=True, slots=True)
class Exempt:
    """One exception: what a rule finds in a file, or about a phrase, is no fault. The other of the two is ""."""

    line: int
    rule: Rule
    file: str
    phrase: str

    def covers(self, finding: Finding) -> frozenset[int]:
        """Return which words of a finding it excuses, by their place; none if it is not about that."""
        words = words_of(finding.phrase)
        if finding.rule is not self.rule:
            return frozenset()
        if self.file:
            return frozenset(range(max(len(words), 1)) if finding.fault.file == self.file else ())
        around, phrase = (*words_of(finding.before), *words, *words_of(finding.after)), words_of(self.phrase)
        first = len(words_of(finding.before))
        starts = [at for at in range(len(around)) if phrase and around[at : at + len(phrase)] == phrase]
        places = {place - first for at in starts for place in range(at, at + len(phrase))}
        return frozenset(places & set(range(len(words))))


def excuse(findings: Iterable[Finding], folder: Path, whole: bool) -> Iterator[Fault]:
    """Yield the faults that no exception covers, and what is wrong with the exceptions.

    That an exception is not needed any more shows only when the `whole` course could be looked at.
    """
    faults = Faults(EXCEPTIONS)
    exempt = read_exceptions(folder / EXCEPTIONS, faults)
    used: set[Exempt] = set()
    for finding in findings:
        covered = {one: places for one in exempt if (places := one.covers(finding))}
        used.update(covered)
        if not covered or (
            finding.rule is Rule.SHARED_WORDS and _is_left(finding, frozenset().union(*covered.values()))
        ):
            yield finding.fault
    for one in exempt if whole else ():
        if one not in used:
            faults.add(one.line, "nothing needs this exception; delete it.")
    yield from faults.found


def _is_left(finding: Finding, covered: frozenset[int]) -> bool:
    """Whether beside the listed phrases a run of the forbidden length is left of what two places share."""
    marks = "".join("." if place in covered else "x" for place in range(len(words_of(finding.phrase))))
    return "x" * LENGTH in marks


def read_exceptions(path: Path, faults: Faults) -> Sequence[Exempt]:
    """Return the exceptions of a file, none if it is not there; what is wrong with them is noted."""
    try:
        text = decode(path.read_bytes(), faults)
    except FileNotFoundError:
        return ()
    except OSError as error:
        faults.add(1, f"this file cannot be read ({error.strerror or 'unknown reason'}).")
        return ()
    root = read_toml(text, faults) if text is not None else None
    if root is None:
        return ()
    tables = root.tables("exceptions", optional=True)
    root.done()
    for table in tables[MOST:]:
        table.fault(f"there are {MOST} exceptions at most; mend the text instead.")
    return [one for table in tables if (one := _exempt(table))]


def _exempt(table: Table) -> Exempt | None:
    rule, file, phrase = table.text("rule"), table.text("file", optional=True), table.text("phrase", optional=True)
    table.text("reason")
    table.done()
    if rule and rule not in list(Rule):
        table.fault(f"there is no rule `{rule}`{similar(rule, Rule)}.", "rule")
    elif bool(file) == bool(phrase):
        table.fault("an exception has a `file` or a `phrase`.")
    elif rule:
        return Exempt(table.line(), Rule(rule), file, phrase)
    return None
