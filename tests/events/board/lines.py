"""Teams as plain values, for tests of the rules."""

from itertools import count
from typing import Any
from uuid import UUID

from events.board.domain.teams import Contact, Member, TeamLine

_numbers = count(1)


def next_id() -> UUID:
    return UUID(int=next(_numbers))


def make_member(*role_codes: str, status: str = "confirmed", name: str = "Ada") -> Member:
    return Member(
        seat_id=next_id(),
        person_id=next_id(),
        name=name,
        email=f"{name.lower()}@example.org",
        role_codes=role_codes,
        status=status,
    )


def make_contact(name: str) -> Contact:
    return Contact(person_id=next_id(), name=name, email=f"{name.lower()}@example.org")


def make_line(name: str, *members: Member, **values: Any) -> TeamLine:
    return TeamLine(
        **{
            "id": next_id(),
            "name": name,
            "state": "NJ",
            "status": "registered",
            "members": members,
            **values,
        }
    )
