"""Files that are to become sources: read beside each other, handed on in their order, a batch at a time."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from offramp.errors import SourceError
from offramp.sources.extract import Extract, extract
from offramp.sources.extract_language import detect_language

BATCH = 200
BATCH_BYTES = 50_000_000
"""So many files, or bytes, are read before they are entered together: every entry rewrites ``sources.yaml``."""

AHEAD = 4
"""Files that are read or waiting to be handed on, for each core; together they have at most `BATCH_BYTES`, or are one."""


@dataclass(frozen=True)
class RefusedFile:
    """A file that cannot be a source, and why; nothing of it is stored."""

    file: Path
    error: SourceError


@dataclass(frozen=True)
class ReadFile:
    """A file that was read; ``detected`` is its language, "" where it cannot be told, None where nobody looked."""

    file: Path
    found: Extract
    detected: str | None


Intake = ReadFile | RefusedFile


def read_file(file: Path, encoding: str | None, language: str | None) -> Intake:
    """Return a file as it is read, or why it is not; its language is detected where none is said."""
    return _with_language(_extracted(file, encoding, None), language)


def read_files(
    files: Sequence[Path], encoding: str | None, language: str | None, watch: Callable[[int, int], None], workers: int | None = None
) -> Generator[Intake, None, None]:
    """Yield what `read_file` returns for each of many files, in their order.

    Parameters
    ----------
    files, encoding, language
        See `read_file`.
    watch : callable
        Told how many of how many have been read.
    workers : int, optional
        How many are read beside each other; by default one a core. What has to
        be parsed is parsed in processes (`offramp.sources.child`), so that
        threads are enough to wait for them.

    Notes
    -----
    Whatever ends the reading, every process that was started is ended first.
    """
    number = workers or os.cpu_count() or 1
    stop = threading.Event()
    with ThreadPoolExecutor(number, "reading") as pool:
        waiting: deque[tuple[int, Future[Intake]]] = deque()
        try:
            for done, one in enumerate(_in_order(pool, files, encoding, stop, waiting, AHEAD * number), 1):
                yield _with_language(one, language)
                watch(done, len(files))
        finally:
            stop.set()
            for _, future in waiting:
                future.cancel()


def batches(files: Iterator[Intake]) -> Iterator[list[Intake]]:
    """Yield files so many at a time that they are entered together."""
    batch: list[Intake] = []
    num_bytes = 0
    for one in files:
        batch.append(one)
        num_bytes += len(one.found.raw) if isinstance(one, ReadFile) else 0
        if len(batch) >= BATCH or num_bytes >= BATCH_BYTES:
            yield batch
            batch, num_bytes = [], 0
    if batch:
        yield batch


def _in_order(
    pool: ThreadPoolExecutor,
    files: Sequence[Path],
    encoding: str | None,
    stop: threading.Event,
    waiting: deque[tuple[int, Future[Intake]]],
    most: int,
) -> Iterator[Intake]:
    """Yield files in their order, those after them being read meanwhile as far as `most` and `BATCH_BYTES` let them."""
    for file in files:
        size = _size(file)
        while waiting and (len(waiting) >= most or sum(other for other, _ in waiting) + size > BATCH_BYTES):
            yield _first(waiting)
        waiting.append((size, pool.submit(_extracted, file, encoding, stop)))
    while waiting:
        yield _first(waiting)


def _first(waiting: deque[tuple[int, Future[Intake]]]) -> Intake:
    found = waiting[0][1].result()  # an interruption leaves it there, to be ended
    waiting.popleft()
    return found


def _size(file: Path) -> int:
    try:
        return os.stat(file).st_size
    except (OSError, ValueError):
        return 0


def _extracted(file: Path, encoding: str | None, stop: threading.Event | None) -> Intake:
    try:
        return ReadFile(file, extract(file, encoding=encoding, stop=stop), None)
    except SourceError as error:
        return RefusedFile(file, error)


def _with_language(one: Intake, language: str | None) -> Intake:
    if isinstance(one, RefusedFile) or language is not None:
        return one
    return ReadFile(one.file, one.found, detect_language(one.found.text))
