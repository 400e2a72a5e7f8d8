"""A story as HTML and as Markdown; everything that a case says comes out inert."""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offramp.report.told import Story
from offramp.report.words import Figure, Link, Mark, Part, Term, Text

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")


def as_html(story: Story) -> str:
    """Return the story as one HTML file that asks for nothing from outside."""
    template = _environment("html").get_template("brief.html.j2")
    style = {"css": _css(), "css_digest": digest(_css())}
    return template.render(story=story, say=_Html().say, address=address, language=language, **style) + "\n"


def as_markdown(story: Story) -> str:
    """Return the story as CommonMark with the tables of GitHub."""
    template = _environment("md").get_template("brief.md.j2")
    return template.render(story=story, say=markdown_said, cell=markdown_cell, raw=Raw, address=address) + "\n"


def digest(content: str) -> str:
    """Return the hash by which a content security policy admits this one style sheet.

    Examples
    --------
    >>> digest("p {}")
    'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='
    """
    import base64
    import hashlib

    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def address(url: str) -> str:
    """Return `url` if it is a plain web address, else nothing.

    Examples
    --------
    >>> address("https://example.org/a?b=1"), address("javascript:alert(1)")
    ('https://example.org/a?b=1', '')
    """
    return url if _ADDRESS.match(url) else ""


def language(tag: str) -> str:
    """Return `tag` if it can be a language tag, else nothing."""
    return tag if _LANGUAGE.match(tag) else ""


class Raw(str):
    """Markdown that is meant as such and is not escaped again."""


@functools.cache
def _environment(kind: str) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    finalize = None if kind == "html" else _markdown_value
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=kind == "html",
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # it costs more than it saves here
    )


@functools.cache
def _css() -> Any:
    from markupsafe import Markup

    return Markup((TEMPLATES / "brief.css").read_text("utf-8"))


class _Html:
    """Turns texts into markup; gives every figure a key of its own."""

    def __init__(self) -> None:
        from markupsafe import Markup, escape

        self.escape = escape
        self.markup = Markup
        self.seen: Counter[str] = Counter()

    def say(self, words: Text) -> Any:
        """Return a text as markup."""
        return self.markup("".join(map(self._part, words)))

    def _part(self, part: Part) -> str:
        escape = self.escape
        if isinstance(part, str):
            return str(escape(part))
        if isinstance(part, Figure):
            return f'<data data-key="{escape(self._key(part.key))}" value="{part.value}">{part}</data>'
        if isinstance(part, Link):
            return f'<a href="#{escape(part.to)}">{escape(part.words)}</a>'
        if isinstance(part, Mark):
            return f'<strong class="mark {part.kind}">{escape(part.words)}</strong>'
        assert isinstance(part, Term)
        return f'<abbr title="{escape(part.meaning)}">{escape(part.words)}</abbr>'

    def _key(self, key: str) -> str:
        """Return `key` the first time, then with #2, #3, …"""
        self.seen[key] += 1
        return key if self.seen[key] == 1 else f"{key}#{self.seen[key]}"


_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&$@]|(?<=:)//|(?<=www)\.")
_MARKDOWN_START = re.compile(r"\s*(?:[-+#=]|\d+[.)])")


def markdown_escaped(words: str) -> str:
    """Return `words` as Markdown that reads as exactly these words, on one line.

    Examples
    --------
    >>> print(markdown_escaped("a*b* <i> [x](y)"), markdown_escaped("# no heading"))
    a\\*b\\* \\<i\\> \\[x\\](y) \\# no heading
    """
    return _not_a_block(_inline(words))


def _inline(words: str) -> str:
    return _MARKDOWN.sub(lambda found: "\\" + found[0], " ".join(words.split("\n")))


def _not_a_block(line: str) -> str:
    """Return a line that begins no heading, list or rule."""
    start = _MARKDOWN_START.match(line)
    return f"{line[: start.end() - 1]}\\{line[start.end() - 1 :]}" if start else line


def _markdown_value(value: object) -> object:
    return value if isinstance(value, Raw | int) else markdown_escaped(str(value))


def markdown_said(words: Text) -> Raw:
    """Return a text as Markdown."""
    return Raw(_not_a_block("".join(map(_markdown_part, words))))


def markdown_cell(texts: tuple[Text, ...]) -> Raw:
    """Return several texts as one paragraph."""
    return Raw(" ".join(map(markdown_said, texts)))


def _markdown_part(part: Part) -> str:
    if isinstance(part, Figure):
        return str(part)
    if isinstance(part, Mark):
        return f"**{_inline(part.words)}**"
    if isinstance(part, Link) and part.to.startswith("w."):
        return f"[{part.words}](#w{part.words})"
    if isinstance(part, Link) and part.to.startswith("way-"):
        return f"[{_inline(part.words)}](#{part.to})"
    return _inline(part if isinstance(part, str) else part.words)
