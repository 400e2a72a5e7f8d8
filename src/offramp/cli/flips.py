"""`offramp flips`: which single judgement, judged otherwise, turns what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, PlotOption, ReadingOption

if TYPE_CHECKING:
    from offramp.analysis.flips import Flip, Flips, Turn
    from offramp.report.sure_words import Sayer
    from offramp.report.voice import Voice

MAX_LINES = 4
"""Lines of headlines that a row of the table has; the others are counted."""

COLUMN, EFFECT = 45, 39
"""Characters of the columns that tell the judgement, and what turns."""

NEXT = 3
"""Number of judgements to look into next."""


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("flips", epilog="Example: offramp flips two-prisoners --headline clear")(flips)


def flips(
    case: CaseArgument,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    headline: Annotated[str | None, typer.Option("--headline", metavar="NAME", help="Rank by how far this headline moves.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show at most this many in a table.")] = 20,
    every: Annotated[bool, typer.Option("--all", help="Show all in a table, also those that turn nothing.")] = False,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """Which single judgement, judged otherwise, turns what the case comes to."""
    from offramp.analysis.flips import flips as found_flips
    from offramp.cli.choose import opened, within
    from offramp.cli.output import print_csv, print_json

    _check_plot(plot)
    builder = opened(case, as_of)
    found = found_flips(builder, within(builder, reading, contested))
    listed = found.flips if headline is None else found.by(_known(found, headline))
    if plot is not None:
        _draw(found, headline, plot)
    if form is Form.table:
        _print(found, listed, headline, None if every else limit)
        return
    from offramp.report.sure_records import FLIPS_HEADER, flips_record, flips_rows

    if form is Form.json:
        print_json(flips_record(found, listed, headline))
    else:
        print_csv(FLIPS_HEADER, flips_rows(found, listed, headline))


def _check_plot(plot: str | None) -> None:
    """Refuse the name of a picture before anything is worked out."""
    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)


def _draw(found: Flips, headline: str | None, plot: str) -> None:
    from offramp.report.plots.style import figure_of, save
    from offramp.report.plots.tornado import plot_tornado

    save(figure_of(plot_tornado(found, headline or "clear")), plot)


def _known(found: Flips, headline: str) -> str:
    from offramp.errors import UnknownLabelError

    if headline not in found.shares and not any(headline in flip.shares for flip in found.tried):
        raise UnknownLabelError("headline", headline, list(found.shares))
    return headline


# -- the table -----------------------------------------------------------------------------------------------------------


def _print(found: Flips, listed: Sequence[Flip], headline: str | None, limit: int | None) -> None:
    """Print the changes that do something, `limit` of them; all that can be tried without one."""
    from offramp.analysis.headlines import TOLERANCE
    from offramp.cli.choose import told_as_of
    from offramp.cli.output import print_table
    from offramp.report.naming import headline_label
    from offramp.report.sure_words import Sayer

    say = Sayer(found.builder)
    tried = [flip for flip in listed if not flip.reason]
    if headline is None:
        telling = [flip for flip in tried if flip.turns]
    else:
        telling = [flip for flip in tried if found.turn(flip, headline).distance > TOLERANCE]
    shown = tried if limit is None else telling[:limit]
    rows = [_row(rank, flip, say, _effect(found, flip, headline, say.voice)) for rank, flip in enumerate(shown, 1)]
    name = None if headline is None else headline_label(say.voice, headline)
    what = "what turns" if name is None else f"what moves {name}"
    title = f"{found.builder.case.title}: {what}, if one judgement is judged otherwise"
    counts = _counts(found, tried, len(telling), len(shown), name, say.voice)
    notes = [*told_as_of(found.builder), *_next(telling, say), *counts, *_reading_help(found, shown, headline)]
    print_table(title, ["", "Judgement", "Basis", "What turns" if name is None else name], rows, notes)


def _row(rank: int, flip: Flip, say: Sayer, effect: str) -> list[str]:
    basis = "rival\naccount" if is_rival(flip, say) else f"{flip.basis}\n{_pins(len(flip.because))}"
    return [str(rank), _judgement(flip, say), basis, effect]


def is_rival(flip: Flip, say: Sayer) -> bool:
    """Return whether a whole list of wishes is changed: an account beside others, which rests on no judgement of its own."""
    if flip.path[0] != "readings" or len(flip.path) != 3:
        return False
    return say.case.readings[str(flip.path[1])][str(flip.path[2])].prefers is not None


def _pins(number: int) -> str:
    return "1 pin" if number == 1 else f"{number or 'no'} pins"


def _judgement(flip: Flip, say: Sayer) -> str:
    """Return what is done with which judgement, and where it stands in the file."""
    from offramp.report.naming import path_label
    from offramp.report.sure_words import done, shortened

    said = _wrapped(shortened(f"{done(flip)}: {say(flip.path)}", 2 * COLUMN - 6), COLUMN)
    return "\n".join([*said, *_broken(path_label(say.voice, flip.path))])


def _broken(path: str) -> list[str]:
    """Return a dotted path in lines that fit the column, broken before a dot."""
    lines = [""]
    for number, part in enumerate(path.split(".")):
        piece = f".{part}" if number else part
        if len(lines[-1]) + len(piece) > COLUMN:
            lines.append("  ")
        lines[-1] += piece
    return lines


def _effect(found: Flips, flip: Flip, headline: str | None, voice: Voice) -> str:
    from offramp.report.naming import headline_label
    from offramp.report.sure_records import levels_text
    from offramp.report.sure_words import percent

    if headline is not None:
        turn = found.turn(flip, headline)
        return f"{percent(turn.before)} -> {percent(turn.after)}" + (f"\n{levels_text(turn)}" if turn.turns else "")
    told = list(grouped(flip.turns, lambda name: headline_label(voice, name)))
    if not told:
        return f"nothing; farthest: {headline_label(voice, flip.farthest.headline)}" if flip.farthest else "nothing"
    hidden = len(told) - MAX_LINES
    lines = [line for each in told[:MAX_LINES] for line in _wrapped(each, EFFECT, "  ")]
    return "\n".join([*lines, f"and {hidden} more"] if hidden > 0 else lines)


def _wrapped(text: str, width: int, hanging: str = "") -> list[str]:
    """Return `text` in lines of this width, the further ones begun by `hanging`."""
    import textwrap

    return textwrap.wrap(text, width, subsequent_indent=hanging, break_on_hyphens=False)


def grouped(turns: Iterable[Turn], label: Callable[[str], str] = str) -> Iterator[str]:
    """Yield headlines with their levels, those of one kind that turn alike in one line, ends counted.

    Examples
    --------
    >>> from offramp.analysis.flips import Turn
    >>> list(grouped([Turn("rests.seq", 0.7, 0.2), Turn("clear", 0.2, 0), Turn("rests.nash", 0.6, 0.1)]))
    ['clear: some -> none', 'rests.seq, nash: most -> some']
    """
    from offramp.analysis.headlines import kind
    from offramp.report.sure_records import levels_text
    from offramp.report.sure_words import MEANS

    order = list(MEANS)
    groups: dict[tuple[str, str], list[str]] = {}
    for turn in sorted(turns, key=lambda turn: order.index(kind(turn.headline))):
        groups.setdefault((kind(turn.headline), levels_text(turn)), []).append(label(turn.headline))
    for (name, levels), there in groups.items():
        more = [each.removeprefix(f"{name}.") for each in there[1:]]
        yield f"{len(there)} ends: {levels}" if name == "end" and more else f"{', '.join([there[0], *more])}: {levels}"


# -- what stands below it ------------------------------------------------------------------------------------------------


def _next(telling: Sequence[Flip], say: Sayer) -> Iterator[str]:
    """Yield the judgements to look into: those that turn most, and rest on inference or assumption; rival accounts apart."""
    from offramp.report.naming import path_label
    from offramp.report.sure_words import shortened

    doubtful = {flip.path: flip for flip in reversed(telling) if flip.basis != "stated" and not is_rival(flip, say)}
    chosen = [flip for flip in telling if doubtful.get(flip.path) is flip][:NEXT]
    if chosen:
        yield "Find out next, since much hangs on it and it is inferred or assumed, not stated:"
    for flip in chosen:
        yield f"  {shortened(say(flip.path), 60)} ({flip.basis}, {_pins(len(flip.because))})\n    {path_label(say.voice, flip.path)}"
    rivals = list(dict.fromkeys(str(flip.path[1]) for flip in telling if is_rival(flip, say)))[:NEXT]
    if rivals:
        yield f"Much hangs on which of the rival accounts holds, most of all on that of {say.voice.names(rivals)}."


def _counts(found: Flips, tried: Sequence[Flip], telling: int, shown: int, headline: str | None, voice: Voice) -> Iterator[str]:
    does = "turn something" if headline is None else f"move {headline}"
    hidden = telling - shown
    more = f"; {hidden} more of them are not shown (--limit, --all)" if hidden > 0 else ""
    yield f"Of {len(tried)} changes, {telling} {does}{more}. Grid: {found.num_cells} cell{'s' * (found.num_cells != 1)}."
    reasons = [flip for flip in found.flips if flip.reason]
    if reasons:
        from offramp.report.naming import open_words, path_label

        first = reasons[0]
        reason = open_words(voice, " ".join(first.reason.split()))
        yield f"{len(reasons)} more cannot be tried, such as {path_label(voice, first.path)} {first.kind}: {reason}. --format json has all."


def _reading_help(found: Flips, shown: Sequence[Flip], headline: str | None) -> Iterator[str]:
    from offramp.report.sure_words import DOES, means

    yield "Something turns when its level changes: none of the cells, some (up to half), most, all."
    names = [headline] if headline is not None else [turn.headline for flip in shown for turn in flip.turns]
    yield from (f"  {line}" for line in means(names))
    kinds = {flip.kind for flip in shown}
    yield from (f"  {line}" for kind, line in DOES.items() if kind in kinds)
