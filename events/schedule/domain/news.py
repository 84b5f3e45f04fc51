"""What people are told when their agenda changed, and not by their own hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium.words import Sentence, say
from events.schedule.domain.sessions import PlannedSession


@dataclass(frozen=True, kw_only=True)
class AgendaChange:
    """What happened to one person's agenda, in sentences that the person reads."""

    seat_id: UUID
    session_id: UUID
    news: Sentence
    """The one sentence that says it, also the subject of a mail."""
    more: tuple[Sentence | str, ...] = ()
    """What follows from it, and what the person can do."""


def promoted(
    seat_id: UUID,
    session: PlannedSession,
    *,
    instead_of: str = "",
    no_longer: Sequence[str] = (),
) -> AgendaChange:
    """Tell that a place came free; ``no_longer`` are the sessions whose waits ended with it."""
    news = (
        say(
            "You have a place in “%(title)s” now, instead of “%(other)s”.",
            title=session.title,
            other=instead_of,
        )
        if instead_of
        else say("You have a place in “%(title)s” now.", title=session.title)
    )
    ended = [say("You no longer wait for “%(title)s”.", title=each) for each in no_longer]
    drop = say("If you no longer want it, drop it on your agenda, so that the next can have it.")
    return AgendaChange(seat_id=seat_id, session_id=session.id, news=news, more=(*ended, drop))


def no_longer_waiting(seat_id: UUID, session: PlannedSession, why: Sentence | str) -> AgendaChange:
    """Tell that a wait ended without a place, and why."""
    return AgendaChange(
        seat_id=seat_id,
        session_id=session.id,
        news=say("You no longer wait for a place in “%(title)s”.", title=session.title),
        more=(why,) if why else (),
    )


def session_cancelled(seat_id: UUID, session: PlannedSession, *, waited: bool) -> AgendaChange:
    """Tell that a session is not held, to who had chosen it or ``waited`` for it."""
    choose = say("Choose another session of that round on your agenda.")
    ended = say("So you no longer wait for it.")
    return AgendaChange(
        seat_id=seat_id,
        session_id=session.id,
        news=say("“%(title)s” was cancelled.", title=session.title),
        more=(ended, choose) if waited else (choose,),
    )


def not_held_after_all(
    seat_id: UUID, session: PlannedSession, kept: PlannedSession
) -> AgendaChange:
    """Tell who chose another session meanwhile that a cancelled one is held after all."""
    return AgendaChange(
        seat_id=seat_id,
        session_id=session.id,
        news=say("“%(title)s” is held after all.", title=session.title),
        more=(
            say(
                "You chose “%(kept)s” meanwhile and keep it. Swap on your agenda if you would "
                "rather go back.",
                kept=kept.title,
            ),
        ),
    )


def moved_by_host(
    seat_id: UUID,
    *,
    into: PlannedSession | None = None,
    out_of: PlannedSession | None = None,
    reason: str,
) -> AgendaChange:
    """Tell that the host placed someone in a session, took them out of one, or both."""
    about = into or out_of
    if about is None:
        raise ValueError("nobody was moved")
    if into and out_of:
        news = say(
            "The host moved you from “%(other)s” to “%(title)s”.",
            title=into.title,
            other=out_of.title,
        )
    elif into:
        news = say("The host gave you a place in “%(title)s”.", title=into.title)
    else:
        news = say("The host took you out of “%(other)s”.", other=about.title)
    return AgendaChange(
        seat_id=seat_id,
        session_id=about.id,
        news=news,
        more=(say("The reason: %(reason)s", reason=reason),),
    )
