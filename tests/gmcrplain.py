"""What a `.gmcr` file means, read in the plainest way: no code of the program under test is used here."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

Y, N = "Y", "N"


@dataclass(frozen=True)
class Plain:
    """A model as its states, moves and orders say it; states by label, the first option first."""

    makers: list[str]
    options: list[tuple[str, str, int]]
    """Name, direction, owner."""
    states: list[str]
    orders: list[dict[str, int]]
    """By decision maker, the number of states that are worse."""
    moves: list[dict[str, set[str]]]
    unseen: list[set[str]]
    coalitions: set[frozenset[int]]


def plain(data: dict[str, Any]) -> Plain:
    """Read a file by the definitions: options by decision maker, states numbered upwards, weights 2^(k-1-j)."""
    owned = [(index, k) for k, maker in enumerate(data["decisionMakers"]) for index in maker["options"]]
    options = [(data["options"][index]["name"], data["options"][index]["permittedDirection"], k) for index, k in owned]
    place = {index: position for position, (index, _) in enumerate(owned)}
    labels = ["".join(reversed(letters)) for letters in product("NY", repeat=len(owned))]
    states = [label for label in labels if not any(matches(label, entry, place) for entry in data["infeasibles"])]
    hidden = [maker.get("misperceptions", []) for maker in data["decisionMakers"]]
    unseen = [{s for s in states if any(matches(s, entry, place) for entry in there)} for there in hidden]
    return Plain(
        makers=[maker["name"] for maker in data["decisionMakers"]],
        options=options,
        states=states,
        orders=[order(data, maker, states, place) for maker in data["decisionMakers"]],
        moves=[moves(k, options, states, unseen[k]) for k in range(len(unseen))],
        unseen=unseen,
        coalitions={frozenset(there) for there in data.get("coalitions", []) if isinstance(there, list) and len(there) > 1},
    )


def matches(label: str, entry: Any, place: dict[int, int]) -> bool:
    """Return whether a state is one of those that an entry, simple or compound, is about."""
    members = entry["members"] if isinstance(entry, dict) else [entry]
    return any(all(label[place[index]] == letter for index, letter in member) for member in members)


def order(data: dict[str, Any], maker: dict[str, Any], states: list[str], place: dict[int, int]) -> dict[str, int]:
    worth = dict(zip(states, worths(data, maker, states, place), strict=True))
    return {s: sum(worth[t] < worth[s] for t in states) for s in states}


def worths(data: dict[str, Any], maker: dict[str, Any], states: list[str], place: dict[int, int]) -> list[float]:
    is_manual = data["useManualPreferenceRanking"] if "useManualPreferenceRanking" in data else data["useManualPreferenceVectors"]
    if is_manual and ("preferenceRanking" in maker or "preferenceVector" in maker):
        ranking = maker["preferenceRanking"] if "preferenceRanking" in maker else maker["preferenceVector"]
        tiers = [tier if isinstance(tier, list) else [tier] for tier in ranking]
        return [next(-k for k, tier in enumerate(tiers) if number in tier) for number in range(1, len(states) + 1)]
    if "preferences" not in maker:
        return list(maker["payoffs"])
    entries = maker["preferences"]
    return [sum(2 ** (len(entries) - 1 - j) for j, entry in enumerate(entries) if matches(s, entry, place)) for s in states]


def moves(k: int, options: list[tuple[str, str, int]], states: list[str], unseen: set[str]) -> dict[str, set[str]]:
    return {s: {t for t in states if s != t and not {s, t} & unseen and can_move(k, options, s, t)} for s in states}


def can_move(k: int, options: list[tuple[str, str, int]], s: str, t: str) -> bool:
    changed = [place for place in range(len(options)) if s[place] != t[place]]
    ways = {"both": "YN", "fwd": "Y", "back": "N"}
    return all(options[place][2] == k and t[place] in ways[options[place][1]] for place in changed)


def parts(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a file says, entry by entry, in the order of the decision makers' options: what a round trip has to keep.

    Statements that hold always or never are left out; what stands in one statement or one set of patterns has no order.
    """
    owned = [index for maker in data["decisionMakers"] for index in maker["options"]]
    place = {index: position for position, index in enumerate(owned)}
    ranking = [maker.get("preferenceRanking", maker.get("preferenceVector")) for maker in data["decisionMakers"]]
    return {
        "infeasible": patterns(data["infeasibles"], place),
        "unseen": [patterns(maker.get("misperceptions", []), place) for maker in data["decisionMakers"]],
        "statements": [statements(maker.get("preferences", []), place) for maker in data["decisionMakers"]],
        "rankings": [[{*tier} if isinstance(tier, list) else {tier} for tier in there or []] for there in ranking],
    }


def patterns(entries: list[Any], place: dict[int, int]) -> set[frozenset[tuple[int, str]]]:
    members = [member for entry in entries for member in (entry["members"] if isinstance(entry, dict) else [entry])]
    return {frozenset((place[index], letter) for index, letter in member) for member in members}


def statements(entries: list[Any], place: dict[int, int]) -> list[set[frozenset[tuple[int, str]]]]:
    found = [patterns([entry], place) for entry in entries]
    return [there for there in found if there and frozenset() not in there]


# -- random files ---------------------------------------------------------------------------------------------------------

NAMES = ["Pay", "pay", "Pay!", "Pay_2", 'say "no"', "it's", "two\nlines", "한국", "é", "\U0001f4a7", "", " ", "-", "a: [b]", "# hash"]
NAMES += ["not", "1", "x" * 90]


def random_file(rng: Random) -> dict[str, Any]:
    """Return a sound file with any mix of what the format has had."""
    while True:
        data = drawn(rng)
        if plain_states(data) and all(sees(data, maker) for maker in data["decisionMakers"]):
            return ranked(rng, data)


def plain_states(data: dict[str, Any]) -> list[str]:
    bare = [{**maker, "preferences": []} for maker in data["decisionMakers"]]
    return plain({**data, "useManualPreferenceRanking": False, "decisionMakers": bare}).states


def sees(data: dict[str, Any], maker: dict[str, Any]) -> bool:
    more = {**data, "infeasibles": [*data["infeasibles"], *maker.get("misperceptions", [])]}
    return bool(plain_states(more))


def drawn(rng: Random) -> dict[str, Any]:
    num_makers, num_options = rng.randint(1, 4), rng.randint(1, 6)
    owners = [rng.randrange(num_makers) for _ in range(num_options)]
    indices = rng.sample(range(num_options), num_options) if rng.random() < 0.5 else list(range(num_options))
    makers = [maker(rng, [index for index in indices if owners[index] == k], num_options) for k in range(num_makers)]
    ways = ["both", "both", "fwd", "back"]
    data: dict[str, Any] = {
        "options": [{"name": rng.choice(NAMES), "permittedDirection": rng.choice(ways)} for _ in range(num_options)],
        "decisionMakers": makers,
        "infeasibles": [pattern(rng, num_options, 2) for _ in range(rng.randint(0, 4))],
    }
    if rng.random() < 0.6:
        data |= {"program": "gmcr-py", "version": rng.choice(["0.3.1", "0.3.4", "0.3.12", "0.3.13"])}
    if rng.random() < 0.6:
        data["coalitions"] = together(rng, num_makers)
        data["coalitionsFull"] = []
    return data


def maker(rng: Random, own: list[int], num_options: int) -> dict[str, Any]:
    statements = [entry(rng, num_options) for _ in range(rng.randint(0, 5))]
    found: dict[str, Any] = {"name": rng.choice(NAMES), "options": own, "preferences": statements}
    if rng.random() < 0.4:
        found["misperceptions"] = [rng.choice([pattern, entry])(rng, num_options, 1) for _ in range(rng.randint(0, 2))]
    return found


def pattern(rng: Random, num_options: int, least: int) -> list[list[Any]]:
    places = rng.sample(range(num_options), rng.randint(min(least, num_options), num_options))
    return [[place, rng.choice("YN")] for place in places]


def entry(rng: Random, num_options: int, least: int = 0) -> Any:
    if rng.random() < 0.6:
        return pattern(rng, num_options, least)
    return {"compound": True, "members": [pattern(rng, num_options, 1) for _ in range(rng.randint(0, 3))]}


def together(rng: Random, num_makers: int) -> list[Any]:
    if num_makers > 2 and rng.random() < 0.5:
        return [rng.sample(range(2), 2), *range(2, num_makers)]
    return [rng.choice([k, [k]]) for k in range(num_makers)]


def ranked(rng: Random, data: dict[str, Any]) -> dict[str, Any]:
    """Add rankings under either key, switched on or off, or payoffs, beside statements or instead of them."""
    number, kind = len(plain_states(data)), rng.choice(["off", "off", "on", "on", "payoffs", "payoffs alone"])
    old = rng.random() < 0.4
    data["useManualPreferenceVectors" if old else "useManualPreferenceRanking"] = kind == "on"
    for there in data["decisionMakers"]:
        if kind == "on" or (kind == "off" and rng.random() < 0.2):
            there["preferenceVector" if old else "preferenceRanking"] = tiers(rng, number)
        if kind.startswith("payoffs"):
            there["payoffs"] = [rng.randint(1, 4) for _ in range(number)]
        if kind == "payoffs alone" and rng.random() < 0.7:
            del there["preferences"]
    return data


def tiers(rng: Random, number: int) -> list[Any]:
    found: list[Any] = []
    for state in rng.sample(range(1, number + 1), number):
        if found and rng.random() < 0.3:
            found[-1] = [*found[-1], state] if isinstance(found[-1], list) else [found[-1], state]
        else:
            found.append(rng.choice([state, state, [state]]))
    return found
