"""Hand-made `.gmcr` files, one for each variant of the format, and random changes to them."""

import json
from copy import deepcopy
from random import Random
from typing import Any

Y, N = "Y", "N"


def options(*names: str, **directions: str) -> list[dict[str, str]]:
    return [{"name": name, "permittedDirection": directions.get(name, "both")} for name in names]


def model(**changes: Any) -> dict[str, Any]:
    """Return a small model as GMCR+ saves it today, with some keys changed; a key that is None is left out."""
    data = {
        "decisionMakers": [
            {
                "name": "Syria",
                "options": [0, 1],
                "preferences": [[[0, N], [1, N], [2, N]], [[1, Y]], [[2, N]], [[0, N]]],
                "payoffs": [6, 3, 5, 2, 1, 4],
                "misperceptions": [],
            },
            {
                "name": "Iraq",
                "options": [2],
                "preferences": [{"compound": True, "members": [[[0, Y], [1, N], [2, N]], [[0, N], [2, Y]]]}, [[2, N]]],
                "payoffs": [2, 4, 2, 3, 1, 3],
                "misperceptions": [],
            },
        ],
        "coalitions": [0, 1],
        "coalitionsFull": [],
        "options": options("Release Water", "Escalate", "Attack", Escalate="fwd"),
        "infeasibles": [[[0, Y], [1, Y]]],
        "useManualPreferenceRanking": False,
        "program": "gmcr-py",
        "version": "0.3.13",
    }
    return {key: value for key, value in {**data, **changes}.items() if value is not None}


def makers(**changes: Any) -> list[dict[str, Any]]:
    """Return the decision makers of `model`, each with some keys changed; a key that is None is left out."""
    return [{key: value for key, value in {**maker, **changes}.items() if value is not None} for maker in model()["decisionMakers"]]


def ranked(key: str = "preferenceRanking", **changes: Any) -> list[dict[str, Any]]:
    """Return the decision makers of `model` with rankings under `key`."""
    rankings = [[1, 3, [6, 2], 4, 5], [2, [4, 6], [1, 3], 5]]
    return [{**maker, key: ranking} for maker, ranking in zip(makers(**changes), rankings, strict=True)]


VARIANTS: dict[str, dict[str, Any]] = {
    "statements": model(),
    "rankings": model(useManualPreferenceRanking=True, decisionMakers=ranked()),
    "rankings, no statements": model(useManualPreferenceRanking=True, decisionMakers=ranked(preferences=[])),
    "vectors": model(
        useManualPreferenceRanking=None,
        useManualPreferenceVectors=True,
        version="0.3.1",
        coalitions=None,
        coalitionsFull=None,
        decisionMakers=ranked("preferenceVector", payoffs=None, misperceptions=None),
    ),
    "vectors, switched off": model(
        useManualPreferenceRanking=None, useManualPreferenceVectors=False, decisionMakers=ranked("preferenceVector", payoffs=None)
    ),
    "payoffs alone": model(decisionMakers=makers(preferences=None)),
    "coalition": model(coalitions=[[0, 1]]),
    "coalition of one": model(coalitions=[[0], 1]),
    "misperception": model(decisionMakers=makers(misperceptions=[[[0, Y], [1, N]]])),
    "no preferences": model(decisionMakers=makers(preferences=[])),
    "nothing infeasible": model(infeasibles=[], decisionMakers=makers(payoffs=None)),
    "nothing taken infeasible": model(infeasibles=[[[0, N], [1, N], [2, N]]], decisionMakers=makers(payoffs=None)),
    "if and only if": model(
        decisionMakers=makers(preferences=[{"compound": True, "members": [[[0, Y], [2, Y]], [[0, N], [2, N]]]}], payoffs=None)
    ),
    "if": model(decisionMakers=makers(preferences=[{"compound": True, "members": [[[0, N]], [[2, Y]]]}], payoffs=None)),
    "compound of one": model(decisionMakers=makers(preferences=[{"compound": True, "members": [[[0, N]]]}], payoffs=None)),
    "always and never": model(decisionMakers=makers(preferences=[[], {"compound": True, "members": []}], payoffs=None)),
    "unknown keys": {**model(), "colour": "red", "decisionMakers": makers(mood="good")},
    "options out of order": model(
        options=options("Attack", "Escalate", "Release Water", Escalate="fwd"),
        infeasibles=[[[2, Y], [1, Y]]],
        useManualPreferenceRanking=True,
        decisionMakers=[{**ranked(preferences=[])[0], "options": [2, 1]}, {**ranked(preferences=[])[1], "options": [0]}],
    ),
    "names alike": model(options=options("Full", "Full", "full!")),
    "hostile names": model(options=options('a: {b}, "c" # d', "- x\n\t", "‮"[:0] + "</script>&é한 ")),
    "words of the language": model(options=options("not", "and", "true")),
    "no name": model(options=options("", "", "")),
}


def raw(data: Any) -> bytes:
    return json.dumps(data).encode()


PIECES = [
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"',
    "\\",
    "0",
    "-1",
    "99",
    "9" * 30,
    "1e999",
    "NaN",
    "null",
    "true",
    '"Y"',
    '"N"',
    '"y"',
    "\x07",
    " ",
    "é",
]
PIECES += [
    "\\u202e",
    "\\ud800",
    "\ufeff",
    "\0",
    "[" * 50,
    '"options"',
    '"name":',
    "0.5",
    "{}",
    "[]",
    '"' + "x" * 500 + '"',
    "'",
    "/*",
    "\n",
]


def mutated(rng: Random, text: str) -> str:
    """Return `text` after one to four random changes, to letters or to whole values."""
    if rng.random() < 0.5:
        data = json.loads(text)
        for _ in range(rng.randint(1, 3)):
            change_value(rng, data)
        return json.dumps(data)
    for _ in range(rng.randint(1, 4)):
        here = rng.randrange(len(text) + 1)
        there = min(len(text), here + rng.choice([0, 0, 1, 2, 5, 30]))
        text = text[:here] + rng.choice([*PIECES, ""]) + text[there:]
    return text


VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    7,
    10**17,
    0.5,
    "",
    "Y",
    "x",
    "a\x1b[31m\u202e",
    [],
    [[]],
    {},
    {"a": 1},
    [0, "Y"],
    [[0, "Y"]],
]


def change_value(rng: Random, data: Any) -> None:
    """Put another value somewhere, double an entry, or take one out."""
    while True:
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(data[key], dict | list) and data[key] and rng.random() < 0.8:
            data = data[key]
            continue
        kind = rng.choice(["value", "value", "out", "double"])
        if kind == "value":
            data[key] = deepcopy(rng.choice(VALUES))
        elif kind == "out":
            del data[key]
        elif isinstance(data, list):
            data.append(deepcopy(data[key]))
        return
