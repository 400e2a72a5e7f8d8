"""`offramp statusquo`: its tables, its tree, the contract of its data, its graphs."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from casetext import DESIGN, GRAPH, changed
from offramp.cli import app

FORMS = ["table", "tree", "json", "csv", "dot", "graphml"]


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["statusquo", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def as_rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def written(folder: Path, text: str) -> str:
    path = folder / "case.yaml"
    path.write_text(text)
    return str(path)


@pytest.fixture
def design(tmp_path: Path) -> str:
    return written(tmp_path, DESIGN)


def test_json_key_by_key() -> None:
    record = as_json("syria-iraq-1975", "--improvements")
    head = {key: record[key] for key in list(record)[:14] if key not in ("settings", "start")}
    assert head == {
        "schema": "offramp.statusquo/1",
        "case": "Syria and Iraq over the Euphrates, 1975",
        "as_of": None,
        "readings": {"syria": "published", "iraq": "published"},
        "contested": {},
        "options": ["syria.release_water", "syria.escalate", "iraq.attack"],
        "num_states": 6,
        "status_quo": 1,
        "from": 1,
        "from_code": "NNN",
        "may_move": ["syria", "iraq"],
        "searches": record["searches"],
    }
    nothing = {"breaches": [], "collisions": [], "permissions": [], "harms": [], "wishes_met": [], "can_return": True, "final": []}
    concepts = ("nash", "gmr", "smr", "seq", "sseq")
    assert record["start"] == {**nothing, "equilibrium": {concept: concept == "gmr" for concept in concepts}}
    attack = {"dm": "iraq", "set": {"attack": True}, "to": 4, "wanted": True}
    escalate = {"dm": "syria", "set": {"escalate": True}, "to": 6, "wanted": True}
    assert record["searches"] == [
        {
            "kind": "improvements",
            "num_reached": 2,
            "is_cut": False,
            "states": [
                {
                    "to": 4,
                    "code": "NNY",
                    "num_moves": 1,
                    "by": ["iraq"],
                    "moves": [attack],
                    **nothing,
                    "equilibrium": dict.fromkeys(concepts, False),
                },
                {
                    "to": 6,
                    "code": "NYY",
                    "num_moves": 2,
                    "by": ["syria", "iraq"],
                    "moves": [attack, escalate],
                    **nothing,
                    "equilibrium": dict.fromkeys(concepts, True),
                },
            ],
        }
    ]


def test_both_searches_or_one() -> None:
    assert [found["kind"] for found in as_json("elmira-12")["searches"]] == ["improvements", "moves"]
    assert [found["kind"] for found in as_json("elmira-12", "--moves")["searches"]] == ["moves"]
    assert "exclude each other" in run("elmira-12", "--moves", "--improvements", code=2)


def test_law_people_and_what_is_final_stand_with_every_state(design: str) -> None:
    (found,) = as_json(design, "--moves")["searches"]
    exchange = next(state for state in found["states"] if state["code"] == "NYN")
    assert [breach["norm"] for breach in exchange["breaches"]] == ["non_refoulement"]
    assert [harm["grade"] for harm in exchange["harms"]] == ["grave"]
    assert (exchange["final"], exchange["can_return"]) == (["ukraine.exchange"], False)
    lines = run(design, "--moves", "--format", "tree").splitlines()
    place = next(place for place, line in enumerate(lines) if " NYN – " in line)
    assert "CANNOT BE UNDONE: ukraine.exchange; UNLAWFUL: non_refoulement; harm grave:pow_a" in " ".join(
        line.strip(" │├└─") for line in lines[place : place + 2]
    )
    told = " ".join(run(design, "--moves").split())
    assert all(word in told for word in ("CANNOT BE UNDONE", "UNLAWFUL", "harm"))


def test_from_and_by() -> None:
    record = as_json("elmira-12", "--moves", "--from", "7", "--by", "uniroyal", "--by", "moe")
    assert (record["from"], record["from_code"], record["may_move"]) == (7, "NYNNY", ["moe", "uniroyal"])
    assert all(move["dm"] != "local_government" for state in record["searches"][0]["states"] for move in state["moves"])
    assert as_json("elmira-12", "--from", "NYNNY", "--moves", "--by", "moe", "--by", "uniroyal")["searches"] == record["searches"]
    assert record["status_quo"] == 1
    assert as_json("elmira-9-xu", "--from", "s9")["from"] == 9
    assert "no decision maker is called 'sweden'" in run("elmira-12", "--by", "sweden", code=2)
    assert "no state is called 'NNN'" in run("elmira-12", "--from", "NNN", code=2)


def test_a_plus_marks_the_moves_that_whoever_makes_them_wants() -> None:
    """Guide, Figure 20: of the first moves only Iraq's to 4 is an improvement, and then those from 3 and from 4 to 6."""
    told = " ".join(run("syria-iraq-1975", "--moves").split())
    assert "2 YNN 1 syria release_water 3 NYN 1 syria escalate 4 NNY 1 iraq attack + " in told
    assert "6 NYY 2 syria escalate, iraq attack + " in told


def test_csv_has_the_same_states_as_json() -> None:
    record, rows = as_json("two-prisoners", "--limit", "40"), as_rows("two-prisoners", "--limit", "40")
    told = [(found["kind"], str(state["to"])) for found in record["searches"] for state in found["states"]]
    assert [(row["kind"], row["to"]) for row in rows] == told
    states = [state for found in record["searches"] for state in found["states"]]
    for row, state in zip(rows, states, strict=True):
        assert row["breaches"].split() == [breach["norm"] for breach in state["breaches"]]
        assert row["equilibrium"].split() == [concept for concept, there in state["equilibrium"].items() if there]
        assert row["wanted"].split() == [str(int(move["wanted"])) for move in state["moves"]]
        assert (row["final"].split(), row["can_return"]) == (state["final"], str(int(state["can_return"])))


def test_the_tree_has_each_state_of_an_option_form_once() -> None:
    told = run("two-prisoners", "--moves", "--format", "tree", "--limit", "1000")
    codes = re.findall(r"\b([YN]{11})\b", told)
    assert sorted(codes[1:]) == sorted(set(codes)), "the title names the start once more"
    assert len(set(codes)) == as_json("two-prisoners", "--moves")["searches"][0]["num_reached"] + 1
    assert all(len(line) <= 100 for line in told.splitlines())
    assert "(passing)" not in told


PASSING = """
offramp: 1
title: A way through
decision_makers: {one: {}, two: {}}
states: [s1, s2, s3, s4]
moves: {one: [[s1, s2], [s2, s3], [s1, s4]], two: [[s4, s2]]}
readings: {one: {r: {ranking: [s3, s1, [s2, s4]]}}, two: {r: {ranking: [s2, [s1, s3, s4]]}}}
"""


def test_the_tree_of_a_graph_shows_legal_sequences_only(tmp_path: Path) -> None:
    told = run(written(tmp_path, PASSING), "--moves", "--format", "tree").splitlines()
    assert [re.sub(" – .*?(?= \\(|$)", "", line) for line in told[2:6]] == [
        "├─ one to s2: 2 s2",
        "└─ one to s4: 4 s4",
        "   └─ two to s2 +: 2 s2 (passing)",
        "      └─ one to s3 +: 3 s3",
    ]


def test_a_deep_tree_stays_within_the_page(tmp_path: Path) -> None:
    names = [f"s{k}" for k in range(1, 61)]
    arcs = [[names[k], names[k + 1]] for k in range(59)]
    case = {"offramp": 1, "title": "A long way", "decision_makers": {"one": {}, "two": {}}, "states": names}
    case |= {"moves": {"one": arcs[::2], "two": arcs[1::2]}, "readings": {dm: {"r": {"prefers": []}} for dm in ("one", "two")}}
    text = json.dumps(case)
    told = run(written(tmp_path, text), "--moves", "--format", "tree", "--limit", "60")
    assert "two to s59" in told
    assert all(len(line) <= 100 for line in told.splitlines())


def test_a_limit_is_told() -> None:
    assert "the nearest 24 states" in run("two-prisoners", "--moves")
    assert "the nearest 3 states" in run("two-prisoners", "--moves", "--limit", "3")
    (found,) = as_json("two-prisoners", "--moves", "--limit", "3")["searches"]
    assert (found["is_cut"], found["num_reached"], len(found["states"])) == (True, 3, 3)


def test_graphs_draw_all_moves_and_mark_the_wanted_ones() -> None:
    drawn = run("syria-iraq-1975", "--format", "dot")
    assert drawn == run("syria-iraq-1975", "--format", "dot", "--moves").replace("--moves", "")
    assert drawn.count("->") == 18
    assert '  s1 -> s4 [label="iraq"];' in drawn
    assert '  s1 -> s2 [label="syria", style=dashed];' in drawn
    wanted = run("syria-iraq-1975", "--format", "dot", "--improvements")
    assert re.findall(r"s\d+ -> s\d+", wanted) == ["s1 -> s4", "s4 -> s6"]
    root = ElementTree.fromstring(run("syria-iraq-1975", "--format", "graphml").encode())
    assert len([element for element in root.iter() if element.tag.endswith("}edge")]) == 18


def test_a_name_cannot_leave_its_place(tmp_path: Path) -> None:
    """Control characters are refused with the case; quotes, brackets and entities are not."""
    title = '"]; x [URL="file:///y"]; \\N <!ENTITY a "b"> ]]> &a;'
    case = written(tmp_path, changed(GRAPH, ("title: A graph", f"title: {json.dumps(title)}")))
    head, *rest = run(case, "--format", "dot").splitlines()[1:]
    assert re.fullmatch(r'  graph \[label="(?:[^"\\]|\\.)*", labelloc=t\];', head)
    assert not any("URL" in line for line in rest)
    told = run(case, "--format", "graphml")
    assert "<!" not in told
    root = ElementTree.fromstring(told.encode())
    assert next(element for element in root.iter() if element.get("key") == "graph_title").text == f"{title}: from 1 s1 by any moves"


@pytest.mark.parametrize("form", FORMS)
def test_the_date_is_taken(form: str) -> None:
    assert run("two-prisoners", "--format", form, "--as-of", "2025-02-20") != run("two-prisoners", "--format", form)
