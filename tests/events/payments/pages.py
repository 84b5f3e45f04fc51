"""What tests of finance's pages share."""

import re

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.browser import Browser

MONEY = "/lakeshore/money"
DAY = "2026-03-02"


def said(response: TestResponse) -> str:
    return " ".join(BeautifulSoup(response.text, "html.parser").main.get_text(" ").split())


def send(client: Browser, path: str, **data: object) -> TestResponse:
    """Open the page and send its last form, as someone does who fills these fields."""
    shown = client.get(path)
    assert shown.status_code == 200, shown.status_code
    return client.post(
        path,
        data={
            "action_key": re.findall(
                r'name="action_key" type="hidden" value="([^"]+)"', shown.text
            )[-1],
            **data,
        },
        follow_redirects=True,
    )
