"""Files that are traps, each for one weakness that readers of its format have had."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from hostile.sound import WORDS, archive, docx, docx_parts, mail, mixed, page, paragraph, pdf, pdf_of, shown, stream

ACTING = "=HYPERLINK(\"http://127.0.0.1/\") \x1b[2J\x1b]0;title\x07 <script>document.title='x'</script> **bold** [a](javascript:0) \u202egnp.exe ../../x"
PLAIN_PART = b"Content-Type: text/plain; charset=utf-8"


def traps() -> dict[str, bytes]:
    """Return all traps by a name whose end says what the file pretends to be."""
    return dict([*_pages(), *_pdfs(), *_documents(), *_mails(), *_texts()])


def _pages() -> Iterator[tuple[str, bytes]]:
    for depth in (100, 300, 5_000, 200_000):
        yield f"deep {depth}.html", page(before="<div>" * depth)
        yield f"deep spans {depth}.html", page(before="<b><i>" * depth + "x" + "</i></b>" * depth)
        yield f"deep tables {depth}.html", page(before="<table><tr><td>" * depth)
    yield "wide.html", page(WORDS * 2_000)
    yield "one tag.html", page(before="<p " + " ".join(f'a{n}="{n}"' for n in range(4_000)) + ">")
    yield "long attribute.html", page(before=f'<p title="{"x" * 3_000_000}">')
    yield "long word.html", page(["x" * 3_000_000])
    yield "entities.html", page(["&amp;lt;script&amp;gt;" * 5_000, "&#0;&#x1b;[2J&#xD800;&#1114112;&bogus;" * 100])
    yield (
        "declared entities.html",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>&a; words</p></body></html>',
    )
    yield (
        "lol.html",
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10) for n in range(12))
        + b"]><html><body><p>&a11;</p></body></html>",
    )
    yield "xinclude.xhtml", page(before='<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
    yield "fetching.html", page(head='<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><base href="file:///etc/"><meta http-equiv="refresh" '
                                'content="0;url=http://127.0.0.1:9/">', before='<img src="http://127.0.0.1:9/x.png"><iframe src="file:///etc/passwd"></iframe>'
                                '<object data="http://127.0.0.1:9/"></object>')  # fmt: skip
    yield "acting.html", page([ACTING.replace("<", "&lt;"), ACTING], head=f"<title>{ACTING}</title>")
    yield "claims.html", page(head='<meta property="og:title" content="=cmd|\' /C calc\'!A0\x1b[31m"><meta property="article:published_time" content="2026-99-99">'
                              '<link rel="canonical" href="javascript:alert(1)"><script type="application/ld+json">' + "[" * 50_000 + "</script>")  # fmt: skip
    yield "no words.html", page([], before="<img src=x>").replace(b"Nobody returned", b"").replace(b"Home", b"").replace(b"A report", b"")
    yield "only script.html", b"<html><body><script>var words = 'not text';</script><style>p{}</style></body></html>"
    yield "nul.html", page(["one\0two"])
    yield "unclosed.html", page()[:-40] + b"<p><!-- never closed <p>words"
    yield "comment.html", b"<!--" * 100_000 + page()
    yield "cdata.xhtml", page(before="<![CDATA[" + "]" * 100_000 + "]]>")
    yield "wrong charset.html", page().replace(b"utf-8", b"utf-7", 1) + b"+ADw-script+AD4-"
    yield "no codec.html", page().replace(b"utf-8", b"zlib_codec", 1)
    yield "lying charset.html", page(["Ö" * 40]).replace(b"utf-8", b"us-ascii", 1).decode().encode("cp1252", "replace")
    yield "bytes.html", b"<html><body><p>" + bytes(range(1, 256)) * 3 + b"</p></body></html>"
    yield "frames.html", b"<html><frameset>" + b"<frame src='file:///etc/passwd'>" * 1_000 + b"</frameset></html>"
    yield "svg.html", page(before="<svg><foreignObject>" * 100 + "<use href='file:///etc/passwd#x'/>")
    yield "too large.html", page(["x " * 5_100_000])


def _pdfs() -> Iterator[tuple[str, bytes]]:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kid = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    catalog, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"

    def with_content(content: bytes) -> bytes:
        return pdf_of([catalog, pages, kid, content, font])

    bomb = zlib.compress(b"\0" * 100_000_000, 9)
    words = shown([b"Words of a report."])
    yield "bomb.pdf", with_content(stream(bomb, b"/Filter /FlateDecode"))
    yield (
        "bomb of text.pdf",
        with_content(stream(zlib.compress(b"BT /F1 9 Tf " + b"(words words words) Tj " * 900_000, 9), b"/Filter /FlateDecode")),
    )
    yield "bomb in a bomb.pdf", with_content(stream(zlib.compress(bomb), b"/Filter [/FlateDecode /FlateDecode]"))
    yield "many filters.pdf", with_content(stream(words.hex().encode() + b">", b"/Filter [" + b"/ASCIIHexDecode " * 5_000 + b"]"))
    yield "run length.pdf", with_content(stream(b"\x81\x00" * 500_000 + b"\x80", b"/Filter /RunLengthDecode"))
    yield "lzw.pdf", with_content(stream(b"\x80\x0b\x60\x50" * 100_000, b"/Filter /LZWDecode"))
    yield (
        "predictor.pdf",
        with_content(stream(zlib.compress(words), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >>")),
    )
    yield "inline image.pdf", with_content(stream(b"BI /W 9 /H 9 ID " + b"x" * 2_000_000))
    yield "wrong length.pdf", with_content(stream(words).replace(b"/Length ", b"/Length 99999999"))
    yield "negative length.pdf", with_content(stream(words).replace(b"/Length ", b"/Length -"))
    yield "own length.pdf", with_content(b"<< /Length 4 0 R >>\nstream\n" + words + b"\nendstream")
    yield "deep arrays.pdf", with_content(stream(words, b"/X " + b"[" * 50_000 + b"]" * 50_000))
    yield "deep dictionaries.pdf", with_content(stream(words, b"/X " + b"<</A" * 50_000 + b">>" * 50_000))
    yield "deep content.pdf", with_content(stream(b"BT " + b"[" * 100_000 + b"(x)" + b"]" * 100_000 + b" TJ ET"))
    yield "many states.pdf", with_content(stream(b"q " * 100_000 + words))
    yield "long string.pdf", with_content(stream(b"BT /F1 9 Tf (" + b"(" * 100_000 + b"x" + b")" * 100_000 + b") Tj ET"))
    yield "unclosed string.pdf", with_content(stream(b"BT (" + b"x" * 1_000_000))
    yield "pages in a circle.pdf", pdf_of([catalog, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    yield (
        "parents in a circle.pdf",
        pdf_of([catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>", b"<< /Type /Page /Parent 2 0 R >>"]),
    )
    yield (
        "many kids.pdf",
        pdf_of([catalog, b"<< /Type /Pages /Kids [%s] /Count 1000000000 >>" % (b"3 0 R " * 20_000), kid, stream(words), font]),
    )
    yield "many pages.pdf", pdf([[b"Words"]] * 2_001)
    yield "count.pdf", pdf_of([catalog, b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>", kid, stream(words), font])
    yield (
        "tree of trees.pdf",
        pdf_of([catalog, *(b"<< /Type /Pages /Kids [%s] /Count 1 >>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 20))]),
    )
    yield "form in itself.pdf", pdf_of([catalog, pages, kid.replace(b"/Font", b"/XObject << /X 4 0 R >> /Font"),
                                        stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >>"), font])  # fmt: skip
    yield "no pages.pdf", pdf_of([catalog, b"<< /Type /Pages /Kids [] /Count 0 >>"])
    yield "scan.pdf", pdf([[]])
    yield "half a scan.pdf", pdf([[b"Words of a report."], []])
    yield "previous.pdf", pdf().replace(b"trailer\n<< ", b"trailer\n<< /Prev 9 ")
    yield "table in a circle.pdf", pdf_of([catalog, pages, kid, stream(words), font], trailer=b"/Prev 700")
    for place in (0, 5, 10**9, 10**40):
        yield f"start {place}.pdf", pdf().rpartition(b"startxref")[0] + b"startxref\n%d\n%%%%EOF\n" % place
    yield "negative start.pdf", pdf().rpartition(b"startxref")[0] + b"startxref\n-7\n%%EOF\n"
    yield "no table.pdf", pdf().replace(b"xref\n0", b"xxxx\n0")
    yield "huge number.pdf", pdf().replace(b"595", b"9" * 100_000)
    yield "encrypted.pdf", pdf_of([catalog, pages, kid, stream(words), font, b"<< /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -1 >>"],
                                  trailer=b"/Encrypt 6 0 R /ID [(a) (b)]")  # fmt: skip
    yield "encrypted by nobody.pdf", pdf_of([catalog, pages, kid, stream(words), font], trailer=b"/Encrypt << /Filter /Nobody >>")
    yield "script.pdf", pdf_of([b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL\\(\\)) >> /AA << /O << /S /Launch /F (/bin/sh) >> >> >>",
                                pages, kid, stream(words), font])  # fmt: skip
    yield "elsewhere.pdf", with_content(b"<< /Length 0 /F (/etc/passwd) /FFilter /FlateDecode >>\nstream\n\nendstream")
    yield (
        "objects in streams.pdf",
        pdf_of(
            [
                catalog,
                pages,
                kid,
                stream(words),
                font,
                stream(zlib.compress(b"6 0 " * 9), b"/Type /ObjStm /N 1000000000 /First 4 /Filter /FlateDecode"),
            ]
        ),
    )
    cmap = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap"
    yield "letters.pdf", pdf_of([catalog, pages, kid, stream(words), font[:-2] + b"/ToUnicode 6 0 R >>", stream(cmap)])
    strange = b"beginbfrange <00> <FF> <E000> endbfrange"
    yield "strange letters.pdf", pdf_of([catalog, pages, kid, stream(words), font[:-2] + b"/ToUnicode 6 0 R >>", stream(strange)])
    half = b"beginbfrange <00> <FF> <D800> endbfrange"
    yield "half letters.pdf", pdf_of([catalog, pages, kid, stream(words), font[:-2] + b"/ToUnicode 6 0 R >>", stream(half)])
    yield "acting.pdf", with_content(stream(shown([b"=1+1 \\033[2J <script>x</script> ../../x"])))
    yield "title.pdf", pdf_of([catalog, pages, kid, stream(words), font, b"<< /Title (=1+1 \\033[2J\\n\\nofframp: all is well) /CreationDate (D:99999999) >>"],
                              trailer=b"/Info 6 0 R")  # fmt: skip
    yield "only a head.pdf", b"%PDF-1.7\n%%EOF\n"
    yield "half.pdf", pdf()[:300]
    yield "comments.pdf", b"%PDF-1.7\n" + b"%\n" * 1_000_000 + pdf()[9:]


def _documents() -> Iterator[tuple[str, bytes]]:
    parts = docx_parts("".join(map(paragraph, WORDS)))
    xml = parts["word/document.xml"]

    def other(document: str | bytes, **more: str) -> bytes:
        return archive({**parts, "word/document.xml": document, **{name.replace("__", "/"): data for name, data in more.items()}})

    lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    declared = '<?xml version="1.0"?>'
    yield "lol.docx", other(xml.replace(declared, f'{declared}<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{lol}]>').replace("Tuesday", "&a11;"))
    yield (
        "file.docx",
        other(xml.replace(declared, f'{declared}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace("Tuesday", "&e;")),
    )
    yield "net.docx", other(xml.replace(declared, f'{declared}<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'))
    yield "parameter.docx", other(xml.replace(declared, f'{declared}<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/"> %e;]>'))
    yield "doctype.docx", other(xml.replace(declared, f"{declared}<!DOCTYPE x>"))
    yield "deep.docx", other(xml.replace("<w:p>", "<w:x>" * 100_000 + "<w:p>", 1))
    yield "deep closed.docx", other(xml.replace("<w:body>", "<w:body>" + "<w:x>" * 5_000 + "</w:x>" * 5_000))
    yield "wide.docx", other(xml.replace("<w:body>", "<w:body>" + "<w:p/>" * 1_000_000))
    yield "bomb.docx", other(xml.replace("<w:body>", "<w:body>" + " " * 150_000_000))
    yield "bomb of words.docx", other(xml.replace("Tuesday", "Tuesday " * 2_000_000))
    yield "large.docx", archive({**parts, **{f"word/media/{n}": b"\0" * 60_000_000 for n in range(4)}})
    yield "many parts.docx", archive({**parts, **{f"word/media/{n}": b"" for n in range(10_001)}})
    yield "template.docx", archive({**parts, "word/_rels/settings.xml.rels": '<Relationships><Relationship Id="r" Type="attachedTemplate" '
                                    'Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'})  # fmt: skip
    yield (
        "main elsewhere.docx",
        archive(
            {
                **parts,
                "_rels/.rels": parts["_rels/.rels"].replace(
                    'Target="word/document.xml"', 'Target="http://127.0.0.1:9/" TargetMode="External"'
                ),
            }
        ),
    )
    for name in ("../../../../tmp/x.xml", "/etc/passwd", "C:\\x.xml", "word/../../x.xml", "con"):
        rels = parts["_rels/.rels"].replace("word/document.xml", name)
        yield f"target {name.count('.')} {len(name)}.docx", archive({**parts, "_rels/.rels": rels, name: xml})
    sound = docx()
    yield "cut.docx", sound[: len(sound) // 2]
    yield "no end.docx", sound[:-22]
    yield "wrong sum.docx", sound.replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x01\x02", 1)[:40] + b"\xff" * 20 + sound[60:]
    yield "wrong sizes.docx", _sizes(sound, 1)
    yield "wrong large sizes.docx", _sizes(sound, 150_000_000)
    yield "negative sizes.docx", _sizes(sound, 2**32 - 1)
    yield "encrypted.docx", _flags(sound)
    yield "two of one name.docx", _twice(parts)
    yield "case clash.docx", archive({**parts, "word/DOCUMENT.xml": xml})
    yield "bzip2.docx", _packed(parts, zipfile.ZIP_BZIP2)
    yield "lzma.docx", _packed(parts, zipfile.ZIP_LZMA)
    yield "ole.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000
    yield "table.docx", archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    yield "slides.docx", archive({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"})
    yield "open document.docx", archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
    yield "archive.docx", archive({"a.txt": "words"})
    yield "nothing.docx", archive({})
    yield "no words.docx", docx([])
    yield "acting.docx", other(xml.replace("Tuesday", "=1+1 ../../x &lt;script&gt; \u202e [a](javascript:0)"))
    yield "escape.docx", other(xml.replace("Tuesday", "\x1b[2J"))
    yield "zero.docx", other(xml.replace("Tuesday", "&#0;"))
    yield "wide xml.docx", other(xml.replace(declared, "").encode("utf-16"))
    yield "odd encoding.docx", other(xml.replace('version="1.0"', 'version="1.0" encoding="utf-7"'))
    yield (
        "inclusion.docx",
        other(xml.replace("<w:body>", '<w:body><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>')),
    )
    yield "embedded.docx", other(xml.replace("<w:body>", '<w:body><w:altChunk id="r9"/>'), word__x="<html>not read</html>")
    yield "notes bomb.docx", other(xml, word__footnotes_xml="").replace(b"footnotes_xml", b"footnotes.xml")
    yield "appended.docx", b"%PDF-1.4 " + sound


def _sizes(data: bytes, size: int) -> bytes:
    """Return an archive that says its last part has another size."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<L", size) + data[at + 28 :]


def _flags(data: bytes) -> bytes:
    """Return an archive whose last part is said to be encrypted."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 8] + b"\x01\x00" + data[at + 10 :]


def _packed(parts: dict[str, str], method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in parts.items():
            out.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def _twice(parts: dict[str, str]) -> bytes:
    data = archive({**parts, "word/documenX.xml": parts["word/document.xml"].replace("Tuesday", "Monday")})
    return data.replace(b"word/documenX.xml", b"word/document.xml")


def _mails() -> Iterator[tuple[str, bytes]]:
    words = "\r\n".join(WORDS).encode()
    nested = words
    for depth in range(1, 61):
        nested = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n" % (
            depth, depth, nested if depth > 1 else PLAIN_PART + b"\r\n\r\n" + nested, depth)  # fmt: skip
        if depth in (5, 15, 25, 60):
            yield f"nested {depth}.eml", b"From: a@example.org\r\nMIME-Version: 1.0\r\n" + nested
    many = b"MIME-Version: 1.0\r\nFrom: a@example.org\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1_500)
    )
    yield "nested for ever.eml", many
    yield "many parts.eml", mixed([(PLAIN_PART, b"words")] * 1_100)
    yield (
        "outside.eml",
        mixed([(PLAIN_PART, words), (b'Content-Type: message/external-body; access-type=URL; URL="http://127.0.0.1:9/"', b"")]),
    )
    yield (
        "outside file.eml",
        mixed([(b'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"', b"Content-Type: text/plain\r\n\r\n")]),
    )
    yield "forwarded.eml", mixed([(PLAIN_PART, words), (b"Content-Type: message/rfc822", mail(b"inner words"))])
    for name in (b"../../x", b"=1+1", b"-rf", b"a\x1b[2J", b"=?utf-8?b?4oCuZ3BqLmV4ZQ==?=", b"a%00b", b"x" * 5_000, b"a\r\n b"):
        head = b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="' + name + b'"'
        yield f"attached {len(name)} {name[:1].hex()}.eml", mixed([(PLAIN_PART, words), (head, b"JVBERi0=")])
    yield (
        "many attached.eml",
        mixed([(PLAIN_PART, words), *((b"Content-Disposition: attachment; filename=a%d" % n, b"") for n in range(900))]),
    )
    yield "only attached.eml", mixed([(b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf", b"JVBERi0=")])
    yield "page.eml", mail(page(), b"text/html; charset=utf-8")
    yield "page that fetches.eml", mail(page(before="<img src='cid:x'><img src='http://127.0.0.1:9/'>"), b"text/html; charset=utf-8")
    yield "deep page.eml", mail(page(before="<div>" * 1_000), b"text/html; charset=utf-8")
    yield "saved.mht", mixed([(b"Content-Type: text/html; charset=utf-8", page()), (b"Content-Type: image/png\r\nContent-Location: http://127.0.0.1:9/", b"")], b"related",
                             b"Snapshot-Content-Location: https://example.org/report\r\n")  # fmt: skip
    yield "no codec.eml", mail(words, b"text/plain; charset=zlib_codec")
    yield "unknown.eml", mail(words, b"text/plain; charset=x-nobody-knows")
    yield "wrong charset.eml", mail("жовтень".encode("koi8-u"), b"text/plain; charset=utf-8")
    yield "ascii.eml", mail("Öl für die Ämter, größer als früher, äußerst übel".encode("cp1252"), b"text/plain; charset=us-ascii")
    yield "nul.eml", mail(b"one\0two")
    yield "base64.eml", mail(b"V29yZHM", b"text/plain", b"Content-Transfer-Encoding: base64\r\n")
    yield "no base64.eml", mail(b"*** words ***", b"text/plain", b"Content-Transfer-Encoding: base64\r\n")
    yield "uu.eml", mail(b"begin 644 /etc/passwd\n#=V]R\n`\nend\n", b"text/plain", b"Content-Transfer-Encoding: x-uuencode\r\n")
    yield "odd transfer.eml", mail(words, b"text/plain", b"Content-Transfer-Encoding: \x1b[2J\r\n")
    yield "long header.eml", mail(words, headers=b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\r\n")
    yield "many headers.eml", mail(words, headers=b"X-A: b\r\n" * 100_000)
    yield "addresses.eml", mail(words, headers=b"From: " + b"(" * 5_000 + b"\r\nCc: " + b"a," * 20_000 + b"\r\n")
    yield "dates.eml", mail(words).replace(b"Tue, 3 Mar 2026", b"Tue, 99 Foo 99999999")
    yield (
        "acting.eml",
        mail(ACTING.encode(), headers=b"X-B: c\r\nSubject: =?utf-8?b?" + b"PTErMRtbMko=" + b"?=\r\n").replace(
            b"Subject: A report\r\n", b""
        ),
    )
    yield "bare ends.eml", mail(words.replace(b"\r\n", b"\r"))
    yield "no edge.eml", mail(words, b"multipart/mixed")
    yield "no end.eml", mixed([(PLAIN_PART, words)]).replace(b"--edge--", b"")
    yield "long edge.eml", mail(b"--" + b"x" * 90_000 + b"\r\n", b'multipart/mixed; boundary="' + b"x" * 90_000 + b'"')
    yield "parameters.eml", mail(words, b"text/plain; " + b"; ".join(b"name*%d=x" % n for n in range(1_000)))
    yield "no body.eml", mail(b"")
    yield "no head.eml", b"\r\n\r\nwords"


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "acting.txt", ACTING.encode()
    yield "acting.md", f"# {ACTING}\n\n![x](file:///etc/passwd)\n<img src=x onerror=alert(1)>\n".encode()
    yield "nul.txt", b"one\0two"
    yield "blank.txt", "\u200b\u00a0\u2003 \n".encode()
    yield "half letter.txt", b"words \xed\xa0\x80 words"
    yield "overlong.txt", b"words \xc0\xaf\xc0\xae words"
    yield "cut letter.txt", "words 홍".encode()[:-1]
    yield "beyond.txt", b"words \xf5\x80\x80\x80"
    yield "odd wide.txt", "words".encode("utf-16") + b"x"
    yield "half wide.txt", b"\xff\xfe" + "words".encode("utf-16-le") + b"\x00\xd8"
    yield "wide without a mark.txt", "The words of a report".encode("utf-16-le")
    yield "very wide.txt", "words".encode("utf-32")
    yield "wide nul.txt", "wo\0rds".encode("utf-16")
    yield "random.txt", bytes((n * n * 31 + n * 7) % 255 + 1 for n in range(5_000))
    yield "high.txt", bytes(range(128, 256)) * 50
    yield "escapes.txt", b"\x1b$B$3$l\x1b(B words"
    yield "rich.txt", b"{\\rtf1 words}"
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield "really a pdf.txt", pdf()
    yield "really a page.txt", page()
    yield "really a mail.txt", mail()
    yield "really a document.txt", docx()
    yield "really text.pdf", b"words"
    yield "really text.docx", b"words"
    yield "really text.html", b"words, 1 < 2 and no tags"
    yield "no end", b"words of a report"
    yield "other.exe", b"MZ words"
    yield "one line.txt", b"words " * 1_600_000
    yield "many lines.txt", b"\r" * 500_000 + b"x"
    yield "combining.txt", ("a" + "\u0301" * 1_000_000).encode()
    yield "too large.txt", b"x" * 10_000_001
