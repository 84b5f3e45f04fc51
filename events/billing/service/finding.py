"""Bills and shares as those load them who may: leads their own team's, finance all."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.billing.models import Bill, BillShare
from events.billing.service.following import find_bill, held, make_bill
from events.billing.service.reckoning import live_shares
from events.invoices.domain import MoneyRefused
from events.invoices.models import Payer
from events.registration.models import TeamStatus
from events.registration.service import Editor
from events.registration.service.finding import hold_team, lock_team


def lock_bill(team_id: UUID, editor: Editor) -> Bill:
    """Return the bill of a team of one's own, held with the team.

    Raises ``NotFound`` for strangers, ``MoneyRefused`` before the team is registered.
    """
    team = lock_team(team_id, editor)
    if team.status is not TeamStatus.REGISTERED:
        raise MoneyRefused(say("Submit the team first. Who pays comes after that."))
    return held(find_bill(team) or make_bill(team))


def hold_bill(bill_id: UUID) -> Bill:
    """Return a bill held with its team, for someone whom another rule lets in.

    In money the order of locks is: the team, its bill, payments, invoices. Raises ``HostCancelled``
    where the host has cancelled the institute.
    """
    bill = db.session.get_one(Bill, bill_id)
    if bill.team_id is not None:
        hold_team(bill.team_id)
    return held(bill)


def share_of(bill: Bill, share_id: UUID) -> BillShare:
    """Return a live share of the bill. Raises ``NotFound``."""
    share = next((one for one in live_shares(bill) if one.id == share_id), None)
    if share is None:
        raise NotFound(say("There is no such payer in this bill any more."))
    return share


def share_on(invoice_id: UUID) -> BillShare | None:
    """Return the live share for which an invoice was issued."""
    statement = select(BillShare).where(
        BillShare.invoice_id == invoice_id, BillShare.ended_at.is_(None)
    )
    return db.session.scalar(statement.options(joinedload(BillShare.payer)))


def lock_share_of_contact(share_id: UUID, email: str) -> tuple[Bill, BillShare]:
    """Return a share and its bill for the payer's contact, held as a lead's change of it would.

    Raises ``NotFound`` for anyone else.
    """
    theirs = (
        select(BillShare)
        .join(Payer, Payer.id == BillShare.payer_id)
        .where(BillShare.id == share_id, Payer.contact_email == email, BillShare.ended_at.is_(None))
    )
    known = db.session.scalar(theirs)
    if known is None:
        raise _no_such_share()
    bill = hold_bill(known.bill_id)
    share = db.session.scalar(theirs.execution_options(populate_existing=True))
    if share is None:
        raise _no_such_share()
    return bill, share


def _no_such_share() -> NotFound:
    return NotFound(say("There is no share of yours at this address."))
