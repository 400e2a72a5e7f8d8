"""The random cases of `brute_cases` are cases that the library reads."""

from random import Random

from brute_cases import random_file, written_case
from offramp.case.load import read_case_text

SEEDS = range(70_000, 70_400)


def test_every_case_is_read() -> None:
    for seed in SEEDS:
        file = random_file(Random(seed))
        text = written_case(file)
        case = read_case_text(text).case
        assert list(case.options) == [f"{dm}.{name}" for dm, maker in file["decision_makers"].items() for name in maker["options"]], text
        assert list(case.interventions) == list(file["interventions"]), text
