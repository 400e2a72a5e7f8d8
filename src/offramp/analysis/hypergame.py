"""Hypergames of the first level: everybody plays the game that they take to be real.

Each decision maker has a game of its own: the states that it sees, what it wants
itself, and what it believes the others to want. What really happens hangs on
what each of them does in its own game.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.solve import Solution, solve
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.relation import within
from offramp.model.unseen import unseen
from offramp.model.world import Choice
from offramp.shown import shown
from offramp.stability import CONCEPTS
from offramp.stability.settings import DEFAULT, Settings

Bools = NDArray[np.bool_]
Beliefs = Mapping[tuple[str, str], str]
"""By who believes and of whom, a reading."""

SETTINGS = {
    "level": "first: nobody has a belief about beliefs",
    "unseen": "a state that a decision maker does not see is not in its own game; it makes no move there, which is stable for it",
}
"""Which definitions are meant; stored with the result beside those of the concepts."""


@dataclass(frozen=True, eq=False)
class OwnGame:
    """The game that one decision maker takes to be real.

    Parameters
    ----------
    dm : str
        Whose game it is.
    readings : dict of str to str
        By decision maker, the reading in this game; of `dm` itself the actual one.
    wrong : tuple of str
        Of whom the reading is not the actual one.
    seen : ndarray of bool, shape (num_states,)
        Which states are in this game.
    solution : Solution
        The verdicts in it; its states are numbered anew.
    """

    dm: str
    readings: Mapping[str, str]
    wrong: tuple[str, ...]
    seen: Bools
    solution: Solution

    @property
    def is_right(self) -> bool:
        """Whether it is the game that there is."""
        return not self.wrong and bool(self.seen.all())

    @cached_property
    def stable(self) -> dict[str, Bools]:
        """By concept, which states are stable for the decision maker in its own game; all that it does not see are."""
        return {concept: self._everywhere(there[self.dm].stable, True) for concept, there in self.solution.results.items()}

    @cached_property
    def expected(self) -> dict[str, Bools]:
        """By concept, which states are equilibria of this game: what the decision maker expects."""
        return {concept: self._everywhere(self.solution.equilibria(concept), False) for concept in self.solution.results}

    @cached_property
    def leaves(self) -> dict[str, dict[str, Bools]]:
        """By concept and decision maker, which states are not stable for it in this game: those that it would leave."""
        return {
            concept: {dm: self._everywhere(~result.stable, False) for dm, result in there.items()}
            for concept, there in self.solution.results.items()
        }

    def _everywhere(self, flags: Bools, elsewhere: bool) -> Bools:
        found = np.full(len(self.seen), elsewhere)
        found[self.seen] = flags
        return found


@shown
@dataclass(frozen=True, eq=False)
class Hypergame:
    """What comes of it when everybody plays a game of their own.

    Parameters
    ----------
    choice : Choice
        The actual readings, and the side of each contested entry.
    beliefs : dict of (str, str) to str
        All beliefs, by who believes and of whom.
    known : Solution
        The verdicts in the game where everybody sees and knows everything.
    games : tuple of OwnGame
        One a decision maker, in file order.
    """

    choice: Choice
    beliefs: Beliefs
    known: Solution
    games: tuple[OwnGame, ...]

    @property
    def model(self) -> ConflictModel:
        """The game where everybody sees and knows everything."""
        return self.known.model

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that were asked for."""
        return tuple(self.known.results)

    @cached_property
    def equilibria(self) -> dict[str, Bools]:
        """By concept, which states are stable for everybody in their own game."""
        return {concept: np.logical_and.reduce([game.stable[concept] for game in self.games]) for concept in self.concepts}

    @cached_property
    def if_all_knew(self) -> dict[str, Bools]:
        """By concept, which states would be equilibria if everybody saw and knew everything."""
        return {concept: self.known.equilibria(concept) for concept in self.concepts}

    @cached_property
    def created(self) -> dict[str, Bools]:
        """By concept, which equilibria there are only because somebody is wrong."""
        return {concept: there & ~self.if_all_knew[concept] for concept, there in self.equilibria.items()}

    @cached_property
    def destroyed(self) -> dict[str, Bools]:
        """By concept, which equilibria there would be if everybody knew."""
        return {concept: self.if_all_knew[concept] & ~there for concept, there in self.equilibria.items()}

    @cached_property
    def surprised(self) -> dict[str, dict[str, Bools]]:
        """By concept and decision maker, which equilibria of the hypergame it did not expect."""
        return {concept: {game.dm: there & ~game.expected[concept] for game in self.games} for concept, there in self.equilibria.items()}

    @cached_property
    def in_vain(self) -> dict[str, dict[str, Bools]]:
        """By concept and decision maker, which states it expects that are no equilibria of the hypergame."""
        return {concept: {game.dm: game.expected[concept] & ~there for game in self.games} for concept, there in self.equilibria.items()}

    @cached_property
    def news(self) -> Bools:
        """Which states are otherwise than if everybody knew, or than somebody expects, by some concept."""
        flags = [*self.created.values(), *self.destroyed.values()]
        flags += [mask for by_dm in (*self.surprised.values(), *self.in_vain.values()) for mask in by_dm.values()]
        return np.logical_or.reduce(flags)


def hypergame(
    builder: Builder,
    choice: Choice,
    concepts: Sequence[str] | None = None,
    beliefs: Beliefs | None = None,
    settings: Settings = DEFAULT,
) -> Hypergame:
    """Return what is stable when everybody plays the game that they take to be real.

    Parameters
    ----------
    builder : Builder
        Of a case that may have `misperceptions` and `beliefs`.
    choice : Choice
        The actual readings, and the side of each contested entry, which
        everybody knows.
    concepts : sequence of str, optional
        Short names of the five of `CONCEPTS`; by default all.
    beliefs : mapping of (str, str) to str, optional
        Beliefs besides those of the case, or instead of them: by who believes
        and of whom, a reading that the case has.
    settings : Settings, optional
        Which definitions of the concepts are meant.

    Returns
    -------
    result : Hypergame
        For each decision maker its own game, what is stable for it there and
        what it expects; the equilibria of the hypergame; whom they surprise.

    Raises
    ------
    UnknownLabelError
        For a decision maker, a reading or a concept that is not there.
    ChoiceError
        For a belief of somebody about themselves.
    CaseError
        If the case is faulty, or somebody sees no state.

    Notes
    -----
    The own game of i has the states that i sees, all moves among them, i's own
    reading as chosen, and of every other the reading that i believes in, else
    the actual one. A state is an equilibrium of the hypergame when it is stable
    for every i in i's own game. In a state that i does not see, i makes no
    move, so that it is stable for i; i never expects it. The misperceptions are
    not applied in any other way: here they do not take moves out of the game
    that there is. One solution, and one more for everybody who is wrong.

    References
    ----------
    Wang, M., Hipel, K. W., Fraser, N. M. (1988). Modeling misperceptions in
    games. Behavioral Science 33(3), 207-223. (As in the project's design; page
    not checked.)

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("two-prisoners"))
    >>> found = hypergame(builder, builder.choice(), ["nash"], {("ukraine", "south_korea"): "unwilling"})
    >>> [game.dm for game in found.games if not game.is_right]
    ['ukraine']
    """
    believed = _believed(builder, beliefs)
    for concept in concepts or ():
        if concept not in CONCEPTS:
            raise UnknownLabelError("concept of a hypergame", concept, list(CONCEPTS))
    masks = unseen(builder.world(choice), builder.standing, builder.conditions(choice))
    plain = _all_seeing(builder)
    known = solve(plain.model(choice), concepts, settings)
    games = tuple(_own_game(plain, choice, dm, believed, ~mask, known) for dm, mask in masks.items())
    return Hypergame(choice, believed, known, games)


def _believed(builder: Builder, beliefs: Beliefs | None) -> Beliefs:
    """Return the beliefs of the case, and those that are given besides or instead; see `hypergame` for errors."""
    believed = {**builder.standing.beliefs, **(beliefs or {})}
    for (dm, other), reading in believed.items():
        _check(builder, dm, other, reading)
    return believed


def _check(builder: Builder, dm: str, other: str, reading: str) -> None:
    """Refuse a belief of nobody, about nobody or oneself, or in a reading that is not there."""
    case = builder.case
    for name in (dm, other):
        if name not in case.decision_makers:
            raise UnknownLabelError("decision maker", name, list(case.decision_makers))
    if dm == other:
        raise ChoiceError(f"a belief of {dm} about itself; name somebody else, or choose its reading")
    if reading not in case.readings[other]:
        raise UnknownLabelError(f"reading of {other}", reading, list(case.readings[other]))


def _all_seeing(builder: Builder) -> Builder:
    """Return a builder of the case without misperceptions."""
    variant = builder.standing.variant
    dropped = variant.dropped | frozenset(builder.standing.misperceptions)
    return builder if dropped == variant.dropped else builder.varied(replace(variant, dropped=dropped))


def _own_game(plain: Builder, choice: Choice, dm: str, believed: Beliefs, seen: Bools, known: Solution) -> OwnGame:
    readings, wrong = _readings(choice, dm, believed)
    model = plain.model(Choice(tuple(readings.items()), choice.contested))
    model = model if seen.all() else among(model, seen)
    return OwnGame(dm, readings, wrong, seen, known if model is known.model else solve(model, list(known.results), known.settings))


def _readings(choice: Choice, dm: str, believed: Beliefs) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the readings in somebody's own game, and of whom they are not the actual ones."""
    actual = dict(choice.readings)
    readings = {other: believed.get((dm, other), reading) for other, reading in actual.items()}
    return readings, tuple(other for other, reading in readings.items() if reading != actual[other])


@dataclass(frozen=True, eq=False)
class View:
    """The own game of one decision maker over the states of the case, by their own numbers, so that it can be explained.

    Parameters
    ----------
    dm : str
        Whose game it is.
    builder : Builder
        Of the case without its misperceptions.
    choice : Choice
        The readings in this game, the side of each contested entry.
    model : ConflictModel
        All states; no moves of anybody to or from those that `dm` does not see.
    whole : ConflictModel
        The same with all moves, which says what can be taken back.
    seen : ndarray of bool, shape (num_states,)
        Which states are in this game.
    wrong : tuple of str
        Of whom the reading is not the actual one.
    """

    dm: str
    builder: Builder
    choice: Choice
    model: ConflictModel
    whole: ConflictModel
    seen: Bools
    wrong: tuple[str, ...]

    def check_seen(self, state: int) -> None:
        """Refuse a state that is not in this game.

        Raises
        ------
        ChoiceError
            If it is not.
        """
        if not self.seen[state]:
            raise ChoiceError(
                f"{self.dm} does not see state {state + 1}, {self.model.states.label(state)}: it is not in its own game, so that {self.dm} "
                "makes no move there, which is stable for it, and never expects it; explain a state that it sees, or the game that there is"
            )


def as_seen_by(builder: Builder, choice: Choice, dm: str, beliefs: Beliefs | None = None) -> View:
    """Return the own game of one decision maker, for `explain`; what is stable in it is what `hypergame` finds.

    Parameters
    ----------
    builder, choice, beliefs
        As in `hypergame`.
    dm : str
        Label of the decision maker.

    Raises
    ------
    UnknownLabelError
        If no decision maker is called so, or for a belief as in `hypergame`.

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("two-prisoners"))
    >>> view = as_seen_by(builder, builder.choice(), "ukraine", {("ukraine", "south_korea"): "unwilling"})
    >>> dict(view.choice.readings)["south_korea"], view.wrong
    ('unwilling', ('south_korea',))
    """
    if dm not in builder.case.decision_makers:
        raise UnknownLabelError("decision maker", dm, list(builder.case.decision_makers))
    readings, wrong = _readings(choice, dm, _believed(builder, beliefs))
    mask = unseen(builder.world(choice), builder.standing, builder.conditions(choice))[dm]
    plain, own = _all_seeing(builder), Choice(tuple(readings.items()), choice.contested)
    model = whole = plain.model(own)
    if mask.any():
        model = replace(whole, moves=whole.moves.unseeing([mask] * len(whole.decision_makers)))
    return View(dm, plain, own, model, whole, ~mask, wrong)


def among(model: ConflictModel, kept: Bools) -> ConflictModel:
    """Return the model with the states in `kept` alone; the first of them stands for a status quo that is not among them.

    Examples
    --------
    >>> import numpy as np, offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> among(model, np.array([True, False, True, True])).states.labels
    ('NN', 'NY', 'YY')
    """
    status_quo = int(kept[: model.status_quo].sum()) if kept[model.status_quo] else 0
    wants = tuple(within(model.preference(dm), kept) for dm in range(len(model.decision_makers)))
    return replace(model, states=model.states.within(kept), moves=model.moves.within(kept), wants=wants, status_quo=status_quo)
