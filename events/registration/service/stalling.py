"""Drafts that lie still: their leads are reminded twice; then a coordinator sees them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from events.institutes.domain import Status, closing
from events.institutes.models import Institute
from events.registration import emails
from events.registration.domain import (
    BETWEEN_NUDGES,
    MOST_NUDGES,
    deadline_in_words,
    is_daytime,
    nudges_due,
)
from events.registration.models import Team, TeamKind, TeamLead, TeamStatus
from events.registration.service.finding import NUDGE
from events.registration.service.standing import verdict_of

WORKER = "worker"
EARLIEST = BETWEEN_NUDGES / 7  # whoever worked on it in the last day needs no reminder
last_work: ColumnElement[datetime] = func.coalesce(Team.touched_at, Team.created_at)


def drafts_to_nudge(most: int = 200) -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of drafts whose leads are to be reminded now, the longest still first.

    A look across all consortia. Those that only wait, or can no longer be submitted, are left out
    before the count: they would keep their place in line for ever.
    """
    now = clock.now()
    published = select(Institute).where(Institute.status == Status.PUBLISHED)
    around = (selectinload(Institute.days), selectinload(Institute.deadlines))
    institutes = {one.id: one for one in db.session.scalars(published.options(*around))}
    still = select(
        Team.tenant_id, Team.id, Team.institute_id, Team.nudges, last_work.label("since")
    )
    drafts = still.where(
        Team.status == TeamStatus.DRAFT,
        Team.kind == TeamKind.TEAM,
        Team.nudges < MOST_NUDGES,
        last_work <= now - EARLIEST,
    )
    due = (
        (row.tenant_id, row.id)
        for row in db.session.execute(drafts.order_by(last_work, Team.id))
        if (institute := institutes.get(row.institute_id))
        and _wanted(institute, row.since, now) > row.nudges
    )
    return list(islice(due, most))


def nudge(team_id: UUID) -> bool:
    """Remind the leads of a draft that lies still, if it is time; tell whether it was.

    Doing it twice is safe: the count of reminders moves from one number to the next only once.
    The mails are dropped unsent when registration closes, and when a lead comes back first.
    """
    team = db.session.scalar(select(Team).where(Team.id == team_id).options(*_parts()))
    if team is None or team.institute.cancelled:
        return False
    institute = team.institute
    closes = closes_at(institute)
    touched = team.touched_at or team.created_at
    wanted = _wanted(institute, touched, clock.now())
    if wanted <= team.nudges:
        return False
    moved = db.session.execute(
        update(Team)
        .where(
            Team.id == team.id,
            Team.status == TeamStatus.DRAFT,
            Team.nudges == team.nudges,
            last_work == touched,
        )
        .values(nudges=wanted)
        .execution_options(synchronize_session=False)
        .returning(Team.id)
    ).all()
    if not moved:
        return False
    verdict, due = verdict_of(team), closing(institute.dues)
    until = deadline_in_words(due, institute.zone) if due else ""
    for lead in team.leads:
        mail = emails.nudge(team, verdict=verdict, closes=until, to=lead.person)
        outbox.promise(mail, about=nudges_of(team), lapses_at=closes)
    audit.record(
        "nudge",
        f"team:{team.id}",
        by=WORKER,
        before={"nudges": team.nudges},
        after={"nudges": wanted, "missing": list(verdict.missing) if verdict else []},
    )
    return True


def stalled_drafts(institute_id: UUID, most: int = 200) -> Sequence[Team]:
    """Return the drafts that lie still although their leads were reminded, the longest first."""
    statement = (
        select(Team)
        .where(
            Team.institute_id == institute_id,
            Team.status == TeamStatus.DRAFT,
            Team.nudges >= MOST_NUDGES,
        )
        .options(selectinload(Team.leads).joinedload(TeamLead.person))
        .order_by(last_work, Team.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def closes_at(institute: Institute) -> datetime | None:
    """Return the moment from which a draft can no longer be submitted, if there is one."""
    due = closing(institute.dues)
    return due.passes_at(institute.zone) if due else None


def nudges_of(team: Team) -> str:
    """Return what a draft's reminders are about."""
    return f"{NUDGE}:{team.id}"


def _wanted(institute: Institute, touched: datetime, now: datetime) -> int:
    """Return how many reminders the leads should have had; 0 when it is no time for one."""
    if not is_daytime(now, institute.zone) or _begun(institute, now):
        return 0
    return nudges_due(touched, closes_at(institute), institute.zone, now=now)


def _begun(institute: Institute, now: datetime) -> bool:
    """Tell whether the institute has begun; a cohort takes teams in its year."""
    first = min((day.on for day in institute.days), default=None)
    if first is None or institute.is_cohort:
        return False
    return now.astimezone(institute.zone).date() >= first


def _parts() -> tuple[ORMOption, ...]:
    around = joinedload(Team.institute)
    return (
        selectinload(Team.seats),
        selectinload(Team.waivers),
        selectinload(Team.leads).joinedload(TeamLead.person),
        around.selectinload(Institute.roles),
        around.selectinload(Institute.deadlines),
        around.selectinload(Institute.days),
    )
