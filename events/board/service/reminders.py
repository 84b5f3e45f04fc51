"""Reminding only those who owe an answer, and only of what they owe."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import Refusal
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.words import say
from events.board import emails
from events.board.domain.reminders import (
    Kind,
    Reminder,
    Unfinished,
    needs_of,
    reminders,
    unfinished_kind,
)
from events.board.domain.teams import TeamLine
from events.board.service.teams import team_lines
from events.institutes import service as institutes
from events.institutes.domain import TEAM_CLOSING, VISITOR_CLOSING, Due, Status, closing
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import Scope
from events.questions.service import Holder
from events.registration.models import Seat, Team
from events.registration.service.standing import verdicts_of

MOST_AT_ONCE = 200
"""Writing a mail takes milliseconds, and until all are written nobody else writes to SQLite."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who would get which reminder if they were sent now."""

    due: Sequence[Reminder]
    sent_today: int
    """How many more are due and went out today already: one per person and kind a day."""
    stopped: str = ""
    """Why nobody may be reminded, if so."""

    def of(self, kind: Kind) -> Sequence[Reminder]:
        """Return the reminders of one kind."""
        return [reminder for reminder in self.due if reminder.kind is kind]


def reminders_due(institute: Institute, *, asked_before: datetime | None = None) -> Plan:
    """Return who would be reminded of what, were the button pressed now.

    ``asked_before`` leaves out members whose last mail of ours is younger.
    """
    now = clock.now()
    stopped = _stopped(institute, now)
    if stopped:
        return Plan(due=(), sent_today=0, stopped=stopped)
    teams = team_lines(institute)
    asked = [_asked_before(team, asked_before) for team in teams]
    found = reminders(asked, _unfinished(institute, teams, now), _owed(institute, teams))
    sent = _sent(institute, found, _today(institute, now))
    due = [reminder for reminder in found if reminder not in sent]
    return Plan(due=due, sent_today=len(sent))


def remind(institute: Institute, kinds: Collection[Kind], *, by: str) -> tuple[int, int]:
    """Promise a reminder to those who owe something of these kinds, up to ``MOST_AT_ONCE``.

    Return to how many, and how many still wait for theirs. Nobody gets the same kind twice on
    one day, however many colleagues press the button. Raises ``Refusal`` when nobody is to be
    reminded.
    """
    now = clock.now()
    hold(Institute.id, institute.id)  # a colleague's turn ends first
    db.session.refresh(institute, ["status"])
    plan = reminders_due(institute)
    chosen = [reminder for reminder in plan.due if reminder.kind in kinds]
    if not chosen:
        nobody = say("Nobody needs this reminder now: all have answered, or had it today.")
        raise Refusal(plan.stopped or nobody, field="kinds")
    now_sent = chosen[:MOST_AT_ONCE]
    send(institute, now_sent, _today(institute, now), by=by)
    return len(now_sent), len(chosen) - len(now_sent)


def send(institute: Institute, chosen: Sequence[Reminder], day: date, *, by: str) -> None:
    """Promise these reminders, one to a person and kind for the day, and write it down."""
    closes = closing(institute.dues)
    for reminder in chosen:
        outbox.promise(
            emails.reminder(institute, reminder, closes=closes),
            about=reminder.matters[0].about,
            dedupe_key=reminder.key(institute.id, day),
        )
    _note_on_seats(chosen, clock.now())
    counts = Counter(reminder.kind.value for reminder in chosen)
    audit.record("remind", f"institute:{institute.id}", by=by, after=counts)


def _stopped(institute: Institute, now: datetime) -> str:
    """Say why nobody may be reminded, if so."""
    if institute.status is not Status.PUBLISHED:
        return say("Reminders go out only for a published institute.")
    last = institutes.last_day_of(institute)
    if last and now >= Due(code="last_day", what="", on=last).passes_at(institute.zone):
        return say("The institute is over, so there is nothing to remind of.")
    return ""


def _asked_before(team: TeamLine, moment: datetime | None) -> TeamLine:
    if moment is None:
        return team
    return replace(
        team,
        members=tuple(
            member
            for member in team.members
            if member.asked_at is None or member.asked_at < moment or member.confirmed
        ),
    )


def _unfinished(
    institute: Institute, teams: Sequence[TeamLine], now: datetime
) -> Iterator[Unfinished]:
    """Give the teams whose leads have something to do, judged as they stand now."""
    kinds = {
        team.id: kind
        for team in teams
        if (kind := unfinished_kind(team, is_open=_is_open(institute, team, now)))
    }
    judged = {
        team.id: needs_of(verdict)
        for team, verdict in verdicts_of(select(Team).where(Team.id.in_(kinds)))
    }
    for team in teams:
        kind = kinds.get(team.id)
        if kind and (judged[team.id] or kind is Kind.SUBMIT):
            yield Unfinished(kind=kind, team=team, needs=judged[team.id])


def _owed(institute: Institute, teams: Sequence[TeamLine]) -> Mapping[UUID, int]:
    """Return how many answers each team and each confirmed member owes."""
    holders = [
        Holder(id=team.id, institute=institute, scope=Scope.TEAM)
        for team in teams
        if not team.visitors
    ]
    holders += [
        Holder(
            id=member.seat_id,
            institute=institute,
            scope=Scope.PERSON,
            role_codes=member.role_codes,
        )
        for team in teams
        for member in team.members
        if member.confirmed
    ]
    owed = questions.missing_of(institute, holders)
    return {holder_id: len(rules) for holder_id, rules in owed.items()}


def _is_open(institute: Institute, team: TeamLine, now: datetime) -> bool:
    closes = closing(institute.dues, VISITOR_CLOSING if team.visitors else TEAM_CLOSING)
    return closes is None or now < closes.passes_at(institute.zone)


def _today(institute: Institute, now: datetime) -> date:
    return now.astimezone(institute.zone).date()


def _sent(institute: Institute, found: Sequence[Reminder], day: date) -> Collection[Reminder]:
    by_key = {reminder.key(institute.id, day): reminder for reminder in found}
    statement = select(OutboxEmail.dedupe_key).where(OutboxEmail.dedupe_key.in_(by_key))
    return {by_key[key] for key in db.session.scalars(statement) if key is not None}


def _note_on_seats(sent: Sequence[Reminder], now: datetime) -> None:
    seats = [m.id for reminder in sent for m in reminder.matters if m.subject == "seat"]
    db.session.execute(update(Seat).where(Seat.id.in_(seats)).values(reminded_at=now))
