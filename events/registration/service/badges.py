"""Badges: one for each person with a confirmed seat at an institute, whatever the teams."""

import secrets
from uuid import UUID

from sqlalchemy import Select, exists, select

from consortium import clock
from consortium.database import db, hold, translating
from consortium.people.models import Person
from events.registration.models import ONE_BADGE, Badge, Seat, SeatStatus

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are read for each other: 0 and O, 1, I and L, U and V."""
LENGTH = 10


class _MadeMeanwhile(Exception):
    """The same person's badge was made at this moment."""


def badge_of(institute_id: UUID, person_id: UUID) -> Badge:
    """Return the person's live badge at the institute, made when there is none. Flushes.

    Part of confirming a seat. The person is held, so that a badge is never made and voided by
    two teams at once; the unique index is the last word.
    """
    hold(Person.id, person_id)
    badge = find_badge(institute_id, person_id)
    if badge is not None:
        return badge
    badge = Badge(
        institute_id=institute_id,
        person_id=person_id,
        code="".join(secrets.choice(LETTERS) for _ in range(LENGTH)),
        made_at=clock.now(),
    )
    try:
        with translating(ONE_BADGE, into=_MadeMeanwhile()), db.session.begin_nested():
            db.session.add(badge)
    except _MadeMeanwhile:
        return db.session.scalars(_live(institute_id, person_id)).one()
    return badge


def find_badge(institute_id: UUID, person_id: UUID | None) -> Badge | None:
    """Return the person's live badge, if there is one."""
    return db.session.scalar(_live(institute_id, person_id))


def void_badge(seat: Seat) -> None:
    """Let the badge of the seat's holder end, unless another confirmed seat here keeps it."""
    hold(Person.id, seat.person_id)
    other = exists(
        select(Seat.id).where(
            Seat.institute_id == seat.institute_id,
            Seat.person_id == seat.person_id,
            Seat.id != seat.id,
            Seat.status == SeatStatus.CONFIRMED,
        )
    )
    badge = find_badge(seat.institute_id, seat.person_id)
    if badge is not None and not db.session.scalar(select(other)):
        badge.voided_at = clock.now()


def _live(institute_id: UUID, person_id: UUID | None) -> Select[Badge]:
    return select(Badge).where(
        Badge.institute_id == institute_id,
        Badge.person_id == person_id,
        Badge.voided_at.is_(None),
    )
