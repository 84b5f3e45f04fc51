"""Sessions as calendars see them, and the invitations that travel with a confirmation."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

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


def invitation_attachments(  # noqa: PLR0913  (what such a mail is made of)
    institute: Institute,
    attendee: Attendee,
    *,
    name: str,
    email: str,
    writer: CalendarWriter,
    raised_by: int = 0,
) -> tuple[Attachment, ...]:
    """Return one calendar invitation for each session still ahead on the attendee's agenda.

    A request may speak of one UID only (RFC 5546), hence one file a session. The UIDs are
    those of the person's feed, so that nothing appears twice. ``raised_by`` lifts the sequence
    over what the same person got before: a program ignores what seems older than its copy.
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
    events = [dated_event_of(session, institute, admitted=True) for session in ahead]
    return _messages(
        zip(ahead, events, strict=True),
        _organizer(institute),
        Method.REQUEST,
        Mailbox(name=name, email=email),
        writer=writer,
        raised_by=raised_by,
    )


def cancellation_attachments(  # noqa: PLR0913  (what such a mail is made of)
    institute: Institute,
    uids: Collection[str],
    *,
    name: str,
    email: str,
    writer: CalendarWriter,
    raised_by: int,
) -> tuple[Attachment, ...]:
    """Return what takes these sessions out of the calendar of someone who comes no more.

    One file a session, with the UID of the invitation and a higher sequence (RFC 5546, 3.2.5).
    Nothing is said of the link of an online session, and nothing of sessions that are past.
    """
    cancel = cancelling(institute, writer=writer)
    return cancel(uids, Mailbox(name=name, email=email), raised_by)


def cancelling(
    institute: Institute, *, writer: CalendarWriter
) -> Callable[[Collection[str], Mailbox, int], tuple[Attachment, ...]]:
    """Return what writes ``cancellation_attachments`` for one attendee after the other.

    The sessions are read once, however many people's calendars they leave. It is called with the
    UIDs, the attendee, and by how much the sequence is raised.
    """
    now = clock.now()
    leaving = {
        session.uid: (
            session,
            replace(dated_event_of(session, institute, admitted=False), changed_at=now),
        )
        for session in sessions_of(institute.id)
        if session.starts is not None and session.ends_at and session.ends_at > now
    }
    organizer = _organizer(institute)

    def cancel(uids: Collection[str], attendee: Mailbox, raised_by: int) -> tuple[Attachment, ...]:
        theirs = [dated for uid, dated in leaving.items() if uid in uids]
        return _messages(
            theirs, organizer, Method.CANCEL, attendee, writer=writer, raised_by=raised_by
        )

    return cancel


def _messages(  # noqa: PLR0913  (what a message of iTIP consists of)
    dated: Iterable[tuple[Session, DatedEvent]],
    organizer: Mailbox,
    method: Method,
    attendee: Mailbox,
    *,
    writer: CalendarWriter,
    raised_by: int,
) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            filename=f"{session.code}.ics",
            content_type="text/calendar",
            content=writer.write(
                [replace(event, sequence=event.sequence + raised_by)],
                method=method,
                organizer=organizer,
                attendee=attendee,
            ),
            method=method.value,
        )
        for session, event in dated
    )


def _organizer(institute: Institute) -> Mailbox:
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    return Mailbox(name=tenant.name, email=tenant.reply_address)


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
