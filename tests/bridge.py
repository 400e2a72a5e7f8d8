"""Random models as the engine takes them: the one place that knows both sides."""

import numpy as np

from generators import GraphSpec, OptionSpec
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import ConflictModel, States
from offramp.model.lines import LineMoves
from offramp.model.preference import dense
from offramp.model.states import label_code


def to_model(spec: OptionSpec | GraphSpec) -> ConflictModel:
    """Return the engine's model of a random model."""
    if "options" in spec:
        return _option_model(spec)
    return _graph_model(spec)


def _option_model(spec: OptionSpec) -> ConflictModel:
    labels = [(dm, name, direction) for dm, options in spec["options"].items() for name, direction in options]
    bits = {kind: [0] * len(spec["options"]) for kind in ("own", "forward", "backward")}
    for place, (dm, _, direction) in enumerate(labels):
        row = list(spec["options"]).index(dm)
        bits["own"][row] |= 1 << place
        if direction != "both":
            bits[direction][row] |= 1 << place
    codes = np.array([label_code(label) for label in spec["feasible"]], dtype=np.int64)
    states = States(options=tuple(f"{dm}.{name}" for dm, name, _ in labels), codes=codes)
    ranks = np.stack([dense(np.array([spec["rank"][dm][label] for label in spec["feasible"]])) for dm in spec["options"]])
    moves = LineMoves(codes, bits["own"], bits["forward"], bits["backward"])
    return ConflictModel("random", tuple(spec["options"]), states, moves, ranks, spec["feasible"].index(spec["status_quo"]))


def _graph_model(spec: GraphSpec) -> ConflictModel:
    names = spec["states"]
    arcs = [
        np.array([[names.index(a), names.index(b)] for a, b in pairs], dtype=np.int64).reshape(-1, 2) for pairs in spec["moves"].values()
    ]
    ranks = np.stack([dense(np.array([spec["rank"][dm][name] for name in names])) for dm in spec["moves"]])
    moves = ArcMoves(len(names), arcs)
    return ConflictModel("random", tuple(spec["moves"]), States(names=tuple(names)), moves, ranks, names.index(spec["status_quo"]))
