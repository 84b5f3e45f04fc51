"""Sessions as calendars see them, and the invitations that travel with a confirmation."""

from collections.abc import Iterable, Sequence

from consortium import clock
from consortium.database import db
from consortium.ports import Attachment, CalendarWriter, DatedEvent, Mailbox, Method
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.domain import Attendee, agenda_of, kind_in_words
from events.schedule.models import Session
from events.schedule.service.choices import chosen_by
from events.schedule.service.sessions import sessions_of

VIRTUAL = "virtual"


def dated_event_of(
    session: Session, institute: Institute, *, admitted: bool, url: str = ""
) -> DatedEvent:
    """Return a dated session as calendars see it.

    The link of an online session is told only to people ``admitted`` to the institute. Title,
    place and state of the institute are in each of its events, so that its changes raise their
    sequences too.
    """
    if session.starts is None or session.ends is None:
        raise ValueError(f"session {session.code} has no date yet")
    return DatedEvent(
        uid=session.uid,
        sequence=session.sequence + institute.version - 1,
        summary=session.title,
        starts=session.starts,
        ends=session.ends,
        time_zone=session.time_zone,
        changed_at=session.changed_at,
        location=_place(session, institute),
        description=_description(session, institute, admitted=admitted),
        url=url,
        cancelled=session.cancelled_at is not None or institute.status == Status.CANCELLED,
        categories=(kind_in_words(session.kind),),
    )


def dated_events(
    sessions: Iterable[Session], institute: Institute, *, admitted: bool, url: str = ""
) -> Sequence[DatedEvent]:
    """Return those of the sessions that have a date; the others are for pages only."""
    return [
        dated_event_of(session, institute, admitted=admitted, url=url)
        for session in sessions
        if session.starts is not None
    ]


def invitation_attachments(
    institute: Institute,
    attendee: Attendee,
    *,
    name: str,
    email: str,
    writer: CalendarWriter,
) -> tuple[Attachment, ...]:
    """Return one calendar invitation for each session still ahead on the attendee's agenda.

    A request may speak of one UID only (RFC 5546), hence one file a session. The UIDs are
    those of the person's feed, so that nothing appears twice.
    """
    sessions = sessions_of(institute.id)
    own = agenda_of(
        (session.planned for session in sessions), chosen_by([attendee.seat_id]), attendee
    )
    on_agenda = {session.id for session in own.sessions if not session.cancelled}
    ahead = [
        session
        for session in sessions
        if session.id in on_agenda and session.ends_at and session.ends_at > clock.now()
    ]
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    organizer = Mailbox(name=tenant.name, email=tenant.reply_address)
    return tuple(
        Attachment(
            filename=f"{session.code}.ics",
            content_type="text/calendar",
            content=writer.write(
                [dated_event_of(session, institute, admitted=True)],
                method=Method.REQUEST,
                organizer=organizer,
                attendee=Mailbox(name=name, email=email),
            ),
            method=Method.REQUEST.value,
        )
        for session in ahead
    )


def _place(session: Session, institute: Institute) -> str:
    if session.mode == VIRTUAL:
        return say("Online")
    return ", ".join(part for part in (session.room, institute.venue) if part)


def _description(session: Session, institute: Institute, *, admitted: bool) -> str:
    parts = [institute.title, session.description]
    if session.homework:
        parts.append(say("Before the session: %(homework)s", homework=session.homework))
    if admitted and session.online_link:
        parts.append(say("Join online: %(link)s", link=session.online_link))
    return "\n\n".join(part for part in parts if part)
