"""Who came to the meetings of an institute, and the credit they were given for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select

from consortium.database import db
from events.checkin.domain import Direction, Way
from events.checkin.models import Scan, Strike
from events.credit.domain.certificates import CreditLine, Snapshot, written_snapshot
from events.credit.models import Certificate
from events.institutes.models import Institute
from events.schedule.models import Session
from scripts.bench.learning_rows import Known, Rows, at, store


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """One institute of the bench and the days on which it meets."""

    slug: str
    kind: str
    days: tuple[date, ...]
    every: int = 1
    """Every how many-th team came."""


def fill_attendance(
    institute: Institute, one: Gathered, came: Sequence[Known], *, until: date
) -> None:
    """Store who came in and went out, meeting by meeting ``until`` a day; some scans were undone."""
    ids = {session.code: session.id for session in _sessions(institute.id)}
    scans: Rows = []
    strikes: Rows = []
    for key, (person_id, _) in enumerate(each for known in came for each in known.people):
        for n, on in enumerate(one.days):
            if on > until or (key + n) % 9 == 0:
                continue
            scan = {"institute_id": institute.id, "person_id": person_id, "on": on}
            for direction, hour in ((Direction.IN, 13), (Direction.OUT, 16)):
                moment = datetime.combine(on, time(hour), UTC)
                scans.append(
                    {
                        **scan,
                        "client_id": f"{key}-{n}-{hour}",
                        "session_id": ids[f"m{n}"],
                        "at": moment,
                        "device_at": moment,
                        "received_at": moment,
                        "direction": direction,
                        "way": Way.BADGE,
                        "by": "bench",
                    }
                )
            if (key + n) % 200 == 1:
                strikes.append(
                    {
                        "institute_id": institute.id,
                        "client_id": f"strike-{key}-{n}",
                        "strikes": f"{key}-{n}-16",
                        "reason": "Scanned twice",
                        "at": moment,
                        "by": "bench",
                    }
                )
    store(Scan, scans)
    store(Strike, strikes)


def _sessions(institute_id: UUID) -> Sequence[Session]:
    return db.session.scalars(select(Session).where(Session.institute_id == institute_id)).all()


def fill_credit(institute: Institute, one: Gathered, came: Sequence[Known]) -> None:
    """Store a certificate of every second person, with one kind of credit."""
    on = one.days[-1]
    people = [each for known in came for each in known.people][::2]
    held = tuple(day.isoformat() for day in one.days[:4])
    credit = CreditLine(
        name="Professional development",
        amount=Decimal(12),
        unit="hours",
        fixed=False,
        parts=tuple((day, 180, Decimal(3)) for day in held),
        rounding=15,
        how=tuple("Scanned in and out" for _ in held),
        provider="Lakeshore Partnership",
        keep_years=7,
    )
    rows = []
    for n, (person_id, name) in enumerate(people):
        said = Snapshot(
            name=name,
            roles=("Teacher",),
            lea="District",
            institute=institute.title,
            first_day=one.days[0],
            last_day=on,
            venue="New Brunswick",
            hosts=("Rutgers University",),
            consortium="Lakeshore Partnership",
            colour="#123456",
            days=one.days[:4],
            credits=(credit,),
            issued_on=on,
        )
        rows.append(
            {
                "institute_id": institute.id,
                "person_id": person_id,
                "number": f"CE-{institute.slug}-{n}",
                "token": uuid4().hex,
                "said": written_snapshot(said),
                "issued_at": at(one.days[3]),
                "issued_by": "bench",
                "keep_until": date(2033, 7, 1),
            }
        )
    store(Certificate, rows)
