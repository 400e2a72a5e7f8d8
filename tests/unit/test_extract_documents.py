"""Documents to text: what is taken, what is changed, what is said about it, what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.sound import WORDS, archive, docx, docx_parts, mail, mixed, page, paragraph, pdf, sound
from offramp.errors import SourceError
from offramp.sources.extract import Extract, extract, extract_again
from offramp.sources.extract_docx import read as read_docx
from offramp.sources.extract_eml import read as read_eml
from offramp.sources.extract_html import article
from offramp.sources.extract_html import read as read_html
from offramp.sources.extract_limits import LIMITS, Limits, Refused
from offramp.sources.extract_pdf import read as read_pdf
from offramp.sources.extract_rules import tidy

PLAIN = b"Content-Type: text/plain; charset=utf-8"
HTML = b"Content-Type: text/html; charset=utf-8"


def taken(folder: Path, name: str, data: bytes, encoding: str | None = None) -> Extract:
    (folder / name).write_bytes(data)
    return extract(folder / name, encoding=encoding)


# --- pages


def test_the_article_is_taken_and_the_menu_is_not() -> None:
    text = read_html(page(), LIMITS).text
    assert text == "Nobody returned\n" + "\n".join(WORDS) + "\n"


def test_what_is_said_twice_stands_twice() -> None:
    lines = ["“No,” he said.", WORDS[0], "“No,” he said.", WORDS[2], WORDS[0]]
    assert read_html(page(lines), LIMITS).text.split("\n")[1:-1] == lines


def test_what_a_page_says_about_itself() -> None:
    head = (
        '<meta property="og:title" content="Nobody\n returned"><meta property="article:published_time" content="2026-02-18T10:00:00Z">'
        '<meta property="og:site_name" content="The Herald"><link rel="canonical" href="https://example.org/a?b=1">'
    )
    found = article(page(head=head).decode(), LIMITS)[2]
    assert found == [
        ("title", "Nobody returned", "meta og:title"), ("date", "2026-02-18", "meta article:published_time"),
        ("outlet", "The Herald", "meta og:site_name"), ("url", "https://example.org/a?b=1", "link canonical"),
    ]  # fmt: skip
    linked = '<script type="application/ld+json">[{"headline": "H", "datePublished": "2026-01-02", "publisher": "P"}]</script>'
    assert article(page(head=linked).decode(), LIMITS)[2] == [
        ("title", "H", "JSON-LD"),
        ("date", "2026-01-02", "JSON-LD"),
        ("outlet", "P", "JSON-LD"),
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://a b", "//example.org", "https://a<b>"])
def test_an_address_that_is_none_is_not_shown(url: str) -> None:
    found = article(page(head=f'<link rel="canonical" href="{url}">').decode(), LIMITS)[2]
    assert [what for what, *_ in found] == ["title"]


def test_a_page_without_an_article_gives_all_its_text() -> None:
    text, notes, _ = article("<html><body><p>Words, few of them.</p></body></html>", LIMITS)
    assert "Words, few of them." in text
    assert not notes or "all text of the page" in notes[0]


def test_encodings_of_pages(tmp_path: Path) -> None:
    text = "Міністр оборони заявив у вівторок, що полонених не повернуть, доки тривають бої."
    made = f"<html><head><meta charset='X'></head><body><p>{text}</p></body></html>"
    found = taken(tmp_path, "a.html", made.replace("'X'", "windows-1251").encode("cp1251"))
    assert (found.text, found.encoding, found.how) == (text + "\n", "cp1251", "as it declares")
    assert found.extractor.endswith(" in cp1251")
    found = taken(tmp_path, "b.html", made.replace("'X'", "iso-8859-1").encode())
    assert (found.text, found.encoding, found.how) == (text + "\n", "utf-8", "as all its bytes are")
    found = taken(tmp_path, "c.html", made.encode("utf-16"))
    assert (found.text, found.encoding) == (text + "\n", "utf-16")
    found = taken(tmp_path, "d.html", made.replace("'X'", "none").encode("koi8-u"), "koi8-u")
    assert (found.text, found.how) == (text + "\n", "as you said")


# --- PDF


def test_pages_of_a_pdf() -> None:
    reading = read_pdf(pdf([[b"One line", b"and another."], [], [b"Page three."]]), LIMITS)
    assert reading.text == "One line\nand another.\n\nPage three.\n"
    assert reading.notes == ["no text on page 2 of 3: a picture or a scan there was not read"]
    assert reading.extractor.startswith("pdf/1 pypdf ")


def test_repairs_of_a_pdf_are_told() -> None:
    data = pdf().rpartition(b"startxref")[0] + b"startxref\n0\n%%EOF\n"
    assert "breaks the rules of PDF" in read_pdf(data, LIMITS).notes[0]


def test_ligatures_become_letters_in_a_pdf_and_nowhere_else() -> None:
    assert tidy("o\ufb03ce \ufb02ow", ligatures=True) == "office flow\n"
    assert tidy("o\ufb03ce") == "o\ufb03ce\n"


# --- Word


def words_of(body: str, **parts: str) -> str:
    made = docx_parts(body) | {name.replace("__", "/") + ".xml": data for name, data in parts.items()}
    return read_docx(archive(made), LIMITS).text


def test_a_word_document() -> None:
    assert read_docx(docx(), LIMITS).text == "\n".join(WORDS) + "\n"


def test_signs_tables_and_what_is_left_out() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p><w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t><w:noBreakHyphen/><w:t>z</w:t></w:r></w:p>"
        f"<w:p>{run.format('kept ')}<w:ins>{run.format('put in')}</w:ins>"
        "<w:del><w:r><w:delText>gone</w:delText><w:t>gone too</w:t></w:r></w:del></w:p>"
        "<w:p><w:r><w:instrText>HYPERLINK evil</w:instrText></w:r><w:r><w:t>link</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr><w:tr><w:tc>{paragraph('c')}</w:tc></w:tr></w:tbl>"
        f"<w:p>{run.format('end')}</w:p>"
    )
    reading = read_docx(archive(docx_parts(body)), LIMITS)
    assert reading.text == "coop\tx\ny-z\nkept put in\nlink\na\tb\nc\nend\n"
    assert reading.notes == ["deletions that were tracked: 1, left out", "insertions that were tracked: 1, taken as text"]


def test_notes_of_a_word_document_come_last() -> None:
    note = f'<w:footnotes xmlns:w="x"><w:footnote>{paragraph("a note")}</w:footnote></w:footnotes>'
    assert words_of(paragraph("text"), word__footnotes=note) == "text\n\na note\n"


def test_what_a_document_says_about_itself() -> None:
    core = '<c xmlns:d="x"><d:title>T</d:title><d:created>2026-01-02T03:04:05Z</d:created></c>'
    made = docx_parts(paragraph("text")) | {"docProps/core.xml": core}
    assert read_docx(archive(made), LIMITS).suggestions == [
        ("title", "T", "docProps title"), ("date", "2026-01-02", "docProps created, when the file was made"),
    ]  # fmt: skip


# --- mail


def test_the_plain_part_is_preferred() -> None:
    both = mixed([(PLAIN, b"the plain words"), (HTML, page())], b"alternative")
    reading = read_eml(both, LIMITS)
    assert (reading.text, reading.extractor, reading.notes) == ("the plain words\n", "eml/1", [])
    reading = read_eml(mixed([(PLAIN, b" \r\n"), (HTML, page())], b"alternative"), LIMITS)
    assert reading.text.startswith("Nobody returned\n")
    assert reading.extractor.startswith("eml/1 html/1 trafilatura ")


def test_attachments_are_named_and_not_read() -> None:
    attached = b'Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename="=?utf-8?b?0LAudHh0?="'
    reading = read_eml(
        mixed(
            [
                (PLAIN, b"words"),
                (attached, b"secret"),
                (PLAIN + b"\r\nContent-Disposition: attachment", b"hidden"),
                (b"Content-Type: message/rfc822", mail(b"inner")),
            ]
        ),
        LIMITS,
    )
    assert reading.text == "words\n"
    assert reading.notes == ["attached and not read: а.txt, text/plain, message/rfc822"]


def test_headers_are_suggestions() -> None:
    assert read_eml(mail(), LIMITS).suggestions == [
        ("title", "A report", "header Subject"), ("date", "2026-03-03", "header Date"), ("outlet", "Ada Example", "header From"),
    ]  # fmt: skip
    saved = mixed([(HTML, page())], b"related", b"Snapshot-Content-Location: https://example.org/report\r\n")
    assert ("url", "https://example.org/report", "header Snapshot-Content-Location") in read_eml(saved, LIMITS).suggestions


def test_parts_in_other_encodings() -> None:
    text = "Привет всем, кто ждёт"
    assert read_eml(mail(text.encode("koi8-r"), b"text/plain; charset=koi8-r"), LIMITS).text == text + "\n"
    with pytest.raises(Refused, match="no UTF-8 there"):
        read_eml(mail(b"caf\xe9", b"text/plain; charset=utf-8"), LIMITS)


def test_a_mail_that_is_nested_too_deeply() -> None:
    with pytest.raises(Refused, match="nested more than 0 deep"):
        read_eml(mixed([(PLAIN, b"words")]), Limits(part_depth=0))


# --- all


def test_what_a_file_is_stands_in_it_and_not_in_its_name(tmp_path: Path) -> None:
    whole = sound()
    for name, kind, suffix in (
        ("page.html", "html", ".html"),
        ("report.pdf", "pdf", ".pdf"),
        ("report.docx", "docx", ".docx"),
        ("mail.eml", "eml", ".eml"),
    ):
        for other in (f"{name}.txt", "no end"):
            found = taken(tmp_path, other, whole[name])
            assert (found.kind, found.suffix) == (kind, suffix)
    assert taken(tmp_path, "a.htm", whole["page.html"]).suffix == ".htm"
    assert taken(tmp_path, "letter.txt", b"From: me\nTo: you\nSubject: words\n\nwords").kind == "text"
    with pytest.raises(SourceError, match=r"it is PDF, which says its encoding itself; leave --encoding out"):
        taken(tmp_path, "a.pdf", whole["report.pdf"], "utf-8")


SAY = "import sys; from pathlib import Path; from offramp.sources.extract import extract\n"
SAY += "for name in sorted(sys.argv[1:]): print(ascii(extract(Path(name))))"


def test_the_same_bytes_give_the_same_text_whatever_the_machine_is_set_to(tmp_path: Path) -> None:
    names = ["page.html", "report.pdf", "both.eml", "cyrillic.txt"]
    for name in names:
        (tmp_path / name).write_bytes(sound()[name])
    said = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("77", "Pacific/Kiritimati", "tr_TR.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", SAY, *names], capture_output=True, check=True, env=environment, cwd=tmp_path)
        said.add(done.stdout)
    assert len(said) == 1
    assert len(said.pop()) > 2_000


def test_reading_again_needs_the_same_version(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.pdf", sound()["report.pdf"])
    assert extract_again(found.raw, found.extractor, "a.pdf") == found.text
    assert extract_again(found.raw, "pdf/1 pypdf 0.1", "a.pdf") is None
    assert extract_again(found.raw, "else/1", "a.bin") is None
    assert extract_again("ї".encode("cp1251"), "plain/1 cp1251", "a.txt") == "ї"
    with pytest.raises(SourceError, match="there is no encoding 'rot13'"):
        extract_again(b"words", "plain/1 rot13", "a.txt")
