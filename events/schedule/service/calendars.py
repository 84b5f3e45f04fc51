"""Sessions as calendars see them, and the file that brings someone's calendar up to date."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from consortium import clock
from consortium.ports import Attachment, DatedEvent
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.domain import Attendee, agenda_of, kind_in_words
from events.schedule.models import Session
from events.schedule.service.choices import chosen_by
from events.schedule.service.finding import sessions_of

VIRTUAL = "virtual"
CALENDAR_FILES = "calendar"
"""Who makes the files, as mails name them (see ``outbox``)."""


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
        join_at=session.online_link if admitted else "",
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


def calendar_files(institute: Institute, person_id: UUID) -> Attachment:
    """Return what stands in a mail for the files that bring someone's calendar up to date.

    They are made when the mail is sent, one for each session: a request for what is on the
    person's agenda then and not in the calendar, a cancellation for what is not on it any more.
    So they never contradict the programme of that moment, however long the mail waited.
    """
    return Attachment(
        filename="calendar.ics",
        content_type="text/calendar",
        made_of=f"{CALENDAR_FILES}:{institute.tenant_id}:{institute.id}:{person_id}",
    )


def sessions_to_come(institute: Institute, attendee: Attendee) -> Sequence[Session]:
    """Return the sessions on the attendee's agenda that have a date, are held, and not over."""
    if institute.cancelled:
        return []
    sessions = sessions_of(institute.id)
    planned = (session.planned for session in sessions)
    own = agenda_of(planned, chosen_by(attendee.seat_ids), attendee)
    on_agenda = {session.id for session in own.sessions if not session.cancelled}
    return [session for session in sessions if session.id in on_agenda and is_ahead(session)]


def is_ahead(session: Session) -> bool:
    """Tell whether the session has a date and is not over."""
    return session.ends_at is not None and session.ends_at > clock.now()


def _place(session: Session, institute: Institute) -> str:
    if session.mode == VIRTUAL:
        return say("Online")
    venue = session.venue or institute.venue
    return ", ".join(dict.fromkeys(part for part in (session.room, venue) if part))


def _description(session: Session, institute: Institute, *, admitted: bool) -> str:
    parts = [institute.title, session.description]
    if session.presenters:
        parts.append(say("With %(names)s", names=", ".join(session.presenters)))
    if session.facilitators:
        parts.append(say("Facilitated by %(names)s", names=", ".join(session.facilitators)))
    if session.homework:
        parts.append(say("Before the session: %(homework)s", homework=session.homework))
    if admitted and session.online_link:
        parts.append(say("Join online: %(link)s", link=session.online_link))
    return "\n\n".join(part for part in parts if part)
