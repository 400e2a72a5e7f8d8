"""A plain reference for the concepts beyond the five: SIM, limited moves, non-myopic, coalitions.

Sets and recursion, as the definitions read, over the games of `reference`. It
shares no line with the library it checks.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product

from reference import Game, State, improvements, is_better

Steps = Callable[[Game, frozenset[str], State], frozenset[State]]


# -- SIM -----------------------------------------------------------------------------------------------------------------


def sim_stable(game: Game, focal: str, s: str) -> bool:
    """Every improvement of `focal` can go wrong when opponents improve on s, or stay, at the same time."""
    return all(sim_sanctions(game, focal, s, s1) for s1 in improvements(game, focal, s))


def sim_sanctions(game: Game, focal: str, s: str, s1: str) -> set[str]:
    """The feasible states, not better than s, that s1 becomes by a choice of every opponent."""
    choices = [{s} | improvements(game, name, s) for name in game.names if name != focal]
    ends = {together(s, s1, chosen) for chosen in product(*choices)}
    return {end for end in ends if end in game.states and not is_better(game, focal, end, s)}


def together(s: str, s1: str, chosen: Iterable[str]) -> str:
    """s1 with every letter in which a chosen state differs from s."""
    letters = list(s1)
    for t in chosen:
        for place, letter in enumerate(t):
            if letter != s[place]:
                letters[place] = letter
    return "".join(letters)


# -- limited moves -------------------------------------------------------------------------------------------------------


def anticipated(game: Game, h: int, name: str, s: State, known: dict[tuple[int, str, State], State]) -> State:
    """G_h(name, s): where it ends when `name` is to move and h moves are left."""
    if h == 0:
        return s
    if (h, name, s) not in known:
        other = next(dm for dm in game.names if dm != name)
        ends = [anticipated(game, h - 1, other, s1, known) for s1 in game.moves[name][s]]
        best = max(ends, key=game.rank[name].__getitem__, default=s)
        known[h, name, s] = best if is_better(game, name, best, s) else s
    return known[h, name, s]


def limited_stable(game: Game, h: int, name: str, known: dict[tuple[int, str, State], State]) -> set[State]:
    """The states where `name` stays with h moves to go."""
    return {s for s in game.states if anticipated(game, h, name, s, known) == s}


def nonmyopic_stable(game: Game, name: str) -> set[State]:
    """The states that are in L_h for all h from some h on: all of one round of the ends, once they repeat."""
    known: dict[tuple[int, str, State], State] = {}
    rows: list[tuple[State, ...]] = []
    while True:
        h = len(rows)
        row = tuple(anticipated(game, h, dm, s, known) for dm in game.names for s in game.states)
        if row in rows:
            return set.intersection(*(limited_stable(game, k, name, known) for k in range(rows.index(row), h)))
        rows.append(row)


# -- coalitions ----------------------------------------------------------------------------------------------------------


def coalitions(members: Iterable[str]) -> list[frozenset[str]]:
    """All non-empty sets of members."""
    members = list(members)
    return [frozenset(chosen) for size in range(1, len(members) + 1) for chosen in combinations(members, size)]


def by_turns(game: Game, movers: list[frozenset[str]], s: State, steps: Steps) -> set[State]:
    """Where `movers` lead from s by steps in which none moves twice in succession."""
    seen: set[tuple[State, frozenset[str]]] = set()

    def go_on(here: State, last: frozenset[str]) -> None:
        for mover in movers:
            if mover != last:
                for t in steps(game, mover, here):
                    if (t, mover) not in seen:
                        seen.add((t, mover))
                        go_on(t, mover)

    go_on(s, frozenset())
    return {t for t, _ in seen}


def single_moves(game: Game, mover: frozenset[str], s: State) -> frozenset[State]:
    """R_i(s) of the only member."""
    (name,) = mover
    return game.moves[name][s]


def single_improvements(game: Game, mover: frozenset[str], s: State) -> frozenset[State]:
    """R_i+(s) of the only member."""
    (name,) = mover
    return improvements(game, name, s)


def reachable(game: Game, coalition: frozenset[str], s: State) -> set[State]:
    """R_H(s)."""
    return by_turns(game, [frozenset({name}) for name in coalition], s, single_moves)


def coalition_improvements(game: Game, coalition: frozenset[str], s: State) -> frozenset[State]:
    """CI_H(s)."""
    return frozenset(t for t in reachable(game, coalition, s) if better_for_all(game, coalition, t, s))


def better_for_all(game: Game, coalition: frozenset[str], t: State, s: State) -> bool:
    """Every member strictly prefers t to s."""
    return all(is_better(game, name, t, s) for name in coalition)


def sanctions(game: Game, concept: str, coalition: frozenset[str], s: State, s1: State) -> Iterator[State]:
    """The states that deter `coalition` from the improvement from s to s1."""
    others = frozenset(game.names) - coalition
    answers: set[State] = set()
    if concept in ("gmr", "smr"):
        answers = reachable(game, others, s1)
    elif concept == "seq":
        answers = by_turns(game, coalitions(sorted(others)), s1, coalition_improvements)
    elif concept == "seq by individuals":
        answers = by_turns(game, [frozenset({name}) for name in others], s1, single_improvements)
    for s2 in answers:
        back = reachable(game, coalition, s2) if concept == "smr" else set()
        if not better_for_all(game, coalition, s2, s) and not any(better_for_all(game, coalition, s3, s) for s3 in back):
            yield s2


def coalition_stable(game: Game, concept: str, coalition: frozenset[str]) -> set[State]:
    """The states from which every coalitional improvement is deterred."""
    tempting = {s: coalition_improvements(game, coalition, s) for s in game.states}
    return {s for s in game.states if all(has_sanction(game, concept, coalition, s, s1) for s1 in tempting[s])}


def has_sanction(game: Game, concept: str, coalition: frozenset[str], s: State, s1: State) -> bool:
    """Something deters `coalition` from the improvement from s to s1."""
    return any(True for _ in sanctions(game, concept, coalition, s, s1))


def universally_stable(game: Game, concept: str) -> set[State]:
    """The states that are stable for every coalition."""
    return set(game.states).intersection(*(coalition_stable(game, concept, h) for h in coalitions(game.names)))
