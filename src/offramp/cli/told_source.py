"""What was read in a file, as `add` and `read` tell it: encoding, language, what was left out, what the file says about itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offramp.sources.evidence import Source
    from offramp.sources.extract import Extract


def told_extract(found: Extract, given: str | None, detected: str | None) -> Iterator[str]:
    """Yield what was read, in which language, what was not, and what the file says about itself."""
    from offramp.sources.extract_kind import CALLED

    encoding = f" in {found.encoding}, {found.how}" if found.encoding else ""
    yield f"  read as {CALLED[found.kind]}{encoding}; {len(found.text):,} characters, by {found.extractor}"
    yield f"  language: {_language(given, detected)}"
    yield from told_further(found)


def told_stored(source: Source) -> str:
    """Return what a case has of a source that was there."""
    said = {"language": source.language, "outlet": source.outlet, "date": source.date, "url": source.url, "obtained": source.obtained}
    known = ", ".join(f"{key} {value}" for key, value in said.items() if value)
    return f"  stored as {source.kind}: {known or 'no language, outlet or date'}; its text by {source.extractor}"


def told_further(found: Extract) -> Iterator[str]:
    """Yield what was not read of a file, and what it says about itself."""
    yield from (f"  note: {note}" for note in found.notes)
    for suggestion in found.suggestions:
        yield f"  it says of itself: {suggestion.what} {suggestion.value} ({suggestion.where}); not entered"


def _language(given: str | None, detected: str | None) -> str:
    if given:
        return f"{given}, as you said"
    if detected is None:
        return "not looked for; pip install 'offramp[documents]' brings what detects it"
    return f"{detected}, as detected" if detected else "undetermined"
