"""Institutes as people find them: by address, on the front page, in the coordinator's list."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from blinker import Signal
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.tenants.models import Partner
from consortium.words import say
from events.institutes.domain import APPLY_CLOSING, TEAM_CLOSING, Intake, Status, wording
from events.institutes.domain.opening import Opening, opening
from events.institutes.models import Institute

meetings_wanted = Signal("the days on which cohorts meet are wanted")
"""Sent with cohorts: who keeps their meetings answers with the days by cohort, ``None`` for one
that is not set."""


@dataclass(frozen=True, kw_only=True)
class FrontPage:
    """A consortium's institutes as the public meets them."""

    upcoming: Sequence[tuple[Institute, Opening]]
    """Soonest first, each with where its registration stands; those without a day come last."""
    cancelled: Sequence[Institute]
    """Those that would still be ahead, so that nobody sets out for one."""
    past: Sequence[Institute]
    """Latest first."""
    partners: Sequence[Partner]


def get_by_slug(slug: str, *, drafts: bool = False) -> Institute:
    """Return the institute at this address; what it says of itself is read when it is asked for.

    One that was announced and is cancelled is found, so that people read what became of it.
    ``drafts`` finds those not published too, for people who may edit. Raises ``NotFound``.
    """
    statement = select(Institute).where(Institute.slug == slug)
    if not drafts:
        statement = statement.where(_announced())
    institute = db.session.scalar(statement)
    if institute is None:
        raise NotFound(say("There is no institute at this address."))
    return institute


def front_page() -> FrontPage:
    """Return the institutes that were announced: still ahead, over, or cancelled before that."""
    statement = (
        select(Institute)
        .where(_announced())
        .options(selectinload(Institute.days), selectinload(Institute.deadlines))
    )
    found = db.session.scalars(statement).all()
    days = _days_of(found)
    listed = [
        (institute, _opening(institute, days[institute.id]))
        for institute in sorted(found, key=_begins)
    ]
    partners = select(Partner).order_by(Partner.position, Partner.name)
    return FrontPage(
        upcoming=[one for one in listed if not one[1].over and not one[0].cancelled],
        cancelled=[one for one, stands in listed if not stands.over and one.cancelled],
        past=[one for one, stands in reversed(listed) if stands.over and not one.cancelled],
        partners=db.session.scalars(partners).all(),
    )


def opening_of(institute: Institute) -> Opening:
    """Tell whether people can register for the institute now."""
    return _opening(institute, _days_of([institute])[institute.id])


def openings_of(institutes: Collection[Institute]) -> Mapping[UUID, Opening]:
    """Tell of several whether people can register for them now."""
    days = _days_of(institutes)
    return {institute.id: _opening(institute, days[institute.id]) for institute in institutes}


def last_day_of(institute: Institute) -> date | None:
    """Return the last day on which it is held or meets; ``None`` while one is still to be set."""
    days = _days_of([institute])[institute.id]
    return None if None in days else max((day for day in days if day), default=None)


def first_day_of(institute: Institute) -> date | None:
    """Return the first day on which it is held or meets, of those that are set."""
    return min((day for day in _days_of([institute])[institute.id] if day), default=None)


def when_told(institute: Institute) -> str:
    """Return the line of a mail that says when to come: a cohort's next meeting, or the days."""
    days = _days_of([institute])[institute.id] if institute.is_cohort else institute.main_days
    today = clock.now().astimezone(institute.zone).date()
    return wording.when_told(days, is_cohort=institute.is_cohort, today=today)


def every_institute() -> Sequence[Institute]:
    """Return all institutes of the consortium for those who manage them, newest first."""
    statement = (
        select(Institute)
        .options(selectinload(Institute.days), selectinload(Institute.pools))
        .order_by(Institute.created_at.desc(), Institute.slug)
    )
    return db.session.scalars(statement).all()


def with_ids(institute_ids: Collection[UUID]) -> Sequence[Institute]:
    """Return the institutes with these ids, whatever their state, those held last first."""
    statement = (
        select(Institute)
        .where(Institute.id.in_(institute_ids))
        .options(selectinload(Institute.days))
    )
    return sorted(db.session.scalars(statement), key=_begins, reverse=True)


def _announced() -> ColumnElement[bool]:
    """Return the condition of the institutes that the public knows of."""
    was_published = (Institute.status == Status.CANCELLED) & Institute.published_at.is_not(None)
    return (Institute.status == Status.PUBLISHED) | was_published


def _opening(institute: Institute, days: Iterable[date | None]) -> Opening:
    applies = institute.intake is Intake.APPLICATION
    codes = APPLY_CLOSING if applies else TEAM_CLOSING
    return opening(institute.dues, days, zone=institute.zone, at=clock.now(), codes=codes)


def _days_of(institutes: Collection[Institute]) -> Mapping[UUID, Sequence[date | None]]:
    days: dict[UUID, list[date | None]] = {
        institute.id: [day.on for day in institute.days] for institute in institutes
    }
    cohorts = [institute for institute in institutes if institute.is_cohort]
    for _, meetings in meetings_wanted.send(cohorts) if cohorts else ():
        for cohort_id, met_on in meetings.items():
            days[cohort_id] += met_on
    return days


def _begins(institute: Institute) -> tuple[date, str]:
    first = min((day.on for day in institute.days), default=date.max)
    return first, institute.title
