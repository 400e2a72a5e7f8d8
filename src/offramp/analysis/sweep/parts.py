"""A sweep in parts: each is worked out by itself, in any order and by any process, to the same answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp import __version__
from offramp.analysis.headlines import kind
from offramp.analysis.sweep.plan import Drawn, Plan
from offramp.analysis.sweep.solve import Solver
from offramp.analysis.sweep.store import Store
from offramp.case.load import CaseFile
from offramp.case.variant import Variant
from offramp.errors import StorageError, WorkerError
from offramp.model.build import Builder
from offramp.parallel import finished

PART = 1 << 15
"""Number of variants in one part."""

FORMAT = "offramp.parts/2"
"""Changes whenever the same variants would give other answers."""

Watch = Callable[[int, int], None]
Bools = NDArray[np.bool_]


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
        """Return a key of everything that the answers depend on: the whole case, with its weights, and what is asked."""
        case = file.case.model_dump(mode="json")
        variant = {name: _in_order(name, value) for name, value in asdict(self.variant).items()}
        vary = None if self.vary is None else sorted(set(self.vary))
        content = [FORMAT, __version__, PART, case, variant, vary, self.kind, self.size, self.seed]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _in_order(name: str, value: Any) -> Any:
    """Return a part of a variant for JSON, sorted where its order says nothing."""
    if isinstance(value, frozenset) or name in ("directions", "settled", "readings"):
        return sorted(json.dumps(each) for each in value)
    return value


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

    @property
    def num_variants(self) -> int:
        """Number of variants that are solved, over all parts."""
        return self.task.size * (len(self.plan.factors) + 2) if self.task.kind == "points" else self.task.size

    @property
    def num_parts(self) -> int:
        """Number of parts."""
        return -(-self.num_variants // PART)

    def size(self, part: int) -> int:
        """Return the number of variants in a part."""
        return min(PART, self.num_variants - part * PART)

    def answer(self, part: int) -> str:
        """Return the answer of one part as JSON."""
        drawn = self._drawn(part)
        found, void = self.solver.truths(drawn)
        if self.task.kind == "points":
            rows = {name: np.packbits(there).tobytes().hex() for name, there in found.items() if kind(name) != "end"}
            return json.dumps({"number": len(void), "rows": rows}, sort_keys=True)
        names = sorted(name for name in found if kind(name) not in ("mover", "end"))
        answer = {"number": len(void), "void": int(void.sum()), "names": names, **self._sums(drawn, found, void)}
        return json.dumps(answer, sort_keys=True)

    def _sums(self, drawn: Drawn, found: dict[str, Bools], void: Bools) -> dict[str, Any]:
        """Return the weight of the variants that are not void, and by headline of those where it is true; in a sample each weighs 1."""
        weights = self.plan.weighed(drawn) if self.task.kind == "all" else np.ones(len(drawn))
        distinct, which = np.unique(weights, return_inverse=True)

        def weight(where: Bools) -> float:
            return fsum((np.bincount(which[where], minlength=len(distinct)) * distinct).tolist())

        return {"standing": weight(~void), "sums": {name: weight(there) for name, there in found.items() if there.any()}}

    def _drawn(self, part: int) -> Drawn:
        number = self.size(part)
        if self.task.kind == "all":
            return self.plan.numbered(part * PART, part * PART + number)
        if self.task.kind == "points":
            from offramp.analysis.sweep.importance import points

            return self.plan.at(points(len(self.plan.factors), self.task.size, self.task.seed, part * PART, part * PART + number))
        random = np.random.default_rng([self.task.seed, part])
        return self.plan.at(random.random((number, len(self.plan.factors))))


def answers(file: CaseFile, task: Task, store: Store, workers: int = 1, watch: Watch | None = None) -> list[str]:
    """Return the answers of all parts of a task in order; those in the store are not worked out again.

    What is done when an exception interrupts it stays in the store, and the
    exception says how much that is and how to go on.

    Raises
    ------
    StorageError
        If an answer cannot be kept.
    WorkerError
        If a process ends, or cannot be started.
    """
    key, worker = task.key(file), Worker(file, task)
    total = worker.num_parts
    known = {part: answer for part, answer in store.known(key).items() if part < total}
    done = sum(map(worker.size, known))
    if watch is not None:
        watch(done, worker.num_variants)
    try:
        for part, answer in _missing(file, task, worker, known, workers):
            store.keep(key, part, answer)
            known[part] = answer
            done += worker.size(part)
            if watch is not None:
                watch(done, worker.num_variants)
    except StorageError as error:
        raise StorageError(f"{error}; {_left(known, total, store)}: make room, then run the same command again to go on") from None
    except WorkerError as error:
        raise WorkerError(f"{error}; {_left(known, total, store)}") from None
    except KeyboardInterrupt as error:
        error.add_note(f"{_left(known, total, store)}; the same command goes on from there")
        raise
    return [known[part] for part in range(total)]


def _left(known: dict[int, str], total: int, store: Store) -> str:
    kept = "and stay done" if store.path is not None else "and are lost, for want of a file to keep them in (a store)"
    return f"{len(known)} of {total} parts are done {kept}"


def _missing(file: CaseFile, task: Task, worker: Worker, known: dict[int, str], workers: int) -> Iterator[tuple[int, str]]:
    """Yield the parts that are not known, in whatever order they are done."""
    missing = [part for part in range(worker.num_parts) if part not in known]
    if workers <= 1 or len(missing) <= 1:
        for part in missing:
            yield part, worker.answer(part)
        return
    with closing(finished(Worker, (file, task), missing, workers)) as found:
        yield from found
