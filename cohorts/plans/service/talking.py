"""Comments for both sides, and notes between the coach and the team."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from cohorts.plans.domain import PlanRefused
from cohorts.plans.models import CoachNote, Plan, PlanComment
from cohorts.plans.service.finding import Reader, Seen, Standpoint, get_goal, see_plan
from cohorts.plans.service.measuring import name_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say

T = TypeVar("T", PlanComment, CoachNote)


def reads_comments(plan: Plan, seen: Seen) -> bool:
    """Tell whether this reader reads comments: team and coach do, the host where leads let it."""
    return seen.standpoint is not Standpoint.HOST or plan.host_reads_comments


def reads_notes(seen: Seen) -> bool:
    """Tell whether this reader reads coach's notes: coach and team do, and nobody else."""
    return seen.standpoint is not Standpoint.HOST


def comments_of(plan: Plan, seen: Seen) -> Sequence[PlanComment]:
    """Return the comments that this reader may read, oldest first."""
    if not reads_comments(plan, seen):
        return []
    statement = select(PlanComment).where(PlanComment.plan_id == plan.id)
    return db.session.scalars(statement.order_by(PlanComment.written_at, PlanComment.id)).all()


def notes_of(plan: Plan, seen: Seen) -> Sequence[CoachNote]:
    """Return the coach's notes that this reader may read, newest first."""
    if not reads_notes(seen):
        return []
    statement = select(CoachNote).where(CoachNote.plan_id == plan.id)
    newest = statement.order_by(CoachNote.written_at.desc(), CoachNote.id.desc())
    return db.session.scalars(newest).all()


def comment(plan_id: UUID, goal_id: UUID | None, body: str, reader: Reader) -> PlanComment:
    """Say something about the plan, or about one goal of it. Flushes.

    Raises ``NotFound`` for who may not read the comments.
    """
    plan, seen = see_plan(plan_id, reader)
    if reader.person_id is None or not reads_comments(plan, seen):
        raise NotFound(say("There is nothing to comment on at this address."))
    _check_open(plan)
    if goal_id is not None:
        get_goal(plan, goal_id)
    said = PlanComment(
        plan_id=plan.id,
        goal_id=goal_id,
        person_id=reader.person_id,
        author=_author(seen),
        body=body,
        written_at=clock.now(),
    )
    db.session.add(said)
    db.session.flush()
    audit.record(
        "comment_on_plan", f"plan:{plan.id}", by=reader.email, after={"comment": str(said.id)}
    )
    return said


def take_comment_back(plan_id: UUID, comment_id: UUID, reader: Reader) -> None:
    """Delete an own comment. Flushes. Raises ``NotFound`` for any other."""
    plan, _ = see_plan(plan_id, reader)
    said = _own(PlanComment, plan, comment_id, reader)
    if said is None:
        raise NotFound(say("There is no such comment of yours."))
    db.session.delete(said)
    db.session.flush()
    audit.record(
        "take_comment_back", f"plan:{plan.id}", by=reader.email, before={"comment": str(comment_id)}
    )


def write_note(plan_id: UUID, body: str, reader: Reader) -> CoachNote:
    """Write a note that only the team's coaches and the team read. Flushes.

    Raises ``NotFound`` for everyone but a coach of the team.
    """
    plan, seen = see_plan(plan_id, reader)
    if reader.person_id is None or seen.standpoint is not Standpoint.COACH:
        raise NotFound(say("Notes are written by the team's coach."))
    _check_open(plan)
    note = CoachNote(
        plan_id=plan.id,
        person_id=reader.person_id,
        author=_author(seen),
        body=body,
        written_at=clock.now(),
    )
    db.session.add(note)
    db.session.flush()
    audit.record(
        "write_coach_note", f"plan:{plan.id}", by=reader.email, after={"note": str(note.id)}
    )
    return note


def take_note_back(plan_id: UUID, note_id: UUID, reader: Reader) -> None:
    """Delete an own note. Flushes. Raises ``NotFound`` for any other."""
    plan, _ = see_plan(plan_id, reader)
    note = _own(CoachNote, plan, note_id, reader)
    if note is None:
        raise NotFound(say("There is no such note of yours."))
    db.session.delete(note)
    db.session.flush()
    audit.record(
        "take_note_back", f"plan:{plan.id}", by=reader.email, before={"note": str(note_id)}
    )


def _own(kind: type[T], plan: Plan, row_id: UUID, reader: Reader) -> T | None:
    own = (kind.plan_id == plan.id, kind.id == row_id, kind.person_id == reader.person_id)
    return db.session.scalar(select(kind).where(*own))


def _check_open(plan: Plan) -> None:
    if plan.closed_at is not None:
        raise PlanRefused(
            say("This plan is closed. Write what is next into the plan of this year.")
        )


def _author(seen: Seen) -> str:
    if seen.member is not None:
        return name_of(seen)
    person = db.session.scalar(select(Person).where(Person.id == seen.reader.person_id))
    name = (person.name or person.email) if person else seen.reader.email
    return f"{name}, {say('coach') if seen.standpoint is Standpoint.COACH else say('host')}"
