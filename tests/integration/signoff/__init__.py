"""Registers, signatures and judgements on a real database."""
