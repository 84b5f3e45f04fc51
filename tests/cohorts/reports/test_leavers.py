"""Who came to an institute counts in its reports, also after they left the team."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from cohorts.reports.domain.scope import ReportKind, Scope
from cohorts.reports.service.gathering import covered_by, ground_of
from consortium.database import db
from consortium.tenants.models import Tenant
from events.checkin.domain import Direction, Way
from events.checkin.models import Scan, Strike
from events.facade import reports as facade
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus
from tests.cohorts.reports.stage import BY, YEAR, hold

AT = datetime(2026, 5, 1, 13, tzinfo=UTC)


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return hold("one", {"NJ": {"principal": 1, "teacher": 1, "superintendent": 1}})


def seats(institute: Institute) -> dict[str, Seat]:
    rows = db.session.scalars(select(Seat).where(Seat.institute_id == institute.id))
    return {row.role_code: row for row in rows}


def come(seat: Seat) -> Scan:
    """Let the holder of a seat be seen at the door."""
    scan = Scan(
        institute_id=seat.institute_id, client_id=f"in {seat.id}", person_id=seat.person_id,
        on=AT.date(), at=AT, device_at=AT, received_at=AT, direction=Direction.IN,
        way=Way.BADGE, by=BY,
    )  # fmt: skip
    db.session.add(scan)
    db.session.commit()
    return scan


def leave(seat: Seat, status: SeatStatus = SeatStatus.WITHDRAWN) -> None:
    seat.status, seat.ended_at = status, AT
    db.session.commit()


def counted() -> dict[str, UUID]:
    """Return whom a report counts, by role."""
    scope = Scope(kind=ReportKind.ATTENDANCE, period=YEAR)
    return {
        one.role_code: one.person_id for one in ground_of(scope, covered_by(scope, None)).people
    }


@pytest.mark.parametrize("status", [SeatStatus.REPLACED, SeatStatus.WITHDRAWN])
def test_who_came_and_left_still_counts_by_the_office_they_had(
    institute: Institute, status: SeatStatus
) -> None:
    left, stayed = seats(institute)["superintendent"], seats(institute)["principal"]
    come(left)
    leave(left, status)
    leave(seats(institute)["teacher"])  # never came

    assert counted() == {"superintendent": left.person_id, "principal": stayed.person_id}
    now = facade.seated_at([institute.id])
    assert [one.role_code for one in now] == ["principal"]  # whom associations may ask today


def test_who_was_seen_by_mistake_and_left_does_not_count(institute: Institute) -> None:
    left = seats(institute)["teacher"]
    scan = come(left)
    undone = Strike(
        institute_id=institute.id, client_id="no", strikes=scan.client_id,
        reason="Another badge.", at=AT, by=BY,
    )  # fmt: skip
    db.session.add(undone)
    leave(left)

    assert "teacher" not in counted()


def test_who_changed_the_seat_counts_once_and_by_the_new_one(institute: Institute) -> None:
    old, new = seats(institute)["teacher"], seats(institute)["principal"]
    come(old)
    person_id = old.person_id
    leave(old, SeatStatus.REPLACED)
    new.person_id = person_id
    db.session.commit()

    assert counted()["principal"] == person_id
    assert "teacher" not in counted()
