"""What tables, notes and pictures keep to themselves: whatever a public brief withholds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from offramp.cli import app

CASE = """\
offramp: 1
title: Two at a door
as_of: 2026-03
decision_makers:
  gov: {options: {open: {because: [p]}, zmixed: {name: zmixedname acts, because: [p, r]}, zkin: {name: zkinname acts, because: [r]}}}
  opp: {options: {talk: {name: talks}, zharming: {name: zharmingname, because: [p]}}}
rules:
  zrule: {name: zrulename, require: zmixed -> open, because: [p, r], contested: true}
  zrulekin: {require: talk -> open, because: [r]}
readings:
  gov:
    zread: {name: zreadname, because: [p, r], prefers: [{that: open, name: zwish, because: [p, r]}, {that: not zmixed, basis: inferred},
      {that: zcondition -> zmixed, basis: inferred},
      {any_order: [{that: talk, because: [r], basis: assumed}, {that: not talk, basis: assumed}]}]}
    zweights: {name: zweightsname, weights: {open: 2, zmixed: 1, zkin: -1}, basis: assumed, because: [p, r]}
  opp:
    plain: {name: The plain account, prefers: [{that: talk, basis: assumed}, {that: not zharming}]}
    zother: {basis: assumed, because: [r], prefers: [{that: open, because: [r], basis: assumed}]}
misperceptions:
  gov: {zmisperception: {name: zmisperceptionname, that: zmixed and talk and zharming, because: [p, r]}}
  opp: {zblind: {that: zkin and zcondition and not open and talk, because: [p]}, zpattern: {pattern: "YNY-N", because: [r]}}
beliefs:
  opp: {gov: {reading: zweights, because: [p, r], basis: inferred}}
conditions:
  zcondition: {name: zconditionname, holds: true, contested: true, basis: inferred, because: [p, r]}
  zfact: {name: zfactname, holds: true, because: [r]}
norms:
  znorm: {name: znormname, binds: [gov], forbids: zmixed, cite: zcite, because: [p, r], contested: true}
  znormkin: {name: znormkinname, binds: [gov], requires: open, because: [r], contested: true}
people:
  man_a: {protected: true, wish: open, because: [p]}
  zperson: {name: zpersonname, wish: talk, because: [r]}
  zrelative: {restricted: true, wish: zharming, because: [p]}
harms:
  - {to: zrelative, name: zharmname, that: zharming, by: [opp], grade: grave, because: [p]}
  - {to: man_a, name: zharmname2, that: not open, by: [gov], grade: grave, because: [p, r]}
claims:
  zclaim: {name: zclaimname, possible: {end: open}, because: [p, r]}
  zclaimkin: {name: zclaimkinname, possible: {end: zharming}, because: [r]}
"""

EVIDENCE = """\
offramp: 1
statements:
  p: {source: rep, quote: open words, spans: [[0, 10]], kind: direct}
  r: {source: rep, quote: zquote words, spans: [[11, 23]], kind: direct, restricted: true}
"""

SOURCES = f"""\
offramp: 1
sources: {{rep: {{file: a.txt, sha256: "{"0" * 64}", text_sha256: "{"0" * 64}", extractor: plain/1, kind: note}}}}
"""

VERBS = [
    ["flips", "--all"],
    ["flips", "--headline", "claim.zclaim", "--all"],
    ["flips", "--headline", "wish.zrelative", "--limit", "2"],
    ["flips", "--headline", "end.open+zmixed"],
    ["observed"],
    ["observed", "--reading", "opp=plain"],
    ["sweep", "--limit", "50", "--points", "16"],
    ["sweep", "--vary", "all", "--sample", "50", "--headline", "wish.zrelative", "--points", "16"],
    ["sweep", "--sample", "50", "--headline", "denied.zclaimkin", "--points", "16"],
    ["hypergame"],
    ["hypergame", "--belief", "gov:opp=zother", "--reading", "gov=zweights"],
    ["statusquo"],
    ["statusquo", "--format", "tree", "--reading", "gov=zweights"],
    ["statusquo", "--format", "dot"],
    ["statusquo", "--format", "graphml", "--contested", "zrule=off"],
    ["inverse", "--stable", "4"],
    ["inverse", "--stable", "2", "--concept", "nash", "--reading", "gov=zweights"],
    ["explain", "--tableau"],
    ["explain", "--tableau", "--concept", "coalition_seq"],
    ["explain", "4", "--tableau", "--reading", "gov=zweights"],
    ["explain", "4", "--as-seen-by", "gov", "--belief", "gov:opp=zother"],
    ["explain", "4", "--tableau", "--as-seen-by", "gov", "--belief", "gov:opp=zother"],
    ["compare", "--concept", "nash", "--concept", "nonmyopic"],
    ["compare", "--concept", "seq", "--state", "4", "--reading", "gov=zweights", "--contested", "zrule=off"],
]


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., str]:
    def made(restricted: bool = True, text: str = CASE) -> str:
        folder = tmp_path / "case"
        (folder / "sources").mkdir(parents=True)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        (folder / "sources" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
        said = EVIDENCE if restricted else EVIDENCE.replace(", restricted: true", "")
        (folder / "evidence.yaml").write_text(said, encoding="utf-8")
        return str(folder)

    return made


def secrets(text: str) -> list[str]:
    return sorted({word for word in text.replace("\n", " ").split() if "z" in word.replace("size", "").replace("horizontal", "").lower()})


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_withheld_word_in_tables_notes_and_pictures(make: Callable[..., str], tmp_path: Path, verb: list[str]) -> None:
    name, *options = verb
    picture = tmp_path / "x.svg"
    told = run(name, make(), *options, *(["--plot", str(picture)] if name in ("flips", "observed", "sweep") else []))
    assert secrets(told.replace(str(tmp_path), "")) == []
    if picture.exists():
        from xml.etree import ElementTree

        drawn = " ".join(ElementTree.parse(picture).getroot().itertext())
        assert "Share" in drawn or "cells that remain" in drawn.lower()
        assert secrets(drawn) == []


@pytest.mark.parametrize("verb", [*VERBS[:7], ["statusquo"], *VERBS[-2:]], ids=" ".join)
def test_json_and_csv_name_everything(make: Callable[..., str], verb: list[str]) -> None:
    name, *options = verb
    case = make()
    for form in ("json", "csv"):
        assert secrets(run(name, case, *options, "--format", form))


def test_what_is_withheld_goes_by_its_place(make: Callable[..., str]) -> None:
    case = make()
    flips = run("flips", case, "--all")
    for word in ("readings.gov.1.prefers.1", "readings.gov.2.weights.2", "conditions.1", "condition 1 (name withheld)", "claim.1", "kin."):
        assert word in flips, word
    sweep = run("sweep", case, "--limit", "50", "--points", "0")
    for word in ("end.open+gov.2", "wish.man_a", "wish.kin.", "claim.1", "denied.kin."):
        assert word in sweep, word
    reached = run("statusquo", case, "--format", "tree", "--limit", "100")
    for word in ("├─ gov open and gov.2", "gov kin.", "opp talk and kin.", "UNLAWFUL: norm 1", "harm kin may face", "gov=account 1"):
        assert word in reached, word
    tableau = " ".join(run("explain", case, "--tableau").split())
    for word in (
        "gov=account 1 (name withheld)",
        "rule 1 (name withheld) on",
        "UNLAWFUL: norm 1 (name withheld)",
        "grave:man_a",
        "gov.2, kin.",
    ):
        assert word in tableau, word


def test_without_restricted_statements_every_id_is_told(make: Callable[..., str]) -> None:
    case = make(restricted=False)
    flips, tableau = run("flips", case, "--all"), run("explain", case, "--tableau")
    for word in ("readings.gov.zread.prefers[1]", "readings.gov.zweights.weights.zmixed", "norms.znorm", "zconditionname", "claim.zclaim"):
        assert word in flips, word
    for word in ("gov=zread", "zrule on", "UNLAWFUL: znorm", "gov.zmixed"):
        assert word in tableau, word
    assert "end.open+zmixed" in run("sweep", case, "--points", "0")
    assert "zrelative" not in flips, "they are restricted by themselves"


BARRED = CASE.replace("rules:\n", "status_quo: {}\nrules:\n  zbar: {name: zbarname, require: zfact, because: [p, r]}\n")


def test_a_reason_that_names_what_is_withheld_is_not_told(make: Callable[..., str]) -> None:
    told = run("flips", make(text=BARRED))
    assert "cannot be tried, such as kin." in told
    assert "withheld in public" in told
    assert secrets(told) == []


RIVALS = """\
offramp: 1
title: Rivals
decision_makers: {ann: {name: Ann, options: {go: {basis: assumed}}}, ben: {name: Ben, options: {stay: {basis: stated, because: []}}}}
readings:
  ann:
    keen: {name: Keen, prefers: [{that: go, basis: inferred}]}
    loath: {name: Loath, prefers: [{that: not go, basis: inferred}]}
    torn: {name: Torn, prefers: [{that: stay, basis: inferred}]}
  ben: {only: {name: Only, prefers: [{that: go}]}}
"""


def test_rival_accounts_are_no_judgements(make: Callable[..., str]) -> None:
    told = run("flips", make(text=RIVALS), "--all")
    rows = [lines for lines in told.split("Find out next")[0].splitlines() if "Ann: " in lines]
    assert rows
    assert all("rival" in row and "assumed" not in row and "inferred" not in row for row in rows)
    found_out = told.split("Find out next")[1].split("Of ")[0]
    assert "Ann: " not in found_out
    assert found_out.count("(assumed") + found_out.count("(inferred") == 3
    assert "Much hangs on which of the rival accounts holds, most of all on that of Ann." in found_out


KOREAN = """\
offramp: 1
title: 두 사람과 문을 둘러싼 매우 긴 제목이 여기에 있습니다 그리고 더 길게 이어지는 제목이 여기에 또 있습니다
decision_makers:
  gov:
    name: 대한민국 정부의 아주 긴 이름
    options: {open: {name: 문을 열고 사람들을 모두 데려오며 그들의 가족에게도 소식을 전하고 오래 기다린다}}
  opp:
    name: 상대편의아주긴이름이띄어쓰기없이계속이어지는경우가있을수있다그래도줄은백칸을넘지않아야한다계속계속계속계속
    options: {talk: {}}
readings:
  gov: {a: {name: 첫번째 설명,
    prefers: [{that: open and talk, name: 서로 말하고 문을 여는 일을 무엇보다도 바라며 그 밖의 것은 뒤로 미룬다}]}}
  opp: {a: {prefers: [{that: talk}]}}
"""


@pytest.mark.parametrize("options", [[], ["--tableau"]])
def test_wide_letters_fit_a_hundred_columns(make: Callable[..., str], options: list[str]) -> None:
    lines = run("explain", make(text=KOREAN), *options).splitlines()
    assert max(map(cell_len, lines)) <= 100
    assert any(cell_len(line) > 85 for line in lines)
