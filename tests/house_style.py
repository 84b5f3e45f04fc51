"""What is true of every page, read off in one pass: most tests open pages, so it must be quick."""

import re
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


class _Reader(HTMLParser):
    """Notes what the rules below ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.titles: list[str] = []
        self.ids: list[str] = []
        self.controls: list[dict[str, str]] = []
        self.labelled: set[str] = set()
        self.addresses: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "h1":
            self._open = self.headings
        elif tag == "title":
            self._open = self.titles
        elif tag == "label":
            self.labelled.add(given.get("for", ""))
        elif tag in {"input", "select", "textarea"}:
            self.controls.append(given)
        if self._open is not None and tag in {"h1", "title"}:
            self._open.append("")
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("style"):
            self.faults.append(f"inline style: {self.get_starttag_text()}")
        if any(name.startswith("on") for name in given):
            self.faults.append(f"inline script: {self.get_starttag_text()}")
        address = given.get("src") or (given.get("href") if tag == "link" else None)
        if address:
            self.addresses.append(address)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h1", "title"}:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[-1] += data


def check_house_style(html: str) -> None:
    """Assert what is true of every page: one h1, a title that begins with it, ids once, labels."""
    page = _Reader()
    page.feed(html)
    page.close()
    assert len(page.headings) == 1, f"{len(page.headings)} h1 on the page"
    title = " ".join(page.titles[0].split()) if page.titles else ""
    heading = " ".join(page.headings[0].split())
    assert title.removeprefix("Error: ").startswith(heading), f"title {title!r}, h1 {heading!r}"
    twice = sorted({one for one in page.ids if page.ids.count(one) > 1})
    assert not twice, f"ids twice: {twice}"
    for control in page.controls:
        if control.get("type") in {"hidden", "submit"}:
            continue
        labelled = control.get("aria-label") or control.get("aria-labelledby")
        assert labelled or control.get("id", "") in page.labelled, f"no label: {control}"
    assert not page.faults, page.faults
    for address in page.addresses:
        foreign = re.match(r"(https?:)?//", address)
        assert not foreign or address.startswith("http://localhost"), address
