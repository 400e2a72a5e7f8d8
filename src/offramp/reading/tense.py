"""Whether the words around a date speak of what was or of what is to come."""

from __future__ import annotations

from offramp.reading.patterns import compiled

_PAST = compiled(
    r"(?:said|told|was|were|had|did|fled|left|came|went|began|took|fell|died|made|met|got|sent|gave|held|won|lost|broke|found|saw"
    r"|wrote|spoke|flew|rose|kept|shot|struck|became|led|ran|sold|bought|brought|thought|heard|knew|grew|fought|sought|quit"
    r"|put|cut|hit|has|have|earlier|ago|\w{2,}ed)"
)
_FUTURE = compiled(
    r"(?:resumes?|begins?|starts?|reopens?|expires?|convenes?|meets?|plays|leaves|arrives|departs|opens|closes|returns|will|shall|may|might|would|could|won't|won’t|\w+['’]ll|going|upcoming|forthcoming|due|scheduled|expected|planned|slated|plans?|planning|hopes?"
    r"|expects?|intends?|deadline|next|tentatively|set|poised|ahead|vows?|vowed|promised?|promises)"
)
_MODALS = frozenset({"may", "might", "would", "could", "ahead"})
_DEADLINES = frozenset({"by", "until", "till"})
_AUXILIARY = frozenset({"remain", "remains", "stay", "stays", "be", "been", "get", "being", "have", "not", "n't"})
_WORD = compiled(r"[^\W_]+(?:['’][^\W_]+)?")
_BREAK = compiled(r"[.;:!?\n“”\"«»()—]|, | that | which | who ")
_REACH = 160


def is_future(text: str, start: int, end: int) -> bool | None:
    """Say whether the clause around ``text[start:end]`` speaks of the future.

    Parameters
    ----------
    text : str
        The whole text; at most 160 characters on either side are looked at.
    start, end : int
        Where a date stands.

    Returns
    -------
    bool or None
        True for the future, False for the past, None where nothing tells. The word nearest before the date decides; what
        follows it is asked only where nothing before it tells.

    Examples
    --------
    >>> text = "The court will, he said on Monday, decide in March."
    >>> is_future(text, 26, 32), is_future(text, 45, 50)
    (False, None)
    """
    before = _clause_before(text[max(0, start - _REACH) : start])
    verdicts = (_told(before, place) for place in reversed(range(len(before))))
    told = next((verdict for verdict in verdicts if verdict is not None), None)
    if told is not None:
        return told
    if (len(before) > 2 and _DEADLINES & set(before[-2:])) or before[-2:] == ["later", "than"]:
        return True
    after = _WORD.findall(_clause_after(text[end : end + _REACH]).lower())
    verdicts = (_told(after, place) for place in range(len(after)) if after[place] not in _MODALS)
    told = next((verdict for verdict in verdicts if verdict is not None), None)
    return True if told is None and _DEADLINES & set(before[-2:]) else told


def _told(words: list[str], place: int) -> bool | None:
    """Return what one word tells: a participle after an auxiliary leaves it to the auxiliary."""
    word = words[place]
    if word in ("is", "are") and words[place + 1 : place + 2] == ["to"]:
        return True
    if _FUTURE.fullmatch(word):
        return word != "set" or "to" in words[place + 1 : place + 2] or "for" in words[place + 1 : place + 2] or None
    if place and words[place - 1] in _AUXILIARY and word not in ("said", "told"):
        return None
    if word in ("has", "have") and place and words[place - 1] in ("will", "to"):
        return None
    return False if _PAST.fullmatch(word) else None


def _clause_before(text: str) -> list[str]:
    breaks = list(_BREAK.finditer(text))
    return _WORD.findall(text[breaks[-1].end() if breaks else 0 :].lower())


def _clause_after(text: str) -> str:
    text = text.removeprefix(",")
    found = _BREAK.search(text)
    return text[: found.start()] if found else text
