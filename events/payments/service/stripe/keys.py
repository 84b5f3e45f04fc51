"""The keys of a consortium's own account with Stripe: sealed when they come, never shown again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from consortium import sealing
from consortium.audit import service as audit
from consortium.cards import CardKeys
from consortium.database import db
from consortium.errors import Conflict
from consortium.tenancy import require_tenant
from consortium.words import say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import MoneySettings
from events.payments.domain import PaymentStatus, RefundStatus, RefundWay
from events.payments.models import Checkout, Payment, Refund
from events.payments.models.stripe import CheckoutStatus

KEY, SECRET = "stripe key", "stripe webhook secret"  # what each seal is for
SHOWN = 4  # letters at a key's end


@dataclass(frozen=True, kw_only=True)
class CardSettings:
    """What may be shown of how a consortium takes cards."""

    taken: bool
    live: bool
    key_ends: str
    difference_cents: int | None
    """What the last comparison with Stripe found; ``None`` before the first."""
    version: int


def card_settings() -> CardSettings:
    """Return what finance may see of the keys, which is not the keys."""
    row = invoices.settings()
    return CardSettings(
        taken=row.takes_cards,
        live=row.cards_live,
        key_ends=row.card_key_ends,
        difference_cents=row.reconciled_to_cents,
        version=row.version,
    )


def card_keys() -> CardKeys | None:
    """Return the consortium's keys, for a call to Stripe; ``None`` where cards are not taken.

    Raises ``sealing.SealBroken`` when they were sealed with a secret that we do not have.
    """
    row = invoices.settings()
    if not row.takes_cards:
        return None
    tenant_id = require_tenant()
    return CardKeys(
        sealing.unseal(row.sealed_card_key, KEY, tenant_id=tenant_id),
        sealing.unseal(row.sealed_webhook_secret, SECRET, tenant_id=tenant_id),
    )


def consortia_with_cards() -> Sequence[tuple[UUID]]:
    """Return the ids of consortia that take cards; for whoever works for all of them."""
    taken = select(MoneySettings.tenant_id).where(MoneySettings.sealed_card_key != "")
    return [(one,) for one in db.session.scalars(taken.order_by(MoneySettings.tenant_id))]


def needed_keys() -> CardKeys:
    """Return the consortium's keys. Raises ``MoneyRefused`` where cards are not taken."""
    keys = card_keys()
    if keys is None:
        raise MoneyRefused(say("Cards are not taken here. Pay by check or purchase order."))
    return keys


def keep_keys(keys: CardKeys, *, live: bool, version: int, by: str) -> None:
    """Take cards from now on, with keys that Stripe knows.

    Payment pages opened with other keys are not offered any more. Raises ``Conflict`` when
    someone else changed the settings meanwhile.
    """
    row = invoices.own_settings()
    if row.version != version:
        raise _changed_meanwhile(row.card_key_ends, keys.secret_key[-SHOWN:])
    before = {"key_ends": row.card_key_ends, "live": row.cards_live}
    tenant_id = require_tenant()
    row.sealed_card_key = sealing.seal(keys.secret_key, KEY, tenant_id=tenant_id)
    row.sealed_webhook_secret = sealing.seal(keys.webhook_secret, SECRET, tenant_id=tenant_id)
    row.card_key_ends = keys.secret_key[-SHOWN:]
    row.cards_live = live
    row.reconciled_to_cents = None
    row.version += 1
    _close_pages()
    audit.record(
        "keep_card_keys",
        f"money_settings:{row.id}",
        by=by,
        before=before,
        after={"key_ends": row.card_key_ends, "live": live},
    )


def remove_keys(*, version: int, by: str) -> None:
    """Take no cards any more; what was paid stays.

    Raises ``Conflict``, and ``MoneyRefused`` while Stripe has still to tell how something ends:
    without keys we would never hear of it.
    """
    row = invoices.own_settings()
    if row.version != version:
        raise _changed_meanwhile(row.card_key_ends, "")
    if not row.takes_cards:
        raise MoneyRefused(say("Cards are not taken here; there is no key to remove."))
    _check_nothing_pends()
    before = {"key_ends": row.card_key_ends, "live": row.cards_live}
    row.sealed_card_key = row.sealed_webhook_secret = row.card_key_ends = ""
    row.cards_live = False
    row.reconciled_to_cents = None
    row.version += 1
    _close_pages()
    audit.record("remove_card_keys", f"money_settings:{row.id}", by=by, before=before)


def _check_nothing_pends() -> None:
    coming = select(func.count(Payment.id)).where(Payment.status == PaymentStatus.PROCESSING)
    going = select(func.count(Refund.id)).where(
        Refund.way == RefundWay.STRIPE,
        Refund.status.in_((RefundStatus.OWED, RefundStatus.ASKED)),
    )
    payments, refunds = db.session.scalar(coming) or 0, db.session.scalar(going) or 0
    if payments or refunds:
        raise MoneyRefused(
            say(
                "Stripe has still to tell how this ends: bank payments on their way: %(payments)s, "
                "refunds not confirmed: %(refunds)s. Remove the keys after that. New keys of the "
                "same account can be entered at any time.",
                payments=payments,
                refunds=refunds,
            )
        )


def _close_pages() -> None:
    live = (CheckoutStatus.BEGUN, CheckoutStatus.OPEN)
    db.session.execute(
        update(Checkout).where(Checkout.status.in_(live)).values(status=CheckoutStatus.EXPIRED)
    )
    db.session.flush()


def _changed_meanwhile(now: str, sent: str) -> Conflict:
    return Conflict(
        say("Someone else changed these settings meanwhile. Look at them as they are now."),
        versions=((say("Key ends in"), now, sent),),
    )
