"""A baseline for the news texts: words in double marks, and a name beside them with a verb of saying.

``python tests/newsbaseline.py > PREDICTIONS.json``
"""

from __future__ import annotations

import calendar
import json
import re
import sys
from typing import Any

import newsset

VERB = r"(?:said|says|told|wrote|writes|added|asked|replied|explained|recalls|noted|declared|announced|argued|called)"
NAME = r"(?:(?:[A-Z][\w’'.-]+ ?(?:the |of )?){1,5}|[Tt]he [a-z]+|[Ss]?he)"
BEFORE_NAME, AFTER_NAME = r"(?:[\w’' ]{0,40}?(?:, )?)?", r"(?:,[^,.\n]{0,60},)?"
QUOTED = r"(?:“[^“”\n]+”|\"[^\"\n]+\"|''(?:[^'\n]|'(?!'))+''|«[^«»\n]+»|„[^„“\n]+“)"
REST = rf"[^“”\"«»„\n]{{0,60}}(?P<more>{QUOTED})?"


def who(group: str) -> str:
    return rf"{BEFORE_NAME}(?P<{group}>{NAME}){AFTER_NAME}"


AFTER = re.compile(rf"(?P<q>{QUOTED}),? (?:(?P<c1>{VERB}) {who('s1')}|{who('s2')} ?(?P<c2>{VERB})){REST}")
BEFORE = re.compile(rf"{who('s1')} ?(?P<c1>{VERB})[^.\n“\"«„]{{0,60}}(?P<q>{QUOTED})")
FULL = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+")
MONTHS = [m for m in calendar.month_name if m]
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def full_name(name: str, before: str) -> str:
    """A surname becomes the full name last met with it; a pronoun the full name last met."""
    met = [m[0] for m in FULL.finditer(before)]
    if name.lower() in ("he", "she"):
        return met[-1] if met else name
    return next((full for full in reversed(met) if full.split()[-1] == name.split()[-1]), name)


def read(text: str) -> dict[str, Any]:
    """Statements by the two patterns, days and years as they stand."""
    statements: list[dict[str, Any]] = []
    taken: set[int] = set()
    for pattern in (AFTER, BEFORE):
        for m in pattern.finditer(text):
            cue, speaker = ("c1", "s1") if m["s1"] else ("c2", "s2")
            if m.start("q") not in taken:
                taken.add(m.start("q"))
                words = [m.span("q")] + ([m.span("more")] if m.groupdict().get("more") else [])
                spans: dict[str, Any] = {"quote_spans": words, "cue_span": m.span(cue), "speaker_span": m.span(speaker)}
                taken.add(words[-1][0])
                statements.append({**spans, "kind": "direct", "speaker": full_name(m[speaker].strip(), text[: m.end(speaker)])})
    found = list(DAY.finditer(text))
    days = [m.span() for m in found]
    dates = [{"span": m.span(), "iso": f"{m[3]}-{MONTHS.index(m[2]) + 1:02d}-{int(m[1]):02d}"} for m in found]
    dates += [{"span": m.span(), "iso": m[0]} for m in YEAR.finditer(text) if not any(a <= m.start() < b for a, b in days)]
    return {"statements": statements, "dates": dates}


def main() -> int:
    json.dump({"docs": [{"doc_id": d["doc_id"], **read(d["text"])} for d in newsset.load()]}, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
