"""Ways out in words: who moves in which order, how often, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from offramp.analysis.findings import Route, Step
from offramp.report.outcomes import BACK, FINAL, NO_HARM_NAMED, NO_NORM, outcome_row
from offramp.report.told import Glance, Row, Way
from offramp.report.voice import Voice
from offramp.report.words import Figure, Link, Mark, Part, Text, combinations, counted, joined, listed, of, text

MAX_ROWS = 8


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
    return joined([lawful if voice.has_norms else NO_NORM, unharmed if voice.has_harms else NO_HARM_NAMED])


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
        yield text("In some{}: {}.", " also" if always else " ends", voice.taken(some))
    if not always and not some:
        yield ("In the end nothing has been done.",)


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
    back = [end for end in route.ends if end.codes == (voice.now,)]
    if back:
        yield text("{}{}", BACK, "" if len(back) == len(route.ends) else " in some ends")
    final = [end for end in route.ends if end.final or not end.can_return]
    if final:
        yield text("{}{}", FINAL, "" if len(final) == len(route.ends) else " in some ends")
