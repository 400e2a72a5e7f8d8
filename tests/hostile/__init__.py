"""Hostile files, made by a seed: sound documents written by hand in code, what is done to them, and traps."""
