"""Owners get a mail some days before the partnership meets about its plan, once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TableSide
from cohorts.plans import emails
from cohorts.plans.domain import how_far, owners_gone
from cohorts.plans.domain.reminding import MOST_DAYS, reminder_due
from cohorts.plans.emails import OwnGoal
from cohorts.plans.models import Goal, Plan
from cohorts.plans.service.finding import goals_of, zone_of
from cohorts.plans.service.writing import meeting_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.people.models import Person

BY = "worker"


def plans_with_meetings() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of open plans whose meeting may be near, wherever they are."""
    today = clock.now().date()
    near = (today - timedelta(days=1), today + timedelta(days=MOST_DAYS + 1))
    statement = (
        select(Plan.tenant_id, Plan.id)
        .where(Plan.closed_at.is_(None), Plan.remind_days > 0, Plan.next_meeting.between(*near))
        .order_by(Plan.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def remind_owners(plan_id: UUID) -> int:
    """Promise the reminders that are due now; return how many. Safe to do again."""
    hold(Plan.id, plan_id)  # another worker's turn ends first
    statement = select(Plan).where(Plan.id == plan_id).execution_options(populate_existing=True)
    plan = db.session.scalar(statement)
    if plan is None or plan.next_meeting is None or plan.closed_at is not None:
        return 0
    partnership = learning.get_partnership(plan.partnership_id)
    zone = zone_of(partnership)
    if not reminder_due(plan.next_meeting, plan.remind_days, now=clock.now(), zone=zone):
        return 0
    sent = 0
    for person, goals in _owners(plan):
        key = f"plan:{plan.id}:{person.id}:{plan.next_meeting.isoformat()}"
        if outbox.is_promised(key):
            continue
        mail = emails.reminder(plan, partnership, goals, to=person)
        outbox.promise(mail, about=meeting_of(plan.id), dedupe_key=key)
        sent += 1
    if sent:
        audit.record(
            "remind_owners",
            f"plan:{plan.id}",
            by=BY,
            after={"mails": sent, "meeting": plan.next_meeting.isoformat()},
        )
    return sent


def _owners(plan: Plan) -> Sequence[tuple[Person, Sequence[OwnGoal]]]:
    """Return the owners who are still there, with their goals."""
    who = learning.who(learning.get_partnership(plan.partnership_id))
    by_owner: dict[UUID, list[OwnGoal]] = defaultdict(list)
    for goal in goals_of([plan.id])[plan.id]:
        gone = owners_gone(goal.spec, who)
        for side in TableSide:
            owner = goal.spec.owner(side)
            if owner is not None and side not in gone:
                by_owner[owner].append(_own(goal))
    found = select(Person).where(Person.id.in_(by_owner)).order_by(Person.id)
    return [(person, by_owner[person.id]) for person in db.session.scalars(found)]


def _own(goal: Goal) -> OwnGoal:
    steps = (one.title for one in goal.milestones if one.done_on is None)
    return OwnGoal(
        title=goal.title, far=how_far(goal.spec, goal.measured), next_step=next(steps, "")
    )
