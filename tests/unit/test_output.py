"""What is printed can neither steer a terminal nor run in a spreadsheet, and JSON says what was meant."""

import csv
import io
import json
import sys
import unicodedata

import pytest

from offramp.cli.output import print_csv, print_json

HOSTILE = "a\x1b[31m\x7f\x85\x9b2J\u202e\u2066\u200b\ufeff\U000e0001 한국 “q”\ud800"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_json_is_the_same_data_and_nothing_unseen(capsys: pytest.CaptureFixture[str]):
    print_json({"words": [HOSTILE], "ends": "\n\t"})
    out = capsys.readouterr().out
    assert json.loads(out) == {"words": [HOSTILE], "ends": "\n\t"}
    assert {unicodedata.category(letter) for letter in out if letter != "\n"}.isdisjoint({"Cc", "Cf", "Cs"})
    assert "한국 “q”" in out


def test_csv_on_a_terminal_spells_out_what_it_would_obey(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    print_csv(["words"], [["=1\x1b]0;x\x07\u202e"], [3]])
    assert terminal.getvalue() == "words\n'=1\\x1b]0;x\\x07\\u202e\n3\n"


def test_csv_in_a_file_keeps_the_text(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdout", file := io.StringIO())
    print_csv(["words"], [["b\u202e\x1b"], ["=1"]])
    assert list(csv.reader(file.getvalue().splitlines())) == [["words"], ["b\u202e\x1b"], ["'=1"]]
