"""The session that someone names, if it is for that person and still ahead."""

from consortium import clock
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.domain import Attendee, ChoiceRefused, audience_refusal
from events.schedule.models import Session
from events.schedule.service.finding import get_session


def open_to(institute: Institute, attendee: Attendee, code: str) -> Session:
    """Return the session with this code.

    Raises ``NotFound``, ``NotForYou`` where it is for others, ``ChoiceRefused`` for one of a round
    that has begun.
    """
    session = for_them(institute, attendee, code)
    if session.choice_group:
        check_ahead(session)
    return session


def for_them(institute: Institute, attendee: Attendee, code: str) -> Session:
    """Return the session with this code. Raises ``NotFound`` or ``NotForYou``."""
    session = get_session(institute, code)
    starts = session.starts
    refusal = audience_refusal(
        session.planned,
        attendee,
        role_labels={role.code: role.label for role in institute.roles},
        day_label=next(
            (day.label for day in institute.days if starts and day.on == starts.date()), ""
        ),
    )
    if refusal is not None:
        raise refusal
    return session


def check_ahead(session: Session) -> None:
    """Raise ``ChoiceRefused`` for a session that has begun."""
    if session.starts_at is not None and session.starts_at <= clock.now():
        raise ChoiceRefused(say("“%(title)s” has begun already.", title=session.title))
