"""The words that dates are made of, and what each means."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), 1
    )
}
MONTH_SHORT = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASON_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12}
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {"twenty-first": 21}
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
NUMBERS = {word: number for number, word in enumerate(_UNITS.split(), 1)} | {
    "a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
}  # fmt: skip
DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9}

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])"
YEAR = r"(?:1[4-9]|20|21)\d\d(?![\w%])"
NUMBER = r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty)-(?:one|two|three|four|five|six|seven|eight|nine)|" + "|".join(NUMBERS) + ")"
DASH = r"[-–—−/]"


def month_number(word: str) -> int:
    """Return the number of a month from its name or its short form.

    Examples
    --------
    >>> month_number("Sept."), month_number("MAY")
    (9, 5)
    """
    plain = word.lower().rstrip(".")
    return MONTHS.get(plain) or MONTH_SHORT[plain]


def number(word: str) -> int:
    """Return the value of a number in figures or words, up to ninety-nine in words.

    Examples
    --------
    >>> number("a"), number("twenty-five"), number("14")
    (1, 25, 14)
    """
    if word.isdecimal():
        return int(word)
    return sum(NUMBERS[part] for part in word.lower().split("-"))


def day_number(word: str) -> int:
    """Return the number of a day of the month, with or without its ending.

    Examples
    --------
    >>> day_number("9th"), day_number("31")
    (9, 31)
    """
    return int(word.rstrip("stndrh"))
