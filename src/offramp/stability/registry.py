"""All concepts, with what each is asked about and what it needs of a model.

`offramp.stability.CONCEPTS` stays the five that every grid and brief uses: they
are defined for every model, one decision maker at a time. The others need
more, of the model or of whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.stability.coalition import CONCEPTS as FOR_COALITIONS
from offramp.stability.coalition_gmr import coalition_gmr_stability
from offramp.stability.coalition_nash import coalition_nash_stability
from offramp.stability.coalition_seq import coalition_seq_stability
from offramp.stability.coalition_smr import coalition_smr_stability
from offramp.stability.gmr import gmr_stability
from offramp.stability.limited import limited_move_stability
from offramp.stability.nash import nash_stability
from offramp.stability.needs import OPTION_FORM, Need
from offramp.stability.nonmyopic import nonmyopic_stability
from offramp.stability.seq import seq_stability
from offramp.stability.sim import sim_stability
from offramp.stability.smr import smr_stability
from offramp.stability.sseq import sseq_stability
from offramp.stability.turns import LOOK_AHEAD, NOT_FOR_TURNS
from offramp.stability.universal import universal_stability


@dataclass(frozen=True)
class Concept:
    """One concept of stability: who it is about, what it needs, which function answers.

    Parameters
    ----------
    name : str
        Short name, such as ``"limited"``.
    function : callable
        Takes a model, then whoever the concept is about, then what it `asks`, then the settings.
    about : str
        ``"decision maker"``, ``"coalition"`` or ``"everybody"``.
    needs : tuple of Need
        What the model has to be; empty where the concept is defined for all.
    asks : mapping of str to str
        What has to be said besides, by the name of the argument.
    looks_at : tuple of str
        The settings that make a difference to it; of the others `refuses` are
        refused where they are not the default, since they mean nothing here.
    refuses : tuple of str
        See `looks_at`.
    """

    name: str
    function: Callable[..., Any]
    about: str = "decision maker"
    needs: tuple[Need, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    looks_at: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()

    def lacks(self, model: ConflictModel) -> tuple[str, ...]:
        """Return what `model` lacks for this concept, each as need, finding and remedy; empty where it is defined.

        Examples
        --------
        >>> import offramp
        >>> model = offramp.load_case("elmira-9-xu")
        >>> [name for name, concept in ALL_CONCEPTS.items() if concept.lacks(model)]
        ['sim', 'limited', 'nonmyopic']
        >>> print(ALL_CONCEPTS["sim"].lacks(model)[0].partition(";")[0])
        needs option form
        """
        found = [(need, need.lack(model)) for need in self.needs]
        return tuple(f"needs {need.name}; {lack}; {need.remedy}" for need, lack in found if lack)

    def check_about_somebody(self) -> None:
        """Refuse a concept that is about everybody: what it says is told by the concepts for coalitions.

        Raises
        ------
        ChoiceError
            If it is one.
        """
        if self.about == "everybody":
            raise ChoiceError(
                f"{self.name} is told by the concepts for coalitions: ask for coalition_seq and no coalition; "
                "an equilibrium is stable for each"
            )


HORIZON = "number of moves looked ahead, from 1"

_ANSWERED = ("sequences", "return_to_start", "return_to_move", "unknown", "strength")
"""What all concepts look at under which the others answer in sequences."""

_LISTED = (
    Concept("nash", nash_stability, looks_at=("unknown", "strength")),
    Concept("gmr", gmr_stability, looks_at=_ANSWERED),
    Concept("smr", smr_stability, looks_at=_ANSWERED),
    Concept("seq", seq_stability, looks_at=_ANSWERED),
    Concept("sseq", sseq_stability, looks_at=_ANSWERED),
    Concept("sim", sim_stability, needs=(OPTION_FORM,), looks_at=(*_ANSWERED, "simultaneous")),
    Concept("limited", limited_move_stability, needs=LOOK_AHEAD, asks={"horizon": HORIZON}, refuses=NOT_FOR_TURNS),
    Concept("nonmyopic", nonmyopic_stability, needs=LOOK_AHEAD, refuses=NOT_FOR_TURNS),
    Concept("coalition_nash", coalition_nash_stability, "coalition", looks_at=("unknown", "strength")),
    Concept("coalition_gmr", coalition_gmr_stability, "coalition", looks_at=_ANSWERED),
    Concept("coalition_smr", coalition_smr_stability, "coalition", looks_at=_ANSWERED),
    Concept("coalition_seq", coalition_seq_stability, "coalition", looks_at=(*_ANSWERED, "sanctions")),
    Concept(
        "universal",
        universal_stability,
        "everybody",
        asks={"concept": ", ".join(FOR_COALITIONS)},
        looks_at=(*_ANSWERED, "sanctions"),
    ),
)

ALL_CONCEPTS: dict[str, Concept] = {concept.name: concept for concept in _LISTED}
"""Every concept by its short name, the five of `offramp.stability.CONCEPTS` first, in the order in which they are told."""

LETTERS = {"r": "nash", "nm": "nonmyopic"}
"""What the field and the heads of tables call concepts, beside their short names, in small letters."""


def concept_named(text: str) -> str:
    """Return the short name of a concept, given in any case or by the letter of the field.

    Raises
    ------
    UnknownLabelError
        If no concept is called so.
    ChoiceError
        For limited moves with their number, such as ``L_3``, which is a horizon.

    Examples
    --------
    >>> concept_named("SEQ"), concept_named("R"), concept_named("NM")
    ('seq', 'nash', 'nonmyopic')
    """
    small = text.strip().lower()
    name = LETTERS.get(small, small)
    if name in ALL_CONCEPTS:
        return name
    if limited := re.fullmatch(r"l_?(\d{1,6}|h?)", small):
        moves = limited[1] if limited[1].isdecimal() else "3"
        raise ChoiceError(
            f"no concept is called {text!r}; limited moves are the concept limited with a horizon: --concept limited --horizon {moves}"
        )
    raise UnknownLabelError("concept", text, list(ALL_CONCEPTS))
