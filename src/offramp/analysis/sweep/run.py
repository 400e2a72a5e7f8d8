"""The sweep as a whole: shares of all headlines, and the importance of what is uncertain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from offramp.analysis.headlines import ORDER, kind
from offramp.analysis.sweep.factors import Factor, Plan
from offramp.analysis.sweep.importance import Importance, importance
from offramp.analysis.sweep.parts import Task, answers
from offramp.analysis.sweep.store import Store
from offramp.errors import ChoiceError
from offramp.model.build import Builder

MOST = 100_000
"""Number of variants up to which all are solved unless a sample is asked for."""

MAX_VARIANTS = 100_000_000
"""Number of variants that are solved at the most."""

SAMPLE = 20_000
POINTS = 256
"""Number of base points for the importance of factors; each factor adds as many."""

MAX_FACTORS = 10_000

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Share:
    """A share of the variants, exact or with its Wilson interval at 95 %."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Sweep:
    """What a sweep found.

    Parameters
    ----------
    num_variants : int
        Of the case.
    is_exact : bool
        Whether all were solved; else a sample was drawn.
    num_solved, num_void : int
        How many variants were solved or drawn, and how many of these have no status quo.
    seed : int
        Of the sample and of the points.
    factors : tuple of Factor
        What varies.
    shares : mapping of str to Share
        By headline, in the order in which they are told; empty if all variants are void.
    importance : mapping of str to tuple of Importance
        By headline that varies, for every factor.
    """

    num_variants: int
    is_exact: bool
    num_solved: int
    num_void: int
    seed: int
    factors: tuple[Factor, ...]
    shares: Mapping[str, Share]
    importance: Mapping[str, tuple[Importance, ...]]


def sweep(
    builder: Builder,
    vary: Sequence[str] | None = None,
    sample: int | None = None,
    seed: int = 0,
    most: int = MOST,
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
    most : int
        Up to how many variants all are solved.
    base_points : int
        For the importance of factors, a power of two; 0 leaves it out.
    workers : int
        Number of processes; the answer is the same.
    store : Store, optional
        Where finished parts are kept.
    watch : callable, optional
        Told what is done: the stage, how many parts, of how many.

    Raises
    ------
    ChoiceError
        If more variants than `MAX_VARIANTS` are to be solved one and all, or
        the numbers make no sense.
    StorageError
        If a finished part cannot be kept.

    Examples
    --------
    >>> import offramp
    >>> file = offramp.read_case("elmira-12")
    >>> found = sweep(offramp.Builder(file), base_points=0)
    >>> found.num_variants, found.is_exact
    (4, True)
    """
    plan = Plan(builder, vary)
    _check(plan, sample, most, base_points, workers)
    is_exact = sample is None and plan.num_variants <= most
    variant, names = builder.standing.variant, tuple(vary) if vary else None
    task = Task(variant, names, "all", plan.num_variants, 0) if is_exact else Task(variant, names, "sample", sample or SAMPLE, seed)
    store = store or Store()
    parts = [json.loads(part) for part in answers(builder.file, task, store, workers, _stage(watch, "variants"))]
    found: dict[str, tuple[Importance, ...]] = {}
    if base_points and plan.factors:
        points = Task(variant, names, "points", base_points, seed)
        texts = answers(builder.file, points, store, workers, _stage(watch, "importance"))
        found = importance(texts, len(plan.factors), base_points)
    shares = _exact(plan, parts) if is_exact else _sampled(parts)
    number, void = sum(part["number"] for part in parts), sum(part["void"] for part in parts)
    return Sweep(plan.num_variants, is_exact, number, void, seed, plan.factors, shares, found)


def _stage(watch: Watch | None, stage: str) -> Callable[[int, int], None] | None:
    return None if watch is None else lambda done, total: watch(stage, done, total)


def _check(plan: Plan, sample: int | None, most: int, base_points: int, workers: int) -> None:
    if workers < 1:
        raise ChoiceError(f"{workers} processes; at least 1")
    if sample is not None and not 1 <= sample <= MAX_VARIANTS:
        raise ChoiceError(f"a sample of {sample:,}; from 1 to {MAX_VARIANTS:,}")
    if base_points and (base_points & (base_points - 1) or base_points < 0):
        raise ChoiceError(f"{base_points} base points; a power of two, such as {POINTS}, or 0 for none")
    if len(plan.factors) > MAX_FACTORS:
        raise ChoiceError(f"{len(plan.factors):,} factors; at most {MAX_FACTORS:,} can vary: name some with --vary")
    if sample is None and plan.num_variants <= most and plan.num_variants > MAX_VARIANTS:
        raise ChoiceError(
            f"{plan.num_variants:,} variants; at most {MAX_VARIANTS:,} are solved one and all: draw a sample with --sample {SAMPLE}, "
            "vary less with --vary, or choose readings with --reading"
        )


def _names(parts: Sequence[Mapping[str, object]]) -> list[str]:
    found = dict.fromkeys(name for part in parts for key in ("names", "counts") for name in part[key])  # type: ignore[attr-defined]
    return sorted(found, key=lambda name: (ORDER.index(kind(name)), name if kind(name) in ("mover", "end") else ""))


def _exact(plan: Plan, parts: Sequence[Mapping[str, object]]) -> dict[str, Share]:
    """Return the shares over all variants: every choice of readings weighs by its readings."""
    blocks = {place: (plan.weight(choice), number) for place, (choice, number) in enumerate(plan.blocks)}
    standing = sum(blocks[part["block"]][0] / blocks[part["block"]][1] * (part["number"] - part["void"]) for part in parts)  # type: ignore
    if not standing:
        return {}
    found = {}
    for name in _names(parts):
        total = sum(
            blocks[part["block"]][0] / blocks[part["block"]][1] * part["counts"].get(name, 0)  # type: ignore
            for part in parts
        )
        share = min(total / standing, 1.0)
        found[name] = Share(share, share, share)
    return found


def _sampled(parts: Sequence[Mapping[str, object]]) -> dict[str, Share]:
    from scipy.stats import binomtest

    standing = sum(part["number"] - part["void"] for part in parts)  # type: ignore
    if not standing:
        return {}
    found = {}
    for name in _names(parts):
        count = sum(part["counts"].get(name, 0) for part in parts)  # type: ignore
        interval = binomtest(count, standing).proportion_ci(0.95, method="wilson")
        found[name] = Share(count / standing, float(interval.low), float(interval.high))
    return found
