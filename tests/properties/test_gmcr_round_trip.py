"""Random and published models, written as `.gmcr` files and read again: the same states, moves, ranks and equilibria."""

import json
from random import Random
from typing import Any

import numpy as np
import pytest

import offramp
from bridge import to_model
from generators import OptionSpec, random_option_spec
from offramp.case.load import read_case_text
from offramp.errors import CaseError, ChoiceError
from offramp.interchange.gmcr import parse_gmcr, to_case_text, to_gmcr
from offramp.model.build import Builder
from offramp.model.relation import SIGNS
from reference import all_codes
from relations import KINDS, random_case

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
PUBLISHED = ("elmira-12", "garrison-23", "north-korea-2017", "prisoners-dilemma", "syria-iraq-1975", "syria-iraq-misperception")


def case_text(spec: OptionSpec) -> str:
    """Return a random model as a case that ranks states."""
    num_options = sum(map(len, spec["options"].values()))
    missing = [code for code in all_codes(num_options) if code not in spec["feasible"]]
    readings = {dm: {"only": {"ranking": tiers(rank)}} for dm, rank in spec["rank"].items()}
    makers = {dm: {"options": {name: {"direction": way} for name, way in options}} for dm, options in spec["options"].items()}
    rules = {f"r{k}": {"exclude": code} for k, code in enumerate(missing)}
    parts = {"decision_makers": makers, "rules": rules, "status_quo": spec["status_quo"], "readings": readings}
    return json.dumps({"offramp": 1, "title": "random", **parts})


def tiers(rank: dict[str, int]) -> list[list[str]]:
    return [[label for label, level in rank.items() if level == here] for here in sorted(set(rank.values()), reverse=True)]


def there_and_back(file: Any) -> Any:
    text, _ = to_case_text(parse_gmcr(to_gmcr(file)[0], "there.gmcr"))
    builder = Builder(read_case_text(text))
    return builder.model(builder.choice())


def assert_same(first: Any, second: Any) -> None:
    assert np.array_equal(first.states.codes, second.states.codes)
    assert np.array_equal(first.ranks, second.ranks)
    solved = offramp.solve(first), offramp.solve(second)
    for concept in CONCEPTS:
        assert np.array_equal(solved[0].equilibria(concept), solved[1].equilibria(concept)), concept
        for one, other in zip(first.decision_makers, second.decision_makers, strict=True):
            stable = offramp.CONCEPTS[concept]
            assert np.array_equal(stable(first, one).stable, stable(second, other).stable), (concept, one)


@pytest.mark.parametrize("seed", range(100))
def test_a_random_model_comes_back(seed: int) -> None:
    spec = random_option_spec(Random(seed), 5)
    assert_same(to_model(spec), there_and_back(read_case_text(case_text(spec))))


@pytest.mark.parametrize("seed", range(60))
def test_random_statements_come_back_as_statements(seed: int) -> None:
    rng = Random(seed)
    spec = random_option_spec(rng, 5)
    data = json.loads(case_text(spec))
    names = [name for options in spec["options"].values() for name, _ in options]
    for dm in data["readings"]:
        data["readings"][dm] = {"only": {"prefers": [{"that": statement(rng, names)} for _ in range(rng.randint(0, 5))]}}
    file = read_case_text(json.dumps(data))
    assert json.loads(to_gmcr(file)[0])["useManualPreferenceRanking"] is False
    builder = Builder(file)
    assert_same(builder.model(builder.choice()), there_and_back(file))


@pytest.mark.parametrize("seed", range(60))
def test_what_somebody_does_not_see_comes_back(seed: int) -> None:
    rng = Random(seed)
    spec = random_option_spec(rng, 5)
    data = json.loads(case_text(spec))
    names = [name for options in spec["options"].values() for name, _ in options]
    patterns = ["".join(rng.choice("YN-") for _ in names) for _ in range(2)]
    data["misperceptions"] = {dm: {"p": {"pattern": patterns[0]}} for dm in list(spec["options"])[:2]}
    data["misperceptions"][list(spec["options"])[-1]] = {"p": {"pattern": patterns[1]}, "f": {"that": statement(rng, names)}}
    file = read_case_text(json.dumps(data))
    builder = Builder(file)
    try:
        first = builder.model(builder.choice())
    except CaseError:  # somebody sees no state
        return
    again = there_and_back(file)
    assert_same(first, again)
    for dm in range(len(first.decision_makers)):
        for state in range(first.num_states):
            assert first.moves.successors(dm, state).tolist() == again.moves.successors(dm, state).tolist()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_a_preference_of_any_kind_comes_back_or_is_refused(seed: int, kind: str) -> None:
    drawn = random_case(Random(f"{seed}{kind}"), [kind, kind, "ranking"], "options")
    file, signs = read_case_text(json.dumps(drawn.case)), drawn.game.signs
    if any("?" in row.values() for there in signs.values() for row in there.values()):
        with pytest.raises(ChoiceError, match=r"unknown for some pairs of states; expected a ranking of all states"):
            to_gmcr(file)
        return
    try:
        said = to_gmcr(file)[1]
    except ChoiceError:  # a statement in doubt, which makes no difference
        assert '"doubtful": true' in json.dumps(drawn.case)
        return
    model, states = there_and_back(file), drawn.game.states
    places = [model.states.index(state) for state in states]
    for number, (dm, there) in enumerate(signs.items()):
        found = model.preference(number).compared(np.array(places)[:, None], np.array(places))
        expected = [["=" if s == t else there[s][t][0] for t in states] for s in states]
        assert [[SIGNS[sign] for sign in row] for row in found] == expected
        degrees = any(len(sign) == 2 for row in there.values() for sign in row.values())
        assert any(line.startswith(f"readings.{dm}.only: that some states are greatly better") for line in said) == degrees


def statement(rng: Random, names: list[str]) -> str:
    some = [rng.choice(["", "not "]) + rng.choice(names) for _ in range(4)]
    forms = ["{0}", "{0} and {1}", "{0} -> {1}", "{0} <-> {1}", "({0} or {1}) and ({2} or {3})"]
    forms += ["at_most_one({0}, {1}, {2})", "{0} and not {0}"]
    return rng.choice(forms).format(*some).replace("not not ", "")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_case_comes_back(name: str) -> None:
    assert_same(offramp.load_case(name), there_and_back(offramp.read_case(name)))


# The published models by themselves: the states that their sources and the definitions call equilibria.

EQUILIBRIA = {
    "syria-iraq-1975": {"nash": [6], "gmr": [1, 6], "smr": [6], "seq": [6], "sseq": [6]},
    "syria-iraq-misperception": {concept: [1, 2, 6] for concept in CONCEPTS},
    "cuban-missile": {"nash": [6], "gmr": [1, 2, 3, 5, 6, 7, 8], "smr": [1, 2, 3, 5, 6, 7, 8], "seq": [5, 6, 7], "sseq": [5, 6, 7]},
    "elmira-12": {
        "nash": [5, 6, 7, 10, 11, 12], "gmr": [1, 4, 5, 6, 7, 10, 11, 12], "smr": [1, 4, 5, 6, 7, 10, 11, 12],
        "seq": [5, 6, 7, 10, 11, 12], "sseq": [5, 6, 7, 10, 11, 12],
    },
}  # fmt: skip


def options(*named: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "permittedDirection": direction} for name, direction in named]


def fixed(pattern: str) -> list[list[Any]]:
    return [[place, letter] for place, letter in enumerate(pattern) if letter != "-"]


def wants(*statements: str) -> list[Any]:
    """Return statements, each a pattern or several with blanks between them."""
    split = [[fixed(pattern) for pattern in statement.split()] for statement in statements]
    return [members[0] if len(members) == 1 else {"compound": True, "members": members} for members in split]


FILES: dict[str, dict[str, Any]] = {
    "syria-iraq-1975": {
        "options": options(("Release Water", "both"), ("Escalate", "both"), ("Attack", "both")),
        "decisionMakers": [
            {"name": "Syria", "options": [0, 1], "preferences": wants("NNN", "-Y-", "--N", "N--")},
            {"name": "Iraq", "options": [2], "preferences": wants("YNN", "NNY", "NYY", "NNN", "YNY")},
        ],
        "infeasibles": wants("YY-"),
        "useManualPreferenceRanking": False,
    },
    "syria-iraq-misperception": {
        "options": options(("Release Water", "both"), ("Escalate", "both"), ("Attack", "both")),
        "decisionMakers": [
            {"name": "Syria", "options": [0, 1], "preferences": wants("NNN", "-Y-", "--N", "N--"), "misperceptions": wants("YN-")},
            {"name": "Iraq", "options": [2], "preferences": wants("YNN", "NNY", "NYY", "NNN", "YNY"), "misperceptions": wants("NN-")},
        ],
        "infeasibles": wants("YY-"),
        "useManualPreferenceRanking": False,
    },
    "cuban-missile": {
        "options": options(("Air Strike", "fwd"), ("Blockade", "both"), ("Withdraw", "both"), ("Escalate", "both")),
        "decisionMakers": [
            {
                "name": "US",
                "options": [0, 1],
                "preferences": wants(
                    "--Y-", "---N", "N-Y-", "-NY-", "Y--Y", "-Y-Y", "Y-N- -Y-N Y--N -YN-", "N-NN", "-NNN",
                ),
            },
            {
                "name": "USSR",
                "options": [2, 3],
                "preferences": wants(
                    "---N", "Y--Y N--N Y--N", "-Y-Y -N-N -Y-N", "N--N", "-N-N", "-YY- -NN- Y-Y-", "-YNN", "YNYN",
                ),
            },
        ],
        "infeasibles": wants("--YY"),
        "useManualPreferenceVectors": False,
    },
    "elmira-12": {
        "options": options(("Modify", "fwd"), ("Delay", "back"), ("Accept", "both"), ("Abandon", "fwd"), ("Insist", "both")),
        "decisionMakers": [
            {"name": "MoE", "options": [0], "preferences": [], "preferenceRanking": [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]]},
            {"name": "Uniroyal", "options": [1, 2, 3], "preferences": [],
             "preferenceRanking": [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8]},
            {"name": "Local", "options": [4], "preferences": [], "preferenceRanking": [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]]},
        ],
        "infeasibles": wants("-YY--", "-Y-Y-", "--YY-", "-NNN-"),
        "useManualPreferenceRanking": True,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_published_model_as_its_program_keeps_it(name: str) -> None:
    text, _ = to_case_text(parse_gmcr(json.dumps(FILES[name]).encode(), f"{name}.gmcr"))
    file = read_case_text(text)
    builder = Builder(file)
    for found in (builder.model(builder.choice()), there_and_back(file)):
        solved = offramp.solve(found)
        for concept, expected in EQUILIBRIA[name].items():
            assert [int(k) + 1 for k in np.flatnonzero(solved.equilibria(concept))] == expected, concept
