"""The case folder: schema, load, save and check."""
