"""One result of every kind, made once."""

from collections.abc import Callable
from functools import cache
from typing import Any

import offramp
from offramp.analysis.statusquo import statusquo
from offramp.formula import parse
from offramp.model.conflict import ConflictModel
from offramp.stability.registry import ALL_CONCEPTS


def two_prisoners() -> offramp.Builder:
    return offramp.Builder(offramp.read_case("two-prisoners"))


def dilemma() -> ConflictModel:
    return offramp.load_case("prisoners-dilemma")


def of(concept: str, *arguments: Any) -> Any:
    return ALL_CONCEPTS[concept].function(dilemma(), *arguments)


def changes() -> Any:
    builder = two_prisoners()
    return offramp.smallest_changes(builder, offramp.Goal("open", parse("ukraine.transfer")), builder.choice({"south_korea": "unwilling"}))


def ways() -> Any:
    model = offramp.load_case("two-prisoners")
    return offramp.ways_out(model, offramp.Reach(model.moves, model.status_quo))


def difference() -> Any:
    return offramp.diff(offramp.read_case("elmira-12"), offramp.read_case("elmira-9-xu"))


def hypergame() -> Any:
    builder = offramp.Builder(offramp.read_case("syria-iraq-misperception"))
    return offramp.hypergame(builder, builder.choice(), ["nash", "seq"])


RESULTS: dict[str, Callable[[], Any]] = {
    "model": dilemma,
    "graph": lambda: offramp.load_case("elmira-9-xu"),
    "solution": lambda: offramp.solve(dilemma()),
    "stability": lambda: of("seq", "first"),
    "sim": lambda: of("sim", "first"),
    "limited": lambda: of("limited", "first", 2),
    "nonmyopic": lambda: of("nonmyopic", "first"),
    "coalition": lambda: of("coalition_seq", ["first", "second"]),
    "universal": lambda: of("universal", "nash"),
    "explanation": lambda: offramp.explain(offramp.load_case("elmira-12")),
    "ways": ways,
    "statusquo": lambda: statusquo(offramp.load_case("syria-iraq-1975"), "improvements"),
    "cell": lambda: offramp.Grid(two_prisoners()).cell(two_prisoners().choice()),
    "grid": lambda: offramp.Grid(two_prisoners().varied(offramp.Variant(readings=(("south_korea", "eager"),)))),
    "findings": lambda: offramp.findings(offramp.Builder(offramp.read_case("syria-iraq-1975"))),
    "flips": lambda: offramp.flips(offramp.Builder(offramp.read_case("elmira-12"))),
    "observed": lambda: offramp.observed(two_prisoners()),
    "changes": changes,
    "interventions": lambda: offramp.interventions(two_prisoners(), most=1),
    "sweep": lambda: offramp.sweep(two_prisoners(), sample=20, base_points=16),
    "timeline": lambda: offramp.timeline(two_prisoners()),
    "diff": difference,
    "hypergame": hypergame,
    "inverse": lambda: offramp.inverse(offramp.Builder(offramp.read_case("syria-iraq-1975")), offramp.Aim((1,), (3,), "seq")),
    "comparison": lambda: offramp.compare(two_prisoners().varied(offramp.Variant(readings=(("ukraine", "law_first"),))), ["nash", "seq"]),
}


@cache
def result(kind: str) -> Any:
    """Return the result of one kind; nobody changes it."""
    return RESULTS[kind]()
