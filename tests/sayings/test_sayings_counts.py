"""Which numbers contradict each other: those of one thing in one state, and no others."""

import pytest

from offramp.sayings.contradictions import contradictions
from offramp.sayings.counts import counts
from offramp.sayings.records import Saying


def numbers(*words: str) -> list[tuple[str, list[str]]]:
    """Return what the numbers that contradict each other count, and these."""
    sayings = [Saying(str(place), str(place), text, "indirect") for place, text in enumerate(words)]
    return [(one.of, [value for value, _ in one.values]) for one in contradictions(sayings) if one.about == "number"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Three workers died in the collapse.", "Four workers have died since.", ("workers", ["3", "4"])),
        ("The crane killed three workers.", "Four workers were killed by the crane.", ("workers", ["3", "4"])),
        ("14 dock workers had been hurt", "Sixteen dock workers had been injured", ("dock workers", ["14", "16"])),
        ("We hold 3,000 prisoners of war.", "We hold 2,000 captives.", ("prisoners of war", ["3000", "2000"])),
        ("Nine of the fourteen gates are cracked", "nine of the twelve gates are cracked", ("gates", ["14", "12"])),
        ("Dredgers will pay 100,000 euros to each", "that each would be paid €10,000", ("euros", ["100000", "10000"])),
        ("At least 10 ships were sunk", "Seven ships were sunk", ("ships", ["at least 10", "7"])),
        ("about 3,000 soldiers were captured", "300 soldiers were captured", ("soldiers", ["about 3000", "300"])),
        ("63% of voters took part", "53% of voters took part", ("voters", ["63", "53"])),
        ("No crane killed three workers", "No crane killed four workers", ("workers", ["3", "4"])),
    ],
)
def test_numbers_of_one_thing_in_one_state_contradict(one: str, other: str, expected: tuple[str, list[str]]) -> None:
    assert numbers(one, other) == [expected]
    assert numbers(one, one) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Three workers have died since the collapse", "that 16 workers had been hurt and three had died"),
        ("The collapse killed 3 workers.", "The collapse hurt 16 workers."),
        ("Three workers died in the collapse", "Sixteen workers were hurt in the collapse"),
        ("3 Ukrainian soldiers died", "16 Ukrainian soldiers were captured"),
        ("3 workers died on Monday", "16 workers remain in hospital"),
        ("Three of our workers died", "Two drivers died"),
        ("three workers did not return", "four workers returned"),
        ("300 prisoners will be released", "200 prisoners had been released"),
        ("At least 10 workers died", "12 workers died"),
        ("up to 20 people were killed", "17 people were killed"),
        ("more than 100 houses burnt down", "at least 150 houses burnt down"),
        ("about 3,000 soldiers were captured", "2,950 soldiers were captured"),
        ("five to ten trucks left the port", "eleven trucks or twelve left the port"),
        ("We repaired three trucks on Monday and two trucks on Tuesday", "We repaired five trucks"),
        ("two men and three women died", "five people died"),
        ("On 5 March 2031 three workers died", "Three workers died in 2030"),
        ("Three ships left the harbour, and four ships stayed", "Four ships stayed in the harbour"),
        ("The dam has 14 gates, nine of them cracked.", "Nine gates of the dam are cracked."),
        ("We found nine of the fourteen gates cracked", "We found fourteen gates"),
        ("He paid 100 euros for two tickets", "He paid 200 dollars for two tickets"),
        ("12 soldiers died", "20 soldiers were wounded; 12 died"),
        ("The city had two ambulances", "The city will get 12 ambulances"),
        ("Article 118 was violated", "Article 13 was violated"),
        ("the second worker died at 10:30", "the third worker died at 11:30"),
    ],
)
def test_other_numbers_do_not(one: str, other: str) -> None:
    assert numbers(one, other) == numbers(other, one) == []


def test_who_has_no_number_of_it_is_not_named() -> None:
    sayings = ["Three workers died.", "Four workers died.", "Three workers died, and one fled.", "Workers died."]
    (found,) = contradictions([Saying(str(place), str(place), words, "indirect") for place, words in enumerate(sayings)])
    assert found.values == (("3", (0, 2)), ("4", (1,)))


@pytest.mark.parametrize("words", ["", "12", "nine of", "of the 14", "3 4 5", "and 3 and", "9-12", "$", "5 %", "not 5", "“…” 7"])
def test_odd_texts(words: str) -> None:
    assert all(one.about for one in counts(words))
