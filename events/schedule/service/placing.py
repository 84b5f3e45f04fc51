"""The host places people in sessions, also when they can no longer choose themselves."""

from sqlalchemy import update

from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled, refuse_cancelled_by_now
from events.schedule.domain import Attendee, ChoiceRefused
from events.schedule.domain.choosing import check_not_cancelled, check_time, in_round
from events.schedule.domain.news import moved_by_host
from events.schedule.models import Session
from events.schedule.service.announcing import announce
from events.schedule.service.choices import let_waiters_first
from events.schedule.service.finding import get_session
from events.schedule.service.promoting import promote
from events.schedule.service.taking import free_place, held_by, hold_rounds, stop_waits, take_place
from events.schedule.service.turns import take_turn
from events.schedule.service.wanted import for_them


def place_person(  # noqa: PLR0913  (what the host decides)
    institute: Institute,
    attendee: Attendee,
    *,
    into: str = "",
    out_of: str = "",
    reason: str,
    one_more: bool = False,
    by: str,
) -> None:
    """Move someone between sessions, or only into or out of one, whatever the date.

    Who has the one session that a round allows leaves it for another of the same round, whether
    that is said or not. The reason is written down and told. A full session takes the person only
    with ``one_more`` place, which passes those who wait: that is the host's decision, and it is in
    the audit. What is left goes to who waits. Raises ``NotForYou``, or ``ChoiceRefused`` when
    nothing is to be done, no reason is given, or the person has something else there.
    """
    refuse_cancelled(institute)
    if not into and not out_of:
        raise ChoiceRefused(say("Say into which session, or out of which one."), field="into")
    if not reason.strip():
        raise ChoiceRefused(say("Write down why. The person reads it."), field="reason")
    refuse_cancelled_by_now(institute)
    take_turn(institute.id)
    wanted = for_them(institute, attendee, into) if into else None
    leaving = get_session(institute, out_of) if out_of else _the_only_one(wanted, attendee)
    hold_rounds(*(one for one in (leaving, wanted) if one is not None))
    if leaving is not None and not free_place(leaving.id, attendee):
        raise ChoiceRefused(
            say("This person has no place in “%(title)s”.", title=leaving.title), field="out_of"
        )
    if wanted is not None:
        _place(wanted, attendee, reason=reason, one_more=one_more)
    announce(
        institute.id,
        [
            moved_by_host(
                attendee.seat_id,
                into=wanted.planned if wanted else None,
                out_of=leaving.planned if leaving else None,
                reason=reason,
            )
        ],
    )
    audit.record(
        "place_person",
        f"seat:{attendee.seat_id}",
        by=by,
        before={"session": leaving.code} if leaving else {},
        after={
            **({"session": wanted.code} if wanted else {}),
            **({"one_more": True} if one_more and wanted else {}),
            "reason": reason,
        },
    )
    if leaving is not None:
        promote(institute.id, [leaving.id])


def _the_only_one(wanted: Session | None, attendee: Attendee) -> Session | None:
    """Return what the person has of a round of which people take one."""
    if wanted is None or wanted.pick > 1:
        return None
    held = {one.id: one for one in held_by(attendee) if one.cancelled_at is None}
    same_round = in_round(wanted.planned, [one.planned for one in held.values()])
    return held[same_round[0].id] if same_round else None


def _place(wanted: Session, attendee: Attendee, *, reason: str, one_more: bool) -> None:
    check_not_cancelled(wanted.planned)
    let_waiters_first(wanted)
    held = [one.planned for one in held_by(attendee) if one.cancelled_at is None]
    if wanted.id in {one.id for one in held}:
        raise ChoiceRefused(
            say("This person has a place in “%(title)s” already.", title=wanted.title), field="into"
        )
    same_round = in_round(wanted.planned, held)
    if len(same_round) >= wanted.pick:
        raise ChoiceRefused(
            say(
                "This person has “%(held)s” in that round. Say which of them is given up.",
                held="”, “".join(one.title for one in same_round),
            ),
            field="out_of",
        )
    check_time(wanted.planned, held)
    if wanted.planned.is_full:
        if not one_more:
            raise ChoiceRefused(
                say(
                    "“%(title)s” is full. Tick that it gets one more place, or choose another.",
                    title=wanted.title,
                ),
                field="into",
            )
        _add_a_place(wanted)
    take_place(wanted, attendee, reason=reason)
    stop_waits([wanted.id], attendee)


def _add_a_place(session: Session) -> None:
    more = update(Session).where(Session.id == session.id)
    db.session.execute(more.values(capacity=Session.capacity + 1, version=Session.version + 1))
    db.session.refresh(session)
    if session.draft is not None and session.draft.get("capacity") is not None:
        session.draft = {**session.draft, "capacity": session.draft["capacity"] + 1}
        db.session.flush()
