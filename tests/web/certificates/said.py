"""A page as one reads it out: no gap before a comma or full stop where an element ends."""

from __future__ import annotations

import re

from tests.reader import Page


def said(page: Page) -> str:
    """Return the text of a page with its commas and full stops where a reader sees them."""
    return re.sub(r" ([,.;])", r"\1", page.text)
