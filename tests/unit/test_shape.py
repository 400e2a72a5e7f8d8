"""Disallowed transitions and coalesced states: what they make of a world, what they refuse, how they are told."""

import json

import numpy as np
import pytest

from casetext import GRAPH, changed, line_of, sentences
from offramp.analysis.diff import diff
from offramp.analysis.findings import findings
from offramp.analysis.flips import flips
from offramp.analysis.grid import Grid
from offramp.analysis.lab import Lab
from offramp.analysis.otherwise import alternatives
from offramp.analysis.reasons import Reasons
from offramp.analysis.sweep import sweep
from offramp.analysis.ways import Move, steps
from offramp.case.changes import changes
from offramp.case.check import check
from offramp.case.compose import composed
from offramp.case.labels import labels_of
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.errors import CaseError, ChoiceError, TooManyStatesError
from offramp.interchange.gmcr_write import to_gmcr
from offramp.interchange.nfg import to_nfg
from offramp.model import shape
from offramp.model.build import Builder
from offramp.model.lines import LineMoves
from offramp.report.naming import judgement_name
from offramp.report.records import ways_record
from offramp.report.story import story
from offramp.report.sure_words import Sayer
from offramp.report.tested import Claims
from offramp.report.voice import Voice
from offramp.report.words import KIN, plain
from offramp.sources.evidence import Evidence
from offramp.stability.sim import sim_stability

CASE = """\
offramp: 1
title: Shop and town
as_of: 2026-06
decision_makers:
  shop: {options: {close: {}, sell: {}}}
  town: {options: {grant: {}}}
disallowed:
  no_way_back: {from: close, to: not close, by: [shop], name: A closed shop stays closed, until: 2026-09}
  one_at_a_time: {from: "NN-", to: "YY-", basis: assumed}
coalesce:
  gone: {that: close and sell, name: The shop is gone}
readings:
  shop: {only: {prefers: [{that: grant and not close}, {that: close}, {that: sell and not close}]}}
  town: {only: {ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}}
conditions:
  winter: {holds: false, contested: true}
norms:
  keep: {binds: [town], forbids: close and not sell and grant, when: winter}
people:
  clerk: {wish: not (close and sell)}
harms:
  - {to: clerk, that: close and sell, by: [shop], grade: grave}
claims:
  ends: {possible: {end: close and sell}}
"""


def model_of(text: str = CASE, variant: Variant | None = None):
    builder = Builder(read_case_text(text)) if variant is None else Builder(read_case_text(text)).varied(variant)
    return builder.model(builder.choice())


def arcs(model, dm: str) -> set[tuple[str, str]]:
    label = model.states.label
    return {(label(s), label(t)) for s in range(model.num_states) for t in model.moves.successors(model.dm(dm), s).tolist()}


# What there is.


def test_moves_and_states_by_hand() -> None:
    """The shop sets either, never both at once, never closes and reopens; closed and sold is one state, granted or not."""
    model = model_of()
    assert model.states.labels == ("NNN", "YNN", "NYN", "YY-", "NNY", "YNY", "NYY")
    without, granted = ["NNN", "YNN", "NYN"], ["NNY", "YNY", "NYY"]
    shop = {(nothing, one) for nothing, *some in (without, granted) for one in some}
    shop |= {(closed, "YY-") for closed in ("YNN", "YNY")} | {(sold, "YY-") for sold in ("NYN", "NYY")}
    shop |= {("YY-", "YNN"), ("YY-", "YNY"), ("NYN", "NNN"), ("NYY", "NNY"), ("NYN", "YNN"), ("NYY", "YNY")}
    assert arcs(model, "shop") == shop
    assert arcs(model, "town") == {pair for s, t in zip(without, granted, strict=True) for pair in ((s, t), (t, s))}


def test_a_state_is_found_by_pattern_and_by_member() -> None:
    states = model_of().states
    assert [states.index(label) for label in ("YY-", "YYN", "YYY", "YNN")] == [3, 3, 3, 1]
    assert [states.index(label) for label in ("Y--", "---", "YY", "NYN-", "Y-N")] == [None] * 5


def test_a_pattern_of_some_members_is_no_name_and_that_of_all_is_though_others_match_it() -> None:
    free = ('{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}', "{prefers: []}")
    closed = model_of(
        changed(
            CASE,
            free,
            ("gone: {that: close and sell,", "shut: {that: close,"),
            ("wish: not (close and sell)", "wish: true"),
            ("forbids: close and not sell and grant", "forbids: close"),
            ("that: close and sell, by", "that: close, by"),
            ("end: close and sell", "end: close"),
            ("{that: sell and not close}", "{that: close}"),
        )
    ).states
    assert closed.labels == ("NNN", "Y--", "NYN", "NNY", "NYY")
    assert [closed.index(label) for label in ("YY-", "YYN", "Y--", "-YY")] == [None, 1, 1, None]
    odd = Builder(
        read_case_text(
            changed(
                CASE,
                free,
                (
                    "gone: {that: close and sell,",
                    "odd: {that: exactly_one(close, sell, grant),".replace(
                        "exactly_one(close, sell, grant)", '"exactly_one(close, sell, grant)"'
                    ),
                ),
            )
        )
    )
    states = odd.world(odd.choice()).states
    assert states.labels == ("NNN", "---", "YYN", "YNY", "NYY", "YYY")
    assert states.index("---") == 1


def test_it_counts_at_its_date_and_can_be_dropped() -> None:
    late = model_of(variant=Variant(as_of="2026-10"))
    assert ("YNN", "NNN") in arcs(late, "shop")
    assert ("NNN", "YY-") not in arcs(late, "shop")
    free = model_of(variant=Variant(dropped=frozenset({("disallowed", "one_at_a_time")})))
    assert ("NNN", "YY-") in arcs(free, "shop")
    assert ("YNN", "NNN") not in arcs(free, "shop")


def test_without_any_entry_in_force_moves_stay_lines() -> None:
    apart = frozenset({("disallowed", "no_way_back"), ("disallowed", "one_at_a_time"), ("coalesce", "gone")})
    text = changed(CASE, ('"NYY", "YY-"', "NYY, [YYN, YYY]"))
    plain_world = model_of(text, Variant(dropped=apart))
    assert isinstance(plain_world.moves, LineMoves)
    assert plain_world.num_states == 8
    idle = changed(text, ("{from: close, to", "{from: close and not close, to"), ('"NN-", to: "YY-"', '"NN-", to: false'))
    assert isinstance(model_of(idle, Variant(dropped=frozenset({("coalesce", "gone")}))).moves, LineMoves)


def test_a_formula_may_name_a_condition() -> None:
    text = changed(
        CASE,
        ("{from: close, to: not close,", "{from: close and winter, to: not close,"),
        ("that: close and sell, name", "that: close and sell and not winter, name"),
    )
    text = changed(text, ('"NYY", "YY-"', "NYY, [YYN, YYY]"))
    builder = Builder(read_case_text(text))
    mild, hard = (builder.model(builder.choice(contested={"winter": side})) for side in (False, True))
    assert ("YNN", "NNN") in arcs(mild, "shop")
    assert ("YNN", "NNN") not in arcs(hard, "shop")
    assert (mild.num_states, hard.num_states) == (7, 8)


def test_of_everybody_where_nobody_is_named() -> None:
    text = changed(CASE, ('{from: "NN-", to: "YY-"', "{from: grant, to: not grant"))
    assert arcs(model_of(text), "town") == {("NNN", "NNY"), ("YNN", "YNY"), ("NYN", "NYY")}
    mine = changed(text, ("to: not grant", "to: not grant, by: [shop]"))
    assert ("NNY", "NNN") in arcs(model_of(mine), "town")


def test_in_a_graph_it_names_states() -> None:
    model = model_of(changed(GRAPH, ("status_quo: s1", "disallowed: {back: {from: s3, to: not s3}}\nstatus_quo: s1")))
    assert arcs(model, "uniroyal") == {("s2", "s3")}
    assert arcs(model, "moe") == {("s1", "s2")}
    letters = changed(GRAPH.replace("s3", "Y"), ("status_quo: s1", "disallowed: {back: {from: Y, to: s2}}\nstatus_quo: s1"))
    assert arcs(model_of(letters), "uniroyal") == {("s2", "Y")}  # no options, so no patterns: Y is a state


def test_moves_set_what_is_set_on_both_sides() -> None:
    model = model_of()
    place = {label: number for number, label in enumerate(model.states.labels)}
    step, back = steps(model, [Move(0, place["YNY"], place["YY-"]), Move(1, place["NNN"], place["NNY"])])
    assert (step.sets, step.code) == ({"shop.sell": True}, "YY-")
    assert back.sets == {"town.grant": True}


def test_json_tells_a_group_by_its_pattern() -> None:
    builder = Builder(read_case_text(CASE))
    record = ways_record(builder, Grid(builder).cells())
    ends = [end for cell in record["cells"] for way in cell["ways_out"] for end in way["then"]]
    gone = [end for end in ends if end["codes"] == ["YY-"]]
    assert gone
    assert all(end["harms"] and not end["wishes_met"] for end in gone)
    assert json.dumps(record)


# What tells the members of a group apart.


@pytest.mark.parametrize(
    ("old", "new", "label", "remedy"),
    [
        ("{that: close},", "{that: grant},", "readings.shop.only.prefers[2].that", "'grant and not (close and sell)'"),
        (
            "forbids: close and not sell and grant",
            "forbids: sell -> grant",
            "norms.keep.forbids",
            "'(sell -> grant) and not (close and sell)'",
        ),
        ("wish: not (close and sell)", "wish: grant", "people.clerk.wish", "'grant and not (close and sell)'"),
        ("that: close and sell, by", "that: not grant, by", "harms[1].that", "'not grant and not (close and sell)'"),
        ("end: close and sell", "end: sell -> grant", "claims.ends.possible.end", "'(sell -> grant) and not (close and sell)'"),
    ],
)
def test_a_formula_that_tells_them_apart_is_an_error(old: str, new: str, label: str, remedy: str) -> None:
    text = changed(CASE, (old, new))
    wanted = (
        f"case.yaml:{line_of(text, new)}: {label}: it tells YYN from YYY, which coalesce.gone makes one state; "
        f"expected what holds in both or in neither; write it so that this does not matter, such as {remedy}"
    )
    assert [str(problem) for problem in check(read_case_text(text)).problems] == [wanted]
    builder = Builder(read_case_text(text))
    with pytest.raises(CaseError) as caught:
        Grid(builder).cells()
    assert str(caught.value) == wanted


def test_the_remedy_mends_it() -> None:
    text = changed(
        CASE,
        ("{that: close},", "{that: grant and not (close and sell)},"),
        ("wish: not (close and sell)", "wish: grant and not (close and sell)"),
    )
    text = changed(text, ("end: close and sell", "end: (grant or sell -> grant) and not (close and sell)"))
    assert not check(read_case_text(text)).problems


def test_every_judgement_that_says_so_is_named() -> None:
    text = changed(CASE, ("wish: not (close and sell)", "wish: grant"), ("that: close and sell, by", "that: not grant, by"))
    assert [problem.label for problem in check(read_case_text(text)).problems] == ["people.clerk.wish", "harms[1].that"]


def test_a_ranking_that_tells_them_apart_is_an_error() -> None:
    text = changed(CASE, ('"NYY", "YY-"', '"YYN", NYY, "YY-"'))
    (problem,) = check(read_case_text(text)).problems
    assert problem.found == "YY- stands below YYN, and both are the state YY-"
    assert problem.label == "readings.town.only.ranking[6]"
    text = changed(CASE, ('"NYY", "YY-"', '"NYY", "Y--"'))
    (problem,) = check(read_case_text(text)).problems
    assert (problem.found, problem.label) == ("the pattern Y-- in a ranking", "readings.town.only.ranking[5]")
    assert model_of(changed(CASE, ('"NYY", "YY-"', '"NYY", [YYY, YYN, "YY-"]'))).ranks.tolist() == model_of().ranks.tolist()


RANKED = '{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}'


def test_pairs_name_a_group_by_any_member() -> None:
    """Two members of the group, each compared with another state, say something of one and the same state."""
    text = changed(CASE, (RANKED, '{pairs: ["NNN > YYN", "YYY > YNN", "NNN > YNN"], unlisted: unknown}'))
    model = model_of(text)
    label = model.states.index
    town = model.preference(1)
    assert town.compared(label("YY-"), np.array([label("NNN"), label("YNN"), label("NYN")])).tolist() == [1, -1, 3]
    for pairs, found in (
        ('["NNN > YYN", "YYY > NNN"]', "with states that count as one, 'YY- > NNN' says that YY- > NNN, and another line that NNN > YY-"),
        ('["NNN > YYN", "YYY > YNN", "YNN > NNN"]', "with states that count as one, YNN > NNN and NNN > YY-, but YY- > YNN"),
        ('["YYN > YYY"]', "with states that count as one, 'YY- > YY-' names a state twice"),
    ):
        with pytest.raises(CaseError) as caught:
            model_of(changed(CASE, (RANKED, f"{{pairs: {pairs}, unlisted: unknown}}")))
        (problem,) = caught.value.problems
        assert (problem.label, problem.found) == ("readings.town.only.pairs", found)


def test_a_great_step_may_stand_at_a_group() -> None:
    text = changed(CASE, (RANKED, '{ranking: [NNN, "YYN", [NNY, NYN], [YNN, YNY], NYY], great_steps: [YYN]}'))
    model = model_of(text)
    label = model.states.index
    assert model.preference(1).compared(label("NYY"), np.array([label("YY-"), label("NNY")])).tolist() == [2, 1]


def test_weights_that_tell_them_apart_are_an_error() -> None:
    text = changed(CASE, ('{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}', "{weights: {close: 2, grant: 1}}"))
    (problem,) = check(read_case_text(text)).problems
    assert problem.found == "it ranks YYN and YYY apart, which coalesce.gone makes one state"
    assert problem.label == "readings.town.only.weights"
    assert not check(read_case_text(changed(text, ("close: 2, grant: 1", "close: 2, sell: -1")))).problems


def test_a_formula_of_the_caller_that_tells_them_apart_is_refused() -> None:
    file = read_case_text(CASE)
    builder = Builder(file)
    formula = labels_of(file.case).formula("grant")
    with pytest.raises(ChoiceError, match=r"it tells YYN from YYY, which coalesce.gone makes one state"):
        builder.world(builder.choice()).holds(formula, builder.conditions(builder.choice()))


def test_a_claim_that_tells_them_apart_makes_a_variant_void_and_no_crash() -> None:
    text = changed(CASE, ("end: close and sell", "end: grant and free"), ("title:", "note: x\ntitle:"))
    text = changed(text, ("disallowed:\n", "rules: {free_or_not: {require: not (close and sell and grant)}}\ndisallowed:\n"))
    text = changed(text, ("  winter: {", "  free: {holds: true}\n  winter: {"), ('"NYY", "YY-"', '"NYY", "YYN"'))
    builder = Builder(read_case_text(text))  # one state of the group exists, until the rule is dropped
    assert builder.model(builder.choice()).num_states == 7
    found = {flip.path: flip for flip in flips(builder).flips}
    assert found["rules", "free_or_not"].shares == {}
    assert "tells YYN from YYY" in found["rules", "free_or_not"].reason


def test_sim_is_not_defined_after_coalescing() -> None:
    with pytest.raises(ChoiceError, match="sim needs option form; this case makes 7 states of 8, and changes of options cannot be added"):
        sim_stability(model_of(), "shop")
    text = changed(CASE, ('"NYY", "YY-"', "NYY, [YYN, YYY]"))
    assert sim_stability(model_of(text, Variant(dropped=frozenset({("coalesce", "gone")}))), "shop").stable.shape == (8,)


# What is refused when it is read.


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('from: "NN-"', 'from: "NN"', "disallowed.one_at_a_time.from: the pattern 'NN'; {letters}"),
        ('to: "YY-"', 'to: "Y"', "disallowed.one_at_a_time.to: the pattern 'Y'; {letters}"),
        ("from: close", "from: closed", "disallowed.no_way_back.from: 'closed' names no option and no condition; "
            "expected one of close, grant, sell, winter; did you mean 'close'?"),
        ("by: [shop], name: A", "by: [shopp], name: A", "disallowed.no_way_back.by: 'shopp' names no decision maker; "
            "expected one of shop, town; did you mean 'shop'?"),
        ("by: [shop], name: A", "by: [], name: A", "disallowed.no_way_back.by: an empty list; expected at least one entry"),
        ("to: not close, ", "", "disallowed.no_way_back.to: this entry is missing; add 'to: …'"),
        ("{from: close,", "{form: close, from: sell,", "disallowed.no_way_back.form: the key 'form' is not known here; "
            "expected one of basis, because, by, from, name, note, since, to, until; did you mean 'from'?"),
        ("{that: close and sell, name", "{pattern: YY, name", "coalesce.gone.pattern: the pattern 'YY'; {letters}"),
        ("{that: close and sell, name", "{pattern: close, name", "coalesce.gone.pattern: the pattern 'close'; {letters}"),
        ("{that: close and sell, name", "{name", "coalesce.gone: none of that, pattern; expected exactly one of that, pattern; keep one"),
        ("{that: close and sell, name", '{that: close, pattern: "YY-", name', "coalesce.gone: both that and pattern; "
            "expected exactly one of that, pattern; keep one"),
        ('"YY-"]}}', '"YY"]}}', "readings.town.only.ranking[5]: the state 'YY'; {letters}"),
    ],
)  # fmt: skip
def test_faults_are_told_one_by_one(old: str, new: str, sentence: str) -> None:
    text = changed(CASE, (old, new))
    order = "the options in file order are shop.close, shop.sell, town.grant"
    letters = f"expected 3 letters of Y, N and -, one an option; {order}"
    (found,) = sentences(text)
    assert found.split(": ", 1)[1] == sentence.format(letters=letters)


def test_a_pattern_in_a_ranking_needs_coalesced_states() -> None:
    text = CASE.replace("coalesce:\n  gone: {that: close and sell, name: The shop is gone}\n", "")
    (found,) = sentences(text)
    assert "the state 'YY-'; expected 3 letters of Y and N" in found


def test_a_graph_coalesces_nothing() -> None:
    text = changed(GRAPH, ("status_quo: s1", "coalesce: {one: {that: s2 or s3}}\nstatus_quo: s1"))
    (found,) = sentences(text)
    assert found.endswith(
        "coalesce: coalesced states in a case that lists its states; expected no coalesce; list them as one state, with the moves of all"
    )


def test_overlap_and_equal_labels_are_refused() -> None:
    text = changed(CASE, ("coalesce:\n", "coalesce:\n  shut: {that: close}\n"))
    with pytest.raises(
        CaseError, match=r"coalesce.gone: YYN is one of the states of 'shut' and of 'gone'; expected entries that share no state"
    ):
        model_of(text)
    text = changed(CASE, ("gone: {that: close and sell,", "odd: {that: close <-> sell}\n  even: {that: close <-> not sell,"))
    with pytest.raises(CaseError, match=r"the states of 'odd' and of 'even' would both be called ---"):
        model_of(text)


def test_too_many_moves_are_refused_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MAX_ARCS", 31)
    with pytest.raises(
        TooManyStatesError, match=r"case.yaml: disallowed transitions and coalesced states need every move listed, and there are up to 32"
    ):
        model_of()
    monkeypatch.setattr(shape, "MAX_ARCS", 32)
    assert model_of().num_states == 7


# What other parts make of it.


def test_check_finds_idle_entries() -> None:
    text = changed(
        CASE,
        ('from: "NN-", to: "YY-"', "from: close, to: close and not close"),
        ("{that: close and sell, name", "{that: close and sell and not grant, name"),
    )
    text = changed(text, ('"NYY", "YY-"', "NYY, [YYN, YYY]"))
    found = [
        problem
        for problem in check(read_case_text(text)).warnings
        if problem.label.split(".")[0] in ("disallowed", "coalesce") and "basis" not in problem.found
    ]
    assert [(problem.label, problem.found) for problem in found] == [
        ("disallowed.one_at_a_time", "this forbids no move that there is"),
        ("coalesce.gone", "a single state exists to count as one"),
    ]
    only_in_winter = changed(text, ("to: close and not close", "to: not close and winter"), ("sell and not grant", "sell and winter"))
    assert not [p for p in check(read_case_text(only_in_winter)).warnings if p.found.startswith(("this forbids", "a single", "no state"))]


def test_judgements_count_and_can_be_judged_otherwise() -> None:
    file = read_case_text(CASE)
    paths = [path for path, _ in file.case.judgements()]
    assert paths[3:6] == [("disallowed", "no_way_back"), ("disallowed", "one_at_a_time"), ("coalesce", "gone")]
    found = {(there.path, there.kind) for there in alternatives(Builder(file))}
    assert {(path, "dropped") for path in paths[3:6]} <= found


def test_a_version_with_patterns_says_the_same_as_one_with_formulas() -> None:
    file = read_case_text(CASE)
    other = read_case_text(
        changed(
            CASE, ('"NN-", to: "YY-"', "not close and not sell, to: close and sell"), ("that: close and sell, name", 'pattern: "YY-", name')
        )
    )
    there = {change.path: change for change in changes(file, other)}
    assert there["disallowed", "one_at_a_time"].is_idle
    more = read_case_text(changed(CASE, ("name: A closed shop", "name: Another"), ("to: not close", "to: sell")))
    (change,) = changes(file, more)
    assert [(detail.field, detail.before, detail.after, detail.is_idle) for detail in change.details] == [
        ("name", "A closed shop stays closed", "Another stays closed", True),
        ("to", "not close", "sell", False),
    ]
    gone = composed(
        file,
        read_case_text(CASE.replace('  one_at_a_time: {from: "NN-", to: "YY-", basis: assumed}\n', "")),
        ("disallowed", "one_at_a_time"),
    )
    assert list(gone.case.disallowed) == ["no_way_back"]
    assert Builder(gone).model(Builder(gone).choice()).num_states == 7


def test_a_gmcr_file_has_no_place_for_it() -> None:
    content, left_out = to_gmcr(read_case_text(CASE))
    assert "disallowed: all 2; there those moves can be made, and other states may be stable" in left_out
    assert "coalesce: all 1; the states that are one here are 8 there, each by itself" in left_out
    rankings = [maker["preferenceRanking"] for maker in json.loads(content)["decisionMakers"]]
    assert rankings[1] == [1, [3, 5], [2, 6], 7, [4, 8]]


def test_an_nfg_file_has_no_place_for_it() -> None:
    with pytest.raises(ChoiceError, match=r"states that count as one have no place in an .nfg file"):
        to_nfg(read_case_text(CASE))
    text = changed(CASE, ("  gone: {that: close and sell,", "  gone: {that: false,"), ('"NYY", "YY-"', "NYY, [YYN, YYY]"))
    assert "left out: disallowed: all 2; in the file every strategy is a free choice" in to_nfg(read_case_text(text))[1]


def test_a_brief_says_what_may_be_either_way() -> None:
    file = read_case_text(CASE)
    builder = Builder(file)
    found = findings(builder)
    assert found.members == {"YY-": "YYN"}
    told = story(file, Evidence({}, {}, {}), found, "internal")
    text = json.dumps(told, default=lambda there: str(there) if not hasattr(there, "__dict__") else vars(there), ensure_ascii=False)
    assert "one state, whether or not this is done: Town takes the option “grant”" in text
    groups = {group.id: [plain(item.words) for item in group.items] for group in told.groups}
    assert groups["j-disallowed"][0] == (
        "A closed shop stays closed: no move of Shop leads from where this holds: Shop takes the option “close”; "
        "to where this does: Shop does not take the option “close”."
    )
    assert groups["j-coalesce"] == [
        "The shop is gone: all states where this holds count as one: Shop takes the option “close” and takes the option “sell”."
    ]


def test_a_reason_by_weights_looks_at_a_member() -> None:
    text = changed(CASE, ('{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}', "{weights: {close: 2, sell: 3}}"))
    text = changed(
        text,
        ("gone: {that: close and sell, name: The shop is gone", "idle: {that: not close and not sell"),
        ("{that: grant and not close}", "{that: close}"),
    )
    builder = Builder(read_case_text(text))
    states = builder.model(builder.choice()).states
    reason = Reasons(builder, builder.choice()).between("town", states.index("NYY"), states.index("YNY"))
    assert (reason.better, reason.worse, dict(reason.weights)) == (3, 2, {"shop.close": 2, "shop.sell": 3})


def test_many_variants_come_out_as_one_by_one() -> None:
    """Dropping what makes states one, in the engine of many variants, against the case without it."""
    text = changed(CASE, ('{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}', "{prefers: [{that: not close}, {that: sell}]}"))
    lab, bare = Lab(Builder(read_case_text(text))), text.replace("coalesce:\n  gone: {that: close and sell, name: The shop is gone}\n", "")
    without = Lab(Builder(read_case_text(bare)))
    assert lab.shares(lab.frame(Variant(dropped=frozenset({("coalesce", "gone")})))) == without.shares(without.frame())
    assert "end.YY-" in lab.shares(lab.frame())


def test_a_state_called_by_pattern_stays_found_when_a_rule_leaves_one_member() -> None:
    text = changed(CASE, ("coalesce:\n", "rules: {no_grant: {require: not (close and sell and grant), contested: true}}\ncoalesce:\n"))
    builder = Builder(read_case_text(text))
    on, off = (builder.model(builder.choice(contested={"no_grant": side})) for side in (True, False))
    assert on.states.labels[3] == "YYN"
    assert off.states.labels[3] == "YY-"
    assert np.array_equal(on.ranks[1][[0, 3]] < on.ranks[1][[3, 0]], [False, True])


TWO = """\
offramp: 1
title: Two groups
decision_makers:
  shop: {options: {close: {}, sell: {}}}
  town: {options: {grant: {}}}
coalesce:
  idle: {that: not close and not sell}
  half: {that: "grant and exactly_one(close, sell)"}
readings:
  shop: {only: {prefers: [{that: close and sell}]}}
  town: {only: {prefers: []}}
"""


def test_a_member_stands_for_its_group_where_only_a_code_is_known() -> None:
    file = read_case_text(TWO)
    builder = Builder(file)
    assert builder.model(builder.choice()).states.labels == ("NN-", "YNN", "NYN", "YYN", "--Y", "YYY")
    found = findings(builder)
    assert found.members == {"NN-": "NNN", "--Y": "YNY"}
    claims = Claims(Voice(file, Evidence({}, {}, {}), False), None, None, found)  # type: ignore[arg-type]
    formula = labels_of(file.case).formula("exactly_one(close, sell)")
    assert claims._holds(formula, "--Y")
    assert not claims._holds(formula, "YYY")


def test_an_option_that_comes_lengthens_patterns_and_changes_no_entry() -> None:
    """A pattern with a letter more for a new option is no change, and each version can be read with the unit of the other."""
    before = read_case_text(
        changed(
            CASE,
            ('{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}', "{prefers: []}"),
            ("{that: close and sell, name", '{pattern: "YY-", name'),
        )
    )
    longer = changed(
        CASE,
        ('{ranking: [NNN, [NNY, NYN], [YNN, YNY], "NYY", "YY-"]}', "{prefers: []}"),
        ("{that: close and sell, name", '{pattern: "YY--", name'),
    )
    longer = changed(longer, ("{grant: {}}", "{grant: {}, pay: {}}"), ('"NN-", to: "YY-"', '"NN--", to: "YY--"'))
    after = read_case_text(longer)
    unit = ("decision_makers", "town", "options", "pay")
    assert [change.path for change in changes(before, after)] == [unit]
    alone = composed(before, after, unit)
    builder = Builder(alone)
    model = builder.model(builder.choice())
    assert "YY--" in model.states.labels
    assert not any(model.moves.successors(0, s)[model.moves.successors(0, s) == model.states.index("YY--")].size for s in (0,))
    assert diff(before, after).effects[0].answer.reason == ""


def test_a_sweep_over_a_rule_that_keeps_a_group_whole_has_void_variants() -> None:
    text = changed(CASE, ("wish: not (close and sell)", "wish: grant"), ('"NYY", "YY-"', '"NYY", "YYN"'))
    text = changed(text, ("disallowed:\n", "rules: {one: {require: not (close and sell and grant)}}\ndisallowed:\n"))
    found = sweep(Builder(read_case_text(text)), vary=["rules"], base_points=0)
    assert (found.num_variants, found.num_void) == (4, 2)
    text = changed(text, ("{that: close},", "{that: grant},"))
    found = sweep(Builder(read_case_text(changed(text, ("wish: grant", "wish: true")))), vary=["rules"], base_points=0)
    assert (found.num_variants, found.num_void) == (4, 2)


def test_an_entry_that_rests_on_restricted_words_goes_by_its_place() -> None:
    file = read_case_text(
        changed(CASE, ("one_at_a_time: {", "one_at_a_time: {because: [s1, s2], "), ("gone: {", "gone: {because: [s1, s2], "))
    )
    voice = Voice(file, Evidence({}, {}, {}), True)
    voice.withheld = frozenset(["s1"])
    assert voice.title("disallowed", "one_at_a_time") == "disallowed transition 2 (name withheld)"
    assert voice.label("disallowed", "one_at_a_time") == "disallowed.2"
    assert voice.title("coalesce", "gone") == "group of states 1 (name withheld)"


def test_a_public_telling_says_nothing_of_an_entry_that_names_a_hidden_option() -> None:
    text = changed(
        CASE,
        ("people:\n  clerk: {wish: not (close and sell)}", "people:\n  clerk: {restricted: true}"),
        ("that: close and sell, by", "that: close, by"),
    )
    file = read_case_text(changed(text, ("gone: {that: close and sell,", "gone: {that: false,"), ('"NYY", "YY-"', "NYY, YYN, YYY")))
    voice = Voice(file, Evidence({}, {}, {}), True)
    assert judgement_name(voice, ("disallowed", "no_way_back")) == KIN
    assert Sayer(Builder(file))(("disallowed", "one_at_a_time")) == KIN
    assert (
        judgement_name(Voice(file, Evidence({}, {}, {}), False), ("disallowed", "no_way_back"))
        == "the disallowed transition “A closed shop stays closed”"
    )
    assert judgement_name(Voice(file, Evidence({}, {}, {}), False), ("coalesce", "gone")) == "the group of states “The shop is gone”"
