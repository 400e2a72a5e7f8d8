"""Quotation marks of every kind."""

from __future__ import annotations

import pytest

from offramp.reading.marks import scan


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in scan(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay,” he said. “For now.”", ["“We stay,”", "“For now.”"]),
        ('"We stay," he said. "For now."', ['"We stay,"', '"For now."']),
        ("''We stay,'' he said. ``For now.''", ["''We stay,''", "``For now.''"]),
        ("‘We stay,’ said the guards’ chief. ‘For now.’", ["‘We stay,’", "‘For now.’"]),
        ("'We can't stay,' said the guards' chief.", ["'We can't stay,'"]),
        ("«We stay», he said.", ["«We stay»"]),
        ("»We stay«, he said.", ["»We stay«"]),
        ("„We stay“, he said, „for now”.", ["„We stay“", "„for now”"]),
        ("「We stay」 he said.", ["「We stay」"]),
        ("She said “they call it ‘the cage’ here” twice.", ["“they call it ‘the cage’ here”"]),
        ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
        ('"He said "no" to me," she said.', ['"He said "no" to me,"']),
        ("“Nobody closed this one. It goes on", ["“Nobody closed this one. It goes on"]),
        ("Nobody opened this one,” she said.", ["Nobody opened this one,”"]),
        ("“The first was left open. “The second was not.”", ["“The first was left open.", "“The second was not.”"]),
        ("It’s the ’90s, and the guards’ room isn’t ours.", []),
        ("It's the '90s, 'twas rock 'n' roll.", []),
        ("", []),
        ("””””", []),
    ],
)
def test_each_style(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_only_its_own_paragraph() -> None:
    text = "“Left open\n“Closed.”"
    assert [text[found.start : found.end] for found in scan(text, text.index("\n") + 1, len(text))] == ["“Closed.”"]


def test_says_what_was_not_closed_or_opened() -> None:
    assert [(found.opened, found.closed) for found in scan("“Left open", 0, 10)] == [(True, False)]
    assert [(found.opened, found.closed) for found in scan("Never opened” he said", 0, 21)] == [(False, True)]
