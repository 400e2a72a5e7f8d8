"""The child process: bounds itself, loads what it needs, closes the doors, reads one document, answers.

The answer is one line of JSON, then the text in UTF-8. Where the operating
system lacks a limit (macOS does not bound the address space), the others hold,
and the parent's clock ends what takes too long everywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

from offramp.sources.extract_limits import Limits, Refused

Found = tuple[str, str, str]


class Reading(NamedTuple):
    """What a reader returns: text, the extractor's name with versions, notes, and ``(what, value, where)`` of itself."""

    text: str
    extractor: str
    notes: list[str]
    suggestions: list[Found]


Reader = Callable[[bytes, Limits], Reading]

_FORBIDDEN = ("open", "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.listdir", "os.scandir",
              "os.remove", "os.rename", "os.mkdir", "os.kill", "ctypes.dlopen", "urllib.", "ftplib.", "http.", "webbrowser.")  # fmt: skip


def main() -> None:
    """Serve one order."""
    answer = _quiet()
    with contextlib.suppress(ImportError, OSError, AttributeError):
        _end_with_parent()
    order = json.loads(sys.stdin.buffer.readline(100_000))
    limits = Limits(**order["limits"])
    _bound(limits)
    raw = sys.stdin.buffer.read(order["size"] + 1)
    if len(raw) != order["size"]:
        os._exit(3)  # whoever gave the order is gone
    _reply(answer, _outcome(order["kind"], raw, limits))


def _outcome(kind: str, raw: bytes, limits: Limits) -> tuple[dict[str, Any], str]:
    try:
        reader = _reader(kind)
    except ImportError as error:
        return {"missing": f"no {error.name or 'library'}"}, ""
    except MemoryError:
        return {"refused": _too_much(limits)}, ""
    except Exception as error:  # not the document's fault: it has not been looked at
        return {"missing": f"its libraries do not work together: {type(error).__name__}"}, ""
    _close_doors()
    return _read(reader, raw, limits)


def _read(reader: Reader, raw: bytes, limits: Limits) -> tuple[dict[str, Any], str]:
    try:
        reading = reader(raw, limits)
    except Refused as refused:
        return {"refused": [refused.found, refused.remedy]}, ""
    except MemoryError:
        return {"refused": _too_much(limits)}, ""
    except RecursionError:
        return {"refused": ["it is nested too deeply", "save the part that matters as text and add that"]}, ""
    except Exception as error:
        said = f"it is damaged: the reader stopped at a {type(error).__name__}"
        return {"refused": [said, "get a sound copy, or save it as text and add that"]}, ""
    if _knocks:
        return {"refused": ["it made the reader try to open something, which is not allowed", "save its text and add that"]}, ""
    return {"extractor": reading.extractor, "notes": reading.notes, "suggestions": reading.suggestions}, reading.text


def _too_much(limits: Limits) -> list[str]:
    return [f"reading it takes more than {limits.memory:,} bytes of memory", "save the part that matters as text and add that"]


def _reader(kind: str) -> Reader:
    """Return a reader that has loaded all that it will ever load."""
    import importlib

    module = importlib.import_module(f"offramp.sources.extract_{kind}")
    module.warm_up()
    reader: Reader = module.read
    return reader


def load_codecs() -> None:
    """Load every codec that a document may name: later there is no file to load one from."""
    import codecs
    import encodings
    import pkgutil

    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError, ImportError, ValueError):
            codecs.lookup(module.name)


def _quiet() -> BinaryIO:
    """Return the answer's stream, which nothing else writes to from here on."""
    answer = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    return answer


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent ends; elsewhere the alarm in `_bound` does, later."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def _bound(limits: Limits) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.seconds + 5)
    try:
        import resource
    except ImportError:
        return
    wanted = {"RLIMIT_AS": limits.memory, "RLIMIT_CPU": limits.seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0}
    for name, value in wanted.items():
        if (what := getattr(resource, name, None)) is not None:
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(what, (value, value))


def _close_doors() -> None:
    """From here on nothing can be opened: no file, no socket, no pipe; nor can Python code start anything."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    sys.addaudithook(_refuse)


_knocks: list[str] = []
"""What was tried after the doors were closed: a library that takes no for an answer might give another text."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        _knocks.append(event)
        raise PermissionError(1, "closed")


def _reply(answer: BinaryIO, outcome: tuple[dict[str, Any], str]) -> None:
    record, text = outcome
    with contextlib.suppress(BrokenPipeError):
        answer.write(json.dumps(record).encode() + b"\n" + text.encode())
        answer.flush()
    os._exit(0)  # no finaliser of a library runs on what the document left behind
