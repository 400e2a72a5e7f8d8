"""The sweep as a whole: the same bytes however it is worked out, and what is said when it cannot go on."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import offramp
from killing import kill_at_random
from offramp.analysis.sweep import Store, parts, run, sweep
from offramp.analysis.sweep.parts import PART, Task, Worker, answers
from offramp.analysis.sweep.shares import wilson
from offramp.analysis.sweep.weights import weighed
from offramp.case.load import CaseFile, read_case_text
from offramp.case.variant import PLAIN, Variant
from offramp.errors import CaseError, ChoiceError, Problem, StorageError, WorkerError
from offramp.model.build import Builder
from offramp.report.sweep_records import sweep_record

CASE = """
offramp: 1
title: Two switches
as_of: 2026-01
decision_makers: {anna: {options: {leave: {}, talk: {}}}, bert: {options: {pay: {}}}}
rules:
  tie: {require: pay -> leave, contested: true}
  loose: {require: not (talk and pay), basis: inferred}
readings:
  anna:
    one: {weight: 3, prefers: [{that: leave}, {any_order: [{that: pay}, {that: not talk}]}]}
    two: {weight: 0.1, prefers: [{that: talk -> pay}, {that: not leave, basis: inferred}]}
  bert: {only: {prefers: [{any_order: [{that: pay}, {that: leave}, {that: not talk}]}]}}
conditions: {winter: {holds: false, contested: true}}
norms: {law: {binds: [anna], forbids: pay, when: winter}}
people: {carl: {wish: leave}}
claims: {moves: {possible: {end: leave}}, never: {only_if: {end: pay, needs: leave}}}
"""
SAMPLE = 2 * PART + 5_000
"""Three parts."""


def builder(text: str = CASE, **variant: Any) -> Builder:
    return Builder(read_case_text(text), variant=Variant(**variant))


def told(found: run.Sweep) -> str:
    return json.dumps(sweep_record(found))


def swept(say: Callable[[str], None], store: str, workers: str) -> None:
    """Sweep: the work that is killed."""
    with Store(Path(store)) as kept:
        sweep(builder(), sample=SAMPLE, base_points=4096, workers=int(workers), store=kept, watch=lambda *done: say(str(done)))


@pytest.fixture(scope="module")
def expected() -> str:
    return told(sweep(builder(), sample=SAMPLE, base_points=4096))


# -- the same bytes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [2, 3])
def test_the_same_answer_with_more_processes(workers: int, expected: str) -> None:
    assert told(sweep(builder(), sample=SAMPLE, base_points=4096, workers=workers)) == expected
    assert multiprocessing.active_children() == []


def test_the_same_answer_in_whatever_order_parts_arrive(monkeypatch: pytest.MonkeyPatch, expected: str) -> None:
    def backwards(file: CaseFile, task: Task, worker: Worker, known: dict[int, str], workers: int) -> Iterator[tuple[int, str]]:
        yield from [(part, worker.answer(part)) for part in reversed(range(worker.num_parts))]

    monkeypatch.setattr(parts, "_missing", backwards)
    assert told(sweep(builder(), sample=SAMPLE, base_points=4096)) == expected


def test_the_same_answer_in_pieces_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sweep(builder(), base_points=64)
    assert whole.method == "all"
    monkeypatch.setattr(parts, "PART", 7)
    pieces = sweep(builder(), base_points=64)
    assert pieces.importance == whole.importance
    assert {name: each.share for name, each in pieces.shares.items()} == pytest.approx(
        {name: each.share for name, each in whole.shares.items()}, abs=1e-12
    )


@pytest.mark.parametrize("round_", range(2))
def test_the_same_answer_under_other_circumstances(round_: int) -> None:
    script = f"import test_sweep as t; print(t.told(t.sweep(t.builder({CASE!r}), sample=500, base_points=16)))"
    folders = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    circumstances = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Seoul"},
    ]
    environment = {**os.environ, **circumstances[round_], "PYTHONPATH": folders, "OMP_NUM_THREADS": str(1 + round_)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told(sweep(builder(), sample=500, base_points=16))


def test_the_numbers_of_one_sample_on_any_machine() -> None:
    found = sweep(offramp.Builder(offramp.read_case("elmira-12")), vary=["all"], sample=1000, seed=3, base_points=8)
    assert (found.num_variants, found.num_solved) == (16, 1000)
    drawn = Worker(builder().file, Task(PLAIN, None, "sample", 10, 5))._drawn(0)
    assert drawn.readings.tolist() == RECORDED["readings"]
    assert drawn.variations.tolist() == RECORDED["variations"]
    assert drawn.settings.tolist() == RECORDED["settings"]
    got = sweep(builder(), sample=1000, seed=5, base_points=16)
    assert {name: (each.share, each.low, each.high) for name, each in got.shares.items() if name in RECORDED["shares"]} == RECORDED[
        "shares"
    ]
    assert [(each.first, each.total) for each in got.importance["clear"]] == RECORDED["clear"]


# -- stopped and begun again ---------------------------------------------------------------------------------------------


def killed(tmp_path: Path, rounds: int, workers: int, expected: str) -> None:
    def work(number: int) -> list[str]:
        return [f"{Path(__file__).stem}:swept", str(tmp_path / f"store{'-first' if number < 0 else ''}.sqlite"), str(workers)]

    interrupted = kill_at_random(work, lambda number, lines: None, rounds, tmp_path)
    assert interrupted >= 1
    with Store(tmp_path / "store.sqlite") as store:
        assert told(sweep(builder(), sample=SAMPLE, base_points=4096, store=store)) == expected


def test_killed_and_finished(tmp_path: Path, expected: str) -> None:
    killed(tmp_path, 2, 1, expected)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_ten_times_and_finished(tmp_path: Path, workers: int, expected: str) -> None:
    killed(tmp_path, 10, workers, expected)


def test_a_second_run_works_out_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "sweeps.sqlite") as store:
        first = told(sweep(builder(), sample=100, base_points=8, store=store))
        monkeypatch.setattr(Worker, "answer", lambda worker, part: pytest.fail("worked out again"))
        assert told(sweep(builder(), sample=100, base_points=8, store=store)) == first


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 50)


@pytest.mark.usefixtures("small_parts")
def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sweeps.sqlite"
    keep, calls = Store.keep, []

    def full(store: Store, sweep: str, part: int, answer: str) -> None:
        calls.append(part)
        if len(calls) > 3:
            raise StorageError(f"{store.path}: database or disk is full")
        keep(store, sweep, part, answer)

    with Store(path) as store, monkeypatch.context() as patched:
        patched.setattr(Store, "keep", full)
        with pytest.raises(StorageError, match=r"is full; 3 of 5 parts are done and stay done: make room, then run the same command again"):
            sweep(builder(), sample=250, base_points=0, store=store)
    with Store(path) as store:
        seen: list[tuple[str, int, int]] = []
        found = sweep(builder(), sample=250, base_points=0, store=store, watch=lambda *each: seen.append(each))
    assert seen == [("variants", 150, 250), ("variants", 200, 250), ("variants", 250, 250)]
    assert told(found) == told(sweep(builder(), sample=250, base_points=0))


@pytest.mark.usefixtures("small_parts")
def test_a_real_disk_that_fills_up(tmp_path: Path) -> None:
    with Store(tmp_path / "sweeps.sqlite") as store:
        store._connection.execute("PRAGMA max_page_count = 4")
        with pytest.raises(StorageError, match=r"sweeps\.sqlite: database or disk is full; \d+ of 400 parts are done and stay done"):
            sweep(builder(), sample=20_000, base_points=0, store=store)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("is_kept", [True, False])
def test_ctrl_c_says_what_is_done(tmp_path: Path, is_kept: bool) -> None:
    def watch(stage: str, done: int, total: int) -> None:
        if done >= 100:
            raise KeyboardInterrupt

    with Store(tmp_path / "sweeps.sqlite" if is_kept else None) as store, pytest.raises(KeyboardInterrupt) as stopped:
        sweep(builder(), sample=250, base_points=0, store=store, watch=watch)
    kept = "and stay done" if is_kept else "and are lost, for want of a file to keep them in"
    assert stopped.value.__notes__[0].startswith(f"2 of 5 parts are done {kept}")


def test_a_worker_that_dies(tmp_path: Path) -> None:
    def watch(stage: str, done: int, total: int) -> None:
        if done:
            for child in multiprocessing.active_children():
                os.kill(child.pid or 0, signal.SIGKILL)

    said = r"a worker process ended before .* begin again .*; \d+ of \d+ parts are done and stay"
    with Store(tmp_path / "sweeps.sqlite") as store, pytest.raises(WorkerError, match=said):
        sweep(builder(), sample=20 * PART, base_points=0, workers=2, store=store, watch=watch)
    assert multiprocessing.active_children() == []


def test_workers_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with pytest.raises(WorkerError, match=r"worker processes cannot be started: Resource temporarily unavailable; use fewer, or one"):
        sweep(builder(), sample=SAMPLE, base_points=0, workers=2)


def test_a_script_without_a_main_guard_is_told(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import offramp\nofframp.sweep(offramp.Builder(offramp.read_case('two-prisoners')), sample=70_000, workers=2)\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "WorkerError: a worker process ended" in done.stderr
    assert "if __name__ ==" in done.stderr.splitlines()[-1]


def test_a_faulty_case_is_told_by_workers_as_by_one_process() -> None:
    import pickle

    error = CaseError([Problem("case.yaml", 3, "rules.a", "found")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


# -- what is kept under which key ----------------------------------------------------------------------------------------


def keys(file: CaseFile, variant: Variant = PLAIN, vary: tuple[str, ...] | None = None, seed: int = 0, size: int = 9) -> str:
    return Task(variant, vary, "sample", size, seed).key(file)


def test_the_key_changes_with_everything_that_is_asked() -> None:
    file = read_case_text(CASE)
    others = {
        keys(file),
        keys(file, seed=1),
        keys(file, size=10),
        keys(file, vary=("all",)),
        keys(file, Variant(as_of="2025")),
        keys(file, Variant(readings=(("anna", "two"),))),
        keys(file, Variant(settled=(("tie", True),))),
        keys(file, Variant(settled=(("tie", False),))),
        keys(file, Variant(dropped=frozenset({("rules", "loose")}))),
        keys(weighed(file, {("anna", "two"): 0.2})),
        *(keys(read_case_text(CASE.replace(*change))) for change in CHANGES),
        Task(PLAIN, None, "points", 9, 0).key(file),
        Task(PLAIN, None, "all", 9, 0).key(file),
    }
    assert len(others) == 12 + len(CHANGES)


CHANGES = [
    ("weight: 3", "weight: 2"),
    ("{that: leave}, {any_order: [{that: pay}, ", "{that: not leave}, {any_order: [{that: pay}, "),
    ("basis: inferred}\nreadings", "basis: stated}\nreadings"),
    ("talk: {}", "talk: {irreversible: true}"),
    ("as_of: 2026-01", "as_of: 2026-02"),
    ("holds: false", "holds: true"),
    ("forbids: pay", "requires: pay"),
    ("wish: leave", "wish: pay"),
    ("needs: leave", "needs: talk"),
]


def test_the_key_does_not_change_with_the_order_of_what_is_asked() -> None:
    file = read_case_text(CASE)
    assert keys(file, vary=("rules", "readings")) == keys(file, vary=("readings", "rules", "rules"))
    one, other = Variant(settled=(("tie", True), ("winter", False))), Variant(settled=(("winter", False), ("tie", True)))
    assert keys(file, one) == keys(file, other)


# -- what cannot be asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"sample": 0}, "a sample of 0; from 1 to 100,000,000"),
        ({"workers": 0}, "0 processes; at least 1"),
        ({"seed": -1}, "the seed -1; a whole number from 0"),
        ({"base_points": 100}, "100 base points; a power of two, such as 256, or 0 for none"),
        ({"base_points": -4}, "-4 base points; a power of two"),
        ({"base_points": 2**24}, "16777216 base points; .* at most 100,000,000 points in all"),
        (
            {"most": None},
            "there are 96,636,764,160 variants; at most 100,000,000 are .*: draw a sample with --sample 20000",
        ),
    ],
)
def test_what_makes_no_sense(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        sweep(offramp.Builder(offramp.read_case("two-prisoners")), **asked)


def test_a_ranking_that_leaves_out_what_a_rule_kept_away_is_void() -> None:
    found = sweep(offramp.Builder(offramp.read_case("elmira-12")))
    assert (found.num_variants, found.num_void) == (16, 15)
    assert found.shares["can_move"].share == 1
    assert found.importance == {}


ONE_FACTOR = """
offramp: 1
title: One question
decision_makers: {a: {options: {x: {}}}}
readings: {a: {r: {weights: {x: 1}}, q: {weights: {x: -1}}}}
"""


def test_a_single_factor_has_an_importance() -> None:
    found = offramp.sweep(offramp.Builder(read_case_text(ONE_FACTOR)), base_points=64)
    assert [factor.label for factor in found.factors] == ["readings.a"]
    assert found.importance
    assert all([(round(there.first), round(there.total)) for there in indices] == [(1, 1)] for indices in found.importance.values())


def test_where_all_is_void_there_are_no_shares() -> None:
    found = sweep(builder(CASE + "status_quo: {pay: true}\n", settled=(("tie", True),)), vary=["readings.anna"])
    assert found.num_void == found.num_solved == found.num_variants
    assert (found.shares, found.importance) == ({}, {})


def test_intervals_are_those_of_scipy() -> None:
    from scipy.stats import binomtest

    for count, number in ((0, 10), (10, 10), (1, 3), (5_000, 20_000), (1, 20_000)):
        want = binomtest(count, number).proportion_ci(0.95, "wilson")
        assert wilson(count / number, number) == pytest.approx((want.low, want.high), abs=1e-12)


def test_answers_say_what_they_are_of() -> None:
    found = answers(builder().file, Task(PLAIN, None, "all", 10, 0), Store())
    assert json.loads(found[0])["number"] == 10


RECORDED: dict[str, Any] = {
    "readings": [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]],
    "variations": [[0, 41], [5, 43], [1, 34], [9, 42], [9, 13], [15, 27], [12, 5], [2, 1], [9, 37], [0, 19]],
    "settings": [[0, 1, 1], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 0, 1], [1, 1, 0], [0, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1]],
    "shares": {
        "rests.nash": (0.381, 0.351410313627, 0.411500454892),
        "can_move": (0.732, 0.703698575421, 0.758525808642),
        "clear": (0.52, 0.489017724658, 0.550829205003),
        "wish.carl": (0.66, 0.63007731959, 0.688698117695),
        "claim.moves": (0.66, 0.63007731959, 0.688698117695),
        "mover.anna": (0.486, 0.455135255664, 0.516971893573),
    },
    "clear": [
        (0.0, 0.0),
        (-0.142857142857, 0.126984126984),
        (-0.111111111111, 0.380952380952),
        (0.0, 0.0),
        (0.111111111111, 0.634920634921),
        (-0.142857142857, 0.126984126984),
        (0.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.0),
        (-0.396825396825, 0.380952380952),
        (-0.111111111111, 0.126984126984),
        (0.0, 0.0),
        (0.0, 0.0),
    ],
}
"""What was drawn and found on one machine."""
