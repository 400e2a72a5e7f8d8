"""Documents are read in a child process that can do nothing but read them.

The child gets the bytes on its standard input and answers on its standard
output. It may use so much memory, so much time on the processor and on the
clock, and from the moment it begins to read it can open no file and no
connection (see `offramp.sources.child_main`). Whatever becomes of it, there is
an answer or one message, and no process is left.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import Any

from offramp.errors import SourceError
from offramp.sources.extract_limits import Limits, Refused

_BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv.pop()); from offramp.sources.child_main import main; main()"
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C", "TZ": "UTC", "OPENBLAS_NUM_THREADS": "1"}
_HEAD = 1_000_000
_CHUNK = 1 << 16
_PAUSE = 0.1
"""Seconds after which a reader asks whether it is to stop."""
_SOUND = "the reader broke down on it, so it is damaged or hostile"


@dataclass(frozen=True)
class Suggestion:
    """What a document says about itself: ``what`` is a field of a source or ``title``, ``where`` the place it stands at."""

    what: str
    value: str
    where: str


@dataclass(frozen=True)
class Taken:
    """What a child took out of a document; ``extractor`` names all that took part, with versions."""

    text: str
    extractor: str
    notes: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def read_in_child(kind: str, raw: bytes, limits: Limits, stop: Event | None = None) -> Taken:
    """Return the text of a document.

    Parameters
    ----------
    kind : {"html", "pdf", "docx", "eml"}
        What it is; a page has to be in UTF-8.
    raw : bytes
        The whole file.
    limits : Limits
        What reading it may take.
    stop : threading.Event, optional
        Where another thread sets it, the child is ended within a moment.

    Returns
    -------
    taken : Taken
        The text and what is to be said about it.

    Raises
    ------
    Refused
        If it is damaged, protected, has no text, or goes beyond a limit.
    SourceError
        If what reads such files is not installed, or no process can be started.
    """
    order = json.dumps({"kind": kind, "size": len(raw), "limits": asdict(limits)}).encode() + b"\n"
    with _started() as process:
        answer, is_late = _exchange(process, order + raw, limits, stop)
    if is_late and stop is not None and stop.is_set():
        raise SourceError("reading was broken off; nothing was stored")
    if is_late:
        raise Refused(f"reading it takes longer than {limits.seconds} seconds", "save the part that matters as text and add that")
    return _taken(_parsed(answer, process.returncode, limits), limits)


@contextlib.contextmanager
def _started() -> Iterator[subprocess.Popen[bytes]]:
    """Start a child in a session of its own; end it and all it has started."""
    command = [sys.executable, "-s", "-P", "-X", "utf8", "-c", _BOOT, json.dumps(_paths())]
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd="/", env=_ENVIRONMENT, start_new_session=True
        )
    except OSError as error:
        raise SourceError(f"no process can be started to read it: {(error.strerror or str(error)).lower()}; nothing was stored") from None
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # not waited for yet, so the id is still its own
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _paths() -> list[str]:
    """Return where the child finds modules: where we do, without the working folder unless this program lies there."""
    own, here = str(Path(__file__).resolve().parents[2]), os.getcwd()
    return list(dict.fromkeys([own, *(path for path in sys.path if path and os.path.isabs(path) and path != here)]))


def _exchange(process: subprocess.Popen[bytes], message: bytes, limits: Limits, stop: Event | None) -> tuple[bytes, bool]:
    """Write all of `message` and read all of the answer; return it, and whether time ran out or it was to stop."""
    assert process.stdin is not None
    assert process.stdout is not None
    end = time.monotonic() + limits.seconds
    rest, answer, most = memoryview(message), bytearray(), _HEAD + 4 * limits.characters
    with selectors.DefaultSelector() as selector:
        for stream in (process.stdin, process.stdout):
            os.set_blocking(stream.fileno(), False)
        selector.register(process.stdin, selectors.EVENT_WRITE)
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := end - time.monotonic()) > 0 and not (stop is not None and stop.is_set()):
            for key, _ in selector.select(left if stop is None else min(left, _PAUSE)):
                if key.fileobj is process.stdin:
                    rest = _written(process.stdin, rest)
                    if not rest:
                        selector.unregister(process.stdin)
                        process.stdin.close()
                elif chunk := os.read(process.stdout.fileno(), _CHUNK):
                    answer += chunk
                    if len(answer) > most:
                        return b"", False
                else:
                    _await_end(process, end)
                    return bytes(answer), False
    return b"", True


def _written(stream: Any, rest: memoryview) -> memoryview:
    try:
        return rest[os.write(stream.fileno(), rest[:_CHUNK]) :]
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]  # it has ended; its answer says why


def _await_end(process: subprocess.Popen[bytes], end: float) -> None:
    """Wait for a child that has answered, without taking its exit status away from its group's killer."""
    with contextlib.suppress(ChildProcessError, AttributeError):
        while time.monotonic() < end and os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(0.001)


def _parsed(answer: bytes, status: int | None, limits: Limits) -> dict[str, Any]:
    """Return the answer as a record; the child is not trusted to be what it was."""
    head, newline, body = answer.partition(b"\n")
    try:
        record = json.loads(head) if newline else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        if status in (-signal.SIGXCPU, -signal.SIGALRM):
            raise Refused(f"reading it takes longer than {limits.seconds} seconds", "save the part that matters as text and add that")
        raise Refused(_SOUND, "open it in a program you trust, save it as text and add that")
    return {**record, "body": body}


def _taken(record: dict[str, Any], limits: Limits) -> Taken:
    if "missing" in record:
        what = str(record["missing"])[:60]
        raise SourceError(f"what reads such files is not installed ({what}); install it: pip install 'offramp[documents]'")
    if "refused" in record:
        found, remedy = (str(part)[:500] for part in (*record["refused"], "", "")[:2])
        raise Refused(found, remedy)
    try:
        text = record["body"].decode()
        suggestions = tuple(Suggestion(*(str(part)[:500] for part in item)) for item in record["suggestions"][:20])
        notes = tuple(str(note)[:2000] for note in record["notes"][:20])
        extractor = str(record["extractor"])[:300]
    except (KeyError, TypeError, UnicodeDecodeError):
        raise Refused(_SOUND, "open it in a program you trust, save it as text and add that") from None
    if not text or "\0" in text or len(text) > limits.characters:
        raise Refused(_SOUND, "open it in a program you trust, save it as text and add that")
    return Taken(text, extractor, notes, suggestions)
