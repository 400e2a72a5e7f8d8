"""Briefs of hostile words and with identifiers in them; and what is written at all."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import offramp
from offramp import catalogue
from offramp.analysis.findings import Findings, findings
from offramp.analysis.flips import Flips
from offramp.case.load import CaseFile, read_case_text
from offramp.errors import ChoiceError, LeakError
from offramp.model.build import Builder
from offramp.report.brief import AUDIENCES, Brief, brief, make_brief, write_brief
from offramp.report.turning import asked_flips
from offramp.sources.evidence import Evidence, EvidenceFile, Source, named, read_evidence
from offramp.sources.protect import Identifier
from pages import check_anchors, check_asks_for_nothing, check_lasting, page


@pytest.fixture(scope="module")
def case() -> tuple[CaseFile, Evidence, Findings]:
    file = offramp.read_case("two-prisoners")
    return file, read_evidence(catalogue.folder("two-prisoners")), findings(Builder(file))


@pytest.fixture(scope="module")
def turning(case: tuple[CaseFile, Evidence, Findings]) -> Flips | None:
    return asked_flips(Builder(case[0]))


@pytest.fixture(scope="module")
def public(case: tuple[CaseFile, Evidence, Findings], turning: Flips | None) -> Brief:
    return brief(*case, "public", turning)


@pytest.fixture(scope="module")
def internal(case: tuple[CaseFile, Evidence, Findings], turning: Flips | None) -> Brief:
    return brief(*case, "internal", turning)


@pytest.fixture(scope="module", params=AUDIENCES)
def made(request: pytest.FixtureRequest, public: Brief, internal: Brief) -> Brief:
    return {"public": public, "internal": internal}[request.param]


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
    }
    said = {"source": "g", "quote": words, "spans": [[0, 5]], "kind": "direct", "relayed_by": [words], "note": words}
    speaker = {"name": words, "titles": [words], "affiliation": words}
    content = EvidenceFile.model_validate(
        {"offramp": 1, "speakers": {"z": speaker}, "statements": {"s1": {**said, "speaker": "z"}, "s2": said}}
    )
    known = Evidence(
        named({"g": Source.model_validate({**source, "obtained": words, "note": words}).model_copy(update={"language": words})}),
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
    check_asks_for_nothing(made)
    check_anchors(made)
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

    expected = [hashlib.sha256((made.html + made.markdown).encode()).hexdigest() for made in (public, internal)]
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Asia/Seoul", "C.UTF-8"), ("2", "UTC", "POSIX"), ("3", "America/Lima", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == expected, seed


@pytest.mark.parametrize("name", catalogue.names())
def test_every_case_of_the_catalogue_has_a_brief(name: str) -> None:
    made = make_brief(catalogue.folder(name), "public")
    root = page(made)
    check_asks_for_nothing(made)
    check_anchors(made)
    check_lasting(made)
    assert root.all("h1")[0].text == offramp.read_case(name).case.title
