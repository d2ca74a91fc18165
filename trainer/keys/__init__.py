"""Data keys per person in a second database, long-lived keys as files, and the doors to cryptography."""
