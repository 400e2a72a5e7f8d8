"""How many renderings of one saying are linked when reading comes first, and how long the linking of many sayings takes.

    python benchmarks/renderings.py          # the texts of tests/news: read, linked, scored
    python benchmarks/renderings.py 20000    # so many made-up sayings: seconds and comparisons

The first needs the language model. What is read counts as an annotated statement where half of the characters of both are common.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import newsset
from offramp.reading.candidates import read_sources
from offramp.sayings.candidates import length, overlapping
from offramp.sayings.gather import gather
from offramp.sayings.link import link
from offramp.sayings.records import Saying
from offramp.sources.store import add_source
from tellings import across, read_news


def read_case(folder: Path) -> list[Saying]:
    """Return what is read in the texts of `tests/news`."""
    for text in newsset.load():
        file = folder / f"{text['doc_id']}.txt"
        file.write_text(text["text"], encoding="utf-8")
        name = "t" + text["doc_id"].replace("-", "_")
        add_source(folder, file, id=name, kind="original", encoding=None, outlet=text["outlet"], date=text["date"], language="en")
    read_sources(folder)
    return list(gather(folder).sayings)


def is_same(read: Saying, annotated: Saying) -> bool:
    """Return whether a reading is an annotated statement."""
    longest = max(length(read.spans), length(annotated.spans))
    return read.source[1:].replace("_", "-") == annotated.source and overlapping(read.spans, annotated.spans) >= longest / 2


def news() -> None:
    """Print precision and recall of the pairs that are linked after reading."""
    annotated, wanted = read_news()
    with tempfile.TemporaryDirectory() as folder:
        read = read_case(Path(folder))
    places = [next((place for place, one in enumerate(annotated) if is_same(there, one)), -1) for there in read]
    found = across(read)
    right = {(places[a], places[b]) for a, b in found} & wanted
    there = {(a, b) for a, b in combinations(sorted(set(places)), 2)} & wanted
    print(f"{len(found)} pairs linked, {len(right)} of them right; {len(wanted)} wanted, of {len(there)} both were read")


def made_up(number: int) -> list[Saying]:
    """Return sayings of words at random, common and rare, ten a report."""
    rng = random.Random(1)
    words = ["".join(rng.choice("bcdfgklmnprst") + rng.choice("aeiou") for _ in range(4)) for _ in range(20_000)]
    weights = [1 / (place + 5) for place in range(len(words))]
    return [
        Saying(
            f"s{place}",
            f"r{place // 10}",
            " ".join(rng.choices(words, weights, k=rng.randint(8, 30))),
            "indirect",
            said_on=f"2031-{rng.randint(1, 12):02}",
            speaker=rng.choice(["Ann Poe", "Bo Tay", "a minister", ""]),
        )
        for place in range(number)
    ]


def speed(number: int) -> None:
    """Print how long linking takes."""
    sayings = made_up(number)
    begin = time.perf_counter()
    found = link(sayings)
    print(f"{number:,} sayings: {time.perf_counter() - begin:.1f} seconds, {found.num_comparisons:,} comparisons")


if __name__ == "__main__":
    speed(int(sys.argv[1])) if sys.argv[1:] else news()
