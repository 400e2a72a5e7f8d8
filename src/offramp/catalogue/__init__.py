"""The bundled case and the published ones, as case folders."""
