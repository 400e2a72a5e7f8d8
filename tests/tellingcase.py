"""A small case of invented reports for `offramp renderings` and `offramp chronology`: pinned statements, candidates, protected names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

TEXTS = {
    "post": "“We found cracks in nine of the gates,” Jo Eide said on Monday.\nThe mayor asked for calm.\n",
    "echo": "As the Post reports, Eide said: “We found cracks in ten of the gates.” His brother fears for his mother in the old village.\n",
    "courier": "In 199X, before the dam, nobody counted the gates.\nA worker said the gates are rusty.\n",
}
REPORTS = {
    "post": {"outlet": "The Post", "date": "2031-03-04"},
    "echo": {"outlet": "Echo", "date": "2031-03-05"},
    "courier": {"outlet": "Courier"},
}
EVIDENCE = """\
offramp: 1
speakers:
  eide: {name: Jo Eide, spellings: [Eide]}
statements:
  nine: {source: post, quote: We found cracks in nine of the gates, spans: [[1, 37]], speaker: eide, said_on: 2031-03-03, kind: direct}
  kin: {source: echo, quote: His brother fears for his mother in the old village, spans: [[71, 122]], kind: indirect, restricted: true}
"""


def spans(name: str, *words: str) -> list[list[int]]:
    """Return where words stand in a text."""
    starts = [TEXTS[name].index(one) for one in words]
    return [[start, start + len(one)] for start, one in zip(starts, words, strict=True)]


def candidate(name: str, number: int, words: str, **more: Any) -> dict[str, Any]:
    """Return a candidate as `offramp read` writes it."""
    told = {"id": f"{name}:{number}", "quote": words, "quote_spans": spans(name, words), "kind": "direct", "speaker": "", "via": ""}
    rest = {"via_chain": [], "said_on": "", "negated": False, "hypothetical": False, "hearsay": False, "confidence": 0.9, "cue_span": None}
    return {**told, **rest, **more}


def read(name: str) -> dict[str, Any]:
    """Return what was read in a text."""
    found: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
        "post": ([candidate("post", 1, "We found cracks in nine of the gates", speaker="Jo Eide")], []),
        "echo": ([candidate("echo", 1, "We found cracks in ten of the gates.", speaker="Eide", via_chain=["Post"], confidence=0.8)], []),
        "courier": (
            [candidate("courier", 1, "the gates are rusty", kind="indirect", speaker="worker", confidence=0.4)],
            [{"span": spans("courier", "199X")[0], "iso": "199X"}],
        ),
    }
    statements, dates = found[name]
    head = {"schema": "offramp.candidates/1", "source": name, "text_sha256": sha(name)}
    return {**head, "statements": statements, "dates": dates, "actors": []}


def sha(name: str) -> str:
    """Return the hash of a text."""
    return hashlib.sha256(TEXTS[name].encode()).hexdigest()


def make(folder: Path, evidence: str = EVIDENCE, with_candidates: bool = True) -> Path:
    """Write the case into a folder, and return it."""
    (folder / "sources").mkdir(parents=True)
    entries = {}
    for name, text in TEXTS.items():
        (folder / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "sources" / f"{name}.extracted.txt").write_text(text, encoding="utf-8")
        hashes = {"sha256": sha(name), "text_sha256": sha(name)}
        entries[name] = {"file": f"{name}.txt", **hashes, "extractor": "plain/1", "kind": "original", "language": "en", **REPORTS[name]}
    (folder / "sources" / "sources.yaml").write_text(json.dumps({"offramp": 1, "sources": entries}, indent=1), encoding="utf-8")
    (folder / "evidence.yaml").write_text(evidence, encoding="utf-8")
    for name in TEXTS if with_candidates else ():
        write(folder, name, read(name))
    return folder


def write(folder: Path, name: str, record: Any) -> None:
    """Write one file of candidates."""
    (folder / "build" / "candidates").mkdir(parents=True, exist_ok=True)
    (folder / "build" / "candidates" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


def change_text(folder: Path, name: str, text: str) -> None:
    """Let a report have another text, as if it had always had it: its hashes follow, its places do not."""
    for suffix in (".txt", ".extracted.txt"):
        (folder / "sources" / f"{name}{suffix}").write_text(text, encoding="utf-8")
    listed = json.loads((folder / "sources" / "sources.yaml").read_text(encoding="utf-8"))
    found = hashlib.sha256(text.encode()).hexdigest()
    listed["sources"][name] |= {"sha256": found, "text_sha256": found}
    (folder / "sources" / "sources.yaml").write_text(json.dumps(listed, indent=1), encoding="utf-8")
    path = folder / "build" / "candidates" / f"{name}.json"
    if path.exists():
        write(folder, name, json.loads(path.read_text(encoding="utf-8")) | {"text_sha256": found})


def say(folder: Path, name: str, words: str, instead_of: str = "") -> list[list[int]]:
    """Put words into a report, at its end or in place of others, and return where they stand."""
    text = (folder / "sources" / f"{name}.extracted.txt").read_text(encoding="utf-8")
    start = text.index(instead_of) if instead_of else len(text)
    change_text(folder, name, text[:start] + words + (text[start + len(instead_of) :] or "\n"))
    return [[start, start + len(words)]]


def retell(folder: Path, name: str, words: str, instead_of: str = "", **more: Any) -> None:
    """Let the first candidate of a report have other words, which stand there, too."""
    place = say(folder, name, words, instead_of)
    record = json.loads((folder / "build" / "candidates" / f"{name}.json").read_text(encoding="utf-8"))
    record["statements"][0] |= {"quote": words, "quote_spans": place, **more}
    write(folder, name, record)
