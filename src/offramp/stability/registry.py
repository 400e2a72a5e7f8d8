"""All concepts, with what each is asked about and what it needs of a model.

`offramp.stability.CONCEPTS` stays the five that every grid and brief uses: they
are defined for every model, one decision maker at a time. The others need
more, of the model or of whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from offramp.model.conflict import ConflictModel
from offramp.stability.coalition import CONCEPTS as FOR_COALITIONS
from offramp.stability.coalition import (
    SANCTIONS,
    coalition_gmr_stability,
    coalition_nash_stability,
    coalition_seq_stability,
    coalition_smr_stability,
    universal_stability,
)
from offramp.stability.gmr import gmr_stability
from offramp.stability.limited import limited_move_stability, nonmyopic_stability
from offramp.stability.nash import nash_stability
from offramp.stability.needs import OPTION_FORM, STRICT_RANKINGS, TWO_DECISION_MAKERS, Need
from offramp.stability.seq import seq_stability
from offramp.stability.sim import sim_stability
from offramp.stability.smr import smr_stability
from offramp.stability.sseq import sseq_stability


@dataclass(frozen=True)
class Concept:
    """One concept of stability: who it is about, what it needs, which function answers.

    Parameters
    ----------
    name : str
        Short name, such as ``"limited"``.
    function : callable
        Takes a model, then whoever the concept is about, then the settings.
    about : str
        ``"decision maker"``, ``"coalition"`` or ``"everybody"``.
    needs : tuple of Need
        What the model has to be; empty where the concept is defined for all.
    settings : mapping of str to str
        What can or has to be said besides, by the name of the argument.
    page : str
        The page of the reference that tells it.
    """

    name: str
    function: Callable[..., Any]
    about: str = "decision maker"
    needs: tuple[Need, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    page: str = ""

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


HORIZON = "number of moves looked ahead, from 1"
WHO_SANCTIONS = "; ".join(f"{name}: {meaning}" for name, meaning in SANCTIONS.items())

_LISTED = (
    Concept("nash", nash_stability, page="nash"),
    Concept("gmr", gmr_stability, page="gmr"),
    Concept("smr", smr_stability, page="smr"),
    Concept("seq", seq_stability, page="seq"),
    Concept("sseq", sseq_stability, page="sseq"),
    Concept("sim", sim_stability, needs=(OPTION_FORM,), page="sim"),
    Concept("limited", limited_move_stability, needs=(TWO_DECISION_MAKERS, STRICT_RANKINGS), settings={"horizon": HORIZON}, page="limited"),
    Concept("nonmyopic", nonmyopic_stability, needs=(TWO_DECISION_MAKERS, STRICT_RANKINGS), page="limited"),
    Concept("coalition_nash", coalition_nash_stability, "coalition", page="coalition"),
    Concept("coalition_gmr", coalition_gmr_stability, "coalition", page="coalition"),
    Concept("coalition_smr", coalition_smr_stability, "coalition", page="coalition"),
    Concept("coalition_seq", coalition_seq_stability, "coalition", settings={"sanctions": WHO_SANCTIONS}, page="coalition"),
    Concept(
        "universal",
        universal_stability,
        "everybody",
        settings={"concept": ", ".join(FOR_COALITIONS), "sanctions": WHO_SANCTIONS},
        page="coalition",
    ),
)

ALL_CONCEPTS: dict[str, Concept] = {concept.name: concept for concept in _LISTED}
"""Every concept by its short name, the five of `offramp.stability.CONCEPTS` first, in the order in which they are told."""
