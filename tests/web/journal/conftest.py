"""The small module in the place of the shipped ones."""

from tests.web.learning.conftest import small_course, statements

__all__ = ["small_course", "statements"]
