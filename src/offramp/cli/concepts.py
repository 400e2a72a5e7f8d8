"""`offramp concepts`: every concept of stability, and the settings in which definitions differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from offramp.cli.choose import AsOfOption, ContestedOption, Form, FormOption, ReadingOption

if TYPE_CHECKING:
    from offramp.model.conflict import ConflictModel
    from offramp.stability.registry import Concept


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("concepts", epilog="Example: offramp concepts garrison-23")(concepts)


def concepts(
    case: Annotated[str | None, typer.Argument(metavar="CASE", help="Say of each concept whether it is defined for this case.")] = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    form: FormOption = Form.table,
) -> None:
    """Every concept of stability: what it says, where it comes from, what it needs, and its settings."""
    from offramp.cli.choose import choose, opened
    from offramp.cli.output import print_csv, print_json
    from offramp.stability.registry import ALL_CONCEPTS

    model = None
    if case is not None:
        builder = opened(case, as_of)
        model = builder.model(choose(builder, reading, contested))
    elif reading or contested or as_of:
        raise typer.BadParameter("readings, sides and dates are of a case; name one", param_hint="CASE")
    records = [_record(concept, model) for concept in ALL_CONCEPTS.values()]
    if form is Form.json:
        from offramp.stability.settings import VALUES

        settings = {name: dict(values) for name, values in VALUES.items()}
        print_json({"schema": "offramp.concepts/1", "concepts": records, "settings": settings})
    elif form is Form.csv:
        header = list(records[0])
        print_csv(header, [[_cell(record[key]) for key in header] for record in records])
    else:
        _print(records, model)


def _record(concept: Concept, model: ConflictModel | None) -> dict[str, Any]:
    from offramp.stability.described import described

    words = described(concept)
    lacks = {} if model is None else {"lacks": list(concept.lacks(model))}
    return {
        "concept": concept.name,
        "about": concept.about,
        "states": words.states,
        "definition": words.definition,
        "notes": words.notes,
        "sources": words.sources,
        "needs": [need.name for need in concept.needs],
        "asks": list(concept.asks),
        "settings": list(concept.looks_at),
        **lacks,
    }


def _cell(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else value


def _print(records: list[dict[str, Any]], model: ConflictModel | None) -> None:
    from offramp.cli.told import tell, wrapped
    from offramp.stability.settings import VALUES

    tell(["A state is an equilibrium of a concept where it is stable for all. Focal is the decision maker who is asked about.", ""])
    for record in records:
        tell([f"{record['concept']}: {record['states']}"], bold=True)
        lines = [record["definition"], record["notes"], f"Source: {record['sources']}"]
        lines += [f"Needs {', '.join(record['needs'])}."] if record["needs"] else []
        lines += [f"Asks for: {', '.join(record['asks'])}."] if record["asks"] else []
        lines += [f"Settings: {', '.join(record['settings'])}."] if record["settings"] else []
        lines += [] if model is None else [_whether(record["lacks"], model)]
        tell([line for words in lines if words for line in wrapped(words, first="  ", then="  ")])
        tell([""])
    tell(["Settings, the default first; solve and explain take --set NAME=VALUE"], bold=True)
    for name, values in VALUES.items():
        tell([f"  {name}"])
        tell([line for value, meaning in values.items() for line in wrapped(f"{value}: {meaning}", first="    ", then="      ")])


def _whether(lacks: list[str], model: ConflictModel) -> str:
    if not lacks:
        return f"Defined for {model.title}."
    return f"NOT DEFINED for {model.title}: it {'; it '.join(lacks)}."
