"""The child: its bounds, its closed doors, and what becomes of it however it ends."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostile.sound import docx, page, pdf
from offramp.errors import SourceError
from offramp.sources import child
from offramp.sources.child import read_in_child
from offramp.sources.extract_limits import LIMITS, Limits, Refused

HOLD = "import sys, json, os, time, signal, subprocess; sys.argv.pop(); "


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child do something else than read."""
    monkeypatch.setattr(child, "_BOOT", HOLD + code)


def refusal(limits: Limits = LIMITS, raw: bytes = b"words") -> str:
    with pytest.raises(Refused) as caught:
        read_in_child("pdf", raw, limits)
    return caught.value.found


def test_text_versions_and_suggestions() -> None:
    taken = read_in_child("html", page(head='<meta property="og:site_name" content="The Herald">'), LIMITS)
    assert taken.text.startswith("Nobody returned\nThe minister said")
    assert taken.extractor.startswith("html/1 trafilatura 2.")
    assert [(found.what, found.value) for found in taken.suggestions] == [("title", "A report"), ("outlet", "The Herald")]


@pytest.mark.parametrize(
    "code",
    ["pass", "print('no json')", "print('[]')", 'print("{}")', "os.kill(os.getpid(), signal.SIGSEGV)", "os.write(1, b'x' * 100_000_000)",
     "os.write(1, json.dumps({'extractor': 'x', 'notes': [], 'suggestions': []}).encode() + b'\\n')",
     "os.write(1, json.dumps({'extractor': 'x', 'notes': [], 'suggestions': []}).encode() + b'\\n\\xff')",
     "os.write(1, json.dumps({'extractor': 'x', 'notes': [], 'suggestions': []}).encode() + b'\\na\\0b')",
     "os.write(1, json.dumps({'extractor': 'x', 'notes': 5, 'suggestions': []}).encode() + b'\\nwords')"],
)  # fmt: skip
def test_an_answer_that_is_none(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    instead(monkeypatch, code)
    assert "damaged or hostile" in refusal(Limits(characters=1_000))


def test_time_runs_out_for_a_child_and_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    sleep = "[sys.executable, '-c', 'import time; time.sleep(60)']"
    instead(monkeypatch, f"p = subprocess.Popen({sleep}); open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{p.pid}}'); time.sleep(60)")
    begun = time.monotonic()
    assert refusal(Limits(seconds=1)) == "reading it takes longer than 1 seconds"
    assert time.monotonic() - begun < 5
    for pid in map(int, pids.read_text().split()):
        assert gone(pid), "a process was left"


def gone(pid: int) -> bool:
    """Return whether a process ends within some seconds; a zombie of another parent counts as ended."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_the_processor_clock_and_the_alarm_end_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SIGXCPU", "SIGALRM"):
        instead(monkeypatch, f"os.kill(os.getpid(), signal.{name}); time.sleep(5)")
        assert refusal() == "reading it takes longer than 60 seconds"


def test_the_bounds_are_those_of_the_limits() -> None:
    code = "import resource as r, signal, json; from offramp.sources import child_main as c\n"
    code += "from offramp.sources.extract_limits import Limits\n"
    code += "c._bound(Limits(seconds=7, memory=1 << 29))\n"
    code += "found = [r.getrlimit(getattr(r, f'RLIMIT_{name}')) for name in 'AS CPU FSIZE CORE NPROC'.split()]\n"
    code += "print(json.dumps([found, signal.alarm(0)]))"
    found, alarm = json.loads(run_python(code))
    assert found == [[1 << 29] * 2, [7, 7], [0, 0], [0, 0], [0, 0]]
    assert 7 <= alarm <= 12


def run_python(code: str) -> str:
    """Return what a program prints that can import what we can."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=environment).stdout


def test_memory_is_bounded() -> None:
    with pytest.raises(Refused, match=r"takes more than 120,000,000 bytes of memory|broke down"):
        read_in_child("html", page(["word " * 1_900_000]), Limits(memory=120_000_000))


def test_limits_reach_the_readers() -> None:
    with pytest.raises(Refused, match="more than 3 pages"):
        read_in_child("pdf", pdf([[b"Words"]] * 4), Limits(pages=3))
    with pytest.raises(Refused, match="more than 20 characters"):
        read_in_child("docx", docx(), Limits(characters=20))


def test_what_is_not_installed_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    own = str(Path(child.__file__).resolve().parents[2])
    library = os.path.dirname(os.__file__)
    monkeypatch.setattr(child, "_paths", lambda: [own, library, os.path.join(library, "lib-dynload")])
    with pytest.raises(
        SourceError, match=r"^what reads such files is not installed \(no .*\); install it: pip install 'offramp\[documents\]'$"
    ):
        read_in_child("html", page(), LIMITS)


def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(SourceError, match="no process can be started to read it: no such file or directory; nothing was stored"):
        read_in_child("pdf", pdf(), LIMITS)


def test_modules_in_the_working_folder_are_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("pypdf.py", "json.py", "sitecustomize.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), *sys.path])
    assert read_in_child("pdf", pdf(), LIMITS).text
    assert not (tmp_path / "ran").exists()


DOORS = """
import json, os, socket, subprocess, sys, ctypes
from offramp.sources import child_main
child_main._close_doors()
shut = []
def tried(name, job):
    try:
        job()
    except (OSError, ImportError) as error:
        shut.append(name)
tried("read", lambda: open("/etc/passwd"))
tried("os.open", lambda: os.open("/etc/passwd", os.O_RDONLY))
tried("write", lambda: open("x", "w"))
tried("socket", lambda: socket.socket())
tried("name", lambda: socket.getaddrinfo("localhost", 80))
tried("run", lambda: subprocess.run(["/bin/true"]))
tried("system", lambda: os.system("true"))
tried("fork", lambda: os.fork())
tried("exec", lambda: os.execv("/bin/true", ["true"]))
tried("list", lambda: os.listdir("/"))
tried("import", lambda: __import__("wave"))
tried("pipe", lambda: os.pipe())
libc = ctypes.pythonapi
raw = libc.open(b"/etc/passwd", 0) if hasattr(libc, "open") else -1
net = libc.socket(2, 1, 0) if hasattr(libc, "socket") else -1
print(json.dumps([shut, raw, net]))
"""


def test_the_doors_are_closed_to_python_and_to_c() -> None:
    shut, raw, net = json.loads(run_python(DOORS))
    assert shut == ["read", "os.open", "write", "socket", "name", "run", "system", "fork", "exec", "list", "import", "pipe"]
    assert (raw, net) == (-1, -1), "C code opened something"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    code = f"""
from offramp.sources import child
from offramp.sources.extract_limits import LIMITS
child._BOOT = '''import sys, os, json, time; sys.path[:] = json.loads(sys.argv.pop())
from offramp.sources import child_main
open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
child_main._outcome = lambda *order: time.sleep(60)
child_main.main()'''
child.read_in_child("pdf", b"words", LIMITS)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    end = time.monotonic() + 10
    while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.5)  # until it has read its order and is at work
    pid = int((tmp_path / "pid").read_text())
    assert Path(f"/proc/{pid}").exists()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(pid)


def test_letters_that_a_font_maps_need_no_file() -> None:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    figure, drawn = Figure(), io.BytesIO()
    figure.text(0.1, 0.5, "Words of a report, \u0421\u043b\u043e\u0432\u0430, \ufb01ne")
    FigureCanvasPdf(figure).print_pdf(drawn)
    assert read_in_child("pdf", drawn.getvalue(), LIMITS).text == "Words of a report, \u0421\u043b\u043e\u0432\u0430, fine\n"
