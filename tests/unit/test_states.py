"""Which states exist, in which order: against every combination tried one by one."""

import resource
import time
import tracemalloc
from itertools import product
from random import Random

import numpy as np
import pytest

from formulas import Tree, random_tree, truth, written
from offramp.errors import TooManyStatesError
from offramp.formula import atoms, evaluate, parse
from offramp.model.states import MAX_OPTIONS, MAX_STATES, Constraint, code_label, feasible_codes, label_code, taken


def constraint(tree: Tree, names: list[str]) -> Constraint:
    """Return a rule as the library takes it."""
    formula = parse(written(tree))
    places = {names.index(label): label for label in atoms(formula)}
    return Constraint(frozenset(places), lambda columns: evaluate(formula, {places[k]: column for k, column in columns.items()}))


def brute(trees: list[Tree], names: list[str]) -> list[int]:
    """Return the codes at which every tree holds, by trying all; the first option counts one."""
    found = []
    for values in product((False, True), repeat=len(names)):
        state = dict(zip(names, values, strict=True))
        if all(truth(tree, state) for tree in trees):
            found.append(sum(2**place for place, value in enumerate(values) if value))
    return sorted(found)


def test_five_hundred_random_rule_sets() -> None:
    rng = Random(6)
    sizes = []
    for _ in range(500):
        names = [f"o{k}" for k in range(rng.randint(1, 9))]
        trees = [
            random_tree(rng, rng.sample(names, rng.randint(1, min(4, len(names)))), rng.randint(1, 4)) for _ in range(rng.randint(0, 5))
        ]
        codes = feasible_codes(len(names), [constraint(tree, names) for tree in trees])
        assert codes.tolist() == brute(trees, names), [written(tree) for tree in trees]
        assert codes.dtype == np.int64
        sizes.append(len(codes))
    assert 0 in sizes, "some rule sets contradict one another"
    assert max(sizes) == 512, "some leave everything"


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        ([], [0, 1, 2, 3]),
        (["a"], [1, 3]),  # the first option is the least significant digit
        (["b"], [2, 3]),
        (["a -> b"], [0, 2, 3]),
        (["a", "not a"], []),
        (["true"], [0, 1, 2, 3]),  # a rule without an option
        (["false"], []),
        (["a", "false"], []),
        (["a", "true", "b"], [3]),
        (["a <-> b", "a or b"], [3]),
        (["a and not a"], []),
        (["a", "a"], [1, 3]),
    ],
)
def test_by_hand(texts: list[str], codes: list[int]) -> None:
    rules = []
    for text in texts:
        formula = parse(text)
        places = {"ab".index(label): label for label in atoms(formula)}
        rules.append(
            Constraint(
                frozenset(places),
                lambda columns, formula=formula, places=places: evaluate(formula, {places[k]: c for k, c in columns.items()}),
            )
        )
    assert feasible_codes(2, rules).tolist() == codes


def test_rules_in_any_order_leave_the_same_states() -> None:
    rng = Random(7)
    names = [f"o{k}" for k in range(7)]
    for _ in range(50):
        trees = [random_tree(rng, rng.sample(names, 3), 3) for _ in range(4)]
        rules = [constraint(tree, names) for tree in trees]
        first = feasible_codes(7, rules).tolist()
        rng.shuffle(rules)
        assert feasible_codes(7, rules).tolist() == first


def test_labels_and_codes() -> None:
    assert code_label(0b00110, 5) == "NYYNN"
    assert label_code("NYYNN") == 6
    assert code_label(0, 0) == ""
    for code in range(64):
        label = code_label(code, 6)
        assert label_code(label) == code
        assert [letter == "Y" for letter in label] == [bool(taken(np.array([code]), k)[0]) for k in range(6)]
    assert code_label(1 << 61, 62) == "N" * 61 + "Y"
    assert taken(np.array([1 << 61]), 61).tolist() == [True]


# Too many.


def refusal(num_options: int, rules: list[Constraint], limit: int = MAX_STATES) -> str:
    with pytest.raises(TooManyStatesError) as caught:
        feasible_codes(num_options, rules, limit)
    return str(caught.value)


REMEDY = "add rules, merge options, or leave some out"


def test_forty_free_options_are_counted_and_not_made() -> None:
    tracemalloc.start()
    start = time.monotonic()
    said = refusal(40, [])
    seconds, (_, peak) = time.monotonic() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said == f"40 options leave 1,099,511,627,776 states; at most 1,048,576 are computed: {REMEDY}"
    assert seconds < 1
    assert peak < 1_000_000


def test_the_number_is_exact_where_rules_tie_a_few_options() -> None:
    """Three states of a pair that excludes itself, times two to the thirty-eight."""
    names = [f"o{k}" for k in range(40)]
    assert refusal(40, [constraint(("at_most_one", ("name", "o3"), ("name", "o30")), names)]) == (
        f"40 options leave {3 * 2**38:,} states; at most 1,048,576 are computed: {REMEDY}"
    )


def test_forty_options_in_one_knot_are_stopped_on_the_way() -> None:
    names = [f"o{k}" for k in range(40)]
    chain = [constraint(("or", ("name", names[k]), ("name", names[k + 1])), names) for k in range(39)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    said = refusal(40, chain)
    assert time.monotonic() - start < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes
    assert said.startswith(
        "40 options, 40 of them tied together by rules, make more than 1,048,576 combinations (at most 1,099,511,627,776)"
    )


def test_contradictory_rules_beside_many_free_options_leave_nothing() -> None:
    names = [f"o{k}" for k in range(40)]
    assert feasible_codes(40, [constraint(("name", "o1"), names), constraint(("not", ("name", "o1")), names)]).tolist() == []


def test_sixty_two_options_fit_and_sixty_three_do_not() -> None:
    names = [f"o{k}" for k in range(62)]
    rules = [constraint(("name", name), names) for name in names[:-1]]
    assert feasible_codes(62, rules).tolist() == [2**61 - 1, 2**62 - 1]
    assert MAX_OPTIONS == 62
    for number in (63, 64, 1_000):
        assert refusal(number, rules) == f"{number:,} options; at most 62 fit one model: merge options, or split the case".replace(
            ",000", "000"
        )


def test_the_limit_itself_is_allowed() -> None:
    assert len(feasible_codes(4, [], limit=16)) == 16
    assert refusal(4, [], limit=15) == f"4 options leave 16 states; at most 15 are computed: {REMEDY}"
    names = list("abcd")
    both = [constraint(("or", ("name", "a"), ("name", "d")), names)]
    assert len(feasible_codes(4, both, limit=12)) == 12
    assert refusal(4, both, limit=11) == f"4 options leave 12 states; at most 11 are computed: {REMEDY}"
