"""Work counted instead of time: the lines of the package that run, loops on one line each time around."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


class Counted(str):
    """A text that counts the characters taken out of it."""

    taken = 0

    def __getitem__(self, place: object) -> str:
        part = super().__getitem__(place)  # type: ignore[index]
        Counted.taken += len(part)
        return part


def work(read: Callable[[], object]) -> int:
    """Count the lines that run in `read`, and the characters copied out of texts that are `Counted`."""
    lines, before = 0, sys.gettrace()

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
        nonlocal lines
        lines += event == "line"
        return trace if "reading" in frame.f_code.co_filename else None

    Counted.taken = 0
    sys.settrace(trace)
    try:
        read()
    finally:
        sys.settrace(before)
    return lines + Counted.taken
