"""Where the pages of one's own agenda are, and what they say."""

from typing import Any

from tests.reading import main, words

AGENDA = "/lakeshore/institutes/summer/agenda"
FEED_PAGE = "/lakeshore/calendar"


def told(part: Any) -> str:
    """Return the words of a part of the agenda, but for the question whether one comes."""
    for question in part.select(".answering"):
        question.decompose()
    return words(part)


def buttons(html: str) -> list[str]:
    return [words(button).replace(" :", ":") for button in main(html).select(".act button")]
