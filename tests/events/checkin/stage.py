"""An institute on its first morning, its people with badges, and desks that scan them."""

from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.people.models import Person
from events.checkin import service as checkin
from events.checkin.domain.batches import Batch, SaidScan, SaidUndo, millis
from events.checkin.models import CheckIn
from events.registration.models import Seat
from events.registration.service import badge_of
from tests.factories import make_institute, make_lea, make_team

MORNING = datetime(2026, 5, 1, 12, 7, tzinfo=UTC)
"""Seven past eight in New York, on the first of the two days of the tests' institute."""
BY = "desk@example.org"
_numbers = count(1)


class Doors:
    """An institute, and what its desks do."""

    def __init__(self, people=("ann", "bob", "cyn"), *, slug="summer"):
        self.institute = make_institute(slug)
        self.lea = (
            make_lea("3400001", "Great Meadow")
            if slug == "summer"
            else make_lea(f"349{next(_numbers):04d}", slug.title())
        )
        members = {f"{name}@{slug}.org": "principal" for name in people}
        self.team = make_team(self.institute, self.lea, members)
        for seat in self.team.seats:
            badge_of(self.institute.id, seat.person_id)
        db.session.commit()

    def code(self, name):
        return badge_of(self.institute.id, self.person(name).id).code

    def person(self, name):
        return db.session.scalars(select(Person).where(Person.name == name.title())).one()

    def seat(self, name):
        return db.session.scalars(
            select(Seat).where(Seat.person_id == self.person(name).id, Seat.team_id == self.team.id)
        ).one()

    def sent(self, *scans, desk="North door", ahead=timedelta(0), undo=()):
        """Return a batch; ``ahead`` is by how much the desk's clock is wrong."""
        return Batch(
            desk=desk,
            sent_at=millis(clock.now() + ahead),
            scans=scans,
            undo=tuple(SaidUndo(id=f"undo-{next(_numbers):06d}", scan=scan_id) for scan_id in undo),
        )

    def take(self, *scans, **options):
        """Let a desk send these scans; return what it is told, as sentences."""
        told = checkin.take_in(self.institute, self.sent(*scans, **options), by=BY)
        return [str(one.words(self.institute.zone)) for one in told]

    def here(self):
        """Return who is checked in: name, and from when to when, by UTC."""
        rows = db.session.execute(
            select(Person.name, CheckIn)
            .join(Person, CheckIn.person_id == Person.id)
            .where(CheckIn.institute_id == self.institute.id, CheckIn.undone_at.is_(None))
            .order_by(CheckIn.on, Person.name)
        )
        return [
            (name, row.arrived_at.strftime("%H:%M"), row.left_at and row.left_at.strftime("%H:%M"))
            for name, row in rows
        ]


def scan(code, at=None, **values):
    """Return one scan by the desk's clock; at this moment if nothing is said."""
    return SaidScan(
        **{
            "id": f"scan-{next(_numbers):06d}",
            "code": code,
            "at": millis(at or clock.now()),
            **values,
        }
    )
