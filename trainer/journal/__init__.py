"""Reflections and other private writing, encrypted for their author from the first byte stored."""
