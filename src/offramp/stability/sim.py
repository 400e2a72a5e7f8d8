"""Simultaneous sanctioning (SIM): every improvement goes wrong if others move at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError, TooManyStatesError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.attitude import Wish, attitude
from offramp.stability.needs import OPTION_FORM, require
from offramp.stability.seq import seq_stability
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.verdict import check_degrees

Codes = NDArray[np.int64]

MAX_COMBINATIONS = 1 << 22
"""Ways in which opponents may move at once from one state; some 50 bytes each."""


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
    settings : Settings
        Which definitions were meant.
    """

    model: ConflictModel
    concept: str
    focal: str
    stable: NDArray[np.bool_]
    settings: Settings = DEFAULT

    def sanction(self, start: int, to: int) -> int | None:
        """Return where the improvement from `start` to `to` ends at worst; None where nothing deters.

        Among states that are equally bad, the first; where preferences are no
        ranking, the first that deters.

        Raises
        ------
        ChoiceError
            If `focal` has no improvement from `start` to `to`.
        """
        ends = Simultaneous(self.model, self.model.dm(self.focal), self.settings).sanctions(start, to)
        rank = self.model.preference(self.model.dm(self.focal)).rank
        if not len(ends):
            return None
        return int(ends[0] if rank is None else ends[np.argmin(rank[ends])])


def sim_stability(model: ConflictModel, focal: str, settings: Settings = DEFAULT) -> SimResult:
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
    settings : Settings, optional
        Which definitions are meant where sources differ; `simultaneous` says
        which opponents may improve.

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
        If the model is a graph: changes of options cannot be added there; or
        if degrees of preference are asked for and nobody has any.
    TooManyStatesError
        If opponents can move at once in more than `MAX_COMBINATIONS` ways.

    Notes
    -----
    Every improvement of every opponent counts, or with ``simultaneous="unstable"``
    those of opponents for whom the state is not SEQ stable under the same
    settings. That nobody moves is no sanction. Opponents improve on the
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
    >>> sim_stability(model, "first", Settings(simultaneous="unstable")).stable  # the second would be deterred in YY
    array([ True, False,  True, False])
    """
    require(model, "sim", OPTION_FORM)
    i = model.dm(focal)
    check_degrees(model, settings)
    stable = _stable(model, i, settings.but(strength="general" if settings.strength == "weak" else settings.strength))
    if settings.strength == "weak":
        stable &= ~_stable(model, i, settings.but(strength="strong"))
    return SimResult(model, "sim", focal, stable, settings)


def _stable(model: ConflictModel, focal: int, settings: Settings) -> NDArray[np.bool_]:
    at_once = Simultaneous(model, focal, settings)
    return np.array([at_once.is_stable(state) for state in range(model.num_states)], dtype=bool)


class Simultaneous:
    """What comes of an improvement of one decision maker if opponents improve at the same time.

    Parameters
    ----------
    model : ConflictModel
        In option form.
    focal : int
        Position of the decision maker.
    settings : Settings
        Of these `unknown`, `strength` and `simultaneous`; with
        ``simultaneous="unstable"`` also those of SEQ.
    """

    def __init__(self, model: ConflictModel, focal: int, settings: Settings) -> None:
        assert model.states.codes is not None  # required before anything is computed
        self.model, self.focal, self.codes = model, focal, model.states.codes
        self.wish = attitude(model, focal, settings)
        self.opponents: dict[int, Wish] = {dm: attitude(model, dm, settings) for dm in model.opponents(focal)}
        self.calm = {dm: self._calm(dm, settings) for dm in self.opponents}

    def _calm(self, dm: int, settings: Settings) -> NDArray[np.bool_]:
        """Return in which states an opponent does not move at the same time."""
        if settings.simultaneous == "all":
            return np.zeros(self.model.num_states, dtype=bool)
        return seq_stability(self.model, self.model.decision_makers[dm], settings).stable

    def is_stable(self, start: int) -> bool:
        """Return whether every improvement from `start` can go wrong."""
        tempting = self.tempting(start)
        changes = self._joint_changes(start) if len(tempting) else np.zeros(0, dtype=np.int64)
        return all(bool(self._deters(start, self._ends(to, changes)).any()) for to in tempting.tolist())

    def tempting(self, start: int) -> NDArray[np.int64]:
        """Return the states that `focal` can move to from `start` and that tempt it, ascending."""
        there = self.model.moves.successors(self.focal, start)
        return there[self.wish.tempted(np.array([start]), there)]

    def sanctions(self, start: int, to: int) -> NDArray[np.int64]:
        """Return all ends that deter from the improvement from `start` to `to`, ascending.

        Raises
        ------
        ChoiceError
            If there is no such improvement.
        """
        if to not in self.tempting(start).tolist():
            name, label = self.model.decision_makers[self.focal], self.model.states.label
            raise ChoiceError(f"{name} has no improvement from {label(start)} to {label(to)}; ask for a state that it can improve to")
        ends = self.ends(start, to)
        return ends[self._deters(start, ends)]

    def ends(self, start: int, to: int) -> NDArray[np.int64]:
        """Return all states that opponents can turn the move from `start` to `to` into, ascending."""
        return np.unique(self._ends(to, self._joint_changes(start)))

    def movers(self, start: int, to: int, end: int) -> dict[int, int]:
        """Return by which improvements opponents turn the improvement to `to` into `end`: by opponent, where it would lead alone.

        Nobody changes options of others, so `end` tells who changes what.
        """
        choices = [[start, *self._improvements(dm, start).tolist()] for dm in self.opponents]
        wanted = self.codes[to] ^ self.codes[end]
        found = next(pick for pick in product(*choices) if self._together(start, pick) == wanted)
        return {dm: state for dm, state in zip(self.opponents, found, strict=True) if state != start}

    def _together(self, start: int, pick: tuple[int, ...]) -> int:
        return int(np.bitwise_or.reduce([self.codes[state] ^ self.codes[start] for state in pick]))

    def _deters(self, start: int, ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        return self.wish.deterred(np.array([start]), ends)

    def _improvements(self, dm: int, start: int) -> NDArray[np.int64]:
        """Return the states that an opponent wants, or may want, to go to from `start`, ascending; none for one who stays calm."""
        there = self.model.moves.successors(dm, start)
        return there[self.opponents[dm].improves(np.array([start]), there) & ~self.calm[dm][start]]

    def _joint_changes(self, start: int) -> Codes:
        """Return what opponents change together, as bits, for every choice of improving from `start` or staying but that all stay."""
        joint = np.zeros(1, dtype=np.int64)
        for dm in self.opponents:
            own = np.append(0, self.codes[self._improvements(dm, start)] ^ self.codes[start])
            if len(joint) * len(own) > MAX_COMBINATIONS:
                raise TooManyStatesError(
                    f"from {self.model.states.label(start)} the opponents of {self.model.decision_makers[self.focal]} can move at once in "
                    f"{len(joint) * len(own):,} ways or more; at most {MAX_COMBINATIONS:,} are computed: merge options, or leave some out"
                )
            joint = (joint[:, None] | own[None, :]).ravel()
        return joint[joint != 0]

    def _ends(self, to: int, changes: Codes) -> NDArray[np.int64]:
        """Return the feasible states that `changes` on top of `to` lead to."""
        wanted = self.codes[to] ^ changes
        place = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        return place[self.codes[place] == wanted]
