"""Reading many files beside each other: in their order, bounded, and ended with whoever asked."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from offramp.errors import SourceError
from offramp.sources import child, intake
from offramp.sources.child import read_in_child
from offramp.sources.extract import Extract
from offramp.sources.extract_limits import LIMITS
from offramp.sources.intake import ReadFile, RefusedFile, read_files


class Slow:
    """Stands in for `extract`: the first files take longest; counts how many are read at once."""

    def __init__(self, total: int) -> None:
        self.total, self.now, self.most, self.lock = total, 0, 0, threading.Lock()

    def __call__(self, file: Path, *, encoding: str | None, stop: threading.Event) -> Extract:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        stop.wait((self.total - int(file.stem)) * 0.005)
        with self.lock:
            self.now -= 1
        if int(file.stem) % 5 == 4:
            raise SourceError(f"{file.name} is not read")
        return Extract(b"words", f"words {file.stem}")


def named(number: int, folder: Path = Path("none")) -> list[Path]:
    return [folder / f"{at}.html" for at in range(number)]


def test_in_order_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(20)
    monkeypatch.setattr(intake, "extract", slow)
    seen: list[tuple[int, int]] = []
    found = list(read_files(named(20), None, "en", lambda done, total: seen.append((done, total)), workers=4))
    assert [one.file.stem for one in found] == [str(at) for at in range(20)]
    assert [at for at, one in enumerate(found) if isinstance(one, RefusedFile)] == [4, 9, 14, 19]
    assert seen == [(at, 20) for at in range(1, 21)]
    assert 1 < slow.most <= 4


def test_large_files_are_read_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = Slow(6)
    monkeypatch.setattr(intake, "extract", slow)
    monkeypatch.setattr(intake, "BATCH_BYTES", 15)
    for file in named(6, tmp_path):
        file.write_bytes(b"ten bytes.")
    assert len(list(read_files(named(6, tmp_path), None, "en", lambda done, total: None, workers=4))) == 6
    assert slow.most == 1


def test_no_more_than_a_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def quick(file: Path, **more: Any) -> Extract:
        begun.append(file.stem)
        return Extract(b"words", "words")

    monkeypatch.setattr(intake, "extract", quick)
    reading = read_files(named(100), None, "en", lambda done, total: None, workers=2)
    assert isinstance(next(reading), ReadFile)
    time.sleep(0.1)
    assert len(begun) <= 2 * intake.AHEAD + 1
    reading.close()


def test_what_is_being_read_ends_when_nobody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def endless(file: Path, *, encoding: str | None, stop: threading.Event) -> Extract:
        begun.append(file.stem)
        if file.stem != "0":
            assert stop.wait(30)
            raise SourceError("broken off")
        return Extract(b"words", "words")

    monkeypatch.setattr(intake, "extract", endless)
    start = time.monotonic()
    reading = read_files(named(50), None, "en", lambda done, total: None, workers=2)
    next(reading)
    reading.close()
    assert time.monotonic() - start < 10
    assert len(begun) <= 4, "none is begun any more"


def test_a_child_is_ended_when_it_is_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_BOOT", "import time; time.sleep(60)")
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    start = time.monotonic()
    with pytest.raises(SourceError, match="reading was broken off; nothing was stored"):
        read_in_child("html", b"words", LIMITS, stop)
    assert time.monotonic() - start < 10
    timer.join()
