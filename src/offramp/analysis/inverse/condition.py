"""What a ranking has to say for a state to be stable for its decision maker, the others' rankings being given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.inverse.aim import check_concept, check_settings
from offramp.analysis.inverse.answers import Steps, at_once, improvements, led_to
from offramp.analysis.inverse.answers import moves as all_moves
from offramp.errors import TooManyStatesError
from offramp.model.conflict import ConflictModel
from offramp.stability.needs import OPTION_FORM, require
from offramp.stability.settings import DEFAULT, Settings

Mask = int
"""A set of states, as the binary digits of a whole number."""

MAX_SETS = 1 << 8
"""Number of different sets of states that the sanctions of one move come with."""

MAX_TRIALS = 1_000_000
"""Number of alternatives looked at to show that one demand follows from others; beyond that it is kept."""

WITH_ESCAPE = ("smr", "sseq")
BY_IMPROVEMENTS = ("seq", "sseq", "sim")
"""Concepts by which it matters what the opponents want."""


@dataclass(frozen=True)
class Demand:
    """What one unilateral move demands, so that it does not pay.

    The state has to be at least as good as one of `singles`, or as all states of
    one of `sets`. The move itself is among `singles`, if nothing that others
    demand makes that needless; the rest are sanctions.

    Parameters
    ----------
    move : int
        The state that the move leads to.
    singles : tuple of int
        Ascending.
    sets : tuple of tuple of int
        Each ascending, of two states or more, none with another inside it.
    """

    move: int
    singles: tuple[int, ...]
    sets: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def masks(self) -> tuple[Mask, tuple[Mask, ...]]:
        """The same as whole numbers."""
        return mask_of(self.singles), tuple(mask_of(there) for there in self.sets)

    @property
    def alternatives(self) -> tuple[tuple[int, ...], ...]:
        """All sets of states of which one has to be no better, single states first."""
        return (*((single,) for single in self.singles), *self.sets)

    def holds(self, better: Mask) -> bool:
        """Return whether it is met where exactly the states in `better` are better than the state."""
        singles, sets = self.masks
        return bool(singles & ~better) or any(not there & better for there in sets)


@dataclass(frozen=True)
class Condition:
    """The exact condition on one ranking that makes one state stable; all demands have to be met.

    Parameters
    ----------
    dm : int
        Whose ranking.
    state : int
        The state that is to be stable.
    concept : str
        Short name.
    moves : tuple of int
        R_i(state), ascending.
    demands : tuple of Demand
        By the move, ascending; none follows from the others.
    void : tuple of int
        Moves that demand nothing: an answer leads back to the state itself.
    implied : tuple of int
        Moves whose demand follows from those of others.
    """

    dm: int
    state: int
    concept: str
    moves: tuple[int, ...]
    demands: tuple[Demand, ...]
    void: tuple[int, ...]
    implied: tuple[int, ...]

    def holds(self, ranks: NDArray[np.int64] | Sequence[int]) -> bool:
        """Return whether a ranking meets it; larger is preferred, ties are allowed."""
        better = [state for state in self.named if ranks[state] > ranks[self.state]]
        return self.holds_above(mask_of(better))

    def holds_above(self, better: Mask) -> bool:
        """Return whether it is met where exactly the states in `better` rank above the state."""
        return all(demand.holds(better) for demand in self.demands)

    def holds_each(self, better: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each row, with the states better than the state marked, whether it is met there."""
        met = np.ones(len(better), dtype=np.bool_)
        for demand in self.demands:
            alternatives = [~better[:, list(there)].any(axis=1) for there in demand.sets]
            met &= np.logical_or.reduce([~better[:, list(demand.singles)].all(axis=1), *alternatives])
        return met

    @cached_property
    def named(self) -> tuple[int, ...]:
        """The states that it names beside the state itself, ascending; all others may rank anywhere."""
        return tuple(sorted({state for demand in self.demands for there in demand.alternatives for state in there}))


def condition(model: ConflictModel, focal: str, state: int, concept: str = "seq", settings: Settings = DEFAULT) -> Condition:
    """Return the condition on the ranking of `focal` that makes `state` stable for it.

    For each unilateral move the state has to be at least as good as where it
    leads, or as where some sanction leads: by GMR and SMR any legal sequence of
    opponents' moves, by SEQ and SSEQ of their improvements by their own rankings;
    by SMR and SSEQ also as everything that `focal` can still move to from there;
    by SIM what comes of it if opponents improve from the state at the same time.
    By Nash there are no sanctions.

    Parameters
    ----------
    model : ConflictModel
        The ranking of `focal` in it is not looked at. Not modified.
    focal : str
        Label of the decision maker.
    state : int
        Position of the state.
    concept : str, optional
        Short name.
    settings : Settings, optional
        Which definitions are meant; `sequences` and `return_to_start` count.

    Returns
    -------
    condition : Condition
        Without demands that follow from others, nor sets that hold another.

    Raises
    ------
    UnknownLabelError
        For a decision maker or a concept that is not there.
    ChoiceError
        For a concept or a setting by which there is no condition on one ranking.
    TooManyStatesError
        If the sanctions of one move come with more than `MAX_SETS` sets.

    Notes
    -----
    By default sequences are legal, nobody moving twice in succession, and a return
    to the state is a sanction. Only which states rank above the state counts, and fewer never harm.

    References
    ----------
    Kinsara, R. A., Kilgour, D. M., Hipel, K. W. (2015). Inverse approach to the
    graph model for conflict resolution. IEEE Trans. SMC: Systems 45, 734-742;
    Wang, J., Hipel, K. W., Fang, L., Dang, Y. (2018). Matrix representations of
    the inverse problem in the graph model for conflict resolution. European
    Journal of Operational Research 270, 282-293. (As in the project's design;
    page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("syria-iraq-1975")
    >>> [demand.alternatives for demand in condition(model, "syria", 1).demands]
    [((0,), (3,)), ((2,), (5,))]
    """
    check_concept(concept)
    check_settings(settings)
    if concept == "sim":
        require(model, "sim", OPTION_FORM)
    known = _KNOWN.setdefault(model, {})
    key = (model.dm(focal), state, concept, settings)
    if key not in known:
        known[key] = derived(model, *key)
    return known[key]


_KNOWN: WeakKeyDictionary[ConflictModel, dict[tuple[int, int, str, Settings], Condition]] = WeakKeyDictionary()
"""The conditions that were asked for, as long as their model is in use."""


def derived(model: ConflictModel, dm: int, state: int, concept: str, settings: Settings, steps: Steps | None = None) -> Condition:
    """Return the condition where opponents take `steps`; by default their improvements, each by its own ranking."""
    moves = tuple(model.moves.successors(dm, state).tolist())
    sanctions = _Sanctions(model, dm, state, concept, settings, steps)
    demands, void = [], []
    for move in moves:
        found = sanctions.demand(move)
        if found is None:
            void.append(move)
        else:
            demands.append(found)
    kept = minimal(demands)
    stays = {demand.move for demand in kept}
    return Condition(dm, state, concept, moves, kept, tuple(void), tuple(d.move for d in demands if d.move not in stays))


def mask_of(states: Iterable[int]) -> Mask:
    """Return a set of states as a whole number.

    Examples
    --------
    >>> mask_of([0, 3])
    9
    """
    places = np.fromiter(states, dtype=np.int64)
    digits = np.zeros(int(places.max(initial=-1)) + 1, dtype=np.uint8)
    digits[places] = 1
    return int.from_bytes(np.packbits(digits, bitorder="little").tobytes(), "little")


def states_in(mask: Mask) -> tuple[int, ...]:
    """Return the states of a set, ascending; the inverse of `mask_of`."""
    digits = np.frombuffer(mask.to_bytes((mask.bit_length() + 7) // 8, "little"), dtype=np.uint8)
    return tuple(np.flatnonzero(np.unpackbits(digits, bitorder="little")).tolist())


# -- what one move demands -----------------------------------------------------------------------------------------------


class _Sanctions:
    """What opponents can do about the moves of one decision maker from one state."""

    def __init__(self, model: ConflictModel, dm: int, state: int, concept: str, settings: Settings, steps: Steps | None) -> None:
        self.model, self.dm, self.state, self.concept, self.settings = model, dm, state, concept, settings
        self.others = model.opponents(dm)
        self.steps = steps or (improvements(model) if concept in BY_IMPROVEMENTS else all_moves(model))
        self.known: dict[int, Mask] = {}

    def demand(self, move: int) -> Demand | None:
        """Return what a move demands; None where it demands nothing."""
        if self.concept == "nash":
            return Demand(move, (move,))
        if self.concept == "sim":
            return Demand(move, tuple(sorted({move, *at_once(self.model, self.steps, self.dm, self.state, move)})))
        answers = self.answers(move) - {move}
        if self.settings.return_to_start == "ignored":
            answers -= {self.state}
        if self.concept in WITH_ESCAPE:
            return reduced(move, [1 << move, *self.sets(answers)])
        return None if self.state in answers else Demand(move, tuple(sorted({move, *answers})))

    def answers(self, move: int) -> set[int]:
        """Return where the opponents can lead from `move`."""
        if self.concept not in BY_IMPROVEMENTS and self.settings.sequences == "legal":
            return set(np.flatnonzero(self.model.moves.reached(self.others, move)).tolist())
        return led_to(self.steps, self.others, move, self.settings.sequences)

    def sets(self, answers: Iterable[int]) -> set[Mask]:
        """Return by sanction the states that must not be better than the state: it, and where `dm` can move from there."""
        found: set[Mask] = set()
        for answer in answers:
            found.add(self._set(answer))
            if len(found) > MAX_SETS:
                raise TooManyStatesError(
                    f"the sanctions of one move come with more than {MAX_SETS:,} sets of states; at most that many are compared: "
                    "ask by nash, gmr or seq, or merge options"
                )
        return found

    def _set(self, answer: int) -> Mask:
        if answer not in self.known:
            self.known[answer] = mask_of([answer, *self.model.moves.successors(self.dm, answer).tolist()]) & ~(1 << self.state)
        return self.known[answer]


def reduced(move: int, alternatives: Iterable[Mask]) -> Demand | None:
    """Return a demand without sets that hold another; None where one is empty, which always holds."""
    masks = set(alternatives)
    if 0 in masks:
        return None
    singles = sum(mask for mask in masks if not mask & (mask - 1))
    sets: list[Mask] = []
    for mask in sorted((mask for mask in masks if mask & (mask - 1) and not mask & singles), key=lambda mask: (mask.bit_count(), mask)):
        if not any(smaller & mask == smaller for smaller in sets):
            sets.append(mask)
    return Demand(move, states_in(singles), tuple(sorted(states_in(mask) for mask in sets)))


# -- what all moves demand together ----------------------------------------------------------------------------------------


def minimal(demands: Sequence[Demand]) -> tuple[Demand, ...]:
    """Return demands that say the same together, none of which follows from the others.

    Examples
    --------
    >>> minimal([Demand(1, (1,)), Demand(2, (2, 4)), Demand(3, (2, 3, 4)), Demand(5, (5,), ((1, 6),))])
    (Demand(move=1, singles=(1,), sets=()), Demand(move=2, singles=(2, 4), sets=()), Demand(move=5, singles=(5, 6), sets=()))
    """
    forced = [demand for demand in demands if len(demand.alternatives) == 1]
    never = mask_of(demand.move for demand in forced)
    kept = [*forced, *_given(never, (demand for demand in demands if len(demand.alternatives) > 1))]
    for demand in sorted(kept, key=lambda demand: (-len(demand.alternatives), -demand.move)):
        others = [other for other in kept if other is not demand]
        if _follows(demand, others):
            kept = others
    return tuple(sorted(kept, key=lambda demand: demand.move))


def _given(never: Mask, demands: Iterable[Demand]) -> Iterator[Demand]:
    """Yield what demands still say where it is known that some states are not better."""
    for demand in demands:
        singles, sets = demand.masks
        if not singles & never:
            alternatives = [1 << single for single in demand.singles] + [there & ~never for there in sets]
            found = reduced(demand.move, alternatives)
            if found is not None:
                yield replace(demand, singles=found.singles, sets=found.sets)


def _follows(demand: Demand, others: Sequence[Demand]) -> bool:
    """Return whether a demand is met wherever the others are: no set of better states meets them and not it."""
    singles, sets = demand.masks
    waiting, trials = [(singles, 0)], 0
    size = sum(len(other.masks[1]) + 1 for other in others)
    while waiting:
        better, place = waiting.pop()
        trials += size
        if trials > MAX_TRIALS:
            return False
        if not all(other.holds(better) for other in others):
            continue
        while place < len(sets) and sets[place] & better:
            place += 1
        if place == len(sets):
            return False
        waiting += [(better | 1 << state, place + 1) for state in states_in(sets[place])]
    return True
