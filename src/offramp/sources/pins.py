"""Pins: exact words at exact places of an extracted text.

Words are never placed where they do not stand exactly, and never at one of
several places unless somebody says at which. Pieces of one quotation are
joined by ``" [...] "`` and stand in this order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from offramp.case.edit import free_id, read_text, with_entry
from offramp.case.faults import validate
from offramp.case.yaml_reader import Document, parse_yaml
from offramp.errors import CaseError, SourceError, UnknownLabelError
from offramp.files import locked, sweep_leftovers, write_atomic
from offramp.sources.admit import agreeing, check_leaks, names, plain_name
from offramp.sources.evidence import EVIDENCE, Evidence, EvidenceFile, Kind, Source, Span, Statement, named, read_evidence
from offramp.sources.passages import Passages, visible
from offramp.sources.store import text_of

JOINER = " [...] "
MAX_PLACES = 1000
"""Places beyond this number are not counted; ``nth`` reaches only those before."""
_LISTED = 10

Place = tuple[Span, ...]


def place(text: str, quote: str) -> list[Span]:
    """Return every span at which `quote` stands in `text`, overlapping ones included.

    Examples
    --------
    >>> place("a man, a plan", "a "), place("aaa", "aa"), place("aaa", "b")
    ([(0, 2), (7, 9)], [(0, 2), (1, 3)], [])
    """
    return list(_occurrences(text, quote))


def placements(text: str, quote: str, limit: int = MAX_PLACES) -> list[Place]:
    """Return the places of a quotation, one span for each of its pieces.

    A quotation that stands in the text as a whole, joiners included, is one
    piece.

    Parameters
    ----------
    text : str
        The extracted text.
    quote : str
        Pieces joined by `JOINER`.
    limit : int
        How many places to return at most.

    Returns
    -------
    places : list of tuple of (start, end)
        In the order of the text; the spans of one place never overlap.

    Examples
    --------
    >>> placements("one two one three", "one [...] three")
    [((0, 3), (12, 17)), ((8, 11), (12, 17))]
    """
    whole: list[Place] = [(span,) for span in islice(_occurrences(text, quote), limit)]
    pieces = quote.split(JOINER)
    if whole or len(pieces) == 1 or not all(pieces):
        return whole
    latest = _latest(text, pieces)
    return list(islice(_in_order(text, pieces, latest, 0), limit)) if latest else []


def words_at(text: str, spans: Sequence[Span]) -> str | None:
    """Return the quotation that stands at `spans`; None if the text ends before."""
    if any(end > len(text) for _, end in spans):
        return None
    return JOINER.join(text[start:end] for start, end in spans)


def pin(
    folder: Path,
    source: str,
    words: str,
    *,
    id: str | None = None,
    speaker: str | None = None,
    relayed_by: Sequence[str] = (),
    said_on: str | None = None,
    kind: Kind = "direct",
    note: str | None = None,
    nth: int | None = None,
    spans: Place | None = None,
    restricted: bool = False,
    asked: Collection[str] | None = None,
) -> Statement:
    """Enter a statement: exact words of a source, and who said them.

    Parameters
    ----------
    folder : Path
        The case folder.
    source : str
        The id of a source whose text is there.
    words : str
        The words as they stand in the text; `JOINER` joins pieces.
    id : str, optional
        The id of the statement; by default the first free of s1, s2, …
    speaker : str, optional
        An id, the name or a spelling of a known speaker, or the full name of a
        new one.
    relayed_by : sequence of str
        Who passed the words on.
    said_on : str, optional
        A date as far as it is known.
    kind : {"direct", "indirect", "mixed", "fact"}
        How the words give what was said.
    note : str, optional
        A remark of the analyst.
    nth : int, optional
        Which of several places is meant, from 1.
    spans : tuple of (start, end), optional
        Where the words stand, if that is known already.
    restricted : bool
        Whether the words are kept out of what is published.
    asked : collection of str, optional
        Which of these must also hold of words that are entered already; by
        default all that are given.

    Returns
    -------
    statement : Statement
        The new statement, or the one that holds the same words at the same
        place already; that one is not changed.

    Raises
    ------
    SourceError
        If the words do not stand in the text exactly once and `nth` does not
        choose, the text is not there, the id is taken, or the words are
        entered already and not as `asked`.
    LeakError
        If a protected identifier stands in what would be entered.
    UnknownLabelError
        If `source`, or a `speaker` that looks like an id, is not there.
    CaseError
        If the evidence of the case is faulty.
    """
    details = {"relayed_by": list(relayed_by), "said_on": said_on, "kind": kind, "note": note, "restricted": restricted}
    with locked(folder):
        sweep_leftovers(folder)
        evidence = read_evidence(folder)
        text = _text(folder, evidence, source)
        spans = _chosen(text, words, nth) if spans is None else _checked(text, words, spans)
        same = [one for one in evidence.statements.values() if (one.source, one.quote, tuple(one.spans)) == (source, words, spans)]
        if same:
            given = {"id": id, "speaker": speaker, **details, "kind": kind if kind != "direct" else None}
            wanted = {key: value for key, value in given.items() if value and (asked is None or key in asked)}
            return agreeing(folder, evidence, same, wanted)
        entry: dict[str, object] = {"source": source, "quote": words, "spans": [list(span) for span in spans]}
        return _entered(folder, evidence, entry, id, speaker, details)


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _latest(text: str, pieces: list[str]) -> list[int] | None:
    """Return the last start of each piece that still leaves room for those after it."""
    backward, end, starts = text[::-1], len(text), []
    for piece in reversed(pieces):
        found = backward.find(piece[::-1], len(text) - end)
        if found < 0:
            return None
        end = len(text) - found - len(piece)
        starts.append(end)
    return starts[::-1]


def _in_order(text: str, pieces: list[str], latest: list[int], begin: int) -> Iterator[Place]:
    """Yield the places of all pieces from `begin` on; no search is in vain, since `latest` says where to end."""
    piece = pieces[0]
    start = text.find(piece, begin)
    while 0 <= start <= latest[0]:
        span = (start, start + len(piece))
        if len(pieces) == 1:
            yield (span,)
        else:
            for rest in _in_order(text, pieces[1:], latest[1:], span[1]):
                yield (span, *rest)
        start = text.find(piece, start + 1)


def _text(folder: Path, evidence: Evidence, source: str) -> str:
    if source not in evidence.sources:
        raise UnknownLabelError("source", source, list(evidence.sources))
    found: Source = evidence.sources[source]
    text = text_of(folder, found)
    if text is None:
        raise SourceError(f"the text of {source} is not in this case; add the file first: the one with SHA-256 {found.sha256}")
    return text


def _chosen(text: str, words: str, nth: int | None) -> Place:
    places = placements(text, words)
    if not places:
        raise SourceError(_not_found(text, words))
    if nth is None and len(places) > 1:
        raise SourceError(f"the words stand at {_count(places)} places; add words, or say which with nth (--nth):\n{_listed(text, places)}")
    if nth is not None and not 1 <= nth <= len(places):
        raise SourceError(f"there is no place {nth}; the words stand at {_count(places)}:\n{_listed(text, places)}")
    return places[(nth or 1) - 1]


def _checked(text: str, words: str, spans: Place) -> Place:
    if words_at(text, spans) != words:
        raise SourceError("other words stand at the place that was given; read the source again")
    return spans


def _count(places: list[Place]) -> str:
    return f"{MAX_PLACES:,} or more" if len(places) >= MAX_PLACES else str(len(places))


def _listed(text: str, places: list[Place]) -> str:
    lines = [f"  {number}: {_context(text, spots)}" for number, spots in enumerate(places[:_LISTED], 1)]
    return "\n".join([*lines, f"  and {len(places) - _LISTED} more"] if len(places) > _LISTED else lines)


def _context(text: str, spots: Place) -> str:
    told = []
    for start, end in spots:
        words = text[start:end] if end - start <= 60 else f"{text[start : start + 28]} … {text[end - 28 : end]}"
        told.append(visible(f"…{text[max(0, start - 30) : start]}»{words}«{text[end : end + 30]}…"))
    return f"line {text.count(chr(10), 0, spots[0][0]) + 1}, {' and '.join(told)}"


def _not_found(text: str, words: str) -> str:
    if not words.strip():
        return "there are no words to pin; give the exact words of the source"
    pieces = words.split(JOINER)
    missing = next((piece for piece in pieces if piece not in text), None)
    if not all(piece.strip() for piece in pieces):
        return f"there is an empty piece beside {JOINER.strip()}; give words on both sides of it"
    if missing is None:
        return "every piece stands in the source, but not in this order; give the pieces in the order of the text"
    passage = Passages(text).closest(missing)
    hint = f"; pieces are joined by '{JOINER}', with spaces" if any(mark in missing for mark in ("[...]", "[…]", "(...)")) else ""
    if passage is None:
        return f"the words do not stand in the source, nor anything like them: {visible(missing[:200])!r}; copy them from its text{hint}"
    where = f"line {text.count(chr(10), 0, passage.start) + 1}"
    closest = f"the closest passage is on {where}: '{visible(passage.words[:400])}'"
    return f"the words do not stand in the source exactly; {closest}; what differs: {'; '.join(passage.differences)}{hint}"


def _entered(
    folder: Path, evidence: Evidence, entry: dict[str, object], id: str | None, speaker: str | None, details: Mapping[str, object]
) -> Statement:
    name = _statement_id(evidence, id)
    text = read_text(folder / EVIDENCE)
    if speaker is not None:
        entry["speaker"], text = _speaker(evidence, speaker, text)
    entry |= {key: value for key, value in details.items() if value}
    check_leaks(folder, {"id": name} | _new(entry, speaker if entry.get("speaker") not in evidence.speakers else None))
    _check_new({"statements": {name: entry}})
    text = with_entry(text, EVIDENCE, "statements", name, entry)
    statement = named(validate(EvidenceFile, parse_yaml(text, EVIDENCE)).statements)[name]
    write_atomic(folder / EVIDENCE, text.encode())
    return statement


def _new(entry: Mapping[str, object], speaker: str | None) -> dict[str, str]:
    """Return what an entry brings into the file, by field; a speaker who is there already is not new."""
    found = {"words": str(entry["quote"]), "speaker": speaker or "", "note": str(entry.get("note", ""))}
    relays = entry.get("relayed_by", [])
    return found | {"relayed_by": "\n\n".join(relays) if isinstance(relays, list) else ""}


def _check_new(content: dict[str, object]) -> None:
    try:
        validate(EvidenceFile, Document("the new entry", {"offramp": 1, **content}))
    except CaseError as error:
        raise SourceError(f"nothing was pinned; {error}") from None


def _statement_id(evidence: Evidence, id: str | None) -> str:
    if id is None:
        return next(f"s{number}" for number in range(1, len(evidence.statements) + 2) if f"s{number}" not in evidence.statements)
    if id in evidence.statements:
        taken = evidence.statements[id]
        raise SourceError(f"the id {id!r} is taken by '{visible(taken.quote[:60])}'; choose another, or leave it out")
    return id


def _speaker(evidence: Evidence, speaker: str, text: str) -> tuple[str, str]:
    """Return the id of a speaker, and the evidence file with that speaker in it."""
    if speaker in evidence.speakers:
        return speaker, text
    known = [id for id, other in evidence.speakers.items() if plain_name(speaker) in names(other)]
    if len(known) > 1:
        raise SourceError(f"{speaker!r} is a name of {' and of '.join(known)}; give one of these ids")
    if known:
        return known[0], text
    if re.fullmatch(r"[a-z][a-z0-9_]*", speaker):
        raise UnknownLabelError("speaker", speaker, list(evidence.speakers))
    id = free_id(speaker, "speaker", evidence.speakers)
    _check_new({"speakers": {id: {"name": speaker}}})
    return id, with_entry(text, EVIDENCE, "speakers", id, {"name": speaker})
