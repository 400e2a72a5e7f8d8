"""Five hundred hostile files: each is read or refused in one message, in bounded time, and a case stays as it was."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from hostile.damage import damaged, hostile_files
from hostile.server import Server, serving
from hostile.sound import sound
from killing import kill_at_random
from offramp.errors import SourceError
from offramp.files import is_leftover
from offramp.sources import extract as extracting
from offramp.sources.evidence import read_sources
from offramp.sources.extract import Extract
from offramp.sources.extract_limits import Limits
from offramp.sources.store import add_source
from offramp.sources.verify import verify

LIMITS = Limits(seconds=30)
ACTING = ("Cc", "Cs")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


@pytest.fixture
def quick(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Let the program ask the server where it would start a child."""
    monkeypatch.setattr(extracting, "read_in_child", lambda kind, raw, limits, stop=None: server.read(kind, raw, LIMITS))
    return server


def outcome(file: Path) -> Extract | str:
    """Return what came of a file; fail at anything that is neither a text nor one message."""
    try:
        found = extracting.extract(file)
    except SourceError as error:
        message = str(error)
        assert "\n" not in message
        assert not any(unicodedata.category(letter) in (*ACTING, "Cf") for letter in message)
        assert not re.search(r"PermissionError|NameError|AttributeError|UnboundLocal|not allowed|broke down", message), message
        return message
    assert found.text.strip()
    assert "\0" not in found.text
    found.text.encode()
    if found.kind != "text":
        assert not {letter for letter in set(found.text) - {"\n", "\t"} if unicodedata.category(letter) in ACTING}
    assert found.suffix in (".txt", ".md", ".html", ".xhtml", ".pdf", ".docx", ".eml", ".mht")
    return found


@pytest.mark.parametrize("count", [220, pytest.param(500, marks=pytest.mark.slow)])
def test_all_are_read_or_refused(tmp_path: Path, quick: Server, count: int) -> None:
    told: dict[str, Extract | str] = {}
    for name, data in hostile_files(count).items():
        path = tmp_path / name
        path.write_bytes(data)
        told[name] = outcome(path)
        path.unlink()
    assert len(told) == count
    read = [name for name, found in told.items() if isinstance(found, Extract)]
    assert count / 4 < len(read) < count * 3 / 4
    assert quick.asked > count / 2
    refused = {name: found for name, found in told.items() if isinstance(found, str)}
    for name, words in REFUSED.items():
        assert words in refused[name], name
    for name in ("outside.eml", "forwarded.eml", "template.docx", "script.pdf", "fetching.html", "half a scan.pdf", "really a pdf.txt"):
        assert name in read, name
    texts = "\n".join(found.text for found in told.values() if isinstance(found, Extract))
    assert "root:" not in texts, "a file of this machine came into a text"
    assert "inner words" not in texts, "an attached mail was read"


REFUSED = {
    "deep 300.html": "nested too deeply",
    "no words.html": "there is no text in it",
    "nul.html": "is NUL",
    "too large.html": "larger than 10,000,000 bytes",
    "bomb.pdf": "unpacks to more than it may",
    "bomb in a bomb.pdf": "unpacks to more than it may",
    "many pages.pdf": "more than 2,000 pages",
    "scan.pdf": "there is no text in it, as in a scan",
    "encrypted.pdf": "it is encrypted",
    "half.pdf": "its end is missing",
    "pages in a circle.pdf": "it is damaged",
    "lol.docx": "declares a document type or entities",
    "file.docx": "declares a document type or entities",
    "doctype.docx": "declares a document type or entities",
    "net.docx": "declares a document type or entities",
    "deep.docx": "nested too deeply",
    "bomb.docx": "more than 100 times its size",
    "large.docx": "unpacks to more than 200,000,000 bytes",
    "many parts.docx": "more than 10,000 parts",
    "two of one name.docx": "two parts of one name",
    "encrypted.docx": "it is encrypted",
    "wrong sizes.docx": "it is damaged",
    "bzip2.docx": "packed in a way that Word does not use",
    "ole.docx": "an old or an encrypted Office file",
    "table.docx": "an Excel table",
    "cut.docx": "it is damaged",
    "nested 25.eml": "nested more than 20 deep",
    "many parts.eml": "more than 1,000",
    "only attached.eml": "what is attached is not read",
    "wrong charset.eml": "no UTF-8 there",
    "no end.eml": "do not end where they should",
    "no base64.eml": "packed wrongly",
    "half letter.txt": "no UTF-8 there",
    "odd wide.txt": "no meaning in utf-16",
    "picture.txt": "it is a picture",
    "really text.pdf": "no pdf",
    "other.exe": "no kind of document that is known",
}


def hashes(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the hash and the permissions of everything in a folder."""
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "", path.stat().st_mode)
        for path in folder.rglob("*")
    }


def test_what_is_refused_leaves_the_case_byte_for_byte(tmp_path: Path, quick: Server) -> None:
    case, inbox = tmp_path / "case", tmp_path / "inbox"
    case.mkdir()
    inbox.mkdir()
    (inbox / "first.txt").write_text("The first report.\n", encoding="utf-8")
    add_source(case, inbox / "first.txt")
    before = hashes(case)
    files = hostile_files(220)
    for name in REFUSED:
        (inbox / name).write_bytes(files[name])
        with pytest.raises(SourceError):
            add_source(case, inbox / name)
        (inbox / name).unlink()
        assert hashes(case) == before, name
    assert [path.name for path in inbox.iterdir()] == ["first.txt"]


def test_the_child_itself_says_the_same_as_the_server(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    files = hostile_files(220)
    for name in ("acting.html", "bomb.pdf", "lol.docx"):
        (tmp_path / name).write_bytes(files[name])
        alone = outcome(tmp_path / name)
        with monkeypatch.context() as patch:
            patch.setattr(extracting, "read_in_child", server.read)
            assert outcome(tmp_path / name) == alone


def adding(say: Callable[[str], object], case: str, inbox: str) -> None:
    """Add every file of a folder."""
    for file in sorted(Path(inbox).iterdir()):
        added = add_source(Path(case), file)
        say(f"{added.source.id} {added.source.sha256}")


def killed(tmp_path: Path, rounds: int, seed: int) -> int:
    case, inbox, scratch = (tmp_path / name for name in ("case", "inbox", "scratch"))
    for folder in (case, inbox, scratch):
        folder.mkdir()
    whole = sound()
    for name in ("report.pdf", "report.docx", "report.txt"):
        (inbox / name).write_bytes(whole[name])
    first: dict[str, str] = {}

    def check(number: int, said: list[str]) -> None:
        sources, found = read_sources(case), verify(case)
        assert found.ok
        assert all(check.state == "ok" for check in found.sources)
        for id, sha256 in (line.split() for line in said):
            assert sources[id].sha256 == sha256
        texts = {source.sha256: source.text_sha256 for source in sources.values()}
        assert {**first, **texts} == {**texts, **first}, "a text is the same whenever it is taken out"
        first.update(texts)

    def work(number: int) -> list[str]:
        if number % 4 == 0:
            for path in sorted(case.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
        return ["test_hostile_files:adding", str(case), str(inbox)]

    interrupted = kill_at_random(work, check, rounds, scratch, seed=seed)
    for file in sorted(inbox.iterdir()):
        add_source(case, file)
    assert len(read_sources(case)) == 3
    assert not [path for path in case.rglob("*") if is_leftover(path.name)]
    return interrupted


def test_six_kills_of_the_parent(tmp_path: Path) -> None:
    assert killed(tmp_path, 6, seed=1) >= 3


@pytest.mark.slow
def test_sixty_kills_of_the_parent(tmp_path: Path) -> None:
    assert killed(tmp_path, 60, seed=2) > 30


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_fuzzing_with_a_corpus(tmp_path: Path, quick: Server, seed: int) -> None:
    """Damage files again that the last damage left readable, so that it goes deeper each time."""
    rng, corpus = Random(seed), [(name, data) for name, data in sound().items()]
    path, kinds = tmp_path / "x", set()
    for _ in range(int(os.environ.get("OFFRAMP_FUZZ", "2000"))):
        name, data = rng.choice(corpus)
        data = damaged(data, rng, [other for _, other in corpus[:9]])
        path = tmp_path / f"x{Path(name).suffix}"
        path.write_bytes(data)
        found = outcome(path)
        kind = found.split(":")[1][:40] if isinstance(found, str) else f"{found.kind} {len(found.text) // 20} {len(found.notes)}"
        if kind not in kinds and len(data) < 100_000:
            kinds.add(kind)
            corpus.append((name, data))
    assert len(kinds) > 20
