"""What states mean for law and people, by hand on cases of one screen."""

import pytest

from offramp.analysis.assessment import Assessment, Assessor, Breach, Collision, Suffering
from offramp.case.load import read_case_text
from offramp.model.build import Builder


def assessor(text: str, **sides: bool) -> Assessor:
    builder = Builder(read_case_text(text))
    return Assessor(builder, builder.choice(contested=sides))


def at(text: str, code: str, **sides: bool) -> Assessment:
    there = assessor(text, **sides)
    place = there.world.states.index(code)
    assert place is not None
    return there.at(place)


def norms_breached(text: str, code: str, **sides: bool) -> list[str]:
    return [breach.norm for breach in at(text, code, **sides).breaches]


# Anna can hold and sell, Bert can pay; a code has one letter for each, in this order.
CASE = """
offramp: 1
title: hand made
as_of: 2026-05
decision_makers:
  anna: {options: {hold: {}, sell: {}}}
  bert: {options: {pay: {}}}
readings: {anna: {r: {prefers: []}}, bert: {r: {prefers: []}}}
conditions: {war: {holds: true, contested: true}}
"""


def with_norms(norms: str, rest: str = "") -> str:
    return f"{CASE}norms: {{{norms}}}\n{rest}"


# Breaches.


def test_forbids_and_requires() -> None:
    text = with_norms("no_sale: {binds: [anna], forbids: sell}, price: {binds: [bert], requires: sell -> pay}")
    assert norms_breached(text, "NNN") == []
    assert norms_breached(text, "NYN") == ["no_sale", "price"]  # sold, and nothing paid
    assert norms_breached(text, "NYY") == ["no_sale"]
    assert norms_breached(text, "YNY") == []


def test_a_breach_tells_who_is_bound_and_how_strictly() -> None:
    text = with_norms("n: {binds: [bert, anna], forbids: sell, absolute: true, cite: 'art. 3'}, m: {binds: [anna], forbids: sell}")
    assert at(text, "NYN").breaches == (Breach("n", ("bert", "anna"), True, "art. 3"), Breach("m", ("anna",), False, ""))
    assert not at(text, "NYN").is_lawful
    assert at(text, "NNN").is_lawful


def test_a_norm_sleeps_where_its_when_does_not_hold() -> None:
    text = with_norms("f: {binds: [anna], forbids: sell, when: war and hold}, r: {binds: [anna], requires: hold, when: pay}")
    assert norms_breached(text, "NYN") == []  # anna does not hold, bert does not pay
    assert norms_breached(text, "YYN") == ["f"]
    assert norms_breached(text, "YYN", war=False) == []
    assert norms_breached(text, "NNY") == ["r"]
    assert norms_breached(text, "YNY") == []


def test_a_norm_that_permits_is_never_breached() -> None:
    text = with_norms("p: {binds: [anna], permits: hold, when: war}")
    for code in ("NNN", "YNN", "NYY", "YYY"):
        assert at(text, code).breaches == ()
    assert at(text, "YNN").permissions == ("p",)
    assert at(text, "NNN").permissions == ()
    assert at(text, "YNN", war=False).permissions == ()


def test_a_contested_norm_is_in_force_or_not() -> None:
    text = with_norms("n: {binds: [anna], forbids: sell, contested: true}, m: {binds: [anna], forbids: sell}")
    assert norms_breached(text, "NYN") == ["n", "m"]
    assert norms_breached(text, "NYN", n=False) == ["m"]


def test_a_norm_that_nobody_contests_stays_though_a_rule_of_its_name_is_off() -> None:
    text = with_norms("n: {binds: [anna], forbids: sell}", "rules: {n: {require: not (hold and pay), contested: true}}\n")
    assert norms_breached(text, "NYN") == ["n"]
    assert norms_breached(text, "NYN", n=False) == ["n"]


@pytest.mark.parametrize(
    ("dates", "bound"), [("since: 2026", True), ("since: 2026-06", False), ("until: 2026-04", False), ("until: 2026-05", True)]
)
def test_a_norm_has_its_dates(dates: str, bound: bool) -> None:
    assert norms_breached(with_norms(f"n: {{binds: [anna], forbids: sell, {dates}}}"), "NYN") == (["n"] if bound else [])


# Collisions.


def collided(norms: str, code: str, rest: str = "") -> tuple[Collision, ...]:
    return at(with_norms(norms, rest), code).collisions


HOLD_OR_SELL = "keep: {binds: [anna], requires: hold}, trade: {binds: [anna], requires: sell}"


def test_two_norms_collide_where_each_alone_could_be_kept_and_both_cannot() -> None:
    """By the rule anna cannot both hold and sell; from anywhere she can do either."""
    rules = "rules: {one: {require: not (hold and sell)}}\n"
    for code in ("NNN", "YNN", "NYN", "NNY"):
        assert collided(HOLD_OR_SELL, code, rules) == (Collision("anna", ("keep", "trade")),)


def test_no_collision_where_one_own_move_keeps_both() -> None:
    for code in ("NNN", "YNN", "NYN", "YYY"):
        assert collided(HOLD_OR_SELL, code) == ()


def test_no_collision_with_a_norm_that_cannot_be_kept_at_all() -> None:
    """Only bert pays: anna's duty that he pay is out of her hands, so it collides with nothing while he does not."""
    norms = "paid: {binds: [anna], requires: pay}, free: {binds: [anna], forbids: pay}, keep: {binds: [anna], requires: hold}"
    for code in ("NNN", "NNY", "YNN"):
        assert collided(norms, code) == ()


def test_no_collision_between_norms_that_bind_different_people() -> None:
    rules = "rules: {one: {require: not (hold and pay)}}\n"
    assert collided("keep: {binds: [anna], requires: hold}, pay_up: {binds: [bert], requires: pay}", "NNN", rules) == ()


def test_a_collision_is_told_for_each_who_is_bound_by_both() -> None:
    """Bert can neither hold nor sell: each norm he can keep only where he stands, so they collide for anna alone."""
    norms = "keep: {binds: [anna, bert], requires: hold}, trade: {binds: [bert, anna], requires: sell}"
    rules = "rules: {one: {require: not (hold and sell)}}\n"
    assert collided(norms, "YNN", rules) == (Collision("anna", ("keep", "trade")),)


def test_staying_counts_as_keeping() -> None:
    """Anna cannot go back on holding: at YN she keeps `keep` by staying, `drop` not at all; at NN she can keep either."""
    text = """
offramp: 1
title: one way
decision_makers: {anna: {options: {hold: {irreversible: true}, x: {}}}}
readings: {anna: {r: {prefers: []}}}
norms: {keep: {binds: [anna], requires: hold}, drop: {binds: [anna], forbids: hold}}
"""
    assert at(text, "NN").collisions == (Collision("anna", ("keep", "drop")),)
    assert at(text, "YN").collisions == ()
    assert norms_breached(text, "YN") == ["drop"]
    assert norms_breached(text, "NN") == ["keep"]


def test_a_norm_that_permits_or_sleeps_collides_with_nothing() -> None:
    rules = "rules: {one: {require: not (hold and sell)}}\n"
    assert collided("keep: {binds: [anna], permits: hold}, trade: {binds: [anna], requires: sell}", "NNN", rules) == ()
    assert collided("keep: {binds: [anna], requires: hold, when: not war}, trade: {binds: [anna], requires: sell}", "NNN", rules) == ()


def test_three_norms_collide_in_pairs() -> None:
    rules = "rules: {one: {require: 'at_most_one(hold, sell)'}}\n"
    norms = HOLD_OR_SELL + ", rest: {binds: [anna], forbids: hold or sell}"
    assert collided(norms, "NNN", rules) == (
        Collision("anna", ("keep", "trade")),
        Collision("anna", ("keep", "rest")),
        Collision("anna", ("trade", "rest")),
    )


def test_collisions_in_a_graph() -> None:
    """From a the first moves to b or c, not on from b to c: at b it can keep `be` alone, at c both are out of reach."""
    text = """
offramp: 1
title: graph
decision_makers: {one: {}}
states: [a, b, c]
moves: {one: [[a, b], [a, c]]}
readings: {one: {r: {prefers: []}}}
norms: {be: {binds: [one], requires: b}, see: {binds: [one], requires: c}}
"""
    assert at(text, "a").collisions == (Collision("one", ("be", "see")),)
    assert at(text, "b").collisions == ()
    assert at(text, "c").collisions == ()


# Harms and wishes.


def test_harms_and_wishes() -> None:
    people = """
people: {kim: {wish: sell and not war}, lee: {wish: hold or pay}, nobody: {}}
harms:
  - {to: kim, that: hold and war, by: [anna, bert], grade: grave}
  - {to: lee, that: not pay, grade: slight}
  - {to: kim, that: hold, by: [anna], grade: slight}
"""
    text = CASE + people
    assert at(text, "YNY").harms == (Suffering(0, "kim", ("anna", "bert"), "grave"), Suffering(2, "kim", ("anna",), "slight"))
    assert at(text, "YNN", war=False).harms == (Suffering(1, "lee", (), "slight"), Suffering(2, "kim", ("anna",), "slight"))
    assert at(text, "NNY").harms == ()
    assert at(text, "NYY").wishes_met == ("lee",)
    assert at(text, "NYY", war=False).wishes_met == ("kim", "lee")
    assert at(text, "NNN").wishes_met == ()


def test_harms_and_wishes_have_their_dates() -> None:
    text = CASE + (
        "people: {kim: {wish: sell, until: 2026-04}, lee: {wish: sell, since: 2026-05}}\n"
        "harms: [{to: kim, that: sell, grade: slight, since: 2026-06}, {to: lee, that: sell, grade: slight, until: 2026}]\n"
    )
    assert at(text, "NYN").wishes_met == ("lee",)
    assert [harm.to for harm in at(text, "NYN").harms] == ["lee"]


def test_a_case_that_names_no_norm_and_no_harm_calls_nothing_lawful_by_proof() -> None:
    """Nothing is breached where there is no norm; `is_lawful` says no more than that."""
    there = at(CASE, "YYY")
    assert (there.breaches, there.harms, there.wishes_met, there.collisions, there.permissions) == ((), (), (), (), ())
    assert there.is_lawful


def test_assessments_are_worked_out_once() -> None:
    there = assessor(CASE)
    assert there.at(3) is there.at(3)
