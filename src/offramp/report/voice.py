"""How the labels of one case are said to one audience: who, what is done, where it holds.

What a *public* telling may not say is decided here and nowhere else. Restricted
statements are withheld. An entry is *about kin* when it concerns a restricted
person, rests on restricted statements only, or names an option or condition
that is (a claim may name it among all options); all that is said of it is the
fixed sentence `words.KIN`. An option is about kin, too, when it does harm to
restricted people and to nobody else. An entry that rests on a restricted
statement among others is *reserved*: its name, id, note, quotation and citation
may repeat those words, so it goes by its place ("condition 2"), and the model's
own words, the formula, are all that is told of it; people keep their pseudonym.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from offramp.case.entries import Judgement
from offramp.case.perception import NESTED
from offramp.case.schema import reading_judgements
from offramp.case.standing import Standing
from offramp.formula import Formula, atoms
from offramp.report.phrases import Phrasing
from offramp.report.words import (
    KIN,
    NOTHING_DONE,
    SECTIONS,
    Part,
    Text,
    listed,
    negated,
    plain,
    pseudonym,
    sentence_case,
    spaced,
    text,
    titled,
    unnamed,
    visible,
)

if TYPE_CHECKING:
    from offramp.analysis.findings import Where
    from offramp.case.load import CaseFile
    from offramp.case.yaml_reader import Path_
    from offramp.sources.evidence import Evidence


class Voice:
    """Says what the labels of a case mean.

    Parameters
    ----------
    file : CaseFile
        The case.
    evidence : Evidence
        Its statements.
    is_public : bool
        Whether restricted things are withheld.
    now : str
        Code or name of the status quo.
    standing : Standing, optional
        What of the case stands; by default what is in force at its own date.
    """

    def __init__(self, file: CaseFile, evidence: Evidence, is_public: bool, now: str = "", standing: Standing | None = None) -> None:
        self.file = file
        self.standing = standing or Standing(file)
        self.case = file.case
        self.is_public = is_public
        self.now = now
        self.makers = {dm: visible(maker.name) or titled(dm) for dm, maker in self.case.decision_makers.items()}
        self.withheld = frozenset(name for name, said in evidence.statements.items() if said.restricted and is_public)
        self.hidden = frozenset(self._hidden()) if is_public else frozenset()
        self._phrases = {label: self._phrase(label) for label in self.case.options}
        self._labels = list(self.case.options)

    # -- what may not be said --------------------------------------------------------------------------------------------

    def _hidden(self) -> Iterable[str]:
        """Return the options and conditions that are about kin."""
        entries = self._entries
        yield from (name for name, entry in entries.items() if self._all_withheld(entry))
        restricted, others = set[str](), set[str]()
        for place, harm in enumerate(self.case.harms):
            there = restricted if self.is_restricted(harm.to) else others
            there |= atoms(self.file.formula("harms", place, "that"))
        for name, person in self.case.people.items():
            if person.wish is not None and not self.is_restricted(name):
                others |= atoms(self.file.formula("people", name, "wish"))
        yield from sorted((restricted - others) & self.case.options.keys())

    @property
    def _entries(self) -> dict[str, Judgement]:
        """The options and conditions by the label that formulas have for them."""
        return {**self.case.options, **self.case.conditions}

    def is_restricted(self, name: str) -> bool:
        """Return whether a person is marked as restricted or known from restricted statements alone."""
        person = self.case.people[name]
        return person.restricted or self._all_withheld(person)

    def is_reserved(self, judgement: Judgement) -> bool:
        """Return whether words of a judgement may come from a restricted statement."""
        return not self.withheld.isdisjoint(judgement.because)

    def account_is_reserved(self, dm: str, name: str) -> bool:
        """Return whether all that a reading says is reserved or about kin, so that its name may be too."""
        reading = self.case.readings[dm][name]
        wishes = self._wishes_reserved(dm, name)
        return self.is_reserved(reading) or (bool(wishes) and all(wishes))

    def account_note_is_reserved(self, dm: str, name: str) -> bool:
        """Return whether anything that a reading says is reserved or about kin, so that its note may be too."""
        return self.is_reserved(self.case.readings[dm][name]) or any(self._wishes_reserved(dm, name))

    def _wishes_reserved(self, dm: str, name: str) -> list[bool]:
        path = ("readings", dm, name)
        return [
            self.is_reserved(entry) or self.is_kin(place, entry) for place, entry in reading_judgements(path, self.case.readings[dm][name])
        ]

    @cached_property
    def secret(self) -> frozenset[str]:
        """The ids of options and conditions that no formula shown may hold."""
        reserved = [label for label, entry in self._entries.items() if self.is_reserved(entry)]
        return frozenset(label.split(".")[-1] for label in [*self.hidden, *reserved])

    def is_personal(self, path: Path_) -> bool:
        """Return whether a note at `path` may tell of a protected person; those of claims, norms, rules and the like tell of the model."""
        if not self.is_public or path[0] in ("claims", "norms", "rules", "disallowed", "coalesce"):
            return False
        return path[0] in ("people", "harms") or not self._named(path).isdisjoint(self._touched)

    @cached_property
    def _touched(self) -> frozenset[str]:
        """The options and conditions that a wish of protected people, or a harm to them, names."""
        people = {name for name, person in self.case.people.items() if person.protected or person.restricted}
        wishes = [self.file.formula("people", name, "wish") for name in people if self.case.people[name].wish is not None]
        harms = [self.file.formula("harms", place, "that") for place, harm in enumerate(self.case.harms) if harm.to in people]
        return frozenset().union(*map(atoms, [*wishes, *harms]))

    def _all_withheld(self, judgement: Judgement) -> bool:
        return bool(judgement.because) and self.withheld.issuperset(judgement.because)

    def is_kin(self, path: Path_, judgement: Judgement) -> bool:
        """Return whether the judgement at `path` is about kin, so that its words are withheld."""
        if not self.is_public:
            return False
        if self._all_withheld(judgement) or path[-1] in self._restricted_places(path[0]):
            return True
        named = self._named(path)
        is_of_all = path[0] == "claims" and named.issuperset(self._labels)
        return not named.isdisjoint(self.hidden) and not is_of_all

    def _restricted_places(self, section: str | int) -> Sequence[str | int]:
        """Return the people who are restricted, or the places of the harms to them."""
        if section == "people":
            return [name for name in self.case.people if self.is_restricted(name)]
        if section == "harms":
            return [place for place, harm in enumerate(self.case.harms) if self.is_restricted(harm.to)]
        return ()

    @cached_property
    def _kin(self) -> dict[Path_, int]:
        """The judgements that are about kin, numbered."""
        found = [path for path, entry in self.case.judgements() if self.is_kin(path, entry)]
        return {path: number for number, path in enumerate(found, 1)}

    def label(self, *path: str | int) -> str:
        """Return the label of a judgement for keys and anchors; it does not give away what is about kin or reserved."""
        if path in self._kin:
            return f"kin.{self._kin[path]}"
        if path[0] == "readings":
            path = (*path[:2], self.account(str(path[1]), str(path[2])), *path[3:])
        elif path[0] in SECTIONS or path[0] in ("decision_makers", *NESTED):
            path = (*path[:-1], self._place(path))
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)

    def _place(self, path: Path_) -> str | int:
        """Return the id at the end of `path`, or its place in the file, from 0, where the entry is reserved."""
        siblings: Mapping[str, Judgement] = (
            self.case.decision_makers[str(path[1])].options if path[0] == "decision_makers" else getattr(self.case, str(path[0]))
        )
        if path[0] in NESTED:
            siblings = getattr(self.case, str(path[0]))[path[1]]
        name = str(path[-1])
        return list(siblings).index(name) if self.is_reserved(siblings[name]) else name

    def account(self, dm: str, name: str) -> str | int:
        """Return the id of a reading, or its place in the file, from 0, where it is reserved."""
        return list(self.case.readings[dm]).index(name) if self.account_is_reserved(dm, name) else name

    def _named(self, path: Path_) -> frozenset[str]:
        """Return the options and conditions that the judgement at `path` names."""
        if path[0] == "decision_makers":
            return frozenset([f"{path[1]}.{path[3]}"])
        pattern = self.case.rules[str(path[1])].exclude if path[0] == "rules" else None
        if path[0] == "misperceptions":
            pattern = self.case.misperceptions[str(path[1])][str(path[2])].pattern
        if pattern is not None:
            return frozenset(label for label, letter in zip(self._labels, pattern, strict=True) if letter != "-")
        return frozenset([str(path[-1])]).union(*self._atoms.get(path, ()))

    @cached_property
    def _atoms(self) -> dict[Path_, list[frozenset[str]]]:
        """The options and conditions that formulas name, by the path of their judgement."""
        found: dict[Path_, list[frozenset[str]]] = {}
        for path, formula in self.file.formulas.items():
            found.setdefault(path[:-1] if path[0] in ("readings", "misperceptions") else path[:2], []).append(atoms(formula))
        return found

    # -- who and what ----------------------------------------------------------------------------------------------------

    def maker(self, dm: str) -> str:
        """Return the name of a decision maker."""
        return self.makers[dm]

    def together(self, coalition: Sequence[str]) -> Text:
        """Return a coalition by name: "Ukraine and Russia together"."""
        return text("{} {}", listed([self.maker(dm) for dm in coalition]), "alone" if len(coalition) == 1 else "together")

    def person(self, name: str) -> str:
        """Return what a person is called: a pseudonym, unless they are neither protected nor restricted."""
        person = self.case.people[name]
        if self.is_silent(name):
            return "kin"
        is_named = not (person.protected or person.restricted or self.is_reserved(person))
        return (visible(person.name) if is_named else "") or pseudonym(name)

    def people(self, names: Iterable[str]) -> str:
        """Return several people as a list, each name once."""
        return plain(listed(list(dict.fromkeys(map(self.person, names)))))

    def norm(self, name: str) -> str:
        """Return the name of a norm."""
        return self.title("norms", name)

    def cite(self, name: str) -> str:
        """Return where a norm stands; nothing where its words are withheld."""
        norm = self.case.norms[name]
        return "" if self.is_kin(("norms", name), norm) or self.is_reserved(norm) else visible(norm.cite)

    def harm(self, place: int) -> str:
        """Return what a harm is called."""
        return self.harm_name(place) or self.says(self.file.formula("harms", place, "that"))

    def harm_name(self, place: int) -> str:
        """Return the name that the file gives to a harm, where it may be said."""
        harm = self.case.harms[place]
        return "" if self.is_reserved(harm) else visible(harm.name)

    def harm_is_kin(self, place: int) -> bool:
        """Return whether a harm is told by the fixed sentence only."""
        return self.is_kin(("harms", place), self.case.harms[place])

    @property
    def has_norms(self) -> bool:
        """Whether the case knows a norm that can be breached."""
        return any(norm.permits is None for norm in self.standing.norms.values())

    @property
    def has_harms(self) -> bool:
        """Whether the case names a harm."""
        return bool(self.standing.harms)

    @property
    def has_wishes(self) -> bool:
        """Whether the case knows a wish that may be told."""
        return not all(map(self.is_silent, self.standing.wishes))

    def is_silent(self, name: str) -> bool:
        """Return whether nothing may be told of a person but the fixed sentence."""
        return self.is_public and self.is_restricted(name)

    def names(self, makers: Iterable[str]) -> str:
        """Return several decision makers as a list."""
        return plain(listed([self.maker(dm) for dm in makers]))

    def title(self, section: str, name: str) -> str:
        """Return what a rule, condition, norm or claim is called."""
        entry: Judgement = getattr(self.case, section)[name]
        if self.is_kin((section, name), entry):
            return KIN
        place = self._place((section, name))
        if isinstance(place, int):
            return unnamed(SECTIONS[section], place)
        return visible(entry.name) or sentence_case(spaced(name))

    def reading(self, dm: str, name: str) -> str:
        """Return what a reading is called."""
        place = self.account(dm, name)
        if isinstance(place, int):
            return unnamed("account", place)
        return visible(self.case.readings[dm][name].name) or sentence_case(spaced(name))

    # -- what is done ----------------------------------------------------------------------------------------------------

    def _phrase(self, label: str) -> str:
        dm, id_ = label.split(".")
        place = self._place(("decision_makers", dm, "options", id_))
        if isinstance(place, int):
            return f"takes {unnamed('option', place)}"
        name = visible(self.case.options[label].name)
        if not name or name[0].isupper():
            return f"takes the option “{name or spaced(id_)}”"
        return name

    def does(self, label: str) -> str:
        """Return that an option is taken, as a sentence without its full stop."""
        if label in self.hidden:
            return KIN
        return f"{self.maker(label.split('.')[0])} {self._phrases[label]}"

    def does_not(self, label: str) -> str:
        """Return that an option is not taken."""
        shorter = "" if label in self.hidden else negated(self._phrases[label])
        return f"{self.maker(label.split('.')[0])} {shorter}" if shorter else f"not: {self.does(label)}"

    def acts(self, dm: str, sets: Mapping[str, bool]) -> str:
        """Return a move: what `dm` does, and what it no longer does."""
        told = [
            self._phrases[label] if on else f"no longer {self._phrases[label]}" for label, on in sets.items() if label not in self.hidden
        ]
        own = [f"{self.maker(dm)} {plain(listed(told))}"] if told else []
        kin = [KIN if on else f"no longer: {KIN}" for label, on in sets.items() if label in self.hidden]
        return "; ".join([*own, *kin])

    def taken(self, labels: Iterable[str]) -> str:
        """Return what options say when they are taken, one clause a decision maker."""
        by_dm: dict[str, dict[str, bool]] = {}
        for label in labels:
            by_dm.setdefault(label.split(".")[0], {})[label] = True
        return "; ".join(self.acts(dm, sets) for dm, sets in by_dm.items())

    def done(self, code: str) -> str:
        """Return what has been done in a state; for a graph, which state it is."""
        if self.case.is_graph:
            return f"the state “{visible(code)}”"
        return "; ".join(part for part in (self.taken(self.on(code)), self.either(code)) if part) or NOTHING_DONE

    def either(self, code: str) -> str:
        """Return what may or may not be done in states that count as one; nothing for a state that counts alone."""
        there = [] if self.case.is_graph else [label for label, letter in zip(self._labels, code, strict=False) if letter == "-"]
        return f"one state, whether or not this is done: {self.taken(there)}" if there else ""

    def on(self, code: str) -> list[str]:
        """Return the options that are taken in a state."""
        return [label for label, letter in zip(self._labels, code, strict=False) if letter == "Y"] if not self.case.is_graph else []

    # -- where it holds --------------------------------------------------------------------------------------------------

    def where(self, where: Where) -> Text:
        """Return what a finding is confined to: "only where …"; nothing where it is not."""
        parts: list[Part | Text] = [self._read(dm, names) for dm, names in where.readings.items()]
        parts += [self._side(name, side) for name, side in where.contested.items()]
        return text("only where {}", listed(parts)) if parts else ()

    def _read(self, dm: str, used: tuple[str, ...]) -> str:
        left_out = [name for name in self.standing.readings[dm] if name not in used]
        if len(left_out) < len(used):
            return f"{self.maker(dm)} is not read as {self._quoted(dm, left_out)}"
        return f"{self.maker(dm)} is read as {self._quoted(dm, used)}"

    def _quoted(self, dm: str, names: Sequence[str]) -> str:
        return plain(listed([f"“{self.reading(dm, name)}”" for name in names], "or"))

    def _side(self, name: str, side: bool) -> str:
        if name in self.case.rules:
            return f"the rule “{self.title('rules', name)}” {'holds' if side else 'does not hold'}"
        if name in self.case.conditions:
            return f"“{self.title('conditions', name)}” is taken as {'true' if side else 'not true'}"
        return f"the norm “{self.norm(name)}” is {'' if side else 'not '}in force"

    # -- formulas --------------------------------------------------------------------------------------------------------

    def says(self, formula: Formula) -> str:
        """Return a formula in words."""
        return Phrasing(self).says(formula)

    def phrase(self, label: str) -> str | None:
        """Return what an option is, without who takes it; None for what is no option."""
        return self._phrases.get(label)

    def is_nothing(self, labels: Iterable[str]) -> bool:
        """Return whether these are all options, so that none of them is nothing done."""
        return set(labels) == self._phrases.keys()

    def excluded(self, pattern: str) -> str:
        """Return what a pattern rules out, in words."""
        pairs = [(label, letter) for label, letter in zip(self._labels, pattern, strict=True) if letter != "-"]
        told = [self.does(label) if letter == "Y" else self.does_not(label) for label, letter in pairs]
        return f"not all at once: {'; '.join(told)}" if len(told) > 1 else f"never: {''.join(told)}"
