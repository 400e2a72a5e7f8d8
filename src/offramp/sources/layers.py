"""The texts that hide in a text: behind markup, entities, escapes and encodings.

Each function returns texts by name, the text itself first; a text that says
nothing new is left out. All of them take linear time, and none of them fails:
what cannot be parsed is searched as it stands.
"""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser

_TAG = re.compile(r"<[^<>]*>")
_LINK_TARGET = re.compile(r"\]\([^()]*(?:\([^()]*\)[^()]*)?\)|\]\[[^\[\]]*\]")
_CSS = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})(?:\r\n|[ \t\n\r\f])?|([^0-9A-Fa-f]))")
_SCRIPT = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2}))")
_DATA_URL = re.compile(r"data:[^,;\s\"'<>]{0,200}(?:;[^,;\s\"'<>]{1,200}){0,4};base64,([A-Za-z0-9+/=_\-]+)")


def text_layers(text: str) -> dict[str, str]:
    """Return a plain or YAML text, and what its escapes, entities and percent codes say.

    Examples
    --------
    >>> text_layers("A\\\\u0064a")
    {'text': 'A\\\\u0064a', 'escapes resolved': 'Ada'}
    """
    decoded = {
        "escapes resolved": _script(text),
        "entities resolved": _entities(text),
        "percent-decoded": _percent(text),
        "all resolved": _script(_percent(_entities(text))),
        "data URLs": _data_urls(text),
    }
    return _distinct({"text": text, **decoded})


def html_layers(markup: str) -> dict[str, str]:
    """Return an HTML or SVG text, and every text that a reader, a search engine or a script finds in it.

    Parameters
    ----------
    markup : str
        The whole file; it need not be well formed.

    Returns
    -------
    layers : dict of str
        The markup itself; with entities, percent codes and escapes resolved;
        its text with tags removed, the parts joined directly and by spaces;
        the values of attributes; comments; styles; what data URLs hold.

    Examples
    --------
    >>> layers = html_layers('<p title="on&#101;">t<b>w</b>o<!-- three --></p>')
    >>> layers["text joined"], layers["attributes"].strip(), layers["comments"].strip()
    ('two', 'one', 'three')
    """
    parser = _Parser()
    parser.read(markup)
    resolved = _entities(markup)
    layers = {
        "markup": markup,
        "entities resolved": resolved,
        "percent-decoded": _percent(resolved),
        "escapes resolved": _script(resolved),
        "text joined": "".join(parser.texts),
        "text spaced": " ".join(parser.texts),
        "attributes": "\n".join(parser.attributes),
        "attributes resolved": _css(_script(_percent("\n".join(parser.attributes)))),
        "comments": "\n".join(parser.comments),
        "styles": _css("\n".join(parser.styles)),
        "data URLs": _data_urls(resolved),
    }
    return _distinct(layers)


def markdown_layers(text: str) -> dict[str, str]:
    """Return a Markdown text, and what it says once its marks are gone.

    Examples
    --------
    >>> markdown_layers("[A](http://example.org/x)d**a**")["marks removed"]
    'Ada'
    """
    resolved = _entities(text)
    bare = _LINK_TARGET.sub("", resolved)
    bare = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", bare)
    layers = {
        "text": text,
        "entities resolved": resolved,
        "percent-decoded": _percent(resolved),
        "escapes resolved": _script(resolved),
        "marks removed": re.sub(r"[*_`~\[\]]|!(?=\[)", "", _TAG.sub("", bare)),
        "data URLs": _data_urls(resolved),
    }
    return _distinct(layers)


class _Parser(HTMLParser):
    """Sorts what stands in a page; whatever is left unfinished at its end is text.

    The end is never parsed again and again, as `HTMLParser.close` does.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self.comments: list[str] = []
        self.styles: list[str] = []

    def read(self, markup: str) -> None:
        """Take in the whole page."""
        with contextlib.suppress(AssertionError, ValueError):  # declarations that the parser gives up on
            self.feed(markup)
        if self.rawdata:
            self.texts.append(_TAG.sub("", _entities(self.rawdata)))
            self.styles.append(self.rawdata)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.cdata_elem == "style":
            self.styles.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.comments.append(decl)

    def handle_pi(self, data: str) -> None:
        self.comments.append(data)

    def unknown_decl(self, data: str) -> None:
        self.comments.append(data)


def _distinct(layers: dict[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, text in layers.items():
        if text.strip() and text not in kept.values():
            kept[name] = text
    return kept


def _entities(text: str) -> str:
    import html

    return html.unescape(text)


def _percent(text: str) -> str:
    import urllib.parse

    return urllib.parse.unquote(text)


def _css(text: str) -> str:
    return _CSS.sub(lambda match: _character(match[1], match[2] or ""), text)


def _script(text: str) -> str:
    found = _SCRIPT.sub(lambda match: _character(match[1] or match[2] or match[3] or match[4], match[0]), text)
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(code: str | None, otherwise: str) -> str:
    return chr(int(code, 16)) if code and int(code, 16) < 0x110000 else otherwise


def _data_urls(text: str) -> str:
    import base64
    import binascii

    found = []
    for match in _DATA_URL.finditer(text):
        try:
            padded = match[1].replace("-", "+").replace("_", "/").rstrip("=")
            found.append(base64.b64decode(padded + "=" * (-len(padded) % 4)).decode(errors="replace"))
        except binascii.Error:
            continue
    return "\n".join(found)
