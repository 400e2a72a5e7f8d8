"""`.gmcr` files: what is read, what is refused and how, and what comes back from a round trip."""

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

import offramp
from casetext import DESIGN, GRAPH, SMALL
from gmcrfile import VARIANTS, makers, model, mutated, options, ranked, raw
from offramp.case.load import read_case_text
from offramp.errors import CaseError, ChoiceError, LeakError, OfframpError, StorageError, TooManyStatesError
from offramp.formula import atoms, evaluate, parse
from offramp.interchange.gmcr import Condition, gmcr_bytes, parse_gmcr, read_gmcr, to_case_text, to_gmcr, write_gmcr
from offramp.interchange.patterns import TooManyPatternsError, as_formula, as_patterns
from offramp.model.build import Builder


def read(data: Any) -> Any:
    return parse_gmcr(raw(data), "model.gmcr")


def case_of(data: Any) -> Any:
    return read_case_text(to_case_text(read(data))[0])


def model_of(file: Any) -> Any:
    builder = Builder(file)
    return builder.model(builder.choice())


def told(data: Any) -> list[str]:
    with pytest.raises(CaseError) as caught:
        parse_gmcr(data if isinstance(data, bytes) else raw(data), "model.gmcr")
    return [str(problem) for problem in caught.value.problems]


# -- reading --------------------------------------------------------------------------------------------------------------


def test_what_a_file_says() -> None:
    record = read(model(coalitions=[[1, 0]]))
    assert [(option.name, option.direction) for option in record.options] == [
        ("Release Water", "both"), ("Escalate", "forward"), ("Attack", "both"),
    ]  # fmt: skip
    assert [(maker.name, maker.options) for maker in record.makers] == [("Syria", (0, 1)), ("Iraq", (2,))]
    assert record.infeasible == (Condition((((0, True), (1, True)),)),)
    assert record.makers[1].statements[0] == Condition((((0, True), (1, False), (2, False)), ((0, False), (2, True))))
    assert [record.label(code) for code in record.codes] == ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    assert (record.is_ranked, record.coalitions, record.program, record.version) == (False, ((1, 0),), "gmcr-py", "0.3.13")


def test_the_case_that_it_makes() -> None:
    text, left_out = to_case_text(read(model()), "A river")
    case = read_case_text(text).case
    assert case.title == "A river"
    assert {dm: list(maker.options) for dm, maker in case.decision_makers.items()} == {
        "syria": ["release_water", "escalate"], "iraq": ["attack"],
    }  # fmt: skip
    assert case.options["syria.release_water"].name == "Release Water"
    assert case.options["syria.escalate"].allowed == "forward"
    assert [rule.exclude for rule in case.rules.values()] == ["YY-"]
    assert [said.that for _, said in case.readings["syria"]["gmcr"].statements()] == [
        "not release_water and not escalate and not attack", "escalate", "not attack", "not release_water",
    ]  # fmt: skip
    assert [said.that for _, said in case.readings["iraq"]["gmcr"].statements()] == [
        "release_water and not escalate and not attack or not release_water and attack", "not attack",
    ]  # fmt: skip
    assert left_out == []
    assert "0.3.13" in case.cite


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_becomes_a_case_that_solves(name: str) -> None:
    record = read(VARIANTS[name])
    text, left_out = to_case_text(record)
    found = model_of(read_case_text(text))
    assert [option.name for option in read_case_text(text).case.options.values()] == [option.name for option in record.options]
    assert len(found.states) == len(record.codes)
    offramp.solve(found)
    for line in left_out:
        assert f"# - {line}\n" in text


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_comes_back(name: str) -> None:
    file = case_of(VARIANTS[name])
    again = read_case_text(to_case_text(parse_gmcr(to_gmcr(file)[0], "again.gmcr"))[0])
    first, second = model_of(file), model_of(again)
    assert [first.states.label(k) for k in range(len(first.states))] == [second.states.label(k) for k in range(len(second.states))]
    assert np.array_equal(first.ranks, second.ranks)
    assert [option.allowed for option in file.case.options.values()] == [option.allowed for option in again.case.options.values()]


def test_a_record_comes_back_key_by_key() -> None:
    for name in ("statements", "rankings", "coalition", "misperception", "if and only if", "if", "hostile names", "names alike"):
        first = read(VARIANTS[name])
        again = parse_gmcr(gmcr_bytes(first), "model.gmcr")
        for part in ("options", "infeasible", "is_ranked", "coalitions", "program", "version"):
            assert getattr(again, part) == getattr(first, part), (name, part)
        for one, other in zip(first.makers, again.makers, strict=True):
            assert (one.name, one.options, one.statements, one.unseen) == (other.name, other.options, other.statements, other.unseen)
            assert one.ranking == other.ranking or not first.is_ranked


def test_statements_keep_their_patterns_and_their_order() -> None:
    for name in ("statements", "if and only if", "if"):
        first = read(VARIANTS[name])
        again = parse_gmcr(to_gmcr(read_case_text(to_case_text(first)[0]))[0], "again.gmcr")
        assert [maker.statements for maker in again.makers] == [maker.statements for maker in first.makers]
        assert again.infeasible == first.infeasible
        assert not again.is_ranked


def test_rankings_and_what_is_switched_off() -> None:
    text, left_out = to_case_text(read(VARIANTS["rankings"]))
    reading = read_case_text(text).case.readings["syria"]["gmcr"]
    assert reading.ranking == ["NNN", "NYN", ["NYY", "YNN"], "NNY", "YNY"]
    assert "not release_water" in reading.note
    assert left_out[0] == "preferences: 4 statements of Syria (syria), switched off by the ranking; they are in a note"
    assert read_case_text(to_case_text(read(VARIANTS["vectors"]))[0]).case.readings["syria"]["gmcr"].ranking == reading.ranking


def test_payoffs_rank_where_nothing_else_does() -> None:
    reading = case_of(VARIANTS["payoffs alone"]).case.readings["syria"]["gmcr"]
    assert reading.ranking == ["NNN", "NYN", "NYY", "YNN", "NNY", "YNY"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("coalition", "coalitions: Syria (syria), Iraq (iraq) act as one; here they are apart, and one by --merge syria_and_iraq"),
        ("unknown keys", "unknown key: decisionMakers[1].mood: good"),
        ("vectors, switched off", "preferenceRanking: the ranking of Syria (syria), switched off: the statements count"),
        ("rankings", "payoffs: those of Syria (syria) order the states otherwise than the ranking, which counts"),
    ],
)
def test_what_has_no_place_in_a_case(name: str, said: str) -> None:
    assert said in to_case_text(read(VARIANTS[name]))[1]


def test_a_coalition_can_be_merged_as_it_is_said() -> None:
    for there, says in ((makers(), True), (makers(misperceptions=[[[0, "Y"]]]), False), (makers(misperceptions=[[]]), True)):
        text, left_out = to_case_text(read(model(coalitions=[[0, 1]], decisionMakers=there)))
        assert (left_out[0] == "coalitions: Syria (syria), Iraq (iraq) act as one; here they are apart") is not says
        if says:
            file = read_case_text(text)
            members = file.case.members([left_out[0].rpartition("--merge ")[2]])
            assert offramp.merged(model_of(file), members).decision_makers == ("syria+iraq",)


def test_what_stands_at_unknown_keys_is_kept() -> None:
    union = {"compound": True, "members": [[[0, "Y"]], [[1, "N"]]], "title": "if"}
    there = [{**option, "comment": "of the dam"} for option in options("a", "b", "c")]
    data = {**model(options=there, decisionMakers=makers(preferences=[union])), "description": 'Two\nlines, "quoted"', "notes": [1, 2]}
    text, left_out = to_case_text(read(data))
    assert left_out == [
        "unknown key: options[1].comment: of the dam",
        "unknown key: options[2].comment: of the dam",
        "unknown key: options[3].comment: of the dam",
        'unknown key: description: Two\\nlines, \\"quoted\\"',
        "unknown key: notes: a list of 2",
        "unknown key: decisionMakers[1].preferences[1].title: if",
        "unknown key: decisionMakers[2].preferences[1].title: if",
    ]
    assert all(f"# - {line}\n" in text for line in left_out)


def test_many_and_long_texts_at_unknown_keys_are_cut() -> None:
    left_out = to_case_text(read({**model(), **{f"key_{k}": "x" * 3_000 for k in range(30)}}))[1]
    assert left_out == [*(f"unknown key: key_{k}: {'x' * 2_000}…" for k in range(20)), "unknown keys: 10 more"]


def test_of_two_names_for_one_thing_the_older_is_told() -> None:
    older = {"useManualPreferenceVectors": False}
    rankings = [{**maker, "preferenceVector": maker["preferenceRanking"]} for maker in ranked(preferences=[], payoffs=None)]
    rankings[1]["preferenceVector"] = [[1, 2, 3, 4, 5, 6]]
    text, left_out = to_case_text(read({**model(useManualPreferenceRanking=True, decisionMakers=rankings), **older}))
    assert left_out == ["unknown key: useManualPreferenceVectors: false", "unknown key: decisionMakers[2].preferenceVector: a list of 1"]
    assert read_case_text(text).case.readings["iraq"]["gmcr"].ranking == ["YNN", ["NNY", "NYY"], ["NNN", "NYN"], "YNY"]


def test_options_are_sorted_by_decision_maker() -> None:
    one, other = read(VARIANTS["options out of order"]), read(VARIANTS["rankings, no statements"])
    assert [option.name for option in one.options] == ["Release Water", "Escalate", "Attack"]
    assert {tuple(sorted(pattern)) for pattern in one.patterns()} == {tuple(sorted(pattern)) for pattern in other.patterns()}
    assert [maker.ranking for maker in one.makers] == [maker.ranking for maker in other.makers]


def test_the_first_state_holds_where_nothing_says_which() -> None:
    assert case_of(model()).case.status_quo == "NNN"
    assert case_of(VARIANTS["nothing taken infeasible"]).case.status_quo == "YNN"


def test_ids_are_made_from_names() -> None:
    assert list(case_of(VARIANTS["names alike"]).case.options) == ["syria.full", "syria.full_2", "iraq.full"]
    assert list(case_of(VARIANTS["words of the language"]).case.options) == ["syria.not_2", "syria.and_2", "iraq.true_2"]
    assert list(case_of(VARIANTS["no name"]).case.options) == ["syria.option", "syria.option_2", "iraq.option"]


# -- refusing -------------------------------------------------------------------------------------------------------------

INDEX = "expected the number of the option, 0 to 2; correct it"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "model.gmcr: the file holds an empty list; expected a model"),
        ({}, "model.gmcr: decisionMakers: this key is missing; expected a list; open the model in GMCR+ and save it again"),
        ({**model(), "coalitions": None}, "model.gmcr: coalitions: nothing; expected a list; open the model in GMCR+ and save it again"),
        ({**model(), "useManualPreferenceRanking": None}, "model.gmcr: useManualPreferenceRanking: nothing; expected true or false"),
        (model(options=None), "model.gmcr: options: this key is missing"),
        (model(options="x"), "model.gmcr: options: 'x'; expected a list"),
        (model(options=[]), "model.gmcr: options: no option; expected at least one"),
        (model(options=[1]), "model.gmcr: options[1]: the number 1; expected an object"),
        (model(options=[{"name": "a"}]), "model.gmcr: options[1].permittedDirection: this key is missing"),
        (model(options=options("a", "b", "c", b="up")), "model.gmcr: options[2].permittedDirection: 'up'; expected both, fwd or back"),
        (model(options=options("a", "b\x1b[0m", "c")), "model.gmcr: options[2].name: the control character U+001B; expected"),
        (model(options=options("a", "b\u202e", "c")), "model.gmcr: options[2].name: the direction control U+202E"),
        (model(options=options("a", "b", "\ud800")), "model.gmcr: options[3].name: the control character U+D800"),
        (model(options=options("a", "b")), f"model.gmcr: decisionMakers[2].options[1]: the number 2; {INDEX.replace('0 to 2', '0 to 1')}"),
        (model(options=options("a", "b", "c", "d")), "model.gmcr: options[4]: no decision maker has this option"),
        (model(options=options(*"abc" * 30)), "model.gmcr: options: 90 options; expected at most 62"),
        (model(decisionMakers=[]), "model.gmcr: decisionMakers: no decision maker; expected at least one"),
        (model(decisionMakers=makers(options=[0])), "model.gmcr: decisionMakers[2].options[1]: option 0 has a decision maker already"),
        (model(decisionMakers=makers(name=3)), "model.gmcr: decisionMakers[1].name: the number 3; expected text"),
        (model(decisionMakers=makers(preferences=None, payoffs=None)), "model.gmcr: decisionMakers[1].preferences: this key is missing"),
        (model(decisionMakers=makers(preferences=[1])), "model.gmcr: decisionMakers[1].preferences[1]: the number 1; expected a list"),
        (
            model(decisionMakers=makers(preferences=[[[3, "Y"]]])),
            f"model.gmcr: decisionMakers[1].preferences[1][1][1]: the number 3; {INDEX}",
        ),
        (
            model(decisionMakers=makers(preferences=[[[0, "y"]]])),
            "model.gmcr: decisionMakers[1].preferences[1][1]: [the number 0, 'y']; expected",
        ),
        (
            model(decisionMakers=makers(preferences=[[[0, "Y"], [0, "N"]]])),
            "model.gmcr: decisionMakers[1].preferences[1][2]: option 0 stands",
        ),
        (model(decisionMakers=makers(preferences=[{"compound": True}])), "model.gmcr: decisionMakers[1].preferences[1].members: this"),
        (model(decisionMakers=makers(payoffs=["1"])), "model.gmcr: decisionMakers[1].payoffs[1]: '1'; expected a number"),
        (model(decisionMakers=makers(preferences=None, payoffs=[1])), "model.gmcr: decisionMakers[1].payoffs: 1 payoffs and no"),
        (model(infeasibles=[[]]), "model.gmcr: infeasibles: together these leave no state; expected at least one state"),
        (model(infeasibles=None), "model.gmcr: infeasibles: this key is missing"),
        (model(useManualPreferenceRanking=None), "model.gmcr: useManualPreferenceRanking: this key is missing"),
        (model(useManualPreferenceRanking=1), "model.gmcr: useManualPreferenceRanking: the number 1; expected true or false"),
        (model(useManualPreferenceRanking=True), "model.gmcr: decisionMakers[1].preferenceRanking: this key is missing"),
        (
            model(useManualPreferenceRanking=True, decisionMakers=[{**maker, "preferenceRanking": [1, 2, 2, 9, 0]} for maker in makers()]),
            "model.gmcr: decisionMakers[1].preferenceRanking: the ranking leaves out 3, 4, 5, 6; expected all 6 states",
        ),
        (
            model(useManualPreferenceRanking=True, decisionMakers=[{**maker, "preferenceRanking": [[], "1"]} for maker in makers()]),
            "model.gmcr: decisionMakers[1].preferenceRanking[1]: an empty list; expected the number of a state",
        ),
        (model(coalitions=[0, 2]), "model.gmcr: coalitions[2]: the number 2; expected the number of the decision maker, 0 to 1"),
        (model(version=3), "model.gmcr: version: the number 3; expected text"),
        (b"", "model.gmcr:1: no valid JSON here: expecting value, at character 1 of the line; expected JSON as GMCR+ saves it"),
        (b'{"options": [}', "model.gmcr:1: no valid JSON here"),
        (b'{"a": 1,\n"a": 2}', "model.gmcr: the key 'a' stands twice in one object; expected each key once"),
        (b'{"a": NaN}', "model.gmcr: NaN, which is no number"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "model.gmcr: a number of 5,000 digits; expected at most 18"),
        (b"[" * 100_000, "model.gmcr:1: nested deeper than 30 levels"),
        (b"[" + b"0," * 200_000 + b"0]", "model.gmcr:1: more than 100,000 entries"),
        (b'{"a":\n"\xff"}', "model.gmcr:2: byte 0xff is no UTF-8"),
        (b'"' + b"\\" * 1_000_001, "model.gmcr:1: no valid JSON here"),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_its_key(data: Any, said: str) -> None:
    assert any(line.startswith(said) for line in told(data)), told(data)


def test_all_faults_are_told_up_to_a_limit() -> None:
    data = model(decisionMakers=makers(preferences=[[[9, "Y"]], [[0, "Z"]]]))
    assert len(told(data)) == 4
    data = model(decisionMakers=makers(preferences=[[[9, "Y"]]] * 100))
    assert len(told(data)) == 21
    assert told(data)[0] == "model.gmcr: 200 faults, of which 20 are listed"


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "none.gmcr", tmp_path, Path("a\0b"), Path("/dev/zero")):
        with pytest.raises(StorageError):
            read_gmcr(path)
    (tmp_path / "large.gmcr").write_bytes(b" " * 2_000_001)
    with pytest.raises(StorageError, match="larger than 2,000,000 bytes"):
        read_gmcr(tmp_path / "large.gmcr")


def test_too_many_states_are_announced() -> None:
    names = [f"o{k}" for k in range(40)]
    maker = {"name": "a", "options": list(range(40)), "preferences": [[[0, "Y"]]]}
    read(model(options=options(*names), decisionMakers=[maker], infeasibles=[], coalitions=None))  # nobody has to number them yet
    with pytest.raises(TooManyStatesError, match=r"model\.gmcr: 40 options leave"):
        read(model(options=options(*names), decisionMakers=[{**maker, "preferences": [], "preferenceRanking": [1]}], infeasibles=[],
                   coalitions=None, useManualPreferenceRanking=True))  # fmt: skip


def test_a_statement_too_long_for_a_case_is_refused() -> None:
    members = [[[k, "Y"] for k in range(30) if k != out] for out in range(30)]
    maker = {"name": "a", "options": list(range(30)), "preferences": [{"compound": True, "members": members}]}
    record = read(model(options=options(*(f"a long name {k}" for k in range(30))), decisionMakers=[maker], infeasibles=[], coalitions=None))
    with pytest.raises(CaseError, match="as a case it would be faulty: readings"):
        to_case_text(record)


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_file_is_read_or_refused_with_a_clean_message(seed: int) -> None:
    rng = Random(seed)
    text = mutated(rng, json.dumps(VARIANTS[rng.choice(list(VARIANTS))]))
    try:
        case, left_out = to_case_text(parse_gmcr(text.encode("utf-8", "surrogatepass"), "model.gmcr"))
    except OfframpError as error:
        lines = str(error).splitlines()
        assert lines
        assert all(line.startswith("model.gmcr") for line in lines), lines
        assert all(len(line) < 700 for line in lines)
        return
    file = read_case_text(case)
    model_of(file)
    to_gmcr(file)
    assert all("\n" not in line and "\x1b" not in line for line in left_out)


# -- writing --------------------------------------------------------------------------------------------------------------


def test_what_has_no_place_in_a_file_is_told() -> None:
    content, left_out = to_gmcr(read_case_text(SMALL))
    data = json.loads(content)
    assert data["useManualPreferenceRanking"] is True
    assert data["options"] == [{"name": "leave", "permittedDirection": "both"}, {"name": "pay", "permittedDirection": "fwd"}]
    assert data["infeasibles"] == [[[0, "N"], [1, "Y"]]]
    assert data["decisionMakers"][0]["preferences"] == [[[1, "Y"]], [[0, "N"]]]
    assert data["decisionMakers"][0]["preferenceRanking"] == [3, 1, 2]
    assert data["decisionMakers"][1]["preferenceRanking"] == [2, 3, 1]
    assert left_out == [
        "title: Two switches",
        "status_quo: NN, state 1 there",
        "conditions: all 1; each is taken as it is in this cell",
        "norms: all 1",
        "people: all 1",
        "harms: all 1",
        "claims: all 1",
        "contested: 1 entries, each on the side that it has in this cell",
        "readings.bert.only.weights: the numbers; the order of states that they give is there as a ranking",
        "readings.anna.only: the statements count there as a ranking, since another reading is one",
    ]


def test_a_reading_and_a_side_can_be_chosen() -> None:
    file = read_case_text(DESIGN)
    builder = Builder(file)
    for choice in [builder.choice(), builder.choice(contested={"leaders": False})]:
        content, _ = to_gmcr(file, dict(choice.readings), choice.sides)
        again, first = model_of(read_case_text(to_case_text(parse_gmcr(content, "x"))[0])), builder.model(choice)
        assert np.array_equal(again.states.codes, first.states.codes)
        assert np.array_equal(again.ranks, first.ranks)


def test_a_graph_has_no_place() -> None:
    with pytest.raises(ChoiceError, match="a graph of states and moves has no place"):
        to_gmcr(read_case_text(GRAPH))


def test_what_is_out_of_its_dates_is_fixed() -> None:
    text = """
offramp: 1
title: A gate
as_of: 2026
decision_makers: {ann: {options: {open: {}, paint: {until: 2025}}}}
status_quo: {paint: true}
readings: {ann: {only: {prefers: [{that: open}, {that: "true"}, {that: paint and not paint}]}}}
"""
    content, left_out = to_gmcr(read_case_text(text))
    assert json.loads(content)["infeasibles"] == [[[1, "N"]]]
    assert "readings.ann.only: statement 2, which always holds" in left_out
    assert "readings.ann.only: statement 3, which never holds" in left_out
    assert "ann.paint: that it cannot be changed at this date; its other side is infeasible there" in left_out


def test_names_without_a_place_are_told() -> None:
    line = "name: what rules, readings, statements and misperceptions are called"
    assert line not in to_gmcr(read_case_text(SMALL))[1]
    makers = "offramp: 1\ntitle: Named\ndecision_makers: {a: {options: {x: {name: pays}}}}\n"
    for rule, reading, statement in (("a rule", "", ""), ("", "a reading", ""), ("", "", "a statement")):
        reading_ = f"{{r: {{name: {reading!r}, prefers: [{{that: x, name: {statement!r}}}]}}}}"
        assert line in to_gmcr(read_case_text(f"{makers}rules: {{e: {{exclude: Y, name: {rule!r}}}}}\nreadings: {{a: {reading_}}}\n"))[1]


def test_more_statements_than_gmcr_weighs_become_a_ranking() -> None:
    for number, is_ranked in ((63, False), (64, True)):
        wishes = ", ".join("{that: x}" for _ in range(number))
        text = "offramp: 1\ntitle: Long\ndecision_makers: {a: {options: {x: {}}}}\n"
        content, left_out = to_gmcr(read_case_text(f"{text}readings: {{a: {{r: {{prefers: [{wishes}]}}}}}}\n"))
        data = json.loads(content)
        assert data["useManualPreferenceRanking"] is is_ranked
        assert len(data["decisionMakers"][0]["preferences"]) == (0 if is_ranked else 63)
        assert data["decisionMakers"][0].get("preferenceRanking") == ([2, 1] if is_ranked else None)
        assert any(line.startswith("readings.a.r: more than 63 statements") for line in left_out) is is_ranked


def test_compound_conditions_stand_only_where_gmcr_reads_them() -> None:
    union = {"compound": True, "members": [[[0, "Y"], [1, "N"]], [[0, "N"], [2, "Y"]]]}
    record = read(model(infeasibles=[union], decisionMakers=makers(misperceptions=[union], preferences=[union], payoffs=None)))
    for content in (gmcr_bytes(record), to_gmcr(read_case_text(to_case_text(record)[0]))[0]):
        data = json.loads(content)
        assert data["infeasibles"] == union["members"]
        for maker in data["decisionMakers"]:
            assert (maker["misperceptions"], maker["preferences"]) == (union["members"], [union])


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.gmcr"
    write_gmcr(path, b"{}")
    with pytest.raises(ChoiceError, match="is there already"):
        write_gmcr(path, b"[]")
    assert path.read_bytes() == b"{}"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.gmcr"]


def test_no_protected_identifier_leaves(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "identifiers.txt").write_text("Ада Приклад\n", encoding="utf-8")
    content = gmcr_bytes(read(model(options=options("hands over Ада Приклад", "b", "c"))))
    with pytest.raises(LeakError) as caught:
        write_gmcr(tmp_path / "a.gmcr", content, tmp_path)
    assert "Ада" not in str(caught.value)
    assert not (tmp_path / "a.gmcr").exists()
    with pytest.raises(LeakError):
        write_gmcr(tmp_path / "ада_приклад.gmcr", b"{}", tmp_path)


def test_what_a_public_brief_withholds_is_withheld() -> None:
    content, left_out = to_gmcr(offramp.read_case("two-prisoners"))
    assert "north_korea.punish.name: withheld as in a public brief; kin may face reprisals there" in left_out
    names = [option["name"] for option in json.loads(content)["options"]]
    assert "kin may face reprisals" in names
    assert "punishes their kin" not in names


# -- formulas -------------------------------------------------------------------------------------------------------------


def random_formula(rng: Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(["a", "b", "c", "d", "winter", "true", "false"])
    parts = [random_formula(rng, depth - 1) for _ in range(rng.randint(2, 3))]
    kind = rng.choice(["not", "and", "or", "->", "<->", "at_most_one", "exactly_one"])
    if kind == "not":
        return f"not ({parts[0]})"
    if kind in ("at_most_one", "exactly_one"):
        return f"{kind}({', '.join(parts)})"
    return f" {kind} ".join(f"({part})" for part in (parts if kind in ("and", "or") else parts[:2]))


@pytest.mark.parametrize("seed", range(200))
def test_patterns_hold_where_the_formula_does(seed: int) -> None:
    rng, labels = Random(seed), ["a", "b", "c", "d"]
    formula = parse(random_formula(rng, 3))
    for holds in (True, False):
        patterns = as_patterns(formula, {label: k for k, label in enumerate(labels)}, {"winter": True}, holds=holds)
        back = parse(as_formula(patterns, labels))
        assert atoms(back) <= set(labels)
        for code in range(16):
            values = {label: bool(code >> k & 1) for k, label in enumerate(labels)}
            assert evaluate(back, values) == (evaluate(formula, {**values, "winter": True}) == holds)


def test_a_formula_of_too_many_patterns_is_not_taken_apart() -> None:
    labels = [f"o{k}" for k in range(40)]
    places = {label: k for k, label in enumerate(labels)}
    with pytest.raises(TooManyPatternsError):
        as_patterns(parse(" and ".join(f"(o{2 * k} or o{2 * k + 1})" for k in range(20))), places, {})
    with pytest.raises(TooManyPatternsError):
        as_patterns(parse(f"exactly_one({', '.join(labels)})"), places, {}, holds=False) and as_patterns(
            parse(f"at_most_one({', '.join(f'o{k} and o{k + 1}' for k in range(39))})"), places, {}
        )


def test_a_long_rule_is_refused_and_a_long_statement_ranked() -> None:
    options_ = ", ".join(f"o{k}: {{}}" for k in range(12))
    odd = "(o0"
    for k in range(1, 12):
        odd = f"({odd}) <-> o{k}" if k > 1 else "o0 <-> o1"
    text = f"offramp: 1\ntitle: Many\ndecision_makers: {{a: {{options: {{{options_}}}}}}}\n"
    wants = text + f"readings: {{a: {{r: {{prefers: [{{that: {odd!r}}}]}}}}}}\n"
    content, left_out = to_gmcr(read_case_text(wants))
    assert json.loads(content)["useManualPreferenceRanking"] is True
    assert any("more than 1,000 patterns" in line for line in left_out)
    with pytest.raises(ChoiceError, match=r"rules\.r rules out more than 1,000 patterns"):
        to_gmcr(read_case_text(text + f"rules: {{r: {{require: {odd!r}}}}}\nstatus_quo: {{}}\nreadings: {{a: {{r: {{prefers: []}}}}}}\n"))


def test_the_test_files_differ() -> None:
    assert len({json.dumps(data) for data in VARIANTS.values()}) == len(VARIANTS)
    assert ranked()[0]["preferenceRanking"]
