"""Sound documents, each written byte by byte as its format says, with no library that also reads it."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

WORDS = (
    "The minister said on Tuesday that nobody would be returned while the fighting lasts.",
    "“We do not trade in people,” he told reporters in front of the building.",
    "A spokeswoman for the committee answered that a meeting had been put off, because nobody could be reached.",
    "The families, who come every week, waited until it was dark and went home.",
)


def page(paragraphs: Iterable[str] = WORDS, head: str = "", before: str = "", after: str = "") -> bytes:
    """Return a saved page."""
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>A report</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Nobody returned</h1>{before}{body}{after}</article></body></html>"
    ).encode()


def pdf_of(objects: Sequence[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects, the first being 1, with its table of places."""
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return body + head + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, root, trailer, len(body))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def shown(lines: Iterable[bytes]) -> bytes:
    """Return page content that shows lines of text one below the other."""
    return b"BT /F1 11 Tf 14 TL 50 780 Td " + b" ".join(b"(%s) Tj T*" % line for line in lines) + b" ET"


def pdf(
    pages: Sequence[Sequence[bytes]] = ((b"The minister said on Tuesday", b"that nobody would be returned."),), packed: bool = True
) -> bytes:
    """Return a PDF with a page for each list of lines; a page of no lines is blank."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        number = len(objects) + 1
        content = shown(lines) if lines else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (number + 1)
        )
        objects.append(stream(zlib.compress(content), b"/Filter /FlateDecode") if packed else stream(content))
        kids.append(b"%d 0 R" % number)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return pdf_of(objects)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def docx_parts(body: str) -> dict[str, str]:
    """Return the parts of a Word document by name."""
    return {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
    }


def paragraph(text: str) -> str:
    """Return a paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive, the same for the same parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in parts.items():
            out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def docx(paragraphs: Iterable[str] = WORDS) -> bytes:
    """Return a Word document."""
    return archive(docx_parts("".join(map(paragraph, paragraphs))))


def mail(body: bytes = "\r\n".join(WORDS).encode(), kind: bytes = b"text/plain; charset=utf-8", headers: bytes = b"") -> bytes:
    """Return a mail of one part."""
    head = b"From: Ada Example <ada@example.org>\r\nTo: desk@example.org\r\nSubject: A report\r\nDate: Tue, 3 Mar 2026 10:00:00 +0100\r\n"
    head += b"Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n" + headers + b"Content-Type: " + kind + b"\r\n\r\n"
    return head + body


def mixed(parts: Iterable[tuple[bytes, bytes]], kind: bytes = b"mixed", headers: bytes = b"") -> bytes:
    """Return a mail of several parts, each given by its header lines and its body."""
    body = b"".join(b"--edge\r\n" + head + b"\r\n\r\n" + data + b"\r\n" for head, data in parts) + b"--edge--\r\n"
    return mail(body, b"multipart/" + kind + b'; boundary="edge"', headers)


def sound() -> dict[str, bytes]:
    """Return one document of every kind, by a name that fits."""
    both = [(b"Content-Type: text/plain; charset=utf-8", "\r\n".join(WORDS).encode()), (b"Content-Type: text/html; charset=utf-8", page())]
    return {
        "page.html": page(),
        "report.pdf": pdf([[b"The minister said on Tuesday", b"that nobody would be returned."], [b"The families went home."]]),
        "open.pdf": pdf(packed=False),
        "report.docx": docx(),
        "mail.eml": mail(),
        "both.eml": mixed(both, b"alternative"),
        "report.txt": "\n\n".join(WORDS).encode(),
        "cyrillic.txt": ("Міністр оборони заявив у вівторок, що полонених не повернуть. " * 4).encode("cp1251"),
        "wide.txt": "\n".join(WORDS).encode("utf-16"),
    }
