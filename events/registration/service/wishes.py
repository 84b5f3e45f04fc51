"""Substitutions after the host's date for them: a lead asks, a coordinator grants or refuses."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotAllowed, NotFound
from consortium.outbox import service as outbox
from consortium.people.domain import normalise_email
from consortium.words import say
from events.registration import emails
from events.registration.domain import RegistrationRefused
from events.registration.models import (
    ONE_OPEN_REQUEST,
    Answering,
    Seat,
    SubstitutionRequest,
    Team,
)
from events.registration.service.finding import Editor, contact_of, lock_team
from events.registration.service.naming import NamedPerson, has_a_seat, seats_here
from events.registration.service.replacing import check_replaceable, replace


def ask(
    team: Team, seat: Seat, person: NamedPerson, reason: str, editor: Editor
) -> SubstitutionRequest:
    """Write a lead's wish down and tell the coordinators; the seat stays as it is. Flushes.

    Raises ``RegistrationRefused`` when a wish about this seat is open already, or the person has
    a seat.
    """
    taken = seats_here(team, [normalise_email(person.email)])
    for there in taken.values():
        if there.team_id == team.id or not person.shared:
            raise RegistrationRefused(has_a_seat(there, team), field="email")
    wish = SubstitutionRequest(
        seat_id=seat.id,
        institute_id=team.institute_id,
        name=person.name,
        email=normalise_email(person.email),
        role_codes=list(person.role_codes),
        shared=person.shared,
        reason=reason,
        asked_by=editor.email,
        asked_at=clock.now(),
    )
    db.session.add(wish)
    open_already = RegistrationRefused(
        say("The coordinators have been asked about this seat already. Take that back first.")
    )
    with translating(ONE_OPEN_REQUEST, into=open_already):
        db.session.flush()
    mail = emails.wish_asked(wish, seat, to=contact_of(team.institute))
    outbox.promise(mail, about=_about(seat))
    audit.record(
        "ask_to_substitute",
        f"team:{team.id}",
        by=editor.email,
        before=facts(seat),
        after={"request": str(wish.id), "roles": wish.role_codes},
    )
    return wish


def grant_wish(request_id: UUID, note: str, editor: Editor) -> Seat:
    """Let a substitution happen that a lead asked for; the lead is told.

    Raises ``NotAllowed`` for a lead, ``NotFound``, or ``RegistrationRefused`` when it was decided
    before, lapsed, or the person cannot have the seat any more.
    """
    wish, team, seat = _hold(request_id, editor)
    person = NamedPerson(
        name=wish.name, email=wish.email, role_codes=tuple(wish.role_codes), shared=wish.shared
    )
    check_replaceable(team, seat, person)
    before = facts(seat)
    _decide(wish, Answering.GRANTED, note, editor)
    new = replace(team, seat, person)
    _tell(wish, team, seat)
    after = {"request": str(wish.id), **facts(new)}
    audit.record("grant_wish", f"team:{team.id}", by=editor.email, before=before, after=after)
    return new


def refuse_wish(request_id: UUID, note: str, editor: Editor) -> Seat:
    """Say no to a substitution, and why; the lead is told. Raises as ``grant_wish`` does."""
    wish, team, seat = _hold(request_id, editor)
    _decide(wish, Answering.REFUSED, note, editor)
    _tell(wish, team, seat)
    audit.record(
        "refuse_wish",
        f"team:{team.id}",
        by=editor.email,
        before=facts(seat),
        after={"request": str(wish.id)},
    )
    return seat


def take_back_wish(team_id: UUID, seat_id: UUID, editor: Editor) -> Seat:
    """Take one's wish back before it is decided. Raises ``NotFound`` when none is open."""
    team = lock_team(team_id, editor)
    wish = open_wishes(team).get(seat_id)
    if wish is None:
        raise NotFound(say("Nothing is asked about this seat any more."))
    _decide(wish, Answering.LAPSED, "", editor)
    seat = next(one for one in team.seats if one.id == seat_id)
    audit.record(
        "take_back_wish",
        f"team:{team.id}",
        by=editor.email,
        before=facts(seat),
        after={"request": str(wish.id)},
    )
    return seat


def open_wishes(team: Team) -> Mapping[UUID, SubstitutionRequest]:
    """Return what waits for a coordinator's answer, by the seat it is about."""
    statement = select(SubstitutionRequest).where(
        SubstitutionRequest.seat_id.in_([seat.id for seat in team.seats]),
        SubstitutionRequest.status == Answering.OPEN,
    )
    return {wish.seat_id: wish for wish in db.session.scalars(statement)}


def wishes_at(institute_id: UUID) -> Sequence[SubstitutionRequest]:
    """Return what leads of an institute asked and nobody has decided yet, oldest first."""
    statement = (
        select(SubstitutionRequest)
        .where(
            SubstitutionRequest.institute_id == institute_id,
            SubstitutionRequest.status == Answering.OPEN,
        )
        .options(joinedload(SubstitutionRequest.seat).joinedload(Seat.team))
        .order_by(SubstitutionRequest.asked_at, SubstitutionRequest.id)
    )
    return db.session.scalars(statement).all()


def get_wish(request_id: UUID) -> SubstitutionRequest:
    """Return a wish, decided or not, for a coordinator. Raises ``NotFound``."""
    statement = (
        select(SubstitutionRequest)
        .where(SubstitutionRequest.id == request_id)
        .options(joinedload(SubstitutionRequest.seat).joinedload(Seat.team))
    )
    wish = db.session.scalar(statement)
    if wish is None:
        raise NotFound(say("There is no such request."))
    return wish


def facts(seat: Seat) -> dict[str, object]:
    """Return what the record says of a seat and who has it: ids and codes."""
    return {
        "seat": str(seat.id),
        "person": str(seat.person_id) if seat.person_id else None,
        "roles": list(seat.role_codes),
        "shared": seat.shared,
    }


def _hold(request_id: UUID, editor: Editor) -> tuple[SubstitutionRequest, Team, Seat]:
    if not editor.coordinates:
        raise NotAllowed(say("Only the institute's coordinators decide about substitutions now."))
    found = get_wish(request_id)
    team = lock_team(found.seat.team_id, editor)
    wish = db.session.get_one(SubstitutionRequest, request_id, populate_existing=True)
    if wish.status is Answering.LAPSED:
        raise RegistrationRefused(
            say(
                "The seat has changed since, or the request was taken back. There is nothing to "
                "decide."
            )
        )
    if wish.status is not Answering.OPEN:
        raise RegistrationRefused(say("This was decided already."))
    return wish, team, next(seat for seat in team.seats if seat.id == wish.seat_id)


def _decide(wish: SubstitutionRequest, status: Answering, note: str, editor: Editor) -> None:
    wish.status = status
    wish.note = note
    wish.decided_by = editor.email
    wish.decided_at = clock.now()
    db.session.flush()
    outbox.supersede(f"substitution:{wish.seat_id}")


def _tell(wish: SubstitutionRequest, team: Team, seat: Seat) -> None:
    """Tell whoever asked; the others who lead the team read it in its history."""
    asked = [lead for lead in team.leads if lead.person.email == wish.asked_by]
    for lead in asked or team.leads:
        outbox.promise(emails.wish_decided(wish, seat, to=lead.person), about=_about(seat))


def _about(seat: Seat) -> str:
    return f"substitution:{seat.id}"
