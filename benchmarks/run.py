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
