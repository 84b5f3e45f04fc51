"""Reminding those who have not chosen their sessions yet: one mail to a person a day."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import Refusal
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.words import say
from events.agenda import emails
from events.agenda.domain import Member
from events.agenda.service.overview import overview_of
from events.agenda.service.spreading import team_spread
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service import opening_of
from events.registration.service import Editor
from events.schedule import service as schedule

MOST_AT_ONCE = 200
"""Writing a mail takes milliseconds, and until all are written nobody else writes to SQLite."""


def remind_everyone(institute: Institute, *, by: str) -> tuple[int, int]:
    """Promise a mail to everyone who can still choose, up to ``MOST_AT_ONCE``.

    Return to how many, and how many still wait for theirs. Raises ``Refusal`` when nobody is to
    be reminded.
    """
    _check(institute)
    return _remind(institute, overview_of(institute).missing, f"institute:{institute.id}", by=by)


def remind_team(team_id: UUID, editor: Editor) -> int:
    """Promise a mail to the members of a team who can still choose; return to how many.

    For the team's leads and coordinators, else ``NotFound``. Raises as ``remind_everyone`` does.
    """
    spread = team_spread(team_id, editor)
    if not spread.may_remind:
        raise Refusal(say("The leads of your team can remind the others."))
    institute = spread.team.institute
    _check(institute)
    sent, _ = _remind(institute, spread.missing, f"team:{team_id}", by=editor.email)
    return sent


def stop_reminding(seat_id: UUID) -> None:
    """Drop a reminder that has not left: the person is choosing."""
    outbox.supersede(_about(seat_id))


def _check(institute: Institute) -> None:
    """Raise ``Refusal`` where nobody can choose now."""
    if institute.status is not Status.PUBLISHED or opening_of(institute).over:
        raise Refusal(say("There is nothing to choose at this institute now."))
    if not schedule.window_at(institute).is_open:
        raise Refusal(say("People cannot choose now, so nobody is reminded."))


def _remind(
    institute: Institute, missing: Sequence[Member], subject: str, *, by: str
) -> tuple[int, int]:
    hold(Institute.id, institute.id)  # a colleague's turn ends first
    day = clock.now().astimezone(institute.zone).date().isoformat()
    keys = {f"choose:{institute.id}:{member.person_id}:{day}": member for member in missing}
    known = select(OutboxEmail.dedupe_key).where(OutboxEmail.dedupe_key.in_(keys))
    told = set(db.session.scalars(known))
    due = [(key, member) for key, member in keys.items() if key not in told]
    if not due:
        raise Refusal(say("Nobody needs this reminder now: all have chosen, or had it today."))
    window = schedule.window_at(institute)
    for key, member in due[:MOST_AT_ONCE]:
        mail = emails.choose_now(institute, member, until=window.words)
        outbox.promise(mail, about=_about(member.seat_id), dedupe_key=key)
    sent = min(len(due), MOST_AT_ONCE)
    audit.record("remind_to_choose", subject, by=by, after={"people": sent})
    return sent, len(due) - sent


def _about(seat_id: UUID) -> str:
    return f"choose:{seat_id}"
