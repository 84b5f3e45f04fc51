"""What a page says, as its reader takes it in."""

from typing import Any

from bs4 import BeautifulSoup


def main(html: str) -> BeautifulSoup:
    """Return the page without its header and footer."""
    part = BeautifulSoup(html, "html.parser").find("main")
    assert part is not None
    return part


def words(part: Any) -> str:
    """Return the words, with single spaces."""
    return " ".join(part.get_text(" ").replace("\u202f", " ").split())
