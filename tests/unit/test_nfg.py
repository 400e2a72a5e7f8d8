"""`.nfg` files: read back by Gambit itself, whose pure equilibria are the second opinion."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pygambit as gambit
import pytest

import offramp
from bridge import to_model
from casetext import DESIGN
from generators import OptionSpec, random_graph_spec, random_option_spec
from offramp.case.load import CaseFile, read_case_text
from offramp.errors import ChoiceError, LeakError, TooManyStatesError
from offramp.interchange import nfg
from offramp.interchange.nfg import INFEASIBLE, nfg_bytes, quoted, strategic_form, to_nfg, write_nfg


def opened(content: bytes, folder: Path) -> gambit.Game:
    path = folder / "game.nfg"
    path.write_bytes(content)
    return gambit.read_nfg(str(path))


def table(game: gambit.Game) -> dict[tuple[str, ...], tuple[str, list[int]]]:
    """Return by combination of strategies the outcome's name and the payoffs."""
    found = {}
    for cell in game.contingencies:
        payoffs = game.get_payoffs(cell)
        found[tuple(cell.values())] = (game.get_outcome(cell), [int(payoffs[player]) for player in cell])
    return found


def pure_equilibria(game: gambit.Game) -> list[str]:
    """Return the names of the outcomes of all pure equilibria that Gambit finds."""
    found = []
    for profile in gambit.nash.enumpure_solve(game).equilibria:
        cell = {player: next(name for name in game.get_strategies(player) if profile[player][name] == 1) for player in game.players}
        found.append(game.get_outcome(cell))
    return sorted(found)


def nash(model: offramp.model.conflict.ConflictModel) -> list[str]:
    stable = offramp.solve(model, ["nash"]).equilibria("nash")
    return sorted(label for label, there in zip(model.states.labels, stable, strict=True) if there)


def test_the_prisoners_dilemma_is_the_one_of_the_textbooks(tmp_path: Path) -> None:
    content, said = to_nfg(offramp.read_case("prisoners-dilemma"))
    game = opened(content, tmp_path)
    assert game.title == "Prisoners' dilemma"
    assert list(game.players) == ["First prisoner", "Second prisoner"]
    quiet, talk = ["N: nothing"] * 2, ["Y: cooperates with the second", "Y: cooperates with the first"]
    assert [game.get_strategies(player) for player in game.players] == [[quiet[0], talk[0]], [quiet[1], talk[1]]]
    assert table(game) == {
        (quiet[0], quiet[1]): ("NN", [1, 1]),
        (talk[0], quiet[1]): ("YN", [0, 3]),
        (quiet[0], talk[1]): ("NY", [3, 0]),
        (talk[0], talk[1]): ("YY", [2, 2]),
    }
    assert pure_equilibria(game) == ["NN"]
    assert "ranks: larger is preferred" in game.description
    assert INFEASIBLE not in game.description
    assert said == [
        "left out: moves: all choose at once, and nobody answers; of the concepts only Nash remains",
        "left out: cite: where the case is from",
        "left out: status_quo: NN, state 1 there",
    ]


@pytest.mark.parametrize("name", ["elmira-12", "syria-iraq-1975", "two-prisoners"])
def test_states_keep_their_ranks_and_strategies(name: str, tmp_path: Path) -> None:
    model = offramp.load_case(name)
    game = opened(to_nfg(offramp.read_case(name))[0], tmp_path)
    cells = table(game)
    places = {label: place for place, label in enumerate(model.states.labels)}
    seen = []
    for strategies, (label, payoffs) in cells.items():
        if label != INFEASIBLE:
            assert "".join(strategy.partition(":")[0] for strategy in strategies) == label
            assert payoffs == model.ranks[:, places[label]].tolist()
            seen.append(label)
        else:
            assert "".join(strategy.partition(":")[0] for strategy in strategies) not in places
            assert payoffs == [-1] * len(payoffs)
    assert sorted(seen) == sorted(model.states.labels)


def drawn(seed: int, *, all_feasible: bool) -> OptionSpec:
    """Draw a model whose options can all be taken back."""
    rng = Random(seed)
    while True:
        spec = random_option_spec(rng)
        options = {dm: [(name, "both") for name, _ in there] for dm, there in spec["options"].items()}
        whole = len(spec["feasible"]) == 2 ** sum(map(len, options.values()))
        if whole == all_feasible:
            return {**spec, "options": options}


@pytest.mark.parametrize("seed", range(30))
def test_pure_equilibria_are_the_nash_equilibria(seed: int, tmp_path: Path) -> None:
    model = to_model(drawn(seed, all_feasible=True))
    assert pure_equilibria(opened(nfg_bytes(strategic_form(model)), tmp_path)) == nash(model)


@pytest.mark.parametrize("seed", range(30))
def test_infeasible_combinations_add_traps_and_nothing_else(seed: int, tmp_path: Path) -> None:
    model = to_model(drawn(1_000 + seed, all_feasible=False))
    form = strategic_form(model)
    found = pure_equilibria(opened(nfg_bytes(form), tmp_path))
    assert [label for label in found if label != INFEASIBLE] == nash(model)
    assert found.count(INFEASIBLE) == form.num_traps
    assert form.penalty < form.payoffs.min()


def crowd(rng: Random, number: int) -> str:
    """Return a case of some decision makers with one or two options each, who weigh everybody's options, often alike."""
    own = {f"m{k}": ["x", "y"][: rng.randint(1, 2)] for k in range(number)}
    labels = [f"{dm}.{name}" for dm, names in own.items() for name in names]
    makers = {dm: {"name": f'{dm} "of" {{{number}}}', "options": {name: {} for name in names}} for dm, names in own.items()}
    readings = {dm: {"only": {"weights": {label: rng.randint(-1, 1) for label in labels}}} for dm in own}
    rules = {f"r{k}": {"exclude": "".join(rng.choice("YN--") for _ in labels)} for k in range(rng.randint(0, 2))}
    rules = {name: rule for name, rule in rules.items() if "Y" in rule["exclude"]}  # nothing taken stays a state
    return json.dumps({"offramp": 1, "title": "A crowd", "decision_makers": makers, "rules": rules, "readings": readings})


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("seed", range(6))
def test_any_number_of_players_with_ties(seed: int, number: int, tmp_path: Path) -> None:
    file = read_case_text(crowd(Random(f"{seed} {number}"), number))
    builder = offramp.Builder(file)
    model = builder.model(builder.choice())
    game = opened(to_nfg(file)[0], tmp_path)
    assert list(game.players) == [f'm{k} "of" {{{number}}}' for k in range(number)]
    assert [label for label in pure_equilibria(game) if label != INFEASIBLE] == nash(model)
    cells = {label: payoffs for label, payoffs in table(game).values() if label != INFEASIBLE}
    assert cells == {label: model.ranks[:, place].tolist() for place, label in enumerate(model.states.labels)}


LAMPS = """
offramp: 1
title: Three lamps, each off, red or green
decision_makers: {a: {options: {r: {}, g: {}}}, b: {options: {r: {}, g: {}}}, c: {options: {r: {}, g: {}}}}
rules:
  red: {require: "(a.r <-> b.r) and (b.r <-> c.r)"}
  green: {require: "(a.g <-> b.g) and (b.g <-> c.g)"}
  one: {require: "not (a.r and a.g)"}
readings: {a: {only: {weights: {a.r: 1}}}, b: {only: {weights: {b.g: 1}}}, c: {only: {weights: {c.r: 1}}}}
"""


def test_a_trap_is_told(tmp_path: Path) -> None:
    content, said = to_nfg(read_case_text(LAMPS))
    game = opened(content, tmp_path)
    assert said[:2] == [
        "infeasible: 24 of 27 combinations are no states; each pays everybody -1, less than any state.",
        "infeasible: 6 of these are equilibria of the game: no player alone can reach a state from there.",
    ]
    assert all(line in game.description for line in said[:2])
    assert pure_equilibria(game) == sorted(["NNNNNN", "NYNYNY", "YNYNYN", *[INFEASIBLE] * 6])


def test_what_cannot_be_taken_back_is_told() -> None:
    _, said = to_nfg(read_case_text(DESIGN))
    assert "left out: ukraine.transfer: that it cannot be taken back (forward); in the file it is a free choice" in said
    assert not any("south_korea.ask: that" in line for line in said)
    back = "left out: uniroyal.delay: that it cannot be taken back (backward); in the file it is a free choice"
    assert back in to_nfg(offramp.read_case("elmira-12"))[1]
    assert not any(line.startswith("left out: title") for line in said)


HOSTILE = r"""
offramp: 1
title: "A \"title\" } { \\ “of” 한국\n\n<b>"
decision_makers:
  a: {name: "Türkiye \\\" 1 2 {", options: {x: {name: "} 3 \"now\"  twice\\"}, z: {name: 한국}}}
  b: {name: "same", options: {y: {name: '"'}}}
  c: {name: "same"}
readings: {a: {only: {weights: {x: 1}}}, b: {only: {weights: {y: 1}}}, c: {only: {weights: {a.x: 1}}}}
"""


def test_names_of_any_kind_are_read_back(tmp_path: Path) -> None:
    content, said = to_nfg(read_case_text(HOSTILE))
    game = opened(content, tmp_path)
    assert game.title == "A case of Offramp"
    assert list(game.players) == ["a", "b", "c"]
    assert game.get_strategies("a") == ["NN: nothing", 'YN: } 3 "now" twice/', "NY: z", 'YY: } 3 "now" twice/ + z']
    assert game.get_strategies("b") == ["N: nothing", 'Y: "']
    assert game.get_strategies("c") == ["no options"]
    told = "letters beyond ASCII, which Gambit does not read: title, decision_makers.a.name, a.z.name; without accents there, or by id"
    assert [line for line in said if "ASCII" in line] == [f"left out: {told}"]


def test_accents_go_and_the_rest_stays(tmp_path: Path) -> None:
    text = HOSTILE.replace("same", "Türkiye", 1).replace('name: "same"', 'name: "Ürgüp\\\\now"')
    assert list(opened(to_nfg(read_case_text(text))[0], tmp_path).players)[1:] == ["Turkiye", "Urgup/now"]


def test_only_strategies_of_feasible_states_are_there(tmp_path: Path) -> None:
    game = opened(to_nfg(offramp.read_case("elmira-12"))[0], tmp_path)
    assert [name.partition(":")[0] for name in game.get_strategies("Uniroyal")] == ["YNN", "NYN", "NNY"]


def test_readings_and_dates_are_chosen() -> None:
    file = offramp.read_case("two-prisoners")
    assert to_nfg(file)[0] != to_nfg(file, {"ukraine": "humanitarian"})[0]
    assert to_nfg(file)[0] != to_nfg(file, contested={"leaders": False})[0]
    assert to_nfg(file)[0] == to_nfg(file, as_of=file.case.as_of)[0]
    assert to_nfg(file)[0] != to_nfg(file, as_of="2025-01")[0]


def test_a_graph_and_too_many_combinations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChoiceError, match=r"a graph of states and moves has no place in an \.nfg file"):
        to_nfg(offramp.read_case("elmira-9-xu"))
    with pytest.raises(ChoiceError, match="name a case with options"):
        strategic_form(to_model(random_graph_spec(Random(1))))
    monkeypatch.setattr(nfg, "MAX_COMBINATIONS", 3)
    with pytest.raises(TooManyStatesError, match="4 combinations of strategies; at most 3 are written"):
        to_nfg(offramp.read_case("prisoners-dilemma"))


def test_what_is_no_ranking_is_refused_and_great_steps_are_told() -> None:
    text = LAMPS.partition("rules:")[0] + "readings: {a: {only: {weights: {a.r: 1}}}, b: {only: {weights: {b.g: 1}}}, c: {only: {%s}}}\n"
    with pytest.raises(ChoiceError, match="the preferences of c are no ranking"):
        to_nfg(read_case_text(text % 'pairs: ["YNNNNN > NNNNNN"], unlisted: unknown'))
    said = to_nfg(read_case_text(text % "prefers: [{that: c.r, greatly: true}]"))[1]
    assert "left out: readings.c.only: that some states are greatly better than others; there they are better, and no more" in said
    assert not any("great" in line for line in to_nfg(read_case_text(text % "prefers: [{that: c.r}]"))[1])


def test_what_is_withheld_in_public_is_withheld_here() -> None:
    content = to_nfg(offramp.read_case("two-prisoners"))[0].decode()
    assert content.count("kin may face reprisals") > 0


def test_an_identifier_stays(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "identifiers.txt").write_text('Hong "Gil" Dong\n')
    text = quoted('hands Hong "Gil" Dong over').encode()
    with pytest.raises(LeakError, match=r"private/identifiers\.txt:1"):
        write_nfg(tmp_path / "a.nfg", text, tmp_path)
    assert not (tmp_path / "a.nfg").exists()
    write_nfg(tmp_path / "b.nfg", b"nothing of that kind", tmp_path)
    with pytest.raises(ChoiceError, match="is there already"):
        write_nfg(tmp_path / "b.nfg", b"", tmp_path)
    assert (tmp_path / "b.nfg").read_bytes() == b"nothing of that kind"


def test_the_bytes_are_the_same_each_time() -> None:
    files: list[CaseFile] = [offramp.read_case("two-prisoners") for _ in range(2)]
    assert to_nfg(files[0]) == to_nfg(files[1])
    assert np.array_equal(strategic_form(offramp.load_case("elmira-12")).cells, np.arange(12))
