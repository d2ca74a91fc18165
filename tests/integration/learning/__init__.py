"""What a trainee does, on a real database."""
