"""Offices of a partnership over time: what is written down, and who sat for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cohorts.learning.domain.partners import (
    LEADER_OFFICES,
    SCHOOL_LEADER_OFFICES,
    TableSide,
    table_side,
)
from cohorts.learning.models import Partnership
from cohorts.structures.domain.drafts import StructureRefused
from cohorts.structures.domain.offices import OfficeLine, OfficeTerm, line_of
from cohorts.structures.service.reading import Opened
from cohorts.structures.service.sightings import sightings
from consortium.database import db
from consortium.errors import NotAllowed, NotFound
from consortium.people import service as people
from consortium.people.domain import Office, Side, Term
from consortium.people.models import Appointment, Person, Role
from consortium.people.service import offices as office_service
from consortium.people.service import roles as role_service
from consortium.words import say
from events.facade.teams import TeamOfYear


@dataclass(frozen=True, kw_only=True)
class OfficeDraft:
    """An office as somebody writes it down."""

    role_code: str
    person_id: UUID | None
    name: str = ""
    email: str = ""
    """Who it is, where the consortium does not know them yet."""
    term: Term
    interim: bool = False


def lines_of(opened: Opened) -> Sequence[OfficeLine]:
    """Return each office of a partnership over time, leaders first, then by name."""
    place = (opened.partnership, opened.teams)
    return lines_of_many([place], opened.today)[opened.partnership.id]


def lines_of_many(
    places: Collection[tuple[Partnership, Sequence[TeamOfYear]]], today: date
) -> Mapping[UUID, Sequence[OfficeLine]]:
    """Return the offices of each partnership over time, in three queries for any number."""
    written = _written([partnership for partnership, _ in places])
    roles = {role.code: role for role in (*role_service.retired_roles(), *role_service.roles())}
    found: dict[UUID, Sequence[OfficeLine]] = {}
    for partnership, teams in places:
        leading = leaders_of(partnership)
        terms = written.get((partnership.lea_id, partnership.site), {})
        seen = sightings(teams, leading, today)
        labels = {seat.role_codes[0]: (seat.label, seat.side) for t in teams for seat in t.seats}
        lines = []
        for code in {*terms, *seen}:
            role = roles.get(code)
            label, side = (role.label, role.side) if role else labels.get(code, (code, Side.OTHER))
            lines.append(
                line_of((code, label, side), terms.get(code, ()), seen.get(code, ()), today=today)
            )
        led = [line for line in lines if line.role_code in leading]
        others = [line for line in lines if line.role_code not in leading]
        found[partnership.id] = [
            line for several in (led, others) for line in sorted(several, key=_label)
        ]
    return found


def leaders_of(partnership: Partnership) -> frozenset[str]:
    """Return the offices whose holders speak for their side, by code."""
    return SCHOOL_LEADER_OFFICES if partnership.site else LEADER_OFFICES


def write_office(opened: Opened, draft: OfficeDraft) -> Appointment:
    """Write down who holds, or held, an office of this partnership.

    Raises ``NotAllowed`` for an office of the other side, ``StructureRefused`` where nobody is
    named, ``OfficeRefused`` and ``RoleRefused`` as ``hold_office`` does.
    """
    role = role_service.get_role_by_code(draft.role_code)
    _check_side(opened, role.side)
    if draft.person_id is not None:
        person = people.get_person(draft.person_id)
    elif draft.email and draft.name:
        person = people.person_for(people.identity_for(draft.email), name=draft.name)
    else:
        raise StructureRefused(
            say("Choose who it is, or write the name and e-mail address of somebody new."),
            field="person",
        )
    place = opened.partnership
    office = Office(role_code=role.code, lea_id=place.lea_id, site=place.site)
    return office_service.hold_office(
        person, office, draft.term, by=opened.reader.email, interim=draft.interim
    )


def get_term(opened: Opened, appointment_id: UUID) -> Appointment:
    """Return an office of this partnership, locked for a change.

    Raises ``NotFound``, or ``NotAllowed`` for one of the other side.
    """
    found = db.session.scalar(
        select(Appointment)
        .where(
            Appointment.id == appointment_id,
            Appointment.lea_id == opened.partnership.lea_id,
            Appointment.site == opened.partnership.site,
        )
        .options(joinedload(Appointment.role))
        .with_for_update(of=Appointment)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(say("Nobody holds or held such an office here."))
    _check_side(opened, found.role.side)
    return found


def roles_to_write(opened: Opened) -> Sequence[Role]:
    """Return the roles that the reader may write down: the own side's, or all for hosts."""
    return [role for role in role_service.roles() if may_write(opened, role.side)]


def may_write(opened: Opened, side: Side) -> bool:
    """Tell whether the reader writes down offices of this side: the own one's lead, or a host."""
    if opened.reader.manages or opened.side is None:
        return opened.reader.manages
    return table_side(side) in {opened.side, None}


def people_of(opened: Opened) -> Sequence[tuple[UUID, str]]:
    """Return everyone who sits or sat in the partnership's teams, by name."""
    found = {
        seat.person_id: seat.name
        for team in opened.teams
        for seat in team.seats
        if seat.person_id is not None
    }
    for member in opened.who.members:
        found.setdefault(member.person_id, member.name)
    return sorted(found.items(), key=lambda one: (one[1], str(one[0])))


def sides_led(lines: Sequence[OfficeLine], leading: frozenset[str]) -> frozenset[TableSide]:
    """Return the sides of which some leader's office is written down."""
    sides = {table_side(line.side) for line in lines if line.role_code in leading and line.terms}
    return frozenset(side for side in sides if side is not None)


def _label(line: OfficeLine) -> str:
    return line.label


def _check_side(opened: Opened, side: Side) -> None:
    if not may_write(opened, side):
        raise NotAllowed(
            say("The other side's lead, or the host, writes down that side's offices.")
        )


def _written(
    partnerships: Collection[Partnership],
) -> Mapping[tuple[str, str], Mapping[str, list[OfficeTerm]]]:
    rows = db.session.execute(
        select(Appointment, Role.code, Person.name)
        .join(Role, Appointment.role_id == Role.id)
        .join(Person, Appointment.person_id == Person.id)
        .where(Appointment.lea_id.in_({one.lea_id for one in partnerships}))
        .order_by(Appointment.begins_on, Appointment.id)
    )
    found: dict[tuple[str, str], dict[str, list[OfficeTerm]]] = defaultdict(dict)
    for appointment, code, name in rows:
        term = OfficeTerm(
            id=appointment.id,
            person_id=appointment.person_id,
            name=name,
            begins_on=appointment.begins_on,
            ends_on=appointment.ends_on,
            interim=appointment.interim,
        )
        place = (appointment.lea_id or "", appointment.site)
        found[place].setdefault(code, []).append(term)
    return found
