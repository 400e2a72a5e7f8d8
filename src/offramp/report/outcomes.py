"""Outcomes in words: what has been done, whether it lasts, who breaches what, who is harmed.

Whatever says that an outcome lasts is told in one `Row` with its breaches and
harms, so that no telling can show the one without the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from offramp.analysis.assessment import Breach, Suffering
from offramp.analysis.findings import Outcome
from offramp.report.told import Row
from offramp.report.voice import Voice
from offramp.report.words import CONCEPT_NAMES, KIN, Figure, Link, Mark, Part, Term, Text, counted, joined, listed, of, text

MAX_CYCLE = 4
Item = TypeVar("Item")

NO_BREACH = "Breaches no norm in force."
NO_NORM = "The case names no norm."
NO_HARM = "No harm that the case knows of."
NO_HARM_NAMED = "The case names no harm."
FINAL = Mark("CANNOT BE UNDONE", "final")
BACK = Mark("BACK TO THE STATUS QUO", "back")
CYCLE = Mark("CYCLE", "cycle")


def outcome_row(voice: Voice, outcome: Outcome, key: str, total: int, kind: str, cited: set[str]) -> Row:
    """Return an outcome in one row, its counts under `key`.

    Parameters
    ----------
    voice : Voice
        How the case's labels are said.
    outcome : Outcome
        What to tell.
    key : str
        Begins the keys of all its figures.
    total : int
        Number of cells among which those of the outcome are counted.
    kind : str
        ``end``, ``itself`` (the state of a way out, before others move on),
        ``last`` (one that is the only end, too) or ``now``.
    cited : set of str
        Norms whose citation the rows before have given; added to.
    """
    return Row(
        kind=kind,
        title="It goes round" if outcome.is_cycle else _TITLES[kind],
        cells=of(key, outcome.cells, total),
        what=tuple(_what(voice, outcome)),
        lasts=tuple(_lasts(voice, outcome, key, kind)),
        law=tuple(_law(voice, outcome, key, cited)),
        people=tuple(_people(voice, outcome, key)),
        code=" ".join(outcome.codes[:MAX_CYCLE]) + (" …" if len(outcome.codes) > MAX_CYCLE else ""),
    )


_TITLES = {"end": "End", "itself": "The moves", "last": "The moves, and the end", "now": "Now"}


def _what(voice: Voice, outcome: Outcome) -> Iterable[Text]:
    """Yield what has been done in each state, with a mark on what nobody can undo."""
    for code in outcome.codes[:MAX_CYCLE]:
        on = voice.on(code)
        final = [label for label in on if label in outcome.final]
        loose = voice.taken(label for label in on if label not in final)
        told = [text("{} ({})", voice.taken([label]), FINAL) for label in final]
        yield joined([*told, loose, voice.either(code)], "; ") or (voice.done(code),)
    if len(outcome.codes) > MAX_CYCLE:
        yield ("and further states",)


def _lasts(voice: Voice, outcome: Outcome, key: str, kind: str) -> Iterable[Text]:
    if kind != "now" and outcome.codes == (voice.now,):
        yield (BACK,)
    elif outcome.is_cycle and voice.now in outcome.codes:
        yield text("{} again and again.", BACK)
    held = equilibrium(outcome, key)
    if outcome.is_cycle:
        yield text("{}: somebody always wants to move on, round {}.", CYCLE, _states(outcome, key))
    elif kind in ("end", "last"):
        yield text("At rest: nobody wants to move on{}", _held(outcome, held))
        held = ()
    elif kind == "itself" and not outcome.equilibrium.get("nash"):
        yield ("Not at rest: somebody wants to move on.",)
    yield from [held] if held else []
    yield from _undoable(voice, outcome)


def _undoable(voice: Voice, outcome: Outcome) -> Iterable[Text]:
    on = voice.on(outcome.codes[0])
    ended = [voice.acts(label.split(".")[0], {label: False}) for label in outcome.final if label not in on]
    if ended:
        yield text("{}: {}.", FINAL, "; ".join(ended))
    elif not outcome.final and not outcome.can_return:
        yield text("{}: no moves lead back to the status quo.", FINAL)
    if not outcome.can_be_left and voice.now not in outcome.codes:
        yield (f"Nobody has any move out of {'the round' if outcome.is_cycle else 'it'}, wanted or not.",)


def _states(outcome: Outcome, key: str) -> Text:
    return counted(Figure(f"{key}.states", len(outcome.codes)), "state", "states")


def equilibrium(outcome: Outcome, key: str) -> Text:
    """Return of which concepts an outcome is an equilibrium, in how many cells; nothing where of none."""
    groups = _grouped((concept, outcome.equilibrium[concept]) for concept in CONCEPT_NAMES if outcome.equilibrium.get(concept))
    told = [
        text("by {} in {}", concepts(names), of(f"{key}.equilibrium.{'+'.join(names)}", cells, outcome.cells)) for cells, names in groups
    ]
    return text("Equilibrium {}.", joined(told, "; ")) if told else ()


def _held(outcome: Outcome, held: Text) -> Text:
    """Return how the words "at rest" go on: as a rule, an equilibrium by every concept wherever it occurs."""
    always = all(outcome.equilibrium.get(concept) == outcome.cells for concept in CONCEPT_NAMES)
    return text(" ({}).", concepts(list(CONCEPT_NAMES))) if always else text(". {}", held)


def concepts(names: Sequence[str]) -> Text:
    """Return the names of stability concepts, each a term with its meaning."""
    if len(names) == len(CONCEPT_NAMES):
        return (Term("all five concepts", "; ".join(f"{there.full}: {there.holds}" for there in CONCEPT_NAMES.values())),)
    there = [CONCEPT_NAMES[name] for name in names]
    return listed([Term(one.short, f"{one.full}: {one.holds}") for one in there])


def _law(voice: Voice, outcome: Outcome, key: str, cited: set[str]) -> Iterable[Text]:
    if outcome.breaches:
        yield from _breaches(voice, outcome, key, cited)
    else:
        yield (NO_BREACH if voice.has_norms else NO_NORM,)
    for collision, cells in sorted(outcome.collisions.items()):
        names = listed([norm_link(voice, name) for name in collision.norms])
        place = of(f"{key}.collision.{collision.by}.{norm_key(voice, collision.norms)}", cells, outcome.cells)
        yield text("{} for {} in {}: {} cannot both be kept.", Mark("COLLISION", "collision"), voice.maker(collision.by), place, names)
    yield from permissions(voice, outcome, key)


def permissions(voice: Voice, outcome: Outcome, key: str) -> Iterable[Text]:
    """Yield the norms that permit an outcome: the counter-arguments."""
    for cells, names in _grouped(_in_file_order(voice.case.norms, outcome.permissions)):
        place = of(f"{key}.permission.{norm_key(voice, names)}", cells, outcome.cells)
        yield text("Counter-argument in {}: {}.", place, listed([norm_link(voice, name) for name in names]))


def _in_file_order(order: Iterable[str], counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(name, counts[name]) for name in order if name in counts]


def _breaches(voice: Voice, outcome: Outcome, key: str, cited: set[str]) -> Iterable[Text]:
    """Yield who breaches what, a line for each group; the first begins with the mark."""
    mark = Mark("UNLAWFUL" if max(outcome.breaches.values()) == outcome.cells else "UNLAWFUL IN PART", "unlawful")
    for place, ((cells, by), breaches) in enumerate(breaches_together(voice, outcome)):
        count = of(f"{key}.breach.{norm_key(voice, [breach.norm for breach in breaches])}", cells, outcome.cells)
        told = text("{}, in {}: {}.", voice.names(by), count, joined([_breach(voice, b, cited) for b in breaches], "; "))
        yield text("{} {}", mark, told) if not place else told


def breaches_together(voice: Voice, outcome: Outcome) -> list[tuple[tuple[int, tuple[str, ...]], list[Breach]]]:
    """Return the breaches by the number of their cells and who commits them, absolute ones first."""
    order = list(voice.case.norms)
    found = sorted(outcome.breaches.items(), key=lambda item: (not item[0].absolute, order.index(item[0].norm)))
    return _grouped((breach, (cells, breach.by)) for breach, cells in found)


def _breach(voice: Voice, breach: Breach, cited: set[str]) -> Text:
    """Return a norm with its citation, the first time, and whether it is absolute."""
    cite: Part = "" if breach.norm in cited else voice.cite(breach.norm)
    cited.add(breach.norm)
    inside = joined([cite, Mark("ABSOLUTE", "absolute") if breach.absolute else ""], "; ")
    return text("{}{}", norm_link(voice, breach.norm), text(" ({})", inside) if inside else ())


def norm_link(voice: Voice, name: str) -> Link:
    """Return the name of a norm, leading to its entry."""
    return Link(voice.norm(name), f"j.{voice.label('norms', name)}")


def norm_key(voice: Voice, names: Iterable[str]) -> str:
    """Return the part of a key that stands for norms."""
    return "+".join(voice.label("norms", name).removeprefix("norms.") for name in names)


def _people(voice: Voice, outcome: Outcome, key: str) -> Iterable[Text]:
    yield from harms(voice, outcome.harms, key, outcome.cells)
    if not outcome.harms:
        yield (NO_HARM if voice.has_harms else NO_HARM_NAMED,)
    if voice.has_wishes:
        yield from _wishes(voice, outcome, key)


def harms(voice: Voice, found: Mapping[Suffering, int], key: str, total: int) -> Iterable[Text]:
    """Yield harms, those that people share told once."""
    for (told, cells), same in _grouped((harm, (harm_words(voice, harm), cells)) for harm, cells in sorted(found.items())):
        place = of(f"{key}.harm.{'+'.join(str(harm.harm) for harm in same)}", cells, total)
        yield text("{}{}, in {}{}", Mark("HARM", "harm"), who_suffers(voice, same), place, f": {told}." if told else ".")


def who_suffers(voice: Voice, same: Sequence[Suffering]) -> str:
    """Return to whom a harm is done; for kin in public, all that is said of it."""
    return f": {KIN}" if voice.harm_is_kin(same[0].harm) else f" to {voice.people(harm.to for harm in same)}"


def harm_words(voice: Voice, harm: Suffering) -> str:
    """Return what a harm is, how grave and by whom; nothing for what is withheld."""
    if voice.harm_is_kin(harm.harm):
        return ""
    by = f", by {voice.names(harm.by)}" if harm.by else ""
    return f"{voice.harm(harm.harm)} ({harm.grade}{by})"


def _wishes(voice: Voice, outcome: Outcome, key: str) -> Iterable[Text]:
    counts = {name: cells for name, cells in outcome.wishes_met.items() if not voice.is_silent(name)}
    groups = _grouped(_in_file_order(voice.case.people, counts))
    for cells, names in groups:
        yield text("Meets the wish of {} in {}.", voice.people(names), of(f"{key}.wish.{'+'.join(names)}", cells, outcome.cells))
    if not groups:
        yield ("Meets nobody's wish.",)


Group = TypeVar("Group")


def _grouped(pairs: Iterable[tuple[Item, Group]]) -> list[tuple[Group, list[Item]]]:
    """Return the items by what they share, in the order of their first."""
    groups: dict[Group, list[Item]] = {}
    for item, shared in pairs:
        groups.setdefault(shared, []).append(item)
    return list(groups.items())
