"""Reads many documents quickly: one process with everything loaded, which forks for each of them.

The fork is bounded and closed as the program's own child is; only its start is
shared. What comes back is what the child would answer, and how it ended.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from offramp.sources.extract_limits import Limits


class Server:
    """Readers of documents that are asked over pipes; ``read`` takes the place of `read_in_child`."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process, self.asked = process, 0

    def read(self, kind: str, raw: bytes, limits: Limits, stop: object = None) -> Any:
        """Return what a child of the program would have given, by the same checks."""
        from offramp.sources import child
        from offramp.sources.extract_limits import Refused

        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.asked += 1
        self.process.stdin.write(json.dumps({"kind": kind, "size": len(raw), "limits": asdict(limits)}).encode() + b"\n" + raw)
        self.process.stdin.flush()
        status, size = map(int, self.process.stdout.readline().split())
        answer = self.process.stdout.read(size)
        assert status in (0, -9, -14, -24), f"a crash of the child: {status}"
        if status in (-9, -14):
            raise Refused(f"reading it takes longer than {limits.seconds} seconds")
        return child._taken(child._parsed(answer, status, limits), limits)


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """Start a server, and end it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONHASHSEED": "0"}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-X", "utf8", __file__], stdin=pipe, stdout=pipe, env=environment) as process:
        yield Server(process)
        assert process.stdin is not None
        process.stdin.close()


def _serve() -> None:
    from offramp.sources import child_main

    readers = {kind: child_main._reader(kind) for kind in ("html", "pdf", "docx", "eml")}
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        raw = sys.stdin.buffer.read(order["size"])
        source, sink = os.pipe()
        pid = os.fork()
        if not pid:
            _answer(readers[order["kind"]], raw, Limits(**order["limits"]), sink)
        os.close(sink)
        with os.fdopen(source, "rb") as stream:
            answer = stream.read()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.stdout.buffer.write(b"%d %d\n" % (status, len(answer)) + answer)
        sys.stdout.buffer.flush()


def _answer(reader: Any, raw: bytes, limits: Limits, sink: int) -> None:
    from offramp.sources import child_main

    stream = os.fdopen(sink, "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    child_main._bound(limits)
    child_main._close_doors()
    child_main._reply(stream, child_main._read(reader, raw, limits))


if __name__ == "__main__":
    _serve()
