"""The graphs for other programs: well formed, whole, and names inert in them."""

import re
from xml.etree import ElementTree

import pytest

from casetext import DESIGN, GRAPH, SMALL
from offramp.analysis.assessment import Assessor
from offramp.analysis.solve import solve
from offramp.analysis.statusquo import Kind, StatusQuo, statusquo
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.report.graphs import NAMESPACE, dot, graphml
from offramp.report.statusquo_records import Meanings

XML = {"g": NAMESPACE}
HOSTILE = 'x"]; s9 [URL="file:///etc/passwd"]; \\" \\N <b>&amp;</b> ]]> <!ENTITY a "b"> \x1b[31m \u202e \ufffe \U000fffff'


def made(text: str, kind: Kind = "moves") -> tuple[StatusQuo, Meanings]:
    builder = Builder(read_case_text(text))
    choice = builder.choice()
    model = builder.model(choice)
    return statusquo(model, kind), Meanings(solve(model), Assessor(builder, choice))


def values(element: ElementTree.Element) -> dict[str, str]:
    return {data.get("key", ""): data.text or "" for data in element.findall("g:data", XML)}


@pytest.mark.parametrize("text", [DESIGN, SMALL, GRAPH])
@pytest.mark.parametrize("kind", ["moves", "improvements"])
def test_both_have_every_state_and_every_move(text: str, kind: Kind) -> None:
    found, meanings = made(text, kind)
    model = found.model
    root = ElementTree.fromstring(graphml(found, meanings, "t"))
    told = [(edge.get("source"), edge.get("target"), values(edge)["edge_label"]) for edge in root.iterfind(".//g:edge", XML)]
    moves = [(f"s{a.move.start + 1}", f"s{a.move.to + 1}", model.decision_makers[a.move.dm]) for a in found.arcs]
    assert told == moves
    assert [node.get("id") for node in root.iterfind(".//g:node", XML)] == [f"s{state + 1}" for state in found.states]
    drawn = dot(found, meanings, "t")
    assert re.findall(r'^  (s\d+) -> (s\d+) \[label="(\w+)"', drawn, re.MULTILINE) == moves
    assert re.findall(r"^  s(\d+) \[", drawn, re.MULTILINE) == [str(state + 1) for state in found.states]


def test_keys_are_declared_and_no_document_type_is() -> None:
    text = graphml(*made(DESIGN), "t")
    root = ElementTree.fromstring(text)
    declared = {key.get("id") for key in root.findall("g:key", XML)}
    assert {data.get("key") for data in root.iterfind(".//g:data", XML)} == declared
    assert "<!" not in text


def test_no_equilibrium_without_its_breaches_and_harms() -> None:
    found, meanings = made(DESIGN)
    state = found.model.state("NYN")
    drawn = dot(found, meanings, "t").splitlines()
    line = next(line for line in drawn if line.startswith(f"  s{state + 1} ["))
    assert "UNLAWFUL: non_refoulement" in line
    assert "harm grave:pow_a" in line
    assert "CANNOT BE UNDONE: ukraine.exchange" in line


def test_names_are_inert() -> None:
    found, meanings = made(GRAPH)
    drawn = dot(found, meanings, HOSTILE)
    line = drawn.splitlines()[1]
    assert re.fullmatch(r'  graph \[label="(?:[^"\\]|\\.)*", labelloc=t\];', line)
    assert "\x1b" not in drawn
    assert "\u202e" not in drawn
    text = graphml(found, meanings, HOSTILE)
    root = ElementTree.fromstring(text)
    title = values(root.findall("g:graph", XML)[0])["graph_title"]
    assert title == HOSTILE.replace("\x1b", "[U+001B]").replace("\u202e", "[U+202E]").replace("\ufffe", "\\ufffe")
    assert "<!ENTITY" not in text
