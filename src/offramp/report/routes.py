"""Ways out in words: who moves in which order, how often, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from offramp.analysis.findings import Outcome, Route
from offramp.analysis.ways import Step
from offramp.report.outcomes import BACK, CYCLE, FINAL, NO_HARM_NAMED, NO_NORM, outcome_row
from offramp.report.told import Glance, Row, Way
from offramp.report.voice import Voice
from offramp.report.words import Figure, Link, Mark, Part, Text, combinations, counted, joined, listed, of, text

MAX_ROWS = 8
MAX_WAYS = 12


def route_key(route: Route) -> str:
    """Return the key under which the figures of a route are computed again."""
    return f"route.{'+'.join(route.coalition)}.{route.code}"


def way_told(voice: Voice, route: Route, number: int, total: int) -> Way:
    """Return a way out in full."""
    key = route_key(route)
    where = voice.where(route.count.where)
    return Way(
        id=f"way-{number}",
        title=text("Way out {}: {}", str(number), voice.together(route.coalition)),
        count=text("In {}{}.", combinations(key, route.count.cells, total), text(", {}", where) if where else ()),
        steps=tuple(text("{}.", joined(_marked(voice, route, step), "; ")) for step in route.steps),
        verdict=_verdict(voice, route, key),
        rows=tuple(_rows(voice, route, key)),
        more=_more(route, key),
    )


def _rows(voice: Voice, route: Route, key: str) -> Iterable[Row]:
    """Yield the state that the moves lead to, then every end."""
    cited: set[str] = set()
    total = route.count.cells
    ends_there = [end.codes for end in route.ends] == [route.itself.codes]
    yield outcome_row(voice, route.itself, f"{key}.itself", total, "last" if ends_there else "itself", cited)
    for end in route.ends[:MAX_ROWS] if not ends_there else ():
        yield outcome_row(voice, end, f"{key}.end.{'~'.join(end.codes)}", total, "end", cited)


def _more(route: Route, key: str) -> Text:
    left = len(route.ends) - MAX_ROWS
    if left <= 0:
        return ()
    return text("{}, none of them in more combinations than these.", counted(Figure(f"{key}.more", left), "more end", "more ends"))


def moves(voice: Voice, route: Route) -> list[str]:
    """Return the moves of a route in order, a sentence each without its full stop."""
    return [_move(voice, step) for step in route.steps]


def _move(voice: Voice, step: Step) -> str:
    return voice.acts(step.dm, step.sets) if step.sets else f"{voice.maker(step.dm)} moves to {voice.done(step.code)}"


def _marked(voice: Voice, route: Route, step: Step) -> Iterable[Part | Text]:
    """Yield the clauses of a move, with a mark on what nobody can undo."""
    final = {label: on for label, on in step.sets.items() if label in route.itself.final}
    loose = {label: on for label, on in step.sets.items() if label not in final}
    if loose or not final:
        yield _move(voice, replace(step, sets=loose))
    for label, on in final.items():
        yield text("{} ({})", voice.acts(step.dm, {label: on}), FINAL)


def _verdict(voice: Voice, route: Route, key: str) -> Text:
    total = route.count.cells
    lawful = text("Lawful throughout, on the way and in every end, in {}.", of(f"{key}.lawful", route.lawful_cells, total))
    unharmed = text("Without any harm that the case knows of in {}.", of(f"{key}.unharmed", route.unharmed_cells, total))
    on_the_way = text("{} on the way only.", Mark("UNLAWFUL", "unlawful")) if unlawful_on_the_way(route) else ""
    harm = text("{} on the way only.", Mark("HARM", "harm")) if harm_on_the_way(route) else ""
    return joined([lawful if voice.has_norms else NO_NORM, on_the_way, unharmed if voice.has_harms else NO_HARM_NAMED, harm])


def unlawful_on_the_way(route: Route) -> bool:
    """Return whether a norm is breached between the moves and nowhere that an outcome of the route shows."""
    return route.lawful_cells < route.count.cells and not any(outcome.breaches for outcome in outcomes(route))


def harm_on_the_way(route: Route) -> bool:
    """Return whether a harm is done between the moves and nowhere that an outcome of the route shows."""
    return route.unharmed_cells < route.count.cells and not any(outcome.harms for outcome in outcomes(route))


def outcomes(route: Route) -> tuple[Outcome, ...]:
    """Return what a route comes to: its own state, then every end."""
    return (route.itself, *route.ends)


def glance(voice: Voice, route: Route, number: int, total: int) -> Glance:
    """Return a way out in one row of the first screen."""
    key = route_key(route)
    return Glance(
        way=(Link(f"Way {number}", f"way-{number}"),),
        moves=joined(moves(voice, route), "; then "),
        cells=of(key, route.count.cells, total),
        ends=tuple(_shared_ends(voice, route)),
        warnings=tuple(_warnings(voice, route, key)),
    )


def _shared_ends(voice: Voice, route: Route) -> Iterable[Text]:
    """Yield what every end of a route has in common, and what only some have."""
    if voice.case.is_graph:
        yield text("Ends: {}", listed(list(dict.fromkeys(voice.done(code) for end in route.ends for code in end.codes)), "or"))
        return
    taken = [set(voice.on(code)) for end in route.ends for code in end.codes]
    always = [label for label in voice.case.options if all(label in there for there in taken)]
    some = [label for label in voice.case.options if label not in always and any(label in there for there in taken)]
    if always:
        yield text("In every end: {}.", voice.taken(always))
    if some:
        yield text("{}{}: {}.", _in_some(route.ends), " also" if always else "", voice.taken(some))
    codes = dict.fromkeys(code for end in route.ends for code in end.codes)
    groups = [code for code in codes if voice.either(code)]
    if groups:
        yield text("Several states told as one: {}.", listed([voice.done(code) for code in groups], "or"))
    if not always and not some and len(groups) < len(codes):
        yield ("In the end nothing has been done." if not groups else "In some ends nothing has been done.",)


def _in_some(ends: Sequence[Outcome]) -> str:
    """Return where something holds that does not hold in every state of every end."""
    if len(ends) == 1:
        return "At times"
    return "In some ends or at times" if any(end.is_cycle for end in ends) else "In some ends"


def _warnings(voice: Voice, route: Route, key: str) -> Iterable[Text]:
    cells = route.count.cells
    for kind, is_known, none, clean in (
        ("unlawful", voice.has_norms, "Lawful throughout", route.lawful_cells),
        ("harm", voice.has_harms, "No known harm", route.unharmed_cells),
    ):
        if is_known and clean < cells:
            yield text("{} in {}", Mark(kind.upper(), kind), of(f"{key}.{kind}", cells - clean, cells))
        elif is_known:
            yield (none,)
    for mark, ends in (
        (CYCLE, [end for end in route.ends if end.is_cycle]),
        (BACK, [end for end in route.ends if voice.now in end.codes]),
        (FINAL, [end for end in route.ends if end.final or not end.can_return]),
    ):
        if ends:
            yield text("{}{}", mark, "" if len(ends) == len(route.ends) else " in some ends")


def ways_linked(numbers: Sequence[int]) -> Text:
    """Return ways by their numbers, those that are told in full as links; of the others only that there are some."""
    shown = [Link(str(number), f"way-{number}") for number in numbers if number <= MAX_WAYS]
    if not shown:
        return ("ways not told here",)
    more = ["further ones"] if len(shown) < len(numbers) else []
    return text("{} {}", "way" if len(numbers) == 1 else "ways", listed([*shown, *more]))
