"""Fit the weights of `offramp.reading.confidence` on our own annotated news, and print them rounded; it needs numpy and the extra ``read``.

    PYTHONPATH=src:tests python benchmarks/confidence.py
    PYTHONPATH=src:tests python benchmarks/confidence.py --check GOLD.json    # how often other annotated news bears the numbers out

A statement is right if half its words or more are those of an annotated one; what the annotation leaves free does not count.
A logistic sum is fitted with a penalty on all but the common level, so that what is rare stays close to it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import newsset
from newsscore import pair_up
from offramp.reading import confidence, engine
from offramp.reading.parse import parse
from offramp.reading.view import views

FOLDERS = (newsset.FOLDER, newsset.FOLDER / "more", newsset.FOLDER / "third")
PENALTY = 1.0
STEPS = 50
BANDS = (0.9, 0.8, 0.7, 0.5, 0.0)
Case = tuple[list[str], bool]


def read(doc: dict[str, Any]) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Return the statements read in a text, and the features of each."""
    seen: list[list[str]] = []

    def watch(text: str, finding: Any) -> float:
        seen.append(confidence.features(text, finding))
        return 0.0

    with patch.object(engine, "confidence", watch):
        found = engine.statements(doc["text"], parse(views(doc["text"])), doc.get("outlet", ""))
    return [{"quote_spans": one.quote_spans} for one in found], seen


def cases(docs: list[dict[str, Any]]) -> list[Case]:
    """Return features of all statements read that count, and whether each is right."""
    made: list[Case] = []
    for doc in docs:
        gold = doc["statements"]
        counted = {i for i, one in enumerate(gold) if one.get("track", "speech") == "speech"}
        found, seen = read(doc)
        pairs, wanted, given = pair_up(doc["text"], gold, found)
        free = frozenset().union(*(words for i, words in wanted.items() if i not in counted))
        right = {j: i in counted for i, j in pairs.items()}
        for j, features in enumerate(seen):
            if right.get(j, 2 * len(given[j] & free) < len(given[j])):
                made.append((features, j in right))
    return made


def fitted(made: list[Case]) -> dict[str, float]:
    """Return the weight of each feature: log odds, by Newton's method."""
    names = list(confidence.WEIGHTS)
    table = np.array([[name == "any" or name in features for name in names] for features, _ in made], dtype=float)
    right = np.array([one for _, one in made], dtype=float)
    penalty = np.array([0.0 if name == "any" else PENALTY for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - chance) - penalty * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty + 1e-9)
        weights += np.linalg.solve(curve, slope)
    return dict(zip(names, np.round(weights, 1).tolist(), strict=True))


def check(made: list[Case]) -> None:
    """Print how many statements of each band of confidence are right."""
    numbers = [(confidence.chance(features), right) for features, right in made]
    above = 1.01
    for floor in BANDS:
        band = [(number, right) for number, right in numbers if floor <= number < above]
        above = floor
        if band:
            mean, share = (sum(column) / len(band) for column in zip(*band, strict=True))
            print(f"from {floor}: {len(band)} statements, mean {mean:.2f}, right {share:.2f}")


def main() -> None:
    """Print the fitted weights, or how the present ones do on other news."""
    if "--check" in sys.argv:
        docs = json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8"))["docs"]
        check(cases(docs))
        return
    made = cases([doc for folder in FOLDERS for doc in newsset.load(folder)])
    print(len(made), "statements,", sum(right for _, right in made), "right")
    for name, weight in fitted(made).items():
        print(f"    {name!r}: {weight},")


if __name__ == "__main__":
    main()
