"""What someone of finance must look at: opened once, told by mail, resolved by saying how."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from consortium import clock
from consortium.access import GRANTS, Permission
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.tenants.service.staff import staff
from consortium.words import dollars, say
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.payments import emails
from events.payments.domain import ExceptionKind
from events.payments.models import ONE_OPEN, MoneyException, Payment
from events.payments.service.applying import in_words

OF_A_REST = (
    ExceptionKind.OVERPAID,
    ExceptionKind.PAID_TWICE,
    ExceptionKind.NO_INVOICE,
    ExceptionKind.NO_SEAT,
    ExceptionKind.OTHER_AMOUNT,
)
"""Kinds that speak of money that was applied to nothing, and end when it is."""

_SAID_HERE = frozenset({ExceptionKind.OVERPAID, ExceptionKind.PAID_TWICE, ExceptionKind.NO_INVOICE})
"""Those whose words say nothing but what is left, and follow it."""


class _AlreadyOpen(Exception):
    """The same thing was noticed by someone else a moment ago."""


def open_exception(  # noqa: PLR0913  (each is a column of the row)
    kind: ExceptionKind,
    about: str,
    *,
    cents: int,
    words: str,
    payment_id: UUID | None = None,
    invoice_id: UUID | None = None,
) -> MoneyException:
    """Let finance look at something, and promise each of them one mail. Part of another act.

    ``about`` names it (``payment:<id>``, ``refund:<id>``, ``stripe:<id of theirs>``). While one
    of the same kind is open about it there is no second one, and no second mail.
    """
    found = _open_one(kind, about)
    if found is not None:
        return found
    row = MoneyException(
        kind=kind,
        about=about,
        cents=cents,
        words=words,
        payment_id=payment_id,
        invoice_id=invoice_id,
        opened_at=clock.now(),
    )
    try:
        with translating(ONE_OPEN, into=_AlreadyOpen()), db.session.begin_nested():
            db.session.add(row)
    except _AlreadyOpen:
        found = _open_one(kind, about)
        if found is None:
            raise
        return found
    for to in finance_addresses():
        outbox.promise(
            emails.exception(row, to=to),
            about=f"money_exception:{row.id}",
            dedupe_key=f"money_exception:{row.id}:{to}",
        )
    return row


def resolve_exception(exception_id: UUID, resolution: str, *, by: str) -> MoneyException:
    """Note what was done about an exception; it leaves the list.

    Money that belongs to no invoice may stay so on purpose: the item then says how much.
    Raises ``NotFound``, ``MoneyRefused`` without words or when someone resolved it before.
    """
    row = get_exception(exception_id)
    if not resolution.strip():
        raise MoneyRefused(say("Write what was done about it."), field="resolution")
    cents = row.cents
    if row.payment_id is not None and row.kind in OF_A_REST:
        cents = ledger.suspense_of_payments([row.payment_id])[row.payment_id]
    if not _resolve([row.id], resolution.strip(), by=by, cents=cents):
        raise MoneyRefused(say("Someone else resolved this a moment ago."))
    outbox.supersede(f"money_exception:{row.id}")
    audit.record(
        "resolve_exception",
        f"money_exception:{row.id}",
        by=by,
        after={"kind": row.kind.value, "resolution": resolution.strip()},
    )
    db.session.refresh(row)
    return row


def follow_rest(
    payment: Payment,
    *,
    by: str,
    kind: ExceptionKind = ExceptionKind.OVERPAID,
    invoice_id: UUID | None = None,
) -> int:
    """Let exceptions say how much of a payment belongs to no invoice now. Part of another act.

    Nothing left: they are resolved. Something left and none open: one of ``kind`` is opened.
    Returns what is left, in cents.
    """
    left = ledger.suspense_of_payments([payment.id])[payment.id]
    open_ = select(MoneyException).where(
        MoneyException.payment_id == payment.id,
        MoneyException.kind.in_(OF_A_REST),
        MoneyException.resolved_at.is_(None),
    )
    rows = db.session.scalars(open_).all()
    ids = [row.id for row in rows]
    if left <= 0 and ids:
        _resolve(ids, say("All of it was applied, or goes back."), by=by)
        outbox.supersede(*(f"money_exception:{one}" for one in ids))
    elif rows:
        for row in rows:
            if row.cents != left and row.kind in _SAID_HERE:
                row.words = rest_words(payment, row.kind, left)
            row.cents = left
        db.session.flush()
    elif left > 0:
        open_exception(
            kind,
            f"payment:{payment.id}",
            cents=left,
            words=rest_words(payment, kind, left),
            payment_id=payment.id,
            invoice_id=invoice_id,
        )
    return left


def rest_words(payment: Payment, kind: ExceptionKind, left: int) -> str:
    """Say what is left of a payment, and what finance can do about it."""
    named = in_words(payment)
    if payment.payer is not None:
        named = say("%(payment)s from %(payer)s", payment=named, payer=payment.payer.name)
    elif payment.drawer:
        named = say("%(payment)s from %(payer)s", payment=named, payer=payment.drawer)
    values = {"payment": named, "left": dollars(left)}
    if kind is ExceptionKind.PAID_TWICE:
        return say(
            "%(payment)s paid what was paid before: %(left)s is left. Ask the payer, then refund "
            "it or apply it to another invoice.",
            **values,
        )
    if kind is ExceptionKind.NO_SEAT:
        return say(
            "%(payment)s came for people who do not come any more: %(left)s is left. Refund it, "
            "or apply it to another invoice of this payer.",
            **values,
        )
    if kind is ExceptionKind.NO_INVOICE:
        return say(
            "%(payment)s: %(left)s belongs to no invoice yet. Find out whose it is and apply it.",
            **values,
        )
    return say(
        "%(payment)s brought %(left)s more than was owed. Apply it to another invoice, or refund "
        "it.",
        **values,
    )


def get_exception(exception_id: UUID) -> MoneyException:
    """Return the exception. Raises ``NotFound``."""
    row = db.session.scalar(select(MoneyException).where(MoneyException.id == exception_id))
    if row is None:
        raise NotFound(say("There is no such exception."))
    return row


def open_exceptions() -> Sequence[MoneyException]:
    """Return what waits for finance, oldest first."""
    statement = (
        select(MoneyException)
        .where(MoneyException.resolved_at.is_(None))
        .order_by(MoneyException.opened_at, MoneyException.id)
    )
    return db.session.scalars(statement).all()


def exceptions_of_payment(payment_id: UUID) -> Sequence[MoneyException]:
    """Return all that ever was odd about a payment, oldest first."""
    statement = (
        select(MoneyException)
        .where(MoneyException.payment_id == payment_id)
        .order_by(MoneyException.opened_at, MoneyException.id)
    )
    return db.session.scalars(statement).all()


def resolved_exceptions(*, most: int = 50) -> Sequence[MoneyException]:
    """Return what was settled, the newest first."""
    statement = (
        select(MoneyException)
        .where(MoneyException.resolved_at.is_not(None))
        .order_by(MoneyException.resolved_at.desc(), MoneyException.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def open_count() -> int:
    """Return how many exceptions wait for finance."""
    statement = select(func.count(MoneyException.id)).where(MoneyException.resolved_at.is_(None))
    return db.session.scalars(statement).one()


def finance_addresses() -> Sequence[str]:
    """Return the addresses of those who may see money here, each once."""
    people = (one.person.email for one in staff() if Permission.SEE_MONEY in GRANTS[one.role])
    return list(dict.fromkeys(people))


def _open_one(kind: ExceptionKind, about: str) -> MoneyException | None:
    return db.session.scalar(
        select(MoneyException).where(
            MoneyException.kind == kind,
            MoneyException.about == about,
            MoneyException.resolved_at.is_(None),
        )
    )


def _resolve(
    ids: Sequence[UUID], resolution: str, *, by: str, cents: int | None = None
) -> Sequence[UUID]:
    """Resolve those that are still open; return which those were."""
    values: dict[str, object] = {
        "resolved_at": clock.now(),
        "resolved_by": by,
        "resolution": resolution,
    }
    if cents is not None:
        values["cents"] = cents
    statement = (
        update(MoneyException)
        .where(MoneyException.id.in_(ids), MoneyException.resolved_at.is_(None))
        .values(**values)
        .returning(MoneyException.id)
    )
    return db.session.scalars(statement).all()
