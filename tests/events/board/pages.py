"""Where the pages of the board are, and what they say."""

from http import HTTPStatus
from typing import Any

from bs4 import BeautifulSoup

from tests.browser import Browser

HOME = "/lakeshore/manage/institutes/summer"
PAGES = ("board", "roster", "roster.csv", "roster.xlsx", "reminders", "counts")
SECRETS = ("No peanuts, epileptic", "Wheelchair lift", "Literacy offer", "Attendance ask")


def page_of(client: Browser, path: str, status: HTTPStatus = HTTPStatus.OK) -> BeautifulSoup:
    response = client.get(f"{HOME}/{path}")
    assert response.status_code == status
    return BeautifulSoup(response.text, "html.parser")


def figures(page: BeautifulSoup) -> dict[str, str]:
    return {text_of(figure.dt): text_of(figure.dd) for figure in page.find_all(class_="figure")}


def rows(page: BeautifulSoup, caption: str) -> list[list[str]]:
    table = next(t for t in page.find_all("table") if text_of(t.caption).startswith(caption))
    body = table.tbody
    return [[text_of(cell) for cell in row.find_all(["th", "td"])] for row in body.find_all("tr")]


def text_of(tag: Any) -> str:
    return " ".join(tag.get_text().split())
