"""The rules of private texts."""
