"""Content hashes: what exactly was asked, and on which edition of a course."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def wording_of(source: str) -> str:
    """Return the hex hash of a question, prompt, scene or part; wrapping its lines differently changes nothing."""
    lines: list[str] = []
    for line in source.split("\n"):
        text = line.strip()
        if text.startswith(">") and lines and lines[-1].startswith(">"):
            text = text.lstrip("> ")
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return _hash([" ".join(" ".join(lines).split()).encode()])


def module_edition(text: str, figures: Iterable[tuple[str, bytes]]) -> str:
    """Return the hex hash over a module's text and its figures (name and content), in the order of their names."""
    pieces = [text.encode()]
    for name, content in sorted(figures):
        pieces += [name.encode(), content]
    return _hash(pieces)


def programme_edition(text: str, modules: Iterable[tuple[str, str]]) -> str:
    """Return the hex hash over a programme's text and the editions of its modules, given as (slug, edition)."""
    return _hash([text.encode(), *(f"{slug} {edition}".encode() for slug, edition in sorted(modules))])


def _hash(pieces: Iterable[bytes]) -> str:
    """Hash pieces with their lengths, so that no two lists of pieces read alike."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(b"%d:" % len(piece))
        digest.update(piece)
    return digest.hexdigest()
