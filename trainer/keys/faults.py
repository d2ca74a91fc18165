"""What can be wrong with keys and with what they seal. No refusals of the domain: an operator has to act.

KeyFault
 ├─ KeyMissing         a long-lived key that was used is not in its file; refuse to start
 ├─ KeyDamaged         a key file cannot be read as one, or is open to everybody; refuse to start
 ├─ KeyGone            there is no data key for this person: erased, or never made
 ├─ SealBroken         the sealed bytes were changed, or sealed for somebody or something else
 └─ ErasureUnfinished  the key is out of the table, but not yet out of the write-ahead log; erase again
"""

from __future__ import annotations


class KeyFault(Exception):
    """The root of the tree; the message is a sentence and never holds a key."""


class KeyMissing(KeyFault):
    pass


class KeyDamaged(KeyFault):
    pass


class KeyGone(KeyFault):
    pass


class SealBroken(KeyFault):
    pass


class ErasureUnfinished(KeyFault):
    pass
