"""Simultaneous sanctioning (SIM): every improvement goes wrong if others move at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError, TooManyStatesError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.needs import OPTION_FORM, require

Codes = NDArray[np.int64]

MAX_COMBINATIONS = 1 << 22
"""Ways in which opponents may move at once from one state; some 50 bytes each."""

SETTINGS: Mapping[str, str] = {"simultaneous": "every improvement of every opponent"}
"""Which of the definitions in use is meant; stored with the result."""


@shown
@dataclass(frozen=True, eq=False)
class SimResult:
    """Which states are stable for one decision maker when all move at once.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        ``"sim"``.
    focal : str
        Label of the decision maker.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    settings : mapping of str to str
        Which definition was meant.
    """

    model: ConflictModel
    concept: str
    focal: str
    stable: NDArray[np.bool_]
    settings: Mapping[str, str] = field(default_factory=lambda: dict(SETTINGS))

    def sanction(self, start: int, to: int) -> int | None:
        """Return where the improvement from `start` to `to` ends at worst; None where nothing deters.

        Among states that are equally bad, the first.

        Raises
        ------
        ChoiceError
            If `focal` has no improvement from `start` to `to`.
        """
        focal = self.model.dm(self.focal)
        if to not in _improvements(self.model, focal, start).tolist():
            label = self.model.states.label
            raise ChoiceError(f"{self.focal} has no improvement from {label(start)} to {label(to)}; ask for a state that it can improve to")
        rank = self.model.ranks[focal]
        ends = _ends(self.model, to, _joint_changes(self.model, focal, start))
        worst = int(ends[np.argmin(rank[ends])])
        return worst if rank[worst] <= rank[start] else None


def sim_stability(model: ConflictModel, focal: str) -> SimResult:
    """Mark the states that are stable by simultaneous sanctioning (SIM) for one decision maker.

    A state is stable when each unilateral improvement of `focal` from it is
    met by some choice of improvements of opponents from that same state, each
    of them improving once or staying, such that all of these changes together
    lead to a feasible state that leaves `focal` no better off.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks; in option form. Not modified.
    focal : str
        Label of the decision maker.

    Returns
    -------
    result : SimResult
        ``result.stable`` is an ndarray of bool, shape (num_states,), in the
        order of ``model.states``; ``result.sanction`` says where an improvement
        ends.

    Raises
    ------
    UnknownLabelError
        If no decision maker is called `focal`.
    ChoiceError
        If the model is a graph: changes of options cannot be added there.
    TooManyStatesError
        If opponents can move at once in more than `MAX_COMBINATIONS` ways.

    Notes
    -----
    Every improvement of every opponent counts, whether or not the state is
    unstable for that opponent by another concept. Opponents improve on the
    state where all start, not on the one that `focal` moves to. The state that
    the changes lead to has to be feasible; those that a part of the changes
    would lead to need not be. The cost is that of all combinations of
    opponents' improvements, state by state.

    References
    ----------
    Fraser, N. M., Hipel, K. W. (1984). Conflict Analysis: Models and
    Resolutions. North-Holland. (As in the project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> result = sim_stability(model, "first")
    >>> result.stable
    array([ True, False,  True,  True])
    >>> result.sanction(3, 2)  # from YY the first defects, the second at the same time
    0
    """
    require(model, "sim", OPTION_FORM)
    i = model.dm(focal)
    stable = np.array([_is_stable(model, i, state) for state in range(model.num_states)], dtype=bool)
    return SimResult(model, "sim", focal, stable)


def _is_stable(model: ConflictModel, focal: int, start: int) -> bool:
    rank = model.ranks[focal]
    tempting = _improvements(model, focal, start).tolist()
    changes = _joint_changes(model, focal, start) if tempting else np.zeros(1, dtype=np.int64)
    return all(int(rank[_ends(model, to, changes)].min()) <= rank[start] for to in tempting)


def _improvements(model: ConflictModel, dm: int, start: int) -> NDArray[np.int64]:
    """Return R_dm+(start), ascending."""
    there = model.moves.successors(dm, start)
    return there[model.ranks[dm][there] > model.ranks[dm][start]]


def _joint_changes(model: ConflictModel, focal: int, start: int) -> Codes:
    """Return what opponents change together, as bits, for every choice of improving from `start` or staying."""
    codes = _codes(model)
    joint = np.zeros(1, dtype=np.int64)
    for dm in model.opponents(focal):
        own = np.append(0, codes[_improvements(model, dm, start)] ^ codes[start])
        if len(joint) * len(own) > MAX_COMBINATIONS:
            raise TooManyStatesError(
                f"from {model.states.label(start)} the opponents of {model.decision_makers[focal]} can move at once in "
                f"{len(joint) * len(own):,} ways or more; at most {MAX_COMBINATIONS:,} are computed: merge options, or leave some out"
            )
        joint = (joint[:, None] | own[None, :]).ravel()
    return joint


def _ends(model: ConflictModel, to: int, changes: Codes) -> NDArray[np.int64]:
    """Return the feasible states that `changes` on top of `to` lead to, ascending, `to` among them."""
    codes = _codes(model)
    wanted = np.sort(codes[to] ^ changes)
    place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return place[codes[place] == wanted]


def _codes(model: ConflictModel) -> Codes:
    assert model.states.codes is not None  # required before anything is computed
    return model.states.codes
