"""`offramp read` of one file: what is told beside the answer, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import offramp.reading
from hostile.sound import WORDS, pdf
from offramp.cli import app

RUNNER = CliRunner()


class Found:
    """Stands in for what was read in a text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def neutral(self, name: str) -> dict[str, Any]:
        """Return no statements."""
        return {"doc_id": name, "text": self.text, "statements": []}


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offramp.reading, "read_text", lambda text, date, outlet: Found(text))


def test_how_it_was_read_is_told_beside_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(("\n".join(WORDS) + " “No.”\n").encode("cp1252"))
    for form in ("json", "csv", "table"):
        result = RUNNER.invoke(app, ["read", str(file), "--format", form])
        assert result.exit_code == 0
        assert result.stderr.startswith("a.txt:\n  read as text in cp1252, as detected; ")
        assert result.stderr.endswith("  language: en, as detected\n")
        assert "as detected" not in result.stdout
        if form == "json":
            assert json.loads(result.stdout)["docs"][0]["doc_id"] == "a.txt"


def test_what_is_left_out_and_another_language_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([[b"Words"], []]))
    assert "  note: " in RUNNER.invoke(app, ["read", str(tmp_path / "a.pdf")]).stderr
    words = "Міністр оборони заявив у вівторок, що полонених не повернуть, доки тривають бої. "
    (tmp_path / "b.txt").write_text(words * 2, encoding="utf-8")
    said = RUNNER.invoke(app, ["read", str(tmp_path / "b.txt")]).stderr
    assert "  language: uk, as detected\n  note: only English is analysed; what was found in this text is not to be relied on\n" in said


def test_a_date_that_is_none_names_its_option(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    result = RUNNER.invoke(app, ["read", str(tmp_path / "a.txt"), "--date", "nonsense"])
    assert result.exit_code == 2
    assert "--date 'nonsense' is no date; write YYYY, YYYY-MM or YYYY-MM-DD" in result.output
    assert "--as-of" not in result.output
