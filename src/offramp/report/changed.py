"""The smallest change in plain sentences: what would have to be judged otherwise, and on what that judgement rests now.

The telling is public: wishes about kin are withheld, names that may repeat
restricted words go by their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

from offramp.analysis.findings import Where
from offramp.case.standing import opposite
from offramp.report.alternatives import Alternatives, folded
from offramp.report.naming import open_words, path_label
from offramp.report.voice import Voice
from offramp.report.words import CONCEPT_NAMES, KIN, plain, visible

if TYPE_CHECKING:
    from offramp.analysis.change import Change, SmallestChanges
    from offramp.case.entries import Judgement
    from offramp.case.standing import Statement
    from offramp.case.yaml_reader import Path_
    from offramp.formula import Formula
    from offramp.model.build import Builder
    from offramp.sources.evidence import Evidence

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Answer:
    """One line of the answer: the sentence, and what each judgement in it rests on now."""

    words: str
    basis: str


@dataclass(frozen=True)
class Asked:
    """What was looked through: whose readings, which other judgements."""

    of: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()


class Changed:
    """Tells the smallest changes that attain a goal.

    Parameters
    ----------
    builder : Builder
        Of the case.
    evidence : Evidence
        The statements of the case; may be empty.
    found : SmallestChanges
        What to tell.
    asked : Asked
        What was looked through.

    Examples
    --------
    >>> import offramp
    >>> from offramp.analysis.change import smallest_changes
    >>> from offramp.analysis.goals import Goal
    >>> from offramp.case.labels import labels_of
    >>> from offramp.sources.evidence import Evidence
    >>> builder = offramp.Builder(offramp.read_case("prisoners-dilemma"))
    >>> goal = Goal("hold", labels_of(builder.case).formula("first.cooperate and second.cooperate"))
    >>> found = smallest_changes(builder, goal)
    >>> Changed(builder, Evidence({}, {}, {}), found).lead()
    'Nothing has to be judged otherwise: such an outcome holds as the case stands.'
    """

    def __init__(self, builder: Builder, evidence: Evidence, found: SmallestChanges, asked: Asked | None = None) -> None:
        self.builder, self.found, self.asked = builder, found, asked or Asked()
        self.voice = Voice(builder.file, evidence, True, standing=builder.standing)
        self.readings = dict(found.choice.readings)
        self.truth = builder.conditions(found.choice)
        self.judgements = dict(builder.case.judgements())
        self.statements = {dm: self._statements(dm) for dm in self.readings}
        self.place = {said.path: k for there in self.statements.values() for k, said in enumerate(there)}
        self.formulas = {said.path: said.formula for there in self.statements.values() for said in there}

    def _statements(self, dm: str) -> Sequence[Statement]:
        reading = self.builder.case.readings[dm][self.readings[dm]]
        return self.builder.statements(dm, self.readings[dm]) if reading.prefers is not None else []

    # -- what was asked, and how it went ----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return what was asked for."""
        return f"{self.voice.case.title}: {self._goal()}"

    def _goal(self) -> str:
        goal = self.found.goal
        where = f"where {self._said(goal.formula)}"
        if goal.kind == "hold":
            return f"what would make an outcome hold ({CONCEPT_NAMES[goal.concept].short}) {where}"
        if goal.kind == "close":
            return f"what would close every way out that leads to {where}"
        way = {"": "a way out", "lawful": "a lawful way out", "clear": "a lawful way out without known harm"}[goal.demand]
        by = f" of {self.voice.names(goal.by)}" if goal.by else ""
        return f"what would open {way}{by} that ends only {where}"

    def lead(self) -> str:
        """Return in one or two sentences how many changes it takes, and how many ways there are to choose them."""
        size, number = self.found.size, len(self.found.sets)
        if size is None and not self.found.most:
            return "It is not so as the case stands, and no change was looked for."
        if size is None:
            return f"No {self._most()} {self._does()}."
        if size == 0:
            return f"Nothing has to be judged otherwise: {_AS_IT_IS[self.found.goal.kind]}."
        takes = f"It takes {_number(size)} judgements otherwise, together; no fewer do it"
        takes, what = ("One judgement otherwise is enough", "change") if size == 1 else (takes, "set")
        if number == 1:
            return f"{takes}. There is only one such {what}."
        lines = len(self._groups)
        told = "" if lines == number else f", told in {'one sentence' if lines == 1 else f'{lines:,} sentences'}"
        return f"{takes}. There are {number:,} such {what}s{told}; any one of them does it."

    def _most(self) -> str:
        most = self.found.most
        return "change of a single judgement" if most == 1 else f"change of up to {_number(most)} judgements"

    def _does(self) -> str:
        return {"open": "opens such a way out", "hold": "makes such an outcome hold", "close": "closes all of them"}[self.found.goal.kind]

    def notes(self) -> Iterator[str]:
        """Yield what was looked through, where this holds, and what it does not say."""
        yield self._looked()
        yield from self._unsolved()
        several = {dm: (name,) for dm, name in self.readings.items() if len(self.builder.readings()[dm]) > 1}
        cell = plain(self.voice.where(Where(several, self.found.choice.sides))).removeprefix("only where ")
        if cell:
            yield f"Told where {cell}. --reading and --contested choose otherwise."
        yield _CAUTION[self.found.goal.kind, bool(self.found.goal.demand)]

    def _looked(self) -> str:
        whose = "everybody" if self.asked.of is None else self.voice.names(self.asked.of)
        told = [f"each wish of {whose} in the readings taken, dropped, turned round or ranked elsewhere"]
        told += ["each rule in force, dropped"] if "rules" in self.asked.also else []
        told += ["each condition, the other way round"] if "conditions" in self.asked.also else []
        lists = [dm for dm, there in self.statements.items() if not there and (self.asked.of is None or dm in self.asked.of)]
        left = f" {self.voice.names(lists)} {'has' if len(lists) == 1 else 'have'} no list of wishes there." if lists else ""
        many = "combination of rankings was" if self.found.num_tried == 1 else "different combinations of rankings were"
        return f"Looked through: {'; '.join(told)}. {self.found.num_tried:,} {many} solved.{left}"

    def _unsolved(self) -> Iterator[str]:
        """Yield which changes leave nothing that could be solved: whether they attain the goal is not known."""
        if self.found.unsolved:
            chosen, reason = next(iter(self.found.unsolved.items()))
            labels = " with ".join(f"{path_label(self.voice, change.path)} {change.kind}" for change in chosen)
            many = len(self.found.unsolved)
            sets = f"{many:,} sets of changes leave" if many > 1 else "One set of changes leaves"
            yield f"{sets} a case that cannot be solved{', such as' if many > 1 else ':'} {labels}: {open_words(self.voice, reason)}."

    # -- the answers ------------------------------------------------------------------------------------------------------

    def answers(self) -> list[Answer]:
        """Return the sets of changes as sentences, those first that touch no stated judgement; alike ones in one sentence."""
        return [Answer(self._sentence(group), self._basis(group)) for group in sorted(self._groups, key=self._is_stated)]

    @cached_property
    def _groups(self) -> list[Alternatives]:
        stated = {path for path, there in self.judgements.items() if there.graded == "stated"}
        return folded(self.found.sets, self.place, stated) if self.found.size else []

    def order(self) -> Iterator[str]:
        """Yield in which order the answers stand, where there are several."""
        stated = [self._is_stated(group) for group in self._groups]
        if stated and all(stated):
            yield "What is stated is harder to doubt than what is inferred or assumed; no answer does without it."
        elif any(stated):
            yield "First stand those that touch only what is inferred or assumed; what is stated is harder to doubt."
        elif stated:
            yield "Nothing in them is stated: what is inferred or assumed is easier to doubt."
        if sum(prod(len(there) for there in group.values()) for group in self._groups) < len(self.found.sets):
            yield "A wish put one place down and its neighbour put one place up are two changes that come to the same; told is one."

    def _is_stated(self, group: Alternatives) -> bool:
        return any(self.judgements[path].graded == "stated" for path in group)

    def _basis(self, group: Alternatives) -> str:
        return "; ".join(dict.fromkeys(self._rests(path, changes) for path, changes in group.items()))

    def _rests(self, path: Path_, changes: Sequence[Change]) -> str:
        unjudged = all(change.anchor[:5] == path[:5] for change in changes) if "any_order" in path else False
        return "order unjudged" if unjudged else self.judgements[path].graded

    def _sentence(self, group: Alternatives) -> str:
        return f"If {'; and if '.join(self._part(path, changes, group) for path, changes in group.items())}."

    def _part(self, path: Path_, changes: Sequence[Change], group: Alternatives) -> str:
        if path[0] == "rules":
            return f"the rule “{self.voice.title('rules', str(path[1]))}” did not hold"
        if path[0] == "conditions":
            other = "not true" if self.truth[str(path[1])] else "true"
            return f"“{self.voice.title('conditions', str(path[1]))}” were taken as {other}"
        is_alone = sum(other[:3] == path[:3] for other in group) == 1
        kinds = dict.fromkeys(change.kind for change in changes)
        same = [[change for change in changes if change.kind == kind] for kind in kinds]
        told = [self._change(there, k == 0, is_alone) for k, there in enumerate(same)]
        return f"{self._who(str(path[1]))} {', '.join([*told[:-1], 'or ' * (len(told) > 1) + told[-1]])}"

    def _who(self, dm: str) -> str:
        several = len(self.builder.readings()[dm]) > 1
        return self.voice.maker(dm) + (f" ({self.voice.reading(dm, self.readings[dm])})" if several else "")

    def _change(self, same: Sequence[Change], is_first: bool, is_alone: bool) -> str:
        """Return changes of one kind of one wish; any of them will do."""
        kind, wish = same[0].kind, self._quoted(same[0].path) if is_first else "it"
        if kind == "drop":
            return f"did not mind about {wish}"
        if kind == "negate":
            return self._turned(same[0].path) if is_first else "wanted the opposite"
        if len(same) == 1 and is_first and is_alone:
            return self._swapped(same[0], wish)
        among = "; ".join(self._quoted(change.anchor) for change in same)
        return f"ranked {wish} right {'above' if kind == 'raise' else 'below'} {'one of these: ' * (len(same) > 1)}{among}"

    def _turned(self, path: Path_) -> str:
        """Return a wish turned round; where that is the shorter way, by what would be wanted instead."""
        formula = self.formulas[path]
        is_short = formula.kind in ("not", "name") and not self._name(path) and not self._is_withheld(path)
        if is_short:
            other = opposite(formula)
            return f"wanted “{self.voice.says(other)}”{self._bracket(other)} rather than its opposite"
        return f"wanted the opposite of {self._quoted(path)}"

    def _swapped(self, change: Change, wish: str) -> str:
        """Return a move by what then stands above what; the wishes passed on the way are counted."""
        other = self._quoted(change.anchor)
        between = abs(self.place[change.path] - self.place[change.anchor]) - 1
        passed = f" and the {'one' if between == 1 else between} between" if between else ""
        return f"ranked {wish} above {other}{passed}" if change.kind == "raise" else f"ranked {other}{passed} above {wish}"

    # -- wishes -----------------------------------------------------------------------------------------------------------

    def _quoted(self, path: Path_) -> str:
        if self._is_withheld(path):
            return f"wish {self.place[path] + 1} of {len(self.statements[str(path[1])])} (withheld in public: {KIN})"
        name, formula = self._name(path), self.formulas[path]
        return f"“{name or self.voice.says(formula)}”{self._bracket(formula)}"

    def _is_withheld(self, path: Path_) -> bool:
        return self.voice.is_kin(path, self.judgements[path])

    def _name(self, path: Path_) -> str:
        entry: Judgement = self.judgements[path]
        return "" if self.voice.is_reserved(entry) else visible(entry.name)

    def _said(self, formula: Formula) -> str:
        return f"{self.voice.says(formula)}{self._bracket(formula)}"

    def _bracket(self, formula: Formula) -> str:
        """Return a formula in short ids, in brackets; nothing where it names what is withheld."""
        return bracketed(formula, self.short, self.voice.secret)

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The shortest label of every option."""
        from offramp.case.labels import short_labels

        return short_labels(self.voice.case)


def bracketed(formula: Formula, short: Mapping[str, str], secret: frozenset[str]) -> str:
    """Return a formula in brackets, its options by their shortest labels; nothing where it names something secret."""
    from offramp.formula import rename

    said = str(rename(formula, {label: short.get(label, label) for label in formula.atoms}))
    return "" if not secret.isdisjoint(re.findall(r"\w+", said)) else f" [{visible(said)}]"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


_AS_IT_IS = {
    "open": "such a way out is open as the case stands",
    "hold": "such an outcome holds as the case stands",
    "close": "no way out leads there as the case stands",
}

_PLAIN_CAUTION = "A way out that would open is not thereby lawful, nor without harm: --lawful or --clear asks for that."
_CAUTION = {
    ("open", False): _PLAIN_CAUTION,
    ("open", True): "What is asked for is that such a way out exists; others may exist beside it.",
    ("hold", False): "That an outcome holds says only that nobody would leave it; it may be unlawful or do harm.",
    ("close", False): "That no way out leads there does not say that it cannot come about in another way.",
}
