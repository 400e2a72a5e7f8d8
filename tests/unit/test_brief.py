"""The brief as it is read: parsed, and asserted by meaning."""

import base64
import hashlib
import html
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

import offramp
from offramp import catalogue
from offramp.analysis.findings import Findings, findings
from offramp.case.load import CaseFile, read_case_text
from offramp.errors import ChoiceError, LeakError
from offramp.model.build import Builder
from offramp.report.brief import AUDIENCES, Brief, brief, make_brief, write_brief
from offramp.sources.evidence import Evidence, EvidenceFile, Source, named, read_evidence
from offramp.sources.protect import Identifier

VOID = {"meta", "br", "hr", "img", "link", "input"}
ALLOWED = {"html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "footer"}
ALLOWED |= {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "small", "strong", "b"}
ALLOWED |= {"table", "caption", "thead", "tbody", "tr", "th", "td", "code", "data", "abbr", "blockquote", "q"}
LASTING = re.compile(r"\b(at rest|equilibri\w+|stable)\b", re.IGNORECASE)
LAW = ("UNLAWFUL", "Breaches no norm in force.", "The case names no norm.", "The test says nothing of law and harm.")
PEOPLE = ("HARM", "No harm that the case knows of.", "The case names no harm.", "The test says nothing of law and harm.")


class Node:
    """An element: its tag, attributes, children and text."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Node | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.content: list[Node | str] = []

    def all(self, *tags: str) -> list["Node"]:
        """Return all elements below with one of `tags`, or any, in order."""
        below = [node for part in self.content if isinstance(part, Node) for node in (part, *part.all())]
        return [node for node in below if not tags or node.tag in tags]

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    @property
    def line(self) -> str:
        """The text with a space between elements."""
        return " ".join(" ".join(part if isinstance(part, str) else part.line for part in self.content).split())

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""


class Page(HTMLParser):
    """A page as a tree; fails on tags that do not match."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("", {}, None)
        self.comments: list[str] = []
        self.feed(markup)
        self.close()
        assert self.at is self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        node = Node(tag, dict(attrs), self.at)
        self.at.content.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.content.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def page(made: Brief) -> Node:
    return Page(made.html).root


@pytest.fixture(scope="module")
def case() -> tuple[CaseFile, Evidence, Findings]:
    file = offramp.read_case("two-prisoners")
    return file, read_evidence(catalogue.folder("two-prisoners")), findings(Builder(file))


@pytest.fixture(scope="module")
def public(case: tuple[CaseFile, Evidence, Findings]) -> Brief:
    return brief(*case, "public")


@pytest.fixture(scope="module")
def internal(case: tuple[CaseFile, Evidence, Findings]) -> Brief:
    return brief(*case, "internal")


@pytest.fixture(scope="module", params=AUDIENCES)
def made(request: pytest.FixtureRequest, public: Brief, internal: Brief) -> Brief:
    return {"public": public, "internal": internal}[request.param]


# -- form ----------------------------------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing(made: Brief) -> None:
    root = page(made)
    assert {node.tag for node in root.all()} <= ALLOWED
    policy = next(node for node in root.all("meta") if node.get("http-equiv") == "Content-Security-Policy")
    style = made.html.split("<style>")[1].split("</style>")[0]
    sha256 = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.get("content") == f"default-src 'none'; style-src 'sha256-{sha256}'"
    for node in root.all():
        for name in node.attributes:
            assert not name.startswith("on"), name
            assert name not in ("src", "style", "srcset", "action", "background", "poster"), name
    for link in root.all("a"):
        target = link.get("href")
        assert target.startswith(("#", "https://", "http://")), target
        assert target.startswith("#") or "noreferrer" in link.get("rel")
    style = root.all("style")[0].text
    assert not re.search(r"url\(|@import|expression", style)
    assert Page(made.html).comments == []


def test_anchors_lead_somewhere_and_ids_are_unique(made: Brief) -> None:
    root = page(made)
    ids = [node.get("id") for node in root.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for link in root.all("a"):
        if link.get("href").startswith("#"):
            assert link.get("href")[1:] in ids, link.get("href")
    for node in root.all():
        if "aria-labelledby" in node.attributes:
            assert node.get("aria-labelledby") in ids


def test_headings_and_landmarks_are_in_order(made: Brief) -> None:
    root = page(made)
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [node.tag for node in root.all("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]
    assert root.all("html")[0].get("lang") == "en"
    skip = root.all("a")[0]
    assert (skip.get("class"), skip.get("href")) == ("skip", "#answer")
    sections = [node.get("id") for node in root.all("section") if not node.get("class")]
    assert sections == ["answer", "ways", "claims", "status-quo", "judgements", "words", "limits"]
    assert [link.get("href")[1:] for link in root.all("nav")[0].all("a")] == sections


def test_tables_have_captions_and_scopes(made: Brief) -> None:
    for table in page(made).all("table"):
        assert table.all("caption")[0].line
        assert all(cell.get("scope") in ("col", "row") for cell in table.all("th"))
        columns = len(table.all("thead")[0].all("th"))
        for row in table.all("tbody")[0].all("tr"):
            assert len(row.all("th", "td")) == columns
            assert all(cell.get("data-label") for cell in row.all("td"))


def test_no_meaning_by_colour_alone(made: Brief) -> None:
    for mark in page(made).all("strong"):
        assert mark.text.strip()
    for badge in page(made).all("span"):
        if "basis" in badge.get("class").split():
            assert badge.text in ("stated", "inferred", "assumed", "contested")


def test_colours_have_contrast() -> None:
    css = (Path(offramp.__file__).parent / "report" / "templates" / "brief.css").read_text()
    screen = css.split("@media screen")[0].split("@media (prefers-color-scheme: dark)")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in screen)
    for scheme in (light, dark):
        for ink, paper in [(ink, paper) for ink in ("ink", "soft", "link", "good", "warn", "bad") for paper in ("paper", "panel")]:
            assert _contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)
        assert _contrast(scheme["bad"], scheme["bad-paper"]) >= 4.5
        assert _contrast(scheme["warn"], scheme["warn-paper"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# -- numbers -------------------------------------------------------------------------------------------------------------


def figures(made: Brief) -> dict[str, int]:
    return {node.get("data-key"): int(node.get("value")) for node in page(made).all("data")}


def test_every_figure_has_a_key_of_its_own(made: Brief) -> None:
    nodes = page(made).all("data")
    keys = [node.get("data-key") for node in nodes]
    assert len(keys) == len(set(keys)) > 200
    assert all(node.text == f"{int(node.get('value')):,}" for node in nodes)


def test_the_same_figure_has_the_same_value_wherever_it_stands(made: Brief) -> None:
    values: dict[str, set[int]] = {}
    for key, value in figures(made).items():
        values.setdefault(key.split("#")[0], set()).add(value)
    assert all(len(there) == 1 for there in values.values())


def test_figures_are_those_of_the_findings(made: Brief, case: tuple[CaseFile, Evidence, Findings]) -> None:
    found, there = case[2], figures(made)
    assert there["can_move.cells"] == found.can_move.cells
    assert there["lawful.cells"] == found.lawful.cells
    assert there["clear.cells"] == found.clear.cells
    assert there["stuck.cells"] == found.num_cells - found.can_move.cells
    for members, count in found.coalitions.items():
        assert there[f"coalition.{'+'.join(members)}.cells"] == count.cells
    for name, told in found.claims.items():
        assert there[f"claims.{name}.supported.cells"] == told.supported.cells
        assert there[f"claims.{name}.refuted.cells"] == told.refuted.cells
        assert there[f"claims.{name}.undecided.cells"] == told.undecided.cells
    for route in found.routes:
        key = f"route.{'+'.join(route.coalition)}.{route.code}"
        assert there[f"{key}.cells"] == route.count.cells
        assert there[f"{key}.lawful.cells"] == route.lawful_cells
        assert there[f"{key}.unharmed.cells"] == route.unharmed_cells
        for end in route.ends:
            assert there[f"{key}.end.{'~'.join(end.codes)}.cells"] == end.cells
            for harm, cells in end.harms.items():
                found_there = [
                    value for name, value in there.items() if _is_about(name, f"{key}.end.{'~'.join(end.codes)}.harm", str(harm.harm))
                ]
                assert found_there == [cells]


def _is_about(key: str, start: str, part: str) -> bool:
    found = re.fullmatch(re.escape(start) + r"\.([\d+]+)\.cells", key)
    return found is not None and part in found[1].split("+")


def test_the_basis_is_what_a_hand_count_of_the_file_gives(made: Brief) -> None:
    raw: Any = YAML(typ="safe").load((catalogue.folder("two-prisoners") / "case.yaml").read_text())
    entries = [option for maker in raw["decision_makers"].values() for option in maker["options"].values()]
    entries += [wish for readings in raw["readings"].values() for reading in readings.values() for wish in reading["prefers"]]
    entries += [entry for section in ("rules", "conditions", "norms", "people", "claims") for entry in raw[section].values()] + raw["harms"]
    counts = Counter(entry.get("basis", "assumed") for entry in entries)
    there = figures(made)
    assert {basis: there[f"basis.{basis}"] for basis in ("stated", "inferred", "assumed")} == counts
    assert there["basis.of"] == len(entries)


def test_both_forms_have_the_same_figures(made: Brief) -> None:
    shown = Counter(node.text for node in page(made).all("data"))
    written = Counter(re.findall(r"\d+(?:,\d{3})*", re.sub(r"\[\d+\]\(#w\d+\)|\(#way-\d+\)", "", made.markdown)))
    for number, times in shown.items():
        assert written[number] >= times, number


# -- honesty -------------------------------------------------------------------------------------------------------------


def test_the_first_screen_answers(public: Brief) -> None:
    root = page(public)
    answer = next(node for node in root.all("section") if node.get("id") == "answer")
    assert answer.all("p")[0].get("class") == "lead"
    assert [node.line for node in answer.all("dt")] == [
        "Who can move it?",
        "Is that lawful?",
        "Who is harmed?",
        "Whose wish is met?",
        "And if nothing moves?",
    ]
    head = root.all("header")[0].line
    for said in ("As of 31 May 2026", "Last dated fact: 13 May 2026", "not legal advice", "34 stated, 64 inferred and 26 assumed"):
        assert said in head


def test_a_forbidden_word_is_never_printed(made: Brief) -> None:
    printed = re.sub(r"<meta[^>]*>", "", made.html) + made.markdown
    assert re.findall(r"\w*safe\w*", printed, re.IGNORECASE) == []


def lasting(root: Node) -> list[Node]:
    """Return the innermost rows and blocks whose text says of something that it lasts."""
    skipped = {id(below) for node in root.all("dl") if node.get("class") == "terms" for below in node.all()}
    rows = [
        node for node in root.all("tr", "li", "dd", "p", "h1", "h2", "h3", "h4", "caption", "dt", "blockquote") if id(node) not in skipped
    ]
    inside = {id(below) for node in rows if node.tag in ("tr", "li") for below in node.all()}
    return [node for node in rows if id(node) not in inside and LASTING.search(node.line)]


def check_lasting(made: Brief) -> int:
    blocks = [node.line for node in lasting(page(made))]
    lines = [line for line in made.markdown.split("\n### How to read this")[0].splitlines() if LASTING.search(line)]
    for said in blocks + lines:
        assert any(word in said for word in LAW), said
        assert any(word in said for word in PEOPLE), said
    return len(blocks)


def test_nothing_is_said_to_last_without_its_breaches_and_harms(made: Brief) -> None:
    assert check_lasting(made) > 20


def random_case(rng: Random) -> str:
    """Return a small case with norms, people, harms, claims and contested entries."""
    makers = {dm: [f"{dm}{k}" for k in range(rng.randint(1, 2))] for dm in ("ann", "bob", "cid")[: rng.randint(2, 3)]}
    options = [option for there in makers.values() for option in there]

    def formula() -> str:
        one, two = rng.choice(options), rng.choice(options)
        return rng.choice([one, f"not {one}", f"{one} -> {two}", f"{one} <-> {two}", f"not ({one} or {two})", f"{one} and fact"])

    lines = ["offramp: 1", "title: Drawn by chance", "decision_makers:"]
    for dm, there in makers.items():
        made_of = ", ".join(f"{option}: {{name: does {option}, irreversible: {rng.choice(['true', 'false'])}}}" for option in there)
        lines.append(f"  {dm}: {{options: {{{made_of}}}}}")
    lines += ["readings:"]
    for dm in makers:
        readings = [
            f"r{k}: {{prefers: [{', '.join(f'{{that: {formula()}}}' for _ in range(rng.randint(0, 3)))}]}}"
            for k in range(rng.randint(1, 2))
        ]
        lines.append(f"  {dm}: {{{', '.join(readings)}}}")
    lines += ["conditions: {fact: {holds: true, contested: true}}", "norms:"]
    for k in range(rng.randint(1, 3)):
        kind = rng.choice(["forbids", "forbids", "requires", "permits"])
        bound, absolute = rng.choice(list(makers)), rng.choice(["true", "false"])
        lines.append(f"  n{k}: {{binds: [{bound}], {kind}: {formula()}, absolute: {absolute}, cite: Act {k}}}")
    lines += [f"people: {{man_a: {{protected: true, wish: {formula()}}}, kin: {{protected: true, restricted: true}}}}", "harms:"]
    for k in range(rng.randint(1, 3)):
        lines.append(f"  - {{to: {rng.choice(['man_a', 'kin'])}, that: {formula()}, grade: grave, name: harm {k}}}")
    lines += ["claims:", f"  c0: {{stable: {{that: {formula()}}}}}", f"  c1: {{possible: {{end: {formula()}}}}}"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(100))
def test_on_random_cases_rows_tell_breaches_harms_and_what_is_final(seed: int) -> None:
    file = read_case_text(random_case(Random(seed)))
    found = findings(Builder(file))
    internal = brief(file, Evidence({}, {}, {}), found, "internal")
    public = brief(file, Evidence({}, {}, {}), found, "public")
    check_lasting(internal)
    check_lasting(public)
    assert not any(f"harm {place} (" in public.html for place, harm in enumerate(file.case.harms) if harm.to == "kin")
    tables = [node for node in page(internal).all("table") if "outcomes" in node.get("class")]
    for table, route in zip(tables, found.routes, strict=False):
        rows = {row.all("code")[0].text: row.line for row in table.all("tbody")[0].all("tr")}
        for end in route.ends[:8]:
            said = rows[" ".join(end.codes[:4]) + (" …" if len(end.codes) > 4 else "")]
            assert all(f"N{breach.norm[1:]}" in said and "UNLAWFUL" in said for breach in end.breaches)
            assert ("ABSOLUTE" in said) == any(breach.absolute for breach in end.breaches)
            assert all(f"harm {harm.harm}" in said for harm in end.harms)
            assert ("CANNOT BE UNDONE" in said) == bool(end.final or not end.can_return)


# -- words ---------------------------------------------------------------------------------------------------------------


def test_every_judgement_leads_to_its_words(made: Brief, case: tuple[CaseFile, Evidence, Findings]) -> None:
    root = page(made)
    entries = {node.get("id"): node for node in root.all("li")}
    numbers = {node.get("id"): node.get("value") for node in root.all("li") if node.get("id").startswith("w.")}
    quotes = {node.get("id"): node.all("q")[0].text for node in root.all("li") if node.get("id") in numbers}
    for path, judgement in case[0].case.judgements():
        id = "j." + ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        if id in entries and judgement.graded != "assumed":
            links = [(link.get("href"), link.text) for link in entries[id].all("a") if link.get("href").startswith("#w.")]
            assert links or "withheld in public" in entries[id].line, id
            assert all(numbers[target[1:]] == number for target, number in links)
    for id, quote in quotes.items():
        assert quote == case[1].statements[id[2:]].quote


def test_the_public_brief_withholds(public: Brief, internal: Brief, case: tuple[CaseFile, Evidence, Findings]) -> None:
    statements = case[1].statements
    for form in (public.html, public.markdown):
        for name, said in statements.items():
            if said.restricted:
                assert said.quote not in html.unescape(form)
                assert name not in form
        for secret in ("punishes their kin", "No punishment of kin", "only voice found", "iccpr_north_korea", "options.punish"):
            assert secret not in form.replace("j.kin", ""), secret
        assert "kin may face reprisals" in form
        assert "withheld in public" in form
    for form in (internal.html, internal.markdown):
        assert "punishes their kin" in form
        assert "their kin would be punished too" in form


def test_only_the_internal_brief_has_context_and_notes(public: Brief, internal: Brief) -> None:
    context = "If the men refuse to go home"
    note = "Second hand, and the minister adds that he lacks the details."
    for form in ("html", "markdown"):
        assert context in getattr(internal, form)
        assert context not in getattr(public, form)
        assert note in getattr(internal, form)
        assert note not in getattr(public, form)
    assert "INTERNAL." in internal.html
    assert "INTERNAL." not in public.html


def test_whether_a_source_is_there_is_said(made: Brief) -> None:
    entries = {node.get("id"): node.line for node in page(made).all("li")}
    assert "the file is absent from this case" in entries["w.report_forced"]
    assert "the words stand there in the stored text" in entries["w.kyiv_trade_2024"]
    assert "A note in the analyst's own words about a report" in entries["w.kyiv_trade_2024"]


def test_words_that_moved_and_texts_that_were_altered_are_told(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(catalogue.folder("two-prisoners"), tmp_path / "case"))
    altered = folder / "sources" / "kbs_2024.extracted.txt"
    altered.chmod(0o644)
    altered.write_text("Something else.\n")
    text = (folder / "evidence.yaml").read_text()
    (folder / "evidence.yaml").write_text(text.replace("spans: [[360, 463]]", "spans: [[361, 464]]"))
    entries = {node.get("id"): node.line for node in page(make_brief(folder, "internal")).all("li")}
    assert "WAS ALTERED" in entries["w.kyiv_trade_2024"]
    assert "DO NOT STAND" in entries["w.zelensky_offer"]


# -- hostile text --------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</style></title><svg/onload=alert(1)>",
    "]]> --> <!-- x",
    "&lt;b&gt; &amp; &",
    "{{ 7*7 }} {% raw %} {# no #}",
    "[link](javascript:alert(1)) ![i](http://x.test/i.png) <http://x.test>",
    "a | b | c *bold* _it_ `code` ~~no~~ \\| \\",
    "# heading",
    "- item",
    "1. item",
    "=== ---",
    "javascript:alert(1)",
    "https://x.test/?a=1&b=<2> www.x.test me@x.test $x^2$",
]


def hostile_brief(words: str, audience: str) -> Brief:
    quoted = "'" + words.replace("'", "''") + "'"
    text = f"""
offramp: 1
title: {quoted}
cite: {quoted}
decision_makers:
  ann: {{name: {quoted}, options: {{go: {{name: {quoted}, note: {quoted}, because: [s1, s2]}}}}}}
rules: {{r: {{name: {quoted}, require: go -> go, note: {quoted}, contested: true}}}}
readings: {{ann: {{one: {{name: {quoted}, note: {quoted}, prefers: [{{that: go, name: {quoted}, note: {quoted}}}]}}}}}}
conditions: {{fact: {{name: {quoted}, holds: true, contested: true}}}}
norms: {{n: {{name: {quoted}, cite: {quoted}, binds: [ann], forbids: go, when: fact, note: {quoted}}}}}
people: {{p: {{name: {quoted}, wish: go, note: {quoted}}}}}
harms: [{{to: p, that: go, name: {quoted}, grade: slight, by: [ann], note: {quoted}}}]
claims: {{c: {{name: {quoted}, said: {quoted}, possible: {{end: go}}, because: [s1], note: {quoted}}}}}
"""
    source = {
        "file": "a.txt",
        "sha256": "0" * 64,
        "text_sha256": "0" * 64,
        "extractor": "x",
        "kind": "note",
        "outlet": words,
        "url": words,
        "language": words,
    }
    said = {"source": "g", "quote": words, "spans": [[0, 5]], "kind": "direct", "relayed_by": [words], "note": words}
    speaker = {"name": words, "titles": [words], "affiliation": words}
    content = EvidenceFile.model_validate(
        {"offramp": 1, "speakers": {"z": speaker}, "statements": {"s1": {**said, "speaker": "z"}, "s2": said}}
    )
    known = Evidence(
        named({"g": Source.model_validate({**source, "obtained": words, "note": words})}),
        named(content.speakers),
        named(content.statements),
    )
    file = read_case_text(text)
    return brief(file, known, findings(Builder(file)), audience)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_words_stay_words(words: str, audience: str) -> None:
    made = hostile_brief(words, audience)
    root = page(made)
    test_the_page_asks_for_nothing(made)
    test_anchors_lead_somewhere_and_ids_are_unique(made)
    shown = " ".join(words.split())
    assert root.all("h1")[0].text == shown
    assert root.all("title")[0].text == f"{shown}: a brief"
    assert {node.text for node in root.all("q")} == {shown}
    assert root.all("section")[0].line.count(shown) >= 3
    assert all(node.get("lang") == "" for node in root.all("blockquote"))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_markdown(words: str) -> None:
    made = hostile_brief(words, "internal")
    shown = " ".join(words.split())
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = [token for top in parser.parse(made.markdown) for token in (top, *(top.children or []))]
    assert {token.content for token in tokens if token.type in ("html_inline", "html_block")} <= {
        '<a id="w1">',
        '<a id="w2">',
        '<a id="way-1">',
        "</a>",
    }
    allowed = {"heading", "paragraph", "list_item", "bullet_list", "ordered_list", "inline", "text", "strong", "link", "table"}
    kinds = {re.sub(r"_(open|close)$", "", token.type) for token in tokens} - {
        "html_inline",
        "softbreak",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert kinds <= allowed, kinds
    for token in tokens:
        if token.type == "link_open":
            assert re.fullmatch(r"#w\d|#way-\d", str(token.attrs["href"])) or token.attrs["href"] == words
    first = next(token for token in parser.parse(made.markdown) if token.type == "inline")
    assert "".join(child.content for child in first.children or []) == shown
    for token in tokens:
        if token.type == "table_open":
            assert token.map is not None
    rows = [line for line in made.markdown.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} <= {5, 6}


def test_a_web_address_is_a_link_and_nothing_else_is() -> None:
    made = hostile_brief("https://x.test/a?b=1", "public")
    links = [link.get("href") for link in page(made).all("a") if not link.get("href").startswith("#")]
    assert links == ["https://x.test/a?b=1", "https://x.test/a?b=1"]


# -- writing -------------------------------------------------------------------------------------------------------------

SOMEONE = Identifier("private/people.txt", 1, "Hong Gildong")
SPELLINGS = ["Hong Gildong", "HONG GIL-DONG", "Gildong Hong", "H\u043eng Gildong", "Hong\u200b Gil\u00addong", "Hong  Gildong"]


def planted(where: str, spelling: str) -> str:
    text = (
        "offramp: 1\ntitle: @title\ncite: @cite\ndecision_makers: {ann: {name: @maker, options: {go: {name: @option, note: @note}}}}\n"
        "readings: {ann: {one: {name: @reading, prefers: [{that: go}]}}}\nclaims: {c: {name: @claim, possible: {end: go}}}\n"
    )
    return re.sub(r"@(\w+)", lambda found: f'"about {spelling} here"' if found[1] == where else f'"{found[1]}"', text)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("where", ["title", "cite", "maker", "option", "note", "reading", "claim"])
def test_an_identifier_stops_the_writing(tmp_path: Path, where: str, spelling: str) -> None:
    file = read_case_text(planted(where, spelling))
    made = brief(file, Evidence({}, {}, {}), findings(Builder(file)), "public")
    out = tmp_path / "out"
    with pytest.raises(LeakError) as caught:
        write_brief(out, made, [SOMEONE])
    said = str(caught.value)
    assert "private/people.txt:1" in said
    assert re.search(r"brief\.html \(markup\):\d+", said) or "brief.html" in said
    assert "brief.md" in said
    assert not re.search("gil.?dong|hong", said, re.IGNORECASE)
    assert not out.exists()


def test_an_identifier_in_the_quotes_stops_it_too(tmp_path: Path) -> None:
    made = hostile_brief("words of Hong Gildong", "internal")
    with pytest.raises(LeakError):
        write_brief(tmp_path, made, [SOMEONE])
    assert list(tmp_path.iterdir()) == []


def test_an_identifier_in_the_name_of_the_folder_stops_it(tmp_path: Path, public: Brief) -> None:
    with pytest.raises(LeakError, match="names of the files"):
        write_brief(tmp_path / "hong-gildong", public, [SOMEONE])
    assert list(tmp_path.iterdir()) == []


def test_without_a_leak_both_files_are_written(tmp_path: Path, public: Brief) -> None:
    paths = write_brief(tmp_path / "a" / "b", public, [SOMEONE])
    assert [path.name for path in paths] == ["brief.html", "brief.md"]
    assert [path.read_bytes() for path in paths] == [public.html.encode(), public.markdown.encode()]
    assert sorted(path.name for path in paths[0].parent.iterdir()) == ["brief.html", "brief.md"]


@pytest.mark.parametrize("audience", [None, "", "everyone"])
def test_an_unknown_audience_is_refused(case: tuple[CaseFile, Evidence, Findings], audience: str | None) -> None:
    with pytest.raises(ChoiceError, match="choose public or internal"):
        brief(*case, audience)


def test_the_same_case_gives_the_same_bytes(public: Brief, internal: Brief) -> None:
    program = (
        "import hashlib; from offramp import catalogue; from offramp.report.brief import make_brief\n"
        "for who in ('public', 'internal'):\n"
        "    made = make_brief(catalogue.folder('two-prisoners'), who)\n"
        "    print(hashlib.sha256((made.html + made.markdown).encode()).hexdigest())\n"
    )
    import hashlib

    expected = [hashlib.sha256((made.html + made.markdown).encode()).hexdigest() for made in (public, internal)]
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Asia/Seoul", "C.UTF-8"), ("2", "UTC", "POSIX"), ("3", "America/Lima", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == expected, seed


@pytest.mark.parametrize("name", catalogue.names())
def test_every_case_of_the_catalogue_has_a_brief(name: str) -> None:
    made = make_brief(catalogue.folder(name), "public")
    root = page(made)
    test_the_page_asks_for_nothing(made)
    test_anchors_lead_somewhere_and_ids_are_unique(made)
    check_lasting(made)
    assert root.all("h1")[0].text == offramp.read_case(name).case.title
