"""The doors to cryptography and the key files."""
