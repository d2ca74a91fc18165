"""An invented university, half-way through a term: what `trainer demo` writes into an empty database."""

from trainer.demonstration.fill import fill, is_empty

__all__ = ["fill", "is_empty"]
