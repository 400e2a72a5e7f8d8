"""Case files as text, for tests: the examples of the design, and small helpers."""

import pytest

from offramp.case.load import read_case_text
from offramp.errors import CaseError, Problem

DESIGN = """\
offramp: 1
title: Two prisoners of war held by Ukraine
as_of: 2026-05-31
decision_makers:
  ukraine:
    name: Ukraine
    options:
      transfer: {name: hands the two men to South Korea, irreversible: true, because: [s12, s17]}
      exchange: {name: gives them to the Russian side in a swap, irreversible: true, because: [s6]}
  south_korea:
    name: South Korea
    options:
      ask: {name: asks at leaders' level, because: [s30]}
rules:                                   # states that break one do not exist
  one_way: {require: "at_most_one(transfer, exchange)"}
  leaders: {require: "transfer -> ask", basis: assumed, because: [s30], contested: true}
status_quo: {}                           # options that are Y now; all others N
readings:                                # rival accounts of what a decision maker wants
  ukraine:
    law_first:
      prefers:
        - {that: not exchange}
        - {that: ask -> transfer}
  south_korea:
    willing:
      name: willing but constrained
      prefers:                           # option prioritization, most important first
        - {that: not exchange, basis: stated, because: [s24]}
        - {that: ask -> transfer, basis: inferred, because: [s18]}
    unwilling: {name: Pyongyang first, prefers: [{that: not ask, basis: inferred, because: [s41]}]}
conditions:                              # facts of the world; their names may stand in every formula
  hostilities_over: {holds: false}
  risk_on_return: {holds: true, basis: stated, because: [s16], contested: true}
norms:
  non_refoulement:
    binds: [ukraine]
    forbids: exchange                    # or requires: / permits: a formula
    when: risk_on_return
    absolute: true
    cite: "CAT art. 3; ICRC commentary (2020) on GC III art. 118"
    because: [s16]
people:
  pow_a: {protected: true, wish: transfer, because: [s29]}
harms:
  - {to: pow_a, that: exchange, by: [ukraine], grade: grave, because: [s43]}
claims:                                  # what people say about the deadlock, put to the test
  leaders_essential: {only_if: {end: transfer, needs: ask}, because: [s40]}
  law_allows: {permitted: {that: transfer, to: [ukraine, south_korea]}, because: [s44]}
  forced_handover: {possible: {end: exchange}, because: [s45]}
"""
"""The case of the design; Ukraine's reading, which is left out there, is ours."""

SMALL = """\
offramp: 1
title: Two switches
decision_makers:
  anna:
    options:
      leave: {}
  bert:
    options:
      pay: {irreversible: true}
rules:
  first: {require: pay -> leave}
status_quo: {leave: false}
readings:
  anna: {only: {prefers: [{that: pay}, {that: not leave}]}}
  bert: {only: {weights: {pay: -2, anna.leave: 3}}}
conditions:
  winter: {holds: true, contested: true}
norms:
  promise: {binds: [bert], requires: pay, when: winter}
people:
  child: {wish: leave and pay}
harms:
  - {to: child, that: not pay, by: [bert], grade: slight}
claims:
  hope: {possible: {end: pay}}
"""

ELMIRA = """\
offramp: 1
title: Elmira, by rankings
decision_makers:
  moe: {options: {modify: {direction: forward}}}
  uniroyal: {options: {delay: {name: Delay, direction: backward}, accept: {}, abandon: {direction: forward}}}
  local_government: {options: {insist: {}}}
rules:
  no_delay_and_accept: {exclude: "-YY--"}
  no_delay_and_abandon: {exclude: "-Y-Y-"}
  no_accept_and_abandon: {exclude: "--YY-"}
  something: {exclude: "-NNN-"}
status_quo: NYNNN
readings:
  moe: {only: {prefers: []}}
  uniroyal: {only: {ranking: [NYNNN, [YNYNN, NNYNN], YYNNN], unlisted: tied}}
  local_government: {only: {weights: {delay: 4, accept: -2}}}
"""

GRAPH = """\
offramp: 1
title: A graph
decision_makers: {moe: {}, uniroyal: {}}
states: [s1, s2, s3]
moves: {moe: [[s1, s2]], uniroyal: [[s2, s3], [s3, s2]]}
status_quo: s1
readings:
  moe: {only: {ranking: [s3, [s1, s2]]}}
  uniroyal: {only: {prefers: [{that: s2 or s3}]}}
"""

EITHER = """\
offramp: 1
title: One or the other
decision_makers: {ann: {options: {a: {irreversible: true}, b: {irreversible: true}}}}
rules: {either: {require: "at_most_one(a, b)"}}
readings: {ann: {only: {prefers: [{that: not b}, {that: not a}, {that: a or b}]}}}
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return the problems that keep a text from being a case."""
    with pytest.raises(CaseError) as caught:
        read_case_text(text)
    return caught.value.problems


def sentences(text: str) -> list[str]:
    """Return the problems of a text as they are told."""
    return [str(problem) for problem in problems_of(text)]


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return `text` with each old piece, which has to stand there once, replaced by the new."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def line_of(text: str, piece: str) -> int:
    """Return the line of the only occurrence of `piece`, from 1."""
    assert text.count(piece) == 1, piece
    return text[: text.index(piece)].count("\n") + 1
