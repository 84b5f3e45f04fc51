"""Compare people's agendas with what their calendars were told, and promise what differs.

Looking takes a while when thousands are affected, and is done outside any transaction; writing is
short. Whoever changes an agenda between the two raises its notice's ``times``: what was found is
then left alone, and looked for again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, true, tuple_, update

from consortium import clock
from consortium.calendar.domain import Known, Told, about_calendar, facts_of
from consortium.calendar.service import ledger
from consortium.calendar.service.ledger import in_parts
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Identity, Person
from consortium.ports import Email, Method
from events.agenda.domain import Change, Kind, changes_of
from events.agenda.emails import News, agenda_changed
from events.agenda.models import CalendarNotice
from events.agenda.service.due import calendars_due
from events.agenda.service.news import forget_what_left, news_for
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session

AT_ONCE = 250
"""People who are looked at together, and written in one transaction."""
LATER = timedelta(minutes=1)
"""When to look again at someone to whom another mail with the whole agenda is under way."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Someone who waits to be looked at."""

    id: UUID
    times: int
    person_id: UUID
    address: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is to be done about some who waited, all of one institute."""

    institute_id: UUID
    mails: list[tuple[Waiting, Email]] = field(default_factory=list)
    unchanged: list[Waiting] = field(default_factory=list)
    later: list[Waiting] = field(default_factory=list)


def institutes_to_look_at() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the institutes where someone is due to be looked at."""
    due = (
        select(CalendarNotice.tenant_id, CalendarNotice.institute_id)
        .where(CalendarNotice.mail_id.is_(None), CalendarNotice.due_at <= clock.now())
        .distinct()
    )
    return [(row.tenant_id, row.institute_id) for row in db.session.execute(due)]


def look(institute_id: UUID) -> Found:
    """Look at some who are due at an institute. Reads only."""
    found = Found(institute_id=institute_id)
    waiting = _waiting(institute_id)
    institute = db.session.get(Institute, institute_id)
    if institute is None or not waiting:
        return found
    under_way = _under_way(institute, [one.address for one in waiting])
    found.later.extend(one for one in waiting if one.address in under_way)
    rest = [one for one in waiting if one.address not in under_way]
    news = news_for(institute, [one.person_id for one in rest])
    written: dict[tuple[Sequence[Change], Sequence[News], str], Email] = {}
    for one, changes in _differences(institute, rest):
        theirs = tuple(news.get(one.person_id, ()))
        if not changes and not theirs:
            found.unchanged.append(one)
            continue
        alike = (changes, theirs, one.note)
        if alike not in written:
            written[alike] = agenda_changed(institute, changes, news=theirs, note=one.note)
        files = schedule.calendar_files(institute, one.person_id)
        mail = replace(written[alike], to=one.address, attachments=(files,))
        found.mails.append((one, mail))
    return found


def tell(found: Found) -> int:
    """Promise what was found to those about whom nothing was wanted since; return how many mails.

    A step of the worker; nothing of it is anybody's act, so that it is on no record but the mail.
    Flushes.
    """
    left = _still_so([one for one, _ in found.mails] + found.unchanged + found.later)
    so = [(one, mail) for one, mail in found.mails if one.id in left]
    promised = outbox.promise_all(
        [(mail, about_calendar(found.institute_id, one.person_id)) for one, mail in so]
    )
    mails = {one.id: mail_id for (one, _), mail_id in zip(so, promised, strict=True)}
    _note_mails(mails)
    for some in in_parts(one.id for one in found.unchanged if one.id in left):
        db.session.execute(delete(CalendarNotice).where(CalendarNotice.id.in_(some)))
    for some in in_parts(one.id for one in found.later if one.id in left):
        again = update(CalendarNotice).where(CalendarNotice.id.in_(some))
        db.session.execute(again.values(due_at=clock.now() + LATER))
    return len(mails)


def forget_told() -> int:
    """Delete the notices of a consortium whose mail is settled; return how many."""
    forget_what_left()
    settled = select(OutboxEmail.id).where(OutboxEmail.settled_at.is_not(None))
    some = select(CalendarNotice.id).where(CalendarNotice.mail_id.in_(settled)).limit(AT_ONCE)
    gone = db.session.execute(
        delete(CalendarNotice)
        .where(CalendarNotice.id.in_(some))
        .returning(CalendarNotice.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _waiting(institute_id: UUID) -> Sequence[Waiting]:
    rows = (
        select(
            CalendarNotice.id,
            CalendarNotice.times,
            CalendarNotice.person_id,
            CalendarNotice.note,
            Identity.email,
        )
        .join(Person, Person.id == CalendarNotice.person_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(
            CalendarNotice.institute_id == institute_id,
            CalendarNotice.mail_id.is_(None),
            CalendarNotice.due_at <= clock.now(),
        )
        .order_by(CalendarNotice.due_at, CalendarNotice.id)
        .limit(AT_ONCE)
    )
    return [
        Waiting(
            id=row.id, times=row.times, person_id=row.person_id, address=row.email, note=row.note
        )
        for row in db.session.execute(rows)
    ]


def _differences(
    institute: Institute, waiting: Sequence[Waiting]
) -> Iterable[tuple[Waiting, Sequence[Change]]]:
    """Give what differs for each; only what may differ at all is read."""
    people = [one.person_id for one in waiting]
    digests = ledger.digests_of(people, institute.id)
    due = calendars_due(institute, people)
    sessions = {uid: session for calendar in due.values() for uid, session in calendar.items()}
    facts = {uid: facts_of(session.event) for uid, session in sessions.items()}
    wanted = {uid: Told(method=Method.REQUEST, facts=one).digest for uid, one in facts.items()}
    doubtful = {
        person_id: _doubtful(
            digests.get(person_id, {}), {uid: wanted[uid] for uid in due[person_id]}
        )
        for person_id in people
    }
    known = ledger.known_of(
        [person_id for person_id, uids in doubtful.items() if uids],
        institute.id,
        uids=frozenset[str]().union(*doubtful.values()),
    )
    off = _off(institute)
    for one in waiting:
        mine = doubtful[one.person_id]
        theirs = {uid: each for uid, each in known.get(one.person_id, {}).items() if uid in mine}
        changes = changes_of(
            theirs,
            {uid: facts[uid] for uid in mine if uid in due[one.person_id]},
            off=off,
            now_ahead=_ahead(theirs),
        )
        yield one, changes


def _doubtful(told: Mapping[str, str], wanted: Mapping[str, str]) -> frozenset[str]:
    """Return the UIDs of which a calendar may not show what it should, by digests alone."""
    return frozenset(
        uid for uid in {*told, *wanted} if uid not in wanted or told.get(uid) != wanted[uid]
    )


def _ahead(known: Mapping[str, Known]) -> Collection[str]:
    now = clock.now()
    return {
        uid for uid, one in known.items() if one.last is not None and one.last.facts.over_at > now
    }


def _off(institute: Institute) -> Mapping[str, Kind]:
    """Return the UIDs of the institute's sessions that stand in nobody's calendar, and why."""
    cancelled = Session.cancelled_at.is_not(None)
    statement = select(Session.uid, cancelled).where(
        Session.institute_id == institute.id, or_(cancelled, Session.starts.is_(None))
    )
    if institute.cancelled:
        statement = select(Session.uid, true()).where(Session.institute_id == institute.id)
    return {
        uid: Kind.CANCELLED if is_cancelled else Kind.UNDATED
        for uid, is_cancelled in db.session.execute(statement)
    }


def _under_way(institute: Institute, addresses: Sequence[str]) -> frozenset[str]:
    """Return to whom a mail has not left that brings the whole calendar: it says all there is."""
    named = f"{schedule.CALENDAR_FILES}:{institute.tenant_id}:{institute.id}:"
    found: set[str] = set()
    for first in range(0, len(addresses), AT_ONCE):
        mails = select(OutboxEmail.to, OutboxEmail.attachments).where(
            OutboxEmail.to.in_(addresses[first : first + AT_ONCE]),
            OutboxEmail.settled_at.is_(None),
        )
        for to, files in db.session.execute(mails):
            if any(str(file.get("made_of", "")).startswith(named) for file in files):
                found.add(to)
    return frozenset(found)


def _still_so(waiting: Sequence[Waiting]) -> frozenset[UUID]:
    """Return those about whom nothing was wanted since they were looked at, and hold them.

    In the order in which ``notices.want`` takes them, so that the two do not wait for each other.
    """
    left: set[UUID] = set()
    for first in range(0, len(waiting), AT_ONCE):
        some = [(one.id, one.times) for one in waiting[first : first + AT_ONCE]]
        held = select(CalendarNotice.id).where(
            tuple_(CalendarNotice.id, CalendarNotice.times).in_(some),
            CalendarNotice.mail_id.is_(None),
        )
        left.update(db.session.scalars(held.order_by(CalendarNotice.person_id).with_for_update()))
    return frozenset(left)


def _note_mails(mails: Mapping[UUID, UUID]) -> None:
    if mails:
        db.session.execute(
            update(CalendarNotice),
            [{"id": notice_id, "mail_id": mail_id} for notice_id, mail_id in mails.items()],
        )
