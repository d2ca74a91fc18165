"""The append-only Merkle log of sign-offs and certificates: what was sealed cannot be changed unnoticed."""
