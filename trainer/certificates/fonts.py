"""The fonts on board: which of them has a letter, how wide a text runs, and a refusal by name where none has it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trainer import press
from trainer.refusal import NotValid

INVISIBLE = frozenset({"Cf", "Zs"})  # joiners and spaces draw nothing


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: how wide each character that it has is, in em."""

    widths: dict[str, float]

    def has(self, cluster: str) -> bool:
        """Whether a letter can be set in this font with all its marks."""
        return all(character in self.widths for character in cluster)


@cache
def faces() -> tuple[Face, ...]:
    """Return the serif fonts, in the order in which they are tried; read once."""
    return tuple(_face(press.FONTS / name) for name in press.SERIF)


def _face(path: Path) -> Face:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        unit = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return Face({chr(point): advances[glyph][0] / unit for point, glyph in font.getBestCmap().items()})


def clusters(text: str) -> list[str]:
    """Return the visible letters of a text, each with the marks that belong to it."""
    found: list[str] = []
    for character in text:
        if unicodedata.category(character) in INVISIBLE:
            continue
        if unicodedata.combining(character) and found:
            found[-1] += character
        else:
            found.append(character)
    return found


def missing(text: str) -> tuple[str, ...]:
    """Return the letters of a text that no font on board can set, each once."""
    return tuple(dict.fromkeys(c for c in clusters(text) if not any(face.has(c) for face in faces())))


def width(text: str) -> float:
    """Return how wide a text runs on one line, in em, marks and joining of letters left out of account."""
    return sum(next((face.widths[c] for face in faces() if c in face.widths), 0.0) for c in text)


def require_letters(what: str, text: str) -> None:
    """Raise NotValid, naming the letters, if the text could not be set without boxes in it.

    `what` begins the sentence: "The name Li Wei".
    """
    if gone := missing(text):
        letters = ", ".join(f"“{letter}”" for letter in gone[:5])
        raise NotValid(
            "no-glyph",
            f"{what} has letters that our fonts cannot set on paper: {letters}. Ask its owner how it should stand "
            "there in Latin, Greek, Cyrillic, Arabic or Hebrew script, and change it under People.",
        )
