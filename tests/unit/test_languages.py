"""Codes of languages: one text for one language, and none for what is none."""

import pytest

from offramp.sources.extract_language import _identifier
from offramp.sources.languages import _MISTAKEN, _tables, is_analysed, language_code


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("EN", "en"), ("eng", "en"), ("ENG-gb", "en-GB"), ("en_US", "en-US"), ("ger", "de"), ("deu", "de"), ("uk-UA", "uk-UA"),
     ("sr-cyrl-rs", "sr-Cyrl-RS"), ("es-419", "es-419"), ("de-1996", "de-1996"), ("yue", "yue"), ("", "")],
)  # fmt: skip
def test_codes(text: str, code: str) -> None:
    assert language_code(text) == code
    assert language_code(code) == code


@pytest.mark.parametrize("text", ["English", "klingon", "xx", "e", "en-", "-en", "en gb", " en", "en\n", "anglais", "мова", "12"])
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no language code\|a code of two or three letters such as en, uk, ko\|"):
        language_code(text)
    assert not is_analysed(text)


@pytest.mark.parametrize("text", ["en", "EN", "eng", "en-GB", "en_us", ""])
def test_english_is_analysed(text: str) -> None:
    assert is_analysed(text)


@pytest.mark.parametrize("text", ["uk", "ko", "enm", "de-GB"])
def test_no_other_language_is(text: str) -> None:
    assert not is_analysed(text)


def test_the_tables_fit_together() -> None:
    two, three, names = _tables()
    assert len(two) == 183
    assert all(len(code) == 3 for code in three)
    assert set(three.values()) == two == set(names.values()) | {"nd", "nr"}
    assert set(_MISTAKEN.values()) <= two


def test_every_language_that_is_detected_can_be_stored() -> None:
    identifier = _identifier()
    if identifier is None:
        pytest.skip("py3langid is not installed")
    assert all(language_code(str(label)) for label in identifier.labels if label != "zxx")
