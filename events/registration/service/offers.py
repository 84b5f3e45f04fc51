"""A place that was freed is offered to those who wait, in order, for a while."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import say
from events.institutes.domain import JointActKind, Status
from events.institutes.models import TEAMS, Institute, Pool
from events.registration import emails
from events.registration.domain import MISSED_AT_MOST, RegistrationRefused, offer_until
from events.registration.models import Team, TeamKind, TeamStatus
from events.registration.service.finding import Editor, lock_team
from events.registration.service.joint import as_shown, asks_other_lead, lapse
from events.registration.service.places import hold_places, people_of, release_places
from events.registration.service.queueing import ORDER, SEATS, fitting, waiting_at
from events.registration.service.submission import (
    check_ready,
    outcome,
    register,
)
from events.registration.service.teams import take_out
from events.registration.service.waitlist import put_last, take_off

WORKER = Editor(email="worker", coordinates=True, keeps_house=True)
"""Who offers places and takes them back when nobody answers."""
OFFERED_UNTIL = "offered_until"
"""Where what both leads agree to says that the team takes the places offered, and until when."""


def institutes_with_room() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the institutes where someone waits and seats may be free.

    One cheap look across all consortia; ``offer_next`` looks closer.
    """
    limited = exists().where(Pool.institute_id == Institute.id, Pool.code.in_(SEATS))
    free = exists().where(
        Pool.institute_id == Institute.id, Pool.code.in_(SEATS), Pool.taken < Pool.capacity
    )
    no_team_more = exists().where(
        Pool.institute_id == Institute.id, Pool.code == TEAMS, Pool.taken >= Pool.capacity
    )
    waits = exists().where(
        Team.tenant_id == Institute.tenant_id,
        Team.institute_id == Institute.id,
        Team.status == TeamStatus.WAITLISTED,
    )
    visitors_wait = waits.where(Team.kind == TeamKind.VISITORS)
    statement = (
        select(Institute.tenant_id, Institute.id)
        .where(
            Institute.status == Status.PUBLISHED,
            waits,
            or_(free, ~limited),
            or_(~no_team_more, visitors_wait),
        )
        .order_by(Institute.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def offers_run_out() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the teams whose offers have run out, oldest first."""
    statement = (
        select(Team.tenant_id, Team.id)
        .where(Team.status == TeamStatus.OFFERED, Team.offer_expires_at <= clock.now())
        .order_by(Team.offer_expires_at, Team.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def offer_next(institute_id: UUID) -> bool:
    """Offer places to the first of the waiting that fits, and tell whether to look again.

    The places are held for it from now on. Whoever is first is judged anew once its row is held:
    another worker may have been there before. Raises ``Waitable`` when someone else took the
    places at this moment.
    """
    institute = _with_terms(institute_id)
    until = offer_until(clock.now(), hours=institute.offer_hours, begins=begins_at(institute))
    team_id = _first_that_fits(institute) if until else None
    if until is None or team_id is None:
        return False
    team = lock_team(team_id, WORKER)
    if team.status is TeamStatus.WAITLISTED and not team.institute.cancelled:
        _offer(team, until)
    return True


def accept_offer(team_id: UUID, editor: Editor) -> Team:
    """Take the places that were offered: the team is registered and its members are invited.

    It keeps as many places as it has people and seats kept for someone; the rest are free. Where
    submitting needs the leads of both sides, so does this: the places stay held until the other
    one agrees or the offer runs out. Raises ``RegistrationRefused`` when there is no offer any
    more, ``NotComplete`` at a strict gate.
    """
    team = _lock_offered(team_id, editor)
    check_ready(team)
    until = team.offer_expires_at.isoformat() if team.offer_expires_at else ""
    payload = {**as_shown(team), OFFERED_UNTIL: until}
    if asks_other_lead(team, JointActKind.SUBMIT, editor, payload=payload):
        return team
    before = {"status": team.status.value, "waitlist_position": team.waitlist_position}
    register(team)
    audit.record(
        "accept_offer", f"team:{team.id}", by=editor.email, before=before, after=outcome(team)
    )
    return team


def decline_offer(team_id: UUID, editor: Editor, *, stay: bool) -> Team:
    """Give the offered places back, for the next: stay on the waitlist as the last, or leave it.

    Raises ``RegistrationRefused`` when there is no offer any more.
    """
    team = _lock_offered(team_id, editor)
    before = {"status": team.status.value, "waitlist_position": team.waitlist_position}
    _give_up(team, stays=stay)
    team.offers_missed = 0  # it answered
    audit.record(
        "decline_offer", f"team:{team.id}", by=editor.email, before=before, after=outcome(team)
    )
    return team


def let_offer_lapse(team_id: UUID) -> bool:
    """Take places back whose offer nobody answered, and tell whether it was done.

    The first time the team goes to the end of the waitlist, the second time it leaves it.
    """
    team = lock_team(team_id, WORKER)
    if not _has_run_out(team):
        return False
    before = {"status": team.status.value, "waitlist_position": team.waitlist_position}
    missed = team.offers_missed + 1
    _give_up(team, stays=missed < MISSED_AT_MOST)
    if team.status is TeamStatus.WAITLISTED:
        team.offers_missed = missed
    else:
        for lead in team.leads:
            outbox.promise(emails.off_the_waitlist(team, to=lead.person), about=f"team:{team.id}")
    audit.record(
        "let_offer_lapse",
        f"team:{team.id}",
        by=WORKER.email,
        before=before,
        after=outcome(team),
    )
    return True


def places_offered(institute_id: UUID, code: str) -> int:
    """Return how many places of a pool are held by offers that nobody has answered yet."""
    offered = select(Team.places_held).where(
        Team.institute_id == institute_id, Team.status == TeamStatus.OFFERED
    )
    return sum(held.get(code, 0) for held in db.session.scalars(offered))


def begins_at(institute: Institute) -> datetime | None:
    """Return the first moment of the institute's first day, in its zone."""
    days = institute.main_days
    return datetime.combine(min(days), time(), tzinfo=institute.zone) if days else None


def _offer(team: Team, until: datetime) -> None:
    before = {"status": team.status.value, "waitlist_position": team.waitlist_position}
    outbox.supersede(f"team:{team.id}")
    team.status = TeamStatus.OFFERED
    team.offered_at = clock.now()
    team.offer_expires_at = until
    db.session.flush()
    for lead in team.leads:
        outbox.promise(
            emails.offered(team, until=until, seats=people_of(team), to=lead.person),
            about=f"team:{team.id}",
            lapses_at=until,
        )
    audit.record(
        "offer_next",
        f"team:{team.id}",
        by=WORKER.email,
        before=before,
        after={"status": team.status.value, "offer_expires_at": until.isoformat()},
    )
    hold_places(team)


def _give_up(team: Team, *, stays: bool) -> None:
    lapse(team, JointActKind.SUBMIT)
    if stays:
        put_last(team)
    elif team.comes_as_team:
        take_off(team)
    else:
        take_out(team)
    release_places(team)  # last: whoever changes the limits holds the institute, then the pools


def _lock_offered(team_id: UUID, editor: Editor) -> Team:
    team = lock_team(team_id, editor)
    if team.status is TeamStatus.REGISTERED:
        raise RegistrationRefused(say("This team is registered already."))
    if team.status is not TeamStatus.OFFERED or _has_run_out(team):
        raise RegistrationRefused(
            say("The offer has run out, and the places went to the next on the waitlist.")
        )
    return team


def _has_run_out(team: Team) -> bool:
    until = team.offer_expires_at
    return team.status is TeamStatus.OFFERED and until is not None and until <= clock.now()


def _first_that_fits(institute: Institute) -> UUID | None:
    fits = fitting(institute)
    if fits is None:
        return None
    waiting = select(Team.id).where(waiting_at(institute), fits).order_by(*ORDER, Team.id)
    return db.session.scalar(waiting.limit(1))


def _with_terms(institute_id: UUID) -> Institute:
    statement = (
        select(Institute)
        .where(Institute.id == institute_id)
        .options(selectinload(Institute.pools), selectinload(Institute.days))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one()
