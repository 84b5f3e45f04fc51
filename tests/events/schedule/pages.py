"""Where the pages of the programme are, and what they say."""

from typing import Any

from bs4 import BeautifulSoup

PROGRAMME = "/lakeshore/institutes/summer/programme"
SESSIONS = "/lakeshore/manage/institutes/summer/sessions"


def main(html: str) -> BeautifulSoup:
    part = BeautifulSoup(html, "html.parser").find("main")
    assert part is not None
    return part


def words(part: Any) -> str:
    return " ".join(part.get_text(" ").replace("\u202f", " ").split())
