"""Offices that end when somebody leaves, and begin for whoever follows."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cohorts.handover.models import Departure, Follows
from cohorts.structures import service as structures
from cohorts.structures.service import Opened
from consortium.database import db
from consortium.people.domain import Office, OfficeRefused, Term
from consortium.people.models import Appointment, Person
from consortium.people.service import offices as office_service
from consortium.people.service import roles as role_service

Written = list[dict[str, str]]
"""Offices as they were before: each with its id, and the last day it had or that it is new."""
NEW = "new"


def end_offices(opened: Opened, departure: Departure, leaver: Person) -> Written:
    """End the offices that somebody holds here with their last day; return how they were.

    Where nothing was written down of a leader's office, it is written down now, from the first
    day on which they sat for it: what is known of the past must not go with the person.
    """
    by, place = departure.reported_by, opened.partnership
    held = db.session.scalars(
        select(Appointment)
        .where(
            Appointment.person_id == leaver.id,
            Appointment.lea_id == place.lea_id,
            Appointment.site == place.site,
        )
        .options(joinedload(Appointment.role))
        .with_for_update(of=Appointment)
        .order_by(Appointment.begins_on, Appointment.id)
    ).all()
    before: Written = []
    for one in held:
        open_still = one.ends_on is None or one.ends_on > departure.left_on
        if open_still and one.begins_on <= departure.left_on:
            before.append(_as_it_was(one))
            office_service.leave_office(one, departure.left_on, by=by)
    known = {one.role.code for one in held}
    code = departure.role_code
    if code in structures.leaders_of(place) and code not in known and _is_given(code):
        begins = min(_first_day(opened, leaver, code), departure.left_on)
        before += _hold(
            opened, leaver, code, Term(begins_on=begins, ends_on=departure.left_on), departure
        )
    return before


def take_office(opened: Opened, departure: Departure, successor: Person) -> Written:
    """Let whoever follows hold the office from the next day on; return what was written down.

    Raises ``OfficeRefused`` where somebody else holds it and one person at a time does.
    """
    code = departure.role_code
    if code not in structures.leaders_of(opened.partnership) or not _is_given(code):
        return []
    day = departure.left_on + timedelta(days=1)
    for line in structures.lines_of(opened):
        if line.role_code == code and any(
            one.person_id == successor.id for one in line.holders(day)
        ):
            return []  # somebody has written it down already
    return _hold(opened, successor, code, Term(begins_on=day), departure, strict=True)


def undo_offices(opened: Opened, departure: Departure, *, by: str) -> None:
    """Let the offices be as they were before somebody left."""
    written = {one["id"]: one["ends_on"] for one in departure.offices_before}
    rows = db.session.scalars(
        select(Appointment)
        .where(Appointment.lea_id == opened.partnership.lea_id)
        .options(joinedload(Appointment.role))
        .with_for_update(of=Appointment)
    ).all()
    ours = [row for row in rows if str(row.id) in written]
    for row in ours:
        if written[str(row.id)] == NEW:
            office_service.strike_office(row, by=by)
    for row in ours:
        before = written[str(row.id)]
        if before != NEW:
            office_service.resume_office(row, date.fromisoformat(before) if before else None, by=by)


def _hold(  # noqa: PLR0913  (the office, who, from when to when, and how strictly)
    opened: Opened,
    person: Person,
    code: str,
    term: Term,
    departure: Departure,
    *,
    strict: bool = False,
) -> Written:
    place = opened.partnership
    office = Office(role_code=code, lea_id=place.lea_id, site=place.site)
    interim = strict and departure.follows is Follows.INTERIM
    try:
        with db.session.begin_nested():
            made = office_service.hold_office(
                person, office, term, by=departure.reported_by, interim=interim
            )
    except OfficeRefused:
        if strict:
            raise
        return []
    return [{"id": str(made.id), "ends_on": NEW}]


def _is_given(code: str) -> bool:
    return any(role.code == code for role in role_service.roles())


def _first_day(opened: Opened, leaver: Person, code: str) -> date:
    days = [
        team.first_day
        for team in opened.teams
        for seat in team.seats
        if seat.person_id == leaver.id and code in seat.role_codes and team.first_day
    ]
    return min(days, default=date.max)


def _as_it_was(one: Appointment) -> dict[str, str]:
    return {"id": str(one.id), "ends_on": one.ends_on.isoformat() if one.ends_on else ""}
