"""A page as it is read: a tree of elements, parsed strictly; and what holds of every brief."""

import base64
import hashlib
import re
from html.parser import HTMLParser

from offramp.report.brief import Brief

VOID = {"meta", "br", "hr", "img", "link", "input"}
ALLOWED = {"html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "footer"}
ALLOWED |= {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "small", "strong", "b"}
ALLOWED |= {"table", "caption", "thead", "tbody", "tr", "th", "td", "code", "data", "abbr", "blockquote", "q"}
LASTING = re.compile(r"\b(at rest|equilibri\w+|stable)\b", re.IGNORECASE)
LAW = ("UNLAWFUL", "Breaches no norm in force.", "The case names no norm.", "The test says nothing of law and harm.")
PEOPLE = ("HARM", "No harm that the case knows of.", "The case names no harm.", "The test says nothing of law and harm.")


class Node:
    """An element: its tag, attributes, children and text."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Node | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.content: list[Node | str] = []

    def all(self, *tags: str) -> list["Node"]:
        """Return all elements below with one of `tags`, or any, in order."""
        below = [node for part in self.content if isinstance(part, Node) for node in (part, *part.all())]
        return [node for node in below if not tags or node.tag in tags]

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    @property
    def line(self) -> str:
        """The text with a space between elements."""
        return " ".join(" ".join(part if isinstance(part, str) else part.line for part in self.content).split())

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""


class Page(HTMLParser):
    """A page as a tree; fails on tags that do not match."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("", {}, None)
        self.comments: list[str] = []
        self.feed(markup)
        self.close()
        assert self.at is self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        node = Node(tag, dict(attrs), self.at)
        self.at.content.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.content.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def page(made: Brief) -> Node:
    return Page(made.html).root


def check_asks_for_nothing(made: Brief) -> None:
    """Assert that a page loads nothing and runs nothing."""
    root = page(made)
    assert {node.tag for node in root.all()} <= ALLOWED
    policy = next(node for node in root.all("meta") if node.get("http-equiv") == "Content-Security-Policy")
    style = made.html.split("<style>")[1].split("</style>")[0]
    sha256 = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.get("content") == f"default-src 'none'; style-src 'sha256-{sha256}'"
    for node in root.all():
        for name in node.attributes:
            assert not name.startswith("on"), name
            assert name not in ("src", "style", "srcset", "action", "background", "poster"), name
    for link in root.all("a"):
        target = link.get("href")
        assert target.startswith(("#", "https://", "http://")), target
        assert target.startswith("#") or "noreferrer" in link.get("rel")
    style = root.all("style")[0].text
    assert not re.search(r"url\(|@import|expression", style)
    assert Page(made.html).comments == []


def check_anchors(made: Brief) -> None:
    """Assert that links inside a page lead somewhere and that no id stands twice."""
    root = page(made)
    ids = [node.get("id") for node in root.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for link in root.all("a"):
        if link.get("href").startswith("#"):
            assert link.get("href")[1:] in ids, link.get("href")
    for node in root.all():
        if "aria-labelledby" in node.attributes:
            assert node.get("aria-labelledby") in ids


def lasting(root: Node) -> list[Node]:
    """Return the innermost rows and blocks whose text says of something that it lasts."""
    skipped = {id(below) for node in root.all("dl") if node.get("class") == "terms" for below in node.all()}
    rows = [
        node for node in root.all("tr", "li", "dd", "p", "h1", "h2", "h3", "h4", "caption", "dt", "blockquote") if id(node) not in skipped
    ]
    inside = {id(below) for node in rows if node.tag in ("tr", "li") for below in node.all()}
    return [node for node in rows if id(node) not in inside and LASTING.search(node.line)]


def check_lasting(made: Brief) -> int:
    """Assert that nothing is said to last without its breaches and harms; return how often it is said."""
    blocks = [node.line for node in lasting(page(made))]
    lines = [line for line in made.markdown.split("\n### How to read this")[0].splitlines() if LASTING.search(line)]
    for said in blocks + lines:
        assert any(word in said for word in LAW), said
        assert any(word in said for word in PEOPLE), said
    return len(blocks)
