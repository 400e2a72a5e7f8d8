"""`offramp import` and `offramp export`: what they write, what they print, and what they leave alone."""

import json
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from gmcrfile import VARIANTS, model, mutated, options, raw
from offramp.cli import app


def run(*words: object, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.fixture
def river(tmp_path: Path) -> Path:
    path = tmp_path / "river.gmcr"
    path.write_bytes(raw(model(coalitions=[[0, 1]])))
    return path


def test_there_and_back(river: Path, tmp_path: Path) -> None:
    assert run("import", river, "--to", tmp_path / "river") == (
        f"made {tmp_path / 'river'}: say in case.yaml which state holds now (status_quo), then offramp check {tmp_path / 'river'}\n"
        "left out: coalitions: Syria (syria), Iraq (iraq) act as one; here they are apart, and one by --merge syria_and_iraq\n"
    )
    assert "0 problems" in run("check", tmp_path / "river")
    assert json.loads(run("solve", tmp_path / "river", "--format", "json"))["case"] == "river"
    assert run("export", tmp_path / "river", "--to", tmp_path / "again.gmcr").splitlines()[:2] == [
        f"wrote {tmp_path / 'again.gmcr'}", "left out: title: river",
    ]  # fmt: skip
    before, after = json.loads(river.read_bytes()), json.loads((tmp_path / "again.gmcr").read_bytes())
    for key in ("options", "infeasibles", "useManualPreferenceRanking"):
        assert after[key] == before[key]
    assert [maker["preferences"] for maker in after["decisionMakers"]] == [maker["preferences"] for maker in before["decisionMakers"]]


def test_who_acts_as_one_goes_there_and_back(river: Path, tmp_path: Path) -> None:
    run("import", river, "--to", tmp_path / "river")
    for k, who in enumerate(("syria_and_iraq", "syria,iraq")):
        run("export", tmp_path / "river", "--merge", who, "--to", tmp_path / f"{k}.gmcr")
        assert json.loads((tmp_path / f"{k}.gmcr").read_bytes())["coalitions"] == [[0, 1]]
    said = run("export", tmp_path / "river", "--to", tmp_path / "apart.gmcr")
    assert "left out: coalitions: the names of all 1; those that --merge takes as one are one there" in said
    assert json.loads((tmp_path / "apart.gmcr").read_bytes())["coalitions"] == [0, 1]


def test_who_cannot_act_as_one(tmp_path: Path) -> None:
    to = tmp_path / "elmira.gmcr"
    assert "a list of two labels or more, found ['moe']" in run("export", "elmira-12", "--merge", "moe", "--to", to, code=2)
    twice = ["--merge", "moe_and_uniroyal", "--merge", "uniroyal,local_government"]
    assert "'uniroyal' is merged twice" in run("export", "elmira-12", *twice, "--to", to, code=2)
    game = run("export", "elmira-12", "--merge", "moe_and_uniroyal", "--to", tmp_path / "elmira.nfg", code=2)
    assert "what several want together is no ranking, and a game needs one for every player: leave out --merge" in game
    assert not list(tmp_path.iterdir())


def test_a_new_case_folder_is_like_any_other(river: Path, tmp_path: Path) -> None:
    run("import", river, "--to", tmp_path / "river", "--title", "A river: «two» & three")
    run("new", tmp_path / "new")
    names = [sorted(str(path.relative_to(top)) for path in top.rglob("*")) for top in (tmp_path / "river", tmp_path / "new")]
    assert names[0] == names[1]
    assert json.loads(run("solve", tmp_path / "river", "--format", "json"))["case"] == "A river: «two» & three"


def test_what_is_there_is_kept(river: Path, tmp_path: Path) -> None:
    assert "is there already" in run("import", river, "--to", tmp_path, code=2)
    assert "is there already" in run("export", "elmira-12", "--to", river, code=2)
    assert json.loads(river.read_bytes())["coalitions"] == [[0, 1]]
    assert "make it first" in run("import", river, "--to", tmp_path / "a" / "b", code=2)
    assert "nothing was written" in run("export", "elmira-12", "--to", tmp_path / "a" / "b.gmcr", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["river.gmcr"]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "there is no file" in run("import", tmp_path / "none.gmcr", "--to", tmp_path / "none", code=1)
    assert "is a folder" in run("import", tmp_path, "--to", tmp_path / "none", code=1)
    run("import", tmp_path, code=2)
    run("export", "elmira-12", code=2)
    assert "no case folder" in run("export", "nowhere", "--to", tmp_path / "a.gmcr", code=2)
    assert "no reading of moe" in run("export", "elmira-12", "--to", tmp_path / "a.gmcr", "--reading", "moe=x", code=2)
    assert "has no place in a .gmcr file" in run("export", "elmira-9-xu", "--to", tmp_path / "a.gmcr", code=2)
    assert list(tmp_path.iterdir()) == []


def test_a_reading_is_chosen(tmp_path: Path) -> None:
    run("export", "two-prisoners", "--to", tmp_path / "one.gmcr")
    said = run("export", "two-prisoners", "--to", tmp_path / "two.gmcr", "--reading", "ukraine=humanitarian", "--contested", "leaders=off")
    assert "left out: readings.ukraine: all but humanitarian" in said
    one, two = (json.loads((tmp_path / name).read_bytes()) for name in ("one.gmcr", "two.gmcr"))
    assert one["decisionMakers"][0] != two["decisionMakers"][0]
    assert one["infeasibles"] != two["infeasibles"]


def test_a_protected_identifier_stays(river: Path, tmp_path: Path) -> None:
    run("import", river, "--to", tmp_path / "river")
    (tmp_path / "river" / "private" / "identifiers.txt").write_text("Release Water\n")
    said = run("export", tmp_path / "river", "--to", tmp_path / "a.gmcr", code=1)
    assert "private/identifiers.txt:1" in said
    assert not (tmp_path / "a.gmcr").exists()


def test_the_end_of_the_name_says_for_which_program(tmp_path: Path) -> None:
    said = run("export", "elmira-12", "--to", tmp_path / "elmira.nfg").splitlines()
    assert said[:2] == [
        f"wrote {tmp_path / 'elmira.nfg'}",
        "left out: moves: all choose at once, and nobody answers; of the concepts only Nash remains",
    ]
    assert (tmp_path / "elmira.nfg").read_text().startswith("NFG 1 R ")
    run("export", "elmira-12", "--to", tmp_path / "elmira.GMCR")
    assert "options" in json.loads((tmp_path / "elmira.GMCR").read_bytes())
    assert "ends in .efg; expected a name that ends in .gmcr" in run("export", "elmira-12", "--to", tmp_path / "elmira.efg", code=2)
    assert "ends in nothing" in run("export", "elmira-12", "--to", tmp_path / "elmira", code=2)
    assert "which has strategies" in run("export", "elmira-9-xu", "--to", tmp_path / "xu.nfg", code=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elmira.GMCR", "elmira.nfg"]


def test_hostile_names_do_no_harm(tmp_path: Path) -> None:
    names = options('"\n- a: &b [*b]\n#', "=1+1", "'; rm -rf ~; '<script>\u200b")
    makers = [{**maker, "name": "../../etc/passwd"} for maker in VARIANTS["coalition"]["decisionMakers"]]
    path = tmp_path / "x\u202ey\n.gmcr"
    path.write_bytes(raw(model(options=names, decisionMakers=makers, coalitions=[[0, 1]], colour="\x1b[31m", **{"\x1b[31m": 1})))
    said = run("import", path, "--to", tmp_path / "x")
    assert all(letter not in said for letter in "\x1b\u202e")
    assert "\\u001b[31m" in said
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["x", path.name]
    found = json.loads(run("solve", tmp_path / "x", "--format", "json"))
    assert found["case"] == "A model of GMCR+"
    run("export", tmp_path / "x", "--to", tmp_path / "y.gmcr")
    assert json.loads((tmp_path / "y.gmcr").read_bytes())["options"] == names


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_leaves_nothing_behind(seed: int, tmp_path: Path) -> None:
    rng = Random(1_000 + seed)
    path = tmp_path / "a.gmcr"
    path.write_bytes(mutated(rng, json.dumps(VARIANTS[rng.choice(list(VARIANTS))])).encode("utf-8", "surrogatepass"))
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["import", str(path), "--to", str(tmp_path / "a")])
    assert result.exit_code in (0, 1), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert (tmp_path / "a").exists() == (result.exit_code == 0)
    if result.exit_code:
        assert all(line.startswith("offramp: a.gmcr") for line in result.output.splitlines()), result.output
        assert [entry.name for entry in tmp_path.iterdir()] == ["a.gmcr"]
