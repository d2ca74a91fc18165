"""Refused and its tree: every "no" that the domain can say.

Refused
 ├─ NotFound        there is no such thing, or not for this person: the same answer either way
 ├─ NotAllowed      this person may not do this
 ├─ NotNow          the facts do not allow it yet or any more
 ├─ NotValid        what was given does not fit; names the field where there is one
 └─ AlreadyDone     somebody did it before; says who
"""

from __future__ import annotations


class Refused(Exception):
    """A "no" with a code for the tests and a sentence for the reader that says what to do next.

    `field` names the form field that the sentence belongs to; `status` is what HTTP calls it.
    """

    status = 409

    def __init__(self, code: str, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field


class NotFound(Refused):
    status = 404

    def __init__(
        self, code: str = "not-found", sentence: str = "There is no such page, or it is not yours to see."
    ) -> None:
        super().__init__(code, sentence)


class NotAllowed(Refused):
    status = 403


class NotNow(Refused):
    status = 409


class NotValid(Refused):
    status = 422


class AlreadyDone(Refused):
    status = 409
