"""Pictures of what the other verbs print, as SVG or PNG: one picture, one module, one function that draws on axes."""
