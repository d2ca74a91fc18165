"""The code that opens a certificate's public page: 130 random bits, written so that it can be read out and typed."""

from __future__ import annotations

from trainer.database import ALPHABET, random_code

CODE_LENGTH = 26  # characters of five random bits each
GROUP = 4
MISREAD = str.maketrans("oil", "011")  # Crockford: an o is a zero, an i or l is a one
SPACING = str.maketrans("", "", " -\t\r\n\u00a0\u2010\u2011\u2013")


def new_code() -> str:
    """Return a code that nobody can guess."""
    return random_code(CODE_LENGTH)


def say_code(code: str) -> str:
    """Return a code in groups of four: "7k2m 9qxw …"."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def tidy_code(typed: str) -> str:
    """Return what was typed as a code is kept: without case, spaces and hyphens, with misread letters put right.

    Of an address its end is taken, since people copy what the paper says.
    """
    return typed.rstrip("/ \t\r\n").rpartition("/")[2].translate(SPACING).lower().translate(MISREAD)


def is_code(code: str) -> bool:
    """Whether a tidied text has the length and the characters of a code; whether there is one nobody is told here."""
    return len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)
