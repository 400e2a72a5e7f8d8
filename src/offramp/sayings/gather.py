"""All sayings of a case: the statements of `evidence.yaml`, and beside them what `offramp read` found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offramp.sayings.candidates import Candidates, overlapping, read_candidates, statements
from offramp.sayings.records import Saying, name_words
from offramp.sayings.withheld import withheld_with
from offramp.sources.candidates import Candidate, length
from offramp.sources.evidence import EVIDENCE, Evidence, Span, Speaker, Statement, read_evidence
from offramp.sources.languages import is_analysed
from offramp.sources.protect import Identifier, find_leaks, read_identifiers
from offramp.sources.verify import StatementCheck, verify_statements

ALREADY = 0.5
"""A candidate is a pinned statement if they share more than this of the longer of the two."""


@dataclass(frozen=True)
class Misplaced:
    """A statement whose words are not where it says; ``state`` is ``moved`` or ``gone``, as in `offramp.sources.verify`."""

    id: str
    source: str
    state: str
    line: int
    is_withheld: bool


@dataclass(frozen=True)
class Gathered:
    """The sayings of a case; `restricted` are the places of each source that are withheld in public."""

    evidence: Evidence
    candidates: Candidates
    identifiers: tuple[Identifier, ...]
    sayings: tuple[Saying, ...]
    restricted: Mapping[str, list[Span]]
    num_pinned: int
    """Candidates left out because a person has pinned these words already."""
    unread: tuple[str, ...] = ()
    """Reports that `offramp read` could read and has not."""
    misplaced: tuple[Misplaced, ...] = ()
    """Statements that were left out, because their words are not where they say."""

    def notes(self, name: str) -> tuple[str, ...]:
        """Return what of the candidates of a case could not be used, and why."""
        left = len(self.unread)
        told = f"{left:,} report{'s have' if left != 1 else ' has'} not been read: 'offramp read {name}' finds what is said there."
        return (*self._misplaced(name), *self.candidates.notes, *[told] * bool(left))

    def _misplaced(self, name: str) -> Iterator[str]:
        """Yield which statements were left out; of those that are withheld, how many."""
        more = f"left out here; 'offramp verify {name}' says more."
        for one in self.misplaced:
            if not one.is_withheld:
                how = "have moved in" if one.state == "moved" else "are gone from"
                yield f"{EVIDENCE}:{one.line}: statements.{one.id}: its words {how} {one.source}: {more}"
        num_withheld = sum(one.is_withheld for one in self.misplaced)
        if num_withheld:
            yield f"{num_withheld:,} withheld in public: its words have moved or are gone: {more}"


def gather(folder: Path, confidence: float = 0.0, *, only_pinned: bool = False) -> Gathered:
    """Return the sayings of a case.

    Parameters
    ----------
    folder : Path
        The case folder.
    confidence : float
        Candidates below it are left out.
    only_pinned : bool
        Whether candidates are left out altogether.

    Raises
    ------
    CaseError
        If evidence, candidates or ``private/`` cannot be read.
    """
    evidence, identifiers = read_evidence(folder), read_identifiers(folder)
    candidates = Candidates({}, ()) if only_pinned else read_candidates(folder, evidence.sources)
    verified = verify_statements(folder, evidence)
    astray = {check.id: check for check in verified.statements if not check.ok}
    restricted = _restricted(evidence, astray)
    pinned = [_pinned(statement, evidence) for statement in evidence.statements.values()]
    fresh = _fresh(candidates, [one for one in evidence.statements.values() if one.id not in astray], confidence)
    secret = _secret(evidence)
    found = [_unconfirmed(source, candidate, evidence, restricted, secret) for source, candidate in fresh]
    enough = sum(candidate.confidence >= confidence for _, candidate in statements(candidates))
    sayings = tuple(_protected([*pinned, *found], identifiers))
    misplaced = [
        Misplaced(one.id, one.source, astray[one.id].state, verified.lines.get(("statements", one.id), 0), one.is_withheld)
        for one in sayings
        if one.is_confirmed and one.id in astray
    ]
    unread = () if only_pinned else tuple(_unread(folder, evidence, candidates))
    left = _without(sayings, misplaced)
    return Gathered(evidence, candidates, identifiers, left, restricted, enough - len(fresh), unread, tuple(misplaced))


def _without(sayings: tuple[Saying, ...], misplaced: Sequence[Misplaced]) -> tuple[Saying, ...]:
    """Return the sayings but for those statements; what they keep from the public stays withheld."""
    gone = {one.id for one in misplaced}
    marked = withheld_with(sayings) if any(one.is_withheld for one in misplaced) else sayings
    return tuple(one for one in marked if not (one.is_confirmed and one.id in gone))


def _unread(folder: Path, evidence: Evidence, candidates: Candidates) -> Iterator[str]:
    """Yield the reports whose text is there, in a language that is read, and which have no candidates."""
    for source in evidence.sources.values():
        is_there = source.kind == "original" and (folder / "sources" / source.text_file).is_file()
        if is_there and is_analysed(source.language) and source.id not in candidates.files:
            yield source.id


def _restricted(evidence: Evidence, astray: Mapping[str, StatementCheck]) -> dict[str, list[Span]]:
    """Return where restricted words stand, by source; of those that have moved, also every place at which they stand now."""
    places: dict[str, list[Span]] = {}
    for statement in evidence.statements.values():
        if statement.restricted:
            moved = astray[statement.id].places if statement.id in astray else ()
            places.setdefault(statement.source, []).extend([*statement.spans, *(span for place in moved for span in place)])
    return places


def _pinned(statement: Statement, evidence: Evidence) -> Saying:
    source = evidence.sources[statement.source]
    speaker = evidence.speakers[statement.speaker] if statement.speaker else None
    return Saying(
        id=statement.id,
        source=statement.source,
        words=statement.quote,
        kind=statement.kind,
        outlet=source.outlet,
        language=source.language,
        reported=source.date or "",
        said_on=statement.said_on or "",
        spans=tuple(statement.spans),
        speaker=speaker.name if speaker else "",
        speaker_id=statement.speaker or "",
        via=tuple(statement.relayed_by),
        is_note=source.kind == "note",
        is_restricted=statement.restricted,
        names=tuple(speaker.spellings) if speaker else (),
    )


def _fresh(candidates: Candidates, entered: Iterable[Statement], confidence: float) -> list[tuple[str, Candidate]]:
    """Return the candidates that are no pinned statement yet."""
    pinned: dict[str, list[list[Span]]] = {}
    for statement in entered:
        pinned.setdefault(statement.source, []).append(statement.spans)
    return [
        (source, candidate)
        for source, candidate in statements(candidates)
        if candidate.confidence >= confidence and not any(_is_same(candidate.quote_spans, spans) for spans in pinned.get(source, ()))
    ]


def _is_same(found: Sequence[Span], pinned: Sequence[Span]) -> bool:
    shared = overlapping(tuple(found), tuple(pinned))
    return shared > ALREADY * max(length(tuple(found)), length(tuple(pinned)))


def _secret(evidence: Evidence) -> frozenset[str]:
    """Return the speakers that are known from restricted statements alone, so that nothing public may name them."""
    said = [(statement.speaker, statement.restricted) for statement in evidence.statements.values() if statement.speaker]
    return frozenset(speaker for speaker, is_restricted in said if is_restricted) - {speaker for speaker, there in said if not there}


def _unconfirmed(
    source_id: str, candidate: Candidate, evidence: Evidence, restricted: Mapping[str, list[Span]], secret: frozenset[str]
) -> Saying:
    source = evidence.sources[source_id]
    speaker = _known(candidate.speaker, evidence.speakers.values())
    is_secret = speaker is not None and speaker.id in secret
    return Saying(
        id=candidate.id,
        source=source_id,
        words=candidate.quote,
        kind=candidate.kind,
        outlet=source.outlet,
        language=source.language,
        reported=source.date or "",
        said_on=candidate.said_on,
        spans=tuple(candidate.quote_spans),
        speaker=candidate.speaker,
        speaker_id=speaker.id if speaker else "",
        via=tuple(candidate.via_chain),
        flags=candidate.flags,
        is_note=source.kind == "note",
        is_confirmed=False,
        confidence=candidate.confidence,
        is_restricted=is_secret or bool(overlapping(candidate.quote_spans, restricted.get(source_id, []))),
        names=(speaker.name, *speaker.spellings) if speaker else (),
    )


def _known(name: str, speakers: Iterable[Speaker]) -> Speaker | None:
    """Return the one speaker of `evidence.yaml` that has this name or spelling."""
    words = name_words(name)
    found = [one for one in speakers if words and words in map(name_words, (one.name, *one.spellings))]
    return found[0] if len(found) == 1 else None


def _protected(sayings: list[Saying], identifiers: tuple[Identifier, ...]) -> Iterator[Saying]:
    """Yield the sayings, those marked in which a protected identifier stands."""
    if not identifiers:
        yield from sayings
        return
    layers = {str(place): "\n".join((saying.id, saying.words, saying.speaker, *saying.via)) for place, saying in enumerate(sayings)}
    hit = {int(leak.layer) for leak in find_leaks(layers, identifiers)}
    yield from (replace(saying, is_protected=True) if place in hit else saying for place, saying in enumerate(sayings))
