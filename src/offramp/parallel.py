"""Processes that work out parts beside each other, and end with whoever started them."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context, parent_process, reduction
from tempfile import TemporaryFile
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
    with _handed_over(make, arguments) as work:
        pool = ProcessPoolExecutor(min(workers, len(parts)), get_context("spawn"), _start, (work,))
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


class _Work:
    """What every worker begins with, in an open file without a name: the processes inherit it, and it ends with the last of them.

    Too much for a pipe blocks it for ever where the worker ends while it reads;
    a file with a name would stay, and tell of the case, where all are killed.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __reduce__(self) -> tuple[Callable[[Any], _Work], tuple[Any]]:
        """Say how a process that is being started comes to the file."""
        return _inherited, (reduction.DupFd(self.descriptor),)

    def content(self) -> bytes:
        """Return the whole file; the place up to which it was read is shared by all processes, so none is used."""
        parts, at = [], 0
        while part := os.pread(self.descriptor, _CHUNK, at):
            parts.append(part)
            at += len(part)
        return b"".join(parts)


_CHUNK = 1 << 20
_PATIENCE = 10
"""Seconds in which a pool whose processes have ended is to end."""


def _inherited(descriptor: Any) -> _Work:
    return _Work(descriptor.detach())


@contextmanager
def _handed_over(make: Callable[..., Working], arguments: Sequence[Any]) -> Iterator[_Work]:
    """Write what every worker begins with to a file that has no name."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(TemporaryFile())
            pickle.dump((make, tuple(arguments)), file)
            file.flush()
        except OSError as error:
            raise WorkerError(_refused(error)) from None
        yield _Work(file.fileno())


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
    manager: Any = pool._executor_manager_thread
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
    if manager is not None:
        manager.join(_PATIENCE)  # it waits for the same processes, and may be the one that learns of their end


# -- in a worker ---------------------------------------------------------------------------------------------------------

_worker: list[Working] = []


def _start(work: _Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the one that started this one deals with it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    make, arguments = pickle.loads(work.content())
    os.close(work.descriptor)
    _worker[:] = [make(*arguments)]


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, however it comes, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(part: int) -> str:
    return _worker[0].answer(part)
