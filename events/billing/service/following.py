"""Bills follow teams: whatever changes who comes, what is owed changes in the same transaction."""

from collections.abc import Collection, Sequence
from datetime import date

from holidays import country_holidays
from sqlalchemy import select

from consortium import clock
from consortium.database import db, hold, translating
from consortium.words import dollars, say
from events.billing.models import ONE_BILL, Bill, BillExtra
from events.billing.service.codes import release_code
from events.billing.service.invoicing import confirm_if_free, send_changes
from events.billing.service.reckoning import Reckoned, billed_seats, fees_of, reckon, refunds_of
from events.institutes.domain.fees import counts_leas
from events.institutes.domain.terms import (
    Cancelling,
    Dates,
    Kept,
    PaymentTerms,
    kept_cents,
    read_terms,
)
from events.institutes.models import Institute
from events.registration.models import Seat, Team, TeamStatus

RULES = "fee rules"
"""Who issues what follows from the rules alone, in the record."""
REFUND_UNTIL = "refund_until"


class BillMade(Exception):
    """Another transaction made the bill a moment ago."""


def follow(team: Team) -> Bill | None:
    """Let what the team owes follow who comes; nothing is billed before it is registered.

    Where somebody left, the host keeps what its rules say and gives back the rest. Invoices that
    went out are revised, or credited where they were paid. A team that is withdrawn lets others
    use its discount code. Part of the act that changed the team.
    """
    bill = find_bill(team)
    if bill is None:
        if team.status is not TeamStatus.REGISTERED:
            return None
        bill = make_bill(team)
    held(bill)
    before, counted = bill.total_cents, counted_of(bill)
    _lift_what_was_kept(bill, team)
    _keep_for_those_who_left(bill, team)
    if team.status is TeamStatus.WITHDRAWN:
        release_code(bill)
    reckoned = write_down(bill)
    if bill.sent_at is not None:
        send_changes(bill, reckoned, why=_change(before, reckoned.total_cents))
    confirm_if_free(bill, team, reckoned)
    follow_in_lea(bill, counted)
    return bill


def held(bill: Bill) -> Bill:
    """Return a bill read anew, held so that its changes come one by one."""
    hold(Bill.id, bill.id)
    db.session.refresh(bill)
    return bill


def counted_of(bill: Bill) -> tuple[int, int]:
    """Return what of a bill counts for the LEA's other teams: its people, and its fees."""
    return len(bill.seats), bill.fees_cents


def follow_in_lea(bill: Bill, counted: tuple[int, int]) -> None:
    """Let the bills of the LEA's later teams follow, where free places or a cap are for all.

    ``counted`` is what counted of this one before. They are held in the order in which they were
    made, and their teams are not: whoever changes one of those holds its bill in turn and then
    sees what was done here. Part of another act.
    """
    team = bill.team
    if team is None or team.lea_id is None or counted == counted_of(bill):
        return
    if not counts_leas(fees_of(bill)):
        return
    later = (
        select(Bill)
        .join(Team, Team.id == Bill.team_id)
        .where(
            Bill.institute_id == bill.institute_id,
            Bill.id > bill.id,
            Team.lea_id == team.lea_id,
            Team.status == TeamStatus.REGISTERED,
        )
        .order_by(Bill.id)
    )
    for other in db.session.scalars(later).all():
        held(other)
        its_team = db.session.get_one(Team, other.team_id, populate_existing=True)
        before = other.total_cents
        reckoned = write_down(other)
        if other.total_cents == before:
            continue
        if other.sent_at is not None:
            send_changes(other, reckoned, why=_change_in_lea(before, other.total_cents))
        confirm_if_free(other, its_team, reckoned)


def find_bill(team: Team) -> Bill | None:
    """Return the team's bill, if it ever came to that."""
    return db.session.scalar(select(Bill).where(Bill.about == f"team:{team.id}"))


def make_bill(team: Team) -> Bill:
    """Begin the bill of a team that has just been registered. Part of another act."""
    registered = (team.registered_at or clock.now()).astimezone(team.institute.zone)
    bill = Bill(
        institute_id=team.institute_id,
        team_id=team.id,
        about=f"team:{team.id}",
        rated_on=registered.date(),
        made_at=clock.now(),
    )
    try:
        with translating(ONE_BILL, into=BillMade()), db.session.begin_nested():
            db.session.add(bill)
    except BillMade:
        return db.session.scalars(select(Bill).where(Bill.about == f"team:{team.id}")).one()
    return bill


def write_down(bill: Bill) -> Reckoned:
    """Write down what the bill comes to now. Flushes."""
    reckoned = reckon(bill)
    bill.lines = [
        {"what": line.what, "how": line.how, "cents": line.cents, "why": line.why}
        for line in reckoned.lines
    ]
    bill.notes = list(reckoned.notes)
    bill.fees_cents = max(0, reckoned.charge.total_cents)
    bill.seats = list(reckoned.seats)
    bill.total_cents = reckoned.total_cents
    bill.version += 1
    db.session.flush()
    return reckoned


def holidays_between(since: date, until: date) -> Collection[date]:
    """Return the federal holidays, as observed, that are no working days between two days."""
    last = min(until.year, since.year + 1)
    return frozenset(country_holidays("US", years=range(since.year, last + 1)))


def terms_of(institute: Institute) -> PaymentTerms:
    """Return how the institute is paid for."""
    return read_terms(institute.payment_terms, institute.payment_methods)


def _keep_for_those_who_left(bill: Bill, team: Team) -> None:
    """Keep what the host's rules say of the price of who left; nothing of an unbilled team."""
    now = reckon(bill)
    reduction = bill.fees_cents - max(0, now.charge.total_cents)
    left = [seat_id for seat_id in bill.seats if seat_id not in now.seats]
    left = [seat_id for seat_id in left if not _is_replaced(team, seat_id)]
    if reduction <= 0 or not left or bill.sent_at is None:
        return
    kept = _kept(bill, team, reduction, people=len(left))
    if kept.cents <= 0:
        return
    gone = next((seat for seat in team.seats if str(seat.id) == left[0]), None)
    db.session.add(
        BillExtra(
            bill_id=bill.id,
            seat_id=gone.id if gone is not None else None,
            what=say("Kept of a late cancellation"),
            why=kept.why,
            cents=kept.cents,
            made_at=clock.now(),
            made_by=RULES,
        )
    )
    db.session.flush()


def _kept(bill: Bill, team: Team, reduction: int, *, people: int) -> Kept:
    institute = team.institute
    now = clock.now().astimezone(institute.zone)
    due = next((due for due in institute.dues if due.code == REFUND_UNTIL), None)
    first_day = min(institute.main_days, default=date.max)
    dates = Dates(
        first_day=first_day,
        holidays=holidays_between(now.date(), first_day),
        refund_until=due.passes_at(institute.zone) if due else None,
    )
    cancelling = Cancelling(on=now.date(), at=now, people=people, by_host=institute.cancelled)
    return kept_cents(refunds_of(bill), cancelling, dates, reduction_cents=reduction)


def _lift_what_was_kept(bill: Bill, team: Team) -> None:
    """Give back what was kept for a seat that somebody has taken over since.

    Whoever is named anew with a role of the one who left comes instead, too: leads take one out
    and name the next as often as they replace one by the other.
    """
    statement = select(BillExtra).where(
        BillExtra.bill_id == bill.id,
        BillExtra.seat_id.is_not(None),
        BillExtra.lifted_at.is_(None),
    )
    free = refunds_of(bill).free_with_replacement
    came = [seat for seat in billed_seats(team) if str(seat.id) not in bill.seats]
    for extra in db.session.scalars(statement.order_by(BillExtra.made_at, BillExtra.id)):
        replaced = _is_replaced(team, str(extra.seat_id))
        instead = None if replaced else _comes_instead(team, extra, came)
        if instead is not None:
            came.remove(instead)
        if team.institute.cancelled or (free and (replaced or instead is not None)):
            extra.lifted_at = clock.now()
    db.session.flush()


def _comes_instead(team: Team, extra: BillExtra, came: Sequence[Seat]) -> Seat | None:
    left = next((seat for seat in team.seats if seat.id == extra.seat_id), None)
    if left is None:
        return None
    return next((one for one in came if not set(left.role_codes).isdisjoint(one.role_codes)), None)


def _is_replaced(team: Team, seat_id: str) -> bool:
    return any(str(seat.replaces_id) == seat_id for seat in team.seats if seat.replaces_id)


def _change_in_lea(before: int, after: int) -> str:
    return say(
        "Another team of the LEA has changed: %(after)s instead of %(before)s.",
        before=dollars(before),
        after=dollars(after),
    )


def _change(before: int, after: int) -> str:
    return say(
        "The team has changed: %(after)s instead of %(before)s.",
        before=dollars(before),
        after=dollars(after),
    )
