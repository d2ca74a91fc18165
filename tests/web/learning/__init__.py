"""The pages of a module."""
