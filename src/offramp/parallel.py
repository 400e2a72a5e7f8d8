"""Processes that work out parts beside each other, and end with whoever started them."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from offramp.errors import WorkerError


class Working(Protocol):
    """What works out parts."""

    def answer(self, part: int) -> str:
        """Return the answer of one part."""


def finished(
    make: Callable[..., Working], arguments: Sequence[Any], parts: Sequence[int], workers: int
) -> Generator[tuple[int, str], None, None]:
    """Yield parts with their answers, in whatever order they are done.

    Parameters
    ----------
    make : callable
        Makes what works out parts, once in each process; importable by its name.
    arguments : sequence
        For `make`; can be pickled.
    parts : sequence of int
        What to work out.
    workers : int
        Number of processes, at most as many as there are parts.

    Raises
    ------
    WorkerError
        If a process ends before its part is done, or none can be started.
    """
    running: dict[Future[str], int] = {}
    with TemporaryDirectory(prefix="offramp-") as folder:
        path = _handed_over(folder, make, arguments)
        pool = ProcessPoolExecutor(min(workers, len(parts)), get_context("spawn"), _start, (path,))
        try:
            running |= _submitted(pool, parts)
            for done in as_completed(list(running)):
                part = running[done], done.result()
                del running[done]
                yield part
        except BrokenProcessPool:
            raise WorkerError(
                "a worker process ended before its part was done: it was killed, or short of memory, or the script that called this has no "
                "'if __name__ == \"__main__\":' around it; begin again to go on, with fewer workers if memory is short"
            ) from None
        finally:
            _end(pool, is_done=not running)


def _handed_over(folder: str, make: Callable[..., Working], arguments: Sequence[Any]) -> str:
    """Write what every worker begins with to a file: too much for a pipe blocks it for ever where the worker ends while it reads."""
    path = os.path.join(folder, "work")
    try:
        with open(path, "wb") as file:
            pickle.dump((make, tuple(arguments)), file)
    except OSError as error:
        raise WorkerError(_refused(error)) from None
    return path


def _refused(error: OSError) -> str:
    return f"worker processes cannot be started: {error.strerror or error}; use fewer, or one (--workers 1)"


def _submitted(pool: ProcessPoolExecutor, parts: Sequence[int]) -> dict[Future[str], int]:
    try:
        return {pool.submit(_answer, part): part for part in parts}
    except OSError as error:
        raise WorkerError(_refused(error)) from None


def _end(pool: ProcessPoolExecutor, is_done: bool) -> None:
    """End the processes, those at work too: what they are at is nobody's any more."""
    if is_done:
        pool.shutdown()
        return
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


# -- in a worker ---------------------------------------------------------------------------------------------------------

_worker: list[Working] = []


def _start(path: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the one that started this one deals with it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with open(path, "rb") as file:
        make, arguments = pickle.load(file)
    _worker[:] = [make(*arguments)]


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, however it comes, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(part: int) -> str:
    return _worker[0].answer(part)
