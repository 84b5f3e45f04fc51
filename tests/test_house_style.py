"""The strict reader finds each kind of fault: all page tests lean on it."""

import pytest

from tests.house_style import check_house_style

pytestmark = pytest.mark.pure

GOOD = """<!doctype html><html><head><title>Error: Teams &amp; seats – Lakeshore</title>
<link rel="stylesheet" href="/static/theme.css"></head><body>
<svg><title>A picture</title></svg><h1>Teams <em>&amp;</em>
 seats</h1><form><input type="hidden" name="t"><label for="a">A</label><input id="a">
<select aria-label="B"></select><textarea aria-labelledby="a"></textarea>
<input type="submit"></form><img src="http://localhost/logo.png" alt="" style=""></body></html>"""


def test_a_page_in_house_style_passes() -> None:
    check_house_style(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<form>", "<form><h1>Seats</h1>", "2 h1 on the page"),
        ("h1>", "h2>", "0 h1 on the page"),
        ("<title>Error: Teams", "<title>Seats", "h1 'Teams & seats'"),
        ("<title>Error: Teams &amp; seats – Lakeshore</title>", "", "title 'A picture'"),
        ('<input id="a">', '<input id="a"><p id="a"></p>', r"ids twice: \['a'\]"),
        ('for="a"', 'for="b"', "no label: {'id': 'a'}"),
        (' aria-label="B"', "", "no label: {}"),
        (' aria-labelledby="a"', "", "no label: {}"),
        ('style=""', 'style="color: red"', "inline style: <img"),
        ("<form>", '<form onsubmit="go()">', "inline script: <form"),
        ("http://localhost", "https://example.org", "https://example.org/logo.png"),
        ('href="/static', 'href="//example.org', "//example.org/theme.css"),
    ],
)
def test_what_is_against_house_style_is_found(old: str, new: str, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        check_house_style(GOOD.replace(old, new))
