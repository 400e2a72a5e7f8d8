"""Who passes words on: the ways in which English reports tell it, one or more sentences of our own for each."""

from __future__ import annotations

import pytest

from offramp.reading import Statement, read_text

OWN = "The Harrow Post"
SHUT = "that the gate would stay shut"


def about(text: str, words: str) -> Statement:
    """Return the innermost statement that holds some words."""
    found = [one for one in read_text(text, "2026-02-24", OWN).statements if any(words in text[a:b] for a, b in one.quote_spans)]
    assert found, text
    return min(found, key=lambda one: sum(b - a for a, b in one.quote_spans))


def relayed(text: str, words: str = "gate") -> tuple[str, tuple[str, ...]]:
    one = about(text, words)
    return one.speaker, one.via


@pytest.mark.parametrize(
    ("told", "outlet"),
    [
        ("the newspaper Daily Lantern", "Daily Lantern"),
        ("the Daily Lantern newspaper", "Daily Lantern"),
        ("the Lumen daily Vechera", "Vechera"),
        ("Vechera, a Lumen daily,", "Vechera"),
        ("the daily The Meridian", "Meridian"),
        ("state news agency Delta", "Delta"),
        ("the Delta news agency", "Delta"),
        ("Lumen Today", "Lumen Today"),
        ("BBC Radio 4", "BBC Radio 4"),
        ("the BBC’s Jane Holm", "BBC"),
        ("RTV’s morning programme", "RTV"),
        ("a Reuters reporter", "Reuters"),
        ("Lumen Gazette reporter Jane Holm", "Lumen Gazette"),
        ("a correspondent of the Delta agency", "Delta"),
        ("the Telegram channel Night Watch", "Night Watch"),
        ("The Times of Lumen", "Times of Lumen"),
        ("Germany’s Stern magazine", "Stern"),
        ("a Polish TV channel", "Polish TV channel"),
        ("Ukrainska Pravda", "Ukrainska Pravda"),
        ("state television", "state television"),
        ("a local newspaper", "local newspaper"),
        ("this newspaper", "Harrow Post"),
        ("our correspondent", "Harrow Post"),
        ("the Post", "Harrow Post"),
    ],
)
def test_outlets(told: str, outlet: str) -> None:
    speaker, via = relayed(f"Maria Keller told {told} {SHUT}.")
    assert (speaker, [name.removeprefix("The ") for name in via]) == ("Maria Keller", [outlet])


@pytest.mark.parametrize(
    "told",
    [
        "reporters",
        "journalists in Lumen",
        "parliament",
        "the court",
        "the ministry",
        "the Security Council",
        "the UN General Assembly",
        "NATO",
        "the ICRC",
        "Amnesty International",
        "Kyiv",
        "Tomas Rossi",
        "her lawyer",
        "a news conference",
    ],
)
def test_listeners_are_no_relays(told: str) -> None:
    assert relayed(f"Maria Keller told {told} {SHUT}.") == ("Maria Keller", ())


@pytest.mark.parametrize(
    "place",
    [
        "In an interview with Reuters,",
        "In an interview to Reuters on Friday,",
        "In a Reuters interview,",
        "In an interview published on Friday by Reuters,",
        "In remarks carried by Reuters,",
        "In comments to Reuters,",
        "In a statement to Reuters,",
        "Speaking to Reuters,",
        "Asked by Reuters,",
        "Contacted by Reuters on Monday,",
        "As quoted by Reuters,",
        "Quoted by Reuters,",
        "According to Reuters,",
        "In an article for Reuters,",
        "In comments emailed to Reuters,",
        "In a letter which Reuters published on Friday,",
        "On the website of Reuters,",
        "In an email obtained by Reuters,",
        "In a recording leaked to Reuters,",
        "In reply to questions from Reuters,",
        "In response to a request by Reuters,",
    ],
)
def test_occasions(place: str) -> None:
    assert relayed(f"{place} Maria Keller said {SHUT}.") == ("Maria Keller", ("Reuters",))


@pytest.mark.parametrize(
    "text",
    [
        "Reuters quoted Maria Keller as saying {shut}.",
        "Reuters cited Maria Keller as saying {shut}.",
        "Maria Keller was quoted by Reuters as saying {shut}.",
        "Maria Keller was quoted as saying by Reuters {shut}.",
        "Maria Keller, quoted by Reuters, said {shut}.",
        "Maria Keller, who spoke to Reuters later, said {shut}.",
        "Maria Keller, Reuters reported on Monday, had said {shut}.",
        "Reuters was told by Maria Keller {shut}.",
        "In its evening news, Reuters had Maria Keller saying {shut}.",
        "“The gate stays shut,” Maria Keller said, according to Reuters.",
        "“The gate stays shut,” Maria Keller said, as quoted by Reuters.",
        "“The gate stays shut,” Maria Keller was quoted by Reuters as saying.",
        "“The gate stays shut,” Reuters quoted Maria Keller as saying.",
        "Maria Keller said {shut}, Reuters reported.",
        "Reuters reported that Maria Keller had said {shut}.",
        "According to Maria Keller, quoted by Reuters, the gate would stay shut.",
        "Reuters, citing Maria Keller, said {shut}.",
        "Citing Maria Keller, Reuters reported {shut}.",
        "The gate would stay shut, Reuters reported, citing Maria Keller.",
        "Maria Keller confirmed to Reuters {shut}.",
        "Reuters published a letter in which Maria Keller said {shut}.",
        "Maria Keller said on the air of Radio Reuters {shut}.",
        "Maria Keller told a reporter from Reuters {shut}.",
        "Maria Keller told Jane Holm of Reuters {shut}.",
        "Maria Keller told Velland’s Radio Reuters {shut}.",
        "Maria Keller told the Reuters news agency {shut}.",
        "Maria Keller was quoted in the daily Reuters last week as having said {shut}.",
        "According to the mayor, Maria Keller, quoted by Reuters, the gate would stay shut.",
        "Maria Keller confided to Reuters {shut}.",
        "Maria Keller is reported by Reuters to have said {shut}.",
        "Maria Keller appeared on Radio Reuters and said {shut}.",
        "Maria Keller was shown on Reuters TV saying {shut}.",
        "Reuters has seen a letter in which Maria Keller said {shut}.",
        "Reuters reported that Maria Keller demanded {shut}.",
        "Reuters has learned from Maria Keller {shut}.",
        "Reuters has it from Maria Keller {shut}.",
        "As Maria Keller told Reuters, the gate would stay shut.",
    ],
)
def test_quoting(text: str) -> None:
    speaker, via = relayed(text.format(shut=SHUT))
    assert (speaker, [name.removeprefix("Radio ").removesuffix(" TV") for name in via]) == ("Maria Keller", ["Reuters"])


def test_who_gets_an_interview_is_an_outlet_unless_it_is_a_person() -> None:
    assert relayed(f"In an interview with Lanterna, Maria Keller said {SHUT}.") == ("Maria Keller", ("Lanterna",))
    assert relayed(f"In an interview with Open Sky, Maria Keller said {SHUT}.") == ("Maria Keller", ("Open Sky",))
    assert relayed(f"Jane Holm came. In a conversation with Holm, Maria Keller said {SHUT}.") == ("Maria Keller", ())


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Maria Keller said through her lawyer {shut}.", ("lawyer",)),
        ("Speaking through an interpreter, Maria Keller said {shut}.", ("interpreter",)),
        ("In a message read out by her lawyer, Maria Keller said {shut}.", ("lawyer",)),
        ("In a letter passed on by her sister, Maria Keller said {shut}.", ("sister",)),
        ("In a letter made public by her lawyer, Maria Keller said {shut}.", ("lawyer",)),
        ("Her lawyer quoted Maria Keller as saying {shut}.", ("lawyer",)),
        ("According to her lawyer, Maria Keller said {shut}.", ("lawyer",)),
        ("According to a note that a nurse read out, Maria Keller said {shut}.", ("nurse",)),
        ("Maria Keller, a guard has heard from a cook, had said {shut}.", ("guard", "cook")),
        ("Maria Keller told a nurse, the report says, {shut}.", ("report",)),
        ("A nurse said Maria Keller had sent a message: “The gate stays shut.”", ("nurse",)),
        ("Maria Keller, says her lawyer, insists {shut}.", ("lawyer",)),
        ("Her lawyer read out a letter in which Maria Keller said {shut}.", ("lawyer",)),
        ("According to her lawyer, Tomas Rossi, Maria Keller said {shut}.", ("Tomas Rossi",)),
        ("Her lawyer said he had heard from Maria Keller {shut}.", ("lawyer",)),
        ("Maria Keller told Reuters and the BBC {shut}.", ("Reuters", "BBC")),
        ("Maria Keller told Reuters {shut}, as cited by the Lumen Gazette.", ("Lumen Gazette", "Reuters")),
        ("Tomas Rossi told Reuters that Maria Keller had said {shut}.", ("Reuters", "Tomas Rossi")),
    ],
)
def test_persons_and_chains(text: str, via: tuple[str, ...]) -> None:
    assert relayed(text.format(shut=SHUT)) == ("Maria Keller", via)


def test_a_statement_to_an_outlet_is_the_tellers() -> None:
    assert relayed(f"Maria Keller told Reuters in an emailed statement {SHUT}.") == ("Maria Keller", ("Reuters",))


def test_who_tells_of_it_after_a_comma() -> None:
    text = "Maria Keller denied that the gate was shut, her lawyer, Tomas Rossi, told Reuters."
    assert relayed(text) == ("Maria Keller", ("Reuters", "Tomas Rossi"))
    assert relayed("Maria Keller denied that the gate was shut, but her lawyer said nothing.") == ("Maria Keller", ())


def test_what_a_person_cites_is_an_argument() -> None:
    assert relayed(f"Maria Keller said, citing Article 13, {SHUT}.") == ("Maria Keller", ())


def test_whom_a_person_cites_is_the_speaker() -> None:
    assert relayed(f"Citing two guards, Maria Keller said {SHUT}.") == ("two guards", ("Maria Keller",))
    assert relayed("The gate would stay shut, Maria Keller added, citing a nurse.") == ("nurse", ("Maria Keller",))


def test_a_body_cites_people() -> None:
    assert relayed("The gate would stay shut, the ministry said, citing two guards.") == ("two guards", ("ministry",))


def test_the_agency_is_the_one_named_last_of_its_kind() -> None:
    text = f"The newspaper Vechera and the agency Delta were there. The agency quoted Maria Keller as saying {SHUT}."
    assert relayed(text) == ("Maria Keller", ("Delta",))
    assert relayed(text.replace("The agency quoted", "The paper quoted")) == ("Maria Keller", ("Vechera",))


def test_short_forms_have_the_full_name() -> None:
    text = f"Radio Pelk was the first there. The Lumen Morning Gazette came later. Maria Keller told the Gazette {SHUT}."
    assert relayed(text) == ("Maria Keller", ("Lumen Morning Gazette",))


@pytest.mark.parametrize(
    ("second", "via"),
    [
        ("She added that the road was safe.", ("Reuters",)),
        ("“The road is safe,” she went on.", ("Reuters",)),
        ("She denies that the road is safe.", ()),
        ("She did not say that the road was safe.", ()),
        ("Tomas Rossi added that the road was safe.", ()),
    ],
)
def test_a_relay_goes_on_while_somebody_goes_on_speaking(second: str, via: tuple[str, ...]) -> None:
    assert about(f"Ms. Maria Keller told Reuters {SHUT}. {second}", "he road").via == via


def test_the_own_outlet_is_no_relay_of_what_others_tell_it_later() -> None:
    text = f"Ms. Maria Keller told this newspaper {SHUT}. She said that Tomas Rossi had told her that the road was safe."
    assert relayed(text, "the road was safe") == ("Tomas Rossi", ("Maria Keller",))


def test_whose_warning_it_was() -> None:
    assert relayed("Her sister said she was warned by Maria Keller not to open the gate.") == ("Maria Keller", ("sister",))


def test_papers_are_held_by_others_than_who_publishes_the_text() -> None:
    assert relayed(f"A letter seen by Reuters says {SHUT}.") == ("letter", ("Reuters",))
    assert relayed("According to a letter obtained by Reuters, the gate would stay shut.") == ("letter", ("Reuters",))
    assert relayed(f"A letter seen by the Post says {SHUT}.") == ("letter", ())
    assert relayed(f"A letter seen by guards says {SHUT}.") == ("letter", ())


def test_where_anybody_can_publish_is_no_outlet() -> None:
    assert relayed(f"On his Telegram channel, Tomas Rossi wrote {SHUT}.") == ("Tomas Rossi", ())
    text = f"A Telegram channel, Night Watch, published a video in which Maria Keller says {SHUT}."
    assert relayed(text) == ("Maria Keller", ("Night Watch",))


def test_nations_keep_their_capital() -> None:
    assert relayed(f"Russian state media reported that Maria Keller had said {SHUT}.") == ("Maria Keller", ("Russian state media",))
    assert relayed(f"North Korean guards said {SHUT}.") == ("North Korean guards", ())


def test_a_bank_may_be_a_paper() -> None:
    assert relayed(f"Maria Keller, reached by the exile paper Far Bank, said {SHUT}.") == ("Maria Keller", ("Far Bank",))
    assert relayed(f"Maria Keller, reached by Far Bank, said {SHUT}.") == ("Maria Keller", ())


def test_what_somebody_told_us_was_told_to_the_publisher() -> None:
    assert relayed(f"Maria Keller told us {SHUT}.") == ("Maria Keller", (OWN,))
    assert relayed(f"Maria Keller would not tell us {SHUT}.") == ("Maria Keller", ())
    assert relayed(f"By Jane Holm\n\nMaria Keller told us {SHUT}.") == ("Maria Keller", ())


def test_who_denies_a_report_does_not_pass_it_on() -> None:
    text = "The palace denied a report by Radio Pelk that the gate would stay shut."
    assert relayed(text) == ("Radio Pelk", ())


def test_one_source_told_apart_is_a_relay_and_sources_are_hearsay() -> None:
    one = about("According to a source in the palace, Maria Keller said that the gate would stay shut.", "gate")
    assert (one.speaker, one.via, one.hearsay) == ("Maria Keller", ("source in the palace",), False)
    assert about("According to sources, Maria Keller said that the gate would stay shut.", "gate").hearsay


def test_who_puts_in_that_he_said_it() -> None:
    text = "Tomas Rossi came. Ms. Maria Keller, he said, told guards that the gate would stay shut."
    assert relayed(text) == ("Maria Keller", ("Tomas Rossi",))
    text = "Tomas Rossi came. Ms. Maria Keller, he said, told him on the steps: “The gate stays shut.”"
    assert relayed(text) == ("Maria Keller", ("Tomas Rossi",))


def test_a_semicolon_parts_sources() -> None:
    text = "Reuters put the number at six, citing a guard; the ministry said that the gate would stay shut."
    assert relayed(text) == ("ministry", ())
    text = "According to a guard, the road was safe; the ministry insisted that the gate would stay shut."
    assert relayed(text) == ("ministry", ())
