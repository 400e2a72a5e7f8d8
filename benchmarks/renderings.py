"""How many renderings of one saying are linked when reading comes first, and how long the linking of many sayings takes.

    python benchmarks/renderings.py          # the texts of tests/news: read, linked, scored
    python benchmarks/renderings.py 20000    # so many made-up sayings: seconds and comparisons
    python benchmarks/renderings.py 24000 repeated    # the same of reports that repeat each other, and all renderings of them

The first needs the language model. What is read counts as an annotated statement where half of the characters of both are common.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import newsset
from offramp.reading.candidates import read_sources
from offramp.sayings.candidates import overlapping
from offramp.sayings.gather import gather
from offramp.sayings.link import link
from offramp.sayings.records import Saying
from offramp.sayings.renderings import renderings
from offramp.sources.candidates import length
from offramp.sources.store import add_source
from tellings import across, read_news

THEMES = "prisoners gates workers families soldiers trucks ships talks borders hospitals quay crane dam mayor union embassy "
DEEDS = "release close open repair inspect return exchange pay warn leave reject accept shell evacuate"
WHERE = "tomorrow near the river without delay in the north before spring under guard again at once"
"""Words of made-up sayings that repeat each other."""


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


def repeated(number: int) -> list[Saying]:
    """Return sayings of reports that repeat each other: 300 sayings about few themes, half of them with one word changed."""
    rng = random.Random(1)
    first = [" and ".join(_deed(rng) for _ in range(rng.randint(1, 3))) for _ in range(300)]
    who = [rng.choice(["Ann Poe", "Bo Tay", "a minister", "Jo Eide", ""]) for _ in first]
    there = []
    for place in range(number):
        which = rng.randrange(len(first))
        words = first[which].split()
        if rng.random() < 0.5:
            words[rng.randrange(len(words))] = rng.choice((THEMES + DEEDS).split())
        kind, day = rng.choice(["direct", "indirect", "mixed"]), f"2031-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        there.append(Saying(f"s{place}", f"r{place // 12}", " ".join(words), kind, reported=day, speaker=who[which]))
    return there


def _deed(rng: random.Random) -> str:
    deed, theme, where = rng.choice(DEEDS.split()), rng.choice(THEMES.split()), " ".join(rng.sample(WHERE.split(), 3))
    return f"we will {deed} {rng.randint(2, 60)} {theme} {where}"


def speed(number: int, is_repeated: bool) -> None:
    """Print how long linking takes, and where the sayings repeat each other, how long all does."""
    sayings = repeated(number) if is_repeated else made_up(number)
    begin = time.perf_counter()
    found = renderings(sayings).linked if is_repeated else link(sayings)
    seconds, megabytes = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{number:,} sayings: {seconds:.1f} seconds, {found.num_comparisons:,} comparisons, {megabytes:,} MB")


if __name__ == "__main__":
    speed(int(sys.argv[1]), "repeated" in sys.argv[2:]) if sys.argv[1:] else news()
