"""The sweep as a whole: shares of all headlines, and the importance of what is uncertain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Literal

from offramp.analysis.sweep.factors import Factor
from offramp.analysis.sweep.importance import Importance, importance
from offramp.analysis.sweep.parts import Task, answers
from offramp.analysis.sweep.plan import Plan
from offramp.analysis.sweep.shares import Share, shares
from offramp.analysis.sweep.store import Store
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.shown import shown

MOST = 100_000
"""Number of variants up to which all are solved unless a sample is asked for."""

MAX_VARIANTS = 100_000_000
"""Number of variants that are solved at the most."""

SAMPLE = 20_000
POINTS = 256
"""Number of base points for the importance of factors; each factor adds as many."""

MAX_FACTORS = 1_000
MAX_BITS = 10_000
"""Number of binary digits of the number of variants, at the most."""

_NONE = Share(0.0, 0.0, 0.0)

Watch = Callable[[str, int, int], None]
Method = Literal["all", "sample"]


@shown
@dataclass(frozen=True)
class Sweep:
    """What a sweep found.

    Parameters
    ----------
    builder : Builder
        Of the case, or of the part of its grid, that was swept.
    vary : tuple of str, optional
        What was varied by name; None for what rests on inference or assumption.
    method : str
        ``all`` variants were solved, or a ``sample`` was drawn.
    num_variants : int
        How many there are.
    num_solved, num_void : int
        How many variants were solved or drawn, and how many of these are void:
        the status quo does not exist, or a ranking leaves out a state.
    seed : int
        Of the sample and of the points.
    base_points : int
        Of the design that importance was worked out at; 0 if it was not.
    factors : tuple of Factor
        What varies.
    shares : mapping of str to Share
        By headline, in the order in which they are told; empty if all variants are void.
    importance : mapping of str to tuple of Importance
        By headline that holds in some variants and not in all, for every factor; ends are left out.
    """

    builder: Builder = field(compare=False, repr=False)
    vary: tuple[str, ...] | None
    method: Method
    num_variants: int
    num_solved: int
    num_void: int
    seed: int
    base_points: int
    factors: tuple[Factor, ...]
    shares: Mapping[str, Share]
    importance: Mapping[str, tuple[Importance, ...]]

    @property
    def is_exact(self) -> bool:
        """Whether all variants were solved."""
        return self.method == "all"


def sweep(
    builder: Builder,
    vary: Sequence[str] | None = None,
    sample: int | None = None,
    seed: int = 0,
    most: int | None = MOST,
    base_points: int = POINTS,
    workers: int = 1,
    store: Store | None = None,
    watch: Watch | None = None,
) -> Sweep:
    """Return the shares of all headlines over everything that is uncertain in a case.

    Parameters
    ----------
    builder : Builder
        Of the case, or of a part of its grid.
    vary : sequence of str, optional
        Dotted paths of statements and rules to vary; by default what rests on
        inference or assumption.
    sample : int, optional
        How many variants to draw; by default all are solved where there are at
        most `most`, else 20,000 are drawn.
    seed : int
        Of the sample and of the points.
    most : int, optional
        Up to how many variants all are solved; None for all, whatever their number.
    base_points : int
        For the importance of factors, a power of two; 0 leaves it out.
    workers : int
        Number of processes; the answer is the same.
    store : Store, optional
        Where finished parts are kept; the same sweep, begun again, goes on from
        there. By default they are not kept.
    watch : callable, optional
        Told what is done: the stage, how many variants, of how many.

    Raises
    ------
    ChoiceError
        If more variants than `MAX_VARIANTS` are to be solved one and all, or
        the numbers make no sense.
    StorageError
        If a finished part cannot be kept.
    WorkerError
        If a process ends before its time.

    Notes
    -----
    With more than one of `workers` a script has to keep its own work below
    ``if __name__ == "__main__":``, since every process imports the script. In
    a notebook nothing is needed.

    A variant that is void counts in no share, and at the points of the design
    as one in which no headline is true.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.sweep(offramp.Builder(offramp.read_case("two-prisoners")), sample=1_000, base_points=0)
    >>> found.num_variants, found.method, found.num_solved
    (96636764160, 'sample', 1000)
    >>> found.shares["can_move"].share
    0.609
    """
    plan = Plan(builder, vary)
    method: Method = "all" if sample is None and (most is None or plan.num_variants <= most) else "sample"
    number = plan.num_variants if method == "all" else SAMPLE if sample is None else sample
    _check(plan, method, number, seed, base_points, workers)
    with nullcontext(store) if store is not None else Store() as kept:
        task = Task(builder.standing.variant, plan.vary, method, number, seed if method == "sample" else 0)
        told = shares(answers(builder.file, task, kept, workers, _stage(watch, "variants")), builder.case, method == "all")
        deciding = _importance(plan, base_points, seed, kept, workers, _stage(watch, "importance"))
    found = {name: there for name, there in deciding.items() if 0 < told.shares.get(name, _NONE).share < 1}
    rest = (seed, base_points, plan.factors, told.shares, found)
    return Sweep(builder, plan.vary, method, plan.num_variants, told.num_solved, told.num_void, *rest)


def _importance(
    plan: Plan, base_points: int, seed: int, store: Store, workers: int, watch: Callable[[int, int], None] | None
) -> dict[str, tuple[Importance, ...]]:
    if not base_points or not plan.factors:
        return {}
    task = Task(plan.builder.standing.variant, plan.vary, "points", base_points, seed)
    return importance(answers(plan.builder.file, task, store, workers, watch), len(plan.factors), base_points)


def _stage(watch: Watch | None, stage: str) -> Callable[[int, int], None] | None:
    return None if watch is None else lambda done, total: watch(stage, done, total)


def _check(plan: Plan, method: Method, number: int, seed: int, base_points: int, workers: int) -> None:
    if workers < 1:
        raise ChoiceError(f"{workers} processes; at least 1")
    if seed < 0:
        raise ChoiceError(f"the seed {seed}; a whole number from 0")
    if len(plan.factors) > MAX_FACTORS:
        raise ChoiceError(f"{len(plan.factors):,} factors; at most {MAX_FACTORS:,} can vary: name some with --vary")
    if plan.num_variants.bit_length() > MAX_BITS:
        raise ChoiceError("more variants than can be counted; write fewer statements in any order, or choose readings with --reading")
    if method == "sample" and not 1 <= number <= MAX_VARIANTS:
        raise ChoiceError(f"a sample of {number:,}; from 1 to {MAX_VARIANTS:,}")
    if method == "all" and number > MAX_VARIANTS:
        raise ChoiceError(
            f"there are {counted(number)} variants; at most {MAX_VARIANTS:,} are solved one and all: draw a sample with --sample {SAMPLE}, "
            "vary less with --vary, or choose readings with --reading"
        )
    points = base_points * (len(plan.factors) + 2)
    if base_points < 0 or base_points & (base_points - 1) or points > MAX_VARIANTS:
        raise ChoiceError(
            f"{base_points} base points; a power of two, such as {POINTS}, or 0 for none, with at most {MAX_VARIANTS:,} points in all"
        )


def counted(number: int) -> str:
    """Return a number of variants as it is told: in full, where that can be read.

    Examples
    --------
    >>> counted(96_636_764_160), counted(2**100)
    ('96,636,764,160', 'about 1.3 × 10^30')
    """
    if number < 10**24:
        return f"{number:,}"
    digits = str(number)
    first = round(int(digits[:3]) / 100, 1)
    return f"about {first} × 10^{len(digits) - 1}" if first < 10 else f"about 1.0 × 10^{len(digits)}"
