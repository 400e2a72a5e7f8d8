"""Misperception by its definitions, over the plain reference: filtered moves, and a game of one's own.

`blind` takes away the moves of each decision maker to and from the states that
it does not see; the others keep theirs. `own_game` is what somebody plays in its
own view: the states that it sees, and the ranks that it believes in.
"""

from collections.abc import Collection, Mapping

from reference import Game, State, equilibria, is_stable

Unseen = Mapping[str, Collection[State]]
Ranks = Mapping[str, dict[State, int]]


def blind(game: Game, unseen: Unseen) -> Game:
    """Return the game in which nobody moves to or from a state that it does not see."""
    moves = {
        name: {s: frozenset() if s in unseen.get(name, ()) else there - frozenset(unseen.get(name, ())) for s, there in own.items()}
        for name, own in game.moves.items()
    }
    return Game(game.names, game.states, moves, game.rank)


def own_game(game: Game, unseen: Collection[State], ranks: Ranks) -> Game:
    """Return the game of somebody who does not see `unseen` and believes in `ranks`."""
    states = tuple(s for s in game.states if s not in unseen)
    moves = {name: {s: there & frozenset(states) for s, there in own.items() if s in states} for name, own in game.moves.items()}
    return Game(game.names, states, moves, {name: {s: ranks[name][s] for s in states} for name in game.names})


class Hypergame:
    """A hypergame of the first level: everybody in a game of its own.

    Parameters
    ----------
    game : Game
        What there is: all states, all moves, what everybody really wants.
    unseen : mapping
        By decision maker, the states that it does not see.
    believed : mapping
        By decision maker, what it takes everybody's ranks to be.
    """

    def __init__(self, game: Game, unseen: Unseen, believed: Mapping[str, Ranks]) -> None:
        self.game = game
        self.own = {name: own_game(game, unseen.get(name, ()), believed[name]) for name in game.names}

    def stable(self, concept: str, name: str) -> set[State]:
        """Return what is stable for somebody in its own game; it does not move where it sees nothing."""
        own = self.own[name]
        return {s for s in self.game.states if s not in own.states or is_stable(own, concept, name, s)}

    def equilibria(self, concept: str) -> set[State]:
        """Return what is stable for everybody in its own game."""
        return set.intersection(*(self.stable(concept, name) for name in self.game.names))

    def expected(self, concept: str, name: str) -> set[State]:
        """Return the equilibria of somebody's own game."""
        return equilibria(self.own[name], concept)

    def surprised(self, concept: str, s: State) -> list[str]:
        """Return whom an equilibrium surprises, in file order."""
        return [name for name in self.game.names if s not in self.expected(concept, name)]
