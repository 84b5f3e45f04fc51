"""Quotes and approval packets of teams."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.domain import SIDE_WORDS, Side
from consortium.tenants.models import Tenant
from consortium.words import say
from events.billing.service.following import find_bill
from events.billing.service.reckoning import quoted
from events.institutes.domain import Due
from events.institutes.domain.fees import Charge, fees_in_words
from events.institutes.domain.wording import PAYMENTS, in_words, part_in_words
from events.institutes.models import Institute
from events.invoices.domain import Series
from events.invoices.service.numbers import next_number, year_of
from events.ledger import service as ledger
from events.packets.domain.approvals import Trip, approvals_for, place_of
from events.packets.domain.packet import (
    WHY,
    AgendaDay,
    AgendaLine,
    Packet,
    Traveller,
    quote_row,
)
from events.packets.models import Quote
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.domain.admission import deadline_in_words
from events.registration.models import Team, TeamStatus
from events.registration.service.finding import lock_team
from events.schedule import service as schedule


def make_quote(team_id: UUID, editor: registration.Editor) -> Quote:
    """Write down what the team would pay now, under a number of its own.

    As long as nothing has changed the last quote stands and no number is used up. Raises
    ``NotFound``, and ``RegistrationRefused`` for a team without people or one that was withdrawn.
    """
    team = lock_team(team_id, editor)
    if team.status is TeamStatus.WITHDRAWN or not team.held_seats:
        raise RegistrationRefused(say("Name at least one person first. Then there is a quote."))
    charge = charge_of(team)
    last = last_quote(team)
    if last is not None and _says(last, charge, team):
        return last
    _, number = next_number(Series.QUOTE, year_of(ledger.today()))
    row = Quote(
        team_id=team.id,
        number=number,
        lines=_rows(charge),
        total_cents=charge.total_cents,
        people=len(team.held_seats),
        made_by=editor.email,
        made_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "make_quote",
        f"team:{team.id}",
        by=editor.email,
        before={"number": last.number} if last else None,
        after={"number": row.number, "total_cents": row.total_cents, "people": row.people},
    )
    return row


def charge_of(team: Team) -> Charge:
    """Return what the team would pay at this moment, by what its bill says of the price."""
    return quoted(team, find_bill(team))


def last_quote(team: Team) -> Quote | None:
    """Return the newest quote of the team, if it ever asked for one."""
    statement = (
        select(Quote)
        .where(Quote.team_id == team.id)
        .order_by(Quote.made_at.desc(), Quote.id.desc())
    )
    return db.session.scalars(statement).first()


def get_packet(team: Team) -> Packet:
    """Return the approval packet of the team's newest quote. Raises ``NotFound``."""
    found = find_packet(team)
    if found is None:
        raise NotFound(say("This team has no approval packet yet. Make one on the team's page."))
    return found


def find_packet(team: Team) -> Packet | None:
    """Return the same, or nothing for a team that never asked for a quote."""
    last = last_quote(team)
    if last is None:
        return None
    institute = team.institute
    charge = charge_of(team)
    governing = {role.code for role in institute.roles if role.rule.side is Side.GOVERNANCE}
    board = sum(not governing.isdisjoint(seat.role_codes) for seat in team.active_seats)
    return Packet(
        number=last.number,
        made_on=last.made_at.astimezone(institute.zone).date(),
        title=institute.title,
        summary=institute.summary,
        hosts=tuple(_host(host.name, host.role) for host in institute.hosts),
        contact=db.session.get_one(Tenant, institute.tenant_id).reply_address,
        team=team.name,
        time_zone=institute.time_zone,
        venue=institute.venue,
        days=_days(institute),
        register_by=_register_by(team),
        price=tuple(fees_in_words(institute.fees)),
        payment=tuple(in_words(method, PAYMENTS) for method in institute.payment_methods),
        travellers=_travellers(team),
        kept_seats=len(team.held_seats) - len(team.active_seats),
        costs=quote_row(last.lines),
        notes=charge.notes,
        total_cents=last.total_cents,
        approvals=()
        if institute.cancelled
        else approvals_for(
            Trip(
                team_state=team.state,
                held_in=place_of(institute.venue, institute.home_states),
                people=len(team.held_seats),
                total_cents=last.total_cents,
                board_members=board,
            )
        ),
        cancelled_on=_cancelled_on(institute),
        current=_says(last, charge, team),
    )


def _cancelled_on(institute: Institute) -> date | None:
    told = institute.cancellation
    return told.cancelled_at.astimezone(institute.zone).date() if told else None


def _says(row: Quote, charge: Charge, team: Team) -> bool:
    same = row.lines == _rows(charge) and row.total_cents == charge.total_cents
    return same and row.people == len(team.held_seats)


def _rows(charge: Charge) -> list[dict[str, Any]]:
    return [
        {"what": str(line.what), "how": str(line.how), "cents": line.cents} for line in charge.lines
    ]


def _register_by(team: Team) -> str:
    if team.offer_expires_at is not None:
        local = team.offer_expires_at.astimezone(team.institute.zone)
        due = Due(code="offer", what="", on=local.date(), at=local.time())
        return deadline_in_words(due, team.institute.zone)
    door = registration.door_of(team.institute, team.kind)
    return "" if door.closed or team.status is TeamStatus.REGISTERED else door.when


def _host(name: str, role: str) -> str:
    return say("%(name)s (%(role)s)", name=name, role=part_in_words(role)) if role else name


def _days(institute: Institute) -> tuple[AgendaDay, ...]:
    sessions = [
        session.planned
        for session in schedule.sessions_of(institute.id)
        if session.cancelled_at is None
    ]
    spans = [
        (session, span.seen_from(institute.time_zone))
        for session in sessions
        if (span := session.span)
    ]
    named = {day.on: day for day in institute.days}
    on = sorted({*named, *(span.starts.date() for _, span in spans)})
    return tuple(
        AgendaDay(
            on=day,
            label=named[day].label if day in named else "",
            optional=day in named and named[day].optional,
            lines=_lines([pair for pair in spans if pair[1].starts.date() == day]),
        )
        for day in on
    )


def _lines(pairs: Sequence[Any]) -> tuple[AgendaLine, ...]:
    ordered = sorted(pairs, key=lambda pair: (pair[1].starts, pair[1].ends, pair[0].title))
    return tuple(
        AgendaLine(starts=span.starts, ends=span.ends, title=session.title, room=session.room)
        for session, span in ordered
    )


def _travellers(team: Team) -> tuple[Traveller, ...]:
    rules = {role.code: role.rule for role in team.institute.roles}
    found = []
    for seat in team.active_seats:
        asked = [rules[code] for code in seat.role_codes if code in rules]
        found.append(
            Traveller(
                name=seat.name,
                role=", ".join(rule.label for rule in asked) or seat.role_code,
                side=str(SIDE_WORDS[asked[0].side]) if asked else "",
                why=str(WHY[asked[0].strength]) if asked else "",
            )
        )
    return tuple(found)
