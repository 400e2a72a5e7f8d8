"""A coalition as one decision maker: its members act as one and want what all of them want."""

from __future__ import annotations

from collections.abc import Sequence

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
        If a coalition has fewer than two members, somebody is named twice,
        moves of a member, or moves that members make at once, are disallowed, or
        moves of a member lead to states that it does not see.
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
    groups = groups_of(model, coalitions)
    labels = tuple("+".join(model.decision_makers[dm] for dm in group) for group in groups)
    wants = tuple(_preference([model.preference(dm) for dm in group]) for group in groups)
    return ConflictModel(model.title, labels, model.states, _moves(model, groups), wants, model.status_quo, model.cell)


def groups_of(model: ConflictModel, coalitions: Sequence[Sequence[str]]) -> Groups:
    """Return who acts as one, everybody else alone, in the order of their first members; see `merged` for errors."""
    groups = [_members(model, coalition) for coalition in coalitions]
    named = [dm for group in groups for dm in group]
    twice = [model.decision_makers[dm] for place, dm in enumerate(named) if dm in named[:place]]
    if twice:
        raise ChoiceError(f"{twice[0]!r} is merged twice; name every decision maker in one coalition, once")
    return sorted([*groups, *((dm,) for dm in range(len(model.decision_makers)) if dm not in named)])


def _members(model: ConflictModel, coalition: Sequence[str]) -> tuple[int, ...]:
    members = () if isinstance(coalition, str) else tuple(sorted(model.dm(label) for label in coalition))
    if len(members) < 2:
        found = repr(coalition) if isinstance(coalition, str) else ", ".join(map(repr, coalition)) or "none"
        raise ChoiceError(f"a merged coalition is a list of two labels or more, found {found}; name who acts as one")
    return members


def _preference(members: Sequence[Preference]) -> Preference:
    return members[0] if len(members) == 1 else Merged(members)


def _moves(model: ConflictModel, groups: Groups) -> Moves:
    moves = model.moves
    for group in groups:
        _check_whole(model, group)
    if moves.plain is None:
        return ArcMoves(model.num_states, [_sequences(model, group) for group in groups])
    lines = moves.merged(groups) if isinstance(moves, LineMoves) else moves.plain.merged(groups)
    _check_together(model, groups, lines)
    if isinstance(moves, LineMoves):
        return lines
    alone = {k: arcs_of(moves, group[0], model.decision_makers[group[0]]) for k, group in enumerate(groups) if len(group) == 1}
    arcs = [alone[k] if k in alone else _among_groups(model, lines.pairs(k)) for k in range(len(groups))]
    return ArcMoves(model.num_states, arcs, lines, frozenset(k for k in alone if groups[k][0] in moves.reduced))


def _check_whole(model: ConflictModel, group: tuple[int, ...]) -> None:
    """Refuse to merge somebody who has not all moves that the options allow."""
    reduced = [model.decision_makers[dm] for dm in group if dm in model.moves.reduced]
    if len(group) > 1 and reduced:
        members = ",".join(model.decision_makers[dm] for dm in group)
        raise ChoiceError(
            f"some moves of {', '.join(reduced)} are disallowed, or lead to states that it does not see; the case does not say which moves "
            f"{members} would have as one. Either keep the members apart: ask for --concept coalition_seq --coalition {members} and do not "
            "merge. Or write them in the case as one decision maker, with all their options, and disallow there what it may not do"
        )


def _check_together(model: ConflictModel, groups: Groups, lines: LineMoves) -> None:
    """Refuse to merge where what the members can do at once only is disallowed."""
    for k, group in enumerate(groups):
        if len(group) > 1 and lines.plain is not None and lines.plain.is_barred(k):
            raise ChoiceError(
                f"a move that {', '.join(model.decision_makers[dm] for dm in group)} can only make at once is disallowed, and what holds "
                "for the coalition as one nobody says; ask for the concepts for coalitions, or write it as one decision maker"
            )


def _among_groups(model: ConflictModel, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return moves between states by themselves as moves between those that count as one."""
    groups = model.states.groups
    there = pairs if groups is None else groups.of[pairs]
    found: NDArray[np.int64] = there[there[:, 0] != there[:, 1]]
    return found


def _sequences(model: ConflictModel, group: tuple[int, ...]) -> NDArray[np.int64]:
    """Return the moves of a group in a graph: where its members lead by legal sequences, but for staying."""
    if len(group) == 1:
        return arcs_of(model.moves, group[0], model.decision_makers[group[0]])
    states = range(model.num_states)
    pairs = [(state, to) for state in states for to in np.flatnonzero(model.moves.reached(group, state)).tolist() if to != state]
    return np.array(pairs, dtype=np.int64)
