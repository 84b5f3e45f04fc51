"""Reminding those whose team has not handed in, by the host's button and by rule."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.words import say
from events.deliverables import emails
from events.deliverables.domain import (
    HandingInRefused,
    LeadContact,
    Standing,
    parties_of,
)
from events.deliverables.domain.agreeing import who_agrees
from events.deliverables.models import Deliverable
from events.deliverables.service.agreeing import about
from events.deliverables.service.papers import hand_ins_by_team
from events.deliverables.service.roll import Roll, RollLine, roll_of
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.domain.reminding import planned_day

BY = "worker"
MOST_AT_ONCE = 200
"""Writing a mail takes milliseconds, and until all are written nobody else writes to SQLite."""


def to_remind(institute: Institute, roll: Roll) -> Sequence[tuple[RollLine, LeadContact]]:
    """Return who would get a mail now: the leads of teams that owe it, or who has to agree.

    Whoever had one today gets none.
    """
    today = clock.now().astimezone(institute.zone).date()
    return _not_sent(roll, _owing(roll), today)


def remind_missing(institute: Institute, deliverable: Deliverable, *, by: str) -> tuple[int, int]:
    """Promise a mail to those who owe it, up to ``MOST_AT_ONCE``.

    Return to how many, and how many still wait for theirs. Raises ``HandingInRefused`` when there
    is nobody to remind.
    """
    if institute.status is not Status.PUBLISHED:
        raise HandingInRefused(say("Reminders go out only for a published institute."))
    hold(Deliverable.id, deliverable.id)  # a colleague's turn ends first
    roll = roll_of(institute, deliverable)
    wanted = to_remind(institute, roll)
    if not wanted:
        raise HandingInRefused(
            say("Nobody needs this reminder now: all have handed in, or had it today.")
        )
    now_sent = wanted[:MOST_AT_ONCE]
    _send(institute, deliverable, now_sent, _today(institute), by=by)
    return len(now_sent), len(wanted) - len(now_sent)


def deliverables_with_rules() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of what is asked for and not due yet, at published institutes."""
    statement = (
        select(Deliverable.tenant_id, Deliverable.id)
        .join(Institute, Institute.id == Deliverable.institute_id)
        .where(Institute.status == Status.PUBLISHED, Deliverable.due_at > clock.now())
        .order_by(Deliverable.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def remind_by_rule(deliverable_id: UUID) -> int:
    """Promise the reminders that are due at this moment; return how many. Safe to do again."""
    deliverable = db.session.scalar(select(Deliverable).where(Deliverable.id == deliverable_id))
    if deliverable is None:
        return 0
    institute = db.session.get_one(Institute, deliverable.institute_id)
    on = planned_day(
        deliverable.remind_days,
        deliverable.due.date(),
        passes_at=deliverable.due_at,
        zone=institute.zone,
        now=clock.now(),
    )
    if on is None:
        return 0
    hold(Deliverable.id, deliverable.id)  # another worker's turn ends first
    roll = roll_of(institute, deliverable)
    wanted = _not_sent(roll, _owing(roll), on)[:MOST_AT_ONCE]
    if wanted:
        _send(institute, deliverable, wanted, on, by=BY)
    return len(wanted)


def _owing(roll: Roll) -> list[tuple[RollLine, LeadContact]]:
    papers = hand_ins_by_team([roll.deliverable.id])[roll.deliverable.id]
    found = []
    for line in roll.missing:
        people: dict[UUID, LeadContact] = {lead.person_id: lead for lead in line.team.leads}
        if line.standing is Standing.WAITING:
            facts = line.team.facts
            live = [one for one in papers[line.team.id] if one.withdrawn_at is None]
            newest = max(live, key=lambda one: one.number)
            waits = frozenset(newest.waits_for(parties_of(roll.deliverable.spec, facts)))
            everyone = people | {holder.person_id: holder for holder, _ in line.team.holders}
            asked = {
                person_id: who
                for person_id, who in everyone.items()
                if waits & who_agrees(person_id, facts)
            }
            people = asked or people
        found += [(line, person) for person in people.values()]
    return found


def _key(roll_id: UUID, line: RollLine, person: LeadContact, on: date) -> str:
    return f"deliverable:{roll_id}:{line.team.id}:{person.person_id}:{on.isoformat()}"


def _not_sent(
    roll: Roll, owing: Sequence[tuple[RollLine, LeadContact]], on: date
) -> list[tuple[RollLine, LeadContact]]:
    by_key = {_key(roll.deliverable.id, line, who, on): (line, who) for line, who in owing}
    statement = select(OutboxEmail.dedupe_key).where(OutboxEmail.dedupe_key.in_(by_key))
    sent = set(db.session.scalars(statement))
    return [pair for key, pair in by_key.items() if key not in sent]


def _send(
    institute: Institute,
    deliverable: Deliverable,
    wanted: Sequence[tuple[RollLine, LeadContact]],
    on: date,
    *,
    by: str,
) -> None:
    for line, person in wanted:
        outbox.promise(
            emails.reminder(institute, deliverable, line.team, line.standing, to=person),
            about=about(deliverable.id, line.team.id),
            dedupe_key=_key(deliverable.id, line, person, on),
        )
    audit.record(
        "remind_to_hand_in",
        f"deliverable:{deliverable.id}",
        by=by,
        after={"mails": len(wanted), "teams": len({line.team.id for line, _ in wanted})},
    )


def _today(institute: Institute) -> date:
    return clock.now().astimezone(institute.zone).date()
