"""Certificates: issued when the rules hold, frozen on paper, verified by anyone, revoked with a reason."""
