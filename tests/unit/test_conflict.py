"""The model's own small questions: who, which state, by which label."""

import numpy as np
import pytest

from offramp.errors import UnknownLabelError
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import ConflictModel, States
from offramp.model.lines import LineMoves

OPTIONS = ("anna.leave", "anna.stay", "bert.pay")


def by_options(codes: list[int]) -> ConflictModel:
    array = np.array(codes, dtype=np.int64)
    moves = LineMoves(array, [0b011, 0b100], [0, 0], [0, 0])
    return ConflictModel("x", ("anna", "bert"), States(options=OPTIONS, codes=array), moves, np.zeros((2, len(codes)), np.int64), 1)


def graph(names: tuple[str, ...]) -> ConflictModel:
    return ConflictModel(
        "x", ("anna",), States(names=names), ArcMoves(len(names), [np.zeros((0, 2), np.int64)]), np.zeros((1, len(names)), np.int64)
    )


def test_labels_of_states() -> None:
    """Codes 0, 1, 4 and 6: nothing; the first option; the third; the second and third."""
    states = by_options([0, 1, 4, 6]).states
    assert states.labels == ("NNN", "YNN", "NNY", "NYY")
    assert len(states) == 4
    assert [states.label(k) for k in range(4)] == list(states.labels)


def test_index_finds_what_is_there_and_nothing_else() -> None:
    states = by_options([1, 4, 6]).states
    assert [states.index(label) for label in ("YNN", "NNY", "NYY")] == [0, 1, 2]
    for label in ("NNN", "YYY", "NYN", "yNN", "Y", "", "YNNN", "N-Y", "Y-Y", "Y-", "Y-n", "1", "ynn"):
        assert states.index(label) is None, label
    assert states.index("Y-N") == 0  # a pattern that one state alone matches


def test_columns() -> None:
    columns = by_options([0, 1, 4, 6]).states.columns()
    assert {option: column.tolist() for option, column in columns.items()} == {
        "anna.leave": [False, True, False, False],
        "anna.stay": [False, False, False, True],
        "bert.pay": [False, False, True, True],
    }


def test_state_by_code_name_or_number() -> None:
    model = by_options([0, 1, 4])
    assert [model.state(label) for label in ("NNY", 3, 1, "NNN")] == [2, 2, 0, 0]
    named = graph(("2", "peace"))
    assert named.state("2") == 0  # a name
    assert named.state(2) == 1  # a number
    for wrong in (0, 4, -1, "YYY", "3"):
        with pytest.raises(UnknownLabelError, match=r"no state is called .*; there are: numbers 1 to 3, NNN, YNN, NNY"):
            model.state(wrong)


def test_decision_makers_by_label() -> None:
    model = by_options([0, 1])
    assert [model.dm("anna"), model.dm("bert")] == [0, 1]
    assert model.opponents(0) == (1,)
    assert model.opponents(1) == (0,)
    assert graph(("s",)).opponents(0) == ()
    with pytest.raises(UnknownLabelError, match=r"^no decision maker is called 'carl'; there are: anna, bert$"):
        model.dm("carl")
