"""`offramp verify`: are sources, texts and quotations still what was entered."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import FolderArgument, Form, FormOption

if TYPE_CHECKING:
    from offramp.sources.verify import Verification


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("verify", epilog="Example: offramp verify my-case --brief my-case/build/public/brief.html")(verify)


def verify(
    case: FolderArgument,
    brief: Annotated[Path | None, typer.Option("--brief", help="A brief of this case: every figure in it is computed again.")] = None,
    documents: Annotated[bool, typer.Option("--documents", help="Read pages, PDFs, Word documents and mails again, too.")] = False,
    form: FormOption = Form.table,
) -> None:
    """Hash every source again and find every quotation again; exit 1 if anything is not what was entered."""
    from offramp.cli.folder import case_folder
    from offramp.cli.output import print_csv, print_json
    from offramp.sources.verify import verify as verified

    folder = case_folder(case)
    found = verified(folder, documents=documents)
    differences = _differences(folder, brief) if brief is not None else []
    rows: list[tuple[str, str, str, str]] = [("source", check.id, check.state, ", ".join(check.altered)) for check in found.sources]
    rows += [("statement", check.id, check.state, check.detail) for check in found.statements]
    rows += [("unregistered", name, "ignored", "no entry in sources.yaml") for name in found.unregistered]
    rows += [("brief", str(brief), "differs", text) for text in differences]
    if form is Form.json:
        print_json(
            {
                "schema": "offramp.verify/1",
                "ok": found.ok and not differences,
                "counts": _counts(found),
                "entries": [dict(zip(("what", "id", "state", "detail"), row, strict=True)) for row in rows],
            }
        )
    elif form is Form.csv:
        print_csv(["what", "id", "state", "detail"], rows)
    else:
        _tell(found, brief, differences)
    if not found.ok or differences:
        raise typer.Exit(1)


def _counts(found: Verification) -> dict[str, dict[str, int]]:
    return {
        "sources": dict(sorted(Counter(check.state for check in found.sources).items())),
        "statements": dict(sorted(Counter(check.state for check in found.statements).items())),
    }


def _tell(found: Verification, brief: Path | None, differences: list[str]) -> None:
    from offramp.cli.output import printable
    from offramp.sources.extract import spelled

    for problem in found.faults():
        typer.echo(printable(f"problem: {problem}"))
    for name in found.unregistered:
        typer.echo(printable(f"note: {spelled(name)} lies in sources/ without an entry"))
    for text in differences:
        typer.echo(printable(f"problem: {brief}: {text}"))
    for kind, counts in _counts(found).items():
        typer.echo(f"{kind}: " + (", ".join(f"{number} {state.replace('_', ' ')}" for state, number in counts.items()) or "none"))
    if brief is not None and not differences:
        typer.echo("brief: every figure and every word follows from the case")


def _differences(folder: Path, brief: Path) -> list[str]:
    """Return where a brief is not what the case gives today."""
    from offramp.report.recheck import differences

    return differences(folder, brief)
