"""What is told while a search runs, and when nothing is."""

import io
import sys

import pytest

from offramp.cli import progress


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch, patience: float) -> Terminal:
    """Put a terminal in place of stderr; a fixture would do so too early."""
    there = Terminal()
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(sys, "stderr", there)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return there


def test_nothing_where_stderr_is_no_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.watching("Trying changes") as watch:
        watch(1, 2)
    assert capsys.readouterr() == ("", "")


def test_nothing_while_patience_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    there = terminal(monkeypatch, 1000.0)
    with progress.watching("Trying changes") as watch:
        watch(1, 2)
    assert there.getvalue() == ""


def test_count_rate_and_remaining_time(monkeypatch: pytest.MonkeyPatch) -> None:
    there = terminal(monkeypatch, 0.0)
    with progress.watching("Trying changes") as watch:
        watch(1, 50)
        watch(25, 50)
    told = there.getvalue()
    assert "Trying changes" in told
    assert "25/50" in told
    assert "/s" in told


def test_the_bar_goes_when_the_search_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    there = terminal(monkeypatch, 0.0)
    with pytest.raises(ValueError, match="no"):
        _failing()
    assert "\x1b[?25h" in there.getvalue()  # the cursor is back


def _failing() -> None:
    with progress.watching("Trying changes") as watch:
        watch(1, 50)
        raise ValueError("no")
