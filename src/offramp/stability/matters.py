"""Which settings can make a difference to a concept in a model, by what the model is; nothing is solved."""

from __future__ import annotations

import numpy as np

from offramp.model.conflict import ConflictModel
from offramp.model.lines import LineMoves
from offramp.stability.registry import ALL_CONCEPTS
from offramp.stability.settings import VALUES, Settings

_ESCAPING = ("smr", "sseq", "coalition_smr")
"""Concepts by which an answer deters only where the focal decision maker cannot get out of it again."""


_OF_SEQ = ("sequences", "return_to_start", "return_to_move")
"""What SIM looks at only to know who is sequentially stable."""


def others(model: ConflictModel, concept: str, settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return, by setting, the other values of it alone that can change what a concept says of a model.

    Parameters
    ----------
    model : ConflictModel
        Only who moves, the form of the states and the kinds of preference are looked at.
    concept : str
        Short name.
    settings : Settings
        From which one setting at a time is changed.

    Notes
    -----
    What is left out changes no verdict, by the definitions, with one exception:
    by `strength` ``weak`` nothing is stable where nobody can answer, which says
    nothing. What is named need not change a verdict.

    - `sequences`: with fewer than two opponents that can move, every answer is one move.
    - `return_to_start`: in option form opponents cannot undo what the focal
      decision maker has done. By SMR and SSEQ a return leaves it the very move
      that tempts it, which deters only where what is unknown does both (``c``).
      A state is not greatly worse than itself.
    - `return_to_move`: what tempts deters only under ``c``, and a way round takes two opponents.
    - `unknown`, `strength`: where preferences leave pairs unknown, or have degrees.
      Nash stability knows no answers: all it asks is whether what is unknown
      tempts (``a`` and ``c``).
    - `simultaneous`: somebody else has to be able to move; only under ``unstable``
      does it matter to SIM how opponents of opponents answer.
    - `sanctions`: two others have to be able to move. By coalitional SEQ whoever has no
      move counts with somebody who has: the two are one more coalition that answers.

    Examples
    --------
    >>> import offramp
    >>> from offramp.stability.settings import DEFAULT
    >>> others(offramp.load_case("garrison-23"), "gmr", DEFAULT)
    {'sequences': ('once', 'one_step')}
    >>> others(offramp.load_case("elmira-9-xu"), "seq", DEFAULT)
    {'sequences': ('once', 'one_step'), 'return_to_start': ('ignored',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in ALL_CONCEPTS[concept].looks_at:
        if _can_matter(model, concept, name, settings):
            now = getattr(settings, name)
            values = tuple(value for value in VALUES[name] if value != now and not _is_alike(concept, name, value, now))
            found |= {name: values} if values else {}
    return found


def _can_matter(model: ConflictModel, concept: str, name: str, settings: Settings) -> bool:
    both = model.has_unknown and settings.unknown == "c"  # what is unknown tempts and deters
    num_movers = _num_movers(model)
    several = num_movers > 2 or (num_movers == 2 and concept == "coalition_seq" and len(model.decision_makers) > 2)
    if concept == "sim" and settings.simultaneous == "all" and name in _OF_SEQ:
        return False
    if name in ("sequences", "sanctions"):
        return several
    if name == "return_to_move":
        return several and both
    if name == "return_to_start":
        returns = num_movers > 1 and not isinstance(model.moves, LineMoves) and settings.strength != "strong"
        return returns and (concept not in _ESCAPING or both)
    if name == "unknown":
        return model.has_unknown
    if name == "strength":
        return num_movers > 1 and model.has_degrees and not concept.endswith("nash")
    return num_movers > 1


def _is_alike(concept: str, name: str, value: str, other: str) -> bool:
    """Return whether two values of a setting always mean the same for a concept."""
    return name == "unknown" and concept.endswith("nash") and (value in "ac") == (other in "ac")


def _num_movers(model: ConflictModel) -> int:
    """Return how many decision makers have a move; whoever has none can neither leave a state nor answer."""
    places = np.arange(model.num_states)
    movers = range(len(model.decision_makers))
    return sum(any((model.moves.best(dm, values) != values).any() for values in (places, -places)) for dm in movers)
