"""The people of an institute as the roster lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium.directory.domain.search import folded
from consortium.paging import Filter
from events.board.domain.teams import Completeness

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
class RosterFilter(Filter):
    """Which people the roster lists; an empty field asks nothing.

    Without a ``seat`` those are listed who are coming as far as anyone knows, and the seats that
    are kept for someone.
    """

    q: str = ""
    """Words of a name, an address or a team; case and accents do not matter."""
    role: str = ""
    side: str = ""
    state: str = ""
    seat: str = ""
    completeness: str = ""
    standing: str = ""
    """The team's status."""
    answers: str = ""
    """``missing`` for people who owe an answer to one of the host's questions."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One seat, with what the roster says of its person and the team.

    A seat that is kept for someone to be named has no person, no name and no address.
    """

    seat_id: UUID
    person_id: UUID | None
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
