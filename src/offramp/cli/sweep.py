"""`offramp sweep`: how often each headline holds over all that is uncertain, and what decides it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, PlotOption, ReadingOption

if TYPE_CHECKING:
    from offramp.analysis.sweep import Store, Sweep
    from offramp.analysis.sweep.factors import Factor
    from offramp.analysis.sweep.importance import Importance
    from offramp.model.build import Builder

COLUMN = 62
"""Characters of the column that tells a factor."""

VaryOption = Annotated[
    list[str] | None,
    typer.Option("--vary", metavar="PATH", help="Vary what stands here, or 'all', instead of what is uncertain. Can be repeated."),
]
WeightOption = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="DM.READING=NUMBER", help="How much a reading counts beside its rivals. Can be repeated."),
]
StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="FILE", help="Keep what is done here; in a case folder build/sweeps.sqlite.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("sweep", epilog="Example: offramp sweep two-prisoners --headline can_move")(sweep)


def sweep(
    case: CaseArgument,
    vary: VaryOption = None,
    sample: Annotated[int | None, typer.Option("--sample", metavar="N", min=1, help="Draw this many variants.", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Solve all variants, however many.")] = False,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Solve all where there are at most this many.")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of what is drawn.")] = 0,
    points: Annotated[int, typer.Option("--points", metavar="N", min=0, help="For importance, a power of two; 0 leaves it out.")] = 256,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, help="Number of processes.")] = 1,
    store: StoreOption = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    weight: WeightOption = None,
    as_of: AsOfOption = None,
    headline: Annotated[str, typer.Option("--headline", metavar="NAME", help="The headline whose factors are told.")] = "clear",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Tell at most this many factors, movers, ends.")] = 15,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """How often each headline holds over everything that is uncertain in the case, and what decides it."""
    from offramp.analysis.sweep import sweep as swept

    _check(sample, every, plot)
    builder = _builder(case, as_of, reading, contested, weight)
    _check_headline(builder, headline)
    with ExitStack() as stack:
        kept, watch = _store(stack, case, store), _Stages(stack.enter_context(ExitStack()))
        try:
            found = swept(builder, vary, sample, seed, None if every else most, points, workers, kept, watch)
        except KeyboardInterrupt as error:
            stack.close()
            typer.echo(f"offramp: stopped: {'; '.join(getattr(error, '__notes__', ['nothing was begun']))}", err=True)
            raise typer.Exit(130) from None
    _check_mover(found, headline)
    if plot is not None:
        _draw(found, headline, limit, plot)
    _tell(found, headline, limit, form)


def _check(sample: int | None, every: bool, plot: str | None) -> None:
    """Refuse what cannot be meant, before anything is worked out."""
    from offramp.errors import ChoiceError

    if sample is not None and every:
        raise ChoiceError("--sample draws some of the variants, --all solves all; leave one of them out")
    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)


def _builder(case: str, as_of: str | None, reading: list[str] | None, contested: list[str] | None, weight: list[str] | None) -> Builder:
    """Return the builder of the part of the grid that the options leave, with their weights."""
    from offramp.analysis.sweep.weights import weighed
    from offramp.cli.choose import opened, within
    from offramp.model.build import Builder

    builder = opened(case, as_of)
    file = weighed(builder.file, dict(map(_weight, weight or ())))
    return Builder(file, variant=within(builder, reading, contested))


def _weight(text: str) -> tuple[tuple[str, str], float]:
    from offramp.errors import ChoiceError

    name, _, value = text.partition("=")
    dm, _, reading = name.strip().partition(".")
    if not (dm and reading and value.strip()):
        raise ChoiceError(f"{text!r} should read DM.READING=NUMBER, such as ukraine.law_first=2")
    try:
        return (dm, reading), float(value)
    except ValueError:
        raise ChoiceError(f"{text!r}: {value.strip()!r} is no number") from None


def _store(stack: ExitStack, case: str, store: Path | None) -> Store | None:
    """Return where parts are kept: as asked for; or in the case folder, if it is one; otherwise nowhere."""
    from offramp.analysis.sweep import Store
    from offramp.files import refuse_links

    if store is None:
        if not Path(case).is_dir():
            return None
        refuse_links(Path(case) / "build")
    return stack.enter_context(Store(store or Path(case) / "build" / "sweeps.sqlite"))


_STAGES = {"variants": "Solving variants", "importance": "Looking for what decides"}


class _Stages:
    """Shows how far each stage of a sweep has come, of what was left to do when it began."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        from offramp.cli.progress import watching

        if stage != self.stage:
            self.stack.close()
            self.stage, self.begun = stage, done
            self.bar: Callable[[int, int], None] = self.stack.enter_context(watching(_STAGES[stage]))
        self.bar(done - self.begun, total - self.begun)


def _check_headline(builder: Builder, headline: str) -> None:
    """Refuse what is no headline of the case before anything is worked out; whether a mover occurs is seen later."""
    from offramp.analysis.headlines import kind
    from offramp.errors import ChoiceError, UnknownLabelError
    from offramp.stability import CONCEPTS

    claims = [f"{word}.{name}" for word in ("claim", "denied") for name in builder.standing.claims]
    known = [*(f"rests.{concept}" for concept in CONCEPTS), "can_move", "lawful", "unharmed", "clear"]
    known += [*(f"wish.{name}" for name in builder.standing.wishes), *claims]
    if kind(headline) == "end":
        raise ChoiceError(f"{headline}: what decides it is worked out for all headlines but ends")
    if headline not in known and kind(headline) != "mover":
        raise UnknownLabelError("headline", headline, known)


def _check_mover(found: Sweep, headline: str) -> None:
    from offramp.analysis.headlines import kind
    from offramp.errors import UnknownLabelError

    if found.shares and headline not in found.shares:
        raise UnknownLabelError("headline", headline, [name for name in found.shares if kind(name) != "end"])


def _draw(found: Sweep, headline: str, limit: int, plot: str) -> None:
    from offramp.report.plots.style import save
    from offramp.report.plots.sweep import sweep_figure

    save(sweep_figure(found, headline, limit), plot)


def _tell(found: Sweep, headline: str, limit: int, form: Form) -> None:
    from offramp.cli.output import print_csv, print_json

    if form is Form.table:
        _print(found, headline, limit)
        return
    from offramp.report.sweep_records import HEADER, sweep_record, sweep_rows

    if form is Form.json:
        print_json(sweep_record(found))
    else:
        print_csv(HEADER, sweep_rows(found))


# -- the table -----------------------------------------------------------------------------------------------------------


def _print(found: Sweep, headline: str, limit: int) -> None:
    from offramp.cli.output import print_table

    header = ["Headline", "Holds in"] if found.is_exact else ["Headline", "Holds in", "95 % interval"]
    print_table(_sentence(found), header, _share_rows(found, limit), _share_notes(found))
    if found.base_points and found.factors and found.shares:
        typer.echo()
        _print_importance(found, headline, limit)


def _sentence(found: Sweep) -> str:
    """Return how many variants there are, how many were solved, and how many of these are void."""
    from offramp.analysis.sweep.run import counted

    there = f"{counted(found.num_variants)} variant{'s' * (found.num_variants != 1)}"
    solved = "all solved" if found.is_exact else f"of which a sample of {found.num_solved:,} was solved (seed {found.seed})"
    void = f"{found.num_void:,} of them void" if found.num_void else "none of them void"
    return f"{found.builder.case.title}: {there}, {solved}; {void}."


def _share_rows(found: Sweep, limit: int) -> Iterator[list[str]]:
    from offramp.report.naming import headline_label
    from offramp.report.sure_words import public_voice
    from offramp.report.sweep_words import GROUPS, by_group, interval, per_cent

    voice = public_voice(found.builder)
    blank = [""] * (1 if found.is_exact else 2)
    for name, there in by_group(found).items():
        shown = there[:limit] if name in ("mover", "end") else there
        more = f" ({len(shown)} of {len(there)})" if len(shown) < len(there) else ""
        yield [GROUPS[name] + more, *blank]
        for each in shown:
            share = found.shares[each]
            yield [f"  {headline_label(voice, each)}", per_cent(share.share), *([] if found.is_exact else [interval(share)])]


def _share_notes(found: Sweep) -> Iterator[str]:
    if not found.shares:
        yield "All variants are void: the status quo exists in none, or rankings leave out states. See offramp check."
        return
    yield "A share counts variants, by the weights of their readings. It is no probability of an event."
    if found.num_void:
        yield "Void, and in no share: the status quo does not exist, or a ranking leaves out a state that a rule kept away."
    if not found.is_exact:
        yield "The interval covers what the draw leaves open, and no doubt about the case itself. More --sample narrows it."


def _print_importance(found: Sweep, headline: str, limit: int) -> None:
    from offramp.cli.output import print_table
    from offramp.report.naming import headline_label, path_label
    from offramp.report.sweep_words import FactorSayer, basis, per_cent, ranked, telling

    there, say = ranked(found, headline), FactorSayer(found)
    voice = say.say.voice
    name = headline_label(voice, headline)
    holds = per_cent(found.shares[headline].share)
    rows = [
        [str(rank), _factor(path_label(voice, factor.path), say(factor)), basis(found, factor), f"{each.total:.2f}", f"{each.first:.2f}"]
        for rank, (factor, each) in enumerate(telling(there, limit), 1)
    ]
    if rows:
        notes = _importance_notes(found, name, there, len(rows))
        print_table(f"What decides {name} (holds in {holds})", ["", "Factor", "Basis", "Total", "Alone"], rows, notes)
    else:
        typer.echo(f"What decides {name}: nothing that varies here; it is the same wherever it was looked at ({holds}).")


def _factor(path: str, says: str) -> str:
    import textwrap

    from offramp.report.sure_words import shortened

    said = textwrap.wrap(shortened(says, 2 * COLUMN - 8), COLUMN - 2, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join([path, *said])


def _importance_notes(found: Sweep, headline: str, there: Sequence[tuple[Factor, Importance]], shown: int) -> Iterator[str]:
    from offramp.report.sweep_words import SMALL, lowest

    if (more := len(there) - shown) > 0:
        above = there[shown][1].total
        small = "below 0.01" if above < SMALL else f"of {above:.2f} or less (--limit)"
        yield f"Not shown: {more} factor{'s' * (more != 1)} with a total {small}."
    yield (
        f"Total: how much of the variance of {headline} stays while this factor alone is unknown; 0: nothing hangs on it. Alone: how "
        "much goes once it alone is known. A high total with a low alone: it decides together with others."
    )
    solved, noise = found.base_points * (len(found.factors) + 2), lowest(there)
    size = f"are noise (the lowest here: {noise:.2f}), and so are differences of that size" if noise < 0 else "would be noise"
    yield (
        f"Both are estimates, from a design of {found.base_points:,} points ({solved:,} variants). Small negative values {size}. "
        "More --points is finer."
    )
    if found.num_void:
        yield "A void variant counts here as one in which the headline does not hold."
