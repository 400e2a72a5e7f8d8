"""A coalition as one decision maker: its members act as one and want what all of them want."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError
from offramp.model.arcs import ArcMoves, arcs_of
from offramp.model.conflict import ConflictModel, Moves
from offramp.model.lines import LineMoves
from offramp.model.relation import Merged, Preference

Groups = Sequence[tuple[int, ...]]


def merged(model: ConflictModel, *coalitions: Sequence[str]) -> ConflictModel:
    """Return a model in which each of some coalitions is one decision maker.

    In option form it changes any options of its members at once, each in its
    direction; what lies between need not exist. In a graph it moves to what its
    members reach by legal sequences. It is tempted by what tempts every member,
    and what deters one member deters it.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    *coalitions : sequence of str
        Labels of the members of each; two at least, nobody in two coalitions.

    Returns
    -------
    merged : ConflictModel
        The same states; in place of the first member of each coalition one
        decision maker called by the labels of all with ``+`` between.

    Raises
    ------
    UnknownLabelError
        If a member is no decision maker.
    ChoiceError
        If a coalition has fewer than two members, or somebody is named twice.
    TooManyStatesError
        If one decision maker has too many moves, or ways of using up its options.

    Notes
    -----
    The members' own moves and stabilities are gone, so that a merged model may
    have equilibria that somebody would leave alone. For coalitions whose
    members keep their own, see `offramp.stability.coalition`.

    References
    ----------
    Kinsara, R. A. (2014). A Simple Guide to GMCR+, section 5.2. (As in the
    project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = merged(offramp.load_case("elmira-12"), ["moe", "uniroyal"])
    >>> model.decision_makers
    ('moe+uniroyal', 'local_government')
    >>> (model.moves.successors(0, 6) + 1).tolist()  # from state 7; no single member reaches 10 or 12
    [8, 9, 10, 11, 12]
    """
    groups = _groups(model, coalitions)
    labels = tuple("+".join(model.decision_makers[dm] for dm in group) for group in groups)
    wants = tuple(_preference([model.preference(dm) for dm in group]) for group in groups)
    return ConflictModel(model.title, labels, model.states, _moves(model, groups), wants, model.status_quo)


def _groups(model: ConflictModel, coalitions: Sequence[Sequence[str]]) -> Groups:
    """Return who acts as one, everybody else alone, in the order of their first members."""
    named: list[str] = []
    for coalition in coalitions:
        if isinstance(coalition, str) or len(coalition) < 2:
            raise ChoiceError(f"a merged coalition is a list of two labels or more, found {coalition!r}; name who acts as one")
        named.extend(coalition)
    twice = [label for place, label in enumerate(named) if label in named[:place]]
    if twice:
        raise ChoiceError(f"{twice[0]!r} is merged twice; name every decision maker in one coalition, once")
    groups = [tuple(sorted(model.dm(label) for label in coalition)) for coalition in coalitions]
    alone = [(dm,) for dm in range(len(model.decision_makers)) if model.decision_makers[dm] not in named]
    return sorted([*groups, *alone])


def _preference(members: Sequence[Preference]) -> Preference:
    return members[0] if len(members) == 1 else Merged(members)


def _moves(model: ConflictModel, groups: Groups) -> Moves:
    moves = model.moves
    if isinstance(moves, LineMoves) and model.states.codes is not None:
        bits = [[reduce(or_, (of_kind[dm] for dm in group)) for group in groups] for of_kind in (moves.own, moves.forward, moves.backward)]
        return LineMoves(model.states.codes, *bits)
    return ArcMoves(model.num_states, [_arcs(model, group) for group in groups])


def _arcs(model: ConflictModel, group: tuple[int, ...]) -> NDArray[np.int64]:
    """Return the moves of a group: where its members lead by legal sequences, but for staying."""
    if len(group) == 1:
        return arcs_of(model.moves, group[0], model.decision_makers[group[0]])
    states = range(model.num_states)
    pairs = [(state, to) for state in states for to in np.flatnonzero(model.moves.reached(group, state)).tolist() if to != state]
    return np.array(pairs, dtype=np.int64)
