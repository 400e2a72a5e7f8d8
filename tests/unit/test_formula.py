"""Formulas against a truth table of Python's own words, and against sentences written by hand."""

from itertools import product
from random import Random

import numpy as np
import pytest

from formulas import Tree, random_tree, truth, written
from offramp.errors import FormulaError
from offramp.formula import MAX_DEPTH, MAX_LENGTH, Formula, atoms, evaluate, parse, rename

LABELS = ["a", "b", "c", "d"]
RECURSION_PROOF = 10_000


def name(label: str) -> Formula:
    return Formula("name", label=label)


def shape(formula: Formula) -> Tree:
    """Return a formula as a tree of tuples, for comparison by eye."""
    if formula.kind == "name":
        return ("name", formula.label)
    return (formula.kind, *(shape(part) for part in formula.parts))


def flat(tree: Tree) -> Tree:
    """Take apart a conjunction in a conjunction, a disjunction in a disjunction, as the library does."""
    kind, *parts = tree
    if kind == "name":
        return tree
    parts = [flat(part) for part in parts]
    if kind in ("and", "or"):
        parts = [piece for part in parts for piece in (part[1:] if part[0] == kind else (part,))]
    return (kind, *parts)


# Grammar, by hand.

A, B, C = ("name", "a"), ("name", "b"), ("name", "c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("true", ("true",)),
        ("false", ("false",)),
        ("dm.option", ("name", "dm.option")),
        ("not a and b", ("and", ("not", A), B)),
        ("not (a and b)", ("not", ("and", A, B))),
        ("a or b and c", ("or", A, ("and", B, C))),
        ("a and b or c", ("or", ("and", A, B), C)),
        ("a -> b or c", ("implies", A, ("or", B, C))),
        ("a or b -> c", ("implies", ("or", A, B), C)),
        ("a -> b -> c", ("implies", A, ("implies", B, C))),
        ("(a -> b) -> c", ("implies", ("implies", A, B), C)),
        ("a <-> b -> c", ("iff", A, ("implies", B, C))),
        ("a -> b <-> c", ("iff", ("implies", A, B), C)),
        ("a <-> b <-> c", ("iff", ("iff", A, B), C)),
        ("a <-> (b <-> c)", ("iff", A, ("iff", B, C))),
        ("not not a", ("not", ("not", A))),
        ("a and b and c", ("and", A, B, C)),
        ("a and (b and c)", ("and", A, B, C)),
        ("(a or b) or c", ("or", A, B, C)),
        ("at_most_one(a, b, c)", ("at_most_one", A, B, C)),
        ("exactly_one(a)", ("exactly_one", A)),
        ("at_most_one(a -> b, not c)", ("at_most_one", ("implies", A, B), ("not", C))),
        ("not at_most_one(a,b)", ("not", ("at_most_one", A, B))),
        ("a->b", ("implies", A, B)),
        ("a<->b", ("iff", A, B)),
        ("((a))", A),
        ("\n a\t and\r\nb ", ("and", A, B)),
        ("notice and android or orbit", ("or", ("and", ("name", "notice"), ("name", "android")), ("name", "orbit"))),
        ("true_story -> falsehood", ("implies", ("name", "true_story"), ("name", "falsehood"))),
        ("not_a", ("name", "not_a")),
        ("dm.not and true.x", ("and", ("name", "dm.not"), ("name", "true.x"))),
        ("TRUE", ("name", "TRUE")),
        ("exchаnge", ("name", "exchаnge")),  # a Cyrillic а: a label, which no case has
    ],
)
def test_what_a_text_means(text: str, tree: Tree) -> None:
    assert shape(parse(text)) == tree


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("((a)and((b)))", "a and b"),
        ("(a and b) or c", "a and b or c"),
        ("a and (b or c)", "a and (b or c)"),
        ("not(a)", "not a"),
        ("not (a or b)", "not (a or b)"),
        ("a->(b->c)", "a -> b -> c"),
        ("(a->b)->c", "(a -> b) -> c"),
        ("(a<->b)<->c", "a <-> b <-> c"),
        ("a<->(b<->c)", "a <-> (b <-> c)"),
        ("at_most_one((a),(b->c))", "at_most_one(a, b -> c)"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


def test_random_trees_are_read_and_printed_without_loss() -> None:
    rng = Random(1)
    for _ in range(2_000):
        tree = random_tree(rng, LABELS, rng.randint(1, 6))
        formula = parse(written(tree, rng))
        assert shape(formula) == flat(tree)
        assert str(formula) == written(flat(tree))
        assert parse(str(formula)) == formula


# Truth.


def test_truth_table_of_random_trees() -> None:
    """Each of 5,000 trees over four labels, at every one of the 16 states, alone and all at once."""
    rng = Random(2)
    states = [dict(zip(LABELS, values, strict=True)) for values in product((False, True), repeat=len(LABELS))]
    columns = {label: np.array([state[label] for state in states]) for label in LABELS}
    for _ in range(5_000):
        tree = random_tree(rng, LABELS, rng.randint(1, 5))
        formula = parse(written(tree, rng))
        wanted = [truth(tree, state) for state in states]
        assert [evaluate(formula, state) for state in states] == wanted
        held = np.broadcast_to(evaluate(formula, columns), len(states))
        assert held.dtype == bool
        assert held.tolist() == wanted


@pytest.mark.parametrize("number", range(5))
def test_at_most_and_exactly_one_count(number: int) -> None:
    labels = ["v", "w", "x", "y"]
    values = {label: place < number for place, label in enumerate(labels)}
    assert evaluate(parse("at_most_one(v, w, x, y)"), values) is (number <= 1)
    assert evaluate(parse("exactly_one(v, w, x, y)"), values) is (number == 1)


def test_the_same_label_twice_counts_twice() -> None:
    assert evaluate(parse("at_most_one(a, a)"), {"a": True}) is False
    assert evaluate(parse("exactly_one(a, a)"), {"a": False}) is False


def test_one_state_gives_a_plain_bool() -> None:
    for text in ("a", "not a", "a and b", "a or b", "a -> b", "a <-> b", "at_most_one(a, b)", "exactly_one(a)", "true", "not true"):
        assert type(evaluate(parse(text), {"a": True, "b": False})) is bool, text


def test_evaluation_leaves_its_arrays_alone() -> None:
    columns = {"a": np.array([True, False]), "b": np.array([False, False])}
    for text in ("not a", "a and b", "a or b", "a -> b", "a <-> b", "exactly_one(a, b)"):
        evaluate(parse(text), columns)
    assert columns["a"].tolist() == [True, False]
    assert columns["b"].tolist() == [False, False]


def test_conditions_as_bools_mix_with_options_as_arrays() -> None:
    held = evaluate(parse("war -> x"), {"war": True, "x": np.array([True, False])})
    assert held.tolist() == [True, False]
    assert evaluate(parse("war and x"), {"war": False, "x": np.array([True, False])}).tolist() == [False, False]


def test_atoms_and_rename() -> None:
    formula = parse("a -> at_most_one(b, not a) or true")
    assert atoms(formula) == {"a", "b"}
    assert str(rename(formula, {"a": "dm.a", "z": "y"})) == "dm.a -> at_most_one(b, not dm.a) or true"
    assert atoms(parse("true")) == frozenset()


# Errors.


def refusal(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    return caught.value


LABEL = "a label, true, false, not or ("
OPERATOR = "and, or, ->, <->, ) or the end"
WORDS = "write the words and, or, not and the arrows -> and <->"


@pytest.mark.parametrize(
    ("text", "found", "expected", "remedy"),
    [
        ("", "an empty formula", "a formula such as 'not exchange'", "write 'true' for what always holds"),
        (" \n\t", "an empty formula", "a formula such as 'not exchange'", "write 'true' for what always holds"),
        ("a and", "'a and' ends too early", LABEL, "complete it"),
        ("not", "'not' ends too early", LABEL, "complete it"),
        ("(", "'(' ends too early", LABEL, "complete it"),
        ("(a", "'(a' ends too early", "and, or, ->, <-> or )", "complete it"),
        ("at_most_one", "'at_most_one' ends too early", "(", "complete it"),
        ("exactly_one a", "'a' at character 13 of 'exactly_one a'", "(", WORDS),
        ("a b", "'b' at character 3 of 'a b'", OPERATOR, WORDS),
        ("a)", "')' at character 2 of 'a)'", OPERATOR, WORDS),
        ("a, b", "',' at character 2 of 'a, b'", OPERATOR, WORDS),
        ("and a", "'and' at character 1 of 'and a'", LABEL, WORDS),
        ("a -> -> b", "'->' at character 6 of 'a -> -> b'", LABEL, WORDS),
        ("at_most_one()", "')' at character 13 of 'at_most_one()'", LABEL, WORDS),
        ("at_most_one(a,)", "')' at character 15 of 'at_most_one(a,)'", LABEL, WORDS),
        ("a & b", "'&' at character 3 of 'a & b'", OPERATOR, WORDS),
        ("a | b", "'|' at character 3 of 'a | b'", OPERATOR, WORDS),
        ("a <- b", "'<' at character 3 of 'a <- b'", OPERATOR, WORDS),
        ("!a", "'!' at character 1 of '!a'", LABEL, WORDS),
        ("a and !b", "'!' at character 7 of 'a and !b'", LABEL, WORDS),
        ("1st", "'1' at character 1 of '1st'", LABEL, WORDS),
        ("a.b.c", "'.' at character 4 of 'a.b.c'", OPERATOR, WORDS),
        ("a ∧ b", "'∧' at character 3 of 'a ∧ b' (U+2227 LOGICAL AND)", OPERATOR, WORDS),
        ("a → b", "'→' at character 3 of 'a → b' (U+2192 RIGHTWARDS ARROW)", OPERATOR, WORDS),
        ("a and\xa0b", "'\\xa0' at character 6 of 'a and\\xa0b' (U+00A0 NO-BREAK SPACE)", LABEL, WORDS),
        ("a \u200b", "'\\u200b' at character 3 of 'a \\u200b' (U+200B ZERO WIDTH SPACE)", OPERATOR, WORDS),
        ("a аnd b", "'аnd' at character 3 of 'a аnd b' (U+0430 CYRILLIC SMALL LETTER A)", OPERATOR, WORDS),
        ("\x00", "'\\x00' at character 1 of '\\x00'", LABEL, WORDS),
    ],
)
def test_message(text: str, found: str, expected: str, remedy: str) -> None:
    error = refusal(text)
    assert (error.found, error.expected, error.remedy) == (found, expected, remedy)
    assert str(error) == f"{found}; expected {expected}; {remedy}"


def test_a_lone_surrogate_is_told_in_ascii() -> None:
    assert refusal("\ud800").found.isascii()


def test_long_texts_are_shortened_in_messages() -> None:
    assert len(str(refusal("a " * 1_999))) < 250
    assert len(str(refusal("a " + "b" * 3_000))) < 300
    assert len(str(refusal("(" * MAX_LENGTH))) < 250


@pytest.mark.parametrize("text", ["and", "or", "not", "true and", "at_most_one", "exactly_one", "-> a", "not and"])
def test_words_of_the_language_are_no_labels(text: str) -> None:
    refusal(text)


# Limits.

TOO_DEEP = f"a formula nested deeper than {MAX_DEPTH} levels; split it, or name a part as a condition"


def test_length() -> None:
    assert parse("x" * MAX_LENGTH).label == "x" * MAX_LENGTH
    for number in (MAX_LENGTH + 1, 1_000_000):
        wanted = f"a formula of {number:,} characters; expected at most 4,000; split it, or name a part as a condition"
        assert str(refusal("x" * number)) == wanted


@pytest.mark.parametrize(
    ("deepest", "deeper"),
    [
        ("not " * 49 + "a", "not " * 50 + "a"),
        ("a -> " * 49 + "a", "a -> " * 50 + "a"),
        ("a <-> " * 49 + "a", "a <-> " * 50 + "a"),
        ("exactly_one(" * 49 + "a" + ")" * 49, "exactly_one(" * 50 + "a" + ")" * 50),
        ("(a and (b or " * 24 + "not a" + "))" * 24, "(a and (b or " * 25 + "a" + "))" * 25),
    ],
)
def test_depth(deepest: str, deeper: str) -> None:
    formula = parse(deepest)
    assert formula.depth == MAX_DEPTH
    assert parse(str(formula)) == formula
    assert evaluate(formula, {"a": True, "b": False}) in (True, False)
    assert atoms(rename(formula, {"a": "z"})) <= {"z", "b"}
    assert str(refusal(deeper)) == TOO_DEEP


def test_long_and_flat_is_not_deep() -> None:
    formula = parse(" and ".join(["a"] * 600))
    assert formula.depth == 2
    assert evaluate(formula, {"a": True}) is True
    assert parse(" or ".join(["a"] * 700)).depth == 2
    assert parse("at_most_one(" + ",".join(["a"] * 1_900) + ")").depth == 2


def test_brackets_alone_make_nothing_deep() -> None:
    number = (MAX_LENGTH - 1) // 2
    assert parse("(" * number + "a" + ")" * number) == name("a")


@pytest.mark.parametrize(
    "text",
    [
        "(" * RECURSION_PROOF + "a" + ")" * RECURSION_PROOF,
        "not " * RECURSION_PROOF + "a",
        "a -> " * RECURSION_PROOF + "a",
        "(" * MAX_LENGTH,
        ")" * MAX_LENGTH,
        "not " * 999 + "a",
        "a->" * 1_333 + "a",
        "(not " * 790 + "a",
        "at_most_one(" * 330 + "a",
        "(" * 3_990 + " and",
        "a" + ")" * 3_000,
    ],
)
def test_endless_nesting_ends_in_one_message(text: str) -> None:
    assert str(refusal(text))
