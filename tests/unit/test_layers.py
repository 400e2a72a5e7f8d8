"""What markup, entities, escapes and encodings hide is laid open."""

import time

import pytest

from offramp.sources.protect import Identifier, find_leaks, html_layers, markdown_layers, text_layers


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Hong Gildong</p>",
        "<p>Hong <b>Gil</b>dong</p>",
        "<p>Hong</p><p>Gildong</p>",
        "<p>H&#111;ng&nbsp;Gildong</p>",
        "<img alt='Hong Gildong'>",
        '<a href="/x/Hong%20Gildong">x</a>',
        '<a href="?q=%48ong&#43;Gildong">x</a>',
        "<!-- Hong Gildong -->",
        "<style>p::after{content:'\\48ong Gildong'}</style>",
        "<style>/* Hong Gildong */</style>",
        "<script>x='\\u0048ong Gildong'</script>",
        '<script type=\'application/json\'>{"n": "Hong Gil\\x64ong"}</script>',
        "<p style=\"content:'H\\6f ng Gildong'\">x</p>",
        "<title>Hong Gildong</title>",
        "<meta content='Hong Gildong'>",
        "<svg><desc>Hong Gildong</desc></svg>",
        "<p data-hong-gildong=1>",
        "<hong-gildong>",
        "<?pi Hong Gildong?>",
        "<!doctype Hong Gildong>",
        "<![CDATA[Hong Gildong]]>",
        "<!-- Hong Gildong",
        "<p title='Hong Gildong",
        "<script>'Hong Gildong'",
        "<![x[ H&#111;ng Gildong",
        "<textarea>Hong Gil<b>dong",
        "&lt;b&gt;Hong Gildong",
        "<p title='&#72;ong Gildong'>",
        "<a href='%ED%99%8D%EA%B8%B8%EB%8F%99'>",
        "<img src='data:image/svg+xml;base64,PHRleHQ+SG9uZyBHaWxkb25nPC90ZXh0Pg=='>",
        "<p>Hong<!-- x -->Gildong</p>",
        "<p>Hong Gil<wbr>dong</p>",
        "<p>홍<span>길</span>동</p>",
        "<script>'\\uD64D\\uAE38\\uB3D9'</script>",
        "<p>&#xD64D;길동",
        "<!-- Hong Gi<b>l</b>dong",
        "<script>'Hong Gi<b>ldong'",
        "<style>p::after{content:'\\48ong Gildong'}",
        "<![x[ Hong Gi<b>ldong",
    ],
)
def test_html_hides_nothing(markup: str) -> None:
    people = [Identifier("private/p", line, name) for line, name in enumerate(("Hong Gildong", "홍길동"), 1)]
    assert find_leaks(html_layers(f"<html><body>\n{markup}"), people)
    assert find_leaks(html_layers(markup + "\n</body></html>"), people)


@pytest.mark.parametrize(
    "text",
    [
        "Hong Gildong",
        "Hong **Gil**dong",
        "H*o*ng Gildong",
        "Hong Gil\\-dong",
        "[Hong](http://example.org) Gildong",
        "[Hong Gil](x (y) 'z')dong",
        "H&#111;ng Gildong",
        "![Hong Gildong](a.png)",
        "<b>Hong</b> Gildong",
        "[x](/Hong%20Gildong)",
        "`Hong` Gildong",
        "# Hong\n\nGildong",
        "[Hong][1] Gildong",
        "~~Hong~~ Gildong",
        "[x]: http://example.org/hong-gildong",
        "| Hong | Gildong |",
        "> Hong Gil-\n> dong",
    ],
)
def test_markdown_hides_nothing(text: str) -> None:
    assert find_leaks(markdown_layers(text), [Identifier("private/p", 1, "Hong Gildong")])


def test_short_names_inside_markup() -> None:
    ian = [Identifier("private/p", 1, "Ian")]
    assert find_leaks(markdown_layers("**I**an came"), ian)
    assert find_leaks(html_layers("<p><b>I</b>an came"), ian)
    assert not find_leaks(html_layers("<p>median <i>an</i>d <b>Brian</b></p>"), ian)


def test_layers_by_name() -> None:
    layers = html_layers("<p title='a &amp; b'>one<br>two</p><!--three--><style>a{}</style><script>f()</script>")
    assert layers["markup"].startswith("<p title")
    assert layers["text joined"] == "onetwoa{}f()"
    assert layers["text spaced"] == "one two a{} f()"
    assert (layers["attributes"], layers["comments"], layers["styles"]) == ("a & b", "three", "a{}")
    assert set(text_layers("plain")) == {"text"}
    assert set(markdown_layers("plain")) == {"text"}


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<a b='", "<![", "&#", "<script></", "](", "[", "](a(", "\\", "data:;base64,", "%", "<!x["]
)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    began = time.monotonic()
    for layers in (html_layers, markdown_layers, text_layers):
        layers(piece * 50_000)
    assert time.monotonic() - began < 5
