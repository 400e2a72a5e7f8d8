"""What the entries of a case file are made of: ids, texts, dates, and what every judgement carries."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

Basis = Literal["stated", "inferred", "assumed"]
Direction = Literal["both", "forward", "backward"]

MAX_WEIGHT = 10**12


class FaultAtError(ValueError):
    """What is wrong with one part of an entry, ``found|expected|remedy``; `path` leads there from the entry."""

    def __init__(self, path: tuple[str | int, ...], text: str) -> None:
        self.path = path
        super().__init__(text)


def _identifier(text: str) -> str:
    if re.fullmatch(r"[a-z][a-z0-9_]*", text):
        return text
    odd = next((letter for letter in text if ord(letter) > 127), None)
    if odd is not None:
        name = unicodedata.name(odd, "unnamed character")
        raise ValueError(f"{text!r} holds {odd!r} (U+{ord(odd):04X} {name})|an id of a-z, 0-9 and _|type the letter again in ASCII")
    raise ValueError(f"{text!r} is no id|a-z, 0-9 and _, a letter first|write it like hands_over")


def plain_text(text: str) -> str:
    """Return `text`; raise a ValueError, ``found|expected|remedy``, where it holds what a reader does not see."""
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") and letter not in "\n\t":
            raise ValueError(f"the control character U+{ord(letter):04X}|printable text|remove it")
        if letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
            raise ValueError(f"the direction control U+{ord(letter):04X}|text whose order is what it looks like|remove it")
    return text


def _date(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def is_date(text: str) -> bool:
    """Return whether a text is a date as a case file has them: YYYY, YYYY-MM or YYYY-MM-DD."""
    import datetime

    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _dated(text: str) -> str:
    if is_date(text):
        return text
    raise ValueError(f"{text!r} is no date|YYYY, YYYY-MM or YYYY-MM-DD|give the date as far as it is known")


def counted(value: object) -> object:
    """Return a weight; raise a ValueError, ``found|expected|remedy``, for what is none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MAX_WEIGHT:
        return float(value)
    shown = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, str) else value
    raise ValueError(f"the weight {shown}|a number from 0 to {MAX_WEIGHT:,}|say how much the reading counts beside the others")


def _label(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _word(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _version(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(f"{str(value).lower()} is no version|offramp: 1|write 1")
    if isinstance(value, int) and value > 1:
        raise ValueError(f"the number {value} of a newer version of this program|1|install that version to read it")
    return value


Version = Annotated[Literal[1], BeforeValidator(_version)]
Id = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(plain_text)]
Date = Annotated[str, BeforeValidator(_date, json_schema_input_type=str | int), AfterValidator(_dated)]
FormulaText = Annotated[str, BeforeValidator(_word, json_schema_input_type=str | bool), AfterValidator(plain_text)]
StateLabel = Annotated[str, BeforeValidator(_label, json_schema_input_type=str | int), AfterValidator(plain_text)]


class Entry(BaseModel):
    """Base of all entries: fixed once read, and no key but the named ones."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Judgement(Entry):
    """Something that the analyst judges: on what basis, because of which words."""

    name: Text = ""
    note: Text = ""
    basis: Basis | None = None
    because: list[Id] = []
    since: Date | None = None
    until: Date | None = None

    @property
    def graded(self) -> Basis:
        """The basis; `assumed` where the file gives none."""
        return self.basis or "assumed"

    @model_validator(mode="after")
    def _dates_in_order(self) -> Judgement:
        if self.since and self.until and self.until < self.since[: len(self.until)]:
            raise ValueError(f"until {self.until} is before since {self.since}|since no later than until|swap or correct the dates")
        return self
