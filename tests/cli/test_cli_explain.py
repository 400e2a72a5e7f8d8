"""`offramp explain`: its sentences, its tableau, the contract of its JSON and CSV."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from casetext import DESIGN, GRAPH, SMALL
from offramp import catalogue
from offramp.cli import app
from offramp.sources.evidence import read_evidence
from test_docs import REFERENCE, keys, rows, section

CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq"]


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def as_rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def flat(text: str) -> str:
    """Return a telling without its line breaks."""
    return " ".join(text.split())


@pytest.fixture
def design(tmp_path: Path) -> str:
    return written(tmp_path, DESIGN)


def written(folder: Path, text: str) -> str:
    path = folder / "case.yaml"
    path.write_text(text)
    return str(path)


# -- sentences ----------------------------------------------------------------------------------------------------------


def test_the_prisoners_dilemma_is_told_by_hand() -> None:
    told = flat(run("prisoners-dilemma", "YY", "--dm", "first"))
    assert "state 4 of 4, YY" in told
    assert "The case names no harm. Everybody stays (an equilibrium by GMR, SMR, SEQ and SSEQ; not by Nash)." in told
    assert "Temptation: First prisoner no longer cooperates with the second (leads to state 3)." in told
    assert "For its wish 2 of 2 (assumed): First prisoner does not cooperate with the second [not first.cooperate]." in told
    assert "If nobody answers (Nash): nothing holds it back." in told
    assert "held back: Second prisoner no longer cooperates with the first; state 1 is worse than here for it" in told
    assert "Worse than here by its wish 1 of 2 (assumed): Second prisoner cooperates with the first" in told
    assert "Second prisoner moves for its wish 2 of 2" in told
    assert "\nSecond prisoner" not in run("prisoners-dilemma", "YY", "--dm", "first")


def test_who_is_not_tempted_is_told_with_what_speaks_against_its_moves() -> None:
    told = flat(run("two-prisoners", "--dm", "south_korea"))
    assert "Nothing tempts it: none of its 2 moves here leads to anything that it prefers." in told
    assert "It does not want 2 moves, such as: South Korea asks for the two men at leaders' level." in told
    assert "Against its wish 2 of 5 (inferred): no public request in vain [ask -> transfer]." in told
    assert "Peter Oh, by way of DW, February 2026 (retold, in the analyst's note): “explains the delay" in told


def test_a_sanction_of_two_opponents_is_told_with_why_each_wants_it() -> None:
    told = flat(run("two-prisoners", "12", "--reading", "south_korea=eager", "--dm", "russia"))
    moves = "South Korea asks for the two men at leaders' level, then Ukraine hands the two men to South Korea"
    assert f"However the others may answer (GMR, SEQ), even if it then moves again (SMR, SSEQ): held back: {moves};" in told
    assert "South Korea moves for its wish 3 of 5 (inferred)" in told
    assert "Ukraine moves for its wish 2 of 6 (inferred): if South Korea asks" in told


def test_an_equilibrium_is_told_with_its_breaches_and_harms_in_one_paragraph(design: str) -> None:
    """Two ways of saying that a state lasts; neither may stand without the marks."""
    for case, state in ((design, "NYN"), ("two-prisoners", "1"), ("two-prisoners", "78"), ("two-prisoners", "306")):
        first = flat(run(case, state).split("\n\n")[0])
        assert re.search(r"UNLAWFUL for [^.]+\..* HARM(: kin| to) .*\(an equilibrium by", first), (case, state)
    told = flat(run(design, "NYN"))
    assert "CANNOT BE UNDONE: Ukraine gives them to the Russian side in a swap. UNLAWFUL for Ukraine: Non refoulement (ABSOLUTE)." in told
    assert "stable" not in run("two-prisoners")


def test_restricted_words_are_counted_and_never_shown() -> None:
    statements = read_evidence(catalogue.folder("two-prisoners")).statements.values()
    secret = [said.quote for said in statements if said.restricted]
    assert len(secret) >= 4
    for state in ("1", "5", "122", "306"):
        for reading in ("reprisal", "restraint"):
            told = flat(run("two-prisoners", state, "--reading", f"north_korea={reading}"))
            assert not [words for words in secret if words in told]
            assert "punishes their kin" not in told
            assert "punish <->" not in told
            assert "not punish]" not in told
    told = flat(run("two-prisoners", "--dm", "north_korea"))
    assert "Against its wish 5 of 6 (inferred), withheld in public: kin may face reprisals. – 3 statements withheld" in told


def test_words_that_are_not_there_are_named(tmp_path: Path) -> None:
    shutil.copytree(catalogue.folder("two-prisoners"), tmp_path / "case")
    text = (tmp_path / "case" / "case.yaml").read_text()
    (tmp_path / "case" / "case.yaml").write_text(text.replace("because: [report_north_silent], note", "because: [nobody_said], note"))
    assert "– “nobody_said” is not in evidence.yaml" in run(str(tmp_path / "case"), "--dm", "north_korea")


def test_a_bare_case_is_told_without_words(design: str) -> None:
    told = run(design, "YNY")
    assert "–" not in told
    assert "s24" not in told
    assert "Ukraine hands the two men to South Korea" in told
    assert "POW A" in told


def test_what_a_decision_maker_can_still_do_is_told() -> None:
    told = flat(run("two-prisoners", "12", "--reading", "south_korea=eager", "--dm", "south_korea", "--concept", "smr"))
    assert "and the best that it can still do — South Korea no longer offers something in return — leaves it worse than here." in told


AS_GOOD = """\
offramp: 1
title: As good
decision_makers: {ann: {options: {go: {}}}, bob: {options: {sue: {}}}}
status_quo: YY
readings:
  ann: {only: {ranking: [NY, [YY, YN], NN]}}
  bob: {only: {ranking: [NN, YN, YY, NY]}}
"""


def test_what_leaves_it_as_good_as_here_is_a_whole_sentence(tmp_path: Path) -> None:
    told = flat(run(written(tmp_path, AS_GOOD)))
    assert "the best that it can still do — Ann takes the option “go” — leaves it as good as here, and no better. Worse than here" in told


def test_no_move_at_all() -> None:
    assert "It has no move here." in run("elmira-12", "6", "--dm", "moe")


def test_a_graph_is_told_by_the_names_of_its_states(tmp_path: Path) -> None:
    told = flat(run(written(tmp_path, GRAPH), "s2"))
    assert "A graph: state s2, one of 3" in told
    assert "Uniroyal moves to “s3”" in told
    assert "NO WAY BACK to the status quo." in told


def test_every_telling_fits_the_terminal(design: str) -> None:
    for arguments in (["two-prisoners", "12"], ["two-prisoners", "5", "--tableau"], ["elmira-12", "2"], [design]):
        assert max(cell_len(line) for line in run(*arguments).splitlines()) <= 100


FIVE = """
offramp: 1
title: Five temptations
decision_makers: {a: {}, b: {}}
states: [s, t1, t2, t3, t4, t5]
moves:
  a: [[s, t1], [s, t2], [s, t3], [s, t4], [s, t5]]
  b: [[t1, s], [t2, s], [t3, s]]
readings: {a: {only: {ranking: [t1, t2, t3, t4, t5, s]}}, b: {only: {ranking: [[s, t1, t2, t3, t4, t5]]}}}
"""


def test_the_temptation_that_nothing_deters_is_told_however_far_down_it_stands(tmp_path: Path) -> None:
    case = written(tmp_path, FIVE)
    told = flat(run(case, "--dm", "a", "--concept", "gmr"))
    assert re.findall(r"Temptation: A moves to “(\w+)”", told) == ["t1", "t2", "t3", "t4"]
    assert "held back: B moves to “s”; it is back where it started." in told
    assert "not held back: they have nothing that makes it worse" in told
    assert "1 more tempting: --format csv lists them." in told
    assert len(as_rows(case, "--dm", "a", "--concept", "gmr")) == 5


def test_a_temptation_is_free_where_the_verdict_says_so() -> None:
    for state in ("100", "200", "300"):
        for account in as_json("two-prisoners", state)["decision_makers"]:
            answers = [answer for move in account["improvements"] for answer in move["answers"]]
            for concept in CONCEPTS:
                assert account["stability"][concept] == all(answer["deters"] for answer in answers if answer["concept"] == concept)


# -- which state ---------------------------------------------------------------------------------------------------------


def test_a_state_by_number_code_or_name(tmp_path: Path) -> None:
    assert run("elmira-12", "7") == run("elmira-12", "NYNNY")
    assert run("elmira-12") == run("elmira-12", "1")
    assert run("elmira-9-xu", "s7") == run("elmira-9-xu", "7")
    named = "offramp: 1\ntitle: T\ndecision_makers: {a: {}}\nstates: ['2', '1']\nmoves: {a: [['2', '1']]}\n"
    named += "readings: {a: {r: {ranking: ['1', '2']}}}\n"
    assert as_json(written(tmp_path, named), "1")["state"] == 2  # a name before a number


@pytest.mark.parametrize("state", ["13", "0", "-1", "YYYYY", "s1", "", "²", "9" * 5000])
def test_a_state_that_is_not_there(state: str) -> None:
    told = run("elmira-12", "--", state, code=2)
    assert "there are: numbers 1 to 12" in told


def test_misuse() -> None:
    assert "no concept is called 'core'" in run("elmira-12", "--concept", "core", code=2)
    assert "no decision maker is called 'mayor'" in run("elmira-12", "--dm", "mayor", code=2)


# -- tableau -------------------------------------------------------------------------------------------------------------


def test_the_tableau_of_elmira() -> None:
    lines = [re.sub(r" {2,}", "  ", line) for line in run("elmira-12", "--tableau").splitlines()]
    start = lines.index("2  YYNNN  CANNOT BE UNDONE: moe.modify")
    assert lines[start + 1 : start + 5] == [
        "moe  2  R G M S Q",
        "uniroyal  3  4, 6  4  u",
        "  6",
        "local_government  1  8  8: G M S Q by 12  - G M S Q",
    ]


def test_verdicts_in_a_tableau_stand_beside_what_forbids_calling_them_well() -> None:
    lines = run("two-prisoners", "--tableau").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("1  NNNNNNNNNNN  (status quo)  UNLAWFUL: rok_art_3; harm"))
    rows_of = lines[start + 1 : lines.index("", start)]
    verdicts = [line for line in rows_of if "R G M S Q" in line]
    assert len(verdicts) == 5
    assert all("UNLAWFUL; HARM" in line for line in verdicts)


def test_a_tableau_is_cut_at_a_limit() -> None:
    told = run("two-prisoners", "5", "--tableau", "--states", "3")
    assert "tableau of 3 states, state 5 and what is near it" in told
    assert "More states matter than these 3" in told
    record = as_json("two-prisoners", "5", "--tableau", "--states", "3")["tableau"]
    assert (len(record["states"]), record["is_cut"]) == (3, True)
    assert len(as_json("two-prisoners", "5", "--tableau")["tableau"]["states"]) == 344
    assert {row["number"] for row in as_rows("two-prisoners", "5", "--tableau", "--states", "3")} == {"5", "9", "16"}


# -- data ----------------------------------------------------------------------------------------------------------------


def test_json_key_by_key() -> None:
    record = as_json("prisoners-dilemma", "YY", "--dm", "first", "--concept", "smr")
    first = ["schema", "case", "as_of", "settings", "readings", "contested", "options", "num_states", "status_quo", "state"]
    assert list(record)[:10] == first
    assert record["schema"] == "offramp.explain/1"
    assert (record["state"], record["code"], record["status_quo"], record["num_states"]) == (4, "YY", 1, 4)
    assert record["settings"]["witnesses"].startswith("the shortest sequence")
    assert record["equilibrium"] == {"smr": True}
    path = "readings.{0}.published.prefers.{1}"
    wish = {"form": "prefers", "of": 2, "basis": "assumed", "because": []}
    assert record["decision_makers"] == [
        {
            "dm": "first",
            "rank": 2,
            "stability": {"smr": True},
            "improvements": [
                {
                    "set": {"cooperate": False},
                    "to": 3,
                    "code": "NY",
                    "rank": 3,
                    "compared": "better",
                    "reason": {"label": path.format("first", 1), "place": 2, "that": "not first.cooperate", **wish},
                    "answers": [
                        {
                            "concept": "smr",
                            "deters": True,
                            "is_worst": True,
                            "moves": [
                                {
                                    "dm": "second",
                                    "set": {"cooperate": False},
                                    "to": 1,
                                    "code": "NN",
                                    "rank": 1,
                                    "compared": "better",
                                    "reason": {"label": path.format("second", 1), "place": 2, "that": "not second.cooperate", **wish},
                                }
                            ],
                            "end": {"to": 1, "code": "NN", "rank": 1, "compared": "worse"},
                            "escape": {"to": 1, "code": "NN", "rank": 1, "compared": "worse"},
                            "reason": {"label": path.format("first", 0), "place": 1, "that": "second.cooperate", **wish},
                        }
                    ],
                }
            ],
            "other_moves": [],
        }
    ]


def test_json_of_weights(tmp_path: Path) -> None:
    """Bert pays -2 and has 3 of Anna's leaving: to pay would take him from 3 to 1."""
    (move,) = as_json(written(tmp_path, SMALL), "YN", "--dm", "bert")["decision_makers"][0]["other_moves"]
    assert move["reason"] == {
        "label": "readings.bert.only",
        "form": "weights",
        "better": 3,
        "worse": 1,
        "weights": [{"option": "bert.pay", "weight": -2}],
        "basis": "assumed",
        "because": [],
    }
    told = flat(run(written(tmp_path, SMALL), "YN", "--dm", "bert"))
    assert "Against its weights (assumed): a sum of 3 rather than 1, by what is apart: Bert takes the option “pay” (-2)." in told


def test_json_of_what_does_not_tempt() -> None:
    record = as_json("two-prisoners", "--dm", "russia")
    (move,) = record["decision_makers"][0]["other_moves"]
    assert (move["set"], move["to"], move["reason"]["that"]) == ({"premium": True}, 12, "not premium")
    assert move["reason"]["because"] == ["left_out_2025_05", "left_out_2026_02"]
    assert record["breaches"][0]["norm"] == "rok_art_3"


def test_every_key_of_the_json_is_told(tmp_path: Path) -> None:
    weighed = written(tmp_path, SMALL)
    there = [as_json("two-prisoners", "1", "--tableau"), as_json("two-prisoners", "12", "--reading", "south_korea=eager")]
    there += [as_json("elmira-12", "1"), as_json(weighed, "YN")]
    there += [as_json("elmira-9-xu", "s5", "--concept", "coalition_gmr", "--coalition", "moe,uniroyal")]
    there += [as_json("syria-iraq-1975", "6", "--concept", "limited", "--horizon", "3")]
    there += [as_json("syria-iraq-misperception", "6", "--as-seen-by", "iraq")]
    told = set(rows(section(REFERENCE / "verbs.md", "`offramp.explain/1`")))
    assert told == set().union(*map(keys, there)) | {"collisions", "norms"}


def test_csv_has_one_row_for_each_decision_maker_concept_and_improvement() -> None:
    found = as_rows("elmira-12", "2")
    assert [(row["dm"], row["concept"], row["to"]) for row in found if row["dm"] != "uniroyal"] == [
        *(("moe", concept, "") for concept in CONCEPTS),
        *(("local_government", concept, "8") for concept in CONCEPTS),
    ]
    last = found[-1]
    assert (last["deters"], last["moves"], last["end"], last["end_code"], last["escape"]) == ("1", "uniroyal>YNNYY", "12", "YNNYY", "12")
    assert (last["stable"], last["reason"], last["basis"]) == ("1", "ranking", "assumed")


def test_csv_of_a_tableau() -> None:
    found = as_rows("elmira-12", "--tableau")
    assert len(found) == 12 * 3
    row = next(row for row in found if (row["number"], row["dm"]) == ("3", "local_government"))
    assert (row["rank"], row["moves_to"], row["improvements"]) == ("7", "9", "9")
    assert (row["sanctions_gmr"], row["sanctions_seq"], row["stable_nash"], row["stable_seq"]) == ("9: 10 11 12", "9: 11", "0", "1")


@pytest.mark.parametrize("tableau", [(), ("--tableau",)])
def test_csv_says_by_what_it_was_computed(tableau: tuple[str, ...]) -> None:
    found = as_rows("elmira-12", "--set", "sequences=once", *tableau)
    published = "moe=published uniroyal=published local_government=published"
    assert {tuple(row.items())[-3:] for row in found} == {(("settings", "sequences=once"), ("readings", published), ("contested", ""))}


def test_one_decision_maker_alone_in_a_tableau() -> None:
    assert {row["dm"] for row in as_rows("elmira-12", "--tableau", "--dm", "moe")} == {"moe"}


def test_a_wish_whose_place_nobody_has_judged_is_told_as_such(tmp_path: Path) -> None:
    text = SMALL.replace("prefers: [{that: pay}, {that: not leave}]", "prefers: [{any_order: [{that: pay}, {that: not leave}]}]")
    told = flat(run(written(tmp_path, text), "YN", "--dm", "anna"))
    assert "For its wish 2 of 2 (assumed, its order among others unjudged): Anna does not take the option “leave” [not leave]." in told


def test_a_tableau_says_its_settings(tmp_path: Path) -> None:
    text = run("garrison-23", "6", "--tableau", "--set", "sequences=one_step", "--states", "1")
    assert "Settings: sequences=one_step\n" in text
    assert text.startswith("Garrison Diversion Unit: tableau of state 6 alone\n")
    assert "canadian_opposition  5     2 " in text
    assert "More states matter than this one" in text
    assert "Settings" not in run("garrison-23", "6", "--tableau", "--states", "1")
    pairs = "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {pairs: [], unlisted: unknown}}}\n"
    assert "Settings: unknown=a\n" in run(written(tmp_path, pairs), "--tableau")


def test_a_tableau_of_a_graph_goes_by_names() -> None:
    text = run("north-korea-2017-irreversible", "s12", "--tableau")
    # by the post: from 12 North Korea moves to 0, 4 and 8, and prefers 0 and 4
    assert "\ns12\n" in text
    row = text[text.index("\ns12\n") :].split("\n\n")[0]
    assert " s0, s4, s8 " in row
    assert " s0: G M by s1 " in row
    assert " s4: G M S Q by s5" in row
    assert "10  s12" not in text
