"""A record of a `.gmcr` file to the text of a `case.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from offramp import __version__
from offramp.case.edit import free_id, written
from offramp.case.entries import plain_text
from offramp.case.load import read_case_text
from offramp.case.yaml_reader import MAX_BYTES
from offramp.errors import CaseError, Problem
from offramp.formula import WORDS
from offramp.interchange.gmcr_record import Condition, Gmcr, GmcrMaker, tiers_of
from offramp.interchange.patterns import as_formula

READING = "gmcr"
"""The id of the one reading of each decision maker."""

MAX_UNKNOWN = 20
"""Number of unknown keys that are told one by one."""


def to_case_text(record: Gmcr, title: str | None = None) -> tuple[str, list[str]]:
    """Return a `case.yaml` that says what a `.gmcr` file says.

    Parameters
    ----------
    record : Gmcr
        From `read_gmcr`.
    title : str, optional
        What the case is called; by default the name of the file.

    Returns
    -------
    text : str
        Ids are made from names, which stand beside them.
    left_out : list of str
        What the `.gmcr` file says and a case file has no place for; it stands
        as comments in `text`, too.

    Raises
    ------
    CaseError
        If the case would be larger than a case may be.
    TooManyStatesError
        If states have to be numbered and there are too many.
    """
    names = _Names(record)
    left_out = [one_line(line) for line in _left_out(record, names)]
    text = "".join(f"{line}\n" for line in _lines(record, names, left_out, title))
    _check(record, text)
    return text, left_out


class _Names:
    """The ids of decision makers, options and coalitions."""

    def __init__(self, record: Gmcr) -> None:
        self.makers: list[str] = []
        self.options = [""] * len(record.options)
        """By place, the id within the decision maker."""
        for maker in record.makers:
            self.makers.append(free_id(maker.name, "dm", {*WORDS, *self.makers}))
            taken = set(WORDS)
            for place in maker.options:
                self.options[place] = free_id(record.options[place].name, "option", taken)
                taken.add(self.options[place])
        self.coalitions: list[str] = []
        for members in record.coalitions:
            name = "_and_".join(self.makers[k] for k in members)
            self.coalitions.append(free_id(name, "coalition", {*WORDS, *self.makers, *self.coalitions}))
        count = Counter(self.options)
        owners = {place: self.makers[k] for k, maker in enumerate(record.makers) for place in maker.options}
        self.labels = [name if count[name] == 1 else f"{owners[place]}.{name}" for place, name in enumerate(self.options)]

    def formula(self, condition: Condition) -> str:
        return as_formula(condition.patterns, self.labels)


# -- what has no place ----------------------------------------------------------------------------------------------------


def _left_out(record: Gmcr, names: _Names) -> Iterator[str]:
    yield from (_coalition(record, names, place) for place in range(len(record.coalitions)))
    for maker, id in zip(record.makers, names.makers, strict=True):
        if record.is_blind(maker):
            yield f"misperceptions: {_called(maker, id)} sees no state at all; here it sees every one"
        if maker.ranking is not None and maker.statements and record.is_ranked:
            number = f"{len(maker.statements)} statement{'s' if len(maker.statements) > 1 else ''}"
            yield f"preferences: {number} of {_called(maker, id)}, switched off by the ranking; they are in a note"
        if maker.ranking is not None and not record.is_ranked and maker.statements is not None:
            yield f"preferenceRanking: the ranking of {_called(maker, id)}, switched off: the statements count"
        if _is_other_order(record, maker):
            yield f"payoffs: those of {_called(maker, id)} order the states otherwise than the ranking, which counts"
    yield from (f"unknown key: {entry}" for entry in record.unknown[:MAX_UNKNOWN])
    if len(record.unknown) > MAX_UNKNOWN:
        yield f"unknown keys: {len(record.unknown) - MAX_UNKNOWN:,} more"


def _coalition(record: Gmcr, names: _Names, place: int) -> str:
    """Return what is said of a coalition; whom misperceptions leave fewer moves, no verb merges."""
    members = record.coalitions[place]
    together = ", ".join(_called(record.makers[k], names.makers[k]) for k in members)
    sees_all = not any(record.makers[k].unseen and not record.is_blind(record.makers[k]) for k in members)
    merged = f", and one by --merge {names.coalitions[place]}" if sees_all else ""
    return f"coalitions: {together} act as one; here they are apart{merged}"


def _is_other_order(record: Gmcr, maker: GmcrMaker) -> bool:
    """Return whether payoffs that stand beside a ranking in force say something else."""
    if maker.payoffs is None or maker.ranking is None or not record.is_ranked or maker.statements is None:
        return False
    return [set(tier) for tier in tiers_of(maker.payoffs)] != [set(tier) for tier in maker.ranking]


def _called(maker: GmcrMaker, id: str) -> str:
    return f"{maker.name} ({id})" if maker.name else id


def one_line(text: str) -> str:
    """Return a text on one line, what cannot be seen spelled out.

    Examples
    --------
    >>> one_line("the port\\n\\x1b[31m")
    'the port\\\\n\\\\u001b[31m'
    """
    quoted = written(text)
    return quoted[1:-1] if quoted.startswith('"') else quoted


# -- the text -------------------------------------------------------------------------------------------------------------


def _lines(record: Gmcr, names: _Names, left_out: Sequence[str], title: str | None) -> Iterator[str]:
    yield f"# Made by offramp {__version__} from a file of GMCR+. Who, what and which are that file's; on what basis is yours to say:"
    yield "# basis: stated, inferred or assumed, and because: [statements]. Sources come in by `offramp add` and `offramp pin`."
    if left_out:
        yield "#"
        yield "# What that file says and a case file has no place for:"
        yield from (f"# - {line}" for line in left_out)
    yield ""
    yield "offramp: 1"
    yield f"title: {written(_plain(title if title is not None else record.file.removesuffix('.gmcr')) or 'A model of GMCR+')}"
    yield f"cite: {written(_cite(record))}"
    yield ""
    yield "decision_makers:"
    for maker, id in zip(record.makers, names.makers, strict=True):
        yield from _maker_lines(record, names, maker, id)
    if record.coalitions:
        yield ""
        yield "coalitions:"
    for members, id in zip(record.coalitions, names.coalitions, strict=True):
        yield f"  {id}: [{', '.join(names.makers[k] for k in members)}]"
    rules = record.patterns()
    if rules:
        yield ""
        yield "rules:"
        yield from (f'  infeasible_{k}: {{exclude: "{record.letters(pattern)}"}}' for k, pattern in enumerate(rules, 1))
    yield from _unseen_lines(record, names)
    yield ""
    yield "# A .gmcr file does not say which state holds now. This is the first; correct it."
    yield f"status_quo: {_first(record)}"
    yield ""
    yield "readings:"
    for maker, id in zip(record.makers, names.makers, strict=True):
        yield f"  {id}:"
        yield f"    {READING}:"
        yield from _reading_lines(record, names, maker)


def _unseen_lines(record: Gmcr, names: _Names) -> Iterator[str]:
    kept = {id: () if record.is_blind(maker) else maker.unseen for maker, id in zip(record.makers, names.makers, strict=True)}
    if any(kept.values()):
        yield ""
        yield "misperceptions:"
    for id, conditions in kept.items():
        if conditions:
            yield f"  {id}:"
            yield from (f"    unseen_{k}: {_unseen(record, names, condition)}" for k, condition in enumerate(conditions, 1))


def _unseen(record: Gmcr, names: _Names, condition: Condition) -> str:
    if len(condition.patterns) == 1:
        return f'{{pattern: "{record.letters(condition.patterns[0])}"}}'
    return f"{{that: {written(names.formula(condition))}}}"


def _maker_lines(record: Gmcr, names: _Names, maker: GmcrMaker, id: str) -> Iterator[str]:
    yield f"  {id}:"
    yield f"    name: {written(maker.name)}"
    if maker.options:
        yield "    options:"
    for place in maker.options:
        option = record.options[place]
        direction = "" if option.direction == "both" else f", direction: {option.direction}"
        yield f"      {names.options[place]}: {{name: {written(option.name)}{direction}}}"


def _reading_lines(record: Gmcr, names: _Names, maker: GmcrMaker) -> Iterator[str]:
    statements = [names.formula(condition) for condition in maker.statements or ()]
    if record.is_ranked or maker.statements is None:
        if statements:
            yield f"      note: {written('Switched off in the file: ' + '; '.join(statements))}"
        yield "      ranking:"
        codes = record.codes
        for tier in maker.ranking or ():
            labels = [record.label(int(codes[number - 1])) for number in tier]
            yield f"        - {written(labels if len(labels) > 1 else labels[0])}"
    elif statements:
        yield "      prefers:"
        yield from (f"        - {{that: {written(text)}}}" for text in statements)
    else:
        yield "      prefers: []"


def _first(record: Gmcr) -> str:
    """Return the first feasible state; it is that in which nothing is taken, where that one exists."""
    return written(record.label(0 if record.has_nothing_taken else int(record.codes[0])))


def _cite(record: Gmcr) -> str:
    made_by = " ".join(part for part in (record.program, record.version) if part)
    return f"A model of GMCR+: the file {_plain(record.file) or 'it was read from'}" + (f", saved by {made_by}." if made_by else ".")


def _plain(text: str) -> str:
    """Return `text`, or nothing where a case file would refuse it."""
    try:
        return plain_text(text)
    except ValueError:
        return ""


def _check(record: Gmcr, text: str) -> None:
    """Refuse what could not be read again."""
    size = len(text.encode())
    if size > MAX_BYTES:
        found, expected = f"as a case it would have {size:,} bytes", f"at most {MAX_BYTES:,}"
        raise CaseError([Problem(record.file, 0, "", found, expected, "leave something out in GMCR+")])
    try:
        read_case_text(text)
    except CaseError as error:
        first = error.problems[0]
        found = f"as a case it would be faulty: {first.label}: {first.found}"
        raise CaseError([Problem(record.file, 0, "", found, first.expected, "simplify it in GMCR+")]) from None
