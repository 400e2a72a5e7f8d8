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

FORMS = ["table", "tree", "json", "csv", "edges", "dot", "graphml"]


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
    attack = {"dm": "iraq", "set": {"attack": True}, "to": 4, "wanted": True, "unknown": False}
    escalate = {"dm": "syria", "set": {"escalate": True}, "to": 6, "wanted": True, "unknown": False}
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
    assert as_json("elmira-12", "--from", "7", "--moves", "--by", "uniroyal, moe")["searches"] == record["searches"]
    assert as_json("elmira-12", "--from", "7", "--moves", "--by", "moe_and_uniroyal")["searches"] == record["searches"]
    assert "no decision maker or coalition is called 'sweden'" in run("elmira-12", "--by", "moe,sweden", code=2)
    assert "no state is called 'NNN'" in run("elmira-12", "--from", "NNN", code=2)


def test_a_plus_marks_the_moves_that_whoever_makes_them_wants() -> None:
    """Guide, Figure 20: of the first moves only Iraq's to 4 is an improvement, and then those from 3 and from 4 to 6."""
    told = " ".join(run("syria-iraq-1975", "--moves").split())
    assert "2 YNN 1 syria release_water 3 NYN 1 syria escalate 4 NNY 1 iraq attack + " in told
    assert "6 NYY 2 syria escalate, iraq attack + " in told


def test_csv_has_the_same_states_as_json() -> None:
    record, rows = as_json("two-prisoners", "--limit", "40"), as_rows("two-prisoners", "--limit", "40")
    start = {"to": record["from"], "moves": [], **record["start"]}
    told = [(found["kind"], str(state["to"])) for found in record["searches"] for state in (start, *found["states"])]
    assert [(row["kind"], row["to"]) for row in rows] == told
    states = [state for found in record["searches"] for state in (start, *found["states"])]
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
    assert '  s1 -> s4 [label="iraq", place=1];' in drawn
    assert '  s1 -> s2 [label="syria", style=dashed, place=1];' in drawn
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


PRINTED = {  # Figure 20 of the guide to GMCR+: from, to, who moves, whether it is an improvement
    (1, 2, "syria", 0), (1, 3, "syria", 0), (1, 4, "iraq", 1), (2, 5, "iraq", 0), (3, 6, "iraq", 1), (4, 5, "syria", 0), (4, 6, "syria", 1),
    (5, 4, "syria", 1), (5, 6, "syria", 1), (6, 4, "syria", 0), (6, 5, "syria", 0), (5, 2, "iraq", 1), (6, 3, "iraq", 0),
}  # fmt: skip


def test_three_moves_deep_as_printed() -> None:
    rows = list(csv.DictReader(io.StringIO(run("syria-iraq-1975", "--depth", "3", "--format", "edges"))))
    assert len(rows) == 13
    assert {(int(row["from"]), int(row["to"]), row["by"], int(row["wanted"])) for row in rows} == PRINTED
    firsts = {(row["from"], row["to"], row["sets"]) for row in rows if row["place"] == "1"}
    assert firsts == {("1", "2", "syria release_water"), ("1", "3", "syria escalate"), ("1", "4", "iraq attack")}
    drawn = run("syria-iraq-1975", "--depth", "3", "--format", "dot")
    assert {
        (int(s), int(t), who, int(not dashed))
        for s, t, who, dashed in re.findall(r's(\d) -> s(\d) \[label="(\w+)"(, style=dashed)?', drawn)
    } == PRINTED


def test_a_depth_is_told() -> None:
    told = run("syria-iraq-1975", "--depth", "1", "--improvements")
    assert "from 1 NNN by wanted moves, at most 1" in told
    assert "Reached by wanted moves, at most 1: 1 of the 5 other states." in told
    record = as_json("syria-iraq-1975", "--depth", "1", "--improvements")
    assert record["settings"]["depth"] == 1
    assert [state["to"] for state in record["searches"][0]["states"]] == [4]
    assert as_json("syria-iraq-1975")["settings"]["depth"] is None


def test_equilibria_by_other_concepts_and_settings() -> None:
    """Garrison, state 6: by GMR as its definition has it, not by the one where each opponent answers once."""
    for settings, there in ((), True), (("--set", "sequences=once"), False):
        record = as_json("garrison-23", "--from", "6", "--concept", "gmr", "--concept", "sim", *settings)
        assert record["start"]["equilibrium"]["gmr"] is there
        assert list(record["start"]["equilibrium"]) == ["gmr", "sim"]
        assert record["settings"]["sequences"] == ("legal" if there else "once")
    assert "Settings: sequences=once" in run("garrison-23", "--set", "sequences=once")
    rows = as_rows("garrison-23", "--set", "sequences=once", "--improvements")
    assert {row["settings"] for row in rows} == {"sequences=once"}
    assert "L2" in run("prisoners-dilemma", "--concept", "limited", "--horizon", "2")
    told = run("elmira-12", "--concept", "coalition_nash", "--coalition", "moe_and_uniroyal")
    assert "coalitional Nash for moe+uniroyal" in " ".join(told.split())
    assert "horizon" in run("prisoners-dilemma", "--horizon", "2", code=2)


UNKNOWN = """
offramp: 1
title: Doubt
decision_makers: {one: {options: {x: {}}}, two: {options: {y: {}}}}
readings:
  one: {r: {prefers: [{that: x, doubtful: true}]}}
  two: {r: {prefers: [{that: "x -> y"}]}}
"""


def test_unknown_preference_is_told_and_counts_as_the_setting_says(tmp_path: Path) -> None:
    """From NN nobody knows whether `one` wants x; once it holds, `two` wants y."""
    case = written(tmp_path, UNKNOWN)
    told = run(case, "--improvements")
    assert "one x ?, two y" in told
    assert "it counts as wanted by unknown=a" in " ".join(told.split())
    assert "Settings: unknown=a" in told
    for unknown, reached in zip("abcd", (["YN", "YY", "NY"], [], ["YN", "YY", "NY"], []), strict=True):
        (found,) = as_json(case, "--improvements", "--set", f"unknown={unknown}")["searches"]
        assert [state["code"] for state in found["states"]] == reached
    assert "does not count as wanted by unknown=b" in " ".join(run(case, "--set", "unknown=b").split())
    moves = as_json(case, "--moves", "--set", "unknown=d")["searches"][0]["states"]
    first = next(state["moves"] for state in moves if state["code"] == "YN")
    assert [(move["wanted"], move["unknown"]) for move in first] == [(False, True)]
    assert "doubt" not in run("syria-iraq-1975").lower()
    assert "unknown=" not in run("syria-iraq-1975")


def test_rows_say_in_which_cell() -> None:
    for form in ("csv", "edges"):
        (text,) = {tuple(row.items())[-3:] for row in csv.DictReader(io.StringIO(run("two-prisoners", "--limit", "3", "--format", form)))}
        told = dict(text)
        assert told["settings"] == "default"
        assert told["readings"].split()[0] == "ukraine=law_first"
        assert "leaders=on" in told["contested"].split()
