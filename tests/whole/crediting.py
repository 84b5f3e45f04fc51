"""What the world's people earned: hours, certificates, numbers that nobody else has."""

from uuid import UUID

from sqlalchemy import select

from consortium.database import db, transaction
from events.checkin.domain import Direction, Way, day_of
from events.checkin.models import Scan
from events.credit.domain.certificates import written_snapshot
from events.credit.domain.evaluations import USUAL, written_items
from events.credit.models import (
    Certificate,
    Evaluation,
    EvaluationAnswer,
    EvaluationPart,
    LicenceNumber,
)
from events.credit.service import certificates, records_of
from events.institutes.models import Institute, RecordHold
from events.registration.models import Seat
from tests.events.credit.stage import ILLINOIS, give
from tests.factories import NOON, soon
from tests.whole.world import INSTITUTE, World

KEYS = ("super1", "union1")


def let_earn(world: World, institute: Institute) -> None:
    """Let everyone with a seat have been there; give ``size`` of what pages list."""
    kinds = [
        {**ILLINOIS, "type": f"ISBE hours {n}", "roles": ["superintendent", "principal"]}
        for n in range(world.size)
    ]
    give(institute, *kinds)
    for key, seat_id in world.seats.items():
        seat = db.session.scalars(select(Seat).where(Seat.id == seat_id)).one()
        _number(world, key, seat.person_id)
        _come(institute, seat.person_id, key)
    db.session.commit()
    for key in (*KEYS, *(f"head1x{n}" for n in range(world.size))):
        _certify(world, institute, key)
    _ask(world, institute)
    for n in range(world.size):
        hold = RecordHold(
            institute_id=institute.id, reason=f"Case {n}", placed_at=NOON, placed_by="test"
        )
        hold.lifted_at, hold.lifted_by = NOON, "test"
        db.session.add(hold)
    db.session.commit()
    world.parts += [
        {"slug": INSTITUTE, "kind": "clock"},
        {"slug": INSTITUTE, "number": "1"},
        {"slug": INSTITUTE, "about": "whole"},
        {"slug": INSTITUTE, "about": "whole", "file_format": "xlsx"},
        {"slug": INSTITUTE, "about": "whole", "file_format": "csv"},
    ]


def _number(world: World, key: str, person_id: UUID) -> None:
    said = world.people[key].secrets["licence"]
    row = LicenceNumber(person_id=person_id, name="IEIN", number=said, given_at=NOON)
    db.session.add(row)


def _come(institute: Institute, person_id: UUID, key: str) -> None:
    """Scan someone in; half of them out again."""
    for n, way in enumerate((Direction.IN, Direction.OUT) if len(key) % 2 else (Direction.IN,)):
        at = soon(60).replace(hour=13 + n)
        db.session.add(
            Scan(
                institute_id=institute.id,
                client_id=f"credit-{key}-{n}",
                person_id=person_id,
                on=day_of(at, institute.zone),
                at=at,
                device_at=at,
                received_at=at,
                direction=way,
                way=Way.STAFF,
                reason="List",
                by="test",
            )
        )


def _certify(world: World, institute: Institute, key: str) -> None:
    """Store ``size`` certificates of someone: one that stands, and those that it replaced."""
    seat = db.session.scalars(select(Seat).where(Seat.id == world.seats[key])).one()
    (record,) = records_of(institute, person_ids=[seat.person_id]).people
    before: Certificate | None = None
    for n in range(world.size):
        said = certificates.says_now(certificates.ground_of(institute), record)
        token = f"paper-{key}-{n}"
        row = Certificate(
            institute_id=institute.id,
            person_id=seat.person_id,
            number=f"CE-2026-{key}{n}",
            token=token,
            said=written_snapshot(said),
            issued_at=NOON,
            issued_by="test",
            keep_until=soon(9000).date(),
            replaces_id=before.id if before else None,
        )
        if before is not None:
            before.replaced_at = NOON
            db.session.flush()
        db.session.add(row)
        db.session.commit()
        before = row
        world.links[token] = key
        world.parts += [
            {"token": token},
            {"certificate_id": str(row.id)},
            {"slug": INSTITUTE, "certificate_id": str(row.id)},
        ]
    # First, as who meets many refusals asks no further.
    world.parts.insert(0, {"slug": INSTITUTE, "person_id": str(seat.person_id)})


def _ask(world: World, institute: Institute) -> None:
    """Ask ``size`` questions, and have five people and more answer."""
    items = [*USUAL, *(USUAL[2] for _ in range(world.size))]
    written = written_items(items)
    for n, one in enumerate(written):
        one["code"] = f"q{n}"
    with transaction():
        row = Evaluation(institute_id=institute.id, questions=written)
        db.session.add(row)
        db.session.flush()
        seats = db.session.scalars(
            select(Seat).where(Seat.id.in_(list(world.seats.values())))
        ).all()
        for seat in seats[1:]:
            db.session.add(EvaluationPart(evaluation_id=row.id, person_id=seat.person_id))
        for _ in range(5 * world.size):
            db.session.add(EvaluationAnswer(evaluation_id=row.id, said={"q0": 5, "q2": "Good"}))
        for n in range(world.size):
            about = Evaluation(institute_id=institute.id, about=f"session:s{n}")
            about.questions = written
            db.session.add(about)
