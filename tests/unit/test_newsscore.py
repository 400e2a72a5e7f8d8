"""The scorer: perfect, shifted, missing and false predictions of texts small enough to count by hand."""

import copy
import json
from pathlib import Path

import pytest

import newsbaseline
import newsscore
import newsset

MARKED = """\
outlet: The Post
date: 2026-03-12
sort: test
---
{q1|“We will not sign at all,”} {s1|Ann Poe} {c1|told} Radio Kest {d 2026-03-09|on Monday}.
{s2|She} {c2|did not say} {q2|who would sign instead of her}. {q3|The town is calm}, {c3|it is said},
under {l GC III art. 13|Article 13} of it.
---
1: Ann Poe; on 2026-03-09; via Radio Kest
2: Ann Poe; negated
3: -; hearsay; optional
person: Ann Poe = Poe ~ A. Poe
org: Radio Kest
place: town
"""


@pytest.fixture
def gold() -> dict:
    return newsset.parse(MARKED, "99-test")


@pytest.fixture
def guess(gold: dict) -> dict:
    return copy.deepcopy(gold)


def scored(gold: dict, guess: dict) -> dict:
    return newsscore.score([gold], {"99-test": guess})[0]


def f1s(result: dict) -> dict[str, float]:
    return {k: v["f1"] for k, v in result.items() if isinstance(v, dict) and v["gold"]}


def test_the_whole_set_scores_one_against_itself():
    docs = newsset.load()
    result, errors = newsscore.score(docs, {d["doc_id"]: newsset.neutral(d) for d in docs})
    assert set(f1s(result).values()) == {1.0}
    assert (result["speaker accuracy"], result["bad offsets"], errors) == (1.0, 0, [])


def test_nothing_predicted_scores_nothing(gold: dict):
    result, errors = newsscore.score([gold], {})
    assert set(f1s(result).values()) == {0.0}
    assert len(errors) == 2  # the optional statement may be missed


def test_a_shift_by_one_word_is_partial_and_by_the_whole_span_is_a_miss(gold: dict, guess: dict):
    guess["statements"][0]["quote_spans"] = [[3, 26]]  # from “will” on: 5 words of 6
    result = scored(gold, guess)
    assert (result["statements, exact"]["right"], result["statements, partial"]["right"]) == (1, 2)
    guess["statements"][0]["quote_spans"] = [[26, 50]]
    result = scored(gold, guess)
    assert (result["statements, partial"]["right"], result["statements, partial"]["predicted"]) == (1, 2)
    assert (result["via"]["right"], result["via"]["predicted"], result["via"]["gold"]) == (0, 1, 1)


def test_half_of_the_union_is_enough_and_less_is_not(gold: dict, guess: dict):
    text = gold["text"]
    start = text.index("will")
    guess["statements"][0]["quote_spans"] = [[start, start + len("will not sign")]]  # 3 of 6
    assert scored(gold, guess)["statements, partial"]["right"] == 2
    guess["statements"][0]["quote_spans"] = [[text.index("not"), text.index("told") + 4]]  # 4 of 9
    assert scored(gold, guess)["statements, partial"]["right"] == 1


def test_one_prediction_counts_once(gold: dict, guess: dict):
    guess["statements"].append(copy.deepcopy(guess["statements"][0]))
    result = scored(gold, guess)["statements, partial"]
    assert (result["right"], result["predicted"], result["gold"]) == (2, 3, 2)


def test_two_wanted_statements_need_two_predictions(gold: dict, guess: dict):
    gold["statements"].append(copy.deepcopy(gold["statements"][0]))
    result = scored(gold, guess)["statements, partial"]
    assert (result["right"], result["predicted"], result["gold"]) == (2, 2, 3)


def test_a_leading_that_does_not_count(gold: dict, guess: dict):
    text = "Ann said that the sun is hot"
    gold["text"], gold["statements"] = text, [gold["statements"][0] | {"quote_spans": [[14, 28]]}]
    guess["statements"] = [guess["statements"][0] | {"quote_spans": [[9, 28]]}]
    assert scored(gold, guess)["statements, exact"]["f1"] == 1.0


def test_a_second_prediction_on_optional_words_is_no_false_one(gold: dict, guess: dict):
    (start, end) = guess["statements"][2]["quote_spans"][0]
    guess["statements"].append(guess["statements"][0] | {"quote_spans": [[start, start + 3]]})
    assert scored(gold, guess)["statements, partial"]["predicted"] == 2
    guess["statements"][-1]["quote_spans"] = [[end + 1, end + 8]]  # “it is s…”, outside
    assert scored(gold, guess)["statements, partial"]["predicted"] == 3


def test_the_better_of_two_predictions_is_taken(gold: dict, guess: dict):
    guess["statements"].append(guess["statements"][0] | {"quote_spans": [[3, 26]]})
    assert scored(gold, guess)["statements, exact"]["right"] == 2


def test_the_optional_statement_costs_nothing_missed_or_found(gold: dict, guess: dict):
    del guess["statements"][2]
    assert scored(gold, guess)["statements, partial"]["f1"] == 1.0


@pytest.mark.parametrize(("name", "right"), [("Ann Poe", 2), ("Ms. Ann Poe", 2), ("A. Poe", 2), ("Poe", 1), ("Bob Poe", 1), ("", 1)])
def test_the_canonical_speaker(gold: dict, guess: dict, name: str, right: int):
    guess["statements"][0]["speaker"] = name
    assert scored(gold, guess)["speaker accuracy"] == right / 2
    assert scored(gold, guess)["statements, attributed"]["right"] == (2 if name == "" else right)  # without a name the span decides


def test_relays_as_one_name_or_as_a_list(gold: dict, guess: dict):
    guess["statements"][0]["via"] = "Radio Kest"
    assert scored(gold, guess)["via"]["f1"] == 1.0
    guess["statements"][0]["via"] = ["Radio Kest", "Radio Kest"]
    assert scored(gold, guess)["via"]["p"] == 0.5
    guess["statements"][0]["relays"] = ["Astra"]
    assert scored(gold, guess)["via"]["right"] == 0


def test_a_relay_and_a_day_that_are_free(gold: dict, guess: dict):
    gold["statements"][0] |= {"via_optional": True, "said_on_optional": True}
    assert scored(gold, guess)["via"]["right"] == scored(gold, guess)["said_on"]["right"] == 1
    guess["statements"][0] |= {"via": None, "said_on": ""}
    assert scored(gold, guess)["via"]["gold"] == scored(gold, guess)["said_on"]["gold"] == 0
    guess["statements"][0] |= {"via": "Astra", "said_on": "2026"}
    assert scored(gold, guess)["via"]["predicted"] == scored(gold, guess)["said_on"]["predicted"] == 1
    assert scored(gold, guess)["via"]["f1"] == scored(gold, guess)["said_on"]["f1"] == 0.0


def test_flags_and_the_day_of_the_saying(gold: dict, guess: dict):
    guess["statements"][0] |= {"negated": True, "said_on": "2026-03"}
    result = scored(gold, guess)
    assert (result["negated"]["p"], result["negated"]["r"]) == (0.5, 1.0)
    assert result["said_on"]["right"] == 0
    guess["statements"][1]["negated"] = False
    assert scored(gold, guess)["negated"]["right"] == 0


def test_dates_need_the_place_and_the_precision(gold: dict, guess: dict):
    (day,) = guess["dates"]
    start = day["span"][0]
    for span, iso, right in [([start + 3, start + 5], "2026-03-09", 1), (day["span"], "2026-03", 0), ([0, start], "2026-03-09", 0)]:
        guess["dates"] = [{"span": span, "iso": iso}]
        assert scored(gold, guess)["dates"]["right"] == right
    guess["dates"] = [day, day]
    assert scored(gold, guess)["dates"]["p"] == 0.5
    gold["dates"] = [day, day]
    guess["dates"] = [day]
    assert scored(gold, guess)["dates"]["r"] == 0.5


def test_a_date_that_is_free(gold: dict, guess: dict):
    gold["dates"].append({"span": [0, 3], "iso": "2026", "optional": True})
    assert scored(gold, guess)["dates"]["f1"] == 1.0
    guess["dates"].append({"span": [1, 2], "iso": "1999"})
    assert scored(gold, guess)["dates"]["f1"] == 1.0


@pytest.mark.parametrize(("name", "right"), [("GC III, Article 13", 1), ("GC III art. 14", 0), ("GC IV art. 13", 0), ("Art. 13", 0)])
def test_legal_references(gold: dict, guess: dict, name: str, right: int):
    guess["legal_refs"][0]["name"] = name
    assert scored(gold, guess)["legal_refs"]["right"] == right


def test_names_as_records_with_a_span_and_as_bare_words(gold: dict, guess: dict):
    guess["organisations"] = [{"name": "Radio Kest", "span": gold["organisations"][0]["spans"][0]}, "Radio Kest", "Astra"]
    result = scored(gold, guess)
    assert (result["organisations"]["p"], result["organisations"]["r"]) == (0.5, 1.0)
    assert result["organisations, mentions"]["f1"] == 1.0
    guess["organisations"] = [{"name": "Radio Kest", "span": [0, 2]}]
    assert (scored(gold, guess)["organisations"]["f1"], scored(gold, guess)["organisations, mentions"]["f1"]) == (1.0, 0.0)


def test_an_office_is_not_its_country():
    assert not newsscore.same("Tamrin", ["president of Tamrin"])
    assert not newsscore.same("", [""])


def test_offsets_outside_the_text_are_counted(gold: dict, guess: dict):
    guess["statements"][0]["quote_spans"] = [[0, len(gold["text"]) + 1]]
    guess["statements"][1]["cue_span"] = [-1, 4]
    assert scored(gold, guess)["bad offsets"] == 2


def test_the_command_prints_figures_and_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "baseline.json"
    docs = [{"doc_id": d["doc_id"], **newsbaseline.read(d["text"])} for d in newsset.load()]
    file.write_text(json.dumps({"docs": docs}), encoding="utf-8")
    assert newsscore.main([str(file), "--errors", "3"]) == 0
    out = capsys.readouterr().out
    assert "statements, attributed" in out
    assert out.count("[") == 3
    assert newsscore.main([str(file), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["bad offsets"] == 0
    assert 0 < result["statements, attributed"]["f1"] < result["statements, partial"]["f1"] < 1


def test_the_command_scores_another_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    more = newsset.FOLDER / "more"
    docs = newsset.load(more)
    file = tmp_path / "gold.json"
    file.write_text(json.dumps({"docs": [newsset.neutral(d) for d in docs]}), encoding="utf-8")
    assert newsscore.main([str(file), "--folder", str(more), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["statements, exact"]["f1"] == 1


def test_the_figures_of_the_page_are_those_of_the_program():
    page = (newsset.FOLDER / "README.md").read_text(encoding="utf-8")
    docs = newsset.load()
    counts, free = newsset.counts(docs), sum("track" in st for d in docs for st in d["statements"])
    count = counts["statements"]
    assert f"{counts['words']:,} words, {count} statements ({count - free} that count, {free} optional ones)" in page
    assert f"{counts['dates']} dates, {counts['legal_refs']} legal references" in page
    result, _ = newsscore.score(docs, {d["doc_id"]: newsbaseline.read(d["text"]) for d in docs})
    rows = {f"statements {how}": f"statements, {how}" for how in ("exact", "partial", "attributed")}
    rows |= {"direct statements found": "found, direct", "indirect statements found": "found, indirect", "dates": "dates"}
    for row, label in rows.items():
        assert "| {} | {:.1f} | {:.1f} | {:.1f} |".format(row, *(100 * result[label][k] for k in ("p", "r", "f1"))) in page
    assert f"{100 * result['speaker accuracy']:.1f} %" in page
