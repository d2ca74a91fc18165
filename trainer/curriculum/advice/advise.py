"""All advice on a course: every rule on every file whose structure is sound, less the exceptions it lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from trainer.curriculum import lock
from trainer.curriculum.advice.ages import check_age
from trainer.curriculum.advice.balance import check_balance
from trainer.curriculum.advice.exceptions import excuse
from trainer.curriculum.advice.findings import Finding, Study
from trainer.curriculum.advice.quizzes import check_feedback, check_options, check_quiz, check_stems
from trainer.curriculum.advice.runs import check_runs
from trainer.curriculum.advice.shape import check_dialogues
from trainer.curriculum.advice.sources import check_sources
from trainer.curriculum.advice.times import check_practice
from trainer.curriculum.faults import Fault
from trainer.curriculum.load import DEFAULT_LANGUAGE, Loaded, load
from trainer.curriculum.modules import Draft

OF_A_MODULE: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    check_age,
    check_practice,
    check_dialogues,
    check_quiz,
    check_options,
    check_feedback,
    check_stems,
)
OF_A_COURSE: tuple[Callable[[Study], Iterator[Finding]], ...] = (check_balance, check_sources, check_runs)


def advise(folder: Path) -> tuple[Fault, ...]:
    """Return the advice on the courses in a folder, sorted by file and line; never raises on what is in a file.

    A file with a fault of structure gets none, since counting what could not be read misleads.
    """
    return advise_on(folder, load(folder))


def inspect(folder: Path) -> tuple[Fault, ...]:
    """Return every fault of the courses in a folder and all advice on them, sorted: what `trainer check` prints."""
    loaded = load(folder)
    return tuple(sorted({*loaded.faults, *advise_on(folder, loaded)}))


def advise_on(folder: Path, loaded: Loaded) -> tuple[Fault, ...]:
    """Return the advice on courses that were loaded from a folder."""
    study = study_of(loaded)
    found = [finding for rule in OF_A_MODULE for draft in study.modules for finding in rule(draft)]
    found += [finding for rule in OF_A_COURSE for finding in rule(study)]
    return tuple(sorted(set(excuse(found, folder, study.whole))))


def study_of(loaded: Loaded) -> Study:
    """Return the files of a course whose structure is sound; an id that is not locked yet is no fault of structure."""
    faulty = {fault.file for fault in loaded.faults if not fault.message.startswith(lock.NOT_LOCKED)}
    modules = [draft for draft in loaded.drafts if draft.module.language == DEFAULT_LANGUAGE]
    return Study(
        modules=tuple(draft for draft in modules if draft.file not in faulty),
        handbook=tuple(draft for draft in loaded.handbook if draft.file not in faulty),
        programmes=tuple(draft for draft in loaded.programmes if draft.file not in faulty),
        whole=not faulty - {lock.FILE},
    )
