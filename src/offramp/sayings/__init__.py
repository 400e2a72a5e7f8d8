"""Sayings across reports: which are renderings of one utterance, and what was said when."""
