"""The start page of each role: composes, decides nothing."""
