"""Data keys on a real database."""
