"""Person, role, body, membership, senior member: who is who. No pages."""
