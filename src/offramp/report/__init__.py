"""Findings as a brief."""
