"""Work that is killed at random moments, and what must hold afterwards.

A job is a function ``job(say, *arguments)`` named as ``module:function``, run
in a fork of a small server process in which its module is loaded already; or a
command line, whose output lines count as said. The moments are spread over the
time that the work takes when nobody kills it.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

Work = str | Sequence[str]
"""A job's name with its arguments (``["module:function", "a", …]``) or a command line."""


def kill_at_random(
    work: Callable[[int], Sequence[str]], check: Callable[[int, list[str]], None], rounds: int, scratch: Path, *, seed: int = 0
) -> int:
    """Start `work` `rounds` times, kill it each time at another moment, and check.

    Parameters
    ----------
    work : callable
        Given the number of the round, prepares it and returns its job or its
        command. Round -1 is not killed: it gives the time that work takes.
    check : callable
        Given the round and the lines that were said, acknowledged before the
        kill; fails if anything is lost or broken.
    rounds : int
        How many kills.
    scratch : Path
        A folder for what is said, outside of what the work writes.
    seed : int
        For the moments.

    Returns
    -------
    interrupted : int
        In how many rounds the work had not ended by itself.
    """
    rng, said, interrupted = Random(seed), scratch / "said.txt", 0
    with _nursery() as nursery:
        begun = _Run(nursery, work(-1), said)
        duration = begun.wait()
        check(-1, begun.lines())
        for number in range(rounds):
            run = _Run(nursery, work(number), said)
            time.sleep(duration * (number + rng.random()) / rounds)
            interrupted += run.kill()
            check(number, run.lines())
    return interrupted


class _Run:
    """One start of the work; its clock begins when its modules are loaded."""

    def __init__(self, nursery: "subprocess.Popen[str]", work: Sequence[str], said: Path) -> None:
        said.write_text("", encoding="utf-8")
        self.said, self.nursery, self.process = said, nursery, None
        if ":" in work[0]:
            self._tell({"job": work[0], "arguments": list(work[1:]), "said": str(said)})
            self.pid = int(self._answer())
        else:
            with said.open("w", encoding="utf-8") as output:
                self.process = subprocess.Popen(work, stdout=output, stderr=subprocess.DEVNULL)
            self.pid = self.process.pid
        self.begun = time.perf_counter()

    def wait(self) -> float:
        """Wait for the end; return the seconds it took; fail if the work failed."""
        status = self._ended()
        assert status == 0, f"the work itself failed: {status}"
        return time.perf_counter() - self.begun

    def kill(self) -> bool:
        """Kill it; return whether it was still at work."""
        os.kill(self.pid, signal.SIGKILL)  # not reaped before `_ended`, so the id is still its own
        status = self._ended()
        assert status in (0, -signal.SIGKILL), f"the work itself failed: {status}"
        return status != 0

    def lines(self) -> list[str]:
        """Return the whole lines that were said."""
        return self.said.read_text(encoding="utf-8").split("\n")[:-1]

    def _ended(self) -> int:
        if self.process is not None:
            return self.process.wait()
        self._tell({"reap": self.pid})
        return int(self._answer())

    def _tell(self, order: dict[str, object]) -> None:
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(json.dumps(order) + "\n")
        self.nursery.stdin.flush()

    def _answer(self) -> str:
        assert self.nursery.stdout is not None
        return self.nursery.stdout.readline()


@contextlib.contextmanager
def _nursery() -> "Iterator[subprocess.Popen[str]]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, __file__], stdin=pipe, stdout=pipe, encoding="utf-8", env=environment) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if "job" in order:
            module, name = order["job"].split(":")
            job = getattr(importlib.import_module(module), name)
            print(_forked(job, order["said"], order["arguments"]), flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(order["reap"], 0)[1]), flush=True)


def _forked(job: Callable[..., None], said: str, arguments: list[str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        output = os.open(said, os.O_WRONLY | os.O_APPEND)
        job(lambda line: os.write(output, f"{line}\n".encode()), *arguments)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve()
