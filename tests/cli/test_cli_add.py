"""`offramp add`: what it says of a document, and that nothing in a document acts, here or in what is made of it later."""

import re
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hostile.sound import WORDS, docx, mixed, page, pdf
from offramp.case.yaml_reader import read_yaml
from offramp.cli import app

RUNNER = CliRunner()
ACTING = "=HYPERLINK('x') \x1b[2J\x1b]0;t\x07 <script>alert(1)</script> **b** [a](javascript:0) \u202egnp.exe ../../x {{ 7*7 }} <b>bold</b>"


def run(*words: object, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert not {letter for letter in result.output if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter not in "\n\t"}
    return result.output


@pytest.fixture
def case(tmp_path: Path) -> Path:
    run("new", tmp_path / "case")
    return tmp_path / "case"


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def entries(case: Path) -> dict[str, dict[str, str]]:
    return dict(read_yaml(case / "sources" / "sources.yaml").data["sources"])


def test_what_is_said_of_a_page(case: Path, tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2026-02-18"><meta property="og:site_name" content="The Herald">'
    said = run("add", case, put(tmp_path, "page.html", page(head=head)))
    assert re.fullmatch(
        r"page\.html added as the source page\n"
        r"  read as a saved page in utf-8, as all its bytes are; \d+ characters, by html/1 trafilatura \S+ lxml \S+\n"
        r"  language: en, as detected\n"
        r"  it says of itself: title A report \(title\); not entered\n"
        r"  it says of itself: date 2026-02-18 \(meta article:published_time\); not entered\n"
        r"  it says of itself: outlet The Herald \(meta og:site_name\); not entered\n",
        said,
    )
    entry = entries(case)["page"]
    assert entry["language"] == "en"
    assert set(entry) == {"file", "sha256", "text_sha256", "extractor", "language", "kind"}, "nothing else is filled in"
    assert run("pin", case, "page", "We do not trade in people").startswith("s1:")
    assert run("verify", case, "--documents") == "sources: 1 ok\nstatements: 1 ok\n"


def test_a_language_that_is_said_is_kept(case: Path, tmp_path: Path) -> None:
    assert "  language: uk, as you said\n" in run("add", case, put(tmp_path, "a.txt", "\n".join(WORDS).encode()), "--language", "uk")
    assert "  language: undetermined\n" in run("add", case, put(tmp_path, "b.txt", b"Short words."))
    assert {id: entry.get("language") for id, entry in entries(case).items()} == {"a": "uk", "b": None}


def test_a_language_is_a_code(case: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "\n".join(WORDS).encode())
    for more in ([], ["--dry-run"]):
        assert "'English' is no language code; expected a code of two or three letters" in run(
            "add", case, path, "--language", "English", *more, code=1
        )
    assert not entries_there(case)
    assert "  language: en-GB, as you said\n" in run("add", case, path, "--language", "EN-gb")
    assert entries(case)["a"]["language"] == "en-GB"


def entries_there(case: Path) -> bool:
    return (case / "sources" / "sources.yaml").exists()


def test_a_stored_file_tells_what_is_stored(case: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "\n".join(WORDS).encode())
    run("add", case, path, "--language", "uk", "--date", "2026-02", "--outlet", "Herald")
    before = (case / "sources" / "sources.yaml").read_bytes()
    stored = "  stored as original: language uk, outlet Herald, date 2026-02; its text by plain/1\n"
    assert run("add", case, path) == f"a.txt is there already as the source a\n{stored}"
    edit = "edit sources/sources.yaml line 9 to change it"
    assert run("add", case, path, "--date", "2026-03") == (
        f"a.txt is there already as the source a\n{stored}  note: the date stays 2026-02, not 2026-03; {edit}\n"
    )
    assert "'2026-13' is no date; expected YYYY" in run("add", case, path, "--date", "2026-13", code=1)
    assert "line 11 to change it" in run("add", case, path, path, "--kind", "note")
    assert (case / "sources" / "sources.yaml").read_bytes() == before


def test_a_library_that_is_missing_is_told(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offramp.sources.extract_language._identifier", lambda: None)
    said = run("add", case, put(tmp_path, "a.txt", "\n".join(WORDS).encode()))
    assert "  language: not looked for; pip install 'offramp[documents]' brings what detects it\n" in said


def test_looking_stores_nothing(case: Path, tmp_path: Path) -> None:
    before = sorted(case.rglob("*"))
    said = run("add", case, put(tmp_path, "a.docx", docx()), "--dry-run")
    assert said.startswith("nothing was stored\n  read as a Word document; ")
    assert sorted(case.rglob("*")) == before
    run("add", tmp_path / "none", tmp_path / "a.docx", "--dry-run", code=2)


def test_an_encoding_is_said(case: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "小さい".encode("cp932"))
    assert "is 0x8f, which is no UTF-8 there" in run("add", case, path, code=1)
    assert "in cp932, as you said" in run("add", case, path, "--encoding", "shift_jis")
    assert entries(case)["a"]["extractor"] == "plain/1 cp932"
    assert run("verify", case) == "sources: 1 ok\nstatements: none\n"


def test_another_version_of_an_extractor_rewrites_nothing(case: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", pdf())
    run("add", case, path)
    registry, text = case / "sources" / "sources.yaml", case / "sources" / "a.extracted.txt"
    other = b"The text as an older version took it out.\n"
    import hashlib

    text.chmod(0o644)
    old = hashlib.sha256(text.read_bytes()).hexdigest()
    text.write_bytes(other)
    told = registry.read_text().replace(old, hashlib.sha256(other).hexdigest())
    registry.write_text(re.sub(r"extractor: .*", "extractor: pdf/1 pypdf 6.0.0", told))
    before = registry.read_bytes()
    assert run("add", case, path).startswith("a.pdf is there already as the source a\n")
    assert (text.read_bytes(), registry.read_bytes()) == (other, before)
    assert run("verify", case, "--documents") == "sources: 1 ok\nstatements: none\n"
    assert run("pin", case, "a", "as an older version took it out").startswith("s1:")


def test_reading_documents_again_finds_a_forged_text(case: Path, tmp_path: Path) -> None:
    import hashlib

    run("add", case, put(tmp_path, "a.pdf", pdf()))
    registry, text = case / "sources" / "sources.yaml", case / "sources" / "a.extracted.txt"
    text.chmod(0o644)
    old = hashlib.sha256(text.read_bytes()).hexdigest()
    text.write_bytes(b"Something else.\n")
    registry.write_text(registry.read_text().replace(old, hashlib.sha256(text.read_bytes()).hexdigest()))
    assert run("verify", case) == "sources: 1 ok\nstatements: none\n"
    assert "a.pdf, read again, gives another text" in run("verify", case, "--documents", code=1)


def test_nothing_in_a_document_acts(case: Path, tmp_path: Path) -> None:
    names = ["=1+1\x1b[2J.html", "-rf.txt", "\u202egnp.txt", "a\noffrAmp: all is well.md", "..%2f..%2fx.txt", "<b>.html"]
    for number, name in enumerate(names):
        kind = page([ACTING, *WORDS], head=f"<title>{ACTING}</title>") if name.endswith("html") else ACTING.encode()
        path = put(tmp_path, name, kind + f"{number}".encode())
        said = run("add", case, "--", path)
        assert len(said.splitlines()) == len(
            [line for line in said.splitlines() if line.startswith("  ") or " added as the source " in line]
        )
    attached = b'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="../../\x1b[2J=1+1.txt"'
    body = (b"Content-Type: text/plain; charset=utf-8", b"plain words")
    assert "attached and not read: ../../" in run("add", case, put(tmp_path, "m.eml", mixed([body, (attached, b"x")])))
    assert "x.=1+1\\x1b[2J added as the source x" in run("add", case, put(tmp_path, "x.=1+1\x1b[2J", pdf()))
    stored = sorted(path.name for path in (case / "sources").iterdir())
    assert all(re.fullmatch(r"[a-z0-9_]+\.(extracted\.txt|txt|md|html|eml|pdf|yaml)", name) for name in stored), stored
    id = next(id for id, entry in entries(case).items() if entry["file"].endswith(".txt"))
    assert "nothing was pinned; the new entry: statements.s1.quote: the " in run("pin", case, id, ACTING, code=1)
    run("pin", case, id, "<script>alert(1)</script> **b** [a](javascript:0)", "--speaker", "=<b>Ada</b>", "--id", "acts")
    run("check", case)
    run("verify", case)
    for form in ("json", "csv"):
        assert "\n=" not in run("verify", case, "--format", form).replace("\r", "\n")


def test_the_brief_shows_words_and_runs_none(case: Path, tmp_path: Path) -> None:
    quote = "=HYPERLINK('x') <script>alert(1)</script> **b** [a](javascript:0) ../../x {{ 7*7 }} <b>bold</b>"
    details = ("--outlet", "<script>x</script>", "--url", "javascript:alert(1)")
    run("add", case, put(tmp_path, "a.txt", f"He said: {quote}\n".encode()), *details)
    run("pin", case, "a", quote, "--id", "acts")
    path = case / "case.yaml"
    old = "{that: not raise_pay, basis: assumed}"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(
        path.read_text(encoding="utf-8").replace(old, "{that: not raise_pay, basis: stated, because: [acts]}"), encoding="utf-8"
    )
    run("brief", case, "--for", "internal")
    for name in ("brief.html", "brief.md"):
        written = (case / "build" / "internal" / name).read_text(encoding="utf-8")
        assert "\x1b" not in written
        assert "<script>alert" not in written
        assert 'href="javascript' not in written
        assert "<b>bold" not in written
        assert "7*7" in written.replace("\\", "")


def test_verify_spells_names_that_lie_in_sources(case: Path) -> None:
    (case / "sources" / "x\nproblem: everything\x1b[2J").write_text("words", encoding="utf-8")
    said = run("verify", case)
    assert "note: sources/x\\nproblem: everything\\x1b[2J lies in sources/ without an entry" in said


def test_a_damaged_document_is_one_line(case: Path, tmp_path: Path) -> None:
    said = run("add", case, put(tmp_path, "a.pdf", pdf()[:400]), code=1)
    assert (
        said
        == f"offramp: {tmp_path}/a.pdf is not read: it is damaged: its end is missing; get a sound copy, or save its text and add that\n"
    )
    assert not (case / "sources" / "sources.yaml").exists() or entries(case) == {}


def test_identifiers_are_found_in_the_text_of_a_document(case: Path, tmp_path: Path) -> None:
    (case / "private" / "identifiers.txt").write_text("Ada Example\n", encoding="utf-8")
    run("add", case, put(tmp_path, "a.pdf", pdf([[b"It was Ada Example who said so."]], packed=False)))
    run("add", case, put(tmp_path, "b.docx", docx(["It was Ada Example who said so."])))
    said = run("check", case)
    assert "sources/a.extracted.txt" in said
    assert "sources/b.extracted.txt" in said
    assert "sources/a.pdf" not in said


def test_many_files_at_once(case: Path, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", b"Ada Example said: no.")
    put(tmp_path, "b.txt", b"Bob said: yes.")
    put(tmp_path, "again.txt", b"Ada Example said: no.")
    said = run("add", case, tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "again.txt", "--outlet", "Herald", "--language", "en")
    assert said.splitlines()[0] == "a.txt added as the source a"
    assert "again.txt is there already as the source a" in said
    assert said.splitlines()[-1] == "3 files: 2 added, 1 there already"
    assert {id: entry["outlet"] for id, entry in entries(case).items()} == {"a": "Herald", "b": "Herald"}
    assert run("verify", case) == "sources: 2 ok\nstatements: none\n"


def test_one_of_many_is_refused(case: Path, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", b"Ada Example said: no.")
    put(tmp_path, "empty.txt", b"")
    put(tmp_path, "z.txt", b"Bob said: yes.")
    said = run("add", case, tmp_path / "a.txt", tmp_path / "empty.txt", tmp_path / "z.txt", code=1)
    assert said.count("offramp: ") == 1
    assert "empty.txt" in said[said.index("offramp: ") :].splitlines()[0]
    assert said.splitlines()[-1] == "3 files: 2 added, 1 refused"
    assert set(entries(case)) == {"a", "z"}


def test_what_is_of_a_single_file(case: Path, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", b"Ada Example said: no.")
    for option, value in (("--id", "x"), ("--url", "https://example.org")):
        said = run("add", case, tmp_path / "a.txt", tmp_path / "a.txt", option, value, code=2)
        assert said == "offramp: --id and --url are of a single file; 2 files were given\n"
    assert not (case / "sources" / "sources.yaml").exists() or "a" not in entries(case)


def test_looking_at_many_stores_nothing(case: Path, tmp_path: Path) -> None:
    before = sorted(case.rglob("*"))
    put(tmp_path, "a.txt", b"Ada Example said: no.")
    put(tmp_path, "b.docx", docx())
    said = run("add", case, tmp_path / "a.txt", tmp_path / "b.docx", "--dry-run")
    assert [line for line in said.splitlines() if not line.startswith("  ")] == ["nothing was stored", "a.txt:", "b.docx:"]
    assert sorted(case.rglob("*")) == before
