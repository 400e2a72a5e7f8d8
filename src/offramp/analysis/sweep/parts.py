"""A sweep in parts: each is worked out by itself, in any order and by any process, to the same answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context

import numpy as np

from offramp.analysis.headlines import kind
from offramp.analysis.sweep.factors import Drawn, Plan
from offramp.analysis.sweep.solve import Solver
from offramp.analysis.sweep.store import Store
from offramp.case.load import CaseFile
from offramp.case.variant import Variant
from offramp.errors import StorageError
from offramp.model.build import Builder

PART = 1 << 15
"""Number of variants in one part."""

FORMAT = "offramp.sweep/1"
"""Changes whenever the same variants would give other answers."""

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Task:
    """What is swept, in full: the same task gives the same parts anywhere.

    Parameters
    ----------
    variant : Variant
        The part of the grid, and the date.
    vary : tuple of str, optional
        What varies; see `Plan`.
    kind : str
        ``all`` variants; a ``sample``; or ``points`` for the importance of factors.
    size : int
        Number of variants, of draws, or of base points.
    seed : int
        Of a sample, or of the points.
    """

    variant: Variant
    vary: tuple[str, ...] | None
    kind: str
    size: int
    seed: int

    def key(self, file: CaseFile) -> str:
        """Return a key of everything that the answers depend on."""
        case = file.case.model_dump(mode="json")
        variant = {name: sorted(map(str, value)) if isinstance(value, frozenset) else value for name, value in asdict(self.variant).items()}
        content = [FORMAT, PART, case, variant, self.vary, self.kind, self.size, self.seed]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True, default=str).encode()).hexdigest()


class Worker:
    """Works out parts of one task.

    Parameters
    ----------
    file : CaseFile
        The case.
    task : Task
        What is swept.
    """

    def __init__(self, file: CaseFile, task: Task) -> None:
        self.task = task
        self.plan = Plan(Builder(file, variant=task.variant), task.vary)
        self.solver = Solver(self.plan)
        self._bounds = list(self._blocks()) if task.kind == "all" else []

    def _blocks(self) -> Iterator[tuple[int, int, int]]:
        """Yield every part of an exhaustive sweep: the choice of readings, the first variant and the last."""
        for place, (_, number) in enumerate(self.plan.blocks):
            for start in range(0, number, PART):
                yield place, start, min(start + PART, number)

    @property
    def num_points(self) -> int:
        """Number of points at which the importance of factors is worked out."""
        return self.task.size * (len(self.plan.factors) + 2)

    @property
    def num_parts(self) -> int:
        """Number of parts."""
        if self.task.kind == "all":
            return len(self._bounds)
        return -(-(self.num_points if self.task.kind == "points" else self.task.size) // PART)

    def answer(self, part: int) -> str:
        """Return the answer of one part as JSON."""
        found, void = self.solver.truths(self._drawn(part))
        if self.task.kind == "points":
            rows = {name: np.packbits(there).tobytes().hex() for name, there in sorted(found.items()) if kind(name) not in ("mover", "end")}
            return json.dumps({"number": len(void), "rows": rows}, sort_keys=True)
        counts = {name: int(there.sum()) for name, there in found.items() if there.any()}
        block = self._bounds[part][0] if self.task.kind == "all" else -1
        names = sorted(name for name in found if kind(name) not in ("mover", "end"))
        answer = {"block": block, "number": len(void), "void": int(void.sum()), "counts": counts, "names": names}
        return json.dumps(answer, sort_keys=True)

    def _drawn(self, part: int) -> Drawn:
        if self.task.kind == "all":
            block, start, stop = self._bounds[part]
            return self.plan.numbered(self.plan.blocks[block][0], start, stop)
        if self.task.kind == "points":
            from offramp.analysis.sweep.importance import points

            return self.plan.at(points(len(self.plan.factors), self.task.size, self.task.seed, part * PART, (part + 1) * PART))
        random = np.random.default_rng([self.task.seed, part])
        number = min(PART, self.task.size - part * PART)
        return self.plan.at(random.random((number, len(self.plan.factors))))


def answers(file: CaseFile, task: Task, store: Store, workers: int = 1, watch: Watch | None = None) -> list[str]:
    """Return the answers of all parts of a task in order; those in the store are not worked out again.

    Raises
    ------
    StorageError
        If an answer cannot be kept; the message says how to go on.
    """
    key = task.key(file)
    known = store.known(key)
    worker = Worker(file, task)
    total = worker.num_parts
    missing = [part for part in range(total) if part not in known]
    if watch is not None:
        watch(total - len(missing), total)
    try:
        for part, answer in _worked_out(file, task, worker, missing, workers):
            store.keep(key, part, answer)
            known[part] = answer
            if watch is not None:
                watch(len(known), total)
    except StorageError as error:
        raise StorageError(
            f"{error}; {len(known)} of {total} parts are done and stay done: make room, then run the same command again to go on"
        ) from None
    return [known[part] for part in range(total)]


def _worked_out(file: CaseFile, task: Task, worker: Worker, missing: list[int], workers: int) -> Iterator[tuple[int, str]]:
    if workers <= 1 or len(missing) <= 1:
        for part in missing:
            yield part, worker.answer(part)
        return
    with ProcessPoolExecutor(min(workers, len(missing)), get_context("spawn"), _start, (file, task)) as pool:
        running: dict[Future[str], int] = {pool.submit(_answer, part): part for part in missing}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_worker: list[Worker] = []


def _start(file: CaseFile, task: Task) -> None:
    _worker[:] = [Worker(file, task)]


def _answer(part: int) -> str:
    return _worker[0].answer(part)
