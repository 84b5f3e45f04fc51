"""What a team owes at this moment, by the fee rules that also made its quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.database import db
from consortium.words import say
from events.billing.domain.splitting import Owed, ShareRule
from events.billing.models import Bill, BillExtra, BillShare
from events.institutes.domain import AdmittedAs
from events.institutes.domain.fees import Charge, Head, Party, charge
from events.institutes.domain.terms import RefundRule, read_refunds, read_terms, write_refunds
from events.invoices.domain import Method
from events.invoices.domain.papers import PaperLine
from events.registration.models import Seat, Team, TeamStatus

UNUSED = say("Credit that is not used")


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """What is owed, line by line, and what each seat accounts for."""

    charge: Charge
    lines: tuple[PaperLine, ...]
    notes: tuple[str, ...]
    owed: Owed
    seats: tuple[str, ...] = ()
    """The seats that were counted, by id."""

    @property
    def total_cents(self) -> int:
        """What there is to pay, in cents."""
        return self.owed.total_cents


def reckon(bill: Bill) -> Reckoned:
    """Return what a bill comes to now: the fees for who comes, and what stands beside them."""
    extras = live_extras(bill)
    if bill.team_id is None:
        return _together(Charge(lines=()), extras, ())
    team = db.session.get_one(Team, bill.team_id)
    seats = billed_seats(team)
    party = party_of(team, seats, bill)
    return _together(charge(fees_of(bill), party, on=bill.rated_on), extras, seats)


def fees_of(bill: Bill) -> Mapping[str, Any]:
    """Return the fee rules of a bill.

    Whoever was told in writing what it costs is billed by those rules, whatever the host writes
    later; rules are written one by one, and half of them must not reach anybody's invoice.
    """
    return bill.fees or bill.institute.fees


def refunds_of(bill: Bill) -> RefundRule:
    """Return what the host keeps of a bill when somebody cancels.

    Whoever was told in writing what it costs gets back what those terms promised, whatever the
    host writes later. The deadline “full refund until” and the days are the institute's, and move
    with it.
    """
    if bill.refund_terms:
        return read_refunds(bill.refund_terms)
    return read_terms(bill.institute.payment_terms).refunds


def keep_rules(bill: Bill) -> None:
    """Let fees and refunds of this moment hold for the bill from now on. Part of another act."""
    bill.fees = dict(fees_of(bill))
    bill.refund_terms = write_refunds(refunds_of(bill))


def quoted(team: Team, bill: Bill | None) -> Charge:
    """Return what a team would pay with everyone it holds a seat for.

    What was said for the price of its bill counts, and the prices of the bill's day; those of
    today where there is no bill yet.
    """
    today = clock.now().astimezone(team.institute.zone).date()
    party = party_of(team, tuple(team.held_seats), bill)
    fees = team.institute.fees if bill is None else fees_of(bill)
    return charge(fees, party, on=bill.rated_on if bill else today)


def party_of(team: Team, seats: Sequence[Seat], bill: Bill | None = None) -> Party:
    """Return a team as the fee rules see it."""
    others, others_cents = _others_of_lea(team, bill)
    return Party(
        heads=tuple(
            Head(
                roles=seat.role_codes,
                choices=tuple(seat.choices),
                visitor=not team.comes_as_team,
            )
            for seat in seats
        ),
        comes_as_team=team.comes_as_team,
        state=team.state,
        guest=team.admitted_as is not AdmittedAs.HOME,
        affiliations=frozenset(bill.affiliations if bill else ()),
        discount_code=bill.discount_code if bill else "",
        by_purchase_order=bill is not None and _by_order(bill),
        others_of_lea=others,
        others_cents=others_cents,
    )


def billed_seats(team: Team) -> tuple[Seat, ...]:
    """Return the seats that count: none of a team that does not come (any more)."""
    if team.status is not TeamStatus.REGISTERED or team.institute.cancelled:
        return ()
    return tuple(sorted(team.held_seats, key=lambda seat: (seat.position, str(seat.id))))


def live_extras(bill: Bill) -> Sequence[BillExtra]:
    """Return what is owed beside the fees, in the order in which it came up."""
    statement = select(BillExtra).where(BillExtra.bill_id == bill.id, BillExtra.lifted_at.is_(None))
    return db.session.scalars(statement.order_by(BillExtra.made_at, BillExtra.id)).all()


def live_shares(bill: Bill) -> Sequence[BillShare]:
    """Return who pays which share, in the order listed."""
    statement = select(BillShare).where(BillShare.bill_id == bill.id, BillShare.ended_at.is_(None))
    ordered = statement.order_by(BillShare.position, BillShare.id)
    return db.session.scalars(ordered.options(joinedload(BillShare.payer))).all()


def rule_of(share: BillShare) -> ShareRule:
    """Return a share as a rule."""
    return ShareRule(basis=share.basis, value=share.value, roles=tuple(share.roles))


def _by_order(bill: Bill) -> bool:
    return any(share.method is Method.PURCHASE_ORDER for share in live_shares(bill))


def _others_of_lea(team: Team, bill: Bill | None) -> tuple[int, int]:
    """Return how many people of the same LEA came before in other teams, and their cents.

    Whoever was billed first takes the free places and fills the cap, so that a later team changes
    nobody else's bill. A team without a bill comes after all that have one.
    """
    if team.lea_id is None:
        return 0, 0
    earlier = (
        select(
            func.coalesce(func.sum(Team.seats_held), 0),
            func.coalesce(func.sum(Bill.fees_cents), 0),
        )
        .select_from(Team)
        .join(Bill, Bill.team_id == Team.id)
        .where(
            Team.institute_id == team.institute_id,
            Team.lea_id == team.lea_id,
            Team.id != team.id,
            Team.status == TeamStatus.REGISTERED,
        )
    )
    if bill is not None:
        earlier = earlier.where(Bill.id < bill.id)
    people, cents = db.session.execute(earlier).one()
    return int(people), int(cents)


def _together(charge_: Charge, extras: Sequence[BillExtra], seats: Sequence[Seat]) -> Reckoned:
    lines = [
        PaperLine(what=str(line.what), how=str(line.how), cents=line.cents, why=str(line.why))
        for line in charge_.lines
    ]
    lines += [PaperLine(what=one.what, how="", cents=one.cents, why=one.why) for one in extras]
    total = sum(line.cents for line in lines)
    if total < 0:  # credits beyond what is owed
        lines.append(PaperLine(what=str(UNUSED), how="", cents=-total))
        total = 0
    alone = charge_.cents_by_head()
    return Reckoned(
        charge=charge_,
        lines=tuple(lines),
        notes=tuple(str(note) for note in charge_.notes),
        owed=Owed(
            total_cents=total,
            seats=tuple(
                (seat.role_codes, Fraction(max(0, alone.get(n, 0)))) for n, seat in enumerate(seats)
            ),
        ),
        seats=tuple(str(seat.id) for seat in seats),
    )
