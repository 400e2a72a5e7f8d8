"""How time and memory grow with the number of states; one size a process.

Usage: python benchmarks/scale.py KIND EXPONENT PATH. KIND is dense (all
combinations, random ranks) or corridor (one chain of moves through all states,
on which sweeps never settle); PATH is numpy or numba. Prints one JSON line:
seconds, peak memory in KiB, and a digest of all verdicts.
"""

import hashlib
import json
import resource
import sys
import time

import numpy as np

from offramp.model import lines
from offramp.model.conflict import ConflictModel, States
from offramp.model.lines import LineMoves
from offramp.stability import CONCEPTS

NUM_DECISION_MAKERS = 4


def random_model(exponent: int) -> ConflictModel:
    """Return a model of 2 ** exponent states: options dealt in turn, one of each decision maker's irreversible, ranks at random."""
    rng = np.random.default_rng(exponent)
    own = [sum(1 << k for k in range(exponent) if k % NUM_DECISION_MAKERS == dm) for dm in range(NUM_DECISION_MAKERS)]
    forward = [bits & -bits for bits in own]
    codes = np.arange(1 << exponent, dtype=np.int64)
    ranks = np.stack([rng.permutation(len(codes)) // 2 for _ in own]).astype(np.int64)
    names = tuple(f"dm{dm}" for dm in range(NUM_DECISION_MAKERS))
    options = tuple(f"dm{k % NUM_DECISION_MAKERS}.o{k}" for k in range(exponent))
    return ConflictModel("scale", names, States(options=options, codes=codes), LineMoves(codes, own, forward, [0] * len(own)), ranks)


def corridor(exponent: int) -> ConflictModel:
    """Return 2 ** exponent states in one chain: two decision makers walk a staircase, two others have no option."""
    length = 1 << exponent
    row = np.arange(length, dtype=np.int64) // 2
    column = (np.arange(length, dtype=np.int64) + 1) // 2
    width = exponent
    codes = np.sort(row | (column << width))
    own = [(1 << width) - 1, ((1 << width) - 1) << width, 0, 0]
    rng = np.random.default_rng(exponent)
    ranks = np.stack([rng.permutation(length) for _ in own]).astype(np.int64)
    options = tuple(f"dm{k // width}.o{k}" for k in range(2 * width))
    names = tuple(f"dm{dm}" for dm in range(len(own)))
    return ConflictModel("corridor", names, States(options=options, codes=codes), LineMoves(codes, own, [0] * 4, [0] * 4), ranks)


MODELS = {"dense": random_model, "corridor": corridor}


def verdicts(model: ConflictModel) -> bytes:
    """Return all verdicts of all concepts and decision makers, packed."""
    return b"".join(np.packbits(stability(model, dm).stable).tobytes() for stability in CONCEPTS.values() for dm in model.decision_makers)


def warm_up() -> None:
    """Load what is loaded once, the compiled kernel among it."""
    rounds, lines.ROUNDS = lines.ROUNDS, 0
    verdicts(random_model(4))
    lines.ROUNDS = rounds


def main() -> None:
    kind, exponent, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    lines.COMPILED_FROM = 0 if path == "numba" else 1 << 60
    warm_up()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    answer = verdicts(MODELS[kind](exponent))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "base_kib": base, "peak_kib": peak, "digest": hashlib.sha256(answer).hexdigest()}))


if __name__ == "__main__":
    main()
