"""Texts and kinds of sessions as other programs write them."""

import html
import re

from events.programmes.domain.reading import UNSAFE

NO_KIND = "session"
_HOUSEKEEPING = frozenset(
    {"logistics", "logistic", "break", "breaks", "service", "other", "general", "event", "misc"}
)
_SHORT = 4  # words; a longer title of no kind is a talk's, whatever it speaks of
_BY_WORDS = tuple(
    (kind, re.compile(rf"\b({words})\b", re.IGNORECASE))
    for kind, words in (
        ("registration", r"registration|check[- ]?in|sign[- ]?in|badge pick[- ]?up|doors open"),
        ("meal", r"breakfast|lunch(eon)?|dinner|brunch|supper|banquet|meals?"),
        ("travel", r"travel|shuttles?|bus(es)?|transport(ation)?|departures?|arrivals?"),
        (
            "social",
            r"breaks?|coffee|tea|receptions?|social|party|game night|networking|happy hour|mixer",
        ),
    )
)
BESIDE_THE_TALKS = frozenset(kind for kind, _ in _BY_WORDS) | _HOUSEKEEPING
"""Kinds that nobody chooses among."""
_ENDS_A_LINE = re.compile(r"<\s*(br|/p|/div|/li|/h[1-6])\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(a|abbr|b|big|blockquote|br|center|cite|code|div|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|"
    r"p|pre|q|s|small|span|strike|strong|sub|sup|tt|u|ul)(\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def line(text: str) -> str:
    """Return a text as one plain line: marks of HTML are taken away, its signs are read."""
    return " ".join(_plain(text).split())


def prose(text: str) -> str:
    """Return a text in plain lines."""
    lines = (" ".join(each.split()) for each in _plain(_ENDS_A_LINE.sub("\n", text)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def kind_of(said: str, title: str) -> str:
    """Return the kind of a session: what the file says, or what the words of a title tell.

    Only what a file calls logistics, a break or nothing at all is told by its title: a talk about
    breakfast is no meal.
    """
    kind = line(said)
    if kind.lower() not in _HOUSEKEEPING and (kind or len(title.split()) > _SHORT):
        return kind or NO_KIND
    found = (ours for ours, words in _BY_WORDS if words.search(title))
    return next(found, kind or NO_KIND)


def _plain(text: str) -> str:
    read = html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text
    return UNSAFE.sub("", read)
