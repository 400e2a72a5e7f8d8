"""What a brief cannot say, and how to read what it says."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from offramp.report.voice import Voice
from offramp.report.words import CONCEPT_NAMES, Figure, Text, counted, text

if TYPE_CHECKING:
    from offramp.case.standing import Standing

FIELD_WORDS: tuple[tuple[str, str], ...] = (
    ("Combination", "one account of what each decision maker wants, with one side of each contested point (a cell of the grid)"),
    (
        "Way out",
        "a state that a group reaches by its own moves and that all its members prefer to the status quo (a coalitional improvement)",
    ),
    (
        "Listed coalition",
        "one that has a way out where no part of it has one; the ways out of larger coalitions are counted, but not told one by one",
    ),
    (
        "Throughout",
        "the way out itself and all its ends breach no norm, and on the way to it none is breached that the status quo does not breach "
        "already; without harm in the same sense: on the way only breaches and harms count that the status quo does not have already",
    ),
    ("End", "where it comes to when all go on making moves that they want: where nobody wants to move on, or a cycle that never ends"),
    ("In n of m", "in n of the m combinations in which the way out, or the end, occurs at all: a count of accounts, not a probability"),
    *((f"{concept.short} equilibrium", f"{concept.full}: {concept.holds}") for concept in CONCEPT_NAMES.values()),
    ("Stated", "an actor said it, or a legal text lays it down"),
    ("Inferred", "read from conduct, from silence or from what observers say"),
    ("Assumed", "needed for the model; nothing in the sources carries it"),
    ("Contested", "tried both ways: the rule on and off, the condition true and not true, the norm in force and not"),
)

_METHOD: tuple[str, ...] = (
    "It counts combinations of readings. It gives no probabilities, and a count of one half does not mean an even chance.",
    "It knows only what is preferred to what, not by how much; who wants something badly counts like who wants it a little.",
    "It is as good as its readings. An option, a party or a wish that nobody wrote down does not exist for it.",
    "“No known harm” means that the case names none. “Breaches no norm” means none of those listed here.",
    "Norms that collide are shown side by side and not weighed. This is not legal advice.",
)
_EXPOSURE: tuple[str, ...] = (
    "People in this case are protected: they appear under pseudonyms. Publishing anything about them adds to their exposure, this "
    "brief included: it gathers in one place what was scattered, draws attention to them, and can be put together with what others "
    "have printed.",
    "Article 13 of the Third Geneva Convention shields prisoners of war from public curiosity at all times. Before passing this on, ask "
    "what their protection gains by it.",
    "What the press has already printed cannot be recalled. Pseudonyms here do not undo names there.",
)


def limits(voice: Voice, total: int) -> tuple[Text, ...]:
    """Return what the method cannot say and what publication does."""
    protected = any(person.protected or person.restricted for person in voice.case.people.values())
    return tuple((line,) for line in (*_METHOD, *(_EXPOSURE if protected else ())))


def grid_text(standing: Standing, total: int) -> Text:
    """Return how many combinations there are, and of what."""
    readings = prod(len(there) for there in standing.readings.values())
    contested = len(standing.contested)
    if readings * 2**contested != total:
        return text(
            "A combination is one reading of each decision maker with one side of each contested point. {} of them were looked at.",
            Figure("num_cells", total),
        )
    if total == 1:
        return text("{} combination: one account of each decision maker, and no contested point.", Figure("num_cells", 1))
    return text(
        "{} combinations: {} of what the decision makers want, times {} of the {}. A count of combinations is not a probability.",
        Figure("num_cells", total),
        counted(Figure("grid.readings", readings), "account", "accounts"),
        counted(Figure("grid.sides", 2**contested), "settlement", "settlements"),
        counted(Figure("grid.contested", contested), "contested point", "contested points"),
    )
