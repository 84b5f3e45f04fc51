"""Where the pages of one's own agenda are, and what they say."""

from typing import Any

from bs4 import BeautifulSoup

AGENDA = "/lakeshore/institutes/summer/agenda"
FEED_PAGE = "/lakeshore/calendar"


def main(html: str) -> BeautifulSoup:
    part = BeautifulSoup(html, "html.parser").find("main")
    assert part is not None
    return part


def words(part: Any) -> str:
    return " ".join(part.get_text(" ").replace("\u202f", " ").split())


def buttons(html: str) -> list[str]:
    return [words(button).replace(" :", ":") for button in main(html).select(".act button")]
