"""Tests of certificates begin where a training is over."""

from tests.integration.certificates.trained import database, trained

__all__ = ["database", "trained"]
