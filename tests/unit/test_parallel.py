"""Work beside each other: nothing of it stays on the disk, whatever ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from offramp.errors import WorkerError
from offramp.parallel import finished


class Long:
    """Answers with the length of what it was given, and says where it works."""

    def __init__(self, words: str, folder: str = "", seconds: float = 0) -> None:
        self.words, self.folder, self.seconds = words, folder, seconds

    def answer(self, part: int) -> str:
        """Return the length and the part."""
        if self.folder:
            Path(self.folder, str(os.getpid())).touch()
        time.sleep(self.seconds)
        return f"{len(self.words)} {part}"


KILLED = """
import sys
from offramp.parallel import finished
from unit_parallel import Long

if __name__ == "__main__":
    list(finished(Long, ("somebody/a-case", sys.argv[1], 60), range(4), 2))
"""


def test_much_is_handed_over() -> None:
    found = dict(finished(Long, ("word " * 1_000_000,), range(5), 3))
    assert found == {part: f"5000000 {part}" for part in range(5)}


def test_nothing_stays_where_all_are_killed(tmp_path: Path) -> None:
    for name in ("temporary", "begun"):
        (tmp_path / name).mkdir()
    (tmp_path / "unit_parallel.py").write_bytes(Path(__file__).read_bytes())
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    started = subprocess.Popen([sys.executable, tmp_path / "killed.py", tmp_path / "begun"], env=environment)
    try:
        end = time.monotonic() + 60
        while len(os.listdir(tmp_path / "begun")) < 2:
            assert time.monotonic() < end
            assert started.poll() is None
            time.sleep(0.05)
        assert os.listdir(tmp_path / "temporary") == [], "not while they work either"
        workers = [int(name) for name in os.listdir(tmp_path / "begun")]
    finally:
        started.send_signal(signal.SIGKILL)
        started.wait()
    assert os.listdir(tmp_path / "temporary") == []
    assert all(_ends(worker) for worker in workers), "and no worker is left"


def _ends(pid: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_no_place_for_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*words: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("offramp.parallel.TemporaryFile", full)
    with pytest.raises(WorkerError, match=r"worker processes cannot be started: No space left on device; use fewer"):
        list(finished(Long, ("words",), range(2), 2))
