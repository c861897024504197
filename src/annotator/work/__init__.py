"""How people work: rounds, the coding session, reliability, review."""
