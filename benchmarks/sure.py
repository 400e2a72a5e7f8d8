"""Measure how fast many variants of a case are solved; run by `run.py`, by itself it prints its figures as JSON.

    python benchmarks/sure.py one      a sweep beside solving its variants one by one
    python benchmarks/sure.py two      the same sweep in one process and in two
"""

import json
import sys
import time
from dataclasses import replace
from random import Random

import numpy as np

import offramp
from offramp.analysis.solve import solve
from offramp.analysis.sweep import sweep
from offramp.analysis.sweep.plan import Plan
from offramp.analysis.sweep.solve import Solver
from offramp.case.variant import Variant
from offramp.model.build import Builder

NUMBER = 1 << 17
ONE_BY_ONE = 400
DRAWS = 1 << 18


def one_cell() -> Builder:
    """Return the bundled case confined to its own choice of readings and sides."""
    file = offramp.read_case("two-prisoners")
    builder = Builder(file)
    choice = builder.choice()
    return Builder(file, variant=Variant(readings=choice.readings, settled=choice.contested))


def sweeping() -> dict[str, float]:
    """Return variants a second, all statements of one cell present or absent: swept, and solved one by one."""
    builder = one_cell()
    plan = Plan(builder, ["readings"])
    drawn = plan.numbered(0, NUMBER)
    start = time.perf_counter()
    truths, _ = Solver(plan).truths(drawn)
    swept = NUMBER / (time.perf_counter() - start)
    chosen = Random(0).sample(range(NUMBER), ONE_BY_ONE)
    variants = [_variant(plan, drawn.variations[k]) for k in chosen]
    start = time.perf_counter()
    solutions = []
    for variant in variants:
        there = builder.varied(variant)
        solutions.append(solve(there.model(there.choice())))
    singly = ONE_BY_ONE / (time.perf_counter() - start)
    for k, solution in zip(chosen, solutions, strict=True):
        rests = solution.concepts_at(solution.model.status_quo)
        assert rests == tuple(name.split(".")[1] for name, there in truths.items() if name.startswith("rests.") and there[k])
    return {"number": NUMBER, "swept": swept, "singly": singly}


def _variant(plan: Plan, variations: np.ndarray) -> Variant:
    """Return the variant that lacks the statements which a row of variations leaves out."""
    absent = set()
    for (local,), variation in zip(plan.locals.values(), variations.tolist(), strict=True):
        absent |= {local.statements[place].path for bit, place in enumerate(local.uncertain) if variation >> bit & 1}
    variant = plan.builder.standing.variant
    return replace(variant, dropped=variant.dropped | absent)


def processes() -> dict[str, float]:
    """Return the seconds of one sampled sweep of the whole case in one process and in two."""
    builder = Builder(offramp.read_case("two-prisoners"))
    seconds, answers = [], []
    for workers in (1, 2):
        start = time.perf_counter()
        answers.append(sweep(builder, sample=DRAWS, base_points=0, workers=workers))
        seconds.append(time.perf_counter() - start)
    assert answers[0] == answers[1]
    return {"number": DRAWS, "one": seconds[0], "two": seconds[1]}


if __name__ == "__main__":
    print(json.dumps(sweeping() if sys.argv[1] == "one" else processes()))
