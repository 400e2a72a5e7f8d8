"""Claims put to the test, each verdict derived by hand."""

import pytest

from offramp.analysis.grid import Grid
from offramp.case.load import read_case_text
from offramp.model.build import Builder

# Anna can sign, Bert can pay and break. States by code: sign, pay, break.
#
# Anna wants it paid, then not to sign. Bert wants her to sign, then not to pay, then not to break.
# From NNN: anna alone reaches YNN, worse for her. Bert alone reaches NYN, NNY, NYY, all worse for him than NNN.
# Together they want what anna prefers, paid, and what bert prefers, signed: YYN and YYY; both are reached.
# From YYN bert improves by not paying (YNN), from there anna by not signing: NNN, which rests.
# From YYY bert improves to YNN (not pay before not break), and to YYN (not break), and to YNY; so it ends in NNN too.
DEAL = """
offramp: 1
title: A deal
decision_makers:
  anna: {options: {sign: {}}}
  bert: {options: {pay: {}, break: {}}}
readings:
  anna: {only: {prefers: [{that: pay}, {that: not sign}]}}
  bert: {only: {prefers: [{that: sign}, {that: not pay}, {that: not break}]}}
norms:
  honest: {binds: [bert], forbids: break}
  paid: {binds: [anna, bert], requires: sign -> pay}
  may: {binds: [anna], permits: sign}
"""


def verdict(claim: str, text: str = DEAL, **sides: bool) -> str:
    builder = Builder(read_case_text(f"{text}claims: {{c: {claim}}}\n"))
    return Grid(builder).cell(builder.choice(contested=sides)).claims["c"]


def test_the_ways_out_of_the_deal_are_as_derived() -> None:
    builder = Builder(read_case_text(DEAL))
    cell = Grid(builder).cell(builder.choice())
    label = cell.model.states.label
    assert [(way.coalition, label(way.state)) for way in cell.ways] == [(("anna", "bert"), "YYN"), (("anna", "bert"), "YYY")]
    assert [[label(s) for end in way.then for s in end.end.states] for way in cell.ways] == [["NNN"], ["NNN"]]


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        # some way out, or an end that follows it, is where `end` holds: YYN, YYY and NNN
        ("{possible: {end: sign and pay}}", "supported"),
        ("{possible: {end: break}}", "supported"),
        ("{possible: {end: not sign}}", "supported"),  # only because what follows counts
        ("{possible: {end: sign and not pay}}", "refuted"),  # YNN is passed through, and is no end
        ("{possible: {end: false}}", "refuted"),
        ("{possible: {end: sign, by: [anna, bert]}}", "supported"),
        ("{possible: {end: sign, by: [bert, anna]}}", "supported"),
        ("{possible: {end: sign, by: [anna]}}", "refuted"),
        ("{possible: {end: true, by: [bert]}}", "refuted"),  # bert alone has no way out at all
        # every end where `end` holds also satisfies `needs`
        ("{only_if: {end: sign, needs: pay}}", "supported"),
        ("{only_if: {end: sign, needs: break}}", "refuted"),  # YYN
        ("{only_if: {end: break, needs: sign}}", "supported"),
        ("{only_if: {end: not pay, needs: not sign}}", "supported"),  # NNN alone
        ("{only_if: {end: not pay, needs: sign}}", "refuted"),  # NNN, which only follows
        ("{only_if: {end: true, needs: sign}}", "refuted"),
        ("{only_if: {end: break and not sign, needs: true}}", "undecided"),  # nothing ends there
        ("{only_if: {end: false, needs: false}}", "undecided"),
        # no norm in force for those named forbids it
        ("{permitted: {that: break, to: [bert]}}", "refuted"),
        ("{permitted: {that: break, to: [anna]}}", "supported"),  # honest binds bert alone
        ("{permitted: {that: break, to: [anna, bert]}}", "refuted"),
        ("{permitted: {that: sign, to: [anna]}}", "supported"),  # unpaid it breaches `paid`, paid it does not
        ("{permitted: {that: sign and not pay, to: [anna]}}", "refuted"),  # all of it does
        ("{permitted: {that: pay, to: [anna, bert]}}", "refuted"),  # with break among the states: honest forbids those
        ("{permitted: {that: pay and not break, to: [anna, bert]}}", "supported"),
        ("{permitted: {that: sign and not sign, to: [anna]}}", "undecided"),
        # every state where it holds is an equilibrium; by hand: see below
        ("{stable: {that: not (sign or pay or break)}}", "supported"),
        ("{stable: {that: sign}}", "refuted"),
        ("{stable: {that: true}}", "refuted"),
        ("{stable: {that: false}}", "undecided"),
        ("{stable: {that: sign and pay and not break, concept: nash}}", "refuted"),
        ("{stable: {that: sign and pay and not break, concept: gmr}}", "supported"),
        ("{stable: {that: sign and pay and not break, concept: sseq}}", "supported"),
    ],
)
def test_verdict(claim: str, wanted: str) -> None:
    """NNN rests: anna signing gains nothing, bert's moves gain nothing.

    At YYN bert gains by YNN, anna by NYN. Each is answered: after YNN anna improves to NNN, worse for bert than YYN,
    and from NNN no move of his takes him above it; after NYN bert improves to NNN, worse for anna, who cannot make him pay.
    """
    assert verdict(claim) == wanted


def test_ways_of_larger_coalitions_count() -> None:
    """Anna alone can leave and wants to; with bert she also reaches what both want. The smaller coalition does not hide it."""
    text = """
offramp: 1
title: t
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {gift: {}}}}
readings:
  anna: {r: {prefers: [{that: gift}, {that: leave}]}}
  bert: {r: {prefers: [{that: leave}, {that: not gift}]}}
"""
    # minimal: anna, who goes to YN. Together also YY: better for anna by the gift, for bert by her leaving.
    # After YY bert takes the gift back: YN. So YY is a way out, and an ending.
    assert verdict("{possible: {end: gift}}", text) == "supported"
    assert verdict("{possible: {end: gift, by: [anna]}}", text) == "refuted"
    assert verdict("{only_if: {end: leave, needs: not gift}}", text) == "refuted"


def test_no_way_out_at_all() -> None:
    text = "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: [{that: not x}]}}}\n"
    assert verdict("{possible: {end: true}}", text) == "refuted"
    assert verdict("{only_if: {end: true, needs: false}}", text) == "undecided"
    assert verdict("{possible: {end: not x}}", text) == "refuted"  # the status quo is no way out of itself


def test_a_cycle_is_an_end_in_all_its_states() -> None:
    """From s0 one goes to s1; from there one and two chase each other through s1, s2, s3."""
    text = """
offramp: 1
title: t
decision_makers: {one: {}, two: {}}
states: [s0, s1, s2, s3]
moves: {one: [[s0, s1], [s1, s2], [s3, s1]], two: [[s2, s3]]}
readings:
  one: {r: {ranking: [s2, s1, s3, s0]}}
  two: {r: {ranking: [s3, s2, [s1, s0]]}}
"""
    for state in ("s1", "s2", "s3"):
        assert verdict(f"{{possible: {{end: {state}, by: [one]}}}}", text) == "supported"
    assert verdict("{possible: {end: s0}}", text) == "refuted"
    assert verdict("{only_if: {end: not s0, needs: s1 or s2}}", text) == "refuted"


def test_norms_off_and_conditions_both_ways() -> None:
    text = DEAL.replace("{binds: [bert], forbids: break}", "{binds: [bert], forbids: break, when: war, contested: true}")
    text += "conditions: {war: {holds: true, contested: true}}\n"
    claim = "{permitted: {that: break, to: [bert]}}"
    assert verdict(claim, text) == "refuted"
    assert verdict(claim, text, honest=False) == "supported"
    assert verdict(claim, text, war=False) == "supported"
    assert verdict("{permitted: {that: break and not war, to: [bert]}}", text) == "undecided"
