"""A team whose people are replaced, and how that is done."""

from typing import Any

from consortium.database import transaction
from consortium.directory.models import Lea
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Seat, Team
from events.registration.service import NamedPerson, OwnDetails, Substitution
from tests.events.registration.builders import draft, lead_editor, submit
from tests.factories import make_institute, make_session

ADA = "ada@3400001.example.org"
KIM = "kim@example.org"


def institute_with_sessions() -> Institute:
    institute = make_institute()
    make_session(institute, "opening", "2026-05-01T09:00", "2026-05-01T10:00", capacity=None)
    make_session(
        institute, "literacy", "2026-05-01T11:00", "2026-05-01T12:00", capacity=9, choice_group="am"
    )
    return institute


def complete_team(institute: Institute, lea: Lea) -> Team:
    return submit(draft(institute, lea, "ada superintendent", "bo union_leader", "cy board_member"))


def confirm(seat: Seat, **said: Any) -> Seat:
    with transaction():
        return registration.confirm_seat(
            seat, OwnDetails(name=seat.name, **said), by=seat.person.email
        )


def someone(name: str = "Kim Day", email: str = KIM, *roles: str, **values: Any) -> Substitution:
    person = NamedPerson(name=name, email=email, role_codes=roles or ("superintendent",), **values)
    return Substitution(person=person)


def substitute(team: Team, seat: Seat, wanted: Substitution | None = None, **by: Any) -> Seat:
    editor = by.get("by") or lead_editor()
    with transaction():
        return registration.substitute(team.id, seat.id, wanted or someone(), editor)
