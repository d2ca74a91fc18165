"""Where a request finds the courses that were loaded when the process started."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from trainer.curriculum.rules import Catalogue, Programme
from trainer.refusal import NotFound

SHELF = "trainer.catalogue"


def install(app: Flask, catalogue: Catalogue) -> None:
    """Keep the catalogue with the application."""
    app.extensions[SHELF] = catalogue


def catalogue() -> Catalogue:
    """Return every course that was loaded."""
    return cast(Catalogue, current_app.extensions[SHELF])


def programme(slug: str) -> Programme:
    """Return a programme; raises NotFound if its file is gone."""
    found = catalogue().programmes.get(slug)
    if found is None:
        raise NotFound("no-programme", f"The programme {slug} is not among the courses any more. Put its file back.")
    return found
