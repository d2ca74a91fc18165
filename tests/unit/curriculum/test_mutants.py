"""No slip of the hand on a structural line passes in silence: it is reported, or the course says something else."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.unit.curriculum.broken import COURSES
from tests.unit.curriculum.mutants import meaning, mutants_of, read

MODULES = sorted((COURSES / "modules").glob("*.md"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_slip_is_reported_and_every_edit_is_reported_or_says_something_else(path: Path) -> None:
    @lru_cache
    def original(text: str) -> Any:
        gave, faults = read(path.stem, text)
        assert not faults
        return meaning(gave)

    silent, count = [], 0
    for mutant in mutants_of(path.read_text()):
        count += 1
        gave, faults = read(path.stem, mutant.after)
        if not faults and (mutant.slip or meaning(gave) == original(mutant.before)):
            silent.append(f"{path.name}:{mutant.line}: {mutant.what}")
    assert silent == []
    assert count > 500
