"""Where what one asks for meets what another offers, word by word."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:.!?/\n\r()]|\s[-–—]\s")
_SHORTEST = 3
# Words that say nothing about the matter, and words that everyone in this field writes: two
# people who share only these share nothing.
_EMPTY_WORDS = frozenset(
    """
    about across advice after again all also among and any are around ask become been before being
    best better between both can could for from get getting give good great has have having help
    helping her his how idea improve into its just know learn learning like look looking make
    making many more most much need new not now offer one our out over people please share should
    some start such support talk than that the their them then there these they thing think this
    through time together use using very want was way well were what when where which who why will
    with within without work working would you your
    big campaign common day each effective every example experience first large last local month
    next plan practice process program real small success successful tip week year
    collaborate collaboration collaborative committee district joint jointly labor lea management
    member partner partnership school side staff student teacher team union
    """.split()  # noqa: SIM905  (a list of so many short words reads best as text)
)


@dataclass(frozen=True)
class _Word:
    key: str
    start: int
    end: int


def keys(text: str) -> frozenset[str]:
    """Return the words of a text that say something, in the form in which they are compared."""
    return frozenset(word.key for word in _words(text) if word.key)


def shared(asks: str, offers: str) -> tuple[str, ...]:
    """Return the parts of ``asks`` whose every telling word is also in ``offers``.

    Nothing of either text shows but words that both of them wrote, as the asking person wrote
    them.
    """
    offered = keys(offers)
    parts: list[str] = []
    seen: set[frozenset[str]] = set()
    run: list[_Word] = []
    for word in (*_words(asks), _Word("\n", len(asks), len(asks))):
        apart = bool(run) and _BREAK.search(asks, run[-1].end, word.start) is not None
        if run and (apart or (word.key and word.key not in offered)):
            part = frozenset(each.key for each in run)
            if part not in seen:
                seen.add(part)
                parts.append(" ".join(asks[run[0].start : run[-1].end].split()))
            run = []
        if word.key in offered:
            run.append(word)
    return tuple(parts)


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(_key(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


def _key(word: str) -> str:
    """Return the word without case, accents and plural; empty when it says nothing."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if plain in _EMPTY_WORDS:
        return ""
    stem = _singular(plain)
    telling = len(plain) >= _SHORTEST or any(c.isdigit() for c in plain)
    return stem if telling and stem not in _EMPTY_WORDS else ""


def _singular(word: str) -> str:
    if len(word) > _SHORTEST + 1 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > _SHORTEST and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
