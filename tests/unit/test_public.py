"""What a public brief keeps to itself, in words, anchors and keys."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from offramp import catalogue
from offramp.analysis.findings import findings
from offramp.case.load import read_case_text
from offramp.case.yaml_reader import parse_yaml
from offramp.cli import app
from offramp.model.build import Builder
from offramp.report.brief import brief
from offramp.report.words import KIN
from offramp.sources.evidence import Evidence, EvidenceFile, Source, named, read_evidence

CASE = """
offramp: 1
title: Two at a door
as_of: 2025-09
decision_makers:
  ann: {options: {leave: {name: leaves, note: NOTEleave}, zoption: {name: ZOPTION, because: [open, secret]}, zkin: {because: [secret]}}}
  ben: {options: {open: {note: NOTEopen}}}
rules: {zrule: {name: ZRULE, note: ZNOTErule, require: leave -> open, because: [open, secret], contested: true}}
readings:
  ann:
    zaccount: {name: ZACCOUNT, note: ZNOTEaccount, prefers: [{that: leave, name: ZWISH, because: [open, secret], note: ZNOTEwish}]}
    plain: {name: PLAIN, note: NOTEplain, prefers: [{that: not leave, note: NOTEtouching}, {that: open, note: NOTEwish}]}
    zkinaccount: {name: ZKINACCOUNT, prefers: [{that: not zkin}]}
    torn: {name: TORN, prefers: [{any_order: [{that: not zkin, name: ZINGROUP, note: ZNOTEgroup}, {that: open}]}]}
  ben:
    zweights: {name: ZWEIGHTS, note: ZNOTEweights, weights: {open: 1}, because: [open, secret]}
    zallsecret: {name: ZALLSECRET, note: ZNOTEall, weights: {open: 1}, because: [secret]}
conditions:
  zcondition: {name: ZCONDITION, note: ZNOTEcondition, holds: true, because: [open, secret], contested: true}
  told: {name: TOLD, note: NOTEcondition, holds: true}
norms:
  znorm: {name: ZNORM, note: ZNOTEnorm, binds: [ann], forbids: leave, when: zcondition, cite: ZCITE, because: [open, secret]}
  zkinnorm: {name: ZKINNORM, binds: [ann], forbids: zkin, cite: ZKINCITE}
  law: {name: LAW, note: NOTEnorm, binds: [ann], forbids: leave and not told, cite: CITE}
people:
  man_a: {protected: true, wish: leave and told, note: NOTEperson, since: 2021}
  man_b: {name: NAMED, wish: open, note: NOTEfree}
  man_c: {name: ZNAMED, wish: open, because: [open, secret]}
  zrelative: {name: ZRELATIVE, wish: open, because: [secret]}
harms:
  - {to: man_a, that: leave and zcondition, grade: slight, name: a cold, note: NOTEharm}
  - {to: man_a, that: leave, grade: slight, name: ZHARM, because: [open, secret]}
  - {to: zrelative, that: leave, grade: grave, name: ZHARMOFRELATIVE}
claims:
  zclaim: {name: ZCLAIM, said: ZSAID, note: ZNOTEclaim, possible: {end: leave}, because: [open, secret]}
  claim: {name: CLAIM, said: SAID, note: NOTEclaim, possible: {end: open}, because: [open]}
"""
PERSONAL = ["NOTEleave", "NOTEcondition", "NOTEtouching", "NOTEperson", "NOTEfree", "NOTEharm", "2021"]
KEPT = ["NOTEopen", "NOTEwish", "NOTEplain", "NOTEnorm", "NOTEclaim", "PLAIN", "TOLD", "LAW", "CITE", "NAMED", "CLAIM", "SAID", "a cold"]


def evidence(*, restricted: bool) -> Evidence:
    source = {"file": "a.txt", "sha256": "0" * 64, "text_sha256": "0" * 64, "extractor": "plain/1", "kind": "note"}
    said = {"source": "g", "spans": [[0, 5]], "kind": "direct"}
    statements = {
        "open": {**said, "quote": "open words", "said_on": "2024-05-06"},
        "secret": {**said, "quote": "ZQUOTE", "restricted": restricted, "said_on": "2025-07-08"},
    }
    content = EvidenceFile.model_validate({"offramp": 1, "statements": statements})
    return Evidence(named({"g": Source.model_validate(source)}), {}, named(content.statements))


def told(audience: str, *, restricted: bool = True) -> list[str]:
    file = read_case_text(CASE)
    made = brief(file, evidence(restricted=restricted), findings(Builder(file)), audience)
    return [made.html, made.markdown.replace("\\", "")]


def test_no_word_that_may_come_from_a_restricted_statement_is_public() -> None:
    for form in told("public"):
        assert [secret for secret in SECRETS if secret in form.lower()] == []
        assert "8 July 2025" not in form
        assert "Last dated fact: 6 May 2024" in form


SECRETS = [
    *["zoption", "zkin", "zrule", "zaccount", "zwish", "zweights", "zallsecret", "zcondition", "znorm", "zcite", "zkincite"],
    *["znamed", "zrelative", "zharm", "zclaim", "zsaid", "znote", "zquote", "zingroup"],
]


def test_what_is_withheld_goes_by_its_place() -> None:
    for form in told("public"):
        for words in ("Ann takes option 2 (name withheld)", "rule 1 (name withheld)", "account 1 (name withheld)", KIN):
            assert words in form, words
        for words in ("condition 1 (name withheld)", "norm 1 (name withheld)", "claim 1 (name withheld)", "Man c"):
            assert words.lower() in form.lower(), words
        assert "Ann: account 3 (name withheld)" in form, "its wish is about kin"
    page = told("public")[0]
    for anchor in (
        "j.decision_makers.ann.options.2",
        "j.rules.1",
        "j.readings.ann.1.prefers.1",
        "j.account.ann.1",
        "j.account.ben.1",
        "j.account.ben.2",
    ):
        assert f'"{anchor}"' in page, anchor
    for anchor in ("j.conditions.1", "j.norms.1", "claim.claims.1", "j.account.ann.plain"):
        assert f'"{anchor}"' in page, anchor
    assert 'data-key="claims.1.supported.cells' in page


def test_notes_on_people_and_on_what_touches_them_are_internal() -> None:
    for form in told("public"):
        assert [word for word in PERSONAL if word in form] == []
        assert [word for word in KEPT if word not in form] == []
    for form in told("internal"):
        assert [word for word in [*PERSONAL, *KEPT] if word not in form] == []


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_without_restricted_statements_every_name_is_told(audience: str) -> None:
    for form in told(audience, restricted=False):
        for word in (
            "ZRULE",
            "ZACCOUNT",
            "ZWISH",
            "ZCONDITION",
            "ZNORM",
            "ZCITE",
            "ZNAMED",
            "ZRELATIVE",
            "ZHARM",
            "ZCLAIM",
            "ZSAID",
            "ZNOTEclaim",
        ):
            assert word in form, word


def test_the_bundled_case_stays_informative() -> None:
    from offramp.report.brief import make_brief

    folder = catalogue.folder("two-prisoners")
    form = make_brief(folder, "public").markdown
    told = ("exposed to death, torture or a prison camp", "No hand-over to torture", "Pyongyang first", "Restraint under scrutiny")
    for words in (KIN, *told):
        assert words in form, words
    for words in ("film maker in October", "would have liked it", "filmed in custody"):
        assert words not in form, words
    assert any(said.restricted for said in read_evidence(folder).statements.values())


# -- what the program says -----------------------------------------------------------------------------------------------

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(people: str, *identifiers: str) -> Path:
        folder = tmp_path / "case"
        folder.mkdir()
        head = "offramp: 1\ntitle: x\ndecision_makers: {ann: {options: {go: {}}}}\nreadings: {ann: {r: {prefers: []}}}\n"
        (folder / "case.yaml").write_text(head + people, encoding="utf-8")
        if identifiers:
            (folder / "private").mkdir()
            (folder / "private" / "identifiers.txt").write_text("\n".join(identifiers), encoding="utf-8")
        return folder

    return made


TWO = "people: {man_a: {protected: true}, man_b: {protected: true}, free: {}}\n"
NOTE = "note: the case protects {} and private/ lists no identifier of theirs; nothing was searched for\n"


@pytest.mark.parametrize(
    ("people", "identifiers", "audience", "said"),
    [
        (TWO, (), "public", NOTE.format("2 people")),
        (TWO, ("# only a remark",), "public", NOTE.format("2 people")),
        ("people: {man_a: {protected: true}}\n", (), "public", NOTE.format("1 person")),
        (TWO, (), "internal", ""),
        (TWO, ("Hong Gildong",), "public", ""),
        ("people: {free: {}}\n", (), "public", ""),
        ("", (), "public", ""),
    ],
)
def test_it_is_said_when_nothing_was_searched_for(make: Make, people: str, identifiers: tuple[str, ...], audience: str, said: str) -> None:
    folder = make(people, *identifiers)
    done = CliRunner().invoke(app, ["brief", str(folder), "--for", audience])
    assert (done.exit_code, done.stderr) == (0, said)
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("inner", ["hong-gildong/out", "a/Gildong Hong/b/out", "hong/gildong/out", "out/h0ng_gi1dong"])
def test_every_folder_of_the_path_is_searched(make: Make, tmp_path: Path, inner: str) -> None:
    folder = make(TWO, "Hong Gildong")
    done = CliRunner().invoke(app, ["brief", str(folder), "--for", "public", "--to", str(tmp_path / inner)])
    assert done.exit_code != 0
    assert "LeakError" in repr(done.exception) or "nothing was written" in done.stderr
    assert "ong" not in str(done.exception).replace("wrong", "")
    assert not (tmp_path / inner.split("/")[0]).exists()


def out_of_force() -> str:
    """Return the case with every judgement but one reading of each to begin after its date."""
    data = parse_yaml(CASE, "case.yaml").data
    entries = [option for maker in data["decision_makers"].values() for option in maker["options"].values()]
    for section in ("rules", "conditions", "norms", "people", "claims"):
        entries += data[section].values()
    for there in data["readings"].values():
        entries += [said for reading in there.values() for entry in reading.get("prefers", ()) for said in entry.get("any_order", [entry])]
        entries += list(there.values())[1:]
    for entry in [*entries, *data["harms"]]:
        entry["since"] = "2027"
    return json.dumps(data)


def test_what_is_not_in_force_gives_no_secret_away_either() -> None:
    file = read_case_text(out_of_force())
    made = brief(file, evidence(restricted=True), findings(Builder(file)), "public")
    for form in (made.html, made.markdown.replace("\\", "")):
        assert "What counts at other dates" in form
        assert [secret for secret in SECRETS if secret in form.lower()] == []
        assert [note for note in PERSONAL if note in form] == []
    assert "Since 2027." in made.markdown
