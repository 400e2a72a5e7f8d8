"""Files to text, statements, pins that verify, identifiers that stay in."""
