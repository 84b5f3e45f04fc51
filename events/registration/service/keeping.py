"""Seats kept for someone who is still to be named: "Superintendent, to be named"."""

from uuid import UUID

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.registration.domain import check_roles
from events.registration.models import Seat, SeatStatus, TeamStatus
from events.registration.service.finding import Editor, get_held_seat, lock_team
from events.registration.service.invitations import invite
from events.registration.service.naming import (
    NamedPerson,
    check_editable,
    check_size,
    fill,
    next_position,
)
from events.registration.service.standing import settle
from events.registration.service.wishes import facts


def keep_seat(team_id: UUID, role_code: str, editor: Editor) -> Seat:
    """Keep a seat for a role without naming anyone yet.

    It needs a place like any other and counts towards the team's largest size, but it fills no
    role: nobody is there. Raises ``RegistrationRefused`` as ``add_member`` does.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    check_roles([role_code], team.institute.terms, team.state, field="role")
    check_size(team, 1)
    seat = Seat(
        institute_id=team.institute_id,
        name="",
        role_code=role_code,
        status=SeatStatus.UNCLAIMED,
        position=next_position(team),
    )
    team.seats.append(seat)
    db.session.flush()
    settle(team)
    audit.record("keep_seat", f"team:{team.id}", by=editor.email, after=facts(seat))
    return seat


def name_kept(team_id: UUID, seat_id: UUID, person: NamedPerson, editor: Editor) -> Seat:
    """Name someone for a seat that was kept; a registered team sends the invitation at once.

    Raises ``NotFound`` when the seat is not kept any more, ``RegistrationRefused`` as
    ``add_member`` does.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    seat = get_held_seat(team, seat_id)
    if seat.status is not SeatStatus.UNCLAIMED:
        raise NotFound(say("Someone was named for this seat already."))
    check_roles(person.role_codes, team.institute.terms, team.state, field="role")
    before = facts(seat)
    fill(team, {seat: person})
    seat.version += 1
    db.session.refresh(seat, ["person"])
    settle(team)
    if team.status is TeamStatus.REGISTERED:
        invite([seat])
    after = facts(seat)
    audit.record("name_kept", f"team:{team.id}", by=editor.email, before=before, after=after)
    return seat
