"""`offramp schema`: what a case file may say, as JSON Schema."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("schema", epilog="Example: offramp schema > case.schema.json")(schema)


def schema() -> None:
    """Print the JSON Schema of case.yaml."""
    from offramp.case.schema import Case
    from offramp.cli.output import print_json

    print_json({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "offramp.case/1", **Case.model_json_schema()})
