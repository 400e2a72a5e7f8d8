"""Score a reading of the news texts on what the public data has no gold for. Standard library only.

``python tests/newsscore.py PREDICTIONS.json [--folder FOLDER] [--json] [--errors N]`` compares with the texts of
``tests/news``, or of a folder in the same form.

A statement is found when the words of its quotation spans and the gold's overlap by half of their union or more, one
to one, the best pairs first. Gold statements with a track (`optional`, `attitude`) may be found or not. What is said
of speakers, relays, flags and days is counted over statements that are found; a missed statement's relays, flags and
day count as missed, those of a false one as false. A relay counts wherever it stands in the list.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import newsset

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
UNHEARD = frozenset(["a", "an", "the", "some", "about", "mr", "mrs", "ms", "miss", "one", "dr", "prof", "professor", "sir"])
OFFICES = "General|Colonel|Commander|Judge|President|Minister|Mayor|Chairwoman|Chairman|Director|Prosecutor"
OFFICE = re.compile(rf"^(?:(?:{OFFICES})\s+)+(?=[A-Z]\S* [A-Z])")
FLAGS = newsset.FLAGS
FOUND_FROM = 0.5

Doc = dict[str, Any]
Range = tuple[int, int]


def key(name: str) -> str:
    """A name without case, accents, titles and articles, to compare with another.

    >>> key("Dr. Tomás Irel"), key("Judge Karl Onsager"), key("A. Poe"), key("a judge")
    ('tomas irel', 'karl onsager', 'a poe', 'judge')
    """
    plain = unicodedata.normalize("NFKD", OFFICE.sub("", name).replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+\.?", plain)
    heard = [w.rstrip(".") for w in words if w == "a." or w.rstrip(".") not in UNHEARD]
    return " ".join(heard or [w.rstrip(".") for w in words])


def same(name: str, right: Iterable[str]) -> bool:
    return bool(key(name)) and key(name) in {key(r) for r in right if r}


def legal_key(name: str) -> str:
    """“GC III, Art. 13 (2)” and “GC III art. 13(2)” are one."""
    words = re.findall(r"[a-z]+|\d+", unicodedata.normalize("NFKD", name).lower())
    words = [w for w in words if w not in ("para", "paragraph", "no", "of", "the")]
    return " ".join({"article": "art", "articles": "art", "arts": "art", "section": "sec", "s": "sec"}.get(w, w) for w in words)


def words_in(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """The words that the spans touch, by where they start; a leading “that” does not count."""
    ranges = [tuple(s) for s in spans if s]
    touched = [m for m in WORD.finditer(text) if any(m.start() < b and a < m.end() for a, b in ranges)]
    if len(touched) > 1 and touched[0].group().lower() == "that":
        touched = touched[1:]
    return frozenset(m.start() for m in touched)


def relays_of(st: Doc) -> list[str]:
    value = st.get("relays", st.get("via")) or []
    return [value] if isinstance(value, str) else list(value)


def pair_up(text: str, gold: list[Doc], found: list[Doc]) -> tuple[dict[int, int], dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """Gold to predicted statements, one to one, the largest overlap first; and the words of each."""
    g = {i: words_in(text, st["quote_spans"]) for i, st in enumerate(gold)}
    p = {j: words_in(text, st.get("quote_spans") or []) for j, st in enumerate(found)}
    shares = [(len(g[i] & p[j]) / len(g[i] | p[j]), "track" not in gold[i], -i, -j) for i in g for j in p if g[i] & p[j]]
    pairs: dict[int, int] = {}
    for share, _, i, j in sorted(shares, reverse=True):
        if share >= FOUND_FROM and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs, g, p


def wanted(gold: Doc, found: Doc) -> Doc:
    """The gold without the relays or the day that may be given or not, where the prediction leaves them out."""
    without_via = gold.get("via_optional") and not relays_of(found)
    without_day = gold.get("said_on_optional") and not found.get("said_on")
    return gold | ({"via": [], "via_alt": []} if without_via else {}) | ({"said_on": ""} if without_day else {})


def speaker_right(text: str, gold: Doc, found: Doc) -> bool:
    """By the canonical name where both give one, else by a word that the two spans share."""
    if gold["speaker"] and found.get("speaker"):
        return same(found["speaker"], [gold["speaker"], *gold["speaker_aliases"]])
    if not gold["speaker"]:
        return not found.get("speaker")
    both = words_in(text, [gold["speaker_span"]]) & words_in(text, [found.get("speaker_span")])  # type: ignore[list-item]
    return bool(both)


def score_pair(count: Counter[str], text: str, gold: Doc, found: Doc, exact: bool) -> None:
    """What is right in one statement that was found."""
    named = bool(gold["speaker"])
    right = speaker_right(text, gold, found)
    by_name = named and same(found.get("speaker") or "", [gold["speaker"], *gold["speaker_aliases"]])
    count.update({"partial": 1, "exact": int(exact), "attributed": int(right), f"partial {gold['kind']}": 1})
    count.update({"speaker asked": int(named), "speaker right": int(by_name)})
    open_relays = [[name, *others] for name, others in zip(gold["via"], gold["via_alt"], strict=True)]
    for name in relays_of(found):
        hit = next((r for r in open_relays if same(name, r)), None)
        if hit:
            open_relays.remove(hit)
            count["via right"] += 1
    for flag in FLAGS:
        count[f"{flag} right"] += gold[flag] and bool(found.get(flag))
    count["said_on right"] += bool(gold["said_on"]) and gold["said_on"] == found.get("said_on")


def score_statements(count: Counter[str], doc: Doc, found: list[Doc], errors: list[str]) -> None:
    """Statements, and what hangs on them."""
    text, gold = doc["text"], doc["statements"]
    pairs, g, p = pair_up(text, gold, found)
    free = frozenset().union(*(g[i] for i, st in enumerate(gold) if "track" in st))

    def show(st: Doc) -> str:
        return " … ".join(text[a:b] for a, b in st.get("quote_spans") or [])[:120]

    for i, st in enumerate(gold):
        if "track" in st:
            continue
        asked(count, wanted(st, found[pairs[i]] if i in pairs else {}), "gold", st["kind"])
        if i not in pairs:
            errors.append(f"[missed] {doc['doc_id']}: {st['speaker']}: {show(st)}")
        else:
            score_pair(count, text, wanted(st, found[pairs[i]]), found[pairs[i]], g[i] == p[pairs[i]])
            asked(count, found[pairs[i]], "pred", st["kind"])
            if not speaker_right(text, st, found[pairs[i]]):
                errors.append(f"[speaker] {doc['doc_id']}: {st['speaker']} not {found[pairs[i]].get('speaker')!r}: {show(st)}")
    for j, st in enumerate(found):
        check_offsets(count, text, st)
        if j not in pairs.values() and not (p[j] and 2 * len(p[j] & free) >= len(p[j])):
            asked(count, st, "pred", st.get("kind", "indirect"))
            errors.append(f"[false] {doc['doc_id']}: {st.get('speaker')}: {show(st)}")


def asked(count: Counter[str], st: Doc, side: str, kind: str) -> None:
    """Count one statement, its relays, flags and day on the side of the gold or of the prediction."""
    count.update({f"{side} statements": 1, f"{side} {kind}": 1, f"{side} via": len(relays_of(st))})
    count.update({f"{side} {field}": int(bool(st.get(field))) for field in ("said_on", *FLAGS)})


def check_offsets(count: Counter[str], text: str, st: Doc) -> None:
    for span in [*(st.get("quote_spans") or []), st.get("cue_span"), st.get("speaker_span")]:
        if span and not (0 <= span[0] < span[1] <= len(text)):
            count["bad offsets"] += 1


def overlap(a: Iterable[int], b: Iterable[int]) -> bool:
    (s, e), (t, f) = a, b
    return s < f and t < e


def score_spans(count: Counter[str], label: str, gold: list[Doc], found: list[Doc], right: Any) -> None:
    """Spans with a value (dates, legal references): the spans overlap and the value is right, one to one."""
    open_, free = list(found), 0
    for want in gold:
        touching = [f for f in open_ if overlap(want["span"], f["span"])]
        hit = next((f for f in touching if right(want, f)), None)
        if touching:
            open_.remove(hit or touching[0])
        if want.get("optional"):
            free += bool(touching)
            continue
        count[f"gold {label}"] += 1
        count[f"{label} right"] += hit is not None
    count[f"pred {label}"] += len(found) - free


def right_date(want: Doc, found: Doc) -> bool:
    return found.get("iso") in [want["iso"], *want.get("iso_alt", [])]


def right_law(want: Doc, found: Doc) -> bool:
    return legal_key(found.get("name") or "") in {legal_key(n) for n in [want["name"], *want.get("aliases", [])]}


def mentions(entries: list[Any]) -> list[Doc]:
    """One record a mention, from records with `span`, with `spans`, or bare names."""
    out: list[Doc] = []
    for entry in entries:
        record = {"name": entry} if isinstance(entry, str) else entry
        spans = record.get("spans") or [record.get("span")]
        out += [{**record, "span": tuple(s) if s else None} for s in spans]
    return out


def is_named(entry: Doc) -> bool:
    """A person with a name of their own, not “a waiter”."""
    return entry.get("kind") == "person" and entry["name"].split()[-1][0].isupper()


def looks_named(mention: Doc) -> bool:
    return mention.get("kind") != "group" and mention["name"].strip().rpartition(" ")[2][:1].isupper()


def by_name(entries: list[Doc], name: str) -> Doc | None:
    return next((entry for entry in entries if same(name, [entry["name"], *entry.get("aliases", [])])), None)


def score_names(count: Counter[str], label: str, gold: list[Doc], found: list[Any], free: list[Doc] | None = None) -> None:
    """Names as a list without repetition, then as mentions; what `free` lists may be given or not."""
    given = [m for m in mentions(found) if free is None or looks_named(m)]
    names = {key(m["name"]): m["name"] for m in given}.values()
    hits = [by_name(gold, n) for n in names]
    count[f"gold {label}"] += len(gold)
    count[f"{label} right"] += len({h["name"] for h in hits if h})
    count[f"pred {label}"] += sum(h is not None or by_name(free or [], n) is None for h, n in zip(hits, names, strict=True))
    open_ = [m for m in given if m["span"] and (by_name(gold, m["name"]) or by_name(free or [], m["name"]) is None)]
    count[f"pred {label}, mentions"] += len(open_)
    for entry in gold:
        for span in entry["spans"]:
            hit = next((m for m in open_ if overlap(span, m["span"]) and same(m["name"], [entry["name"], *entry["aliases"]])), None)
            count[f"gold {label}, mentions"] += 1
            if hit:
                open_.remove(hit)
                count[f"{label}, mentions right"] += 1


def score(gold: list[Doc], predicted: dict[str, Doc]) -> tuple[dict[str, Any], list[str]]:
    """All figures, and a line for each error in statements."""
    count: Counter[str] = Counter()
    errors: list[str] = []
    for doc in gold:
        got = predicted.get(doc["doc_id"], {})
        score_statements(count, doc, got.get("statements") or [], errors)
        score_spans(count, "dates", doc["dates"], got.get("dates") or [], right_date)
        score_spans(count, "legal_refs", doc["legal_refs"], got.get("legal_refs") or [], right_law)
        unnamed = [a for a in doc["actors"] if not is_named(a)]
        score_names(count, "persons by name", [a for a in doc["actors"] if is_named(a)], got.get("actors") or [], unnamed)
        score_names(count, "actors", doc["actors"], got.get("actors") or [])
        score_names(count, "organisations", doc["organisations"], got.get("organisations") or [])
        score_names(count, "places", doc["places"], got.get("places") or [])
    return figures(count), errors


def prf(right: int, predicted: int, gold: int) -> dict[str, float]:
    p, r = right / predicted if predicted else 0.0, right / gold if gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "right": right, "predicted": predicted, "gold": gold}


def figures(count: Counter[str]) -> dict[str, Any]:
    """Precision, recall and F1 of everything counted."""
    out: dict[str, Any] = {}
    for label in ("exact", "partial", "attributed"):
        out[f"statements, {label}"] = prf(count[label], count["pred statements"], count["gold statements"])
    for kind in newsset.KINDS:
        out[f"found, {kind}"] = prf(count[f"partial {kind}"], count[f"pred {kind}"], count[f"gold {kind}"])
    for label in ("via", "said_on", *FLAGS, "dates", "legal_refs"):
        out[label] = prf(count[f"{label} right"], count[f"pred {label}"], count[f"gold {label}"])
    for label in ("persons by name", "actors", "organisations", "places"):
        for end in ("", ", mentions"):
            out[label + end] = prf(count[f"{label}{end} right"], count[f"pred {label}{end}"], count[f"gold {label}{end}"])
    actors, orgs = (f"{x}{{}}" for x in ("actors", "organisations"))
    for end in ("", ", mentions"):
        a, o = actors.format(end), orgs.format(end)
        out[f"organisations and actors{end}"] = prf(*(count[f.format(a)] + count[f.format(o)] for f in ("{} right", "pred {}", "gold {}")))
    out["speaker accuracy"] = count["speaker right"] / count["speaker asked"] if count["speaker asked"] else 0.0
    out["bad offsets"] = count["bad offsets"]
    return out


def read_predictions(path: Path) -> dict[str, Doc]:
    data = json.loads(path.read_text(encoding="utf-8"))
    docs = data.get("docs", [data]) if isinstance(data, dict) else data
    return {d["doc_id"]: d for d in docs}


def show(result: dict[str, Any]) -> str:
    lines = [f"{'':34s}    P     R    F1"]
    for label, value in result.items():
        if isinstance(value, dict):
            lines.append(
                f"{label:34s} {100 * value['p']:5.1f} {100 * value['r']:5.1f} {100 * value['f1']:5.1f}"
                f"  ({value['right']} right, {value['predicted']} given, {value['gold']} wanted)"
            )
    lines.append(f"{'speaker accuracy (found)':34s} {100 * result['speaker accuracy']:5.1f}")
    return "\n".join([*lines, f"{'offsets outside the text':34s} {result['bad offsets']:5d}"])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--folder", type=Path, default=newsset.FOLDER, help="where the annotated texts are; default: the set itself")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", type=int, default=0, help="print that many errors in statements")
    asked_for = parser.parse_args(arguments)
    result, errors = score(newsset.load(asked_for.folder), read_predictions(asked_for.predictions))
    print(json.dumps(result, indent=1) if asked_for.json else show(result))
    print("\n".join(errors[: asked_for.errors]), end="\n" if asked_for.errors else "")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
