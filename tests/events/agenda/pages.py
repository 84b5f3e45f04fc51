"""Where the pages of one's own agenda are, and what they say."""

from tests.reading import main, words

AGENDA = "/lakeshore/institutes/summer/agenda"
FEED_PAGE = "/lakeshore/calendar"


def buttons(html: str) -> list[str]:
    return [words(button).replace(" :", ":") for button in main(html).select(".act button")]
