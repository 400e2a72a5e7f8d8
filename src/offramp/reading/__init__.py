"""Reading reports: who said what, in which words, where they stand."""
