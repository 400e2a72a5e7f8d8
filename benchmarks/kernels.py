"""The kernel for all preferences and settings beside the maximin over rankings, on the same models with equal answers.

Usage: python benchmarks/kernels.py EXPONENT. Solves a random model of 2 **
EXPONENT states (as `scale.py` makes it) by all five concepts for the first
decision maker, both ways. Prints one JSON line: seconds of each, the best of
three.
"""

import json
import sys
import time
from collections.abc import Callable

import numpy as np
from scale import random_model

from offramp.stability import gmr, nash, seq, smr, sseq
from offramp.stability.deterrence import deterrence
from offramp.stability.settings import DEFAULT
from offramp.stability.verdict import verdict

CONCEPTS = {name: module.SANCTIONS for name, module in {"nash": nash, "gmr": gmr, "smr": smr, "seq": seq, "sseq": sseq}.items()}


def best(run: Callable[[], list[np.ndarray]]) -> tuple[float, list[np.ndarray]]:
    """Return the shortest of three runs in seconds, and the answers."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        answers = run()
        times.append(time.perf_counter() - start)
    return min(times), answers


def main() -> None:
    exponent = int(sys.argv[1])

    def by_rank() -> list[np.ndarray]:
        model = random_model(exponent)
        return [verdict(model, name, "dm0", sanctions, DEFAULT).stable for name, sanctions in CONCEPTS.items()]

    def by_comparison() -> list[np.ndarray]:
        model = random_model(exponent)
        return [deterrence(model, 0, sanctions, DEFAULT).stable() for sanctions in CONCEPTS.values()]

    (ranked, one), (compared, other) = best(by_rank), best(by_comparison)
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True)), "the two kernels differ"
    print(json.dumps({"ranked": ranked, "compared": compared}))


if __name__ == "__main__":
    main()
