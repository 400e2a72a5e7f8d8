"""A case on disk to a case in memory."""

from pathlib import Path

import pytest

from casetext import DESIGN, ELMIRA, GRAPH, SMALL, changed
from offramp.api import load_case
from offramp.api import read_case as read_any
from offramp.case.load import read_case, read_case_text
from offramp.errors import CaseError, ChoiceError, UnknownLabelError


def folder(where: Path, text: str) -> Path:
    where.mkdir()
    (where / "case.yaml").write_text(text, encoding="utf-8")
    return where


@pytest.mark.parametrize("text", [DESIGN, SMALL, ELMIRA, GRAPH])
def test_a_folder_a_bare_file_and_a_text_say_the_same(tmp_path: Path, text: str) -> None:
    where = folder(tmp_path / "my-case", text)
    (tmp_path / "bare.yml").write_text(text)
    from_folder, bare, given = read_case(where), read_case(str(tmp_path / "bare.yml")), read_case_text(text)
    assert from_folder.case == bare.case == given.case
    assert from_folder.formulas == bare.formulas == given.formulas
    assert (from_folder.folder, bare.folder, given.folder) == (where, None, None)
    assert (from_folder.document.file, bare.document.file, given.document.file) == ("case.yaml", "bare.yml", "case.yaml")


def test_faults_carry_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "bare.yml").write_text(changed(SMALL, ("pay -> leave", "pays")))
    with pytest.raises(CaseError, match=r"^bare\.yml:11: rules\.first\.require: 'pays' names no option"):
        read_case(tmp_path / "bare.yml")
    with pytest.raises(CaseError, match=r"^case\.yaml: there is no such file; 'offramp new' makes a case folder$"):
        read_case(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "x" * 300, "x" * 5_000, "a\0b", "nowhere/case.yaml", "\udcff"])
def test_a_path_to_nothing_is_a_fault_of_the_case(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseError):
        read_case(tmp_path / name)


def test_yaml_then_fields_then_labels() -> None:
    """Fields cannot be checked in a file that breaks off, nor labels among fields that are none."""
    label = ("pay -> leave", "pays")
    field = ("grade: slight", "grade: huge")
    syntax = ("people:", "people: [")
    for changes, words in [((label,), "names no option"), ((label, field), "expected slight"), ((label, field, syntax), "no valid YAML")]:
        with pytest.raises(CaseError) as caught:
            read_case_text(changed(SMALL, *changes))
        assert all(words in str(problem) for problem in caught.value.problems), caught.value


def test_problems_are_in_file_order_and_the_text_has_one_a_line() -> None:
    with pytest.raises(CaseError) as caught:
        read_case_text(changed(SMALL, ("pay -> leave", "pays"), ("winter}", "summer}"), ("to: child", "to: kid")))
    lines = [problem.line for problem in caught.value.problems]
    assert lines == sorted(lines)
    assert len(lines) == 3
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


def test_the_catalogue_by_id_and_a_folder_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_any("prisoners-dilemma").case.title == "Prisoners' dilemma"
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "prisoners-dilemma", SMALL)
    assert read_any("prisoners-dilemma").case.title == "Two switches"
    assert read_any(Path("prisoners-dilemma")).case.title == "Two switches"
    with pytest.raises((CaseError, UnknownLabelError), match="prisoners-dilemna"):
        read_any("prisoners-dilemna")


def test_load_case_chooses(tmp_path: Path) -> None:
    where = folder(tmp_path / "c", DESIGN)
    default = load_case(where)
    assert default.states.labels == ("NNN", "NYN", "NNY", "YNY", "NYY")
    assert load_case(where, contested={"leaders": False}).states.labels == ("NNN", "YNN", "NYN", "NNY", "YNY", "NYY")
    assert load_case(where, readings={"south_korea": "unwilling"}).ranks[1].tolist() == [1, 1, 0, 0, 0]
    for wrong in ({"readings": {"korea": "willing"}}, {"readings": {"south_korea": "x"}}, {"contested": {"one_way": True}}):
        with pytest.raises(ChoiceError):
            load_case(where, **wrong)  # type: ignore[arg-type]
