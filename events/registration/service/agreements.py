"""Whether what people agreed to show peers still holds: it ends by itself after the institute."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Label, func, select

from consortium import clock
from consortium.database import db
from consortium.people.domain import ConsentTerm
from consortium.people.models import Consent
from consortium.people.service import consents
from events.institutes.models import Day, Institute
from events.registration.models import Seat
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When an institute is over, read with the columns of ``calendar_of``."""

    zone: ZoneInfo
    last_day: date | None

    @classmethod
    def read(cls, zone: str, last_day: date | None, last_session: datetime | None) -> "Calendar":
        """Return it; a cohort may meet after the last of its days, or have none."""
        days = [last_day, last_session and last_session.date()]
        return cls(zone=ZoneInfo(zone), last_day=max(filter(None, days), default=None))

    def term_of(self, consent: Consent) -> ConsentTerm:
        """Return how long a consent holds."""
        return ConsentTerm(
            given_on=consent.given_at.astimezone(self.zone).date(),
            last_day=self.last_day,
            today=clock.now().astimezone(self.zone).date(),
        )


def calendar_of(institute_id: UUID) -> tuple[Label[Any], Label[Any], Label[Any]]:
    """Return the columns that tell when an institute is over, to be read with other rows."""
    zone = select(Institute.time_zone).where(Institute.id == institute_id)
    last_day = select(func.max(Day.on)).where(Day.institute_id == institute_id)
    last_session = select(func.max(Session.ends)).where(
        Session.institute_id == institute_id, Session.cancelled_at.is_(None)
    )
    return (
        zone.scalar_subquery().label("zone"),
        last_day.scalar_subquery().label("last_day"),
        last_session.scalar_subquery().label("last_session"),
    )


def consent_for(seat: Seat) -> Consent | None:
    """Return what the holder of this seat agreed to, where that holds at this moment."""
    consent = consents.consent_of(seat.person_id, seat.institute_id)
    if consent is None:
        return None
    row = db.session.execute(select(*calendar_of(seat.institute_id))).one()
    return None if Calendar.read(*row).term_of(consent).ended else consent
