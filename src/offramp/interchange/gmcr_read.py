"""A `.gmcr` file to a record of the model, with every fault told by its key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from offramp.case import faults as told
from offramp.case.entries import Direction, plain_text
from offramp.case.yaml_reader import MAX_BYTES, Path_, dotted
from offramp.errors import CaseError, Problem, StorageError, TooManyStatesError
from offramp.files import read_regular
from offramp.interchange.gmcr_json import parse_json
from offramp.interchange.gmcr_record import Condition, Gmcr, GmcrMaker, GmcrOption, Pattern, Tiers, tiers_of
from offramp.model.states import MAX_OPTIONS

T = TypeVar("T")

MAX_MAKERS = 1_000
MAX_KEPT = 2_000
"""Number of letters up to which a text at an unknown key is kept."""
MAX_FAULTS = 20
"""Number of faults after which no more are told."""

_DIRECTIONS: dict[str, Direction] = {"both": "both", "fwd": "forward", "back": "backward"}
_MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")
_RANKING = ("preferenceRanking", "preferenceVector")
_KNOWN = {*_MANUAL, "options", "decisionMakers", "infeasibles", "coalitions", "coalitionsFull", "program", "version"}
_KNOWN_OF_MAKER = {*_RANKING, "name", "options", "preferences", "payoffs", "misperceptions"}
_KNOWN_OF_OPTION = {"name", "permittedDirection"}
_KNOWN_OF_CONDITION = {"compound", "members"}


def read_gmcr(path: str | Path) -> Gmcr:
    """Return the model in a `.gmcr` file.

    Parameters
    ----------
    path : str or Path
        A file of at most 2,000,000 bytes.

    Returns
    -------
    record : Gmcr
        Options in the order in which GMCR+ numbers states.

    Raises
    ------
    StorageError
        If there is no such file, or it cannot be read.
    CaseError
        With every fault: the key, what was found, what was expected, what to do.
    TooManyStatesError
        If states have to be numbered and there are too many.
    """
    try:
        raw = read_regular(Path(path), MAX_BYTES, follow=True)
    except ValueError:
        raise StorageError("the path holds a NUL character; name an ordinary file") from None
    return parse_gmcr(raw, Path(path).name)


def parse_gmcr(raw: bytes, name: str) -> Gmcr:
    """Return the model that the bytes of a `.gmcr` file say; `name` is what errors call it. See `read_gmcr`."""
    data = parse_json(raw, name)
    faults = _Faults(name)
    record = _Reader(data, faults).record()
    faults.raise_if_any()
    try:
        _check_numbers(record, faults)
    except TooManyStatesError as error:
        raise TooManyStatesError(f"{name}: {error}") from None
    faults.raise_if_any()
    return _with_payoffs_ranked(record)


class _Faults:
    """The faults found so far, each with its key."""

    def __init__(self, file: str) -> None:
        self.file, self.problems = file, list[Problem]()

    def add(self, path: Path_, found: str, expected: str = "", remedy: str = "") -> None:
        self.problems.append(Problem(self.file, 0, dotted(path), found, expected, remedy))

    def raise_if_any(self) -> None:
        if len(self.problems) > MAX_FAULTS:
            rest = Problem(self.file, 0, "", f"{len(self.problems):,} faults, of which {MAX_FAULTS} are listed")
            raise CaseError([rest, *self.problems[:MAX_FAULTS]])
        if self.problems:
            raise CaseError(self.problems)


class _Reader:
    """Takes the data of a file apart, key by key; a fault is noted, and the part with it left out."""

    def __init__(self, data: Any, faults: _Faults) -> None:
        self.data, self.faults = data, faults
        self.places: dict[int, int] = {}
        """The place of each option in the order of the decision makers, by its index in the file."""
        self.unknown: list[str] = []

    def record(self) -> Gmcr:
        empty = Gmcr(self.faults.file, (), ())
        if not isinstance(self.data, dict):
            expected = 'a model: {"options": …, "decisionMakers": …}'
            self.faults.add((), f"the file holds {shown(self.data)}", expected, "choose a .gmcr file")
            return empty
        options = self._options()
        entries = list(self._entries((), self.data, "decisionMakers"))
        self.faults.raise_if_any()
        self._sort(entries, len(options))
        self.faults.raise_if_any()  # without the order of options nothing else can be placed
        is_ranked = self._is_ranked()
        self._note_unknown((), self.data, _KNOWN, _MANUAL)
        makers = [self._maker(path, entry, is_ranked) for path, entry in entries]
        return Gmcr(
            file=self.faults.file,
            options=tuple(options[index] for index in sorted(self.places, key=self.places.__getitem__)),
            makers=tuple(makers),
            infeasible=self._conditions((), self.data, "infeasibles"),
            is_ranked=is_ranked,
            coalitions=self._coalitions(len(makers)),
            program=self._word("program"),
            version=self._word("version"),
            unknown=tuple(self.unknown),
        )

    # -- options and who has them ----------------------------------------------------------------------------------------

    def _options(self) -> list[GmcrOption]:
        entries = list(self._entries((), self.data, "options"))
        if not entries and not self.faults.problems:
            self.faults.add(("options",), "no option", "at least one", "say in GMCR+ what somebody can do")
        if len(entries) > MAX_OPTIONS:
            self.faults.add(("options",), f"{len(entries):,} options", f"at most {MAX_OPTIONS}", "merge options, or split the model")
        return [self._option(path, entry) for path, entry in entries[: MAX_OPTIONS + 1]]

    def _option(self, path: Path_, entry: dict[str, Any]) -> GmcrOption:
        self._note_unknown(path, entry, _KNOWN_OF_OPTION)
        return GmcrOption(self._name(path, entry), self._direction(path, entry))

    def _direction(self, path: Path_, entry: dict[str, Any]) -> Direction:
        word = self._value(path, entry, "permittedDirection", "both, fwd or back")
        if isinstance(word, str) and word in _DIRECTIONS:
            return _DIRECTIONS[word]
        if word is not None:
            self.faults.add((*path, "permittedDirection"), shown(word), "both, fwd or back", "correct it")
        return "both"

    def _sort(self, makers: list[tuple[Path_, dict[str, Any]]], num_options: int) -> None:
        """Give each option its place: by decision maker, as GMCR+ does when it opens a file."""
        if not makers and not self.faults.problems:
            self.faults.add(("decisionMakers",), "no decision maker", "at least one", "say in GMCR+ who can act")
        if len(makers) > MAX_MAKERS:
            self.faults.add(("decisionMakers",), f"{len(makers):,} decision makers", f"at most {MAX_MAKERS:,}", "leave some out")
            return
        for path, entry in makers:
            for place, index in enumerate(self._list(path, entry, "options")):
                where = (*path, "options", place)
                if not self._is_index(where, index, num_options, "option"):
                    continue
                if index in self.places:
                    self.faults.add(where, f"option {index} has a decision maker already", "each option under one", "remove one of the two")
                else:
                    self.places[index] = len(self.places)
        for index in range(num_options):
            if index not in self.places and not self.faults.problems:
                found = "no decision maker has this option"
                self.faults.add(("options", index), found, "each option under one", "give it to one, or remove it")

    # -- what they want --------------------------------------------------------------------------------------------------

    def _is_ranked(self) -> bool:
        key = next((key for key in _MANUAL if key in self.data), _MANUAL[0])
        value = self._value((), self.data, key, "true or false")
        if value is not None and not isinstance(value, bool):
            self.faults.add((key,), shown(value), "true or false", "correct it")
        return value is True

    def _maker(self, path: Path_, entry: dict[str, Any], is_ranked: bool) -> GmcrMaker:
        self._note_unknown(path, entry, _KNOWN_OF_MAKER, _RANKING)
        payoffs = self._payoffs(path, entry)
        has_ranking = is_ranked and any(key in entry for key in _RANKING)
        says_more = "preferences" in entry or payoffs is None or has_ranking  # than payoffs alone
        return GmcrMaker(
            name=self._name(path, entry),
            options=tuple(sorted(self.places[index] for index in entry["options"])),
            statements=self._statements(path, entry, has_ranking) if says_more else None,
            ranking=self._ranking(path, entry, is_ranked and says_more),
            payoffs=payoffs,
            unseen=self._conditions(path, entry, "misperceptions") if "misperceptions" in entry else (),
        )

    def _statements(self, path: Path_, entry: dict[str, Any], has_ranking: bool) -> tuple[Condition, ...]:
        return () if has_ranking and "preferences" not in entry else self._conditions(path, entry, "preferences")

    def _ranking(self, path: Path_, entry: dict[str, Any], is_needed: bool) -> Tiers | None:
        key = next((key for key in _RANKING if key in entry), None)
        if key is None and not is_needed:
            return None
        tiers: list[tuple[int, ...]] = []
        for place, tier in enumerate(self._list(path, entry, key or _RANKING[0])):
            numbers = tier if isinstance(tier, list) else [tier]
            odd = [number for number in numbers if not _is_whole(number)]
            if odd or not numbers:
                found = shown(odd[0]) if odd else "an empty list"
                expected = "the number of a state, or a list of numbers that tie"
                self.faults.add((*path, key or _RANKING[0], place), found, expected, "correct it")
            tiers.append(tuple(numbers))
        return tuple(tiers)

    def _payoffs(self, path: Path_, entry: dict[str, Any]) -> tuple[float, ...] | None:
        if "payoffs" not in entry:
            return None
        values = self._list(path, entry, "payoffs")
        for place, value in enumerate(values):
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.faults.add((*path, "payoffs", place), shown(value), "a number", "correct it")
        return tuple(values)

    # -- patterns --------------------------------------------------------------------------------------------------------

    def _conditions(self, path: Path_, entry: dict[str, Any], key: str) -> tuple[Condition, ...]:
        entries = enumerate(self._list(path, entry, key))
        return tuple(self._condition((*path, key, place), value) for place, value in entries)

    def _condition(self, path: Path_, value: Any) -> Condition:
        if isinstance(value, list):
            return Condition((self._pattern(path, value),))
        if not isinstance(value, dict):
            self.faults.add(path, shown(value), 'a list of [option, "Y" or "N"], or {"compound": true, "members": […]}', "correct it")
            return Condition(())
        self._note_unknown(path, value, _KNOWN_OF_CONDITION)
        members = enumerate(self._list(path, value, "members"))
        return Condition(tuple(self._pattern((*path, "members", place), member) for place, member in members))

    def _pattern(self, path: Path_, value: Any) -> Pattern:
        if not isinstance(value, list):
            self.faults.add(path, shown(value), 'a list of [option, "Y" or "N"]', "correct it")
            return ()
        found: dict[int, bool] = {}
        for place, pair in enumerate(value):
            where = (*path, place)
            if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
                self.faults.add(where, _pair_shown(pair), '[option, "Y"] or [option, "N"]', "correct it")
            elif self._is_index((*where, 0), pair[0], len(self.places), "option"):
                if self.places[pair[0]] in found:
                    self.faults.add(where, f"option {pair[0]} stands here again", "each option once", "remove one of the two")
                found[self.places[pair[0]]] = pair[1] == "Y"
        return tuple(found.items())

    # -- the rest --------------------------------------------------------------------------------------------------------

    def _coalitions(self, num_makers: int) -> tuple[tuple[int, ...], ...]:
        if "coalitions" not in self.data:
            return ()
        found: list[tuple[int, ...]] = []
        for place, value in enumerate(self._list((), self.data, "coalitions")):
            members = value if isinstance(value, list) else [value]
            known = [member for member in members if self._is_index(("coalitions", place), member, num_makers, "decision maker")]
            found.append(tuple(known))
        return tuple(members for members in found if len(members) > 1)

    def _word(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str):
            self.faults.add((key,), shown(value), "text", "put it in quotation marks")
            return ""
        return self._plain((key,), value)

    def _note_unknown(self, path: Path_, entry: dict[str, Any], known: Collection[str], twice: Sequence[str] = ()) -> None:
        """Note the keys that mean nothing here: those that GMCR+ does not know, and the older of two names where both stand there."""
        given = [key for key in twice if key in entry]
        older = {key for key in given[1:] if entry[key] != entry[given[0]]}
        self.unknown += [f"{dotted((*path, key[:60]))}: {_kept(entry[key])}" for key in entry if key not in known or key in older]

    # -- single values ---------------------------------------------------------------------------------------------------

    def _value(self, path: Path_, entry: dict[str, Any], key: str, expected: str) -> Any:
        """Return what stands at a key that has to be there; None, with a fault, where nothing does."""
        if entry.get(key) is None:
            found = "nothing" if key in entry else "this key is missing"
            self.faults.add((*path, key), found, expected, "open the model in GMCR+ and save it again")
        return entry.get(key)

    def _list(self, path: Path_, entry: dict[str, Any], key: str) -> list[Any]:
        value = self._value(path, entry, key, "a list")
        if isinstance(value, list):
            return value
        if value is not None:
            self.faults.add((*path, key), shown(value), "a list", "correct it")
        return []

    def _entries(self, path: Path_, entry: dict[str, Any], key: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
        for place, value in enumerate(self._list(path, entry, key)):
            if isinstance(value, dict):
                yield (*path, key, place), value
            else:
                self.faults.add((*path, key, place), shown(value), 'an object with keys such as "name"', "correct it")

    def _name(self, path: Path_, entry: dict[str, Any]) -> str:
        value = self._value(path, entry, "name", "text")
        if isinstance(value, str):
            return self._plain((*path, "name"), value)
        if value is not None:
            self.faults.add((*path, "name"), shown(value), "text", "put it in quotation marks")
        return ""

    def _plain(self, path: Path_, text: str) -> str:
        try:
            return plain_text(text)
        except ValueError as error:
            self.faults.add(path, *str(error).split("|"))
            return ""

    def _is_index(self, path: Path_, value: Any, number: int, kind: str) -> bool:
        if _is_whole(value) and 0 <= value < number:
            return True
        expected = f"the number of the {kind}, " + (f"0 to {number - 1}" if number else "and there is none")
        self.faults.add(path, shown(value), expected, "correct it")
        return False


def shown(value: Any) -> str:
    """Return `value` as a short phrase."""
    text = told.shown(value)
    return text if len(text) <= 200 else text[:199] + "…"


def _kept(value: Any) -> str:
    """Return what stands at an unknown key: a text as it is, up to a limit, anything else as a phrase."""
    return value[:MAX_KEPT] + "…" * (len(value) > MAX_KEPT) if isinstance(value, str) else shown(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _pair_shown(value: Any) -> str:
    is_pair = isinstance(value, list) and len(value) == 2
    return f"[{shown(value[0])}, {shown(value[1])}]" if is_pair else shown(value)


def _check_numbers(record: Gmcr, faults: _Faults) -> None:
    """Note where rankings do not name every feasible state once, and where there is no state at all."""
    needs = record.is_ranked or any(maker.statements is None for maker in record.makers)
    if not needs and record.has_nothing_taken:
        return  # numbers are not needed, and there is a state
    number = len(record.codes)
    if not number:
        faults.add(("infeasibles",), "together these leave no state", "at least one state", "remove one of them")
        return
    for place, maker in enumerate(record.makers):
        path: Path_ = ("decisionMakers", place)
        if maker.statements is None:
            if maker.payoffs is not None and len(maker.payoffs) != number:
                found = f"{len(maker.payoffs):,} payoffs and no preferences"
                faults.add((*path, "payoffs"), found, f"one for each of {number:,} states", "add the preferences")
        elif record.is_ranked:
            _check_ranking(path, maker.ranking or (), number, faults.add)


def _check_ranking(path: Path_, ranking: Tiers, number: int, add: Callable[..., None]) -> None:
    seen: set[int] = set()
    for place, tier in enumerate(ranking):
        for state in tier:
            where = (*path, _RANKING[0], place)
            if not 1 <= state <= number:
                add(where, f"state {state}", f"a state from 1 to {number:,}", "correct the ranking in GMCR+")
            elif state in seen:
                add(where, f"state {state} stands here again", "each state once", "remove one of the two")
            seen.add(state)
    missing = [str(state) for state in range(1, number + 1) if state not in seen]
    if missing:
        found = f"the ranking leaves out {', '.join(missing[:8])}" + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        add((*path, _RANKING[0]), found, f"all {number:,} states", "add them to the ranking in GMCR+")


def _with_payoffs_ranked(record: Gmcr) -> Gmcr:
    """Return the record with a ranking for every decision maker who has payoffs alone."""

    def ranked(maker: GmcrMaker) -> GmcrMaker:
        by_payoffs = maker.statements is None and maker.payoffs is not None
        return replace(maker, ranking=tiers_of(maker.payoffs or ())) if by_payoffs else maker

    return replace(record, makers=tuple(ranked(maker) for maker in record.makers))
