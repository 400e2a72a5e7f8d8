"""The tableau of `offramp explain` for concepts that look ahead, or are about coalitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.explain import Explanation
    from offramp.analysis.reasons import Reasons
    from offramp.cli.choose import Form
    from offramp.model.build import Builder
    from offramp.model.world import Choice

MARKS = 12
"""Columns that are left for what forbids calling a verdict well."""


def print_further(builder: Builder, choice: Choice, found: Explanation, limit: int) -> None:
    """Print the tableau, who is asked about in a state under its meaning."""
    from offramp.analysis.assessment import Assessor
    from offramp.cli.explain import print_cells, print_head, print_notes, print_state
    from offramp.report.sure_words import public_voice
    from offramp.report.tableau_further import FurtherTableau

    voice, assessor, told = public_voice(builder), Assessor(builder, choice), FurtherTableau(found)
    states, is_cut = _explained(found, limit)
    widths = (*told.widths, MARKS)
    print_head(builder, found, len(states))
    print_cells((*told.header, ""), widths)
    for here in states:
        marks = print_state(found.model, assessor, here.state, voice)
        for place, cells in enumerate(told.rows(here)):
            print_cells((*cells, "" if place and not cells[0] else marks), widths)
    typer.echo()
    print_notes(builder, choice, found, told.notes(), len(states) if is_cut else 0, voice)


def print_further_data(form: Form, choice: Choice, found: Explanation, limit: int, reasons: Reasons, assessor: Assessor) -> None:
    """Print the same for programs."""
    from offramp.cli.choose import Form as Forms
    from offramp.cli.output import print_csv, print_json
    from offramp.report.explained_records import EXPLAIN_HEADER, explain_record, explain_rows, further_tableau_record

    states, is_cut = _explained(found, limit)
    if form is Forms.json:
        told = further_tableau_record(states, is_cut, reasons, assessor)
        print_json({**explain_record(found, choice, reasons, assessor), "tableau": told})
    else:
        print_csv(EXPLAIN_HEADER, (row for here in states for row in explain_rows(here, reasons, assessor)))


def _explained(found: Explanation, limit: int) -> tuple[Sequence[Explanation], bool]:
    from offramp.analysis.explain import throughout
    from offramp.analysis.tableau import states_that_matter

    states, is_cut = states_that_matter(found.model, found.state, limit)
    return throughout(found, states), is_cut
