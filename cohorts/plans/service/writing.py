"""Beginning a plan, its purpose, its next meeting, who reads comments, closing it."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.domain.school_years import school_year_of
from cohorts.plans.domain import PlanRefused
from cohorts.plans.models import ONE_OPEN_PLAN, Plan
from cohorts.plans.service.finding import Reader, hold_to_write, see_partnership
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.outbox import service as outbox
from consortium.words import say


def begin_plan(partnership_id: UUID, purpose: str, reader: Reader) -> Plan:
    """Begin the plan of this school year for both sides. Flushes.

    Raises ``NotFound`` for strangers, ``PlanRefused`` for who sits on neither side, and where the
    partnership has an open plan of this year.
    """
    seen = see_partnership(partnership_id, reader)
    if not seen.of_a_side:
        raise PlanRefused(say("People of the two sides begin the plan."))
    there = PlanRefused(say("Your partnership has an open plan of this school year. Go on in it."))
    year = school_year_of(seen.today)
    open_one = select(Plan.id).where(
        Plan.partnership_id == seen.partnership.id,
        Plan.school_year == year,
        Plan.closed_at.is_(None),
    )
    if db.session.scalar(open_one) is not None:
        raise there
    plan = Plan(
        partnership_id=seen.partnership.id,
        school_year=year,
        purpose=purpose,
        begun_by=reader.email,
        begun_at=clock.now(),
    )
    db.session.add(plan)
    with translating(ONE_OPEN_PLAN, into=there):
        db.session.flush()
    audit.record(
        "begin_plan",
        f"plan:{plan.id}",
        by=reader.email,
        after={"partnership": str(seen.partnership.id), "school_year": year},
    )
    return plan


def change_purpose(plan_id: UUID, purpose: str, version: int, reader: Reader) -> Plan:
    """Change what the partnership works toward; after a signature this opens the next version.

    Raises ``Conflict`` with both texts when someone changed it since ``version``.
    """
    plan, _ = hold_to_write(plan_id, reader)
    if plan.purpose == purpose:
        return plan
    if plan.version != version:
        raise Conflict(
            say("Someone else changed this while your page was open. Nothing was saved."),
            versions=((say("What we work toward"), plan.purpose, purpose),),
        )
    before = {"purpose": plan.purpose, "number": plan.number}
    open_draft(plan)
    plan.purpose = purpose
    plan.version += 1
    db.session.flush()
    audit.record(
        "change_purpose",
        f"plan:{plan.id}",
        by=reader.email,
        before=before,
        after={"purpose": purpose, "number": plan.number},
    )
    return plan


def set_next_meeting(
    plan_id: UUID, on: date | None, place: str, remind_days: int, reader: Reader
) -> Plan:
    """Set when the partnership meets next about its plan; this changes no version. Flushes.

    Raises ``PlanRefused`` for a day that has passed.
    """
    plan, seen = hold_to_write(plan_id, reader)
    if on is not None and on < seen.today and on != plan.next_meeting:
        raise PlanRefused(say("This day has passed. Set the next one."), field="next_meeting")
    before = _meeting(plan)
    plan.next_meeting, plan.next_meeting_place, plan.remind_days = on, place, remind_days
    db.session.flush()
    if before != _meeting(plan):
        outbox.supersede(meeting_of(plan.id))  # a reminder of another day must not go out
    audit.record(
        "set_next_meeting", f"plan:{plan.id}", by=reader.email, before=before, after=_meeting(plan)
    )
    return plan


def let_host_read(plan_id: UUID, reader: Reader, *, lets: bool) -> Plan:
    """Let the host read the plan's comments, or not. Raises ``PlanRefused`` but for leads."""
    plan, seen = hold_to_write(plan_id, reader)
    if seen.who.may_sign(reader.person_id) is None:
        raise PlanRefused(say("The leads of both sides decide who reads the comments."))
    before, plan.host_reads_comments = plan.host_reads_comments, lets
    db.session.flush()
    audit.record(
        "let_host_read_comments",
        f"plan:{plan.id}",
        by=reader.email,
        before={"lets": before},
        after={"lets": lets},
    )
    return plan


def close_plan(plan_id: UUID, reader: Reader) -> Plan:
    """Close a plan, so that it is only read, and a new one can begin. Flushes."""
    plan, seen = hold_to_write(plan_id, reader)
    if seen.who.may_sign(reader.person_id) is None:
        raise PlanRefused(say("The leads of both sides close the plan."))
    plan.closed_at = clock.now()
    db.session.flush()
    outbox.supersede(signing_of(plan.id), meeting_of(plan.id))
    audit.record("close_plan", f"plan:{plan.id}", by=reader.email, after={"number": plan.number})
    return plan


def open_draft(plan: Plan) -> bool:
    """Let what is written from now on be the next version, where this one was signed.

    What was signed stays as it is. Tells whether a version was opened. Part of another act.
    """
    if not plan.frozen:
        return False
    plan.number += 1
    plan.frozen = False
    outbox.supersede(signing_of(plan.id))  # nobody is asked to sign what is being rewritten
    return True


def signing_of(plan_id: UUID) -> str:
    """Return what mails that ask for a signature are filed under."""
    return f"plan:{plan_id}:signing"


def meeting_of(plan_id: UUID) -> str:
    """Return what reminders of the next meeting are filed under."""
    return f"plan:{plan_id}:meeting"


def _meeting(plan: Plan) -> dict[str, str | int | None]:
    return {
        "on": plan.next_meeting.isoformat() if plan.next_meeting else None,
        "place": plan.next_meeting_place,
        "remind_days": plan.remind_days,
    }
