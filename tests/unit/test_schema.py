"""What a case file may say: each field by itself, each fault in words with its line."""

import pytest

from casetext import DESIGN, ELMIRA, GRAPH, SMALL, changed
from offramp.case.load import read_case_text
from offramp.case.schema import Case


def case(text: str) -> Case:
    return read_case_text(text).case


# The design's own examples.


def test_the_design_case_loads() -> None:
    read = case(DESIGN)
    assert list(read.options) == ["ukraine.transfer", "ukraine.exchange", "south_korea.ask"]
    assert read.options["ukraine.transfer"].because == ["s12", "s17"]
    assert [read.options[label].allowed for label in read.options] == ["forward", "forward", "both"]
    assert read.rules["leaders"].contested
    assert not read.rules["one_way"].contested
    assert read.status_quo == {}
    assert list(read.readings["south_korea"]) == ["willing", "unwilling"]
    assert read.conditions["hostilities_over"].holds is False
    assert read.norms["non_refoulement"].absolute
    assert read.people["pow_a"].protected
    assert read.harms[0].by == ["ukraine"]
    assert read.claims["law_allows"].permitted is not None
    assert read.claims["law_allows"].permitted.to == ["ukraine", "south_korea"]
    assert read.as_of == "2026-05-31"


def test_the_design_s_other_forms_load() -> None:
    read = case(ELMIRA)
    assert [option.allowed for option in read.options.values()] == ["forward", "backward", "both", "forward", "both"]
    assert read.rules["no_delay_and_accept"].exclude == "-YY--"
    assert read.readings["uniroyal"]["only"].ranking == ["NYNNN", ["YNYNN", "NNYNN"], "YYNNN"]
    assert read.readings["local_government"]["only"].weights == {"delay": 4, "accept": -2}
    graph = case(GRAPH)
    assert graph.is_graph
    assert graph.moves == {"moe": [("s1", "s2")], "uniroyal": [("s2", "s3"), ("s3", "s2")]}


def test_basis_is_assumed_where_none_is_given() -> None:
    grades = {path[-1]: judgement.graded for path, judgement in case(DESIGN).judgements() if path[0] in ("rules", "conditions")}
    assert grades == {"one_way": "assumed", "leaders": "assumed", "hostilities_over": "assumed", "risk_on_return": "stated"}
    assert case(DESIGN).judgements()[0][1].basis is None


def test_judgements_are_all_that_somebody_judged() -> None:
    paths = [".".join(map(str, path)) for path, _ in case(SMALL).judgements()]
    assert sorted(paths) == sorted(
        [
            "decision_makers.anna.options.leave",
            "decision_makers.bert.options.pay",
            "rules.first",
            "readings.anna.only.prefers.0",
            "readings.anna.only.prefers.1",
            "readings.bert.only",
            "conditions.winter",
            "norms.promise",
            "people.child",
            "harms.0",
            "claims.hope",
        ]
    )


def test_a_case_is_fixed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        case(SMALL).title = "another"  # type: ignore[misc]


# Forms that are read as what they look like.


@pytest.mark.parametrize(("written", "read"), [("2026", "2026"), ("2026-05", "2026-05"), ("2026-05-31", "2026-05-31"), ("'2026'", "2026")])
def test_date(written: str, read: str) -> None:
    assert case(changed(SMALL, ("title: Two switches", f"title: x\nas_of: {written}"))).as_of == read


def test_numbers_and_true_stand_for_text_where_text_is_meant() -> None:
    assert case(
        "offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nstates: [1, 2]\nmoves: {a: [[1, 2]]}\nreadings: {a: {r: {ranking: [2, 1]}}}\n"
    ).states == ["1", "2"]
    assert case(changed(SMALL, ("require: pay -> leave", "require: true"))).rules["first"].require == "true"
    assert (
        case(
            changed(
                SMALL,
                ("wish: leave and pay", "wish: no"),
                ("anna:\n    options:\n      leave", "anna:\n    options:\n      no: {}\n      leave"),
            )
        )
        .people["child"]
        .wish
        == "no"
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026", "2026"), ("2026-05", "2026"), ("2026", "2026-05"), ("2026-05-31", "2026-05"), ("2026-05", "2026-05-01"), ("2025", "2026-01")],
)
def test_dates_in_order(since: str, until: str) -> None:
    """A year or month stands for all of it: until 2026 is no earlier than since May 2026."""
    text = changed(
        SMALL, ("title: Two switches", "title: x\nas_of: 2026"), ("pay -> leave}", f"pay -> leave, since: {since}, until: {until}}}")
    )
    assert case(text).rules["first"].until == until
