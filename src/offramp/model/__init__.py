"""States, moves and ranks as arrays; building a model from a case."""
