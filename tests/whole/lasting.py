"""What outlives leaders, in the world: standing meetings, offices, who left, contacts."""

from datetime import date, timedelta

from sqlalchemy import select

from cohorts.handover.models import ContactOffer, Departure, Follows
from cohorts.learning import service as learning
from cohorts.structures.domain.kinds import BodyKind, Cadence
from cohorts.structures.models import Body, BodyMeeting, BodyMember, House
from consortium import clock
from consortium.database import db
from consortium.people.domain import Office, Side, Term
from consortium.people.models import Person
from consortium.people.service import offices
from events.facade.teams import teams_at
from events.institutes.models import Institute
from tests.factories import make_person
from tests.whole.world import World

FIRST = date(2025, 9, 1)


def keep_structures(world: World, institute: Institute) -> None:
    """Let every registered team's partnership keep ``size`` bodies, each met ``size`` times."""
    for view in teams_at(institute.id):
        if not view.registered or not view.lea_id:
            continue
        partnership = learning.partnership_of_place(view.lea_id, view.site)
        part = {"partnership_id": str(partnership.id)}
        for n in range(world.size):
            body = _body(partnership.id, n)
            for week in range(world.size):
                meeting = _meeting(body, week)
                met = {"body_id": str(body.id), "meeting_id": str(meeting.id)}
                world.parts.append(part | met)
        seats = [seat for seat in view.seats if seat.confirmed and seat.person_id]
        for seat in seats[: world.size]:
            person = db.session.scalars(select(Person).where(Person.id == seat.person_id)).one()
            place = Office(role_code="cabinet", lea_id=view.lea_id, site=view.site)
            held = offices.hold_office(person, place, Term(begins_on=FIRST), by="test")
            world.parts.append(part | {"appointment_id": str(held.id)})
            db.session.add(_offer(partnership.id, person))
        for n in range(world.size):
            gone = _departure(partnership.id, make_person(f"gone{n}@{view.lea_id}.example.org"), n)
            world.parts.append(part | {"departure_id": str(gone.id)})
        db.session.commit()


def _body(partnership_id: object, number: int) -> Body:
    body = Body(
        partnership_id=partnership_id,
        kind=BodyKind.OTHER,
        name=f"Table {number}",
        cadence=Cadence.MONTHLY,
        begins_on=FIRST,
        made_by="test",
        made_at=clock.now(),
        members=[
            BodyMember(side=Side.LABOR, office="President", position=position)
            for position in range(number + 1)
        ],
    )
    db.session.add(body)
    db.session.flush()
    return body


def _meeting(body: Body, week: int) -> BodyMeeting:
    meeting = BodyMeeting(
        body_id=body.id,
        on=FIRST + timedelta(days=7 * week),
        house=House.LABOR,
        labor_came=2,
        management_came=2,
        decisions="Start somewhere.",
        written_by="test",
        written_at=clock.now(),
    )
    db.session.add(meeting)
    db.session.flush()
    return meeting


def _offer(partnership_id: object, person: Person) -> ContactOffer:
    return ContactOffer(
        partnership_id=partnership_id,
        person_id=person.id,
        shares_email=False,
        shares_phone=False,
        wording="",
        given_at=clock.now(),
    )


def _departure(partnership_id: object, person: Person, number: int) -> Departure:
    gone = Departure(
        partnership_id=partnership_id,
        person_id=person.id,
        role_code="",
        office="Principal",
        left_on=FIRST + timedelta(days=number),
        follows=Follows.OPEN,
        reported_by="test",
        reported_at=clock.now(),
    )
    db.session.add(gone)
    db.session.flush()
    return gone
