"""How far a long search has come, told on the terminal and nowhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds that a command may take before anything is told."""


@contextmanager
def watching(description: str) -> Iterator[Callable[[int, int], None]]:
    """Show on the terminal how far a search has come, where it takes longer than `PATIENCE`.

    The bar goes to stderr, with rate and remaining time, and is wiped away at
    the end; where stderr is no terminal nothing is told.

    Parameters
    ----------
    description : str
        What is counted, in front of the bar.

    Yields
    ------
    watch : callable
        To be called with how many are done, and how many there are in all;
        the latter may grow.

    Examples
    --------
    >>> with watching("Trying changes") as watch:
    ...     for k in range(3):
    ...         watch(k + 1, 3)
    """
    if not sys.stderr.isatty():
        yield _unwatched
        return
    bar = _Bar(description)
    try:
        yield bar
    finally:
        bar.stop()


def _unwatched(done: int, total: int) -> None:
    """Tell nothing."""


class _Bar:
    """A bar that shows once `PATIENCE` is over."""

    def __init__(self, description: str) -> None:
        self.description = description
        self._start = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._shown is None and time.monotonic() - self._start >= PATIENCE:
            self._shown = _shown(self.description, self._start)
        if self._shown is not None:
            bar, task = self._shown
            bar.update(task, completed=done, total=total, rate=done / (time.monotonic() - self._start))

    def stop(self) -> None:
        if self._shown is not None:
            self._shown[0].stop()


def _shown(description: str, start: float) -> tuple[Progress, TaskID]:
    """Return a bar on stderr whose clock began at `start`."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:,.0f}/s"), TimeRemainingColumn())
    bar = Progress(TextColumn("{task.description}"), *columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(description, total=None, rate=0.0)
    bar.tasks[0].start_time = start
    bar.start()
    return bar, task
