"""Sign-off tells cohorts what is signed, as in the application."""

from __future__ import annotations

import pytest

from trainer.cohorts import guards
from trainer.signoff.queries import signed_among


@pytest.fixture(autouse=True, scope="session")
def _guards() -> None:
    guards.install(signed_among)
