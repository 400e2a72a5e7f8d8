"""What a status-quo analysis reaches, as a graph for other programs: DOT, GraphML and rows, one edge a move.

Names go in as text and as nothing else: control and direction characters are
spelled out, quotes and backslashes of DOT escaped, and the GraphML is made by an
XML writer, without a document type. Nodes are called by the numbers of states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from offramp.analysis.statusquo import Arc, StatusQuo
from offramp.analysis.ways import steps
from offramp.report.records import step_label
from offramp.report.statusquo_records import Meanings, equilibrium_label
from offramp.report.words import visible

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NODE_KEYS = {"number": "int", "code": "string", "is_start": "boolean", "equilibrium": "string", "meaning": "string"}
EDGE_KEYS = {"label": "string", "sets": "string", "wanted": "boolean", "unknown": "boolean", "place": "int"}


@dataclass(frozen=True)
class Node:
    """A state as it is drawn; `meaning` has breaches and harms, and stands with `equilibrium` always."""

    number: int
    code: str
    is_start: bool
    equilibrium: str
    meaning: str


@dataclass(frozen=True)
class Edge:
    """A move as it is drawn: the mover is its label; `place` is the earliest step of a sequence that it can be."""

    start: int
    to: int
    label: str
    sets: str
    wanted: bool
    unknown: bool
    place: int


def nodes(found: StatusQuo, meanings: Meanings) -> Iterator[Node]:
    """Yield the start, then what was reached, in order."""
    for state in found.states:
        equilibrium = equilibrium_label(meanings.solution, state)
        yield Node(state + 1, found.model.states.label(state), state == found.start, equilibrium, meanings.told(state))


def edges(found: StatusQuo, meanings: Meanings) -> Iterator[Edge]:
    """Yield the moves between these states that legal sequences make."""
    for arc in found.arcs:
        yield _edge(found, arc, meanings)


def _edge(found: StatusQuo, arc: Arc, meanings: Meanings) -> Edge:
    model, move = found.model, arc.move
    (step,) = steps(model, [move])
    told = (step.dm, meanings.moved(step), found.is_wanted(move), found.is_unknown(move), arc.place)
    return Edge(move.start + 1, move.to + 1, *told)


EDGES_HEADER = ["from", "from_code", "to", "to_code", "by", "sets", "wanted", "unknown", "place"]


def edge_rows(found: StatusQuo) -> Iterator[list[object]]:
    """Yield one row a move, as `edges` has them; names are not withheld."""
    label = found.model.states.label
    for arc in found.arcs:
        move, (step,) = arc.move, steps(found.model, [arc.move])
        told = [step.dm, step_label(step), int(found.is_wanted(move)), int(found.is_unknown(move)), arc.place]
        yield [move.start + 1, label(move.start), move.to + 1, label(move.to), *told]


def dot(found: StatusQuo, meanings: Meanings, title: str) -> str:
    """Return the graph in DOT: the start has a double line; an edge that its mover does not want is dashed."""
    lines = ["digraph {", f"  graph [label={_quoted(title)}, labelloc=t];", "  node [shape=box];"]
    for node in nodes(found, meanings):
        said = [f"{node.number} {node.code}", "equilibrium: " * bool(node.equilibrium) + node.equilibrium, *node.meaning.split("; ")]
        label = "\\n".join(_escaped(part) for part in said if part)
        lines.append(f'  s{node.number} [label="{label}"{", peripheries=2" * node.is_start}];')
    for edge in edges(found, meanings):
        dashed = ", style=dashed" * (not edge.wanted)
        lines.append(f"  s{edge.start} -> s{edge.to} [label={_quoted(edge.label)}{dashed}, place={edge.place}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')


def graphml(found: StatusQuo, meanings: Meanings, title: str) -> str:
    """Return the graph in GraphML, states and moves with their attributes."""
    root = ElementTree.Element("graphml", {"xmlns": NAMESPACE})
    _key(root, "graph", "title", "string")
    for kind, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, type_ in keys.items():
            _key(root, kind, name, type_)
    graph = ElementTree.SubElement(root, "graph", {"id": "statusquo", "edgedefault": "directed"})
    _data(graph, "graph", "title", title)
    for node in nodes(found, meanings):
        element = ElementTree.SubElement(graph, "node", {"id": f"s{node.number}"})
        for name in NODE_KEYS:
            _data(element, "node", name, getattr(node, name))
    for number, edge in enumerate(edges(found, meanings), 1):
        ends = {"id": f"m{number}", "source": f"s{edge.start}", "target": f"s{edge.to}"}
        element = ElementTree.SubElement(graph, "edge", ends)
        for name in EDGE_KEYS:
            _data(element, "edge", name, getattr(edge, name))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _key(root: ElementTree.Element, kind: str, name: str, type_: str) -> None:
    ElementTree.SubElement(root, "key", {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": type_})


def _data(element: ElementTree.Element, kind: str, name: str, value: object) -> None:
    told = str(value).lower() if isinstance(value, bool) else str(value)
    ElementTree.SubElement(element, "data", {"key": f"{kind}_{name}"}).text = _xml_text(told)


def _xml_text(text: str) -> str:
    """Return `text` without what XML cannot hold.

    Examples
    --------
    >>> _xml_text("a\\x1b\\uffffb")
    'a[U+001B]\\\\uffffb'
    """
    return _NO_XML.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), visible(text))
