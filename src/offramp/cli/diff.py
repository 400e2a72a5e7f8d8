"""`offramp diff`: which judgements changed between two versions of a case, and what that did to the answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, Form, FormOption, PlotOption, as_date

if TYPE_CHECKING:
    from offramp.analysis.diff import Answer, Diff
    from offramp.case.load import CaseFile
    from offramp.report.differed import Differed
    from offramp.report.voice import Voice
    from offramp.sources.differ import IdsChanged

SHOWN = 24
"""Headlines that differ in the table and in the picture; those that turn come first."""

A_CASE = "A case folder, a bare case.yaml, or the id of a case in the catalogue: the version before."
B_CASE = "The version after, likewise."


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("diff", epilog="Example: offramp diff my-case-in-may my-case")(diff)


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help=A_CASE, show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help=B_CASE, show_default=False)],
    as_of: AsOfOption = None,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """Which judgements changed between two versions of a case, and what each change does to the answers by itself."""
    from offramp.analysis.diff import diff as compared
    from offramp.api import read_case
    from offramp.cli.output import print_csv, print_json
    from offramp.report.differed import diff_record, diff_rows

    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)
    date = as_date(as_of)
    before, after = (_told_at(read_case(case), date) for case in (a, b))
    found = compared(before, after)
    if plot is not None:
        _draw(_differed(before, after, found), plot)
    evidence = _evidence(before, after)
    if form is Form.json:
        cases = (before.case, after.case)
        record = diff_record([case.title for case in cases], [case.as_of for case in cases], found)
        told = None if evidence is None else {kind: _ids(there) for kind, there in evidence.items()}
        print_json({**record, "evidence": told})
    elif form is Form.csv:
        print_csv(*diff_rows(found))
    else:
        _print(before, after, found, evidence)


def _told_at(file: CaseFile, date: str | None) -> CaseFile:
    """Return a case as if this were its date."""
    from dataclasses import replace

    return file if date is None else replace(file, case=file.case.model_copy(update={"as_of": date}))


def _draw(differed: Differed, plot: str) -> None:
    from offramp.report.plots.diff import plot_diff
    from offramp.report.plots.style import figure_of, save

    save(figure_of(plot_diff(differed, limit=SHOWN)), plot)


def _differed(before: CaseFile, after: CaseFile, found: Diff) -> Differed:
    from offramp.report.differed import Differed

    return Differed(_voice(before), _voice(after), found)


def _evidence(before: CaseFile, after: CaseFile) -> dict[str, IdsChanged] | None:
    """Return which statements and sources differ; None unless both versions are folders."""
    from offramp.sources.differ import evidence_changed

    return evidence_changed(before.folder, after.folder) if before.folder is not None and after.folder is not None else None


def _ids(there: IdsChanged) -> dict[str, list[str]]:
    return {"added": list(there.added), "removed": list(there.removed), "changed": list(there.changed)}


def _print(before: CaseFile, after: CaseFile, found: Diff, evidence: dict[str, IdsChanged] | None) -> None:
    from offramp.cli.output import print_table
    from offramp.cli.told import tell
    from offramp.report.history import COMBINATION

    differed = _differed(before, after, found)
    tell([f"A: {_version(before, found.before)}", f"B: {_version(after, found.after)}", ""])
    if found.is_same:
        tell(["Nothing differs between the judgements of the two.", *_words(evidence)])
        return
    if found.differences:
        _print_headlines(differed, found)
    rows = [["\n".join(differed.changes(effect)), "\n".join(differed.effect(effect))] for effect in found.effects]
    print_table("What changed", ["Change", "What it does by itself: A → A with this change alone"], rows)
    tell([*differed.sentences(), *_words(evidence), *([COMBINATION] if found.differences else [])])


def _print_headlines(differed: Differed, found: Diff) -> None:
    from offramp.cli.output import print_table
    from offramp.report.differed import share_told
    from offramp.report.words import sentence_case

    rows = [
        [sentence_case(differed.headline(one)), *map(share_told, (one.before, one.after)), "turns" if one.turns else ""]
        for one in found.differences[:SHOWN]
    ]
    notes = ["Turns: from none, some (up to half), most or all of the combinations to another of these."]
    if len(found.differences) > SHOWN:
        notes.append(f"{len(found.differences) - SHOWN} more differ: --format csv lists all.")
    print_table("Headlines that differ", ["Headline", "A", "B", ""], rows, [*notes, ""])


def _voice(file: CaseFile) -> Voice:
    from offramp.report.voice import Voice
    from offramp.sources.evidence import Evidence, read_evidence

    return Voice(file, read_evidence(file.folder) if file.folder is not None else Evidence({}, {}, {}), True)


def _version(file: CaseFile, there: Answer) -> str:
    date = f", as of {file.case.as_of}" if file.case.as_of else ""
    many = "cannot be solved" if there.reason else f"{there.num_cells:,} combination{'s' * (there.num_cells != 1)}"
    return f"{file.case.title}{date}: {many}"


def _words(evidence: dict[str, IdsChanged] | None) -> Iterable[str]:
    """Yield which statements and sources came, went, and were changed."""
    for kind, there in (evidence or {}).items():
        for verb, names in _ids(there).items():
            if names:
                yield f"{kind.capitalize()} {verb}: {', '.join(names)}."
