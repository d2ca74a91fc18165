"""Set-up, schema, verify, doctor: what whoever runs the server needs; gathers what features supply."""
