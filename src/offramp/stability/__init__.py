"""One stability concept, one file."""
