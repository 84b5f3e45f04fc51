"""Reminding payers of what is overdue: three levels, each once, and none where money is coming."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from blinker import Signal
from sqlalchemy import func, or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say
from events.invoices import emails
from events.invoices.domain import USUAL_DUNNING, MoneyRefused
from events.invoices.domain.dunning import level_due
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import Invoice, MoneySettings, Payer, PurchaseOrder, Reminder
from events.invoices.service.issuing import lock_invoice
from events.invoices.service.settings import settings
from events.ledger import service as ledger

BY = "reminders"
LONGEST_PAUSE = timedelta(days=366)
DAY = timedelta(days=1)
COMING = (OrderStatus.RECEIVED, OrderStatus.INVOICED)

under_way = Signal("invoices of which nobody is reminded while something is under way")
"""Sent with the ids of invoices; who knows of money on its way, or of a dispute, answers with
those of them that must wait. The books of invoices know nothing of payments."""


def remind_overdue(invoice_id: UUID, level: int) -> int:
    """Promise the payer one reminder of this level; return 1 if one goes out, else 0.

    None goes out for what is paid, not overdue any more, paused (by the consortium, for the payer
    or for the invoice), reminded of today, or reminded of so urgently before. None either while a
    purchase order is here and valid: the district has committed itself in writing and its business
    office pays on its own run; whoever reminds it then only teaches it to ignore reminders. An
    order that was merely promised, or has expired, is no such commitment. Where a bank account's
    payment is on its way, or a payment is disputed, there is nothing the payer should do now.
    """
    invoice = lock_invoice(invoice_id)
    balance = ledger.invoice_balances([invoice_id])[invoice_id]
    payer = db.session.get_one(Payer, invoice.payer_id)
    if balance <= 0 or not _may_remind(invoice, payer, level):
        return 0
    db.session.add(Reminder(invoice_id=invoice.id, level=level, sent_at=clock.now()))
    db.session.flush()
    outbox.promise(
        emails.reminder(invoice, payer, level=level, open_cents=balance),
        about=_about(invoice.id),
        dedupe_key=f"{_about(invoice.id)}:{level}",
    )
    audit.record(
        "remind_overdue",
        f"invoice:{invoice.id}",
        by=BY,
        after={"level": level, "open_cents": balance},
    )
    return 1


def stop_reminding(*invoice_ids: UUID) -> None:
    """Drop reminders that have not left yet: what they say is open has just changed.

    Part of another act, which applied money, credited or wrote off. The level stays used: who
    has just paid a part is reminded next when the next level is due.
    """
    outbox.supersede(*(_about(invoice_id) for invoice_id in invoice_ids))


def pause_invoice(invoice_id: UUID, until: date | None, *, by: str) -> Invoice:
    """Send no reminders of this invoice before a day, or go on with them (``None``).

    Raises ``MoneyRefused`` for a day that has passed or is more than a year away.
    """
    invoice = lock_invoice(invoice_id)
    today = ledger.today()
    if until is not None and not today < until <= today + LONGEST_PAUSE:
        raise MoneyRefused(
            say("Choose a day from tomorrow on, at most a year away."), field="until"
        )
    invoice.reminders_paused_until = until
    invoice.version += 1
    db.session.flush()
    if until is not None:
        stop_reminding(invoice.id)
    audit.record(
        "pause_invoice",
        f"invoice:{invoice.id}",
        by=by,
        after={"until": until.isoformat() if until else None},
    )
    return invoice


def reminders_of(invoice_id: UUID) -> Sequence[Reminder]:
    """Return the reminders that went out for an invoice, in order."""
    statement = select(Reminder).where(Reminder.invoice_id == invoice_id).order_by(Reminder.level)
    return db.session.scalars(statement).all()


def reminders_due() -> Sequence[tuple[UUID, UUID, int]]:
    """Return tenant, invoice and level of each reminder that is due now, of every tenant.

    Some of them are held back when they are looked at one by one (``remind_overdue``).
    """
    now = clock.now()
    open_ = ledger.open_invoices().subquery()
    reached = (
        select(func.coalesce(func.max(Reminder.level), 0))
        .where(Reminder.invoice_id == Invoice.id)
        .correlate(Invoice)
        .scalar_subquery()
    )
    statement = (
        select(
            Invoice.tenant_id,
            Invoice.id,
            Invoice.due_on,
            Tenant.time_zone,
            MoneySettings.dunning_days,
            reached,
        )
        .join(open_, open_.c.invoice_id == Invoice.id)
        .join(Payer, Payer.id == Invoice.payer_id)
        .join(Tenant, Tenant.id == Invoice.tenant_id)
        .outerjoin(MoneySettings, MoneySettings.tenant_id == Invoice.tenant_id)
        .where(
            open_.c.cents > 0,
            Invoice.due_on <= now.date(),
            Payer.reminders_paused.is_(False),
            or_(MoneySettings.id.is_(None), MoneySettings.dunning_paused.is_(False)),
            or_(
                Invoice.reminders_paused_until.is_(None),
                Invoice.reminders_paused_until <= now.date() + DAY,
            ),
        )
        .order_by(Invoice.tenant_id, Invoice.due_on, Invoice.id)
    )
    found = []
    for tenant_id, invoice_id, due_on, zone, days, before in db.session.execute(statement):
        today = now.astimezone(ZoneInfo(zone)).date()
        level = level_due(due_on, today, USUAL_DUNNING if days is None else days)
        if level > before:
            found.append((tenant_id, invoice_id, level))
    return found


def _may_remind(invoice: Invoice, payer: Payer, level: int) -> bool:
    books, today = settings(), ledger.today()
    if books.dunning_paused or payer.reminders_paused:
        return False
    paused_until = invoice.reminders_paused_until
    if paused_until is not None and today < paused_until:
        return False
    if level != level_due(invoice.due_on, today, books.dunning_days):
        return False
    zone = db.session.get_one(Tenant, require_tenant()).zone
    for sent in reminders_of(invoice.id):
        if sent.level >= level or sent.sent_at.astimezone(zone).date() == today:
            return False
    return not _order_here(invoice.id, today) and not _under_way([invoice.id])


def _order_here(invoice_id: UUID, today: date) -> bool:
    statement = select(PurchaseOrder.id).where(
        PurchaseOrder.invoice_id == invoice_id,
        PurchaseOrder.status.in_(COMING),
        or_(PurchaseOrder.expires_on.is_(None), PurchaseOrder.expires_on >= today),
    )
    return db.session.scalars(statement.limit(1)).first() is not None


def _under_way(invoice_ids: Collection[UUID]) -> bool:
    return any(answer for _, answer in under_way.send(invoice_ids))


def _about(invoice_id: UUID) -> str:
    return f"dunning:{invoice_id}"
