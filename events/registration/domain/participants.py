"""A confirmed participant as other packages see one."""

from dataclasses import dataclass
from uuid import UUID

from consortium.people.domain import ConsentTerm, Side


@dataclass(frozen=True, kw_only=True)
class ParticipantView:
    """Someone with a confirmed seat: who, from where, in which role, and what may be shown.

    What is not agreed to at this moment reads as if nobody had been asked. ``email`` and
    ``phone`` are there for whoever is entitled to them; peers see them only where
    ``shares_email`` and ``shares_phone`` say so.
    """

    seat_id: UUID
    person_id: UUID
    name: str
    email: str
    phone: str
    team_id: UUID
    lea_id: str | None
    lea_name: str
    state: str
    site: str
    locale: str
    enrollment: int | None
    role_code: str
    role_label: str
    side: Side
    goals: tuple[str, ...]
    offers: str
    asks: str
    wants_peers: bool
    shares_email: bool
    shares_phone: bool
    consent_term: ConsentTerm | None
    """How long what was agreed to holds; it may have ended. ``None`` where nothing was."""


@dataclass(frozen=True, kw_only=True)
class RegisteredTeam:
    """A registered team as a whole: whence it comes, who is in it, what it works on."""

    id: UUID
    title: str
    state: str
    locale: str
    enrollment: int | None
    role_codes: frozenset[str]
    goals: tuple[str, ...]
    """What its people say they work on, what most of them do first. Whose goal it is stands
    nowhere here."""
