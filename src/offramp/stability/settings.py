"""The definitions in use that differ from source to source: named settings, stored with every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from offramp.errors import ChoiceError, UnknownLabelError

VALUES: Mapping[str, Mapping[str, str]] = {
    "sequences": {
        "legal": "opponents answer by sequences of any length, nobody twice in succession",
        "once": "opponents answer one after the other, each at most once",
        "one_step": "one opponent answers, by one move",
    },
    "return_to_start": {
        "sanctions": "an answer that leads back to the state of departure deters",
        "ignored": "an answer that leads back to the state of departure does not count",
    },
    "return_to_move": {
        "sanctions": "an answer that goes round and ends where the improvement led counts",
        "ignored": "an answer that goes round and ends where the improvement led does not count",
    },
    "unknown": {
        "a": "a state of unknown merit tempts, and does not deter",
        "b": "a state of unknown merit neither tempts nor deters",
        "c": "a state of unknown merit tempts and deters",
        "d": "a state of unknown merit does not tempt, and deters",
    },
    "strength": {
        "general": "an answer deters if it ends no better",
        "strong": "an answer deters only if it ends greatly worse",
        "weak": "stable in general and not strongly",
    },
    "simultaneous": {
        "all": "every opponent may improve at the same time",
        "unstable": "opponents for whom the state is not sequentially stable may improve at the same time",
    },
    "sanctions": {
        "coalitions": "opponents of a coalition improve alone or jointly, no coalition twice in succession",
        "individuals": "opponents of a coalition improve one by one, nobody twice in succession",
    },
}
"""Every setting with its values, the default first, and what each means."""


@dataclass(frozen=True)
class Settings:
    """Which of the definitions in use are meant.

    Parameters
    ----------
    sequences, return_to_start, return_to_move, unknown, strength, simultaneous, sanctions : str
        As `VALUES` has them; each concept looks at those that concern it.

    Raises
    ------
    ChoiceError
        If a setting has no such value.

    Examples
    --------
    >>> Settings(sequences="one_step").changed
    {'sequences': 'one_step'}
    >>> Settings(unknown="e")
    Traceback (most recent call last):
    offramp.errors.ChoiceError: the setting unknown is 'e'; expected a, b, c or d; `offramp concepts` says what each means
    """

    sequences: str = "legal"
    return_to_start: str = "sanctions"
    return_to_move: str = "sanctions"
    unknown: str = "a"
    strength: str = "general"
    simultaneous: str = "all"
    sanctions: str = "coalitions"

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value not in VALUES[name]:
                *others, last = VALUES[name]
                raise ChoiceError(
                    f"the setting {name} is {value!r}; expected {', '.join(others)} or {last}; `offramp concepts` says what each means"
                )

    @property
    def changed(self) -> dict[str, str]:
        """The settings that are not the default, by name."""
        return {name: value for name, value in asdict(self).items() if value != getattr(DEFAULT, name)}

    def told(self, has_unknown: bool) -> dict[str, str]:
        """Return the settings that go with an answer: what is not the default, and `unknown` where pairs of states are.

        Examples
        --------
        >>> Settings(sequences="once").told(has_unknown=True)
        {'sequences': 'once', 'unknown': 'a'}
        """
        return {**self.changed, **({"unknown": self.unknown} if has_unknown else {})}

    def but(self, **changes: str) -> Settings:
        """Return the settings with some of them changed.

        Raises
        ------
        UnknownLabelError
            For a setting that is not there.
        ChoiceError
            If a setting has no such value.
        """
        for name in changes:
            if name not in VALUES:
                raise UnknownLabelError("setting", name, list(VALUES))
        return replace(self, **changes)

    def record(self) -> dict[str, str]:
        """Return all settings by name, with what is always the same."""
        return {**asdict(self), "improvements": "over the state the mover stands on", "coalitions": "members keep their own stabilities"}


DEFAULT = Settings()
"""The logical definitions."""
