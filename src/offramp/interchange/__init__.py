"""Models as other programs keep them."""
