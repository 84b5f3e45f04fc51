"""Whether people will come to their sessions: what they say themselves, and what hosts read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consortium import clock
from consortium.calendar.domain.answers import Answer
from consortium.calendar.models import CalendarInvitation
from consortium.calendar.service import answers
from consortium.calendar.service.ledger import in_parts
from consortium.database import db
from consortium.errors import Refusal
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say
from events.agenda.emails import Decline, declined
from events.agenda.service.due import calendars_due
from events.agenda.service.own_agenda import own_agenda
from events.agenda.service.places import Place
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session

MORNING = time(6)
DAYS_BACK = 3
"""For how long a day on which people declined is still told, if the worker was down."""


class AnswerRefused(Refusal):
    """There is nothing to answer."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one person answered."""

    name: str
    answer: Answer
    comment: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """What people say of coming to one session."""

    session: Session
    invited: int
    """People on whose agenda it is and who confirmed their seat."""
    said: Sequence[Said]

    def count(self, answer: str) -> int:
        """Return how many answered so."""
        return sum(one.answer == answer for one in self.said)

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return max(0, self.invited - len(self.said))


def answer(place: Place, person: Person, code: str, said: str, *, by: str) -> Session:
    """Note whether the person comes to a session of the own agenda. Flushes.

    It frees no place. Raises ``AnswerRefused`` for a session that is over, cancelled or not on the
    agenda, and for what is no answer.
    """
    session = schedule.get_session(place.institute, code)
    on_agenda = {entry.session.id for entry in own_agenda(place).agenda.entries}
    off = session.cancelled_at is not None or place.institute.cancelled
    if session.id not in on_agenda or off or said not in set(Answer):
        raise AnswerRefused(say("There is nothing to answer. Look at your agenda again."))
    if not schedule.is_ahead(session):
        raise AnswerRefused(say("“%(title)s” is over or has no date yet.", title=session.title))
    answers.answer_here(person, place.institute.id, session.uid, Answer(said), by=by)
    return session


def sessions_to_answer(place: Place) -> Sequence[Session]:
    """Return the sessions of the own agenda that are still to come, in order of time."""
    return schedule.sessions_to_come(place.institute, place.attendee)


def turnout_at(institute: Institute, people: Collection[UUID]) -> Sequence[Turnout]:
    """Return what these people say of each session to come, in order of time."""
    sessions = {
        one.uid: one for one in schedule.sessions_of(institute.id) if schedule.is_ahead(one)
    }
    on_agendas = calendars_due(institute, people)
    invited: dict[str, int] = defaultdict(int)
    for calendar in on_agendas.values():
        for uid in calendar:
            invited[uid] += 1
    rows = [
        row
        for row in answers.answers_at(institute.id)
        if row.uid in on_agendas.get(row.person_id, {})
    ]
    names = _names(row.person_id for row in rows)
    said: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        if row.answer is not None and row.answered_at is not None:
            said[row.uid].append(
                Said(
                    name=names.get(row.person_id, ""),
                    answer=row.answer,
                    comment=row.comment,
                    at=row.answered_at,
                )
            )
    return [
        Turnout(
            session=session,
            invited=invited[uid],
            said=sorted(said[uid], key=lambda one: one.name.casefold()),
        )
        for uid, session in sessions.items()
        if invited[uid]
    ]


def tell_of_declines() -> int:
    """Tell the consortium once a day who said that they cannot come; return how many mails.

    A day is told when the next one has begun, at six in the morning of the consortium's zone.
    """
    tenant = db.session.get_one(Tenant, require_tenant())
    zone = ZoneInfo(tenant.time_zone)
    now = clock.now().astimezone(zone)
    told = 0
    for back in range(DAYS_BACK, 0, -1):
        day = now.date() - timedelta(days=back)
        first = datetime.combine(day, time(), tzinfo=zone)
        last = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        if now < datetime.combine(day + timedelta(days=1), MORNING, tzinfo=zone):
            continue
        key = f"declines:{tenant.id}:{day.isoformat()}"
        rows = answers.declined_between(first, last)
        if not rows or outbox.is_promised(key):
            continue
        outbox.promise(declined(tenant, day, _declines(rows)), dedupe_key=key)
        told += 1
    return told


def _declines(rows: Sequence[CalendarInvitation]) -> Sequence[Decline]:
    uids = {row.uid for row in rows}
    sessions = {
        session.uid: session
        for session in db.session.scalars(select(Session).where(Session.uid.in_(uids)))
    }
    names = _names(row.person_id for row in rows)
    return [
        Decline(name=names.get(row.person_id, ""), session=sessions[row.uid], comment=row.comment)
        for row in rows
        if row.uid in sessions
    ]


def _names(person_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    return {
        person_id: name
        for some in in_parts(person_ids)
        for person_id, name in db.session.execute(
            select(Person.id, Person.name).where(Person.id.in_(some))
        )
    }
