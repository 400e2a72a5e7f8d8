"""Measure Offramp and write the figures down: `make bench`.

Every figure is a ratio within this run, or a growth over sizes measured in it;
equal answers are asserted along the way. Prints a page and writes it to
docs/benchmarks.md.
"""

import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 11
SIZES = range(10, 17)

EMPTY = """\
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    "Nothing."


if __name__ == "__main__":
    app()
"""


def environment() -> dict[str, str]:
    """Return the environment of a measured command: byte code is cached, as after an installation."""
    return {key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}


def seconds(command: list[str]) -> float:
    """Return how long a command takes, from its start to its end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    return time.perf_counter() - start


def commands(folder: Path) -> dict[str, tuple[list[str], float]]:
    """Return what is timed against T, with the goal of each as a multiple of T."""
    offramp = [sys.executable, "-m", "offramp"]
    case = str(folder / "case")
    subprocess.run([*offramp, "demo", "--to", case], check=True, stdout=subprocess.DEVNULL, env=environment())
    return {
        "offramp --help": ([*offramp, "--help"], 1.3),
        "offramp solve (bundled case, table)": ([*offramp, "solve", case], 3.0),
        "offramp solve (bundled case, JSON)": ([*offramp, "solve", case, "--format", "json"], 3.0),
        "offramp brief (bundled case, the whole grid)": ([*offramp, "brief", case, "--for", "public", "--to", str(folder / "out")], 8.0),
    }


def start_up() -> list[str]:
    """Return the table of whole commands, each run in turn with the empty application."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        empty = [sys.executable, str(folder / "empty.py"), "--help"]
        table = ["| command | goal | median of T | median | ratio |", "|---|---|---|---|---|"]
        for label, (command, goal) in commands(folder).items():
            seconds(empty), seconds(command)
            pairs = [(seconds(empty), seconds(command)) for _ in range(RUNS)]
            ratio = statistics.median(there / here for here, there in pairs)
            here, there = (statistics.median(column) for column in zip(*pairs, strict=True))
            verdict = "" if ratio <= goal else " (missed)"
            table.append(f"| `{label}` | {goal} T | {here:.3f} s | {there:.3f} s | {ratio:.2f} T{verdict} |")
    return table


BRIEF_ALONE = """\
import sys
from pathlib import Path

import offramp.cli
from offramp.analysis.findings import findings
from offramp.case.load import read_case
from offramp.model.build import Builder
from offramp.report.brief import brief, write_brief
from offramp.sources.evidence import read_evidence
from offramp.sources.protect import read_identifiers

folder, out = map(Path, sys.argv[1:])
file = read_case(folder)
write_brief(out, brief(file, read_evidence(folder), findings(Builder(file)), "public"), read_identifiers(folder))
"""
"""A brief without what turns its answer: the whole grid of the case as it stands, told."""


def flips_beside_brief() -> list[str]:
    """Return how long all flips of the bundled case take beside a brief that does not ask for any, run in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = str(folder / "case")
        subprocess.run([sys.executable, "-m", "offramp", "demo", "--to", case], check=True, stdout=subprocess.DEVNULL, env=environment())
        (folder / "alone.py").write_text(BRIEF_ALONE, encoding="utf-8")
        alone = [sys.executable, str(folder / "alone.py"), case, str(folder / "out")]
        flips = [sys.executable, "-m", "offramp", "flips", case, "--format", "json"]
        tried = json.loads(subprocess.run(flips, check=True, capture_output=True, text=True, env=environment()).stdout)["num_tried"]
        seconds(alone)
        pairs = [(seconds(alone), seconds(flips)) for _ in range(RUNS)]
    ratio = statistics.median(there / here for here, there in pairs)
    here, there = (statistics.median(column) for column in zip(*pairs, strict=True))
    verdict = "" if ratio <= 1 else " (missed)"
    return [
        "| command | goal | median of the brief | median | ratio |",
        "|---|---|---|---|---|",
        f"| `offramp flips` ({tried} changes, up to 512 cells each) | 1.0 | {here:.3f} s | {there:.3f} s | {ratio:.2f}{verdict} |",
    ]


def sure(kind: str) -> dict[str, float]:
    """Return what `sure.py` measures in a process of its own."""
    command = [sys.executable, str(ROOT / "benchmarks" / "sure.py"), kind]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout)


def sweeps() -> list[str]:
    """Return the table of sweeps: beside solving one by one, and in two processes beside one; each the median of three runs."""
    one = sorted((sure("one") for _ in range(3)), key=lambda run: run["swept"] / run["singly"])[1]
    two = sorted((sure("two") for _ in range(3)), key=lambda run: run["one"] / run["two"])[1]
    rate, gain = one["swept"] / one["singly"], two["one"] / two["two"]
    return [
        "| what | goal | beside | measured | ratio |",
        "|---|---|---|---|---|",
        f"| variants a second, {one['number']:,} of one cell swept | 100 | {one['singly']:,.0f} solved one by one by `solve` "
        f"| {one['swept']:,.0f} | {rate:.0f}{'' if rate >= 100 else ' (missed)'} |",
        f"| a sweep of {two['number']:,} draws over the whole case in two processes | 1.7 | {two['one']:.1f} s in one "
        f"| {two['two']:.1f} s | {gain:.2f}{'' if gain >= 1.7 else ' (missed)'} |",
    ]


def measure(kind: str, exponent: int, path: str) -> dict[str, float]:
    """Return the best of three runs of one size, with the peak of memory over the start."""
    command = [sys.executable, str(ROOT / "benchmarks" / "scale.py"), kind, str(exponent), path]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout) for _ in range(3)]
    assert len({run["digest"] for run in runs}) == 1
    best = min(runs, key=lambda run: run["seconds"])
    return {**best, "grown_kib": min(run["peak_kib"] - run["base_kib"] for run in runs)}


def slope(values: list[float]) -> float:
    """Return the exponent of growth: 1 is linear, 2 is quadratic."""
    x = [math.log(2) * exponent for exponent in SIZES]
    return statistics.linear_regression(x, [math.log(value) for value in values]).slope


def growth(kind: str) -> list[str]:
    """Return the table of sizes for one kind of model, both paths beside each other."""
    table = ["| states | NumPy | memory | Numba | NumPy / Numba |", "|---|---|---|---|---|"]
    plain, memory, compiled = [], [], []
    for exponent in SIZES:
        numpy, numba = measure(kind, exponent, "numpy"), measure(kind, exponent, "numba")
        assert numpy["digest"] == numba["digest"], "the two paths differ"
        plain.append(numpy["seconds"])
        compiled.append(numba["seconds"])
        memory.append(max(numpy["grown_kib"], 1))
        table.append(
            f"| 2^{exponent} | {plain[-1] * 1000:.1f} ms | {memory[-1] / 1024:.1f} MiB | {compiled[-1] * 1000:.1f} ms "
            f"| {plain[-1] / compiled[-1]:.2f} |"
        )
    table.append("")
    table.append(
        f"Growth exponent, 1 being linear: NumPy time {slope(plain):.2f}, Numba time {slope(compiled):.2f}, memory {slope(memory):.2f}."
    )
    return table


def read(*arguments: str) -> dict[str, float]:
    """Return what `corpus.py` measures in a process of its own."""
    command = [sys.executable, str(ROOT / "benchmarks" / "corpus.py"), *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout)


def reports() -> list[str]:
    """Return the table of reading: beside the bare language model, on all cores, and a corpus from the first report to the last."""
    model, cores, corpus = read("model"), read("cores", "200"), read("corpus", "2000")
    per_second = (corpus["number"] - corpus["before"]) / corpus["number"] * corpus["words"] / corpus["took"]
    return [
        "| what | goal | beside | measured | ratio |",
        "|---|---|---|---|---|",
        f"| reading our own news on one core, with names, dates and law | 1.3 times the bare model | {model['bare']:,.0f} words/s "
        f"| {model['read']:,.0f} words/s | {model['ratio']:.2f}{'' if model['ratio'] <= 1.3 else ' (missed)'} |",
        f"| {cores['number']} reports, one process a core | | {cores['one']:.0f} s in one process | {cores['all']:.0f} s "
        f"| {cores['one'] / cores['all']:.2f} |",
        f"| {corpus['number']:,} reports, {corpus['words']:,} words: stored | | | {corpus['added']:.0f} s | |",
        f"| killed when {corpus['before']:,} were read, then gone on with to the end | | | {corpus['took']:.0f} s "
        f"| {per_second:,.0f} words/s |",
        f"| memory of all processes, in the first 40 % and after | flat | {corpus['early_mib']:.0f} MiB | {corpus['late_mib']:.0f} MiB "
        f"| {corpus['late_mib'] / corpus['early_mib']:.2f} |",
        f"| a second run, nothing being new | | | {corpus['again']:.1f} s | |",
        f"| a further run with one new report | | | {corpus['one_more']:.1f} s | |",
    ]


def kernels() -> list[str]:
    """Return the table of the two kernels beside each other."""
    table = ["| states | maximin over ranks | any preference | ratio |", "|---|---|---|---|"]
    for exponent in range(8, 14):
        command = [sys.executable, str(ROOT / "benchmarks" / "kernels.py"), str(exponent)]
        run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout)
        ranked, compared = run["ranked"], run["compared"]
        table.append(f"| 2^{exponent} | {ranked * 1000:.1f} ms | {compared * 1000:.1f} ms | {compared / ranked:.0f} |")
    return table


def main() -> None:
    page = [
        "# Benchmarks",
        "",
        "Written by `make bench`; ratios within one run, equal answers asserted. Goals that are missed stay as measured.",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}.",
        "",
        "## Whole commands, from a cold start",
        "",
        f"T is the time of an empty typer application's `--help`, run in turn with each command, {RUNS} times.",
        "",
        *start_up(),
        "",
        "## Many variants of a case",
        "",
        "All flips of the bundled case, beside a brief of it that does not ask what turns its answer.",
        "",
        *flips_beside_brief(),
        "",
        "A sweep works out the headlines; `solve` the stability of every state, of models whose states and moves are shared. What both say "
        "of the status quo is the same. The rates of two processes are those of a machine that has nothing else to do.",
        "",
        *sweeps(),
        "",
        "## Many reports",
        "",
        "Reports made of paragraphs of our own news; as many processes as cores, each with a language model of its own. What one process "
        "finds and what several find is the same.",
        "",
        *reports(),
        "",
        "## Rankings, and preferences of any kind",
        "",
        "Five concepts for one decision maker on the models below. The kernel for unknown pairs, degrees and all settings compares every "
        "state with every other, 64 departures at once; rankings under the default settings need no such comparison.",
        "",
        *kernels(),
        "",
        "## Growth: all combinations of options, random rankings",
        "",
        "4 decision makers, one irreversible option each, 5 concepts; models are built and solved. Sweeps settle every model.",
        "",
        *growth("dense"),
        "",
        "## Growth: one chain of moves through all states",
        "",
        "A staircase on which sweeps do not settle, so the settling kernel does all the work: in plain Python (column NumPy) and compiled.",
        "",
        *growth("corridor"),
        "",
    ]
    text = "\n".join(page)
    print(text)
    (ROOT / "docs").mkdir(exist_ok=True)
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
