"""A university's peer-support training: reading, registers, sign-offs, certificates."""
