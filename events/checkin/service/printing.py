"""Printing badges: everyone's, a team's, one person's, or those new since the last time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound, Refusal
from consortium.words import Sentence, say
from events.checkin.domain.badges import Face, Paper, in_order
from events.checkin.domain.counts import Guest
from events.checkin.models import BadgePrint, PrintedBadge
from events.checkin.service.expected import guests_of
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Badge


class Which(StrEnum):
    """Whose badges are printed."""

    ALL = auto()
    NEW = auto()
    """Those never printed, and those that would say something else now."""
    TEAM = auto()
    PERSON = auto()


class NothingToPrint(Refusal):
    """There is no badge of the kind that was asked for."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which badges, and on what."""

    which: Which
    paper: Paper = Paper.EIGHT
    of_id: UUID | None = None
    """The team or the person, where one is meant."""


@dataclass(frozen=True, kw_only=True)
class Printing:
    """A printing as its page lists it."""

    row: BadgePrint
    badges: int


def print_badges(institute: Institute, wanted: Wanted, *, by: str) -> BadgePrint:
    """Take down whose badges are printed; people confirmed long ago who have none get one.

    Raises ``NothingToPrint`` when there are none of that kind, and ``NotFound`` for a team or a
    person who does not come to this institute.
    """
    guests, what = _meant(institute, wanted)
    faces = faces_of(institute, guests)
    if wanted.which is Which.NEW:
        faces = _new(institute, faces)
    if not faces:
        raise NothingToPrint(_why_none(wanted.which))
    row = BadgePrint(
        institute_id=institute.id,
        paper=wanted.paper.value,
        what=what,
        made_at=clock.now(),
        made_by=by,
        badges=[PrintedBadge(badge_id=face.badge_id, said=face.digest) for face in faces],
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "print_badges",
        f"institute:{institute.id}",
        by=by,
        after={"print": str(row.id), "which": wanted.which.value, "badges": len(faces)},
    )
    return row


def get_print(institute: Institute, print_id: UUID) -> tuple[BadgePrint, Sequence[Face]]:
    """Return a printing, and what its badges say now; those that ended are left out.

    Raises ``NotFound``.
    """
    statement = (
        select(BadgePrint)
        .where(BadgePrint.id == print_id, BadgePrint.institute_id == institute.id)
        .options(selectinload(BadgePrint.badges))
    )
    row = db.session.scalar(statement)
    if row is None:
        raise NotFound(say("There is no such printing of badges."))
    badge_ids = {printed.badge_id for printed in row.badges}
    live = select(Badge.person_id).where(Badge.id.in_(badge_ids), Badge.voided_at.is_(None))
    people = db.session.scalars(live).all()
    guests = guests_of(institute, person_ids=people)
    return row, [face for face in faces_of(institute, guests) if face.badge_id in badge_ids]


def printings_of(institute_id: UUID) -> Sequence[Printing]:
    """Return what was printed for an institute, the last first."""
    statement = (
        select(BadgePrint, func.count(PrintedBadge.id).label("badges"))
        .join(PrintedBadge, PrintedBadge.print_id == BadgePrint.id)
        .where(BadgePrint.institute_id == institute_id)
        .group_by(BadgePrint.id)
        .order_by(BadgePrint.made_at.desc(), BadgePrint.id)
    )
    return [Printing(row=row, badges=badges) for row, badges in db.session.execute(statement)]


def new_since(institute: Institute) -> int:
    """Return how many badges are new, or say something else, since they were printed."""
    confirmed = [guest for guest in guests_of(institute) if guest.confirmed]
    without = sum(not _has_badge(guest) for guest in confirmed)
    return without + len(_new(institute, faces_of(institute, confirmed, make=False)))


def faces_of(institute: Institute, guests: Sequence[Guest], *, make: bool = True) -> list[Face]:
    """Return what the badges of these people say, by LEA and name; who is not confirmed has none.

    ``make`` gives a badge to those confirmed people who have none. Flushes.
    """
    confirmed = [guest for guest in guests if guest.confirmed]
    codes = {}
    for guest in confirmed:
        if _has_badge(guest):
            codes[guest.code] = guest
        elif make:
            codes[registration.badge_of(institute.id, guest.person_id).code] = guest
    ids = select(Badge.id, Badge.code).where(
        Badge.institute_id == institute.id, Badge.voided_at.is_(None)
    )
    return in_order(
        Face(
            badge_id=badge_id,
            code=code,
            name=codes[code].name,
            role=codes[code].roles[0],
            lea=" · ".join(codes[code].teams),
        )
        for badge_id, code in db.session.execute(ids)
        if code in codes
    )


def _has_badge(guest: Guest) -> bool:
    return ":" not in guest.code


def _meant(institute: Institute, wanted: Wanted) -> tuple[Sequence[Guest], Sentence | str]:
    if wanted.which is Which.ALL:
        return guests_of(institute), say("all badges")
    if wanted.which is Which.NEW:
        return guests_of(institute), say("badges new since the last printing")
    if wanted.which is Which.PERSON:
        guests = [one for one in guests_of(institute) if one.person_id == wanted.of_id]
        what = guests[0].name if guests else ""
    else:
        guests = [one for one in guests_of(institute) if wanted.of_id in dict(one.seated_in)]
        what = next((name for one in guests for team_id, name in one.seated_in
                     if team_id == wanted.of_id), "")  # fmt: skip
    if not guests:
        raise NotFound(say("Nobody of that description comes to this institute."))
    return guests, what


def _new(institute: Institute, faces: Sequence[Face]) -> list[Face]:
    statement = (
        select(PrintedBadge.badge_id, PrintedBadge.said)
        .join(BadgePrint, PrintedBadge.print_id == BadgePrint.id)
        .where(BadgePrint.institute_id == institute.id)
    )
    printed = {(badge_id, said) for badge_id, said in db.session.execute(statement)}
    return [face for face in faces if (face.badge_id, face.digest) not in printed]


def _why_none(which: Which) -> Sentence:
    if which is Which.NEW:
        return say("Every badge has been printed as it is now. To print them again, choose all.")
    return say("Nobody there has confirmed a seat yet, so there is no badge to print.")
