"""`offramp renderings`: its JSON, its CSV, its table; what it withholds, and what it never loads."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from offramp.cli import app
from offramp.sources.verify import verify
from tellingcase import EVIDENCE, make, read, retell, say, spans, write


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make(tmp_path / "case")


def run(*arguments: object) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["renderings", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: object) -> str:
    return " ".join(run(*arguments).split())


def refused(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["renderings", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result.exit_code, result.stderr


def test_json_key_by_key(case: Path) -> None:
    record: dict[str, Any] = json.loads(run(case, "--format", "json"))
    (one,) = record.pop("utterances")
    assert record == {
        "schema": "offramp.renderings/1",
        "case": "case",
        "threshold": 0.5,
        "sure": 0.75,
        "days": 60,
        "num_statements": 2,
        "num_candidates": 2,
        "num_comparisons": 3,
        "num_refused": 0,
        "notes": [],
    }
    first, second = one.pop("renderings")
    assert one.pop("score") == second["link"]["score"]
    assert one == {
        "altered": True,
        "num_reports": 2,
        "num_sources": 1,
        "dependences": [{"earlier": "nine", "later": "echo:1", "how": "names", "name": "post"}],
        "contradictions": [
            {
                "about": "number",
                "of": "gates",
                "values": [{"value": "9", "renderings": ["nine"]}, {"value": "10", "renderings": ["echo:1"]}],
            }
        ],
        "joins": [],
        "unattributed": [],
    }
    assert (second["link"]["to"], second["order_known"], first["order_known"]) == ("nine", True, False)
    assert (first["id"], first["confirmed"], first["against"], first["link"], first["verdict"]) == ("nine", True, None, None, "")
    assert (second["id"], second["confirmed"], second["against"], second["verdict"]) == ("echo:1", False, "nine", "altered")
    assert second["changes"] == [{"kind": "replaced", "before": "nine", "after": "ten", "touches": ["number"]}]
    assert (second["via"], second["spans"], second["confidence"]) == (["Post"], spans("echo", "We found cracks in ten of the gates."), 0.8)


def test_csv_has_a_row_a_rendering(case: Path) -> None:
    header, *rows = csv.reader(io.StringIO(run(case, "--format", "csv")))
    assert [dict(zip(header, row, strict=True))["id"] for row in rows] == ["nine", "echo:1"]
    assert [dict(zip(header, row, strict=True))["linked_to"] for row in rows] == ["", "nine"]
    assert dict(zip(header, rows[1], strict=True))["changes"] == "“nine” became “ten” (number)"


def test_table(case: Path) -> None:
    table = run(case)
    assert max(map(cell_len, table.splitlines())) <= 100
    words = told(case)
    assert words.startswith("1. Jo Eide or Eide, 3 March 2031, 2 reports, one source ")
    for said in (
        "ALTERED in 2, against 1: “nine” became “ten” (number).",
        "2 names The Post, where 1 appeared: one source, not two.",
        "Numbers differ (of: gates): 9 in 1; 10 in 2.",
        "quoted, UNCONFIRMED",
        "UNCONFIRMED: found by 'offramp read'; nobody has said yet",
        "case: 2 pinned statements and 2 that nobody has confirmed; 1 utterance in several reports, 1 with an altered quotation.",
        "What contradicts is listed, not resolved.",
    ):
        assert said in words, said


def test_quotations_of_which_nobody_knows_the_older_differ(case: Path) -> None:
    sources = case / "sources" / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("2031-03-05", "2031-03"), encoding="utf-8")
    echo = read("echo")
    echo["statements"][0]["via_chain"] = []
    write(case, "echo", echo)
    for options in ([], ["--altered"]):
        words = told(case, *options)
        assert "DIFFERENT WORDS between marks in 1 and 2; which came first is not known: “nine” in 1, “ten” in 2 (number)." in words
        assert "0 with an altered quotation, 1 with quotations that differ." in words
    (one,) = json.loads(run(case, "--format", "json"))["utterances"]
    assert (one["altered"], [there["verdict"] for there in one["renderings"]]) == (False, ["", "differs"])
    assert "“nine” in 1, “ten” in 2 (number)" in run(case, "--format", "csv")


def test_options(case: Path) -> None:
    assert "0 utterances" in told(case, "--pinned")
    assert "UNCONFIRMED" not in told(case, "--pinned")
    assert "0 utterances" in told(case, "--confidence", "0.85")
    assert "0 utterances" in told(case, "--threshold", "0.9")
    assert "1 utterance" in told(case, "--altered")
    assert refused(case, "--threshold", "0.1")[0] == 2
    assert refused(case, "--days", "-1")[0] == 2


def test_only_altered(case: Path) -> None:
    retell(case, "echo", "We found cracks in nine of the gates.")
    assert "1 utterance in" in told(case)
    assert "2 has the words of 1." in told(case)
    assert "0 utterances in" in told(case, "--altered")


def test_nothing_read_yet_says_what_to_do(tmp_path: Path) -> None:
    case = make(tmp_path / "fresh", with_candidates=False)
    assert "3 reports have not been read: 'offramp read fresh' finds what is said there." in told(case)
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "evidence.yaml").write_text("offramp: 1\n")
    assert "empty: 0 pinned statements; 0 utterances in several reports" in told(empty)


def test_refusals(case: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    code, said = refused(tmp_path / "other")
    assert (code, said.count("\n")) == (1, 1)
    assert said.endswith(
        "other: no case: it has none of the files of one; expected case.yaml, evidence.yaml or sources/sources.yaml; "
        "correct the path; 'offramp new' makes a case folder\n"
    )
    assert not list((tmp_path / "other").iterdir())
    assert refused(tmp_path / "nowhere") == (2, f"offramp: there is no case folder {tmp_path / 'nowhere'}; 'offramp new' makes one\n")
    (case / "build" / "candidates" / "echo.json").write_text("{")
    code, said = refused(case)
    assert (code, said.count("\n")) == (1, 1)
    assert "build/candidates/echo.json: no JSON that can be read" in said


def test_a_statement_that_is_gone_accuses_nobody(case: Path) -> None:
    (case / "evidence.yaml").write_text(EVIDENCE.replace("in nine of", "in eight of"), encoding="utf-8")
    words = told(case)
    assert "“nine” became “ten”" in words, "what was read there counts again"
    assert "eight" not in words
    (case / "build" / "candidates" / "post.json").unlink()
    words = told(case)
    assert "ALTERED" not in words
    assert "case: 1 pinned statement and" in words
    assert "evidence.yaml:5: statements.nine: its words are gone from post: left out here; 'offramp verify case' says more." in words
    record = json.loads(run(case, "--format", "json"))
    assert record["utterances"] == []
    assert record["notes"][0].startswith("evidence.yaml:5: statements.nine: its words are gone from post")
    result = CliRunner().invoke(app, ["renderings", str(case), "--format", "csv"])
    assert result.stderr.startswith("note: evidence.yaml:5: statements.nine: its words are gone from post")
    assert verify(case).statements[0].state == "gone"


def test_a_statement_that_has_moved_is_told(case: Path) -> None:
    (case / "evidence.yaml").write_text(EVIDENCE.replace("[[1, 37]]", "[[2, 38]]"), encoding="utf-8")
    assert "statements.nine: its words have moved in post: left out here" in told(case)
    chronology = CliRunner().invoke(app, ["chronology", str(case)]).stdout
    assert "statements.nine: its words have moved in post" in " ".join(chronology.split())
    assert verify(case).statements[0].state == "moved"


@pytest.mark.parametrize("spoilt", [("in ten of", "in ten big of"), ("[[33, 69]]", "[[32, 68]]")])
def test_what_is_restricted_stays_so_when_it_is_gone(secretive: Callable[..., Path], spoilt: tuple[str, str]) -> None:
    case = secretive()
    text = (case / "evidence.yaml").read_text(encoding="utf-8")
    head, ten = text.split("  ten: ")
    (case / "evidence.yaml").write_text(f"{head}  ten: {ten.replace(*spoilt)}", encoding="utf-8")
    assert [check.state for check in verify(case).statements] in (["ok", "ok", "gone"], ["ok", "ok", "moved"])
    words = told(case)
    assert "Zealous" not in words
    assert "statements.ten" not in words
    assert "1 withheld in public: its words have moved or are gone: left out here; 'offramp verify case' says more." in words


@pytest.fixture
def secretive(case: Path) -> Callable[..., Path]:
    """Let Echo's quotation be restricted, and the courier have it too, unconfirmed."""

    def made(restricted: bool = True) -> Path:
        words = "We found cracks in ten of the gates."
        hidden = str(restricted).lower()
        ten = f"{{source: echo, quote: {words}, spans: {spans('echo', words)}, speaker: eide, kind: direct, restricted: {hidden}}}"
        (case / "evidence.yaml").write_text(f"{EVIDENCE}  ten: {ten}\n", encoding="utf-8")
        retell(case, "courier", "Zealous: cracks in ten of the gates", speaker="Eide", kind="direct")
        return case

    return made


def test_tables_withhold_restricted_words_and_what_renders_them(secretive: Callable[..., Path]) -> None:
    words = told(secretive())
    assert "ten" not in words.replace("often", "").split()
    assert "Zealous" not in words
    assert "1 more withheld in public." in words
    open_ = told(secretive(restricted=False))
    assert "Zealous" in open_
    assert "more withheld" not in open_
    for form in ("json", "csv"):
        assert "Zealous" in run(secretive(), "--format", form), "programs get everything"


def test_of_three_renderings_two_are_told_and_one_is_counted(secretive: Callable[..., Path]) -> None:
    case = secretive()
    text = (case / "evidence.yaml").read_text(encoding="utf-8")
    place = say(case, "courier", "We found cracks in nine of the gates", "Zealous: cracks in ten of the gates")
    rusty = f"{{source: courier, quote: We found cracks in nine of the gates, spans: {place}, kind: direct, speaker: eide}}"
    (case / "evidence.yaml").write_text(f"{text}  rust: {rusty}\n", encoding="utf-8")
    words = told(case)
    assert words.startswith("1. Jo Eide, 3 March 2031, 2 reports Report ")
    assert "1 more withheld in public." in words
    assert "ten of the gates" not in words


def test_speakers_of_restricted_statements_alone_are_not_named(case: Path) -> None:
    evidence = EVIDENCE.replace("[Eide]}", "[Eide]}\n  zara: {name: Zara Quill}").replace("indirect, rest", "indirect, speaker: zara, rest")
    (case / "evidence.yaml").write_text(evidence, encoding="utf-8")
    for name in ("post", "courier"):
        retell(case, name, "The ancient ferry sank near the lighthouse", speaker="Zara Quill", kind="direct", confidence=0.9)
    words = told(case)
    assert "Quill" not in words
    assert "ferry" not in words
    assert "1 more withheld in public." in words


def test_protected_identifiers_are_told_nowhere(case: Path) -> None:
    (case / "private").mkdir()
    (case / "private" / "people.txt").write_text("Hong Gildong\n")
    retell(case, "echo", "We, says GIL-DONG Hong, found cracks in ten of the gates.")
    for form in ("table", "json", "csv"):
        shown = run(case, "--format", form)
        assert "hong" not in shown.lower()
        assert "gil" not in shown.lower()
        if form == "json":
            (one,) = json.loads(shown)["utterances"]
            assert [told["link"] for told in one["renderings"]] == [None, None]
            assert [told["changes"] for told in one["renderings"]] == [[], []]
        assert form == "table" or "a protected identifier stands in these words" in shown


def test_texts_are_inert_on_the_terminal_and_in_spreadsheets(case: Path) -> None:
    retell(case, "echo", "=HYPERLINK(1) \u202e[bold]We found cracks in ten of the gates[/bold]", speaker="@Eide")
    evidence = EVIDENCE.replace("name: Jo Eide, spellings: [Eide]", 'name: Jo Eide, spellings: ["@Eide"]')
    (case / "evidence.yaml").write_text(evidence, encoding="utf-8")
    table = run(case)
    assert "[bold]" in table
    assert "\u202e" not in table
    cells = [cell for row in csv.reader(io.StringIO(run(case, "--format", "csv"))) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell[:1] in tuple("=+-@") and cell for cell in cells)


def test_the_same_case_gives_the_same_bytes_and_no_language_model_is_loaded(case: Path) -> None:
    code = (
        "import sys; from offramp.cli import app\n"
        "for verb in (['renderings'], ['renderings', '--format', 'json'], ['chronology'], ['chronology', '--format', 'csv']):\n"
        "    app([verb[0], sys.argv[1], *verb[1:]], standalone_mode=False)\n"
        "heavy = {'spacy', 'thinc', 'numpy', 'matplotlib', 'offramp.reading'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else 0)\n"
    )
    outputs = set()
    for seed in ("0", "1", "7"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-c", code, str(case)], env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert b"ALTERED" in outputs.pop()
