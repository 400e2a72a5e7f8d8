"""`offramp observed`: what it says that nobody has moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, PlotOption, ReadingOption

if TYPE_CHECKING:
    from offramp.analysis.flips import Turn
    from offramp.analysis.observed import Kept, Observed
    from offramp.model.build import Builder
    from offramp.report.voice import Voice

MAX_ROWS = 30
"""Combinations of readings that a table has."""


class Foresight(StrEnum):
    """What is assumed of everybody's foresight."""

    one_move = "one-move"
    replies = "replies"
    caution = "caution"


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("observed", epilog="Example: offramp observed two-prisoners --foresight replies")(observed)


def observed(
    case: CaseArgument,
    foresight: Annotated[
        Foresight | None, typer.Option("--foresight", help="What to assume of everybody; by default all three.", show_default=False)
    ] = None,
    together: Annotated[bool, typer.Option("--together", help="Assume too that they could have agreed to move together.")] = False,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """What it says that nobody has moved: which readings it speaks against, which remain."""
    from offramp.analysis.observed import observed as found_observed
    from offramp.cli.choose import opened, within
    from offramp.cli.output import print_csv, print_json

    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)
    builder = opened(case, as_of)
    part = within(builder, reading, contested)
    chosen = [foresight] if foresight is not None else list(Foresight)
    found = [found_observed(builder, each.value, together, part) for each in chosen]
    if plot is not None:
        _draw(builder, found, plot)
    if form is Form.table:
        _print(builder, found)
        return
    from offramp.report.sure_records import OBSERVED_HEADER, observed_record, observed_rows

    if form is Form.json:
        print_json(observed_record(builder.varied(part), found))
    else:
        print_csv(OBSERVED_HEADER, observed_rows(found))


def _draw(builder: Builder, found: Sequence[Observed], plot: str) -> None:
    from offramp.report.plots.observed import plot_assumptions
    from offramp.report.plots.style import save
    from offramp.report.sure_words import public_voice

    save(plot_assumptions(found, f"{builder.case.title}: nobody has moved", public_voice(builder)), plot)


# -- tables --------------------------------------------------------------------------------------------------------------


def _print(builder: Builder, found: Sequence[Observed]) -> None:
    from offramp.cli.choose import told_as_of
    from offramp.cli.output import print_table
    from offramp.report.sure_words import public_voice

    voice = public_voice(builder)
    header, rows = _assumptions(found, voice)
    print_table(f"{builder.case.title}: nobody has moved", header, rows, [*told_as_of(builder), *_caveats(found)])
    if not any(each.after for each in found):
        return
    typer.echo("")
    names = [each.foresight for each in found]
    parts: list[tuple[str, list[str], list[list[str]], list[str]]] = [
        ("Readings: the cells that remain", ["Decision maker", "Reading", *names], _readings(found, voice), []),
        ("Combinations of readings: the cells that remain", ["Combination", *names], *_combinations(found, voice)),
        ("What it changes: in how many of the cells each holds", ["Headline", "Before", *names], *_headlines(found, voice)),
    ]
    for title, header, rows, notes in parts:
        if rows:
            print_table(title, header, rows, [*notes, ""] if notes and title != parts[-1][0] else notes)


def _assumptions(found: Sequence[Observed], voice: Voice) -> tuple[list[str], list[list[str]]]:
    """Return what is assumed, how many cells that speaks against, and which readings drop out altogether."""
    from offramp.report.sure_words import ASSUMES

    rows = []
    for each in found:
        against, total = each.num_cells - len(each.remaining), each.num_cells
        counts = [f"{against} of {total}", str(len(each.remaining))]
        rows.append([f"{each.foresight}: {ASSUMES[each.foresight]}", *counts, _excluded(each, voice)])
    return ["If it is assumed that", "Spoken against", "Remain", "Readings that drop out"], rows


def _excluded(found: Observed, voice: Voice) -> str:
    from offramp.report.sure_records import in_order

    if not found.remaining:
        return "all of them"
    return "\n".join(_reading(key, voice) for key, kept in in_order(found.readings) if not kept.remaining) or "none"


def _caveats(found: Sequence[Observed]) -> Iterator[str]:
    agreed = ", or some together could have agreed to" if found[0].together else ""
    yield "A cell is one combination of readings and contested entries. It is spoken against if, were it true,"
    yield f"somebody would have moved by now{agreed}. That people look so far ahead is an assumption."
    for each in found:
        if not each.remaining:
            yield f"Under {each.foresight} nothing remains: the assumption does not hold, or a judgement of the case does not."
        elif not each.after:
            yield f"Under {each.foresight} only cells remain that weigh nothing."


def _readings(found: Sequence[Observed], voice: Voice) -> list[list[str]]:
    """Return a row for each reading of the decision makers who have several."""
    from offramp.report.naming import reading_label
    from offramp.report.sure_records import in_order

    several = [dm for dm, _ in found[0].readings]
    keys = [key for key, _ in in_order(found[0].readings) if several.count(key[0]) > 1]
    return [[dm, reading_label(voice, dm, name), *(_kept(each.readings[dm, name]) for each in found)] for dm, name in keys]


def _reading(key: tuple[str, str], voice: Voice) -> str:
    from offramp.report.naming import reading_label

    return f"{key[0]}={reading_label(voice, *key)}"


def _kept(kept: Kept | None) -> str:
    return f"{kept.remaining} of {kept.cells}" if kept and kept.remaining else "none"


def _combinations(found: Sequence[Observed], voice: Voice) -> tuple[list[list[str]], list[str]]:
    """Return a row for each combination of which something remains; readings that make no difference are left out of them."""
    idle = [dm for dm in _rivals(found[0]) if all(_makes_no_difference(each, dm) for each in found)]
    tallies = [_without(each, idle) for each in found]
    places = list(found[0].readings)
    keys = sorted({key for tally in tallies for key in tally}, key=lambda key: [places.index(pair) for pair in key])
    if not keys or max(map(len, keys)) < 2:
        return [], []
    rows = [[", ".join(_reading(pair, voice) for pair in key), *(_kept(tally.get(key)) for tally in tallies)] for key in keys[:MAX_ROWS]]
    notes = [f"It makes no difference how {' and how '.join(idle)} is read."] if idle else []
    return rows, notes + ([f"{len(keys) - MAX_ROWS} more; --format json has all."] if len(keys) > MAX_ROWS else [])


def _rivals(found: Observed) -> list[str]:
    dms = [dm for dm, _ in found.readings]
    return [dm for dm in dict.fromkeys(dms) if dms.count(dm) > 1]


def _makes_no_difference(found: Observed, dm: str) -> bool:
    """Return whether the same remains of all other readings whichever of `dm` is taken."""
    by_rest: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for key, kept in found.combinations.items():
        by_rest.setdefault(tuple(pair for pair in key if pair[0] != dm), []).append(kept.remaining)
    number = sum(1 for name, _ in found.readings if name == dm)
    return all(len(there) == number and len(set(there)) == 1 for there in by_rest.values())


def _without(found: Observed, idle: Sequence[str]) -> Mapping[tuple[tuple[str, str], ...], Kept]:
    """Return the combinations with the readings of some decision makers added up."""
    from offramp.analysis.observed import Kept

    total: dict[tuple[tuple[str, str], ...], Kept] = {}
    for key, kept in found.combinations.items():
        rest = tuple(pair for pair in key if pair[0] not in idle)
        before = total.get(rest, Kept(0, 0))
        total[rest] = Kept(before.cells + kept.cells, before.remaining + kept.remaining)
    return total


def _headlines(found: Sequence[Observed], voice: Voice) -> tuple[list[list[str]], list[str]]:
    """Return a row for each headline that some assumption moves."""
    from offramp.analysis.headlines import kind
    from offramp.analysis.observed import FORESIGHT
    from offramp.report.naming import headline_label
    from offramp.report.sure_records import moved
    from offramp.report.sure_words import MEANS, means

    turns = [{turn.headline: turn for turn in moved(each)} for each in found]
    before, kinds = found[0].before, list(MEANS)
    moving = [name for name in before if any(name in there for there in turns)]
    names = sorted(moving, key=lambda name: kinds.index(kind(name)))
    rows = [
        [headline_label(voice, name), _share(before[name]), *(_after(each, name, there) for each, there in zip(found, turns, strict=True))]
        for name in names
    ]
    by = ", ".join(f"rests.{FORESIGHT[each.foresight]} under {each.foresight}" for each in found)
    return rows, [f"Of what remains all are at rest by the very assumption: {by}.", *(f"  {line}" for line in means(names))]


def _after(found: Observed, name: str, turns: Mapping[str, Turn]) -> str:
    return _share(turns[name].after) if name in turns else "as before" if found.after else "-"


def _share(share: float) -> str:
    from offramp.analysis.headlines import level
    from offramp.report.sure_words import percent

    return f"{percent(share)} {level(share)}" if level(share) in ("some", "most") else level(share)
