"""Asking those who have not chosen their sessions yet: one mail to a person a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import Refusal
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.words import say
from events.agenda import emails
from events.agenda.domain import Member, OpenRound, asking_day
from events.agenda.service.members import AT_A_TIME
from events.agenda.service.overview import Overview, overview_of
from events.agenda.service.spreading import TeamSpread, team_spread
from events.institutes import service as institutes
from events.institutes.domain import REMINDER_DAYS, Status
from events.institutes.models import Institute
from events.institutes.service import opening_of
from events.registration.service import Editor
from events.schedule import service as schedule
from events.schedule.models import Session

BY = "worker"
KIND = "choose"
MOST_AT_ONCE = 200
"""Writing a mail takes milliseconds, and until all are written nobody else writes to SQLite."""


def remind_everyone(institute: Institute, *, by: str) -> tuple[int, int]:
    """Promise a mail to everyone who can still choose, up to ``MOST_AT_ONCE``.

    Return to how many, and how many still wait for theirs. Raises ``Refusal`` when nobody is to
    be reminded.
    """
    _check(institute)
    return _remind(institute, overview_of(institute), f"institute:{institute.id}", by=by)


def remind_team(team_id: UUID, editor: Editor) -> int:
    """Promise a mail to the members of a team who can still choose; return to how many.

    For the team's leads and coordinators, else ``NotFound``. Raises as ``remind_everyone`` does.
    """
    spread = team_spread(team_id, editor)
    if not spread.may_remind:
        raise Refusal(say("The leads of your team can remind the others."))
    institute = spread.team.institute
    _check(institute)
    sent, _ = _remind(institute, spread, f"team:{team_id}", by=editor.email)
    return sent


def institutes_with_rounds() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of every published institute at which people choose sessions."""
    rounds = select(Session.institute_id).where(Session.choice_group != "")
    statement = (
        select(Institute.tenant_id, Institute.id)
        .where(Institute.status == Status.PUBLISHED, Institute.id.in_(rounds))
        .order_by(Institute.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def remind_by_rule(institute_id: UUID) -> int:
    """Promise what is due at this moment by the host's rule; return how many mails.

    It goes to those who confirmed a seat and can still choose. Doing it again is safe: a person
    gets one mail for each planned day, and none where someone pressed the button on that day.
    """
    statement = select(Institute).where(Institute.id == institute_id)
    institute = db.session.scalar(statement.options(selectinload(Institute.deadlines)))
    on = None if institute is None else _planned_day(institute)
    if institute is None or on is None:
        return 0
    hold(Institute.id, institute.id)  # another worker's turn ends first
    overview = overview_of(institute)
    confirmed = [member for member in overview.missing if member.confirmed]
    due = _not_told(institute, confirmed, on)[:MOST_AT_ONCE]
    if due:
        _send(institute, due, overview.still_open, on)
        audit.record(
            "remind_to_choose", f"institute:{institute.id}", by=BY, after={"people": len(due)}
        )
    return len(due)


def stop_reminding(seat_id: UUID) -> None:
    """Drop a reminder that has not left: the person is choosing."""
    outbox.supersede(_about(seat_id))


def _planned_day(institute: Institute) -> date | None:
    if institute.status is not Status.PUBLISHED:
        return None
    return asking_day(
        schedule.window_at(institute),
        institutes.first_day_of(institute),
        institute.reminder_days.get(KIND, REMINDER_DAYS[KIND]),
        zone=institute.zone,
        now=clock.now(),
    )


def _check(institute: Institute) -> None:
    """Raise ``Refusal`` where nobody can choose now."""
    if institute.status is not Status.PUBLISHED or opening_of(institute).over:
        raise Refusal(say("There is nothing to choose at this institute now."))
    if not schedule.window_at(institute).is_open:
        raise Refusal(say("People cannot choose now, so nobody is reminded."))


def _remind(
    institute: Institute, seen: Overview | TeamSpread, subject: str, *, by: str
) -> tuple[int, int]:
    hold(Institute.id, institute.id)  # a colleague's turn ends first
    today = clock.now().astimezone(institute.zone).date()
    due = _not_told(institute, seen.missing, today)
    if not due:
        raise Refusal(say("Nobody needs this reminder now: all have chosen, or had it today."))
    now_sent = due[:MOST_AT_ONCE]
    _send(institute, now_sent, seen.still_open, today)
    audit.record("remind_to_choose", subject, by=by, after={"people": len(now_sent)})
    return len(now_sent), len(due) - len(now_sent)


def _not_told(institute: Institute, members: Sequence[Member], on: date) -> list[Member]:
    """Leave out whoever had the mail for this day already."""
    by_key = {_key(institute, member, on): member for member in members}
    keys = list(by_key)
    told: set[str | None] = set()
    for first in range(0, len(keys), AT_A_TIME):
        some = keys[first : first + AT_A_TIME]
        known = select(OutboxEmail.dedupe_key).where(OutboxEmail.dedupe_key.in_(some))
        told.update(db.session.scalars(known))
    return [member for key, member in by_key.items() if key not in told]


def _send(
    institute: Institute,
    members: Sequence[Member],
    still_open: Mapping[UUID, Sequence[OpenRound]],
    on: date,
) -> None:
    until = schedule.window_at(institute).words
    for member in members:
        mail = emails.choose_now(institute, member, still_open[member.seat_id], until=until)
        outbox.promise(mail, about=_about(member.seat_id), dedupe_key=_key(institute, member, on))


def _key(institute: Institute, member: Member, on: date) -> str:
    return f"choose:{institute.id}:{member.person_id}:{on.isoformat()}"


def _about(seat_id: UUID) -> str:
    return f"choose:{seat_id}"
