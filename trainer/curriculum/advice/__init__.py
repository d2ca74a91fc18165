"""What a sound course is held to beyond its structure: times, items, dialogues, sources. Serving loads none of it."""
