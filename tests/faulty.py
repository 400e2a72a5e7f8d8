"""`os` with one call that fails, for tests of what is left behind."""

import os
from typing import Any

CALLS = ("open", "write", "fsync", "fchmod", "fstat", "replace", "link", "unlink", "close", "chmod")


class Faulty:
    """`os`, except that its `nth` call for input or output fails."""

    def __init__(self, nth: int, number: int) -> None:
        self.left, self.number, self.failed = nth, number, ""

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in CALLS:
            return real

        def call(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.failed = name
                if name == "close":
                    real(*args)
                raise OSError(self.number, os.strerror(self.number))
            return real(*args, **kwargs)

        return call
