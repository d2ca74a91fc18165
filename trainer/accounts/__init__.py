"""Account, invitation and sign-in: how a person gets in, and out again."""
