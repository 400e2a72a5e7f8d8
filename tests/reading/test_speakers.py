"""Who speaks, who passes it on, and how it is meant."""

from __future__ import annotations

import pytest

from offramp.reading import Statement, read_text


def only(text: str) -> Statement:
    statements = read_text(text).statements
    assert len(statements) == 1, [text[slice(*span)] for one in statements for span in one.quote_spans]
    return statements[0]


@pytest.mark.parametrize(
    ("second", "speaker"),
    [
        ("“The road is closed,” Keller added.", "Maria Keller"),
        ("“The road is closed,” she added.", "Maria Keller"),
        ("“The road is closed,” Ms. Keller added.", "Maria Keller"),
        ("“The road is closed,” the minister added.", "Maria Keller"),
        ("“The road is closed,” Tomas Rossi added.", "Tomas Rossi"),
    ],
)
def test_full_name_for_what_stands_for_it(second: str, speaker: str) -> None:
    statements = read_text(f"“The gate stays shut,” Foreign Minister Maria Keller said.\n\n{second}").statements
    assert [one.speaker for one in statements] == ["Maria Keller", speaker]


def test_pronoun_takes_the_gender_of_a_title() -> None:
    text = "Mr. Tomas Rossi met Mrs. Maria Keller. “The gate stays shut,” she said. “The road is closed,” he said."
    assert [one.speaker for one in read_text(text).statements] == ["Maria Keller", "Tomas Rossi"]


def test_title_and_nationality_are_no_part_of_a_name() -> None:
    assert only("French President Anna Moreau said the gate would stay shut.").speaker == "Anna Moreau"


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("“The gate stays shut,” Maria Keller told the newspaper Daily Lantern.", "Maria Keller", ("Daily Lantern",)),
        ("“The gate stays shut,” Maria Keller told DW.", "Maria Keller", ("DW",)),
        ("“The gate stays shut,” Maria Keller said to Reuters.", "Maria Keller", ("Reuters",)),
        ("Maria Keller said in an interview with the Northern Times that the gate would stay shut.", "Maria Keller", ("Northern Times",)),
        ("The agency quoted the minister as saying that the gate would stay shut.", "minister", ("agency",)),
        ("The minister was quoted by Reuters as saying that the gate would stay shut.", "minister", ("Reuters",)),
        ("According to Reuters, Maria Keller said that the gate would stay shut.", "Maria Keller", ("Reuters",)),
        ("“The gate stays shut,” Maria Keller told reporters.", "Maria Keller", ()),
    ],
)
def test_relay(text: str, speaker: str, via: tuple[str, ...]) -> None:
    statement = only(text)
    assert (statement.speaker, statement.via) == (speaker, via)


def test_relays_nest() -> None:
    text = "The ministry said that Maria Keller had told guards that the gate would stay shut."
    outer, inner = read_text(text).statements
    assert (outer.speaker, outer.via) == ("ministry", ())
    assert (inner.speaker, inner.via) == ("Maria Keller", ("ministry",))
    assert inner.confidence < outer.confidence


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Maria Keller said that the gate was shut.", (False, False, False)),
        ("Maria Keller did not say that the gate was shut.", (True, False, False)),
        ("Maria Keller declined to say whether the gate was shut.", (True, False, False)),
        ("Maria Keller might say that the gate was shut.", (False, True, False)),
        ("If Maria Keller says that the gate is shut, nobody goes.", (False, True, False)),
        ("Maria Keller reportedly said that the gate was shut.", (False, False, True)),
        ("According to reports, Maria Keller said that the gate was shut.", (False, False, True)),
        ("According to reports, the gate was shut.", (False, False, True)),
    ],
)
def test_flags(text: str, flags: tuple[bool, bool, bool]) -> None:
    found = read_text(text).statements[-1]
    assert (found.negated, found.hypothetical, found.hearsay) == flags


def test_cue_and_speaker_have_their_places() -> None:
    text = "“The gate stays shut,” said Maria Keller."
    statement = only(text)
    assert statement.cue_span is not None
    assert statement.speaker_span is not None
    assert (text[slice(*statement.cue_span)], text[slice(*statement.speaker_span)]) == ("said", "Maria Keller")


def test_a_quotation_is_surer_than_an_object() -> None:
    assert only("“The gate stays shut,” said Maria Keller.").confidence > 0.9
    assert only("Maria Keller criticized the guards of the gate.").confidence < 0.9


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Dr. Tomas Rossi came. The doctor said that the gate was shut.", "Tomas Rossi"),
        ("Tomas Rossi, the UN Special Rapporteur, came. The rapporteur said that the gate was shut.", "Tomas Rossi"),
        ("The mayor said that the gate was shut.\n\nMayor Maria Keller had come by boat.", "Maria Keller"),
        ("Foreign Minister Maria Keller came. The finance minister said that the gate was shut.", "finance minister"),
        ("One guard, the poet Maria Keller, said that the gate was shut.", "Maria Keller"),
        ("The head of the Centre for Roads (CFR), Major Maria Keller, said that the gate was shut.", "Maria Keller"),
        ("The Minister of Roads, Maria Keller, said that the gate was shut.", "Maria Keller"),
        ("A guard saw it. He said that the gate was shut.", "guard"),
        ("Tomas Rossi left. “I saw it,” said a nurse. She said that the gate was shut.", "nurse"),
        ("“I saw it,” said a Western diplomat. Another said that the gate was shut.", "another diplomat"),
        ("“I saw it,” said Maria Keller. Her office said that the gate was shut.", "Maria Keller’s office"),
        ("The Committee for Open Roads (COR) met. COR said that the gate was shut.", "Committee for Open Roads"),
        ("The mining company Orban came. The company said that the gate was shut.", "Orban"),
        ("The association Lamp said that the gate was shut.", "Lamp"),
        ("13:40 One of the guards said that the gate was shut.", "one of the guards"),
        ("Neither the county nor the chief said that the gate was shut.", "county"),
        ("Mayor Maria Rossi and her husband, Tomas Rossi, came. Mrs Rossi said that the gate was shut.", "Maria Rossi"),
        ("Maria Keller-Rossi came with Tomas Rossi. Keller-Rossi said that the gate was shut.", "Maria Keller-Rossi"),
        ("PORT PELK – The coast guard said that the gate was shut.", "coast guard"),
        ("The trial of Maria Keller opened. The defendant said that the gate was shut.", "Maria Keller"),
        ("Maria Keller is accused of theft. The accused said that the gate was shut.", "Maria Keller"),
        ("Maria Keller had been a guard. The former guard said that the gate was shut.", "Maria Keller"),
        ("The Lamp Committee lost. The committee said that the gate was shut.", "Lamp Committee"),
        ("Orban Minerals Ltd is a company. “The gate is shut,” answered the company on its website.", "Orban Minerals Ltd"),
        ("Tomas Rossi stood for the Green List. His party said that the gate was shut.", "Green List"),
        ("Pollster Quanta said that the gate was shut.", "Quanta"),
        ("The MP Maria Keller said that the gate was shut.", "Maria Keller"),
        ("Two nurses came. One said that the gate was shut.", "nurse"),
        ("Some guards left. Others said that the gate was shut.", "other guards"),
        ("Three women came. A third said that the gate was shut.", "third woman"),
        ("“The gate is shut,” came Rossi’s answer.", "Rossi"),
        ("“The gate is shut,” ran the answer of the ministry.", "ministry"),
        ("The ministry summoned the ambassador. He is said to have replied that the gate was shut.", "ambassador"),
        ("A guard who wished to be called Toma said that the gate was shut.", "Toma"),
        ("A guard, who gave only his first name, Toma, said that the gate was shut.", "Toma"),
        ("Her son Toma said that the gate was shut.", "Toma"),
        ("Her husband, Toma, said that the gate was shut.", "Toma"),
        ("Reps. Maria Keller and Tomas Rossi came. Keller said that the gate was shut.", "Maria Keller"),
        ("The Minister of Roads, Maria Keller, came. The Minister said that the gate was shut.", "Maria Keller"),
        ("The Minister of Roads of Velland I. Keller came. The Minister said that the gate was shut.", "I. Keller"),
        ("LUMEN (24 February 2026) – Experts* today said that the gate was shut.", "experts"),
        ("Feb 24 (CP) – The ministry said that the gate was shut.", "ministry"),
        ("The UN refugee agency, UNHCR, points out that the gate is shut.", "UNHCR"),
        ("The committee was told by the guards’ employer, Orban Rail, that the gate was shut.", "Orban Rail"),
        ("The UN General Assembly said that the gate was shut.", "UN General Assembly"),
        ("Tomas Rossi came first. The decision rests with Maria Keller. She said that the gate was shut.", "Maria Keller"),
        ("The party newspaper printed a poem. It said that the gate was shut.", "party newspaper"),
        ("Tomas Rossi spoke. Velland shut the road. It said that the gate was shut.", "Velland"),
        ("By Maria Keller\n\nAs I have argued, the gate is shut.", "Maria Keller"),
    ],
)
def test_names_across_sentences(text: str, speaker: str) -> None:
    assert read_text(text).statements[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Maria Keller refused to rule out that the gate was shut.", (True, False, False)),
        ("Maria Keller avoided saying whether the gate was shut.", (True, False, False)),
        ("Maria Keller stopped short of saying that the gate was shut.", (True, False, False)),
        ("Nowhere does the report say that the gate was shut.", (True, False, False)),
        ("Maria Keller has not said when she came, nor has she explained why the gate was shut.", (True, False, False)),
        ("Suppose Maria Keller announced that the gate was shut.", (False, True, False)),
        ("If Maria Keller were to say that the gate was shut, nobody would go.", (False, True, False)),
        ("Should Maria Keller say that the gate is shut, nobody goes.", (False, True, False)),
        ("Were Maria Keller to say that the gate is shut, nobody would go.", (False, True, False)),
        ("Maria Keller is to announce on Friday that the gate is shut.", (False, True, False)),
        ("Maria Keller is said to have replied that the gate was shut.", (False, False, True)),
        ("People say that the gate is shut.", (False, False, True)),
        ("The agency Delta writes that the gate is allegedly shut.", (False, False, True)),
    ],
)
def test_further_flags(text: str, flags: tuple[bool, bool, bool]) -> None:
    found = read_text(text).statements[-1]
    assert (found.negated, found.hypothetical, found.hearsay) == flags


def test_a_refusal_to_say_is_one_statement_and_one_to_speak_is_none() -> None:
    assert only("Maria Keller refused to say whether the gate was shut.").negated
    assert not read_text("Maria Keller declined to comment.").statements


@pytest.mark.parametrize(
    "text",
    [
        "Maria Keller made no promise to open the gate.",
        "Maria Keller said nothing about the gate.",
        "Maria Keller has promised no gate so far.",
        "Maria Keller gave no reason for the closing of the gate.",
        "Maria Keller was silent on what would happen to the gate.",
        "Maria Keller kept silent about the gate.",
        "Not a word from Maria Keller about the gate.",
        "Maria Keller would not be drawn on the gate.",
        "Maria Keller did not go so far as to say that the gate was shut.",
        "At no point did Maria Keller say that the gate was shut.",
        "It was not Maria Keller who said that the gate was shut.",
        "Maria Keller has not publicly commented on the gate.",
    ],
)
def test_what_was_not_said(text: str) -> None:
    one = only(text)
    assert (one.speaker, one.negated, one.hypothetical, one.hearsay) == ("Maria Keller", True, False, False)


def test_what_was_said_all_the_same() -> None:
    assert not only("Maria Keller reported no damage to the gate.").negated
    assert not only("Did Maria Keller deny that the gate was shut?").negated


@pytest.mark.parametrize(
    "text",
    [
        "Once Maria Keller says that the gate is shut, nobody goes.",
        "Were Maria Keller to say that the gate is shut, nobody would go.",
        "Maria Keller is due to tell the court that the gate is shut.",
        "Maria Keller was about to say that the gate was shut.",
    ],
)
def test_what_may_yet_be_said(text: str) -> None:
    assert read_text(text).statements[-1].hypothetical
    assert not read_text(text).statements[-1].negated


@pytest.mark.parametrize(
    "text",
    [
        "There are rumours that the gate is shut.",
        "It is rumoured that the gate is shut.",
        "Word in the village is that the gate is shut.",
        "The story goes that the gate is shut.",
        "As the story goes, the gate is shut.",
        "By all accounts, the gate is shut.",
        "Unconfirmed reports say that the gate is shut.",
        "Maria Keller appears to have said that the gate was shut.",
    ],
)
def test_what_nobody_vouches_for(text: str) -> None:
    one = only(text)
    assert one.hearsay
    assert "gate" in text[slice(*one.quote_spans[-1])]


def test_the_cue_of_a_question_is_its_verb() -> None:
    text = "Did Maria Keller deny that the gate was shut?"
    (one,) = read_text(text).statements
    assert one.cue_span is not None
    assert text[slice(*one.cue_span)] == "deny"


def test_footnotes_are_no_words() -> None:
    text = "A guard said that the gate was shut.[43] It is also said that the road was closed.[44] A nurse denied it."
    first, second = read_text(text).statements[:2]
    assert (first.speaker, text[slice(*first.quote_spans[0])]) == ("guard", "that the gate was shut")
    assert (second.hearsay, text[slice(*second.quote_spans[0])]) == (True, "that the road was closed")
    assert all(start < end for one in (first, second) if one.cue_span for start, end in [one.cue_span])


def test_a_remark_on_what_was_said_is_no_part_of_it() -> None:
    text = "Ms. Keller said last Friday the gate was “one option among several”, a remark her office later described as misunderstood."
    assert text[slice(*read_text(text).statements[0].quote_spans[0])] == "the gate was “one option among several”"


@pytest.mark.parametrize(
    "text",
    [
        "Rumours are spreading that the gate is shut.",
        "A rumour in the village has it that the gate is shut.",
        "Nobody reported that the gate was shut, but rumour has it that the gate is shut.",
    ],
)
def test_rumours_spread(text: str) -> None:
    assert read_text(text).statements[-1].hearsay


def test_labels_in_capitals_tell_whose_words_follow() -> None:
    text = "\n\n".join(
        [
            "Feb 24 (CP) – Velland shut the gate.",
            "VELLAND FOREIGN MINISTER MARIA KELLER, quoted by state agency OTA: “It stays shut.”",
            "TOMAS ROSSI, HEAD OF THE GUARDS, to reporters: “We wait.” He added that the road was open.",
        ]
    )
    found = [(one.speaker, one.via) for one in read_text(text).statements]
    assert found == [("Maria Keller", ("OTA",)), ("Tomas Rossi", ()), ("Tomas Rossi", ())]


def test_what_stands_before_a_colon_is_not_what_he_said_after_it() -> None:
    text = "Ms. Keller took her time: the gate, she said, had been shut."
    spans = [[text[slice(*span)] for span in one.quote_spans] for one in read_text(text).statements]
    assert ["the gate", "had been shut"] in spans


def test_what_somebody_was_promised() -> None:
    one = only("Tomas Rossi had been promised protection by the embassy.")
    assert (one.speaker, "protection") == ("embassy", "protection")


def test_a_people_before_a_noun_is_no_part_of_it() -> None:
    named = {one.name for one in read_text("The law considers North Koreans citizens. North Korean guards said no.").actors}
    assert named >= {"North Koreans", "North Korean guards"}
    assert not any("Koreans citizens" in name for name in named)
