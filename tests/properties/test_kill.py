"""A killed writer leaves the old or the new file, and loses nothing that it acknowledged."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from killing import kill_at_random
from offramp import catalogue
from offramp.case.yaml_reader import read_yaml
from offramp.files import is_leftover, locked, sweep_leftovers, write_atomic
from offramp.report.brief import Brief, make_brief, write_brief
from offramp.sources.evidence import read_evidence
from offramp.sources.pins import pin
from offramp.sources.store import add_source, text_of
from offramp.sources.verify import verify

PER_RUN = 3
SIZE = 4_000_000


def batch(run: int) -> range:
    return range(run * PER_RUN, (run + 1) * PER_RUN)


def add_and_pin(say: Callable[[str], object], case: str, inbox: str, run: str) -> None:
    """Finish what the run before began, then do this one."""
    for number in (*batch(int(run) - 1), *batch(int(run))):
        if number < 0:
            continue
        added = add_source(Path(case), Path(inbox) / f"report {number}.txt", outlet="Example Herald")
        say(f"source {added.source.id}")
        statement = pin(Path(case), added.source.id, f"said sentence {number}", speaker="Ada Example", note=f"no. {number}")
        say(f"pin {statement.id} {number}")


def rewrite(say: Callable[[str], object], folder: str) -> None:
    """Write a large file again and again, each time full of another letter."""
    for letter in "abcdef":
        write_atomic(Path(folder) / "large", letter.encode() * SIZE)
        say(letter)


def killing(tmp_path: Path, rounds: int, seed: int) -> int:
    case, inbox, scratch = (tmp_path / name for name in ("case", "inbox", "scratch"))
    for folder in (inbox, scratch):
        folder.mkdir()
    for number in range(10 * PER_RUN):
        (inbox / f"report {number}.txt").write_text(f"Ada Example said sentence {number}.\n", encoding="utf-8")

    def work(number: int) -> list[str]:
        run = number % 10
        if run in (0, 9) or number < 0:
            shutil.rmtree(case, ignore_errors=True)
            case.mkdir()
        return ["test_kill:add_and_pin", str(case), str(inbox), str(run if run < 9 else 0)]

    def check(number: int, said: list[str]) -> None:
        for name in ("evidence.yaml", "sources/sources.yaml"):
            if (case / name).exists():
                read_yaml(case / name)
        evidence, verification = read_evidence(case), verify(case)
        assert verification.ok
        assert all(source.state == "ok" for source in verification.sources)
        assert all(statement.state == "ok" for statement in verification.statements)
        for kind, id, *rest in (line.split() for line in said):
            if kind == "source":
                assert text_of(case, evidence.sources[id])
            else:
                assert evidence.statements[id].quote == f"said sentence {rest[0]}"
                assert evidence.statements[id].speaker == "ada_example"

    interrupted = kill_at_random(work, check, rounds, scratch, seed=seed)
    pin(case, add_source(case, inbox / "report 0.txt").source.id, "Ada Example")
    assert not [path for path in case.rglob("*") if is_leftover(path.name)], "later writers sweep what killed ones left"
    return interrupted


def test_sixty_kills(tmp_path: Path) -> None:
    assert killing(tmp_path, 60, seed=1) > 30


def rewriting(tmp_path: Path, rounds: int, seed: int) -> int:
    path = tmp_path / "case" / "large"
    path.parent.mkdir()

    def work(number: int) -> list[str]:
        with locked(path.parent):
            sweep_leftovers(path.parent)
        path.write_bytes(b"-" * SIZE)
        return ["test_kill:rewrite", str(path.parent)]

    def check(number: int, said: list[str]) -> None:
        content = path.read_bytes()
        letter = content[:1]
        assert content == letter * SIZE, "the old content or the new, never part"
        assert letter.decode() in "-abcdef"["-abcdef".index(said[-1]) if said else 0 :], "what was acknowledged stays"
        assert len(list(path.parent.iterdir())) <= 3

    return kill_at_random(work, check, rounds, tmp_path, seed=seed)


def test_a_large_file_is_old_or_new_after_forty_kills(tmp_path: Path) -> None:
    assert rewriting(tmp_path, 40, seed=3) > 20


@pytest.mark.slow
def test_a_large_file_is_old_or_new_after_two_hundred_kills(tmp_path: Path) -> None:
    assert rewriting(tmp_path, 200, seed=4) > 100


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    assert killing(tmp_path, 200, seed=2) > 100


def tell(say: Callable[[str], object], out: str) -> None:
    """Write two briefs in turn to the same folder."""
    for name in ("prisoners-dilemma", "syria-iraq-1975") * 4:
        write_brief(Path(out), made(name), ())
        say(name)


@functools.cache
def made(name: str) -> Brief:
    return make_brief(catalogue.folder(name), "public")


def telling(tmp_path: Path, rounds: int, seed: int) -> int:
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    scratch.mkdir()
    whole = [made(name) for name in ("prisoners-dilemma", "syria-iraq-1975")]

    def work(number: int) -> list[str]:
        if number % 7 == 0:
            shutil.rmtree(out, ignore_errors=True)
        return ["test_kill:tell", str(out)]

    def check(number: int, said: list[str]) -> None:
        for name, candidates in (("brief.html", [b.html for b in whole]), ("brief.md", [b.markdown for b in whole])):
            if said or (out / name).exists():
                assert (out / name).read_text("utf-8") in candidates

    return kill_at_random(work, check, rounds, scratch, seed=seed)


def test_sixty_kills_of_briefs(tmp_path: Path) -> None:
    assert telling(tmp_path, 60, seed=3) > 20


@pytest.mark.slow
def test_two_hundred_kills_of_briefs(tmp_path: Path) -> None:
    assert telling(tmp_path, 200, seed=4) > 60
