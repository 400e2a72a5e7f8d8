"""The inverse question: which rankings make a state stable, how many there are, and which order of statements is nearest."""
