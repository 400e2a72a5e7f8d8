"""Saved pages: the article in them, by trafilatura with options that never change. Runs in the child."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from offramp.sources.child_main import Found, Reading
from offramp.sources.extract_limits import LIMITS, Limits, Refused
from offramp.sources.extract_rules import checked, cut, has_words, tidy, without_control

RULES = "html/1"
_OPTIONS: dict[str, Any] = {
    "fast": False, "favor_precision": False, "favor_recall": False, "include_comments": False, "include_tables": True,
    "include_images": False, "include_links": False, "include_formatting": False, "deduplicate": False,
    "target_language": None, "with_metadata": False,
}  # fmt: skip
_WARM = f"<html><body><article>{'<p>A sentence that is long enough, and has commas, to be text.</p>' * 8}</article></body></html>"
_META = {
    "og:title": "title", "article:published_time": "date", "og:site_name": "outlet", "og:url": "url", "date": "date", "dc.date": "date",
    "dcterms.created": "date", "datepublished": "date", "dc.publisher": "outlet", "dc.title": "title", "parsely-pub-date": "date",
}  # fmt: skip
_ORDER = ("title", "date", "outlet", "url")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f-\x9f]{1,400}\Z", re.IGNORECASE)


def read(raw: bytes, limits: Limits) -> Reading:
    """Return the article of a page in UTF-8.

    Where no article is found, all text of the page is taken, and that is said.
    """
    text, notes, suggestions = article(raw.decode(), limits)
    return Reading(text, names(), notes, suggestions)


@functools.cache
def names() -> str:
    """Return which rules and libraries take the text out; asked first while files can be read."""
    return f"{RULES} trafilatura {version('trafilatura')} lxml {version('lxml')}"


def warm_up() -> None:
    """Load all that will be needed."""
    from trafilatura.external import justext_rescue
    from trafilatura.settings import Extractor

    names()
    article(_WARM, LIMITS)
    article("<html><body><p>Few words.</p></body></html>", LIMITS)
    justext_rescue(_tree(_WARM), Extractor(dedup=False))


def article(page: str, limits: Limits) -> tuple[str, list[str], list[Found]]:
    """Return the text of a page, what is to be said about it, and what it says about itself."""
    from trafilatura import bare_extraction, html2txt

    tree = _tree(page)
    if tree is None:
        raise Refused("there is no text in it", "save the page again, or copy its words into a txt file")
    suggestions = sorted(_suggestions(tree), key=lambda found: _ORDER.index(found[0]))
    document, notes = bare_extraction(tree, **_OPTIONS), []
    text = tidy(getattr(document, "text", None) or "")
    if not has_words(text):
        text = tidy(html2txt(tree))
        notes.append("no article stands out, so all text of the page was taken, menus too: compare it with the page")
    if not has_words(text):
        raise Refused("there is no text in it", "save the page again when it is loaded, or copy its words into a txt file")
    return checked(text, limits), notes, suggestions


def _tree(page: str) -> Any:
    """Return the elements of a page; nothing that it names is fetched."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    try:
        tree = html.document_fromstring(without_control(page).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused("its elements are nested too deeply, or one of them is too large", "copy its words into a txt file")
    return tree


def _suggestions(tree: Any) -> Iterator[Found]:
    """Yield what a page says about itself: the first of each kind."""
    seen: set[str] = set()
    for what, value, where in _claims(tree):
        value = _checked(what, cut(value))
        if value and what not in seen:
            seen.add(what)
            yield what, value, where


def _claims(tree: Any) -> Iterator[Found]:
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if name in _META and element.get("content"):
            yield _META[name], element.get("content"), f"meta {name}"
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() == "application/ld+json":
            yield from _linked(element.text or "")
    for element in tree.iter("link"):
        if (element.get("rel") or "").strip().lower() == "canonical" and element.get("href"):
            yield "url", element.get("href"), "link canonical"
    for element in tree.iter("title"):
        yield "title", element.text_content(), "title"
    for element in tree.iter("time"):
        if element.get("datetime"):
            yield "date", element.get("datetime"), "time"


def _linked(script: str) -> Iterator[Found]:
    """Yield what JSON-LD says at its top level."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for item in (items if isinstance(items, list) else [])[:50]:
        if isinstance(item, dict) and "datePublished" in item:
            publisher = item.get("publisher")
            named = publisher.get("name") if isinstance(publisher, dict) else publisher
            for what, value in (("title", item.get("headline")), ("date", item["datePublished"]), ("outlet", named)):
                if isinstance(value, str):
                    yield what, value, "JSON-LD"


def _checked(what: str, value: str) -> str:
    """Return a value that the field of a source could hold; else ""."""
    if what == "date":
        found = _DATE.match(value)
        return found[0] if found else ""
    if what == "url":
        return value if _ADDRESS.match(value) else ""
    return value
