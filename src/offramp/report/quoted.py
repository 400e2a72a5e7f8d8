"""The words that a case rests on: numbered in the order of their use, with source, place and context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from offramp.errors import SourceError
from offramp.report.told import Quoted
from offramp.report.voice import Voice
from offramp.report.words import Figure, Link, Part, Text, dated, joined, sentence_case, text, visible

if TYPE_CHECKING:
    from offramp.sources.evidence import Evidence, Source, Statement

CONTEXT = 200
"""Characters of the stored text before and after a quotation, in an internal brief."""

_KINDS = {
    "direct": "the speaker's own words",
    "indirect": "retold, not the speaker's own words",
    "mixed": "partly the speaker's own words, partly retold",
    "fact": "reported or laid down as a fact",
}
_SOURCE_KINDS = {"original": "the report as it was published", "note": "a note in the analyst's own words about a report"}


class Words:
    """Numbers the statements that judgements rest on, and tells them.

    Parameters
    ----------
    voice : Voice
        Knows what is withheld.
    evidence : Evidence
        All statements.
    """

    def __init__(self, voice: Voice, evidence: Evidence) -> None:
        self.voice = voice
        self.evidence = evidence
        judgements = voice.standing.judgements()
        told = {name for path, entry in judgements if not voice.is_kin(path, entry) for name in entry.because}
        self.used = tuple(dict.fromkeys(name for _, entry in judgements for name in entry.because if name in evidence.statements))
        self.shown = [name for name in self.used if name in told and name not in voice.withheld]
        self.numbers = {name: number for number, name in enumerate(self.shown, 1)}
        self._texts: dict[str, tuple[str | None, str]] = {}

    def refs(self, because: Sequence[str], key: str, is_kin: bool = False) -> Text:
        """Return links to the words that a judgement rests on; what is withheld is counted, for kin all of them."""
        there = [name for name in because if name in self.evidence.statements]
        links: list[Part | Text] = [Link(str(self.numbers[name]), f"w.{name}") for name in there if name in self.numbers and not is_kin]
        withheld = len(there) - len(links)
        if withheld:
            links.append(text("{} withheld in public", Figure(f"{key}.withheld", withheld)))
        links += [f"“{visible(name)}” is not in evidence.yaml" for name in because if name not in there and not is_kin]
        return joined(links, ", ")

    def who(self, names: Iterable[str]) -> str:
        """Return who says the statements called `names`, each voice once."""
        told = [self._voice(self.evidence.statements[name]) for name in names if name in self.numbers]
        return "; ".join(dict.fromkeys(told))

    def _voice(self, said: Statement) -> str:
        if said.speaker is not None:
            return visible(self.evidence.speakers[said.speaker].name)
        outlet = self.evidence.sources[said.source].outlet
        return visible(said.relayed_by[0] if said.relayed_by else outlet or said.source)

    def last_fact(self) -> str:
        """Return the date of the latest words that are used, as far as it is known; nothing where no date is."""
        known = self.shown if self.voice.is_public else self.used
        dates = [said.said_on or self.evidence.sources[said.source].date or "" for said in map(self.evidence.statements.__getitem__, known)]
        return max(dates, default="")

    def told(self) -> tuple[Quoted, ...]:
        """Return every statement that is used and not withheld."""
        return tuple(self._told(name) for name in self.shown)

    def _told(self, name: str) -> Quoted:
        said = self.evidence.statements[name]
        source = self.evidence.sources[said.source]
        before, after, state = self._place(said, source)
        return Quoted(
            id=f"w.{name}",
            number=self.numbers[name],
            quote=visible(said.quote),
            before=before,
            after=after,
            language=source.language,
            who=self._speaker(said),
            facts=tuple(_facts(said)),
            source=visible(", ".join(part for part in (source.outlet or said.source, dated(source.date)) if part)),
            url=visible(source.url),
            place=sentence_case(f"{_SOURCE_KINDS[source.kind]}; {_spans(said)}; {state}"),
            notes=() if self.voice.is_public else tuple(self._notes(said, source)),
        )

    def _speaker(self, said: Statement) -> str:
        if said.speaker is None:
            return ""
        speaker = self.evidence.speakers[said.speaker]
        return visible(", ".join([speaker.name, *speaker.titles, *([speaker.affiliation] if speaker.affiliation else [])]))

    def _notes(self, said: Statement, source: Source) -> Iterable[str]:
        if said.restricted:
            yield "RESTRICTED: kept out of everything that is published."
        yield from (visible(note) for note in (said.note, source.obtained, source.note) if note)

    def _place(self, said: Statement, source: Source) -> tuple[str, str, str]:
        """Return the context of the words, for internal use, and whether they stand where the pin says."""
        stored, state = self._text(source)
        if stored is None:
            return "", "", state
        start, end = said.spans[0][0], said.spans[-1][1]
        if end > len(stored) or " [...] ".join(stored[a:b] for a, b in said.spans) != said.quote:
            return "", "", "the words DO NOT STAND at this place of the stored text"
        if self.voice.is_public:
            return "", "", state
        before, after = stored[max(0, start - CONTEXT) : start], stored[end : end + CONTEXT]
        return _cut(before, start > CONTEXT, True), _cut(after, end + CONTEXT < len(stored), False), state

    def _text(self, source: Source) -> tuple[str | None, str]:
        if source.id not in self._texts:
            self._texts[source.id] = self._read(source)
        return self._texts[source.id]

    def _read(self, source: Source) -> tuple[str | None, str]:
        from offramp.sources.store import text_of

        folder = self.voice.file.folder
        try:
            stored = text_of(folder, source) if folder is not None else None
        except SourceError:
            return None, "the stored text WAS ALTERED after it was stored"
        return (stored, "the words stand there in the stored text") if stored is not None else (None, "the file is absent from this case")


def _facts(said: Statement) -> Iterable[str]:
    if said.relayed_by:
        yield f"relayed by {visible(', '.join(said.relayed_by))}"
    if said.said_on:
        yield dated(said.said_on)
    yield _KINDS[said.kind]


def _spans(said: Statement) -> str:
    return f"characters {', '.join(f'{start}–{end}' for start, end in said.spans)}"


def _cut(words: str, is_cut: bool, at_start: bool) -> str:
    """Return context on one line; where it was cut, from or to a whole word, with an ellipsis."""
    if is_cut:
        words = words.partition(" ")[2] or words if at_start else words.rpartition(" ")[0] or words
    line = visible(words)
    if at_start:
        return ("… " if is_cut else "") + line + (" " if words[-1:].isspace() else "")
    return (" " if words[:1].isspace() else "") + line + (" …" if is_cut else "")
