"""The judgements of a case in words: what, on what basis, because of which statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from offramp.case.entries import Judgement
from offramp.case.pairs import chain
from offramp.case.perception import NESTED
from offramp.case.schema import Coalesced, Disallowed, Norm, Reading, dated_judgements
from offramp.case.yaml_reader import Path_
from offramp.report.naming import judgement_name, transition_label
from offramp.report.perceived import perceived
from offramp.report.quoted import Words
from offramp.report.told import Group, Judged
from offramp.report.voice import Voice
from offramp.report.words import KIN, Link, Mark, Text, dated, joined, listed, plain, sentence, sentence_case, text, visible

MAX_TIERS = 6
"""Number of tiers of a ranking, or of lines of pairs, that are told."""

THAN = {0: " – as good as: ", 1: " – rather than: ", 2: " – greatly rather than: "}
"""How what stands before a sign in a line of pairs is told to compare with what stands after it."""


class Judgements:
    """Tells the judgements of a case.

    Parameters
    ----------
    voice : Voice
        How labels are said.
    words : Words
        The statements.
    """

    def __init__(self, voice: Voice, words: Words) -> None:
        self.voice = voice
        self.words = words
        self.case = voice.case

    def groups(self) -> tuple[Group, ...]:
        """Return all judgements, in file order."""
        found = [self._options(), self._rules(), *self._shapes(), *self._readings(), *map(self._perceived, NESTED)]
        found += [*map(self._named, ("conditions", "norms", "people")), self._harms(), self._named("claims"), self._out_of_force()]
        return tuple(group for group in found if group.items or group.id == "j-readings" or group.level == 4)

    def told(self, path: Path_, entry: Judgement, words: Text, formula: str = "") -> Judged:
        """Return one judgement; of what is about kin, the fixed sentence alone."""
        is_kin = self.voice.is_kin(path, entry)
        is_bare = is_kin or self.voice.is_reserved(entry) or self.voice.is_personal(path)
        return Judged(
            id=f"j.{self.voice.label(*path)}",
            words=(sentence_case(KIN) + ".",) if is_kin else words,
            formula="" if is_kin or self._says_hidden(formula) else formula,
            basis=entry.graded,
            is_contested=bool(getattr(entry, "contested", False)),
            refs=self.words.refs(entry.because, f"judgement.{self.voice.label(*path)}", is_kin),
            note="" if is_bare else joined_note(entry),
        )

    def in_force(self, entry: Judgement) -> bool:
        """Return whether a judgement is in force at the date that is told."""
        return self.voice.standing.in_force(entry)

    def _out_of_force(self) -> Group:
        """Return what counts at other dates only, in short: neither counted nor with the words behind it."""
        items = []
        for path, entry in dated_judgements(self.case).items():
            if not self.in_force(entry):
                told = self.told(path, entry, (sentence(f"{judgement_name(self.voice, path)}{self._instead(path)}"),))
                is_bare = not told.note or (path[0] == "readings" and self.voice.account_note_is_reserved(str(path[1]), str(path[2])))
                items.append(replace(told, refs=(), is_contested=False, note="" if is_bare else _dates(entry)))
        return Group("j-not-in-force", "What counts at other dates", 3, _NOT_IN_FORCE, False, tuple(items))

    def _instead(self, path: Path_) -> str:
        """Return how an option or a condition counts while it is not in force."""
        if path[0] == "decision_makers":
            return ": it stays as it is now"
        if path[0] == "conditions":
            return f": it counts as {'true' if self.voice.standing.judged(str(path[1])) else 'not true'}"
        return ""

    def _says_hidden(self, formula: str) -> bool:
        return not self.voice.secret.isdisjoint(re.findall(r"\w+", formula))

    def _options(self) -> Group:
        items = [
            self.told(
                ("decision_makers", dm, "options", name),
                option,
                text("{}.{}", self.voice.does(f"{dm}.{name}"), _ONE_WAY[option.allowed]),
            )
            for dm, maker in self.case.decision_makers.items()
            for name, option in maker.options.items()
            if self.in_force(option)
        ]
        return Group("j-options", "What each of them can do", 3, "", False, tuple(items))

    def _rules(self) -> Group:
        items = [
            self.told(("rules", name), rule, self._rule(name), rule.require or rule.exclude or "")
            for name, rule in self.case.rules.items()
            if self.in_force(rule)
        ]
        return Group("j-rules", "What cannot go together", 3, "", False, tuple(items))

    def _rule(self, name: str) -> Text:
        rule = self.case.rules[name]
        means = self.voice.excluded(rule.exclude) if rule.exclude else self.voice.says(self.voice.file.formula("rules", name, "require"))
        return text("{}: {}.", self.voice.title("rules", name), means)

    def _shapes(self) -> Iterator[Group]:
        """Yield the disallowed transitions and the states that count as one."""
        barred = tuple(
            self.told(("disallowed", name), entry, self._barred(name, entry), transition_label(entry))
            for name, entry in self.case.disallowed.items()
            if self.in_force(entry)
        )
        one = tuple(
            self.told(("coalesce", name), entry, self._one(name, entry), entry.that or entry.pattern or "")
            for name, entry in self.case.coalesce.items()
            if self.in_force(entry)
        )
        yield Group("j-disallowed", "What cannot be done in one move", 3, "", False, barred)
        yield Group("j-coalesce", "Which states count as one", 3, "", False, one)

    def _barred(self, name: str, entry: Disallowed) -> Text:
        start, end = (self.voice.says(self.voice.file.formula("disallowed", name, key)) for key in ("from", "to"))
        who = "no move leads" if entry.by is None else f"no move of {plain(listed([self.voice.maker(dm) for dm in entry.by], 'or'))} leads"
        return text("{}: {} from where this holds: {}; to where this does: {}.", self.voice.title("disallowed", name), who, start, end)

    def _one(self, name: str, entry: Coalesced) -> Text:
        key = "that" if entry.that is not None else "pattern"
        said = self.voice.says(self.voice.file.formula("coalesce", name, key))
        return text("{}: all states where this holds count as one: {}.", self.voice.title("coalesce", name), said)

    def _readings(self) -> Iterator[Group]:
        intro = "Rival accounts of each; within an account the most important wish comes first. The first account is the default."
        yield Group("j-readings", "What each of them wants", 3, intro, False, ())
        for dm, names in self.voice.standing.readings.items():
            for name in names:
                readings, reading = self.case.readings[dm], self.case.readings[dm][name]
                title = f"{self.voice.maker(dm)}: {self.voice.reading(dm, name)}"
                items = tuple(self._wishes(("readings", dm, name), reading))
                note = ("" if self.voice.account_note_is_reserved(dm, name) else _note(reading.note)) or (
                    "" if items else "Every outcome is alike to them."
                )
                label = self.voice.label("readings", dm, name)
                if label.startswith("kin."):  # a reading that is one judgement
                    label = f"readings.{dm}.{list(readings).index(name) + 1}"
                yield Group(f"j.account.{label.removeprefix('readings.')}", title, 4, note, reading.prefers is not None, items)

    def _wishes(self, path: Path_, reading: Reading) -> Iterator[Judged]:
        if reading.prefers is None:
            tell = self._ranking if reading.ranking is not None else self._pairs if reading.pairs is not None else self._weights
            yield self.told(path, reading, (tell(reading),))
        for place, wish in [(place, wish) for place, wish in reading.statements() if self.in_force(wish)]:
            said = self.voice.says(self.voice.file.formula(*path, *place, "that"))
            words = (
                text("{}: {}.", sentence_case(visible(wish.name)), said)
                if wish.name and not self.voice.is_reserved(wish)
                else (sentence(said),)
            )
            yield self.told((*path, *place), wish, words, wish.that)

    def _ranking(self, reading: Reading) -> str:
        tiers = [[tier] if isinstance(tier, str) else tier for tier in reading.ranking or ()]
        told = [" or as good: ".join(self.voice.done(label) for label in tier) for tier in tiers[:MAX_TIERS]]
        left = len(tiers) - len(told)
        more = f" Then {left:,} more." if left else ""
        return f"Outcomes in order, the best first: {' — then '.join(told)}.{more}" if told else "No outcome is listed."

    def _pairs(self, reading: Reading) -> str:
        lines = reading.pairs or ()
        told = "; ".join(self._line(line) for line in lines[:MAX_TIERS])
        left = len(lines) - MAX_TIERS
        more = f" Then {left:,} more." if left > 0 else ""
        rest = " How other outcomes compare is unknown." if reading.unlisted == "unknown" else ""
        return f"Outcomes compared, the better one first: {told}.{more}{rest}" if told else f"No outcomes are compared.{rest}"

    def _line(self, line: str) -> str:
        states, signs = chain(line)
        others = [f"{THAN[sign]}{self.voice.done(state)}" for sign, state in zip(signs, states[1:], strict=True)]
        return "".join([self.voice.done(states[0]), *others])

    def _weights(self, reading: Reading) -> str:
        from offramp.case.labels import labels_of

        labels = labels_of(self.case)
        told = [f"{self.voice.does(labels.resolve(option))} ({weight:+,})" for option, weight in (reading.weights or {}).items()]
        return f"By the sum of weights: {'; '.join(told)}."

    def _perceived(self, section: str) -> Group:
        """Return the misperceptions, or the beliefs."""
        by_maker: dict[str, dict[str, Judgement]] = getattr(self.case, section)
        entries = [((section, dm, name), entry) for dm, there in by_maker.items() for name, entry in there.items()]
        items = [
            self.told(
                path, entry, (sentence(perceived(self.voice, path)),), getattr(entry, "that", None) or getattr(entry, "pattern", None) or ""
            )
            for path, entry in entries
            if self.in_force(entry)
        ]
        return Group(f"j-{section}", *_TITLES[section], False, tuple(items))

    def _named(self, section: str) -> Group:
        entries: dict[str, Judgement] = getattr(self.case, section)
        said = {"conditions": self._condition, "norms": self._norm, "people": self._person, "claims": self._claim}[section]
        there = {name: entry for name, entry in entries.items() if self.in_force(entry)}
        items = [self.told((section, name), entry, said(name), self._formula(section, entry)) for name, entry in there.items()]
        return Group(f"j-{section}", *_TITLES[section], False, tuple(items))

    def _formula(self, section: str, entry: Judgement) -> str:
        if isinstance(entry, Norm):
            kinds = [
                f"{kind}: {there}" for kind in ("forbids", "requires", "permits", "when") if (there := getattr(entry, kind)) is not None
            ]
            return "; ".join(kinds)
        return getattr(entry, "wish", None) or ""

    def _condition(self, name: str) -> Text:
        condition = self.case.conditions[name]
        return text("“{}” is taken as {}.", self.voice.title("conditions", name), "true" if condition.holds else "not true")

    def _norm(self, name: str) -> Text:
        norm = self.case.norms[name]
        kind, verb = next((kind, verb) for kind, verb in _NORM_VERBS.items() if getattr(norm, kind) is not None)
        said = self.voice.says(self.voice.file.formula("norms", name, kind))
        when = f", when {self.voice.says(self.voice.file.formula('norms', name, 'when'))}" if norm.when is not None else ""
        cite = f" ({there})" if (there := self.voice.cite(name)) else ""
        words = text("{}{}. {} {} this{}: {}.", self.voice.norm(name), cite, self.voice.names(norm.binds), verb, when, said)
        return joined([words, Mark("ABSOLUTE", "absolute")]) if norm.absolute else words

    def _person(self, name: str) -> Text:
        person = self.case.people[name]
        says = (
            f" wishes: {self.voice.says(self.voice.file.formula('people', name, 'wish'))}"
            if person.wish is not None
            else ": no wish is known"
        )
        kept = "; identity protected" if person.protected else ""
        return (f"{sentence_case(self.voice.person(name))}{says}{kept}.",)

    def _claim(self, name: str) -> Text:
        claim = self.case.claims[name]
        said = "" if self.voice.is_reserved(claim) else visible(claim.said)
        return text(
            "{}.{}",
            Link(self.voice.title("claims", name), f"claim.{self.voice.label('claims', name)}"),
            f" As it was said: {said}" if said else "",
        )

    def _harms(self) -> Group:
        items = []
        for place, harm in self.voice.standing.harms.items():
            that = self.voice.says(self.voice.file.formula("harms", place, "that"))
            named = f"{name}, when " if (name := self.voice.harm_name(place)) else "when "
            by = f", by {self.voice.names(harm.by)}" if harm.by else ""
            words = text("{}: {}{} ({}{}).", sentence_case(self.voice.person(harm.to)), named, that, harm.grade, by)
            items.append(self.told(("harms", place), harm, words, harm.that))
        return Group("j-harms", "What would harm them", 3, "", False, tuple(items))


_TITLES: dict[str, tuple[str, int, str]] = {
    "misperceptions": (
        "What they do not see",
        3,
        "Nobody makes a move to or from an outcome that they do not see; the others keep theirs.",
    ),
    "beliefs": ("What they believe of each other", 3, "Nothing here counted: a brief tells what happens when everybody knows."),
    "conditions": ("What is taken as given", 3, ""),
    "norms": ("What the law and promises say", 3, ""),
    "people": ("The people, and what they wish", 3, ""),
    "claims": ("The claims", 3, "The basis says how close the test comes to what was said, and nothing of whether it is true."),
}
_NOT_IN_FORCE = "Not in force at the date of this brief: nothing here was counted."
_ONE_WAY = {"both": "", "forward": " Cannot be undone.", "backward": " Once ended, it cannot be begun again."}
_NORM_VERBS = {"forbids": "must not bring about", "requires": "must see to", "permits": "may choose"}


def joined_note(entry: Judgement) -> str:
    """Return the note of a judgement with its dates, as sentences."""
    return " ".join(part for part in (_dates(entry), _note(entry.note)) if part)


def _dates(entry: Judgement) -> str:
    dates = [f"{word} {dated(date)}" for word, date in (("since", entry.since), ("until", entry.until)) if date]
    return sentence(" ".join(dates)) if dates else ""


def _note(note: str) -> str:
    return sentence(visible(note)) if note else ""
