"""The people of an institute as the roster lists them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import ceil
from uuid import UUID

from consortium.directory.domain.search import folded
from events.board.domain.teams import Completeness

PAGE_SIZE = 50
_PLAIN_ASCII = str.maketrans(
    {code: " " for code in range(128) if not chr(code).isalnum()}
    | {code: chr(code).lower() for code in range(128) if chr(code).isalnum()}
    | dict.fromkeys(map(ord, "'`"))
)


def has_words(text: str, words: Sequence[str]) -> bool:
    """Tell whether the text has all the words (``folded`` already); no words fit nothing.

    Folding takes its time for each letter, and a roster has thousands of texts; plain ASCII,
    most of them, takes a short cut to the same answer.
    """
    plain = text.translate(_PLAIN_ASCII) if text.isascii() else folded(text)
    return bool(words) and all(word in plain for word in words)


@dataclass(frozen=True, kw_only=True)
class RosterFilter:
    """Which people the roster lists; an empty field asks nothing.

    Without a ``seat`` those are listed who are coming as far as anyone knows.
    """

    q: str = ""
    """Words of a name, an address or a team; case and accents do not matter."""
    role: str = ""
    side: str = ""
    state: str = ""
    seat: str = ""
    completeness: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What it asks, by the names of the address's parameters."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One person's seat, with what the roster says of the person and the team."""

    seat_id: UUID
    name: str
    email: str
    phone: str
    role_codes: tuple[str, ...]
    status: str
    new_member: bool
    team_id: UUID
    team: str
    site: str
    lea_id: str
    state: str
    team_status: str
    completeness: Completeness

    @property
    def team_title(self) -> str:
        """What tells the team from the other teams of its LEA, too."""
        return f"{self.team}, {self.site}" if self.site else self.team


@dataclass(frozen=True, kw_only=True)
class RosterPage:
    """One page of the roster."""

    places: Sequence[Place]
    total: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page; there is always one."""
        return last_page(self.total)

    @property
    def first_place(self) -> int:
        """The position of the page's first person among all that were found."""
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last_place(self) -> int:
        """The position of the page's last person."""
        return self.first_place + len(self.places) - 1 if self.total else 0


def last_page(total: int) -> int:
    """Return how many pages so many people fill; at least one."""
    return max(1, ceil(total / PAGE_SIZE))
