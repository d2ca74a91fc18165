"""The pages of private texts."""
