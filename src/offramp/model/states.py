"""The feasible states: which combinations of options exist, in which order.

A state of an option-form model is a whole number whose binary digit ``k`` says
whether option ``k`` is taken; states stand in ascending order of that number.
A state of a graph is a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError

MAX_STATES = 1 << 20
MAX_OPTIONS = 62

Codes = NDArray[np.int64]
Holds = Callable[[dict[int, NDArray[np.bool_]]], NDArray[np.bool_]]


@dataclass(frozen=True)
class Constraint:
    """What a rule demands: `holds` takes the columns of `options`, by position."""

    options: frozenset[int]
    holds: Holds


def feasible_codes(num_options: int, constraints: Sequence[Constraint], limit: int = MAX_STATES) -> Codes:
    """Return the codes of all states that satisfy every constraint, ascending.

    Options that no rule ties together vary freely; each group of options that
    rules tie together is enumerated by itself, so that the number of states is
    known before they are made.

    Parameters
    ----------
    num_options : int
        At most `MAX_OPTIONS`.
    constraints : sequence of Constraint
        A state exists when all hold.
    limit : int, optional
        The largest number of states to make.

    Returns
    -------
    codes : ndarray of int64, shape (num_states,)
        May be empty.

    Raises
    ------
    TooManyStatesError
        Before memory is spent; says how many states there would be.
    """
    if num_options > MAX_OPTIONS:
        raise TooManyStatesError(f"{num_options} options; at most {MAX_OPTIONS} fit one model: merge options, or split the case")
    blocks = [_block(sorted(group), tied, limit, num_options) for group, tied in _groups(num_options, constraints)]
    num_states = 1
    for block in blocks:
        num_states *= len(block)
    if num_states > limit:
        raise TooManyStatesError(
            f"{num_options} options leave {num_states:,} states; at most {limit:,} are computed: "
            "add rules, merge options, or leave some out"
        )
    codes = np.zeros(min(num_states, 1), dtype=np.int64)  # none at all where a block is empty, however large the others are
    for block in blocks:
        codes = (codes[:, None] | block[None, :]).ravel()
    return np.sort(codes)


def _groups(num_options: int, constraints: Sequence[Constraint]) -> list[tuple[set[int], list[Constraint]]]:
    """Return the options in groups that no rule connects, each with its rules."""
    groups: list[tuple[set[int], list[Constraint]]] = [({option}, []) for option in range(num_options)]
    for constraint in constraints:
        touched = [group for group in groups if group[0] & constraint.options] or [(set(), [])]
        merged: tuple[set[int], list[Constraint]] = (set().union(*(group[0] for group in touched)), [constraint])
        for group in touched:
            merged[1].extend(group[1])
        groups = [group for group in groups if all(group is not other for other in touched)] + [merged]
    return groups


def _block(options: list[int], constraints: list[Constraint], limit: int, num_options: int) -> Codes:
    """Return the codes over `options` that satisfy `constraints`; each rule is applied as soon as its options are set."""
    codes = np.zeros(1, dtype=np.int64)
    waiting = list(constraints)
    known: set[int] = set()
    for option in [None, *options]:
        if option is not None:
            codes = np.concatenate([codes, codes | np.int64(1 << option)])
            known.add(option)
        for constraint in [c for c in waiting if c.options <= known]:
            holds = constraint.holds({k: taken(codes, k) for k in constraint.options})
            codes = codes[np.broadcast_to(np.asarray(holds), codes.shape)]
            waiting.remove(constraint)
        if len(codes) > limit:
            raise TooManyStatesError(
                f"{num_options} options, {len(options)} of them tied together by rules, make more than {limit:,} combinations (at most "
                f"{2**num_options:,}) before the last of these rules applies: "
                "write rules over fewer options, merge options, or leave some out"
            )
    return codes


def taken(codes: Codes, option: int) -> NDArray[np.bool_]:
    """Return in which states the option at position `option` is taken."""
    return (codes >> np.int64(option)) & 1 == 1


def code_label(code: int, num_options: int) -> str:
    """Return a state's code as text, a letter an option in file order.

    Examples
    --------
    >>> code_label(0b001, 3)
    'YNN'
    """
    return "".join("Y" if code >> k & 1 else "N" for k in range(num_options))


def label_code(label: str) -> int:
    """Return the number that a text of Y and N stands for; the inverse of `code_label`."""
    return sum(1 << k for k, letter in enumerate(label) if letter == "Y")
