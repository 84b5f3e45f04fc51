"""A bill as someone may see it: sides see each other's shares, not each other's papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium.errors import NotFound
from consortium.people.domain import Side
from consortium.words import Sentence, say
from events.billing.domain.going_back import back_in_words
from events.billing.models import Bill, BillShare
from events.billing.service.costs import find_costs
from events.billing.service.following import find_bill
from events.billing.service.pricing import asks_for_affiliation, asks_for_code
from events.billing.service.reckoning import live_extras, live_shares, quoted
from events.institutes.domain.fees import split_total_cents
from events.institutes.domain.terms import read_terms
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import Series, side_of
from events.invoices.models import Document
from events.invoices.service import InvoiceView
from events.payments import service as payments
from events.registration.models import Team
from events.registration.service import Editor
from events.registration.service.sides import lead_of


@dataclass(frozen=True, kw_only=True)
class ShareShown:
    """One share: what it comes to, and its invoice for those who may open it."""

    share: BillShare
    view: InvoiceView | None
    opens: bool
    """Whether the reader may see contact, papers and payments of this payer."""


@dataclass(frozen=True, kw_only=True)
class BillShown:
    """What a team owes, as its page shows it."""

    bill: Bill | None = None
    lines: Sequence[Mapping[str, object]] = ()
    notes: Sequence[str] = ()
    total_cents: int = 0
    shares: Sequence[ShareShown] = ()
    confirmation: Document | None = None
    asks_for_price: bool = False
    """Whether the price hangs on something the team has to say."""

    @property
    def open_cents(self) -> int:
        """What is still to pay of the invoices that went out."""
        return sum(max(0, one.view.balance_cents) for one in self.shares if one.view)

    @property
    def unbilled_cents(self) -> int:
        """What no payer is billed for, because one said no."""
        return sum(one.share.cents for one in self.shares if one.share.declined_at is not None)


def show_bill(team: Team, editor: Editor) -> BillShown:
    """Return the team's bill; before it is registered, what it would come to today."""
    bill = find_bill(team)
    if bill is None:
        return _foreseen(team)
    shares = live_shares(bill)
    views = {view.invoice.id: view for view in invoices.invoices_about(bill.about)}
    side = _side_of(team, editor)
    found = invoices.papers_about(bill.about, Series.CONFIRMATION)
    return BillShown(
        bill=bill,
        lines=bill.lines,
        notes=bill.notes,
        total_cents=bill.total_cents,
        shares=[
            ShareShown(
                share=share,
                view=views.get(share.invoice_id) if share.invoice_id else None,
                opens=_opens(share, side, editor),
            )
            for share in shares
        ],
        confirmation=found[0] if found and not bill.total_cents else None,
        asks_for_price=asks_for_code(bill) or asks_for_affiliation(bill),
    )


def show_costs(institute: Institute) -> BillShown:
    """Return what an institute costs where payers share it, for finance, who opens all of it."""
    bill = find_costs(institute)
    if bill is None:
        total = split_total_cents(institute.fees)
        lines = [{"what": say("Cost of the institute"), "cents": total}] if total else []
        return BillShown(lines=lines, total_cents=total or 0)
    views = {view.invoice.id: view for view in invoices.invoices_about(bill.about)}
    return BillShown(
        bill=bill,
        lines=[{"id": one.id, "what": one.what, "cents": one.cents} for one in live_extras(bill)],
        total_cents=bill.total_cents,
        shares=[
            ShareShown(
                share=share,
                view=views.get(share.invoice_id) if share.invoice_id else None,
                opens=True,
            )
            for share in live_shares(bill)
        ],
    )


def share_shown(team: Team, share_id: UUID, editor: Editor) -> BillShare:
    """Return a share whose payer's contact the reader may see. Raises ``NotFound``."""
    shown = show_bill(team, editor)
    found = next((one for one in shown.shares if one.share.id == share_id), None)
    if found is None or not found.opens:
        raise NotFound(say("There is no payer of yours at this address."))
    return found.share


def pays_online(view: InvoiceView) -> bool:
    """Tell whether an invoice can be paid by card or bank account.

    That is so where something is open of it, the consortium takes cards, its institute offers
    one of both, and no purchase order of the payer's is here: who only promised one, or was named
    as one who would send one, may pay at once instead.
    """
    if view.balance_cents <= 0 or not invoices.settings().takes_cards:
        return False
    institute = view.invoice.institute
    if institute is None:
        return True
    terms = read_terms(institute.payment_terms, institute.payment_methods)
    if not (terms.takes_cards or terms.takes_bank_accounts) or institute.cancelled:
        return False
    return not view.ordered_cents


def going_back(invoice_id: UUID) -> Sequence[Sentence]:
    """Say what goes or went back of what was paid on an invoice."""
    return [
        back_in_words(
            one.way,
            one.status,
            one.cents,
            payment=payments.in_words(one.payment),
            number=one.check_number,
        )
        for one in payments.refunds_on(invoice_id)
    ]


def _foreseen(team: Team) -> BillShown:
    would = quoted(team, None)
    return BillShown(
        lines=[
            {"what": line.what, "how": line.how, "cents": line.cents, "why": line.why}
            for line in would.lines
        ],
        notes=would.notes,
        total_cents=would.total_cents,
    )


def _side_of(team: Team, editor: Editor) -> Side | None:
    mine = lead_of(team, editor)
    return mine.side if mine is not None else None


def _opens(share: BillShare, side: Side | None, editor: Editor) -> bool:
    if editor.coordinates or share.made_by == editor.email:
        return True
    payers = side_of(share.payer.kind)
    return payers is None or payers is side
