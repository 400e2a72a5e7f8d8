"""Ways of reporting without a plain "said that", and how far what was said goes: sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tell = Callable[[str], list[tuple[str, str, list[str]]]]
KELLER = "Maria Keller"


def only(told: Tell, text: str) -> tuple[str, list[str]]:
    """Return speaker and words of the one statement of a text."""
    ((_, speaker, pieces),) = told(text)
    return speaker, pieces


@pytest.mark.parametrize(
    ("text", "speaker", "pieces"),
    [
        ("Maria Keller’s claim that the gate is safe was believed.", KELLER, ["that the gate is safe"]),
        ("The claims by Maria Keller that the gate is safe were believed.", KELLER, ["that the gate is safe"]),
        ("Maria Keller issued a warning of floods in the valley.", KELLER, ["floods in the valley"]),
        ("Maria Keller issued a warning.", KELLER, ["a warning"]),
        ("Maria Keller made no promise to open the gate.", KELLER, ["to open the gate"]),
        ("Maria Keller voiced concern about the old gate.", KELLER, ["concern about the old gate"]),
        ("Maria Keller expressed doubts about the inspection.", KELLER, ["doubts about the inspection"]),
        ("The guards faced criticism from Maria Keller over the delay.", KELLER, ["the delay"]),
        ("A call by Maria Keller for a new gate went unheard.", KELLER, ["a new gate"]),
        ("Criticism of the plan came from Maria Keller.", KELLER, ["the plan"]),
        ("Her appeal to the guards to stay was in vain.", "", ["to stay"]),
        ("Maria Keller sent a message that the gate was shut.", KELLER, ["that the gate was shut"]),
    ],
)
def test_nouns_report(told: Tell, text: str, speaker: str, pieces: list[str]) -> None:
    assert only(told, text) == (speaker, pieces)


@pytest.mark.parametrize("text", ["The demand for coal has risen.", "Her promise was kept.", "The gate is his main concern."])
def test_nouns_that_nobody_utters(told: Tell, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "pieces"),
    [
        ("Maria Keller made clear that the gate was safe.", KELLER, ["that the gate was safe"]),
        ("Maria Keller was adamant that the gate was safe.", KELLER, ["that the gate was safe"]),
        ("Maria Keller let it be known that the gate was safe.", KELLER, ["that the gate was safe"]),
        ("Maria Keller ruled out a new gate.", KELLER, ["a new gate"]),
        ("Maria Keller lashed out at the guards of the gate.", KELLER, ["the guards of the gate"]),
        ("Maria Keller put the cost of the gate at $2 million.", KELLER, ["the cost of the gate at $2 million"]),
        ("Maria Keller wanted to know who had the key.", KELLER, ["who had the key"]),
        ("Maria Keller pleaded not guilty.", KELLER, ["not guilty"]),
        ("Maria Keller referred to the gate as a ruin.", KELLER, ["the gate as a ruin"]),
        ("Maria Keller used the phrase “loss of face” again.", KELLER, ["“loss of face”"]),
        ("Maria Keller pointed to the old rule.", KELLER, ["the old rule"]),
        ("Maria Keller went after the guards as thieves.", KELLER, ["the guards as thieves"]),
        ("The gate was safe, Maria Keller shot back.", KELLER, ["The gate was safe"]),
        ("Maria Keller hit back: nobody had a key.", KELLER, ["nobody had a key"]),
        ("What Maria Keller said was that the gate must be painted.", KELLER, ["that the gate must be painted"]),
        ("It is the opinion of the inspectors that the gate is safe.", "inspectors", ["that the gate is safe"]),
        ("The gate, as Maria Keller put it, is a sieve.", KELLER, ["The gate", "is a sieve"]),
        ("The gate is a sieve, in Maria Keller’s view.", KELLER, ["The gate is a sieve"]),
        ("Rumour has it that the gate was sold.", "", ["that the gate was sold"]),
        ("Maria Keller is understood to be leaving the town.", "", ["Maria Keller", "to be leaving the town"]),
        ("Word in the town is that the gate was sold.", "", ["that the gate was sold"]),
        ("The rules of the town lay down that guards may rest.", "rules of the town", ["that guards may rest"]),
        ("The gate, Maria Keller went on, is a sieve.", KELLER, ["The gate", "is a sieve"]),
        ("Maria Keller estimated the losses at ten million.", KELLER, ["the losses at ten million"]),
        ("Maria Keller qualified it as a trick.", KELLER, ["it as a trick"]),
        ("Maria Keller regretted the noise.", KELLER, ["the noise"]),
    ],
)
def test_set_phrases_report(told: Tell, text: str, speaker: str, pieces: list[str]) -> None:
    assert only(told, text) == (speaker, pieces)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The gate, as Maria Keller noted, is old.", ["The gate", "is old"]),
        ("As many guards, including Maria Keller, have noted, the gate is old.", ["the gate is old"]),
        ("Article 13 of the rules, Maria Keller reminded the guards, protects the gate.", ["Article 13 of the rules", "protects the gate"]),
        ("The gate was open, Maria Keller said on Monday, and nobody had a key.", ["The gate was open", "and nobody had a key"]),
        ("However, the gate was shut, Maria Keller said.", ["the gate was shut"]),
        ("The wall is a duty, Maria Keller explains, while a gate is a bargain.", ["The wall is a duty", "while a gate is a bargain"]),
        ("That stops nobody, Maria Keller remarked, “from keeping a list”.", ["That stops nobody", "“from keeping a list”"]),
        ("The gate was opened at night, announced the General Staff.", ["The gate was opened at night"]),
        ("I did not open the gate, Maria Keller says, smiling.", ["I did not open the gate"]),
        ("Maria Keller objected: too many guards for one gate.", ["too many guards for one gate"]),
    ],
)
def test_attribution_in_the_midst(told: Tell, text: str, pieces: list[str]) -> None:
    assert only(told, text)[1] == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Guards said they had doubts about it, but could not bear to leave.", "they had doubts about it, but could not bear to leave"),
        ("Maria Keller says she hopes to stay, but she knows that it is old.", "she hopes to stay, but she knows that it is old"),
        ("Maria Keller vowed to guard the gate and never leave the town.", "to guard the gate and never leave the town"),
        ("Maria Keller vowed to guard the gate and left the town.", "to guard the gate"),
        ("Maria Keller described odd behaviour by the guards behind the gate.", "odd behaviour by the guards behind the gate"),
        ("Maria Keller described the gate in an interview on Monday.", "the gate"),
        ("Maria Keller said it would fall, which would be the end of the town.", "it would fall, which would be the end of the town"),
        ("Maria Keller said the gate was old, although nobody had asked her.", "the gate was old"),
        ("Maria Keller said the keys were with Anna Rossi, the mayor.", "the keys were with Anna Rossi"),
        ("Maria Keller said there were two ways: a new gate or a wall.", "there were two ways: a new gate or a wall"),
        ("Maria Keller claims there are two ways: Guards leave or it falls.", "there are two ways: Guards leave or it falls"),
        ("Maria Keller says the gate is shut, but the guards laugh.", "the gate is shut"),
        ("Maria Keller said the gate was shut, but she denied that it was old.", "the gate was shut"),
        (
            "Empty road.\n\nAt Monday’s fair, Keller cited charming poems Rossi had written about the guards.",
            "charming poems Rossi had written about the guards",
        ),
        ("Guards said they are more and more certain the mayor lost the key.", "they are more and more certain the mayor lost the key"),
        ("Maria Keller said it was a mistake to go, but she would deny that she was gone.", "it was a mistake to go"),
        ("While Keller told the council he was not ready to leave, Rossi left.", "he was not ready to leave"),
        ("Rossi asked the guard, after Keller told the council he was not ready to leave.", "he was not ready to leave"),
        ("Maria Keller said that it was late, but “nobody has a key.”", "that it was late, but “nobody has a key.”"),
        ("The dam (the mayor says it is safe) leaks.", "it is safe"),
        ("The gate is in good order, as the head of the group, Anna Rossi, declared on Tuesday.", "The gate is in good order"),
    ],
)
def test_how_far_it_goes(told: Tell, text: str, pieces: str) -> None:
    assert next(words for _, _, words in told(text)) == [pieces]


@pytest.mark.parametrize(
    ("text", "speaker", "pieces"),
    [
        ("The gate, which Maria Keller called “a sieve,” is shut.", KELLER, ["which", "“a sieve,”"]),
        ("Lund charges that guards who stand at the gate took the key.", "Lund", ["that guards who stand at the gate took the key"]),
        ("The Velland Union appeals for calm in the valley.", "Velland Union", ["calm in the valley"]),
        ("In the hall of the old town, her deputy, Anna Rossi, conceded that the gate was old.", "Anna Rossi", ["that the gate was old"]),
        ("Maria Keller called the gate a trap.", KELLER, ["the gate a trap"]),
        ("Maria Keller called Anna Rossi “third-rate”.", KELLER, ["Anna Rossi “third-rate”"]),
        ("Maria Keller called the news about a raid premature.", KELLER, ["the news about a raid premature"]),
        ("The plan was branded a trap by Maria Keller.", KELLER, ["The plan", "a trap"]),
        ("The guards were promised that they would be paid.", "", ["that they would be paid"]),
        ("Maria Keller asked not to be named.", KELLER, ["not to be named"]),
        ("Maria Keller reminded the guards of the old rule.", KELLER, ["the old rule"]),
        ("Maria Keller told the guards at the gate she would leave the town.", KELLER, ["she would leave the town"]),
        ("Maria Keller refused to say whether the gate was safe.", KELLER, ["whether the gate was safe"]),
        ("A laboratory found lead in the water.", "laboratory", ["lead in the water"]),
        ("Maria Keller told the guards to read art. 9 of the rules.", KELLER, ["to read art. 9 of the rules"]),
        ("Asked whether she would stay, Maria Keller said yes.", KELLER, ["yes"]),
        ("Maria Keller said nothing about the gate.", KELLER, ["the gate"]),
        ("Maria Keller drew attention to the old rule.", KELLER, ["the old rule"]),
        ("Maria Keller spoke at a meeting in the hall about the gate.", KELLER, ["the gate"]),
        ("Maria Keller called for the guards to stay.", KELLER, ["the guards to stay"]),
        ("Maria Keller announced plans this week to paint the gate.", KELLER, ["plans", "to paint the gate"]),
    ],
)
def test_frames(told: Tell, text: str, speaker: str, pieces: list[str]) -> None:
    assert only(told, text) == (speaker, pieces)


@pytest.mark.parametrize(
    "text",
    [
        "It is too early to tell whether the gate will hold.",
        "The hand pointed to the gate.",
        "Maria Keller found the key under a stone.",
        "The hall was full; Rossi announced.",
        "Maria Keller called the meeting.",
        "The town has two gates:\n• the old gate;\n• the new gate.",
        "Say yes or say no.",
        "The rule requires candidates to disclose the cost.",
        "They saw a crowd, citing two officials.",
        "Do not blame the guards.",
        "Asked whether she would stay, she smiled.",
        "They built a wall to defend the gate.",
        "The group calls itself Gate Watch.",
        "They went to see the play, “Eclipse,” in the town.",
        "Maria Keller went on, though the gate was shut.",
        "Maria Keller: 1,769.\nAnna Rossi: 1,501.\nMaria Keller: 12.\n",
    ],
)
def test_nobody_says_it(told: Tell, text: str) -> None:
    assert told(text) == []


def test_what_several_say_is_parted_by_a_semicolon(told: Tell) -> None:
    text = "The gate is open, guards say; the gate is shut, neighbours say."
    assert [pieces for _, _, pieces in told(text)] == [["The gate is open"], ["the gate is shut"]]


def test_quotation_goes_on_after_reported_words(told: Tell) -> None:
    text = "The gate may fall, Maria Keller said. “Nobody has a key.”"
    assert only(told, text) == (KELLER, ["The gate may fall", "“Nobody has a key.”"])


def test_participle_after_a_quotation_has_its_own_words(told: Tell) -> None:
    text = "Maria Keller said: “The gate stays shut,” adding that nobody had a key."
    assert [(speaker, pieces) for _, speaker, pieces in told(text)] == [
        (KELLER, ["“The gate stays shut,”"]),
        (KELLER, ["that nobody had a key"]),
    ]


def test_promise_that_somebody_else_tells_of(told: Tell) -> None:
    text = "Two guards have asked not to be sent home, Maria Keller said."
    assert [(speaker, pieces) for _, speaker, pieces in told(text)] == [
        (KELLER, ["Two guards have asked not to be sent home"]),
        ("two guards", ["not to be sent home"]),
    ]


def test_saying_that_somebody_is_said_to_have_said_is_one(told: Tell) -> None:
    assert only(told, "Maria Keller is said to have replied that the gate was shut.") == (KELLER, ["that the gate was shut"])


def test_appeal_to_somebody_to_do_something(told: Tell) -> None:
    text = "Eleven guilds today appealed to the government of Oldport to keep the nine guards held since the Marin ferry raid out of it."
    assert only(told, text) == ("eleven guilds", ["to keep the nine guards held since the Marin ferry raid out of it"])


def test_gerund_after_another_sentence_in_the_same(told: Tell) -> None:
    text = "Anna Rossi is said to have offered the queen to mend her boats; Maria Keller denied receiving any letter."
    assert told(text)[-1] == ("indirect", KELLER, ["receiving any letter"])


def test_sentence_after_a_question_in_marks_has_its_own_words(told: Tell) -> None:
    text = "A woman held up a sign: “WHERE IS THE GATE?” Maria Keller says nobody has been able to tell."
    assert told(text)[-1] == ("indirect", KELLER, ["nobody has been able to tell"])


def test_sum_after_a_reported_clause_is_the_speakers(told: Tell) -> None:
    text = "Maria Keller said the lamps had been ordered in June and put the cost of the gate at $2 million a day."
    assert [pieces for _, _, pieces in told(text)] == [["the lamps had been ordered in June"], ["the cost of the gate at $2 million a day"]]


def test_items_after_a_colon_are_statements(told: Tell) -> None:
    text = "The letter makes two demands:\n• an end to the noise;\n• a new gate.\n\nThe road was empty."
    assert [(speaker, pieces) for _, speaker, pieces in told(text)] == [("letter", ["an end to the noise"]), ("letter", ["a new gate"])]


def test_words_without_marks_after_a_colon(told: Tell) -> None:
    text = "Maria Keller added:\n\nThe gate stays shut. Nobody has a key.\n\nThe road was empty."
    assert only(told, text) == (KELLER, ["The gate stays shut. Nobody has a key"])


def test_story_within_a_report_has_its_own_speaker(told: Tell) -> None:
    text = "The report says guards told Maria Keller that the gate was safe."
    assert ("indirect", "guards", ["that the gate was safe"]) in told(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("— The gate stays shut — replied Maria Keller.", ["The gate stays shut"]),
        ("— You have no key! shouted Maria Keller from the wall.", ["You have no key!"]),
        ("— Today or tomorrow, said Maria Keller, — what matters is the gate.", ["Today or tomorrow,", "what matters is the gate."]),
    ],
)
def test_dialogue_after_a_dash(told: Tell, text: str, pieces: list[str]) -> None:
    assert told(text) == [("direct", KELLER, pieces)]


def test_time_of_day_is_no_part_of_a_sentence(told: Tell) -> None:
    assert told("17:31 Maria Keller said the gate was shut.") == [("indirect", KELLER, ["the gate was shut"])]


def test_labels_with_an_office(told: Tell) -> None:
    text = "QUESTION: Is it shut?\nMS KELLER (spokesperson): It is.\nQUESTION (Newswire): Why?\nMS KELLER: Ask the guards.\n"
    assert [(speaker, pieces) for _, speaker, pieces in told(text)] == [
        ("QUESTION", ["Is it shut?"]),
        ("MS KELLER", ["It is."]),
        ("QUESTION", ["Why?"]),
        ("MS KELLER", ["Ask the guards."]),
    ]
