"""The project's evaluation set: news texts with inline markup, read into the neutral form with exact offsets.

``python tests/newsset.py`` checks every text and prints the counts; ``--json`` prints the neutral form of all of
them, ``--plain NAME`` the bare text of one. The markup and the guidelines are in ``tests/news/README.md``.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "news"
OPENING = re.compile(r"\{([qcsdlmx])([\d+]*)(?: ([^|{}]+))?\|")
EDTF_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{3}X|\d{2}XX"
EDTF = re.compile(rf"(?:{EDTF_DAY})[~?]?(?:/(?:(?:{EDTF_DAY})[~?]?|\.\.))?")
FLAGS = ("negated", "hypothetical", "hearsay")
KINDS = ("direct", "indirect", "mixed")
TRACKS = ("optional", "attitude")
ENTITIES = {"person": "actors", "group": "actors", "org": "organisations", "place": "places", "document": "documents"}
PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", '"': '"'}

Span = tuple[int, int]


class MarkupError(ValueError):
    """A text of the set breaks its own rules: which file, what was found, what was expected."""


@dataclass(frozen=True)
class Tag:
    """One marked stretch of the bare text."""

    letter: str
    numbers: tuple[int, ...]
    value: str
    span: Span


@dataclass
class Entity:
    """A person, group, organisation or place: canonical name, forms in the text, other names that count as right."""

    kind: str
    name: str
    forms: list[str]
    aliases: list[str]
    spans: list[Span] = field(default_factory=list)


def bare(marked: str) -> tuple[str, list[Tag]]:
    """Take the markup out of a text: the bare text and the tags, by their offsets in it.

    >>> bare("{q1|Yes}, {s1|he} {c1|said} {d 2026-02|in February}.")[0]
    'Yes, he said in February.'
    """
    out: list[str] = []
    stack: list[tuple[str, str, str, int]] = []
    tags: list[Tag] = []
    i = length = 0
    while i < len(marked):
        opening = OPENING.match(marked, i)
        if opening:
            stack.append((opening[1], opening[2], opening[3] or "", length))
            i = opening.end()
        elif marked[i] == "{":
            raise MarkupError(f"found {marked[i : i + 20]!r}; expected one of {{q1| {{c1| {{s1| {{d DATE| {{l NAME| {{m NAME| {{x|")
        elif marked[i] == "}":
            if not stack:
                raise MarkupError(f"found a closing brace that closes nothing, after {marked[max(0, i - 30) : i]!r}")
            letter, numbers, value, start = stack.pop()
            tags.append(Tag(letter, tuple(int(n) for n in numbers.split("+") if n), value, (start, length)))
            i += 1
        else:
            out.append(marked[i])
            length += 1
            i += 1
    if stack:
        raise MarkupError(f"found a mark {stack[-1][:3]} that is never closed")
    return "".join(out), sorted(tags, key=lambda t: t.span)


def inside_marks(text: str) -> bytearray:
    """One byte a character: 1 inside double or angle quotation marks; the end of a line closes what is open."""
    mask, closing, i = bytearray(len(text)), "", 0
    while i < len(text):
        doubled = text[i : i + 2] in ("''", "’’", "‘‘", "``")
        sign = '"' if doubled else text[i]
        if sign == "\n" or (closing and sign in closing):
            closing = ""
        elif not closing and sign in PAIRS:
            closing = PAIRS[sign]
        elif closing:
            mask[i] = 1
        i += 2 if doubled else 1
    return mask


def kind_of(text: str, spans: list[Span], mask: bytearray) -> str:
    """Direct when nearly all letters of the words stand in marks, indirect when nearly none do, else mixed."""
    letters = [i for a, b in spans for i in range(a, b) if text[i].isalnum()]
    share = sum(mask[i] for i in letters) / len(letters) if letters else 0.0
    return "direct" if share >= 0.95 else "indirect" if share <= 0.05 else "mixed"


def parse_statement(line: str) -> dict[str, Any]:
    """Read ``Irena Falk; on 2025-03-10; via Astra > Courier; negated; saying river-1``."""
    speaker, *rest = [part.strip() for part in line.split(";")]
    st: dict[str, Any] = {"speaker": speaker.strip("-"), "via": [], "via_alt": [], "said_on": "", **dict.fromkeys(FLAGS, False)}
    for part in rest:
        word, _, value = part.partition(" ")
        if word in FLAGS:
            st[word] = True
        elif word in KINDS:
            st["kind"] = word
        elif word in TRACKS:
            st["track"] = word
        elif word == "on":
            st["said_on"], _, free = value.partition(" or ")
            st["said_on_optional"] = free == "-"
        elif word in ("via", "via?"):
            st["via_optional"] = word == "via?"
            st["via"], st["via_alt"] = relays(value)
        elif word == "saying":
            st["saying"] = value
        else:
            raise MarkupError(f"found {part!r}; expected on, via, saying, {', '.join(FLAGS + KINDS + TRACKS)}")
    return st


def relays(value: str) -> tuple[list[str], list[list[str]]]:
    """The relays, outermost first, and for each the other names that count as right: ``Astra or Astra News > Courier``."""
    each = [[name.strip() for name in part.split(" or ")] for part in value.split(">")]
    return [names[0] for names in each], [names[1:] for names in each]


def parse_entity(kind: str, line: str) -> Entity:
    """Read ``Irena Falk = Falk; Ms Falk ~ I. Falk``: name, further forms in the text, other right names."""
    forms, _, aliases = line.partition("~")
    name, _, more = forms.partition("=")
    return Entity(kind, name.strip(), [name.strip(), *parts(more)], parts(aliases))


def parts(written: str) -> list[str]:
    return [part.strip() for part in written.split(";") if part.strip()]


def find_mentions(text: str, entities: list[Entity], tags: list[Tag]) -> None:
    """Give every entity the places where one of its forms stands, the longest form first; marks by hand go before."""
    taken = {section: bytearray(len(text)) for section in ENTITIES.values()}
    by_name = {e.name: e for e in entities}
    for tag in (t for t in tags if t.letter in "mx"):
        if tag.letter == "m":
            if tag.value not in by_name:
                raise MarkupError(f"found a mention of {tag.value!r}; expected one of the listed names")
            by_name[tag.value].spans.append(tag.span)
        for section in {ENTITIES[by_name[tag.value].kind]} if tag.letter == "m" else taken:
            taken[section][slice(*tag.span)] = b"\1" * (tag.span[1] - tag.span[0])
    forms = sorted(((f, e) for e in entities for f in e.forms), key=lambda x: -len(x[0]))
    for form, entity in forms:
        used = taken[ENTITIES[entity.kind]]
        for m in re.finditer(rf"(?<!\w)(?i:{re.escape(form[0])}){re.escape(form[1:])}(?!\w)", text):
            if not any(used[m.start() : m.end()]):
                used[m.start() : m.end()] = b"\1" * (m.end() - m.start())
                entity.spans.append(m.span())
    for entity in entities:
        entity.spans.sort()
        if not entity.spans and entity.kind != "document":
            raise MarkupError(f"{entity.kind} {entity.name!r} stands nowhere in the text")


def named_spans(tags: list[Tag], letter: str, key: str, other: str) -> list[dict[str, Any]]:
    """Dates or legal references: ``A or B`` gives the wanted value and others that
    count as right; ``A or -`` one that may be left out."""
    out = []
    for tag in tags:
        if tag.letter == letter:
            first, *more = tag.value.split(" or ")
            right = [m for m in more if m != "-"]
            free = {"optional": True} if "-" in more else {}
            out.append({"span": list(tag.span), key: first} | ({other: right} if right else {}) | free)
    return out


def parse(source: str, name: str = "") -> dict[str, Any]:
    """Read one marked text into the neutral form with the keys of this set."""
    try:
        head, marked, notes = (part.strip("\n") for part in re.split(r"^---\n", source, flags=re.M))
        header = dict(line.split(": ", 1) for line in head.splitlines())
        text, tags = bare(marked)
        return document(name, header, text, tags, notes)
    except (MarkupError, ValueError) as error:
        raise MarkupError(f"{name}: {error}") from None


def document(name: str, header: dict[str, str], text: str, tags: list[Tag], notes: str) -> dict[str, Any]:
    """Put the parts of one text together, and check them."""
    numbered: dict[int, dict[str, Any]] = {}
    entities: list[Entity] = []
    for line in filter(None, notes.splitlines()):
        key, _, value = line.partition(": ")
        if key.isdigit():
            numbered[int(key)] = parse_statement(value)
        elif key in ENTITIES:
            entities.append(parse_entity(key, value))
        else:
            raise MarkupError(f"found {line!r}; expected a statement's number or one of {', '.join(ENTITIES)}")
    find_mentions(text, entities, tags)
    mask = inside_marks(text)
    statements = [filled(number, st, text, tags, mask, entities) for number, st in sorted(numbered.items())]
    share_subjects(statements)
    orphans = {n for t in tags for n in t.numbers} - set(numbered)
    if orphans:
        raise MarkupError(f"marks with the numbers {sorted(orphans)} have no statement below the text")
    doc: dict[str, Any] = {"doc_id": name, **header, "text": text, "statements": statements}
    doc["dates"] = named_spans(tags, "d", "iso", "iso_alt")
    doc["legal_refs"] = named_spans(tags, "l", "name", "aliases")
    for section in dict.fromkeys(ENTITIES.values()):
        doc[section] = [listed(e) for e in entities if ENTITIES[e.kind] == section]
    check(doc)
    return doc


def listed(e: Entity) -> dict[str, Any]:
    return {"name": e.name, "kind": {"org": "organisation"}.get(e.kind, e.kind), "aliases": e.aliases, "spans": [list(s) for s in e.spans]}


def filled(number: int, st: dict[str, Any], text: str, tags: list[Tag], mask: bytearray, entities: list[Entity]) -> dict[str, Any]:
    """One statement with its spans, its kind and the other names of its speaker."""
    spans = {letter: [t.span for t in tags if t.letter == letter and number in t.numbers] for letter in "qcs"}
    if not spans["q"]:
        raise MarkupError(f"statement {number} has no words marked {{q{number}|…}}")
    others = {e.name: e.aliases for e in entities}
    aliases = others.get(st["speaker"], [])
    via_alt = [[*extra, *others.get(name, [])] for name, extra in zip(st["via"], st.pop("via_alt", []), strict=True)]
    first = {letter: list(spans[letter][0]) if spans[letter] else None for letter in "cs"}
    out = {"quote_spans": [list(s) for s in spans["q"]], "cue_span": first["c"], "speaker_span": first["s"]}
    if len(spans["c"]) > 1:
        out["cue_spans"] = [list(s) for s in spans["c"]]
    return {**out, "kind": kind_of(text, spans["q"], mask), **st, "speaker_aliases": aliases, "via_alt": via_alt}


def share_subjects(statements: list[dict[str, Any]]) -> None:
    """“He warned of …, and promised to …”: the second statement has the speaker's words of the first."""
    for before, st in itertools.pairwise(statements):
        if st["cue_span"] and not st["speaker_span"] and st["speaker"] and st["speaker"] == before["speaker"]:
            st["speaker_span"] = before["speaker_span"]


def check(doc: dict[str, Any]) -> None:
    """Offsets inside the text, no blanks at the ends, dates in EDTF, speakers and relays that are listed."""
    date.fromisoformat(doc["date"])
    text = doc["text"]
    spans = [tuple(s) for st in doc["statements"] for s in [*st["quote_spans"], st["cue_span"], st["speaker_span"]] if s]
    spans += [tuple(x["span"]) for key in ("dates", "legal_refs") for x in doc[key]]
    for a, b in spans:
        if not text[a:b].strip() or text[a:b] != text[a:b].strip():
            raise MarkupError(f"the span {text[a:b]!r} is empty or has blanks at its ends")
    names = {e["name"] for key in dict.fromkeys(ENTITIES.values()) for e in doc[key]}
    for st in doc["statements"]:
        for name in filter(None, [st["speaker"], *st["via"]]):
            if name not in names:
                raise MarkupError(f"the speaker or relay {name!r} is in no list below the text")
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for x in doc["dates"]:
        named = [d for d in days if d in text[slice(*x["span"])]]
        if named and len(x["iso"]) == 10 and date.fromisoformat(x["iso"]).weekday() != days.index(named[0]):
            raise MarkupError(f"{text[slice(*x['span'])]!r} cannot be {x['iso']}: another weekday")
    isos = [st["said_on"] for st in doc["statements"] if st["said_on"]]
    for iso in isos + [i for x in doc["dates"] for i in [x["iso"], *x.get("iso_alt", [])]]:
        if not EDTF.fullmatch(iso):
            raise MarkupError(f"found the date {iso!r}; expected EDTF, as in 2026-02-09, 2026-02, 199X or 2026-02-02/2026-02-08")


def load(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Every text of the set, in the order of the file names."""
    return [parse(p.read_text(encoding="utf-8"), p.stem) for p in sorted(folder.glob("[0-9]*.txt"))]


def retellings(folder: Path = FOLDER) -> dict[str, str]:
    """What became of each saying that stands in several places: its id and a few words."""
    lines = (folder / "retellings.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line)


def check_retellings(docs: list[dict[str, Any]], known: dict[str, str]) -> None:
    """Every saying with an id is described, and stands in at least two places."""
    found = [st["saying"] for d in docs for st in d["statements"] if "saying" in st]
    for saying in sorted({*found, *known}):
        if saying not in known or found.count(saying) < 2:
            raise MarkupError(f"saying {saying!r}: {found.count(saying)} places; expected two or more, and a line in retellings.txt")


def neutral(doc: dict[str, Any]) -> dict[str, Any]:
    """A text of the set for a scorer that knows one relay a statement: the outermost; all of them stay in `relays`."""
    statements = []
    for st in doc["statements"]:
        rest = {k: v for k, v in st.items() if k not in ("via", "via_alt")}
        aliases = [*(st["via_alt"][0] if st["via"] else []), *st["via"][1:]]
        statements.append(rest | {"via": st["via"][0] if st["via"] else None, "via_aliases": aliases, "relays": st["via"]})
    return {**doc, "statements": statements}


def counts(docs: list[dict[str, Any]]) -> dict[str, int]:
    """How much there is of what."""
    st = [s for d in docs for s in d["statements"]]
    out = {"texts": len(docs), "words": sum(len(d["text"].split()) for d in docs), "statements": len(st)}
    out |= {k: sum(s["kind"] == k for s in st) for k in KINDS} | {f: sum(s[f] for s in st) for f in FLAGS}
    out |= {"with a relay": sum(bool(s["via"]) for s in st), "with a date": sum(bool(s["said_on"]) for s in st)}
    out |= {"optional or attitude": sum("track" in s for s in st)}
    return out | {k: sum(len(d[k]) for d in docs) for k in ("dates", "legal_refs", "organisations", "actors", "places")}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[arguments.index("--folder") + 1]) if "--folder" in arguments else FOLDER
    try:
        docs = load(folder)
        check_retellings(docs, retellings(folder))
    except MarkupError as error:
        print(error, file=sys.stderr)
        return 1
    if "--json" in arguments:
        json.dump({"docs": [neutral(d) for d in docs]}, sys.stdout, ensure_ascii=False, indent=1)
    elif "--plain" in arguments:
        wanted = arguments[arguments.index("--plain") + 1]
        print(next((d["text"] for d in docs if d["doc_id"].startswith(wanted)), f"no text {wanted!r}"))
    else:
        for name, number in counts(docs).items():
            print(f"{number:6d}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
