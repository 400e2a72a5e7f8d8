"""The questions put to a model."""
