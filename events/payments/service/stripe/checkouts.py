"""Paying an invoice on Stripe's page: begun here, paid there, believed when the ledger says so."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import func, or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.cards import LARGEST, SMALLEST, CardMethod, CheckoutBegun, CheckoutWanted
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.ids import new_id
from consortium.words import dollars, say
from events.institutes.domain.terms import read_terms
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.invoices.service import InvoiceView
from events.ledger import service as ledger
from events.payments.domain import PaymentStatus
from events.payments.models import Checkout, Payment
from events.payments.models.stripe import CheckoutStatus
from events.payments.service.stripe.references import reference_to

STAYS_OPEN = timedelta(hours=12)
"""How long a payment page waits for its payer; Stripe allows half an hour to a day."""
NO_LONGER_OFFERED = timedelta(hours=1)
"""A page that closes so soon is not offered again; a new one is opened."""

SAME_KEY = timedelta(minutes=5)
"""How long a page that did not open is asked for under the same key. Stripe may give the same
error under it for a day; nobody has the address of what it may have opened."""

Methods = Callable[[Invoice], tuple[CardMethod, ...]]


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A payment page that is open at ``url``, or has to be opened as ``wanted`` says."""

    checkout_id: UUID
    url: str
    wanted: CheckoutWanted | None = None


class Paying(StrEnum):
    """What a payer can do about an invoice by card or bank account at this moment."""

    OFFERED = auto()
    ON_ITS_WAY = auto()
    NOT_OFFERED = auto()
    NOTHING_OPEN = auto()


def methods_of(invoice: Invoice) -> tuple[CardMethod, ...]:
    """Return how an invoice may be paid on Stripe's page, as its institute offers it."""
    institute = invoice.institute
    if institute is None:
        return (CardMethod.CARD, CardMethod.BANK_ACCOUNT)
    if institute.cancelled:
        return ()
    terms = read_terms(institute.payment_terms, institute.payment_methods)
    offered = {
        CardMethod.CARD: terms.takes_cards,
        CardMethod.BANK_ACCOUNT: terms.takes_bank_accounts,
    }
    return tuple(method for method, taken in offered.items() if taken)


def paying(view: InvoiceView, *, methods: Methods = methods_of) -> Paying:
    """Tell what a page may offer for an invoice; the ledger and Stripe's messages decide."""
    if on_its_way([view.invoice.id])[view.invoice.id]:
        return Paying.ON_ITS_WAY
    if view.balance_cents <= 0:
        return Paying.NOTHING_OPEN
    taken = invoices.settings().takes_cards and bool(methods(view.invoice))
    fits = SMALLEST <= view.balance_cents <= LARGEST
    return Paying.OFFERED if taken and fits else Paying.NOT_OFFERED


def on_its_way(invoice_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Return for each invoice how many cents were paid on Stripe's page and have not arrived.

    Nothing that stands behind such an invoice may be cancelled by itself.
    """
    arrived = select(Payment.intent_id).where(
        Payment.status != PaymentStatus.PROCESSING, Payment.intent_id.is_not(None)
    )
    statement = (
        select(Checkout.invoice_id, func.sum(Checkout.cents))
        .where(
            Checkout.invoice_id.in_(invoice_ids),
            Checkout.status == CheckoutStatus.COMPLETED,
            Checkout.intent_id.is_not(None),
            Checkout.intent_id.not_in(arrived),
        )
        .group_by(Checkout.invoice_id)
    )
    found = {invoice_id: int(cents) for invoice_id, cents in db.session.execute(statement)}
    return {one: found.get(one, 0) for one in invoice_ids}


def begin_checkout(
    invoice_id: UUID,
    *,
    success_url: str,
    cancel_url: str,
    by: str,
    methods: Methods = methods_of,
) -> Ticket:
    """Let an invoice be paid on Stripe's page: what is open of it, no more and no less.

    A page that is open for the same amount is offered again, so that a second click leads to the
    first page. Whoever gets ``wanted`` opens the page after this transaction and says so by
    ``checkout_opened``. Raises ``NotFound``, and ``MoneyRefused`` where nothing is open, a payment
    is on its way, or cards are not taken for it.
    """
    invoice, cents = invoices.open_invoice(invoice_id)
    offered = methods(invoice) if invoices.settings().takes_cards else ()
    _check(invoice, cents, offered)
    row = _open_for(invoice_id, cents)
    if row is None:
        row = Checkout(
            id=new_id(),
            invoice_id=invoice_id,
            cents=cents,
            status=CheckoutStatus.BEGUN,
            begun_at=clock.now(),
            expires_at=clock.now() + STAYS_OPEN,
        )
        db.session.add(row)
        db.session.flush()
        after = {"invoice_id": str(invoice_id), "cents": cents}
        audit.record("begin_checkout", f"checkout:{row.id}", by=by, after=after)
    if row.url:
        return Ticket(checkout_id=row.id, url=row.url)
    wanted = CheckoutWanted(
        cents=row.cents,
        description=invoice.number,
        payer_email=invoice.payer.contact_email,
        success_url=success_url,
        cancel_url=cancel_url,
        reference=reference_to(row.id),
        expires_at=row.expires_at,
        methods=offered,
    )
    return Ticket(checkout_id=row.id, url="", wanted=wanted)


def checkout_opened(checkout_id: UUID, begun: CheckoutBegun) -> str:
    """Note which page Stripe opened; return its address. Its messages may have come before."""
    row = _held(checkout_id)
    row.session_id = row.session_id or begun.id
    row.intent_id = row.intent_id or begun.payment_intent_id
    row.url = begun.url
    if row.status is CheckoutStatus.BEGUN:
        row.status = CheckoutStatus.OPEN
    db.session.flush()
    return row.url


def checkout_refused(checkout_id: UUID) -> None:
    """Note that Stripe opened no page and will not: the next click begins anew."""
    row = _held(checkout_id)
    if row.status is CheckoutStatus.BEGUN:
        row.status = CheckoutStatus.EXPIRED
    db.session.flush()


def checkouts_to_close() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of pages that must not be paid any more, oldest first.

    Their invoice asks for another amount now, is paid, or will be by what is on its way; and
    pages whose time is over.
    """
    live = (
        select(Checkout.tenant_id, Checkout.id, Checkout.invoice_id, Checkout.cents)
        .where(Checkout.status.in_((CheckoutStatus.BEGUN, CheckoutStatus.OPEN)))
        .order_by(Checkout.begun_at, Checkout.id)
    )
    rows = db.session.execute(live.add_columns(Checkout.expires_at)).all()
    named = {row.invoice_id for row in rows}
    open_, coming = ledger.invoice_balances(named), on_its_way(named)
    now = clock.now()
    return [
        (row.tenant_id, row.id)
        for row in rows
        if row.expires_at <= now or open_[row.invoice_id] != row.cents or coming[row.invoice_id]
    ]


def open_pages() -> Sequence[UUID]:
    """Return the ids of the consortium's pages that may still be paid."""
    statement = select(Checkout.id).where(
        Checkout.status.in_((CheckoutStatus.BEGUN, CheckoutStatus.OPEN)),
        Checkout.expires_at > clock.now(),
    )
    return db.session.scalars(statement.order_by(Checkout.begun_at, Checkout.id)).all()


def page_of(checkout_id: UUID) -> tuple[str | None, datetime, bool]:
    """Return Stripe's id of a page, if we know it, when it was begun, and whether it is over."""
    row = db.session.scalar(select(Checkout).where(Checkout.id == checkout_id))
    if row is None:
        raise _no_such_page()
    return row.session_id, row.begun_at, row.expires_at <= clock.now()


def checkout_closed(checkout_id: UUID, *, paid: bool, intent_id: str | None = None) -> None:
    """Note that a page cannot be paid any more, or was paid a moment before."""
    row = _held(checkout_id)
    if paid:
        row.status = CheckoutStatus.COMPLETED
        row.intent_id = row.intent_id or intent_id
    elif row.status is not CheckoutStatus.COMPLETED:
        row.status = CheckoutStatus.EXPIRED
    db.session.flush()


def _check(invoice: Invoice, cents: int, offered: Collection[CardMethod]) -> None:
    if not offered:
        raise MoneyRefused(
            say("This invoice cannot be paid by card. Pay by check or purchase order.")
        )
    if on_its_way([invoice.id])[invoice.id]:
        raise MoneyRefused(
            say(
                "A payment for this invoice is on its way already. Bank payments take up to five "
                "working days; there is nothing to do until then."
            )
        )
    if not SMALLEST <= cents <= LARGEST:
        raise MoneyRefused(
            say(
                "By card or bank account, between %(least)s and %(most)s can be paid. Pay by "
                "check or purchase order.",
                least=dollars(SMALLEST),
                most=dollars(LARGEST),
            )
        )


def _open_for(invoice_id: UUID, cents: int) -> Checkout | None:
    """Return the newest page for this amount that can still be paid; the invoice is held.

    One that Stripe has not opened is asked for again, under its key, for a short while only.
    """
    return db.session.scalar(
        select(Checkout)
        .where(
            Checkout.invoice_id == invoice_id,
            Checkout.cents == cents,
            Checkout.status.in_((CheckoutStatus.BEGUN, CheckoutStatus.OPEN)),
            Checkout.expires_at > clock.now() + NO_LONGER_OFFERED,
            or_(Checkout.url != "", Checkout.begun_at > clock.now() - SAME_KEY),
        )
        .order_by(Checkout.begun_at.desc(), Checkout.id.desc())
        .limit(1)
    )


def _held(checkout_id: UUID) -> Checkout:
    hold(Checkout.id, checkout_id)
    statement = select(Checkout).where(Checkout.id == checkout_id)
    row = db.session.scalar(statement.execution_options(populate_existing=True))
    if row is None:
        raise _no_such_page()
    return row


def _no_such_page() -> NotFound:
    return NotFound(say("There is no such payment page."))
