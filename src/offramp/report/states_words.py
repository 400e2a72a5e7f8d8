"""The model in plain lines: the table of option form, an order for each decision maker, and its moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from offramp.analysis.states import MAX_COMPARED, Compared, Preferred, StatesView
from offramp.report.naming import option_label, reading_label
from offramp.report.states_records import compared
from offramp.report.voice import Voice
from offramp.report.words import KIN, visible

MAX_LISTED = 24
"""Number of states in one list."""

MAX_TIED = 6
"""Number of states of one place that are named, where a limit leaves out states."""

LONGEST = 40
"""Letters of the name of a state in the table."""


@dataclass(frozen=True)
class Block:
    """Columns that belong together: a title above them, then of each column its head and its cells."""

    title: str
    columns: Sequence[tuple[str, Sequence[str]]]
    gap: str = " "

    def lines(self) -> list[str]:
        """Return its lines, all of one width: title, heads, cells; numbers stand on the right."""
        made = [_column(head, cells) for head, cells in self.columns]
        rows = [self.gap.join(row) for row in zip(*made, strict=True)]
        width = max(_wide(self.title), _wide(rows[0]))
        return [line + " " * (width - _wide(line)) for line in (self.title, *rows)]


def _column(head: str, cells: Sequence[str]) -> list[str]:
    width = max(map(_wide, (head, *cells)))
    is_number = all(not cell or cell.isdecimal() for cell in cells)
    pads = [(line, " " * (width - _wide(line))) for line in (head, *cells)]
    return [pad + line if is_number else line + pad for line, pad in pads]


def _wide(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


def letters(view: StatesView) -> list[str]:
    """Return the letter of each decision maker, beyond the alphabet with a number."""
    return [ascii_uppercase[k % 26] + (str(k // 26) if k >= 26 else "") for k in range(len(view.makers))]


def state_table(view: StatesView, width: int) -> list[str]:
    """Return the states, a line each, below two lines of head; what does not fit into `width` columns falls away.

    First the columns of the options fall away, which the code has too, then
    the decimal values, then the places.

    Examples
    --------
    >>> import offramp
    >>> view = offramp.states(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    >>> print("\\n".join(state_table(view, 40)))
                            A   B   Place
    State     Code  Value   1   2   A  B
        1  *  NN        0   N   N   3  3
        2     YN        1   Y   N   4  1
        3     NY        2   N   Y   1  4
        4     YY        3   Y   Y   2  2
    """
    state, code, value = _state_columns(view)
    options, places = _option_blocks(view), _places(view)
    full = Block("", [*state, *code, *value], "  ")
    for blocks in ([full, *options, *places], [full, *places], [Block("", [*state, *code], "  "), *places]):
        lines = ["   ".join(parts).rstrip() for parts in zip(*(block.lines() for block in blocks), strict=True)]
        if max(map(_wide, lines)) <= width:
            return lines
    return ["  ".join(parts).rstrip() for parts in zip(*(_column(*column) for column in [*state, *code]), strict=True)]


def _state_columns(view: StatesView) -> tuple[list[tuple[str, list[str]]], ...]:
    """Return what says which state it is: number or name with a star for the status quo; code; decimal value."""
    states, told = view.model.states, view.told
    names = [visible(states.told(state)) for state in told]
    cut = [name if len(name) <= LONGEST else name[: LONGEST - 1] + "…" for name in names]
    state = [("State", cut), ("", ["*" if place == view.model.status_quo else "" for place in told])]
    code = [("Code", [states.label(place) for place in told])] if states.options else []
    value = [("Value", [str(view.value(place)) for place in told])] if states.codes is not None else []
    return state, code, value


def _option_blocks(view: StatesView) -> list[Block]:
    """Return a block for each decision maker that has options, its letter above the numbers of the options."""
    labels = [view.model.states.label(state) for state in view.told] if view.model.states.options else []
    letter = dict(zip((maker.dm for maker in view.makers), letters(view), strict=True))
    numbered = [(option.partition(".")[0], place) for place, option in enumerate(view.model.states.options)]
    return [
        Block(letter[dm], [(str(place + 1), [label[place] for label in labels]) for _, place in group])
        for dm, group in groupby(numbered, key=lambda pair: pair[0])
    ]


def _places(view: StatesView) -> list[Block]:
    columns = []
    for letter, maker in zip(letters(view), view.makers, strict=True):
        there = maker.places
        columns.append((letter, ["" if there is None else str(there[state]) for state in view.told]))
    return [Block("Place", columns, "  ")]


def legend(view: StatesView, voice: Voice) -> list[str]:
    """Return a line for each decision maker: its letter, how it is read, and its options with their names."""
    told = []
    for letter, maker in zip(letters(view), view.makers, strict=True):
        own = [(k, label) for k, label in enumerate(view.model.states.options, 1) if label.partition(".")[0] == maker.dm]
        options = ", ".join(f"{k} {_option(voice, label)}" for k, label in own)
        name, reading = voice.maker(maker.dm), reading_label(voice, maker.dm, dict(view.choice.readings)[maker.dm])
        told.append(f"{letter}: {maker.dm}" + f" ({name})" * (name != maker.dm) + f", read as {reading}" + f": {options}" * bool(options))
    return told


def _option(voice: Voice, label: str) -> str:
    """Return an option by its id and its name, or what may be told of it."""
    told = option_label(voice, label)
    if label in voice.hidden:
        return f"{told} ({KIN})"
    name = visible(voice.case.options[label].name) if label in voice.case.options and told == label else ""
    return told.partition(".")[2] + f" ({name})" * bool(name)


# -- preferences ---------------------------------------------------------------------------------------------------------


def preference_lines(view: StatesView, maker: Preferred) -> Iterator[str]:
    """Yield what a decision maker prefers: an order, the best first; else what is known, state by state.

    Examples
    --------
    >>> import offramp
    >>> view = offramp.states(offramp.Builder(offramp.read_case("elmira-12")))
    >>> list(preference_lines(view, view.makers[0]))
    ['9 > 3 > 4 > 10 > 7 > 1 > 2 > 8 > 5 ~ 6 ~ 11 ~ 12']
    """
    if maker.tiers:
        yield strip(view, maker)
    if maker.apart:
        yield f"Nobody knows where it places {_list(view, maker.apart)}."
    if not maker.is_order:
        yield from _known(view, maker)
    if maker.num_unknown:
        yield f"Unknown: {_counted(maker.num_unknown, 'pair')} of states."


def strip(view: StatesView, maker: Preferred) -> str:
    """Return the order of the states, the best first: ``~`` as good, ``>`` better, ``>>`` greatly better."""
    tiers, most = maker.tiers or (), len(view.told)
    told = [" ~ ".join(_some(view, tier)) for tier in tiers[:most]]
    signs = [" >> " if is_great else " > " for is_great in maker.great[: most - 1]]
    line = "".join(part + sign for part, sign in zip(told, [*signs, ""], strict=True))
    left = len(tiers) - len(told)
    return line + (f" > … ({_counted(left, 'more place')})" if left else "")


def _some(view: StatesView, tier: Sequence[int]) -> list[str]:
    names = [visible(view.model.states.told(state)) for state in tier]
    is_long = view.is_cut and len(tier) > MAX_TIED
    return [*names[:MAX_TIED], f"… ({len(tier):,} in all)"] if is_long else names


def _known(view: StatesView, maker: Preferred) -> Iterator[str]:
    """Yield how each state compares with the others; equal and unknown pairs are told once, with the state that comes first."""
    if view.model.num_states > MAX_COMPARED:
        yield f"No ranking; pairs of more than {MAX_COMPARED:,} states are not listed."
    for there in compared(view, maker):
        later = Compared(there.state, there.greatly, there.better, _after(there.equal, there.state), _after(there.unknown, there.state))
        pairs = ((">>", later.greatly), (">", later.better), ("~", later.equal), ("?", later.unknown))
        parts = [f"{sign} {_list(view, states)}" for sign, states in pairs if states]
        if parts:
            yield f"{visible(view.model.states.told(there.state))} {'; '.join(parts)}"


def _after(states: Sequence[int], state: int) -> tuple[int, ...]:
    return tuple(other for other in states if other > state)


def _list(view: StatesView, states: Sequence[int]) -> str:
    names = ", ".join(visible(view.model.states.told(state)) for state in states[:MAX_LISTED])
    return names + (f", … ({len(states):,} in all)" if len(states) > MAX_LISTED else "")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


# -- moves ---------------------------------------------------------------------------------------------------------------


def move_lines(view: StatesView, maker: Preferred) -> Iterator[str]:
    """Yield, state by state, where a decision maker can move; ``+`` where it prefers that.

    Examples
    --------
    >>> import offramp
    >>> view = offramp.states(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    >>> list(move_lines(view, view.makers[0]))
    ['1 to 2', '2 to 1+', '3 to 4', '4 to 3+']
    """
    for state in view.told:
        reached, wanted = maker.moves(state), set(maker.improvements(state))
        if reached:
            named = [visible(view.model.states.told(to)) + "+" * (to in wanted) for to in reached[:MAX_LISTED]]
            more = f", … ({len(reached):,} in all)" if len(reached) > MAX_LISTED else ""
            yield f"{visible(view.model.states.told(state))} to {', '.join(named)}{more}"
