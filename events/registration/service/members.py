"""The people of a team, one by one: named, changed, replaced, removed."""

from dataclasses import dataclass
from uuid import UUID

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.outbox import service as outbox
from consortium.people.domain import normalise_email
from consortium.words import say
from events.registration import emails
from events.registration.domain import RegistrationRefused, check_roles
from events.registration.models import (
    ONE_SEAT_PER_PERSON,
    Seat,
    SeatStatus,
    Team,
    TeamStatus,
)
from events.registration.service.finding import Editor, get_member, lock_team
from events.registration.service.invitations import invite
from events.registration.service.leaving import end_seat
from events.registration.service.naming import (
    NamedPerson,
    check_editable,
    name_people,
    seat_people,
)
from events.registration.service.standing import settle

TOLD = (SeatStatus.INVITED, SeatStatus.CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class MemberChange:
    """A member as a lead wants it now, and the version of the seat the lead was looking at."""

    person: NamedPerson
    version: int


def add_member(team_id: UUID, person: NamedPerson, editor: Editor) -> Seat:
    """Name one more person; a registered team takes another place and sends the invitation.

    Raises ``RegistrationRefused`` for a role the institute does not have, someone who has a seat
    already, a team that is large enough, or no place left.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    (seat,) = name_people(team, [person])
    audit.record("add_member", f"team:{team.id}", by=editor.email, after=_told(seat))
    return seat


def change_member(team_id: UUID, seat_id: UUID, change: MemberChange, editor: Editor) -> Seat:
    """Change a member's name or roles, or give the seat to someone else.

    Another address is another person: the seat's earlier holder is told, and nothing that
    person said passes on. Raises ``Conflict`` when someone changed the member meanwhile, and
    ``RegistrationRefused`` as ``add_member`` does.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    seat = get_member(team, seat_id)
    _check_unchanged(seat, change)
    before = _told(seat)
    check_roles(change.person.role_codes, team.institute.terms, team.state, field="role")
    if normalise_email(change.person.email) != seat.person.email:
        seat = _give_to(team, seat, change.person)
    else:
        seat.name = change.person.name
        seat.role_code, *further = change.person.role_codes
        seat.also_role_codes = further
        seat.shared = change.person.shared
        seat.version += 1
        with translating(ONE_SEAT_PER_PERSON, into=_serves_both(seat)):
            db.session.flush()
        settle(team)
    audit.record(
        "change_member", f"team:{team.id}", by=editor.email, before=before, after=_told(seat)
    )
    return seat


def remove_member(team_id: UUID, seat_id: UUID, editor: Editor) -> Seat:
    """Take a member out of the team; the place is free for others from now on.

    Returns the seat that ended. Raises ``NotFound``, or ``RegistrationRefused`` when the roster
    has closed.
    """
    team = lock_team(team_id, editor)
    if team.comes_as_team:
        check_editable(team, editor)
    seat = get_member(team, seat_id)
    if len(team.active_seats) == 1 and team.status is not TeamStatus.DRAFT:
        raise RegistrationRefused(
            say("Nobody would be left. Withdraw the whole registration instead.")
        )
    _take_back(seat)
    settle(team)
    audit.record("remove_member", f"team:{team.id}", by=editor.email, before=_told(seat))
    return seat


def _give_to(team: Team, old: Seat, person: NamedPerson) -> Seat:
    position = old.position
    _take_back(old)
    db.session.flush()
    (new,) = seat_people(team, [person])
    new.position = position
    settle(team)
    if team.status is TeamStatus.REGISTERED:
        invite([new])
    return new


def _serves_both(seat: Seat) -> RegistrationRefused:
    return RegistrationRefused(
        say(
            "%(name)s has a seat in another team too. Leave “Serves another LEA's team too” "
            "ticked, or remove the person.",
            name=seat.name,
        ),
        field="shared",
    )


def _take_back(seat: Seat) -> None:
    told = seat.status in TOLD
    end_seat(seat)
    if told:
        outbox.promise(emails.released(seat), about=f"seat:{seat.id}")


def _check_unchanged(seat: Seat, change: MemberChange) -> None:
    if seat.version == change.version:
        return
    wanted = change.person
    sent = (
        (say("Name"), seat.name, wanted.name),
        (say("E-mail address"), seat.person.email, normalise_email(wanted.email)),
        (say("Roles"), ", ".join(seat.role_codes), ", ".join(wanted.role_codes)),
        (say("Serves another team too"), _yes_no(seat.shared), _yes_no(wanted.shared)),
    )
    versions = tuple(line for line in sent if line[1] != line[2])
    if versions:
        raise Conflict(
            say("Someone else changed this member while your page was open. Nothing was saved."),
            versions=versions,
        )


def _yes_no(answer: bool) -> str:  # noqa: FBT001  (the answer itself)
    return say("yes") if answer else say("no")


def _told(seat: Seat) -> dict[str, object]:
    """Return what the record says of a member: no contact data."""
    return {
        "seat": str(seat.id),
        "person": str(seat.person_id),
        "roles": list(seat.role_codes),
        "shared": seat.shared,
    }
