"""Whom to call: public, works signed out, in print and without a script."""
