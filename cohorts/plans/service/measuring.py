"""What was measured of a goal, and what proves it."""

from uuid import UUID

from sqlalchemy import func, select

from cohorts.plans.domain import PlanRefused, Reading, written
from cohorts.plans.models import Evidence, Goal, GoalReading, Plan
from cohorts.plans.service.finding import (
    Reader,
    Seen,
    get_goal,
    hold_to_write,
    see_plan,
)
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.domain import MEGABYTE
from consortium.files.models import StoredFile
from consortium.files.service import PutFile
from consortium.words import say

ROOM = 100 * MEGABYTE
"""What the evidence of one plan may weigh."""
MOST_EVIDENCE = 40
"""For one goal; nobody reads more."""


def record_reading(
    plan_id: UUID, goal_id: UUID, measured: Reading, note: str, reader: Reader
) -> GoalReading:
    """Write down what was measured on a day. Flushes. Raises ``PlanRefused`` for days to come."""
    plan, seen = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    if measured.on > seen.today:
        raise PlanRefused(say("This day is still to come."), field="on")
    reading = GoalReading(
        goal_id=goal.id,
        on=measured.on,
        value=measured.value,
        note=note,
        person_id=_person(seen),
        entered_by=name_of(seen),
        entered_at=clock.now(),
    )
    db.session.add(reading)
    db.session.flush()
    audit.record(
        "record_reading",
        f"plan:{plan.id}",
        by=reader.email,
        after={
            "goal": str(goal.id),
            "on": measured.on.isoformat(),
            "value": written(measured.value),
        },
    )
    return reading


def take_reading_back(plan_id: UUID, goal_id: UUID, reading_id: UUID, reader: Reader) -> None:
    """Let a reading count no more; it stays on record. Flushes."""
    plan, _ = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    reading = next((one for one in goal.readings if one.id == reading_id), None)
    if reading is None:
        raise NotFound(say("There is no such reading."))
    reading.taken_back_at = reading.taken_back_at or clock.now()
    db.session.flush()
    audit.record(
        "take_reading_back",
        f"plan:{plan.id}",
        by=reader.email,
        before={"on": reading.on.isoformat(), "value": written(reading.value)},
    )


def add_evidence(
    plan_id: UUID, goal_id: UUID, title: str, shown: PutFile | str, reader: Reader
) -> Evidence:
    """Add a file or a link that shows how a goal moves. Flushes.

    Raises ``PlanRefused`` where there is no room for more.
    """
    plan, seen = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    if len(goal.evidence) >= MOST_EVIDENCE:
        raise PlanRefused(say("This goal has enough evidence. Take something away first."))
    stored = None
    if isinstance(shown, PutFile):
        _check_room(plan, shown.size)
        stored = files.keep(shown, person_id=reader.person_id)
    evidence = Evidence(
        goal_id=goal.id,
        title=title,
        link="" if isinstance(shown, PutFile) else shown,
        file_id=stored.id if stored else None,
        person_id=_person(seen),
        added_by=name_of(seen),
        added_at=clock.now(),
    )
    db.session.add(evidence)
    db.session.flush()
    audit.record(
        "add_evidence",
        f"plan:{plan.id}",
        by=reader.email,
        after={"goal": str(goal.id), "title": title, "file": stored is not None},
    )
    return evidence


def remove_evidence(plan_id: UUID, goal_id: UUID, evidence_id: UUID, reader: Reader) -> None:
    """Take evidence away, its file too. Flushes."""
    plan, _ = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    evidence = next((one for one in goal.evidence if one.id == evidence_id), None)
    if evidence is None:
        raise NotFound(say("This evidence is not there any more."))
    file_id, title = evidence.file_id, evidence.title
    goal.evidence.remove(evidence)
    db.session.flush()
    if file_id is not None:
        files.forget([file_id])
    audit.record("remove_evidence", f"plan:{plan.id}", by=reader.email, before={"title": title})


def get_evidence_file(
    plan_id: UUID, goal_id: UUID, evidence_id: UUID, reader: Reader
) -> StoredFile:
    """Return a file for who may read the plan. Raises ``NotFound``."""
    plan, _ = see_plan(plan_id, reader)
    found = [one for one in get_goal(plan, goal_id).evidence if one.id == evidence_id]
    if not found or found[0].file is None:
        raise NotFound(say("There is no such file."))
    return found[0].file


def name_of(seen: Seen) -> str:
    """Return what a record calls the reader: name and office as they are now."""
    member = seen.member
    if member is None:
        return seen.reader.email
    return f"{member.name}, {member.office}" if member.office else member.name


def _check_room(plan: Plan, size: int) -> None:
    taken = db.session.scalar(
        select(func.coalesce(func.sum(StoredFile.size), 0))
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Goal, Goal.id == Evidence.goal_id)
        .where(Goal.plan_id == plan.id)
    )
    if int(taken or 0) + size > ROOM:
        raise PlanRefused(
            say("There is no room for more files in this plan. Give a link instead."), field="file"
        )


def _person(seen: Seen) -> UUID:
    member = seen.member
    if member is None:
        raise PlanRefused(say("People of the two sides write the plan."))
    return member.person_id
