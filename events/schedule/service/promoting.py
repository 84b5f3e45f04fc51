"""A place that comes free goes to who waits for it, and what that person leaves to the next.

It happens in the transaction in which the place comes free, in the order in which people came.
Each step ends a wait and none begins one, so that it comes to an end. A worker looks after what
could not be done then: places whose turn someone else had, and waits that time has ended.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from blinker import Signal
from sqlalchemy import Row, delete, or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import Sentence
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service.cancelling import takes_place
from events.schedule.domain import (
    Attendee,
    PassedOver,
    PlannedSession,
    Promoted,
    TakenOut,
    judge_waiter,
)
from events.schedule.domain.choosing import in_round
from events.schedule.domain.news import (
    AgendaChange,
    no_longer_waiting,
    promoted,
    session_cancelled,
)
from events.schedule.models import Session, SessionWait
from events.schedule.service.announcing import announce
from events.schedule.service.taking import free_place, held_by, hold_rounds, stop_waits, take_place
from events.schedule.service.turns import turn_is_free

WORKER = "worker"
AT_A_TIME = 25
"""How many of those who wait are looked up together: mostly the first gets the place."""

attendees_wanted = Signal("who sits on seats is wanted, as the programme asks about people")
"""Sent with the ids of seats: who keeps them answers with an ``Attendee`` for each that is held."""


def promote_waiters(session_ids: Collection[UUID]) -> int:
    """Give what is free in these sessions to who waits, in order; return how many waits ended.

    For whoever frees places otherwise than by dropping: raises a limit, cancels, restores. Where
    someone else changes places of the institute at this moment, the worker does it in seconds.
    """
    waited = (
        select(Session.institute_id)
        .join(SessionWait, SessionWait.session_id == Session.id)
        .where(Session.id.in_(session_ids))
        .distinct()
    )
    ended = 0
    for institute_id in sorted(db.session.scalars(waited)):
        if turn_is_free(institute_id):
            ended += promote(institute_id, session_ids)
    return ended


def promote(institute_id: UUID, session_ids: Collection[UUID]) -> int:
    """Do as ``promote_waiters`` does in one institute, whose turn is taken already."""
    freed = db.session.scalars(
        select(Session).where(
            Session.id.in_(session_ids),
            Session.institute_id == institute_id,
            Session.id.in_(select(SessionWait.session_id)),
        )
    ).all()
    if not freed:
        return 0
    institute = db.session.get_one(Institute, institute_id)
    if institute.status is not Status.PUBLISHED:
        return 0
    queue = _Queue(institute=institute, rounds={one.id: one for one in hold_rounds(*freed)})
    waiting = deque(sorted(session.id for session in freed))
    while waiting:
        waiting.extend(queue.fill(waiting.popleft()))
    announce(institute_id, queue.changes)
    return queue.ended


def attendees(seat_ids: Collection[UUID]) -> Mapping[UUID, Attendee]:
    """Return who sits on these seats; a seat that is nobody's any more has none."""
    found: dict[UUID, Attendee] = {}
    for _, known in attendees_wanted.send(frozenset(seat_ids)):
        found.update(known)
    return found


def sessions_to_promote() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the sessions whose waits can end: a place, or no hope of one."""
    free = Session.capacity.is_(None) | (Session.taken < Session.capacity)
    over = Session.starts_at <= clock.now()
    statement = (
        select(Session.tenant_id, Session.id)
        .join(SessionWait, SessionWait.session_id == Session.id)
        .join(Institute, Institute.id == Session.institute_id)
        .where(
            Institute.status == Status.PUBLISHED,
            or_(free, over, Session.cancelled_at.is_not(None)),
        )
        .distinct()
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def first_to_promote(session: Session) -> UUID | None:
    """Return the seat that a free place of the session would go to, without giving it."""
    institute = db.session.get_one(Institute, session.institute_id)
    queue = _Queue(institute=institute, rounds={session.id: session})
    return next(queue.entitled(session), None)


def promote_one(session_id: UUID) -> int:
    """Give what is free in one session to who waits; return how many waits ended.

    For the worker, who holds nothing yet: its institute is not cancelled meanwhile.
    """
    session = db.session.get(Session, session_id)
    if session is None or not takes_place(session.institute_id):
        return 0
    return promote_waiters([session_id])


@dataclass(kw_only=True)
class _Queue:
    """The waits of some rounds while places in them go round."""

    institute: Institute
    rounds: dict[UUID, Session]
    changes: list[AgendaChange] = field(default_factory=list)
    ended: int = 0

    def fill(self, session_id: UUID) -> Sequence[UUID]:
        """Give the session's free places away; return the sessions that people left for it."""
        session = self.rounds[session_id]
        db.session.refresh(session, ["taken", "capacity"])
        left = session.planned.places_left
        over = session.cancelled_at is not None or session.id in self._begun
        freed: list[UUID] = []
        for wait, attendee in self._in_order(session_id):
            if not over and left == 0:
                break
            verdict = self._judge(session, wait, attendee)
            if isinstance(verdict, PassedOver):
                continue
            self.ended += 1
            if isinstance(verdict, TakenOut) or attendee is None:
                self._take_out(session, wait, getattr(verdict, "why", ""))
                continue
            if verdict.leaving is not None:
                free_place(verdict.leaving.id, attendee)
                freed.append(verdict.leaving.id)
            self._give(session, attendee, verdict.leaving)
            left = None if left is None else left - 1
        return freed

    def entitled(self, session: Session) -> Iterator[UUID]:
        """Give the seats that could have a place in the session now, in order."""
        for wait, attendee in self._in_order(session.id):
            if isinstance(self._judge(session, wait, attendee), Promoted):
                yield wait.seat_id

    @property
    def _begun(self) -> frozenset[UUID]:
        now = clock.now()
        return frozenset(
            session.id
            for session in self.rounds.values()
            if session.starts_at is not None and session.starts_at <= now
        )

    @property
    def _role_labels(self) -> Mapping[str, str]:
        return {role.code: role.label for role in self.institute.roles}

    def _in_order(self, session_id: UUID) -> Iterator[tuple["_Waiting", Attendee | None]]:
        statement = select(SessionWait.id, SessionWait.seat_id, SessionWait.instead_of_id).where(
            SessionWait.session_id == session_id
        )
        waits = db.session.execute(statement.order_by(SessionWait.since, SessionWait.id)).all()
        for first in range(0, len(waits), AT_A_TIME):
            some = waits[first : first + AT_A_TIME]
            known = attendees([wait.seat_id for wait in some])
            for wait in some:
                yield wait, known.get(wait.seat_id)

    def _judge(
        self, session: Session, wait: "_Waiting", attendee: Attendee | None
    ) -> PassedOver | TakenOut | Promoted:
        if attendee is None:
            return TakenOut()
        return judge_waiter(
            session.planned,
            attendee,
            [held.planned for held in held_by(attendee)],
            instead_of=wait.instead_of_id,
            begun=self._begun,
            role_labels=self._role_labels,
        )

    def _take_out(self, session: Session, wait: "_Waiting", why: Sentence | str) -> None:
        db.session.execute(delete(SessionWait).where(SessionWait.id == wait.id))
        if session.cancelled_at is not None:
            self.changes.append(session_cancelled(wait.seat_id, session.planned, waited=True))
        elif why:
            self.changes.append(no_longer_waiting(wait.seat_id, session.planned, why))
        audit.record(
            "end_wait", f"seat:{wait.seat_id}", by=WORKER, before={"session": session.code}
        )

    def _give(self, session: Session, attendee: Attendee, leaving: PlannedSession | None) -> None:
        take_place(session, attendee)
        stop_waits([session.id], attendee)
        ended = self._end_other_waits(session, attendee)
        self.changes.append(
            promoted(
                attendee.seat_id,
                session.planned,
                instead_of=leaving.title if leaving else "",
                no_longer=[self.rounds[session_id].title for session_id in ended],
            )
        )
        audit.record(
            "promote_waiter",
            f"seat:{attendee.seat_id}",
            by=WORKER,
            before={"session": leaving.code} if leaving else {},
            after={"session": session.code},
        )

    def _end_other_waits(self, session: Session, attendee: Attendee) -> Sequence[UUID]:
        """End what else the person waits for in the round, once that has all it allows."""
        same_round = [
            other.id
            for other in self.rounds.values()
            if other.choice_group == session.choice_group and other.id != session.id
        ]
        held = [one.planned for one in held_by(attendee) if one.cancelled_at is None]
        if len(in_round(session.planned, held)) + 1 < session.pick:
            return ()
        return sorted(stop_waits(same_round, attendee), key=lambda id_: self.rounds[id_].title)


_Waiting = Row[UUID, UUID, UUID | None]
