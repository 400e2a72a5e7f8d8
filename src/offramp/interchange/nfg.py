"""`.nfg` files, as Gambit reads them: one cell of a case as a game in strategic form.

A strategic form has all players choose once and at the same time. So it keeps
who there is, what each can choose and what each prefers, and nothing of moves:
neither what can be taken back, nor who answers whom, nor where things stand.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from offramp.case.load import CaseFile
from offramp.case.variant import Variant
from offramp.case.yaml_reader import dotted
from offramp.errors import ChoiceError, TooManyStatesError
from offramp.interchange.gmcr_case import one_line
from offramp.interchange.telling import left_out, option_names, write_model
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.states import code_label, taken

MAX_COMBINATIONS = 100_000
"""Number of combinations of strategies beyond which no game is written."""

ORDINAL = "Payoffs are ranks: larger is preferred, equal is tied. Their differences mean nothing, and so do expected payoffs."
INFEASIBLE = "infeasible"
UNTITLED = "A case of Offramp"

_PLAINER = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\\": "/"})

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class StrategicForm:
    """A game in strategic form, of feasible states and of combinations that are none.

    Parameters
    ----------
    title : str
        Of the case.
    players : tuple of str
        What the decision makers are called, no two the same.
    strategies : tuple of tuple of str
        By player, what its strategies are called; only those that some feasible
        state has.
    cells : ndarray of int64, shape (number of combinations,)
        By combination, the strategy of the first player changing fastest: the
        position of the state, or -1 where it is infeasible.
    states : tuple of str
        The labels of the feasible states.
    payoffs : ndarray of int64, shape (num_players, num_states)
        Ranks.
    penalty : int
        What an infeasible combination pays everybody: less than any state.
    """

    title: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    cells: Indices
    states: tuple[str, ...]
    payoffs: Indices
    penalty: int

    @property
    def num_infeasible(self) -> int:
        """Number of combinations that are no feasible state."""
        return int((self.cells < 0).sum())

    @property
    def num_traps(self) -> int:
        """Number of infeasible combinations that no player alone can leave: pure equilibria of the game that are no states."""
        table = self.cells.reshape([len(names) for names in self.strategies], order="F") >= 0
        ways = [np.broadcast_to(table.any(axis=axis, keepdims=True), table.shape) for axis in range(table.ndim)]
        return int((~np.logical_or.reduce(ways)).sum())


def strategic_form(
    model: ConflictModel, makers: Mapping[str, str] | None = None, options: Mapping[str, str] | None = None
) -> StrategicForm:
    """Return the strategic form of a model: a strategy is what a decision maker does with its own options.

    Parameters
    ----------
    model : ConflictModel
        In option form. Not modified.
    makers, options : mapping of str to str, optional
        By label, what decision makers and options are called; by default their labels.

    Raises
    ------
    ChoiceError
        If the model is a graph, or somebody's preferences are no ranking.
    TooManyStatesError
        If there are more than `MAX_COMBINATIONS` combinations.

    Notes
    -----
    A strategy that no feasible state has is left out. What remains of infeasible
    combinations pays everybody one less than the lowest rank of all, so that
    nobody gains by moving to one from a feasible state. So the pure Nash
    equilibria of the game among feasible states are the states in which nobody
    prefers what it could bring about by any change of its own options: the Nash
    stable ones, where every option can be taken back.

    Examples
    --------
    >>> import offramp
    >>> game = strategic_form(offramp.load_case("prisoners-dilemma"))
    >>> game.strategies
    (('N: nothing', 'Y: cooperate'), ('N: nothing', 'Y: cooperate'))
    >>> game.payoffs
    array([[1, 0, 3, 2],
           [1, 3, 0, 2]])
    """
    if model.states.groups is not None:
        raise ChoiceError("states that count as one have no place in an .nfg file, which has strategies; leave out coalesce")
    if model.states.codes is None:
        raise ChoiceError("a graph of states and moves has no place in an .nfg file, which has strategies; name a case with options")
    makers, options, ranks = makers or {}, options or {}, model.ranks
    names, chosen = [], []
    for dm in model.decision_makers:
        own = [place for place, label in enumerate(model.states.options) if label.partition(".")[0] == dm]
        strategies, place = _strategies(model, own, options)
        names.append(strategies)
        chosen.append(place)
    shape = [len(strategies) for strategies in names]
    if math.prod(shape) > MAX_COMBINATIONS:
        found = f"{math.prod(shape):,} combinations of strategies; at most {MAX_COMBINATIONS:,} are written to an .nfg file"
        raise TooManyStatesError(f"{found}: merge options, or leave some out")
    cells = np.full(math.prod(shape), -1, dtype=np.int64)
    cells[np.ravel_multi_index(chosen, shape, order="F")] = np.arange(model.num_states)
    players = _distinct([makers.get(dm, dm) for dm in model.decision_makers], model.decision_makers)
    return StrategicForm(model.title, players, tuple(names), cells, model.states.labels, ranks, int(ranks.min()) - 1)


def _strategies(model: ConflictModel, own: Sequence[int], options: Mapping[str, str]) -> tuple[tuple[str, ...], Indices]:
    """Return what the strategies of one decision maker are called, and by state the position of the one that it has."""
    assert model.states.codes is not None
    codes = np.zeros(model.num_states, dtype=np.int64)
    for k, place in enumerate(own):
        codes |= taken(model.states.codes, place).astype(np.int64) << np.int64(k)
    found, position = np.unique(codes, return_inverse=True)
    labels = [model.states.options[place] for place in own]
    called = [ascii_words(options.get(label, "")) or label.partition(".")[2] for label in labels]
    return tuple(_strategy(int(code), called) for code in found), position.astype(np.int64)


def _strategy(code: int, called: Sequence[str]) -> str:
    """Return what a strategy is called: a letter an option, then the names of those that are taken."""
    if not called:
        return "no options"
    return f"{code_label(code, len(called))}: {' + '.join(name for k, name in enumerate(called) if code >> k & 1) or 'nothing'}"


def _distinct(names: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """Return the names as Gambit reads them; the labels, where two would be called the same."""
    said = [ascii_words(name) or label for name, label in zip(names, labels, strict=True)]
    return tuple(said) if len(set(said)) == len(said) else tuple(labels)


def to_nfg(
    file: CaseFile, readings: Mapping[str, str] | None = None, contested: Mapping[str, bool] | None = None, as_of: str | None = None
) -> tuple[bytes, list[str]]:
    """Return an `.nfg` file that has one cell of a case as a game in strategic form.

    The file is made to be passed on: options are named as in `to_gmcr`.

    Parameters
    ----------
    file : CaseFile
        A case with options.
    readings : mapping of str to str, optional
        By decision maker; the first reading of each is the default.
    contested : mapping of str to bool, optional
        By contested rule, condition or norm; the case's own side is the default.
    as_of : str, optional
        The date at which the case is told.

    Returns
    -------
    content : bytes
        In UTF-8.
    said : list of str
        What the file makes of infeasible combinations, then what the case says
        and a strategic form has no place for.

    Raises
    ------
    ChoiceError
        If the case is a graph, or a reading is no ranking.
    CaseError
        If the case is faulty.
    TooManyStatesError
        If there are too many states or combinations.

    Examples
    --------
    >>> import offramp
    >>> content, said = to_nfg(offramp.read_case("prisoners-dilemma"))
    >>> print(content.decode().splitlines()[0])
    NFG 1 R "Prisoners' dilemma" { "First prisoner" "Second prisoner" }
    >>> said[0]
    'left out: moves: all choose at once, and nobody answers; of the concepts only Nash remains'
    """
    builder = Builder(file, variant=Variant(as_of=as_of))
    choice = builder.choice(readings, contested)
    makers = {dm: maker.name or dm for dm, maker in file.case.decision_makers.items()}
    model = builder.model(choice)
    names = option_names(builder)
    game = strategic_form(model, makers, names)
    lost = (*_moves(builder), *_letters(builder), *left_out(builder, choice, builder.world(choice), names))
    return nfg_bytes(game), [one_line(line) for line in (*_made(game), *(f"left out: {line}" for line in lost))]


def nfg_bytes(game: StrategicForm) -> bytes:
    """Return a game as an `.nfg` file: an outcome a feasible state, called by its label, and one for all that is infeasible."""
    outcomes = [_outcome(label, payoffs) for label, payoffs in zip(game.states, game.payoffs.T.tolist(), strict=True)]
    if game.num_infeasible:
        outcomes.append(_outcome(INFEASIBLE, [game.penalty] * len(game.players)))
    numbers = np.where(game.cells < 0, len(game.states), game.cells) + 1
    lines = [
        f"NFG 1 R {quoted(ascii_words(game.title) or UNTITLED)} {{ {' '.join(map(quoted, game.players))} }}",
        "",
        "{ " + "\n".join(f"{{ {' '.join(map(quoted, names))} }}" for names in game.strategies),
        "}",
        quoted(" ".join((ORDINAL, *_made(game)))),
        "",
        "{",
        *outcomes,
        "}",
        " ".join(map(str, numbers.tolist())),
    ]
    return ("\n".join(lines) + "\n").encode()


def write_nfg(path: Path, content: bytes, folder: Path | None = None) -> None:
    """Write an `.nfg` file as `write_gmcr` writes a `.gmcr` file: never over another, never with a protected identifier.

    Parameters
    ----------
    path : Path
        The file; it must not exist.
    content : bytes
        From `to_nfg`.
    folder : Path, optional
        The case folder, in whose ``private/`` the identifiers are.

    Raises
    ------
    ChoiceError, LeakError, StorageError
        As `write_gmcr`. Nothing is written then.
    """
    write_model(path, content, content.decode(), folder)


def ascii_words(text: str) -> str | None:
    """Return a text in the letters that Gambit reads, without accents; None where it has others.

    Examples
    --------
    >>> ascii_words("“Türkiye” – the\\nport \\\\ pier"), ascii_words("한국")
    ('"Turkiye" - the port / pier', None)
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text.translate(_PLAINER)) if not unicodedata.combining(letter))
    words = " ".join(bare.split())
    return words if words and words.isascii() and words.isprintable() else None


def quoted(text: str) -> str:
    """Return a text of ASCII as Gambit reads it; it has no sign for a backslash.

    Examples
    --------
    >>> print(quoted('the "other" side'))
    "the \\"other\\" side"
    """
    return '"' + text.replace("\\", "/").replace('"', '\\"') + '"'


def _outcome(label: str, payoffs: Sequence[int]) -> str:
    return f"{{ {quoted(label)} {', '.join(map(str, payoffs))} }}"


def _made(game: StrategicForm) -> Iterator[str]:
    """Yield what is made of combinations that are no feasible states."""
    if game.num_infeasible:
        number = f"{game.num_infeasible:,} of {len(game.cells):,} combinations"
        yield f"infeasible: {number} are no states; each pays everybody {game.penalty}, less than any state."
    if game.num_traps:
        yield f"infeasible: {game.num_traps:,} of these are equilibria of the game: no player alone can reach a state from there."


def _moves(builder: Builder) -> Iterator[str]:
    """Yield what is lost with the moves."""
    yield "moves: all choose at once, and nobody answers; of the concepts only Nash remains"
    for path in builder.standing.misperceptions:
        yield f"{dotted(path)}: that {path[1]} does not see it; in the file everybody sees every state"
    for label, direction in builder.standing.options.items():
        if direction in ("forward", "backward"):
            yield f"{label}: that it cannot be taken back ({direction}); in the file it is a free choice"
    if builder.standing.disallowed:
        yield f"disallowed: all {len(builder.standing.disallowed)}; in the file every strategy is a free choice"


def _letters(builder: Builder) -> Iterator[str]:
    """Yield the names that Gambit cannot read."""
    makers = [f"decision_makers.{dm}.name" for dm, maker in builder.case.decision_makers.items() if not (maker.name or dm).isascii()]
    options = [f"{label}.name" for label in builder.standing.options if not (builder.case.options[label].name or label).isascii()]
    titles = [] if builder.case.title.isascii() else ["title"]
    if found := [*titles, *makers, *options]:
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        yield f"letters beyond ASCII, which Gambit does not read: {', '.join(found[:8])}{more}; without accents there, or by id"
