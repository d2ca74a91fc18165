"""What sign-off decides, without a database."""
