"""Whatever happens to a text, no pin is ever ok, or placed, where its words do not stand."""

import hashlib
import re
import unicodedata
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.case.edit import with_entry
from offramp.case.yaml_reader import parse_yaml
from offramp.errors import CaseError
from offramp.sources.passages import Passages
from offramp.sources.pins import JOINER, pin, place, placements, words_at
from offramp.sources.store import add_source
from offramp.sources.verify import verify

WORDS = "the of leaders said Ada Example Bob Sample wait speak essential 홍길동 말했다 안 된다 Zoë café “no” – now not yes".split()  # noqa: SIM905
ODD = ["\u200b", "\u202e", "\u0301", "\u1112\u1169\u11bc", "\n", "  ", "’", "😀", "é", "e\u0301", "[...]", " [...] ", "\u2028", "\t"]
LETTERS = st.text(st.sampled_from(list("ab [.]\n홍é\u0301")), max_size=60)


def random_text(rng: Random, size: int = 120) -> str:
    return "".join(rng.choice(WORDS) + rng.choice(" \n  ") for _ in range(size))


def edited(rng: Random, text: str) -> str:
    """Return `text` after one edit: insertion, deletion, exchange, white space or Unicode form."""
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.randrange(1, 12))
    form = rng.choice(["NFC", "NFD", "NFKC"])
    return rng.choice(
        [
            text[:start] + rng.choice([*WORDS, *ODD]) + text[start:],
            text[:start] + text[end:],
            text[:start] + rng.choice(ODD) + text[end:],
            text[end:] + text[:start],
            text[:start] + unicodedata.normalize(form, text[start:]),
            text[:start] + re.sub(r"\s+", " ", text[start:]),
            text[:start] + text[start:].swapcase(),
        ]
    )


def random_quote(rng: Random, text: str) -> str:
    start = rng.randrange(len(text) - 40)
    first = text[start : start + rng.randrange(3, 30)]
    if rng.random() < 0.3:
        later = start + len(first) + rng.randrange(1, 10)
        return first + JOINER + text[later : later + 8]
    return first


def test_three_hundred_edits_and_no_false_place(tmp_path: Path) -> None:
    rng = Random(20260209)
    case = tmp_path / "case"
    case.mkdir()
    original = text = random_text(rng)
    (tmp_path / "herald.txt").write_text(text, encoding="utf-8")
    source = add_source(case, tmp_path / "herald.txt").source
    while len(pinned := verify(case).statements) < 12:
        quote = random_quote(rng, text)
        if quote.strip() and all(piece.strip() for piece in quote.split(JOINER)) and placements(text, quote):
            pin(case, "herald", quote, nth=rng.randrange(len(placements(text, quote))) + 1)
    assert {check.state for check in pinned} == {"ok"}
    quotes = dict(parse_yaml((case / "evidence.yaml").read_text(encoding="utf-8"), "e").data["statements"].items())
    path, registry = case / "sources" / source.text_file, case / "sources" / "sources.yaml"
    path.chmod(0o644)
    seen = {"ok": 0, "moved": 0, "gone": 0}
    for number in range(300):
        text = edited(rng, text if number % 6 else original)
        path.write_bytes(text.encode())
        digest = hashlib.sha256(text.encode()).hexdigest()
        registry.write_text(re.sub(r"text_sha256: \S+", f'text_sha256: "{digest}"', registry.read_text(encoding="utf-8")), encoding="utf-8")
        for check in verify(case).statements:
            entry = quotes[check.id]
            spans, quote = [tuple(span) for span in entry["spans"]], entry["quote"]
            stands = spans[-1][1] <= len(text) and JOINER.join(text[a:b] for a, b in spans) == quote
            anywhere = quote in text or in_order(text, quote.split(JOINER))
            assert check.state == ("ok" if stands else "moved" if anywhere else "gone")
            for spot in check.places:
                assert JOINER.join(text[a:b] for a, b in spot) == quote
            seen[check.state] += 1
    assert min(seen.values()) > 100, seen


def in_order(text: str, pieces: list[str]) -> bool:
    place = 0
    for piece in pieces:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


@settings(derandomize=True, deadline=None, max_examples=300)
@given(LETTERS, st.text(st.sampled_from(list("ab [.]")), max_size=9))
def test_placements_are_all_the_places_there_are(text: str, quote: str) -> None:
    spans = [(a, a + len(quote)) for a in range(len(text)) if quote and text.startswith(quote, a)]
    assert place(text, quote) == spans
    if spans:
        assert placements(text, quote) == [(span,) for span in spans]
    pieces = quote.split(JOINER)
    if not spans and len(pieces) == 2 and all(pieces):
        pairs = [(a, b) for a in place(text, pieces[0]) for b in place(text, pieces[1]) if a[1] <= b[0]]
        assert placements(text, quote) == pairs
    for found in placements(text, quote):
        assert words_at(text, found) == quote


@settings(derandomize=True, deadline=None, max_examples=300)
@given(LETTERS, LETTERS)
def test_the_closest_passage_is_a_passage(text: str, words: str) -> None:
    passage = Passages(text).closest(words)
    if passage is not None:
        assert 0 <= passage.start < passage.end <= len(text)
        assert passage.words == text[passage.start : passage.end]
        assert passage.differences or passage.words == words.strip()


def test_most_quotations_are_found_again_after_few_edits() -> None:
    rng, found = Random(7), 0
    for _ in range(200):
        text = random_text(rng, 400)
        start = rng.randrange(len(text) - 120)
        letters = list(text[start : start + 80])
        for _ in range(4):
            letters[rng.randrange(len(letters))] = rng.choice("xyz")
        passage = Passages(text).closest("".join(letters))
        found += passage is not None and min(passage.end, start + 80) - max(passage.start, start) >= 70
    assert found >= 198


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=30), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_an_entry_comes_back_and_nothing_else_changes(value: str, trailing: bool, newline: str) -> None:
    before = f"# mine{newline}statements:{newline}  a: {{q: x}}{newline}other: 1{newline if trailing else ''}"
    try:
        after = with_entry(before, "e", "statements", "b", {"q": value})
    except CaseError:
        assert any(unicodedata.category(letter) == "Cs" for letter in value)
        return
    assert parse_yaml(after, "e").data == {"statements": {"a": {"q": "x"}, "b": {"q": value}}, "other": 1}
    head = before[: before.index("other")]
    assert after.startswith(head)
    assert after.rstrip().endswith("other: 1")


def flipped(rng: Random, path: Path, start: int, end: int) -> tuple[bytes, bytes]:
    raw = path.read_bytes()
    at = rng.randrange(start, end)
    return raw, raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :]


def test_a_flipped_byte_is_found_and_named_wherever_it_is(tmp_path: Path) -> None:
    rng = Random(11)
    case = tmp_path / "case"
    case.mkdir()
    for name in ("herald", "times", "post"):
        (tmp_path / f"{name}.md").write_bytes(random_text(rng).replace("\n", "\r\n").encode())
        add_source(case, tmp_path / f"{name}.md")
        text = (case / "sources" / f"{name}.extracted.txt").read_text(encoding="utf-8")
        for _ in range(4):
            quote = ""
            while not quote.strip():
                quote = text[(start := rng.randrange(len(text) - 30)) : start + 25]
            pin(case, name, quote, nth=1)
    assert verify(case).ok
    stored = sorted(path for path in (case / "sources").iterdir() if path.suffix in (".md", ".txt"))
    assert len(stored) == 6
    for path in stored:
        path.chmod(0o644)
    evidence = case / "evidence.yaml"
    for number in range(300):
        if number % 3:
            path = stored[number % 6]
            raw, changed = flipped(rng, path, 0, path.stat().st_size)
            named = f"sources/{path.name}"
        else:
            path, raw = evidence, evidence.read_bytes()
            spots = list(re.finditer(rb"  (s\d+):\n.*\n    quote: (.*)\n    spans: (.*)\n", raw))
            spot = rng.choice(spots)
            raw, changed = flipped(rng, path, *spot.span(rng.choice([2, 3])))
            named = spot[1].decode()
        path.write_bytes(changed)
        assert_named(case, named, raw, changed)
        path.write_bytes(raw)
    assert verify(case).ok


def assert_named(case: Path, named: str, raw: bytes, changed: bytes) -> None:
    """Fail unless `verify` finds what was changed, at its entry or as a fault of its file."""
    try:
        found = verify(case)
    except CaseError as error:
        found = error
    if isinstance(found, CaseError):
        assert {problem.file for problem in found.problems} == {"evidence.yaml"}
        assert all(problem.line for problem in found.problems)
        return
    if named.startswith("sources/"):
        assert [file for check in found.sources for file in check.altered] == [named]
    elif parse_yaml(raw.decode(), "e").data == parse_yaml(changed.decode(), "e").data:
        return  # the same quotation and spans in other letters, such as \u200B for \u200b
    else:
        assert [check.id for check in found.statements if not check.ok] == [named]
    assert not found.ok
    assert found.faults()
