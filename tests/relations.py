"""Random cases whose preferences are of every kind, as plain data, the same for the same seed.

Each decision maker gets one reading twice: as a case file writes it, and as the
comparison of every two states that follows from it, worked out here by the
words of the reference: neither is made from the other by the library.
"""

from collections.abc import Iterable
from itertools import combinations, pairwise
from random import Random
from typing import Any, NamedTuple

from reference import all_codes
from relational import OPPOSITE, Game, Signs, graph, of_tiers, option_form

NAMES = ("ann", "bob", "cyd", "dan")


class Drawn(NamedTuple):
    """A random case: what its file holds, and the game it describes."""

    case: dict[str, Any]
    game: Game
    kinds: dict[str, str]


class Reading(NamedTuple):
    """A preference as a case file writes it, and what follows from it."""

    written: dict[str, Any]
    signs: Signs


def random_case(rng: Random, kinds: Iterable[str] = (), form: str = "", num_dms: int = 0) -> Drawn:
    """Draw a case: in option form or a graph, each decision maker with a preference of some kind.

    Parameters
    ----------
    rng : random.Random
        The only source of chance.
    kinds : iterable of str
        Keys of `KINDS` to draw from; all when empty.
    form : str
        ``options`` or ``graph``; either when empty.
    num_dms : int
        Number of decision makers, two to four; any when 0.
    """
    names = NAMES[: num_dms or rng.choice((2, 2, 2, 3, 3, 4))]
    if form == "options" or (not form and rng.random() < 0.5):
        return _in_option_form(rng, names, list(kinds) or list(KINDS))
    return _as_graph(rng, names, list(kinds) or list(KINDS))


def _in_option_form(rng: Random, names: tuple[str, ...], kinds: list[str]) -> Drawn:
    """Two to five options, at least two states; some have no option."""
    options: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for _ in range(rng.choice((2, 3, 3, 3, 3, 4, 4, 5))):
        name = rng.choice(names)
        options[name].append((f"{name[0]}{len(options[name]) + 1}", rng.choice(("both", "both", "both", "forward", "backward"))))
    flat = [option for own in options.values() for option, _ in own]
    codes = all_codes(len(flat))
    feasible = _some(rng, codes)
    readings, chosen = _readings(rng, names, feasible, kinds, {code: _conjunction(flat, code) for code in codes})
    case = _case(names, readings) | {
        "decision_makers": {name: {"options": {o: {"direction": way} for o, way in own}} if own else {} for name, own in options.items()},
        "rules": {f"rule_{code.lower()}": {"exclude": code} for code in codes if code not in feasible},
        "status_quo": rng.choice(feasible),
    }
    return Drawn(case, option_form(options, feasible, {name: readings[name].signs for name in names}), chosen)


def _as_graph(rng: Random, names: tuple[str, ...], kinds: list[str]) -> Drawn:
    """Three to eight states, arcs drawn one by one."""
    states = [f"s{number}" for number in range(1, rng.randint(3, 8) + 1)]
    arcs = {}
    for name in names:
        density = rng.choice((0.0, 0.15, 0.3, 0.3, 0.5))
        arcs[name] = [(a, b) for a in states for b in states if a != b and rng.random() < density]
    readings, chosen = _readings(rng, names, states, kinds, {s: s for s in states})
    case = _case(names, readings) | {
        "decision_makers": {name: {} for name in names},
        "states": states,
        "moves": {name: [list(arc) for arc in arcs[name]] for name in names},
        "status_quo": rng.choice(states),
    }
    return Drawn(case, graph(states, arcs, {name: readings[name].signs for name in names}), chosen)


def _case(names: Iterable[str], readings: dict[str, Reading]) -> dict[str, Any]:
    """What both forms have in common."""
    return {"offramp": 1, "title": "A random case", "readings": {name: {"only": readings[name].written} for name in names}}


def _readings(
    rng: Random, names: Iterable[str], states: list[str], kinds: list[str], formula: dict[str, str]
) -> tuple[dict[str, Reading], dict[str, str]]:
    """Draw a preference for each; `formula` says that one state holds."""
    chosen = {name: rng.choice(kinds) for name in names}
    return {name: KINDS[kind](rng, states, formula) for name, kind in chosen.items()}, chosen


def _some(rng: Random, codes: list[str]) -> list[str]:
    """All codes, or most or few of them, at least two."""
    density = rng.choice((1.0, 1.0, 0.8, 0.6, 0.4))
    kept = [code for code in codes if rng.random() < density]
    return kept if len(kept) >= 2 else codes


def _conjunction(options: list[str], code: str) -> str:
    """The formula that holds in one state only."""
    return "(" + " and ".join(option if letter == "Y" else f"not {option}" for option, letter in zip(options, code, strict=True)) + ")"


# -- rankings ------------------------------------------------------------------------------------------------------------


def tiers_of(rng: Random, states: list[str]) -> list[list[str]]:
    """Put states on levels, best first: all different, few, or many."""
    if rng.random() < 0.3:
        return [[s] for s in rng.sample(states, len(states))]
    num_levels = rng.randint(1, len(states) + 1)
    level = {s: rng.randrange(num_levels) for s in states}
    return [tier for k in range(num_levels) if (tier := [s for s in states if level[s] == k])]


def _ranking(rng: Random, states: list[str], _: dict[str, str]) -> Reading:
    """A ranking with ties."""
    tiers = tiers_of(rng, states)
    return Reading({"ranking": _written(tiers)}, of_tiers(tiers))


def _great_ranking(rng: Random, states: list[str], _: dict[str, str]) -> Reading:
    """A ranking with great steps below some of its tiers."""
    tiers = tiers_of(rng, states)
    below = [k for k in range(len(tiers) - 1) if rng.random() < 0.4]
    written = {"ranking": _written(tiers), "great_steps": [rng.choice(tiers[k]) for k in below]}
    return Reading(written if below else {"ranking": _written(tiers)}, with_great_steps(tiers, below))


def _partial_ranking(rng: Random, states: list[str], _: dict[str, str]) -> Reading:
    """A ranking of some states, now and then with great steps; the others are unknown against every state."""
    listed = [s for s in states if rng.random() < rng.choice((0.5, 0.8))] or states[:1]
    tiers = tiers_of(rng, listed)
    below = [k for k in range(len(tiers) - 1) if rng.random() < 0.2]
    written: dict[str, Any] = {"ranking": _written(tiers), "unlisted": "unknown"}
    if below:
        written["great_steps"] = [tiers[k][0] for k in below]
    known = with_great_steps(tiers, below)
    return Reading(written, {s: {t: known.get(s, {}).get(t, "?") for t in states if t != s} for s in states})


def _tied_ranking(rng: Random, states: list[str], _: dict[str, str]) -> Reading:
    """A ranking of some states, now and then with great steps; the others are tied below them."""
    listed = [s for s in states if rng.random() < 0.6] or states[:1]
    tiers = tiers_of(rng, listed)
    rest = [s for s in states if s not in listed]
    whole = [*tiers, rest] if rest else tiers
    below = [k for k in range(len(whole) - 1) if rng.random() < 0.3]
    written: dict[str, Any] = {"ranking": _written(tiers), "unlisted": "tied"}
    if below:
        written["great_steps"] = [tiers[k][-1] for k in below]
    return Reading(written, with_great_steps(whole, below))


def with_great_steps(tiers: list[list[str]], below: list[int]) -> Signs:
    """Compare states by a ranking; what lies on two sides of a great step differs greatly."""
    place = {s: k for k, tier in enumerate(tiers) for s in tier}
    signs = of_tiers(tiers)
    for s, row in signs.items():
        for t in row:
            upper, lower = sorted((place[s], place[t]))
            if any(upper <= k < lower for k in below):
                row[t] += row[t]
    return signs


def _written(tiers: list[list[str]]) -> list[Any]:
    """A ranking as a case file writes it."""
    return [tier[0] if len(tier) == 1 else tier for tier in tiers]


# -- pairs ---------------------------------------------------------------------------------------------------------------


def _pairs(rng: Random, states: list[str], _: dict[str, str]) -> Reading:
    """Some pairs of a hidden ranking, each on its own line; far apart is greatly apart."""
    worth = {s: rng.randrange(rng.choice((2, 4, 8))) for s in states}
    great = rng.choice((2, 3, 99))
    density = rng.choice((0.3, 0.6, 0.9, 1.0))
    said = {pair: _between(worth, great, *pair) for pair in combinations(states, 2) if rng.random() < density}
    lines = [_line(rng, s, t, how) for (s, t), how in said.items()]
    return _from_pairs(rng, states, lines, {(s, t): how for (s, t), how in said.items()})


def _chains(rng: Random, states: list[str], _: dict[str, str]) -> Reading:
    """A few chains through a hidden ranking with great steps; each holds for all its pairs."""
    tiers = tiers_of(rng, states)
    signs = with_great_steps(tiers, [k for k in range(len(tiers) - 1) if rng.random() < 0.4])
    order = [s for tier in tiers for s in tier]
    lines: list[str] = []
    said: dict[tuple[str, str], str] = {}
    for _chain in range(rng.randint(1, 3)):
        chain = sorted(rng.sample(order, rng.randint(2, min(4, len(order)))), key=order.index)
        lines.append(chain[0] + "".join(f" {signs[t][s]} {t}" for s, t in pairwise(chain)))
        said |= {(s, t): signs[s][t] for s, t in combinations(chain, 2)}
    return _from_pairs(rng, states, _once(lines), said)


def _once(lines: list[str]) -> list[str]:
    """Leave out repeated lines."""
    return list(dict.fromkeys(lines))


def _between(worth: dict[str, int], great: int, s: str, t: str) -> str:
    """How t compares with s, by what each is worth."""
    gain = worth[t] - worth[s]
    return "=" if gain == 0 else (">" if gain > 0 else "<") * (2 if abs(gain) >= great else 1)


def _line(rng: Random, s: str, t: str, how: str) -> str:
    """A pair as a case file writes it, the better state first."""
    if how == "=":
        s, t = rng.sample((s, t), 2)
        return f"{s} = {t}"
    return f"{t} {how} {s}" if ">" in how else f"{s} {OPPOSITE[how]} {t}"


def _from_pairs(rng: Random, states: list[str], lines: list[str], said: dict[tuple[str, str], str]) -> Reading:
    """What is not said is unknown."""
    if not lines:
        return _pairs(rng, states, {})
    both = said | {(t, s): OPPOSITE[how] for (s, t), how in said.items()}
    signs = {s: {t: both.get((s, t), "?") for t in states if t != s} for s in states}
    return Reading({"pairs": rng.sample(lines, len(lines)), "unlisted": "unknown"}, signs)


# -- statements ----------------------------------------------------------------------------------------------------------


class Statement(NamedTuple):
    """The states in which it holds, and what sets it apart."""

    holds: frozenset[str]
    greatly: bool
    doubtful: bool


def _statements(rng: Random, states: list[str], formula: dict[str, str]) -> Reading:
    """Statements, the most important first."""
    return _from_statements(_draw(rng, states, 0, 0.0), states, formula)


def _great_statements(rng: Random, states: list[str], formula: dict[str, str]) -> Reading:
    """The first statements decide greatly."""
    return _from_statements(_draw(rng, states, rng.randint(1, 2), 0.0), states, formula)


def _doubtful_statements(rng: Random, states: list[str], formula: dict[str, str]) -> Reading:
    """Of some statements nobody knows whether they are wanted."""
    return _from_statements(_draw(rng, states, 0, 0.5), states, formula)


def _hybrid_statements(rng: Random, states: list[str], formula: dict[str, str]) -> Reading:
    """The first statements decide greatly, and some later ones are doubtful."""
    return _from_statements(_draw(rng, states, 1, 0.5), states, formula)


def _draw(rng: Random, states: list[str], num_greatly: int, doubt: float) -> list[Statement]:
    """Draw one to four statements, each true in some states and not in all."""
    tables = [frozenset(rng.sample(states, rng.randint(1, len(states) - 1))) for _ in range(max(num_greatly, rng.randint(1, 4)))]
    tables = list(dict.fromkeys(tables))
    return [Statement(table, k < num_greatly, k >= num_greatly and rng.random() < doubt) for k, table in enumerate(tables)]


def _from_statements(statements: list[Statement], states: list[str], formula: dict[str, str]) -> Reading:
    """Write statements as formulas; the first in which two states differ decides."""
    written = []
    for one in statements:
        entry: dict[str, Any] = {"that": " or ".join(formula[s] for s in sorted(one.holds))}
        written.append(entry | ({"greatly": True} if one.greatly else {}) | ({"doubtful": True} if one.doubtful else {}))
    return Reading({"prefers": written}, {s: {t: by_statements(statements, s, t) for t in states if t != s} for s in states})


def by_statements(statements: list[Statement], s: str, t: str) -> str:
    """How t compares with s."""
    for one in statements:
        if (s in one.holds) != (t in one.holds):
            return "?" if one.doubtful else (">" if t in one.holds else "<") * (2 if one.greatly else 1)
    return "="


KINDS = {
    "ranking": _ranking,
    "great ranking": _great_ranking,
    "partial ranking": _partial_ranking,
    "tied ranking": _tied_ranking,
    "pairs": _pairs,
    "chains": _chains,
    "statements": _statements,
    "great statements": _great_statements,
    "doubtful statements": _doubtful_statements,
    "hybrid statements": _hybrid_statements,
}
