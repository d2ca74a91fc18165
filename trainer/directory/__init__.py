"""The pages on which coordinators see and edit people, bodies and Senior Members."""
