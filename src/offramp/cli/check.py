"""`offramp check`: is the case sound, and what in it is weak or idle."""

from __future__ import annotations

from dataclasses import asdict

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, Form, FormOption, as_date
from offramp.errors import CaseError


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("check", epilog="Example: offramp check two-prisoners")(check)


def check(case: CaseArgument, as_of: AsOfOption = None, form: FormOption = Form.table) -> None:
    """Say what is faulty in a case, and what is weak: unpinned judgements, idle rules, options that nobody cares about."""
    from offramp.api import read_case
    from offramp.case.check import Checkup
    from offramp.case.check import check as checked
    from offramp.cli.output import print_csv, print_json, printable

    try:
        checkup = checked(read_case(case), as_date(as_of))
    except CaseError as error:
        checkup = Checkup(error.problems, ())
    found = [("problem", problem) for problem in checkup.problems] + [("warning", warning) for warning in checkup.warnings]
    if form is Form.json:
        print_json(
            {
                "schema": "offramp.check/1",
                "ok": checkup.ok,
                "problems": [asdict(p) for p in checkup.problems],
                "warnings": [asdict(w) for w in checkup.warnings],
            }
        )
    elif form is Form.csv:
        print_csv(
            ["kind", "file", "line", "label", "found", "expected", "remedy"],
            [[kind, p.file, p.line, p.label, p.found, p.expected, p.remedy] for kind, p in found],
        )
    else:
        for kind, problem in found:
            typer.echo(printable(f"{kind}: {problem}"))
        typer.echo(f"{_many(len(checkup.problems), 'problem')}, {_many(len(checkup.warnings), 'warning')}")
    if not checkup.ok:
        raise typer.Exit(1)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
