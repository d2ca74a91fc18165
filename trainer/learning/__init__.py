"""Reading progress, quiz attempts and dialogue runs: what a trainee does between sessions."""
