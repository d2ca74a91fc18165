"""Private texts, on real databases."""
