"""A plain reference for preferences that need not be a ranking, with all settings.

Sets, dicts and recursion, as the definitions read; it shares no line with the
library it checks and nothing with the other references. A *player* is whoever
acts as one: a decision maker alone, a coalition whose members take turns, or
members merged into one decision maker. It is tempted, and improves, when every
member is and does; what deters one member deters it.

How a state t compares with s for a decision maker is one of

========  =====================
``>>``    greatly better
``>``     better
``=``     equal
``<``     worse
``<<``    greatly worse
``?``     nobody knows
========  =====================
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, NamedTuple, TypeAlias

State: TypeAlias = Any  # a code such as "YNN", or any other hashable label
Signs: TypeAlias = dict[State, dict[State, str]]
Steps: TypeAlias = Callable[["Player", State], set[State]]

OPPOSITE = {">>": "<<", ">": "<", "=": "=", "<": ">", "<<": ">>", "?": "?"}
MAY_LEAVE = {"both": "NY", "forward": "N", "backward": "Y"}


@dataclass(frozen=True)
class Rules:
    """The settings, each by the name and values that the library's has."""

    sequences: str = "legal"
    return_to_start: str = "sanctions"
    return_to_move: str = "sanctions"
    unknown: str = "a"
    strength: str = "general"
    simultaneous: str = "all"
    sanctions: str = "coalitions"


@dataclass(frozen=True, eq=False)
class Game:
    """States, moves and comparisons of some decision makers.

    Attributes
    ----------
    names : tuple of str
        The decision makers, in file order.
    states : tuple of hashable
        The feasible states.
    moves : dict of str to dict
        ``moves[i][s]`` is R_i(s).
    signs : dict of str to dict
        ``signs[i][s][t]``: how t compares with s for i, where t is not s.
    own : dict of str to dict, or None
        In option form, the places in a code that i may change, each with its
        direction; None in a graph.
    """

    names: tuple[str, ...]
    states: tuple[State, ...]
    moves: dict[str, dict[State, set[State]]]
    signs: dict[str, Signs]
    own: dict[str, dict[int, str]] | None = None


class Player(NamedTuple):
    """Who acts as one, and where one move of it leads from each state."""

    members: frozenset[str]
    moves: dict[State, set[State]]


def graph(states: Iterable[State], arcs: dict[str, list[tuple[State, State]]], signs: dict[str, Signs]) -> Game:
    """Return the game of an explicit graph."""
    listed = tuple(states)
    moves = {name: {s: {b for a, b in pairs if a == s} for s in listed} for name, pairs in arcs.items()}
    return Game(tuple(arcs), listed, moves, signs)


def option_form(options: dict[str, list[tuple[str, str]]], feasible: Iterable[str], signs: dict[str, Signs]) -> Game:
    """Return the game in which each decision maker changes any of its options at once."""
    listed = tuple(feasible)
    deal = [(name, direction) for name, own in options.items() for _, direction in own]
    own = {name: {place: direction for place, (owner, direction) in enumerate(deal) if owner == name} for name in options}
    moves = {name: code_moves(listed, own[name]) for name in options}
    return Game(tuple(options), listed, moves, signs, own)


def code_moves(states: Iterable[str], own: dict[int, str]) -> dict[State, set[State]]:
    """Where one leads that may change the places `own`, each in its direction."""

    def leads(s: str, t: str) -> bool:
        changed = [place for place in range(len(s)) if s[place] != t[place]]
        return bool(changed) and all(place in own and s[place] in MAY_LEAVE[own[place]] for place in changed)

    return {s: {t for t in states if leads(s, t)} for s in states}


def of_tiers(tiers: list[list[State]]) -> Signs:
    """Compare states by a ranking, best first."""
    place = {s: k for k, tier in enumerate(tiers) for s in tier}
    return {s: {t: "=" if place[s] == place[t] else ">" if place[t] < place[s] else "<" for t in place if t != s} for s in place}


# -- what a comparison means ---------------------------------------------------------------------------------------------


def sign(game: Game, name: str, s: State, t: State) -> str:
    """How t compares with s; a state is as good as itself."""
    return "=" if s == t else game.signs[name][s][t]


def tempts(rules: Rules, how: str) -> bool:
    """Better of any degree; also unknown by the extensions a and c."""
    return how in (">", ">>") or (how == "?" and rules.unknown in ("a", "c"))


def deters(rules: Rules, how: str) -> bool:
    """Not better, or greatly worse by strong stability; also unknown by the extensions c and d."""
    if how == "?":
        return rules.unknown in ("c", "d")
    return how == "<<" if rules.strength == "strong" else how in ("=", "<", "<<")


def improves(game: Game, player: Player, s: State, t: State) -> bool:
    """Every member finds t better than s, or may do."""
    return all(sign(game, name, s, t) in (">", ">>", "?") for name in player.members)


def is_tempted(game: Game, rules: Rules, player: Player, s: State, t: State) -> bool:
    """t tempts every member away from s."""
    return all(tempts(rules, sign(game, name, s, t)) for name in player.members)


def is_deterred(game: Game, rules: Rules, player: Player, s: State, t: State) -> bool:
    """t deters some member from leaving s."""
    return any(deters(rules, sign(game, name, s, t)) for name in player.members)


# -- players -------------------------------------------------------------------------------------------------------------


def alone(game: Game, name: str) -> Player:
    """A decision maker."""
    return Player(frozenset({name}), game.moves[name])


def all_alone(game: Game, names: Iterable[str]) -> list[Player]:
    """Each of some decision makers."""
    return [alone(game, name) for name in names]


def coalition(game: Game, members: Iterable[str]) -> Player:
    """Members who take turns: one move of theirs is a legal sequence, R_H(s), which may lead back to s."""
    single = all_alone(game, members)
    moves = {s: ends(single, s, lambda player, here: player.moves[here], "legal") for s in game.states}
    return Player(frozenset(members), moves)


def merged(game: Game, members: Iterable[str]) -> Player:
    """Members who act as one decision maker.

    In option form it changes any of their options at once. In a graph, where
    nothing says what two moves are at once, it moves to what the members reach
    by legal sequences; where it stands is no move.
    """
    if game.own is None:
        players = coalition(game, members)
        return Player(players.members, {s: players.moves[s] - {s} for s in game.states})
    own = {place: direction for name in members for place, direction in game.own[name].items()}
    return Player(frozenset(members), code_moves(game.states, own))


# -- sequences -----------------------------------------------------------------------------------------------------------


def ends(players: list[Player], s: State, steps: Steps, sequences: str) -> set[State]:
    """Where non-empty sequences of steps lead from s.

    ``legal``: no player twice in succession. ``once``: none twice at all.
    ``one_step``: one step of one player.
    """
    seen: set[tuple[State, frozenset[int]]] = set()

    def go_on(here: State, barred: frozenset[int]) -> None:
        for k, player in enumerate(players):
            if k not in barred:
                for t in steps(player, here):
                    after = barred | {k} if sequences == "once" else frozenset({k})
                    if (t, after) not in seen:
                        seen.add((t, after))
                        if sequences != "one_step":
                            go_on(t, after)

    go_on(s, frozenset())
    return {t for t, _ in seen}


# -- concepts ------------------------------------------------------------------------------------------------------------


def is_stable(game: Game, rules: Rules, concept: str, focal: Player, opponents: list[Player], s: State) -> bool:
    """Each state that tempts `focal` away from s is met by a sanction; by Nash there is none."""
    return all(
        any(True for _ in sanctions(game, rules, concept, focal, opponents, s, s1))
        for s1 in focal.moves[s]
        if is_tempted(game, rules, focal, s, s1)
    )


def sanctions(game: Game, rules: Rules, concept: str, focal: Player, opponents: list[Player], s: State, s1: State) -> Iterator[State]:
    """The states that deter `focal` from the move from s to s1."""
    answers = at_once(game, rules, focal, opponents, s, s1) if concept == "sim" else in_turn(game, rules, concept, opponents, s1)
    for s2 in answers:
        if rules.return_to_start == "ignored" and s2 == s:
            continue
        if rules.return_to_move == "ignored" and s2 == s1:
            continue
        onward = focal.moves[s2] if concept in ("smr", "sseq") else set()
        if is_deterred(game, rules, focal, s, s2) and all(is_deterred(game, rules, focal, s, s3) for s3 in onward):
            yield s2


def in_turn(game: Game, rules: Rules, concept: str, opponents: list[Player], s1: State) -> set[State]:
    """What opponents may answer to s1: any moves (GMR, SMR), improvements only (SEQ, SSEQ), nothing (Nash)."""

    def moves(player: Player, here: State) -> set[State]:
        return player.moves[here]

    def improvements(player: Player, here: State) -> set[State]:
        return {t for t in player.moves[here] if improves(game, player, here, t)}

    if concept == "nash":
        return set()
    return ends(opponents, s1, moves if concept in ("gmr", "smr") else improvements, rules.sequences)


def at_once(game: Game, rules: Rules, focal: Player, opponents: list[Player], s: str, s1: str) -> set[str]:
    """What s1 becomes when one or more opponents make, at the same time, the improvements they have from s.

    That nobody moves is no answer.
    """
    moving = opponents
    if rules.simultaneous == "unstable":
        everybody = [focal, *opponents]
        moving = [one for one in opponents if not is_stable(game, rules, "seq", one, [p for p in everybody if p is not one], s)]
    choices = [[s, *(t for t in one.moves[s] if improves(game, one, s, t))] for one in moving]
    chosen = [pick for pick in product(*choices) if any(t != s for t in pick)]
    return {end for pick in chosen for end in [added(s, s1, pick)] if end in game.states}


def added(s: str, s1: str, chosen: Iterable[str]) -> str:
    """s1 with every letter in which a chosen state differs from s."""
    letters = list(s1)
    for t in chosen:
        for place in range(len(s)):
            if t[place] != s[place]:
                letters[place] = t[place]
    return "".join(letters)


def stable_for(game: Game, rules: Rules, concept: str, focal: Player, opponents: list[Player]) -> set[State]:
    """The states that are stable for `focal`; weakly: generally and not strongly."""
    if rules.strength == "weak":
        general, strong = (
            stable_for(game, Rules(**{**vars(rules), "strength": kind}), concept, focal, opponents) for kind in ("general", "strong")
        )
        return general - strong
    return {s for s in game.states if is_stable(game, rules, concept, focal, opponents, s)}


def stable(game: Game, rules: Rules, concept: str, name: str) -> set[State]:
    """The states that are stable for one decision maker: nash, gmr, smr, seq, sseq or sim."""
    others = [other for other in game.names if other != name]
    return stable_for(game, rules, concept, alone(game, name), all_alone(game, others))


def stable_for_coalition(game: Game, rules: Rules, concept: str, members: Iterable[str]) -> set[State]:
    """The states from which every coalitional improvement is deterred: nash, gmr, smr or seq.

    By SEQ the others answer in coalitions of any size, unless they do so as individuals.
    """
    focal = coalition(game, members)
    others = [name for name in game.names if name not in focal.members]
    if concept == "seq" and rules.sanctions == "coalitions":
        return stable_for(game, rules, concept, focal, all_coalitions(game, others))
    return stable_for(game, rules, concept, focal, all_alone(game, others))


def all_coalitions(game: Game, names: list[str]) -> list[Player]:
    """Every non-empty set of some decision makers."""
    return [coalition(game, chosen) for size in range(1, len(names) + 1) for chosen in combinations(names, size)]


def stable_when_merged(game: Game, rules: Rules, concept: str, members: Iterable[str], focal: str | None = None) -> set[State]:
    """The states that are stable for the merged members, or for another decision maker who faces them as one."""
    one = merged(game, members)
    everybody = [one, *all_alone(game, [name for name in game.names if name not in one.members])]
    asked = one if focal is None else next(player for player in everybody if player.members == {focal})
    return stable_for(game, rules, concept, asked, [player for player in everybody if player is not asked])
