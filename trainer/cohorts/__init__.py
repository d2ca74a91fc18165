"""Cohort, enrolment, timetable, and their import from CSV."""
