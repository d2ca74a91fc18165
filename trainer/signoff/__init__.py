"""Register, sign-off, correction, make-up, hours and readiness: what a trainer saw, and signed."""
