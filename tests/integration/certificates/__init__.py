"""Certificates issued, drawn and revoked on a real database."""
