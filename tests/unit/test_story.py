"""From findings to words."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

import offramp
from offramp import catalogue
from offramp.analysis.findings import Findings, findings
from offramp.case.load import CaseFile, read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.report.story import story
from offramp.report.told import Story
from offramp.report.words import KIN, Figure, Mark, Text, plain
from offramp.sources.evidence import Evidence, EvidenceFile, Source, named, read_evidence

NO_EVIDENCE = Evidence({}, {}, {})
SMALL = """
offramp: 1
title: Two at a door
as_of: 2025-03
decision_makers:
  anna: {name: Anna, options: {leave: {name: leaves the room, irreversible: true}, call: {}}}
  ben: {name: Ben, options: {open: {name: Open the door}, hit: {name: hits the family}}}
rules: {door: {name: A closed door, require: leave -> open, contested: true}}
readings:
  anna:
    tired: {name: Tired, prefers: [{that: leave}, {that: not hit}]}
    calm: {prefers: [{that: not leave}]}
  ben: {only: {prefers: [{that: hit <-> leave, because: [s2]}, {that: leave}]}}
norms:
  stay: {name: Stay, binds: [anna], forbids: leave, absolute: true, cite: House rules}
  peace: {name: Do not hit the family, binds: [ben], forbids: hit, cite: Civil code}
people:
  guest_a: {protected: true, wish: leave}
  family: {protected: true, restricted: true, wish: not hit}
harms:
  - {to: guest_a, that: leave, grade: slight, name: catches a cold}
  - {to: family, that: hit, by: [ben], grade: grave, name: broken bones, because: [s2]}
claims:
  alone: {name: Anna can go alone, possible: {end: leave, by: [anna]}, because: [s1]}
  quiet: {name: It lasts, stable: {that: not leave and not call and not open and not hit}}
  beaten: {name: The family is beaten when Anna leaves, only_if: {end: leave, needs: hit}, because: [s2]}
"""


def evidence(*, restricted: bool = True) -> Evidence:
    source = {
        "file": "a.txt",
        "sha256": "0" * 64,
        "text_sha256": "0" * 64,
        "extractor": "plain/1",
        "outlet": "Gazette",
        "kind": "note",
        "date": "2025-02",
    }
    said = {"source": "g", "quote": "exact words", "spans": [[0, 11]], "kind": "direct"}
    statements = {
        "s1": {**said, "speaker": "z", "said_on": "2025-02-03", "relayed_by": ["Wire"]},
        "s2": {**said, "quote": "secret words", "restricted": restricted},
    }
    content = EvidenceFile.model_validate(
        {"offramp": 1, "speakers": {"z": {"name": "Zoe", "titles": ["minister"]}}, "statements": statements}
    )
    return Evidence(named({"g": Source.model_validate(source)}), named(content.speakers), named(content.statements))


def solved(text: str) -> tuple[CaseFile, Findings]:
    file = read_case_text(text)
    return file, findings(Builder(file))


def told(text: str, audience: str = "public", known: Evidence | None = None) -> Story:
    file, found = solved(text)
    return story(file, known or evidence(), found, audience)


@pytest.fixture(scope="module")
def bundled() -> tuple[CaseFile, Evidence, Findings]:
    file = offramp.read_case("two-prisoners")
    return file, read_evidence(catalogue.folder("two-prisoners")), findings(Builder(file))


def every_text(value: Any) -> list[Text]:
    """Return every text in a story, in order."""
    if isinstance(value, tuple) and any(not isinstance(part, str | tuple) and type(part).__module__.endswith("words") for part in value):
        return [value]
    if isinstance(value, tuple):
        return [found for part in value for found in every_text(part)]
    if hasattr(value, "__dataclass_fields__"):
        return [found for name in value.__dataclass_fields__ for found in every_text(getattr(value, name))]
    return [(value,)] if isinstance(value, str) else []


def words_of(value: Any) -> str:
    return "\n".join(map(plain, every_text(value)))


def figures(value: Any) -> list[Figure]:
    return [part for found in every_text(value) for part in found if isinstance(part, Figure)]


@pytest.mark.parametrize("audience", ["", "Public", "press", None, "internal "])
def test_an_unknown_audience_is_refused(audience: str | None) -> None:
    file, found = solved(SMALL)
    with pytest.raises(ChoiceError, match="public or internal"):
        story(file, NO_EVIDENCE, found, audience)


def test_a_key_never_has_two_values(bundled: tuple[CaseFile, Evidence, Findings]) -> None:
    for audience in ("public", "internal"):
        values: dict[str, set[int]] = {}
        for figure in figures(story(*bundled, audience)):
            values.setdefault(figure.key, set()).add(figure.value)
        assert {key for key, there in values.items() if len(there) > 1} == set()


def test_the_answer_has_the_numbers_of_the_findings(bundled: tuple[CaseFile, Evidence, Findings]) -> None:
    answer = story(*bundled, "public").answer
    assert plain(answer.lead) == (
        "In 400 of 512 combinations somebody can leave the deadlock by moves that they want; in 144 of these there is a way, of a "
        "coalition listed here or of a larger one, that is lawful throughout and does no harm that the case knows of. In 112 nobody can."
    )
    there = {figure.key: figure.value for figure in figures(answer)}
    assert there["coalition.ukraine+south_korea.cells"] == 160
    assert there["coalition.south_korea.cells"] == 128
    assert there["wishes.pow_a+pow_b.cells"] == 336
    assert there["lawful.cells"] == 170
    assert there["grid.readings"] * there["grid.sides"] == there["num_cells"] == 512


def test_ways_are_told_with_moves_and_every_end(bundled: tuple[CaseFile, Evidence, Findings]) -> None:
    found = bundled[2]
    ways = story(*bundled, "public").ways
    assert len(ways) == len(found.routes)
    for way, route in zip(ways, found.routes, strict=True):
        assert len(way.steps) == len(route.steps)
        assert [row.kind for row in way.rows] == ["itself"] + ["end"] * len(route.ends)
        assert [row.code for row in way.rows[1:]] == [" ".join(end.codes) for end in route.ends]
        assert figures(way.count)[0].value == route.count.cells
    assert plain(ways[4].steps[0]) == "South Korea asks for the two men at leaders' level."


def test_an_outcome_is_told_with_its_breaches_harms_and_what_is_final(bundled: tuple[CaseFile, Evidence, Findings]) -> None:
    found = bundled[2]
    for way, route in zip(story(*bundled, "internal").ways, found.routes, strict=True):
        for row, outcome in zip(way.rows, (route.itself, *route.ends), strict=True):
            law, people = words_of(row.law), words_of(row.people)
            assert ("UNLAWFUL" in law) == bool(outcome.breaches)
            assert law.count("ABSOLUTE") == sum(breach.absolute for breach in outcome.breaches)
            assert ("HARM" in people) == bool(outcome.harms)
            assert ("CANNOT BE UNDONE" in words_of(row.what)) == bool(outcome.final)
            for breach in outcome.breaches:
                assert bundled[0].case.norms[breach.norm].name in law


def test_a_case_without_law_and_people_does_not_claim_to_be_clean() -> None:
    file = offramp.read_case("prisoners-dilemma")
    said = words_of(story(file, NO_EVIDENCE, findings(Builder(file)), "public"))
    assert "the case names no norm and no harm" in said
    assert "Lawful throughout" not in said
    assert "Breaches no norm in force" not in said


def test_a_way_that_leads_back_says_so() -> None:
    file = offramp.read_case("prisoners-dilemma")
    there = story(file, NO_EVIDENCE, findings(Builder(file)), "public")
    assert "BACK TO THE STATUS QUO" in words_of(there.answer.glances)
    assert "BACK TO THE STATUS QUO" in words_of(there.ways[0].rows[-1].lasts)


def test_nobody_can_move() -> None:
    there = told(
        "offramp: 1\ntitle: Still\ndecision_makers: {a: {options: {go: {}}}}\nreadings: {a: {only: {prefers: [{that: not go}]}}}\n"
    )
    assert plain(there.answer.lead) == "In the only combination nobody can leave the deadlock by moves that they want."
    assert there.ways == ()
    assert [point.question for point in there.answer.points] == ["And if nothing moves?", "Which single judgement turns it?"]


def test_a_graph_is_told_by_its_states() -> None:
    there = told(
        "offramp: 1\ntitle: Chart\ndecision_makers: {moe: {}, uni: {}}\nstates: [talk, war, peace]\n"
        "moves: {moe: [[talk, war]], uni: [[war, peace]]}\n"
        "readings: {moe: {r: {ranking: [peace, war, talk]}}, uni: {r: {ranking: [peace, talk, war]}}}\n"
    )
    said = words_of(there)
    assert "Moe moves to the state “war”" in said
    assert "the state “peace”" in said
    assert "CANNOT BE UNDONE: no moves lead back to the status quo." in said
    assert "Nobody has any move out of it" in said


def test_a_cycle_is_told_as_one() -> None:
    there = told(
        "offramp: 1\ntitle: Round\ndecision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}\n"
        "readings: {a: {r: {prefers: [{that: x <-> y}]}}, b: {r: {prefers: [{that: not (x <-> y)}]}}}\nstatus_quo: {x: true}\n"
    )
    rows = [row for way in there.ways for row in way.rows if row.kind == "end"]
    assert [row.title for row in rows] == ["It goes round"]
    assert "CYCLE: somebody always wants to move on, round 4 states." in words_of(rows[0].lasts)
    assert "At rest" not in words_of(rows[0].lasts)


def test_what_a_finding_is_confined_to_is_told_in_words() -> None:
    where = [plain(line) for line in told(SMALL, "internal").claims[0].where]
    assert where == ["Supported only where Anna is read as “Tired” and the rule “A closed door” does not hold"]


def test_options_are_sentences_with_their_decision_maker() -> None:
    said = words_of(told(SMALL, "internal"))
    assert "Anna leaves the room" in said
    assert "Anna takes the option “call”" in said
    assert "Ben takes the option “Open the door”" in said
    assert "if Anna leaves the room, then Ben takes the option “Open the door”" in said
    assert "Ben hits the family, exactly when Anna leaves the room" in said
    assert "Anna does not leave the room" in said


def test_a_claim_has_its_voice_its_test_and_its_counts() -> None:
    claim = told(SMALL).claims[0]
    assert claim.said_by == "Zoe"
    assert plain(claim.tested) == "Some way out of Anna alone ends so: Anna leaves the room."
    assert [(verdict, figures(count)[0].value) for verdict, count in claim.counts] == [("Supported", 1), ("Refuted", 3), ("Undecided", 0)]
    assert claim.judged.basis == "assumed"


def test_a_claim_of_lasting_names_breaches_and_harms_in_the_same_text() -> None:
    text = SMALL.replace("forbids: leave", "forbids: not leave").replace("that: leave, grade: slight", "that: not leave, grade: slight")
    quiet = told(text).claims[1]
    assert "Equilibrium by Nash wherever this holds: nothing has been done." in plain(quiet.tested)
    assert "UNLAWFUL Anna, in all 4: Stay (ABSOLUTE)" in plain(quiet.tested)
    assert "HARM to Guest A, in all 4: catches a cold (slight)" in plain(quiet.tested)


def test_a_claim_of_lasting_elsewhere_says_that_it_says_nothing_of_law() -> None:
    quiet = told(SMALL.replace("that: not leave and not call and not open and not hit}", "that: leave}")).claims[1]
    assert plain(quiet.tested).endswith("The test says nothing of law and harm.")


def test_a_public_story_says_one_sentence_of_kin() -> None:
    there = told(SMALL, "public")
    said = words_of(there)
    for secret in ("broken bones", "hits the family", "secret words", "Do not hit", "beaten", "Family", "family", "grave"):
        assert secret not in said, secret
    assert KIN in said
    about = [judged for group in there.groups for judged in group.items if judged.id.startswith("j.kin.")]
    assert len(about) == 7  # option, a wish of each, norm, person, harm, claim
    assert {(plain(judged.words), judged.formula, judged.note) for judged in about} == {("Kin may face reprisals.", "", "")}


def test_a_public_story_gives_no_label_of_kin_away() -> None:
    there = told(SMALL, "public")
    keys = " ".join(figure.key for figure in figures(there)) + " ".join(judged.id for group in there.groups for judged in group.items)
    for secret in ("hit", "family", "peace", "beaten", "s2"):
        assert secret not in keys.replace("ben.open", ""), secret


def test_an_internal_story_says_all_and_that_it_is_internal() -> None:
    there = told(SMALL, "internal")
    said = words_of(there)
    for known in ("broken bones (grave, by Ben)", "Ben hits the family", "secret words", "Do not hit the family", "beaten"):
        assert known in said, known
    assert "INTERNAL" in there.warning
    assert told(SMALL, "public").warning == ""


def test_words_that_only_kin_rest_on_are_withheld_though_nobody_marked_them() -> None:
    there = told(SMALL, "public", evidence(restricted=False))
    assert [words.id for words in there.words] == ["w.s1"]
    assert plain(there.withheld) == "1 statement about kin withheld in public; kin may face reprisals."


def test_statements_are_numbered_as_they_are_used() -> None:
    there = told(SMALL, "internal")
    assert [(words.number, words.id) for words in there.words] == [(1, "w.s2"), (2, "w.s1")]
    assert there.words[1].who == "Zoe, minister"
    assert there.words[1].facts == ("relayed by Wire", "3 February 2025", "the speaker's own words")
    assert there.words[1].source == "Gazette, February 2025"
    assert "the file is absent from this case" in there.words[1].place


def test_a_statement_that_does_not_exist_is_named() -> None:
    there = told(SMALL, "internal", NO_EVIDENCE)
    assert "“s1” is not in evidence.yaml" in words_of(there.groups)
    assert there.words == ()


def test_the_last_fact_is_dated() -> None:
    assert told(SMALL).about == ("As of March 2025", "Last dated fact: 3 February 2025", "For the public")
    assert told(SMALL, "internal", NO_EVIDENCE).about == ("As of March 2025", "No dated fact", "For internal use only")


def test_the_basis_adds_up() -> None:
    there = told(SMALL)
    file = read_case_text(SMALL)
    assert sum(number for _, number in there.shares) == len(file.case.judgements())
    assert plain(there.basis) == "It rests on 19 judgements: 0 stated, 0 inferred and 19 assumed."
    every = Counter(judged.basis for group in there.groups for judged in group.items)
    assert every == Counter(dict(there.shares)) - Counter()


def test_publication_is_warned_of_where_people_are_protected() -> None:
    said = words_of(told(SMALL).limits)
    assert "Article 13 of the Third Geneva Convention" in said
    assert "What the press has already printed cannot be recalled." in said
    bare = words_of(told("offramp: 1\ntitle: T\ndecision_makers: {a: {options: {go: {}}}}\nreadings: {a: {only: {prefers: []}}}\n").limits)
    assert "Article 13" not in bare
    assert "no probabilities" in bare


def test_a_long_list_is_cut_and_says_so() -> None:
    options = ", ".join(f"o{k}: {{}}" for k in range(5))
    wanted = " or ".join(f"o{k}" for k in range(5))
    makers, readings = f"{{a: {{options: {{{options}}}}}}}", f"{{a: {{only: {{prefers: [{{that: {wanted}}}]}}}}}}"
    there = told(f"offramp: 1\ntitle: Many\ndecision_makers: {makers}\nreadings: {readings}\n")
    assert len(there.ways) == 12
    assert plain(there.more_ways).startswith("19 more ways out")


def test_collisions_and_counter_arguments_are_shown() -> None:
    there = told(
        "offramp: 1\ntitle: Torn\ndecision_makers: {a: {options: {go: {}}}}\nreadings: {a: {only: {prefers: []}}}\n"
        "norms:\n  one: {binds: [a], forbids: go}\n  two: {binds: [a], requires: go}\n"
        "  may: {binds: [a], permits: not go, name: You may stay}\n"
    )
    law = words_of(there.status_quo.law)
    assert "COLLISION for A in 1 of 1: One and Two cannot both be kept." in law
    assert "Counter-argument in 1 of 1: You may stay." in law


def test_marks_say_in_words_what_they_mean(bundled: tuple[CaseFile, Evidence, Findings]) -> None:
    marks = {part.words for found in every_text(story(*bundled, "public")) for part in found if isinstance(part, Mark)}
    assert marks == {"UNLAWFUL", "UNLAWFUL IN PART", "HARM", "CANNOT BE UNDONE", "ABSOLUTE"}


def test_a_part_of_the_grid_does_not_pretend_to_be_the_whole() -> None:
    file, found = solved(SMALL)
    there = story(file, NO_EVIDENCE, replace(found, num_cells=3), "public")
    assert plain(there.answer.grid).endswith("3 of them were looked at.")
