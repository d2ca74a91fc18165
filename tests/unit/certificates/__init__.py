"""What a certificate states, its code and its letters, without a database."""
