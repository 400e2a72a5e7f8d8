"""What `flips` and `observed` say in short: judgements by what they say, shares, assumptions on foresight."""

from __future__ import annotations

import re

from offramp.analysis.flips import Flip
from offramp.analysis.headlines import kind, level
from offramp.analysis.otherwise import judgement_at
from offramp.case.schema import Case
from offramp.case.yaml_reader import Path_
from offramp.model.build import Builder
from offramp.report.naming import transition_label
from offramp.report.voice import Voice
from offramp.report.words import KIN, WITHHELD, visible
from offramp.sources.evidence import Evidence, read_evidence

ASSUMES = {
    "one-move": "nobody sees further than one own move",
    "replies": "everybody foresees the replies that the others would want to make",
    "caution": "everybody fears any reply that the others could make",
}
"""What is assumed of everybody's foresight, by the keys of `FORESIGHT`."""

MEANS = {
    "can_move": "can_move: somebody, alone or together, has a way out",
    "clear": "clear: some way out is lawful throughout and does no harm that the case knows of",
    "lawful": "lawful: some way out is lawful throughout",
    "unharmed": "unharmed: some way out does no harm that the case knows of",
    "claim": "claim.X: the claim X is supported",
    "wish": "wish.X: some way out meets the wish of X, whatever follows",
    "rests": "rests.X: things stay as they are, by the concept X",
    "mover": "mover.A+B: A and B together have a way out, and no part of them",
    "denied": "denied.X: the claim X is refuted",
    "end": "end.X: a way out may end in the state X, told by the options taken there",
}
"""What a headline of each kind says, in the order in which they are told."""

DOES = {
    "dropped": "dropped: as if it were not there",
    "negated": "negated: the other way round",
    "raised": "raised 2: two places up in what the decision maker wants most",
    "lowered": "lowered 2: two places down",
    "settled": "settled: the only reading",
    "settled on": "settled on: in force in every cell",
    "settled off": "settled off: in no cell",
    "made final": "made final: once taken, never given up",
    "made free": "made free: what was final can be undone",
}
"""What each kind of change does, in the order in which they are told."""


def public_voice(builder: Builder) -> Voice:
    """Return the voice of what may be passed on: it withholds what a public brief does."""
    folder = builder.file.folder
    evidence = read_evidence(folder) if folder is not None else Evidence({}, {}, {})
    return Voice(builder.file, evidence, True, standing=builder.standing)


class Sayer:
    """Says judgements as the file has them; what concerns restricted people is withheld.

    Parameters
    ----------
    builder : Builder
        Of the case.

    Examples
    --------
    >>> import offramp
    >>> say = Sayer(offramp.Builder(offramp.read_case("two-prisoners")))
    >>> say(("rules", "one_way")), say(("readings", "russia", "ally_first", "prefers", 2))
    ('at_most_one(transfer, exchange, third, stay)', 'not premium')
    """

    def __init__(self, builder: Builder) -> None:
        self.builder, self.case = builder, builder.case
        self.voice = public_voice(builder)

    def __call__(self, path: Path_) -> str:
        """Return what the judgement at a path says, in one line."""
        entry = path if path[0] != "readings" or "prefers" in path else path[:3]
        if self.voice.is_kin(entry, judgement_at(self.builder, path)):
            return KIN
        said = visible(self._said(path))
        return said if self.voice.secret.isdisjoint(re.findall(r"\w+", said)) else WITHHELD

    def _said(self, path: Path_) -> str:
        section, name = str(path[0]), str(path[-1])
        if section == "readings":
            return self._wanted(path)
        if section == "decision_makers":
            return self.voice.does(f"{path[1]}.{name}")
        if section == "harms":
            harm = self.case.harms[int(path[1])]
            return f"harm to {harm.to}: {harm.that}"
        if section == "conditions":
            return self.voice.title(section, name) + ("" if self.case.conditions[name].holds else ": does not hold")
        if section == "misperceptions":
            entry = self.case.misperceptions[str(path[1])][name]
            return f"{path[1]} does not see {entry.that or entry.pattern}"
        return _entry(self.case, section, name)

    def _wanted(self, path: Path_) -> str:
        dm, name = str(path[1]), str(path[2])
        reading = self.case.readings[dm][name]
        if len(path) == 3:
            return f"{self.voice.maker(dm)}: {self.voice.reading(dm, name)}"
        if path[3] == "weights":
            return f"{path[4]}: {(reading.weights or {})[str(path[4])]:+}"
        if path[3] == "ranking":
            tier = (reading.ranking or [])[int(path[4])]
            return tier if isinstance(tier, str) else " as good as ".join(tier)
        return dict(reading.statements())[path[3:]].that


def _entry(case: Case, section: str, name: str) -> str:
    """Return what a rule, a norm or a wish says."""
    if section == "rules":
        rule = case.rules[name]
        return rule.require or f"no {rule.exclude}"
    if section == "disallowed":
        return transition_label(case.disallowed[name])
    if section == "coalesce":
        return f"one state: {case.coalesce[name].that or case.coalesce[name].pattern}"
    if section == "norms":
        norm = case.norms[name]
        says = next(f"{word} {said}" for word in ("forbids", "requires", "permits") if (said := getattr(norm, word)) is not None)
        return says + (f", when {norm.when}" if norm.when else "")
    return f"wish: {case.people[name].wish}"


def done(flip: Flip) -> str:
    """Return what is done with a judgement: its kind, and by how many places."""
    return f"{flip.kind} {flip.places}" if flip.places else flip.kind


def percent(share: float) -> str:
    """Return a share in per cent, never rounded to none or all.

    Examples
    --------
    >>> [percent(share) for share in (0, 0.001, 0.28125, 0.999, 1)]
    ['0 %', '< 1 %', '28 %', '> 99 %', '100 %']
    """
    if level(share) in ("some", "most") and not 0.005 <= share < 0.995:
        return "< 1 %" if share < 0.5 else "> 99 %"
    return f"{100 * share:.0f} %"


def shortened(text: str, limit: int) -> str:
    """Return `text` cut to `limit` characters.

    Examples
    --------
    >>> shortened("not exchange", 8)
    'not exc…'
    """
    return text if len(text) <= limit else text[: limit - 1] + "…"


def means(names: list[str]) -> list[str]:
    """Return what the headlines of these names say, one line a kind."""
    kinds = set(map(kind, names))
    return [line for name, line in MEANS.items() if name in kinds]


def meaning(name: str) -> str:
    """Return what one headline says.

    Examples
    --------
    >>> meaning("rests.gmr"), meaning("mover.ukraine")
    ('things stay as they are, by the concept gmr', 'ukraine has a way out')
    """
    _, _, rest = name.partition(".")
    if kind(name) == "mover":
        several = "+" in rest
        return f"{' and '.join(rest.split('+'))} {'together have' if several else 'has'} a way out" + ", and no part of them" * several
    told = MEANS[kind(name)].split(": ", 1)[1]
    return re.sub(r"\bX\b", lambda _: rest.replace("+", " + "), told)
