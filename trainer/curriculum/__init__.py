"""Courses from disk: programmes, modules, quizzes, dialogues. Knows nobody and stores nothing."""
