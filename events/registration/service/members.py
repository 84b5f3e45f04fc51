"""The people of a team, one by one: named, changed, removed; and seats kept for someone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consortium.audit import service as audit
from consortium.calendar.service import end_feed
from consortium.database import db, translating
from consortium.people.domain import normalise_email
from consortium.words import say
from events.registration.domain import Edit, EditConflict, RegistrationRefused, check_roles, merged
from events.registration.models import (
    ONE_SEAT_PER_PERSON,
    Seat,
    SeatStatus,
    Team,
    TeamStatus,
)
from events.registration.service.finding import Editor, get_held_seat, get_present_member, lock_team
from events.registration.service.invitations import invite
from events.registration.service.leaving import lapse_wishes, take_back
from events.registration.service.naming import (
    NamedPerson,
    check_editable,
    check_live,
    check_not_withdrawn,
    check_roster,
    fill,
    name_people,
)
from events.registration.service.standing import settle
from events.registration.service.substitution import (
    Substitution,
    check_own_side,
    substitute_in,
)
from events.registration.service.wishes import facts


@dataclass(frozen=True, kw_only=True)
class MemberChange:
    """A member as a lead wants it now, and how the member was when the lead opened the page."""

    person: NamedPerson
    base: NamedPerson | None = None
    """Empty when the page cannot tell: it counts as stale then."""


def add_member(team_id: UUID, person: NamedPerson, editor: Editor) -> Seat:
    """Name one more person; a registered team takes another place and sends the invitation.

    Raises ``RegistrationRefused`` for a role the institute does not have, someone who has a seat
    already, a team that is large enough, or no place left.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    (seat,) = name_people(team, [person])
    audit.record("add_member", f"team:{team.id}", by=editor.email, after=facts(seat))
    return seat


def change_member(team_id: UUID, seat_id: UUID, change: MemberChange, editor: Editor) -> Seat:
    """Change a member's name or roles, correct the address, or give the seat to someone else.

    Fields that two people changed at once are merged where they differ; the same field raises
    ``EditConflict`` with both versions. Another address is another person and goes the way of
    ``substitute``, which may only write a wish down; the seat is then returned as it was. Only
    an address of the same name that got no mail, or whose mail came back, is corrected in its
    seat. Raises ``RegistrationRefused`` as ``add_member`` does.
    """
    team = lock_team(team_id, editor)
    check_live(team)
    seat = get_present_member(team, seat_id)
    if seat.id != seat_id:
        raise _given_away(seat, change)
    wanted = _merged(seat, change)
    if normalise_email(wanted.email) != seat.person.email and not is_correction(seat, wanted):
        return substitute_in(team, seat, Substitution(person=wanted), editor)
    check_editable(team, editor)
    check_roles(wanted.role_codes, team.institute.terms, team.state, field="role")
    before, roles = _told(seat), set(seat.role_codes)
    lapse_wishes(seat)
    if normalise_email(wanted.email) == seat.person.email:
        rewrite(seat, wanted)
    else:
        correct_address(team, seat, wanted)
    settle(team)
    if set(seat.role_codes) != roles:
        end_feed(seat.person_id)
    after = _told(seat)
    audit.record("change_member", f"team:{team.id}", by=editor.email, before=before, after=after)
    return seat


def remove_member(team_id: UUID, seat_id: UUID, editor: Editor) -> Seat:
    """Take a member, a visitor or a seat kept for someone out; the place is free for others.

    Returns the seat that ended. Raises ``NotFound``, or ``RegistrationRefused`` when the roster
    has closed, nobody would be left in a registered team, or the person is of the other side and
    the institute asks both leads before one side replaces a member of the other.
    """
    team = lock_team(team_id, editor)
    check_not_withdrawn(team)
    check_roster(team, editor)
    seat = get_held_seat(team, seat_id)
    check_own_side(team, seat, editor)
    last = [one.id for one in team.active_seats] == [seat.id]
    if last and team.status is not TeamStatus.DRAFT:
        raise RegistrationRefused(
            say("Nobody would be left. Withdraw the whole registration instead.")
        )
    before = facts(seat)
    take_back(seat)
    settle(team)
    audit.record("remove_member", f"team:{team.id}", by=editor.email, before=before)
    return seat


def _given_away(heir: Seat, change: MemberChange) -> EditConflict:
    """Return the conflict of a page that was open while the seat went to someone else."""
    unknown = object()
    sent = zip(_fields(heir), _values(change.person), strict=True)
    return EditConflict(
        {
            name: Edit(label=label, base=unknown, stored=stored, sent=now, words=_in_words)
            for (name, label, stored), now in sent
        }
    )


def _merged(seat: Seat, change: MemberChange) -> NamedPerson:
    """Return the member as both editors want it. Raises ``EditConflict``."""
    fields = _fields(seat)
    sent = _values(change.person)
    base = [object() for _ in fields] if change.base is None else _values(change.base)
    edits = {
        name: Edit(label=label, base=then, stored=stored, sent=now, words=_in_words)
        for (name, label, stored), then, now in zip(fields, base, sent, strict=True)
    }
    return person_of(merged(edits))


def person_of(values: Mapping[str, Any]) -> NamedPerson:
    """Return the person whom the fields of an edit describe."""
    main = values["role"]
    return NamedPerson(
        name=values["name"],
        email=values["email"],
        role_codes=(main, *(code for code in values["also"] if code != main)),
        shared=values["shared"],
    )


def _fields(seat: Seat) -> list[tuple[str, str, Any]]:
    """Return what leads edit of a member: its name in code, its label, what is stored."""
    return [
        ("name", say("Name"), seat.name),
        ("email", say("E-mail address"), seat.person.email if seat.person else ""),
        ("role", say("Role"), seat.role_code),
        ("also", say("Also fills"), tuple(seat.also_role_codes)),
        ("shared", say("Serves another team too"), seat.shared),
    ]


def _values(person: NamedPerson) -> list[Any]:
    main, *further = person.role_codes
    return [person.name, normalise_email(person.email), main, tuple(further), person.shared]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def is_correction(seat: Seat, wanted: NamedPerson) -> bool:
    """Tell whether the same person is meant, whose address nobody has read a mail at."""
    unread = seat.status is SeatStatus.NAMED or (
        seat.status is SeatStatus.INVITED and seat.undelivered_at is not None
    )
    return unread and wanted.name == seat.name


def rewrite(seat: Seat, wanted: NamedPerson) -> None:
    """Write down what a lead changed of the same person. Flushes."""
    seat.name = wanted.name
    seat.role_code, *further = wanted.role_codes
    seat.also_role_codes = further
    seat.shared = wanted.shared
    seat.version += 1
    with translating(ONE_SEAT_PER_PERSON, into=_serves_both(seat)):
        db.session.flush()


def correct_address(team: Team, seat: Seat, wanted: NamedPerson) -> None:
    """Write the same person's right address into the seat, and invite there. Flushes."""
    fill(team, {seat: wanted})
    seat.version += 1
    db.session.refresh(seat, ["person"])
    if team.status is TeamStatus.REGISTERED:
        invite([seat])


def _serves_both(seat: Seat) -> RegistrationRefused:
    return RegistrationRefused(
        say(
            "%(name)s has a seat in another team too. Leave “Serves another LEA's team too” "
            "ticked, or remove the person.",
            name=seat.name,
        ),
        field="shared",
    )


def _told(seat: Seat) -> dict[str, object]:
    """Return what the record says of a member who is changed: the name too, no contact data."""
    return {**facts(seat), "name": seat.name}
