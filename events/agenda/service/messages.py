"""The files that bring one person's calendar up to date, made as their mail leaves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.calendar.domain import NOTHING, Facts, Known, Told, facts_of
from consortium.calendar.service import ledger
from consortium.calendar.service.answers import answers_of
from consortium.calendar.service.ledger import Ledger, Message
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.ports import Attachment, CalendarWriter, DatedEvent, Mailbox, Method
from consortium.tenants.models import Tenant
from events.agenda.service.due import Calendar, calendars_due
from events.institutes.models import Institute
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Step:
    """One message to a calendar: what it says, and the event as it is written."""

    filename: str
    message: Message
    event: DatedEvent


def files_of(  # noqa: PLR0913  (what such a mail is made of)
    institute_id: UUID,
    person_id: UUID,
    *,
    made_of: str,
    mail_id: UUID,
    organizer: Callable[[Tenant, UUID], Mailbox],
    writer: CalendarWriter,
) -> tuple[Attachment, ...]:
    """Return the files that bring someone's calendar up to date, and keep them with the mail.

    A request may speak of one UID only (RFC 5546), hence one file a session, with the UIDs of
    the person's feed, so that nothing appears twice. What stands there already is not sent
    again. What is sent is noted in the ledger now, since a worker may die with the mail in hand.
    ``organizer`` says who invites a person. Flushes.
    """
    institute = db.session.get(Institute, institute_id)
    person = db.session.get(Person, person_id)
    if institute is None or person is None:
        return ()
    if person.merged_into_id is not None:
        person = db.session.get_one(Person, person.merged_into_id)
    steps = _steps(institute, person)
    ledger.note(person.id, institute.id, [step.message for step in steps], mail_id=mail_id)
    answers = answers_of(person.id, institute.id)
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    files = tuple(
        Attachment(
            filename=step.filename,
            content_type="text/calendar",
            content=writer.write(
                [step.event],
                method=step.message.told.method,
                organizer=organizer(tenant, person.id),
                attendee=Mailbox(
                    name=person.name,
                    email=person.email,
                    answer=answers.get(step.message.uid, ""),
                ),
            ),
            method=step.message.told.method.value,
        )
        for step in steps
    )
    outbox.keep_files(mail_id, made_of, files)
    return files


def _steps(institute: Institute, person: Person) -> Sequence[Step]:
    known = ledger.known_of([person.id], institute.id).get(person.id, {})
    due = calendars_due(institute, [person.id])[person.id]
    return [*_requests(due, known), *_cancellations(institute, due, known)]


def _requests(due: Calendar, known: Ledger) -> Iterator[Step]:
    for uid, one in due.items():
        facts, theirs = facts_of(one.event), known.get(uid, NOTHING)
        if theirs.shows(facts):
            continue
        message = _numbered(
            uid, theirs, Told(method=Method.REQUEST, facts=facts), one.event.sequence
        )
        # What this person alone was told before is newer than the session's own last change.
        changed_at = clock.now() if message.lift else one.event.changed_at
        event = replace(one.event, sequence=message.sequence, changed_at=changed_at)
        yield Step(filename=f"{one.code}.ics", message=message, event=event)


def _cancellations(institute: Institute, due: Calendar, known: Ledger) -> Iterator[Step]:
    """Take out what stands in the calendar, as it was told: of nothing newer is anything said."""
    now = clock.now()
    leaving = {
        uid: theirs
        for uid, theirs in known.items()
        if uid not in due and theirs.invited and theirs.last and theirs.last.facts.over_at > now
    }
    numbers = _numbers_of(institute, leaving)
    for uid, theirs in leaving.items():
        shown = _last_requested(theirs)
        code, base = numbers.get(uid, (uid[:8], 0))
        message = _numbered(uid, theirs, Told(method=Method.CANCEL, facts=shown), base)
        event = shown.taken_out(uid, message.sequence, at=now)
        yield Step(filename=f"{code}.ics", message=message, event=event)


def _numbered(uid: str, known: Known, told: Told, base: int) -> Message:
    sequence = known.number(base, told)
    return Message(uid=uid, sequence=sequence, lift=max(0, sequence - base), told=told)


def _last_requested(known: Known) -> Facts:
    told = (known.last, known.before)
    return next(one.facts for one in told if one is not None and one.method is Method.REQUEST)


def _numbers_of(institute: Institute, leaving: Ledger) -> dict[str, tuple[str, int]]:
    """Return code and own number of the sessions that are still stored."""
    rows = select(Session.uid, Session.code, Session.sequence).where(
        Session.institute_id == institute.id, Session.uid.in_(leaving)
    )
    return {
        uid: (code, sequence + institute.version - 1)
        for uid, code, sequence in db.session.execute(rows)
    }
