"""What everybody expects in a hypergame, and why: who would leave a state in whose game."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from offramp.report.words import CONCEPT_NAMES, sentence_case

if TYPE_CHECKING:
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.hypergame import Bools, Hypergame, OwnGame, View
    from offramp.report.voice import Voice

MAX_IN_WORDS, MAX_NUMBERS = 3, 12
"""Number of states that are told in words, and by number."""

Flags = Mapping[str, Mapping[str, "Bools"]]


def named(concepts: Sequence[str]) -> str:
    """Return concepts by their short names."""
    return ", ".join(CONCEPT_NAMES[concept].short for concept in concepts)


def whom(flags: Flags, state: int, all_of: list[str]) -> str:
    """Return whom it is about, each with the concepts unless they are `all_of`; those who share them together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for dm in next(iter(flags.values())):
        concepts = tuple(concept for concept, by_dm in flags.items() if by_dm[dm][state])
        if concepts:
            groups.setdefault(concepts, []).append(dm)
    return " and ".join(", ".join(dms) + (f" ({named(there)})" if list(there) != all_of else "") for there, dms in groups.items())


def told_wrong(dm: str, wrong: Sequence[str], readings: Mapping[str, str], seen: Bools, voice: Voice) -> str:
    """Return in what somebody is wrong."""
    from offramp.report.naming import reading_label

    beliefs = [f"takes {other} for {reading_label(voice, other, readings[other])}" for other in wrong]
    unseen = int((~seen).sum())
    sight = [f"does not see {unseen:,} of {len(seen):,} states"] if unseen else []
    return f"{dm} {' and '.join([*beliefs, *sight]) or 'sees every state and believes what is so'}."


def told_view(view: View, voice: Voice) -> str:
    """Return whose game is told, in what it differs from the one that there is, and what follows from it."""
    own = told_wrong(view.dm, view.wrong, dict(view.choice.readings), view.seen, voice)
    return f"In the game that {view.dm} takes to be real: {own} Where everybody stays in it is what {view.dm} expects."


def expectations(found: Hypergame, assessor: Assessor, voice: Voice) -> Iterator[str]:
    """Yield what each decision maker expects, those who expect the same together, and how to read it."""
    groups: dict[tuple[bytes, ...], list[OwnGame]] = {}
    for game in found.games:
        groups.setdefault(tuple(mask.tobytes() for mask in game.expected.values()), []).append(game)
    told = [f"{_who(games)}: {_expected(found, games[0], assessor, voice)}." for games in groups.values()]
    yield from told
    if any("!" in line for line in told):
        yield "!: it breaches a norm, or does harm that the case knows of."


def _who(games: Sequence[OwnGame]) -> str:
    return f"{', '.join(game.dm for game in games)} expect{'s' * (len(games) == 1)}"


def _expected(found: Hypergame, game: OwnGame, assessor: Assessor, voice: Voice) -> str:
    """Return the equilibria of somebody's own game, concepts that have the same together."""
    groups: dict[bytes, list[str]] = {}
    for concept, mask in game.expected.items():
        groups.setdefault(mask.tobytes(), []).append(concept)
    return "; ".join(
        f"by {named(concepts)} {_states(found, game.expected[concepts[0]].nonzero()[0].tolist(), assessor, voice)}"
        for concepts in groups.values()
    )


def _states(found: Hypergame, states: Sequence[int], assessor: Assessor, voice: Voice) -> str:
    if len(states) <= MAX_IN_WORDS:
        return ", ".join(_in_words(found, state, assessor, voice) for state in states) or "nothing"
    more = f" and {len(states) - MAX_NUMBERS:,} more" if len(states) > MAX_NUMBERS else ""
    return f"{len(states):,} states, {', '.join(_marked(assessor, state) for state in states[:MAX_NUMBERS])}{more}"


def _in_words(found: Hypergame, state: int, assessor: Assessor, voice: Voice) -> str:
    label = found.model.states.label(state)
    words = "" if voice.case.is_graph else f" ({sentence_case(voice.done(label))})"
    return f"{_marked(assessor, state)} {label}{words}"


def _marked(assessor: Assessor, state: int) -> str:
    at = assessor.at(state)
    return f"{state + 1}{'!' * bool(at.breaches or at.harms)}"


def why(found: Hypergame, state: int) -> Iterator[str]:
    """Yield who leaves a state in its own game, who would if all knew, and who would in the game of whom it surprises."""
    concepts = list(found.concepts)
    lost = {concept: found.destroyed[concept] | _any(found.in_vain[concept]) for concept in concepts}
    leaving = {concept: {game.dm: game.leaves[concept][game.dm] & lost[concept] for game in found.games} for concept in concepts}
    if who := whom(leaving, state, concepts):
        yield f"Left, each in its own game, by {who}."
    known = {
        concept: {dm: ~result.stable & found.created[concept] for dm, result in found.known.results[concept].items()}
        for concept in concepts
    }
    if who := whom(known, state, concepts):
        yield f"If all knew, left by {who}."
    for game in found.games:
        there = {
            concept: {dm: mask & found.surprised[concept][game.dm] for dm, mask in game.leaves[concept].items()} for concept in concepts
        }
        if who := whom(there, state, concepts):
            yield f"As {game.dm} sees it, left by {who}."


def _any(flags: Mapping[str, Bools]) -> Bools:
    found = next(iter(flags.values())).copy()
    for mask in flags.values():
        found |= mask
    return found
