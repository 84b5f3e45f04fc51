"""The mails about a call of two people, and what their calendars are told with them."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from cohorts.matching.domain.calls import CallSpan, TimeState
from cohorts.matching.emails import calls as emails
from cohorts.matching.models import CallTime, JointCall, PeerMatch
from cohorts.matching.service.pairs import Couple
from cohorts.matching.service.people import Person, people_at
from cohorts.matching.service.rounds import institutes_of
from consortium.calendar.domain import NOTHING, Told, facts_of
from consortium.calendar.service import ledger
from consortium.calendar.service.answers import answers_of
from consortium.calendar.service.ledger import Message
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.models import Person as PersonRow
from consortium.ports import Attachment, CalendarWriter, DatedEvent, Mailbox, Method
from consortium.tenants.models import Tenant
from consortium.words import say
from events import facade

CALL_FILES = "joint_call"
"""Who makes these files, as mails name it."""


def tell_of_proposal(time: CallTime, two: Couple) -> None:
    """Promise the other a mail with the time, by their own clocks."""
    mail = emails.call_proposed(
        two.home_of(two.them), two.them.view, two.me.view, _when(time, two, two.them), time.place
    )
    outbox.promise(mail, about=_about_time(time))


def drop_proposal(time: CallTime) -> None:
    """Drop the mail about a proposed time that has not left."""
    outbox.supersede(_about_time(time))


def tell_refused(time: CallTime, two: Couple) -> None:
    """Promise who proposed a mail that the other cannot then."""
    mail = emails.call_refused(
        two.home_of(two.them), two.them.view, two.me.view, _when(time, two, two.them)
    )
    outbox.promise(mail, about=_about_time(time))


def tell_agreed(call: JointCall, two: Couple) -> None:
    """Promise both an invitation to what they agreed on."""
    time = next(one for one in call.times if one.state is TimeState.AGREED)
    moved = any(one.state is TimeState.REPLACED and one.settled_at for one in call.times)
    for person, peer in ((two.me, two.them), (two.them, two.me)):
        outbox.supersede(_about(call, person))
        mail = emails.call_agreed(
            two.home_of(person),
            person.view,
            peer.view,
            _when(time, two, person),
            time.place,
            _files(call, person),
            moved=moved and call.sequence > 1,
        )
        outbox.promise(mail, about=_about(call, person))


def tell_called_off(call: JointCall, two: Couple) -> None:
    """Promise both a mail that takes the call out of their calendars, where it was agreed."""
    if any(one.state is TimeState.AGREED for one in call.times):
        for person, peer in ((two.me, two.them), (two.them, two.me)):
            _tell_off(call, person, peer.view.name, two.home_of(person).id)


def tell_ended(call: JointCall, match: PeerMatch) -> None:
    """Take a call of two who are no pair any more out of calendars: no word says why."""
    if not any(one.state is TimeState.AGREED for one in call.times):
        return
    people = people_at(institutes_of(match.run), only={match.first_id, match.second_id})
    for id_, other in ((match.first_id, match.second_id), (match.second_id, match.first_id)):
        if id_ in people:
            person = people[id_]
            row = db.session.get_one(PersonRow, other)
            name = people[other].view.name if other in people else row.name
            _tell_off(call, person, name, person.institute_id or match.run.institute_id)


def files_of(  # noqa: PLR0913  (what such a mail is made of)
    call_id: UUID,
    person_id: UUID,
    *,
    made_of: str,
    mail_id: UUID,
    organizer: Callable[[Tenant, UUID], Mailbox],
    writer: CalendarWriter,
) -> tuple[Attachment, ...]:
    """Return the file that brings someone's calendar up to date about a call. Flushes.

    It says what holds as the mail leaves: a request with what both agreed on, a cancellation of
    what was told before, nothing where the calendar shows it so already.
    """
    call = db.session.get(JointCall, call_id)
    person = db.session.get(PersonRow, person_id)
    if call is None or person is None:
        return ()
    if person.merged_into_id is not None:
        person = db.session.get_one(PersonRow, person.merged_into_id)
    known = ledger.known_of([person.id], call.id).get(person.id, {}).get(call.uid, NOTHING)
    event = _event(call, person)
    if event is not None:
        facts = facts_of(event)
        told = None if known.shows(facts) else Told(method=Method.REQUEST, facts=facts)
    else:
        shown = next((one.facts for one in (known.last, known.before) if one is not None), None)
        told = Told(method=Method.CANCEL, facts=shown) if known.invited and shown else None
    if told is None:
        return ()
    number = known.number(call.sequence, told)
    lift = max(0, number - call.sequence)
    message = Message(uid=call.uid, sequence=number, lift=lift, told=told)
    ledger.note(person.id, call.id, [message], mail_id=mail_id)
    said = answers_of(person.id, call.id).get(call.uid, "")
    out = told.facts.taken_out(call.uid, number, at=call.changed_at)
    tenant = db.session.get_one(Tenant, call.tenant_id)
    file = Attachment(
        filename="call.ics",
        content_type="text/calendar",
        content=writer.write(
            [out if event is None else _numbered(event, number)],
            method=told.method,
            organizer=organizer(tenant, person.id),
            attendee=Mailbox(name=person.name, email=person.email, answer=said),
        ),
        method=told.method.value,
    )
    outbox.keep_files(mail_id, made_of, (file,))
    return (file,)


def _event(call: JointCall, person: PersonRow) -> DatedEvent | None:
    """Return the call as calendars see it, while it is agreed on and neither has ended it."""
    time = next((one for one in call.times if one.state is TimeState.AGREED), None)
    match = db.session.get_one(PeerMatch, call.match_id)
    if time is None or call.called_off or match.ended_at is not None:
        return None
    other = match.second_id if match.first_id == person.id else match.first_id
    people = people_at(institutes_of(match.run), only={other})
    name = people[other].view.name if other in people else db.session.get_one(PersonRow, other).name
    span = CallSpan(starts=time.starts, time_zone=time.time_zone, minutes=time.minutes)
    return DatedEvent(
        uid=call.uid,
        sequence=call.sequence,
        summary=say("Call with %(name)s", name=name),
        starts=span.starts,
        ends=span.ends,
        time_zone=span.time_zone,
        changed_at=call.changed_at,
        location=time.place,
    )


def _numbered(event: DatedEvent, number: int) -> DatedEvent:
    return replace(event, sequence=number)


def _tell_off(call: JointCall, person: Person, name: str, institute_id: UUID) -> None:
    outbox.supersede(_about(call, person))
    institute = facade.institute_with(institute_id)
    mail = emails.call_off(institute, person.view, name, _files(call, person))
    outbox.promise(mail, about=_about(call, person))


def _files(call: JointCall, person: Person) -> Attachment:
    """Return what stands in a mail for the file, which is made when it is sent."""
    return Attachment(
        filename="call.ics",
        content_type="text/calendar",
        made_of=f"{CALL_FILES}:{call.tenant_id}:{call.id}:{person.view.person_id}",
    )


def _when(time: CallTime, two: Couple, reader: Person) -> emails.When:
    span = CallSpan(starts=time.starts, time_zone=time.time_zone, minutes=time.minutes)
    zone = two.zone_of(reader)
    return (*span.seen_from(zone), zone)


def _about(call: JointCall, person: Person) -> str:
    return f"{CALL_FILES}:{call.id}:{person.view.person_id}"


def _about_time(time: CallTime) -> str:
    return f"call_time:{time.id}"
