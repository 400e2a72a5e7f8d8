"""What pydantic finds wrong in a YAML file, told in the words of that file."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from offramp.case.yaml_reader import Document, Path_
from offramp.errors import CaseError, Problem

Model = TypeVar("Model", bound=BaseModel)

MAX_CANDIDATES = 300
"""Number of known words among which the nearest is looked for; each costs time."""

_QUOTE = "put it in quotation marks"
_COMMA = "between braces, put a formula with a comma in quotation marks"
_EXPECTED: dict[str, str] = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "dict_type": "entries, each 'key: …'",
    "model_type": "entries, each 'key: …'",
    "model_attributes_type": "entries, each 'key: …'",
    "list_type": "a list such as [a, b]",
    "tuple_type": "a list such as [a, b]",
    "string_unicode": "printable text",
}


def validate(model_class: type[Model], document: Document) -> Model:
    """Return what `document` says as an instance of `model_class`.

    Parameters
    ----------
    model_class : type
        A pydantic model of the whole file.
    document : Document
        The file as `read_yaml` returns it.

    Returns
    -------
    instance : Model
        The checked content.

    Raises
    ------
    CaseError
        If the file does not fit the model; all faults are listed.
    """
    try:
        return model_class.model_validate(document.data)
    except ValidationError as error:
        raise CaseError(problems(document, error, model_class)) from None


def problems(document: Document, error: ValidationError, model_class: type[BaseModel] | None = None) -> list[Problem]:
    """Return the faults in `error` as problems with file, line and label.

    A ``ValueError`` of the schema whose text reads ``found|expected|remedy`` is
    taken apart at the bars.

    Parameters
    ----------
    document : Document
        The file that did not validate.
    error : ValidationError
        What pydantic found.
    model_class : type, optional
        The model of the file; with it, unknown keys are answered by the known.

    Returns
    -------
    problems : list of Problem
        One an entry; the branches of a choice between forms become one.
    """
    faults = [_Fault(document.data, dict(detail)) for detail in error.errors(include_url=False)]
    return [_problem(document, fault, model_class) for fault in _merged(faults)]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the known word closest to `word`, or nothing.

    Examples
    --------
    >>> nearest("titel", ["title", "note"])
    "did you mean 'title'?"
    """
    import difflib
    from itertools import islice

    close = difflib.get_close_matches(word[:100], list(islice(known, MAX_CANDIDATES)), n=1)
    return f"did you mean {close[0]!r}?" if close else ""


def shown(value: object) -> str:
    """Return `value` as a phrase a reader recognises in the file.

    Examples
    --------
    >>> shown(5), shown("yes"), shown(None), shown([1, 2])
    ('the number 5', "'yes'", 'nothing', 'a list of 2')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "...")
    if isinstance(value, Mapping):
        return f"entries ({', '.join(str(key) for key in list(value)[:4])}{', …' if len(value) > 4 else ''})" if value else "no entries"
    return f"a list of {len(value)}" if isinstance(value, list | tuple) and value else "an empty list"


class _Fault:
    """One error of pydantic: where it is in the data, and at which choice of forms."""

    def __init__(self, data: Any, detail: dict[str, Any]) -> None:
        self.kind: str = detail["type"]
        self.message: str = detail["msg"]
        self.input: Any = detail["input"]
        self.context: dict[str, Any] = detail.get("ctx", {})
        self.expected: str = _EXPECTED.get(self.kind, "")
        self.choice: Path_ | None = None
        self.path: Path_ = self._located(data, detail["loc"])

    def _located(self, data: Any, steps: tuple[str | int, ...]) -> Path_:
        path: list[str | int] = []
        step: Any
        for position, step in enumerate(steps):
            if (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
                path.append(step)
                data = data[step]
            elif self.kind == "missing" and position == len(steps) - 1:
                path.append(step)
            elif step != "[key]":  # the name of a form, as in a choice between text and list
                self.choice = tuple(path) if self.choice is None else self.choice
        return tuple(path)

    @property
    def is_mismatch(self) -> bool:
        return self.path == self.choice and self.kind in _EXPECTED


def _merged(faults: list[_Fault]) -> list[_Fault]:
    kept: list[_Fault] = []
    by_choice: dict[Path_ | None, list[_Fault]] = {}
    for fault in faults:
        by_choice.setdefault(fault.choice, []).append(fault)
    for fault in faults:
        rivals = by_choice[fault.choice] if fault.choice is not None else []
        if not rivals or not fault.is_mismatch:
            kept.append(fault)
        elif all(other.is_mismatch for other in rivals) and fault is rivals[0]:
            fault.expected = " or ".join(dict.fromkeys(other.expected for other in rivals))
            kept.append(fault)
    return kept


def _problem(document: Document, fault: _Fault, model_class: type[BaseModel] | None) -> Problem:
    if fault.kind == "missing":
        return document.problem(fault.path, "this entry is missing", remedy=f"add '{fault.path[-1]}: …'")
    if fault.kind == "extra_forbidden":
        return _unknown_key(document, fault.path, model_class)
    if fault.kind in ("value_error", "assertion_error"):
        found, expected, remedy = [*str(fault.context.get("error", "")).rsplit("|", 2), "", ""][:3]
        inside = getattr(fault.context.get("error"), "path", ())  # of a `FaultAtError`
        return document.problem((*fault.path, *inside), found or fault.message, expected, remedy)
    expected = fault.expected or _bound(fault)
    scalar = isinstance(fault.input, int | float)
    return document.problem(fault.path, shown(fault.input), expected, _remedy(fault, expected, scalar))


def _remedy(fault: _Fault, expected: str, scalar: bool) -> str:
    if fault.kind == "literal_error" and fault.input in _literals(fault):
        return "remove the quotation marks"
    if fault.kind == "literal_error":
        return nearest(str(fault.input), _literals(fault))
    if expected == "text" and scalar:
        return _QUOTE
    if expected == "true or false" and str(fault.input).lower() in ("true", "false"):
        return "remove the quotation marks"
    return ""


def _bound(fault: _Fault) -> str:
    context = fault.context
    if fault.kind == "literal_error":
        return str(context["expected"]).replace("'", "")
    if fault.kind == "string_too_short" or (fault.kind == "too_short" and isinstance(fault.input, str)):
        return "some text"
    if fault.kind == "too_short":
        return "at least one entry" if context["min_length"] == 1 else f"at least {context['min_length']} entries"
    for name, word in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"), ("max_length", "at most")):
        if name in context:
            return f"{word} {context[name]:,}"
    return fault.message.removeprefix("Input should be ").removeprefix("Value error, ").lower()


def _literals(fault: _Fault) -> list[str]:
    return [word.strip("'") for word in str(fault.context["expected"]).replace(" or ", ", ").split(", ")]


def _unknown_key(document: Document, path: Path_, model_class: type[BaseModel] | None) -> Problem:
    known = sorted({field.alias or name for model in _models(model_class, path[:-1]) for name, field in model.model_fields.items()})
    expected = f"one of {', '.join(known)}" if known else ""
    remedy = _COMMA if str(path[-1]).endswith(")") else nearest(str(path[-1]), known) or "remove or correct it"
    return document.problem(path, f"the key {path[-1]!r} is not known here", expected, remedy)


def _models(annotation: Any, path: Path_) -> list[type[BaseModel]]:
    """Return the models that `annotation` allows at `path` below it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _models(arguments[0], path)
    if origin in (Union, types.UnionType):
        return [model for argument in arguments for model in _models(argument, path)]
    if origin in (dict, list, tuple):
        return _models(arguments[1 if origin is dict else 0], path[1:]) if path else []
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return []
    if not path:
        return [annotation]
    field = annotation.model_fields.get(str(path[0]))
    return _models(field.annotation, path[1:]) if field else []
