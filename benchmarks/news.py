"""Read our own annotated news and score what was read; it needs the extra ``read``.

    PYTHONPATH=src:tests python benchmarks/news.py tests/news
    PYTHONPATH=src:tests python benchmarks/news.py tests/news/more --errors 40
    PYTHONPATH=src:tests python benchmarks/news.py tests/news --baseline    # a regular expression
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import newsbaseline
import newsset
from newsscore import score, show
from offramp.reading import read_text
from offramp.reading.records import Mention


def mentions(found: tuple[Mention, ...]) -> list[dict[str, Any]]:
    """Return mentions as the scorer takes them."""
    return [{"span": list(one.span), "name": one.name, "kind": one.kind} for one in found]


def read(doc: dict[str, Any]) -> dict[str, Any]:
    """Return what is read in a text, in the neutral form, with all relays and the names beside the statements."""
    found = read_text(doc["text"], doc.get("date") or None, doc.get("outlet", ""))
    neutral = found.neutral(doc["doc_id"])
    for statement in neutral["statements"]:
        statement["relays"] = statement["via_chain"]
    names = {label: mentions(getattr(found, label)) for label in ("actors", "organisations", "places")}
    return {**neutral, **names, "legal_refs": [{"span": list(one.span), "name": one.name} for one in found.legal_refs]}


def main() -> None:
    """Print the figures, and errors in statements if asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    asked_for = parser.parse_args()
    docs = newsset.load(asked_for.folder)
    predicted = {doc["doc_id"]: newsbaseline.read(doc["text"]) if asked_for.baseline else read(doc) for doc in docs}
    result, errors = score(docs, predicted)
    print(show(result))
    print("\n".join(errors[: asked_for.errors]), end="\n" if asked_for.errors else "")


if __name__ == "__main__":
    main()
