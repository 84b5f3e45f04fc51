"""Paying by card or bank account, as the application sees it: plain values and one port.

Amounts are integer cents of US dollars. What leaves us is an amount, the number of an invoice,
the payer's e-mail address and ids of our own making; never who takes part, or for which side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

USD = "usd"
SMALLEST, LARGEST = 50, 99_999_999  # cents that one card payment may be


class CardMethod(StrEnum):
    """How a payer may pay; the values are the supplier's words."""

    CARD = "card"
    BANK_ACCOUNT = "us_bank_account"
    """ACH: the money comes, or fails to come, some days later."""


@dataclass(frozen=True)
class CardKeys:
    """The keys of one consortium's account. They never show in a repr."""

    secret_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    @property
    def live(self) -> bool:
        """Whether real money moves."""
        return "_live_" in self.secret_key


@dataclass(frozen=True, kw_only=True)
class CheckoutWanted:
    """One payment page to be opened. ``reference`` is our id, found again on all it leads to."""

    cents: int
    description: str
    """The number of the invoice, and nothing else."""
    payer_email: str
    success_url: str
    cancel_url: str
    reference: str
    expires_at: datetime
    """Half an hour to a day ahead."""
    methods: tuple[CardMethod, ...] = (CardMethod.CARD, CardMethod.BANK_ACCOUNT)
    currency: str = USD


@dataclass(frozen=True, kw_only=True)
class CheckoutBegun:
    """A payment page that waits for its payer at ``url``."""

    id: str
    url: str
    expires_at: datetime
    payment_intent_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckoutFacts:
    """How a payment page stands: ``open``, ``complete`` or ``expired``; ``paid`` or ``unpaid``."""

    id: str
    reference: str | None
    status: str
    payment_status: str
    cents: int
    currency: str
    payment_intent_id: str | None
    url: str | None
    created: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class PaymentFacts:
    """How a payment stands now. ``reference`` is ``None`` for what we did not begin."""

    id: str
    status: str
    """``requires_payment_method``, ``requires_action``, ``processing``, ``succeeded`` …"""
    cents: int
    received_cents: int
    currency: str
    reference: str | None
    created: datetime
    livemode: bool
    charge_id: str | None = None
    method: str | None = None
    digits: str | None = None
    """The last four of the card or account, for receipts."""
    refunded_cents: int = 0
    disputed: bool = False
    fee_cents: int | None = None
    """What the supplier keeps; ``None`` until it is known."""
    failure: str | None = None
    """The supplier's word for why the last try failed, like ``card_declined``."""
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RefundFacts:
    """How a refund stands: ``pending``, ``succeeded``, ``failed`` or ``canceled``."""

    id: str
    status: str
    cents: int
    currency: str
    payment_intent_id: str | None
    charge_id: str | None
    reference: str | None
    created: datetime
    failure: str | None = None


@dataclass(frozen=True, kw_only=True)
class DisputeFacts:
    """A payment that its cardholder's bank contests: ``needs_response`` … ``won``, ``lost``."""

    id: str
    status: str
    cents: int
    currency: str
    payment_intent_id: str | None
    charge_id: str | None
    reason: str
    created: datetime
    withdrawn_cents: int
    """What the supplier has taken back over it and not returned; its fee not counted."""
    fee_cents: int = 0
    """What the supplier takes for having it; some of it may come back when it is won."""


@dataclass(frozen=True, kw_only=True)
class GatewayEvent:
    """Something that happened at the supplier. ``data`` is the object as it was then."""

    id: str
    type: str
    created: datetime
    livemode: bool
    data: Mapping[str, Any]
    api_version: str | None

    @property
    def object_id(self) -> str:
        """The id of what it happened to."""
        return str(self.data.get("id", ""))

    @property
    def payment_intent_id(self) -> str | None:
        """The payment it belongs to, if it belongs to one."""
        if self.data.get("object") == "payment_intent":
            return self.object_id
        named = self.data.get("payment_intent")
        return named.get("id") if isinstance(named, dict) else named


API_VERSION = "2026-10-28.endive"
"""The version that the locked client was written for, so that its parameters and our readings fit.

Webhook endpoints must be made with the same version: an event keeps the version of its endpoint.
"""
HEARD = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.processing",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.succeeded",
    "charge.refunded",
    "charge.refund.updated",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
)
"""The events that concern us: those an endpoint asks for, and those reconciliation lists."""


class KeyPermission(StrEnum):
    """What a restricted key must be allowed, and no more, in the words of Stripe's dashboard."""

    BALANCE = "Balance: read"
    REFUNDS = "Charges and Refunds: write"
    CHECKOUTS = "Checkout Sessions: write"
    DISPUTES = "Disputes: read"
    EVENTS = "Events: read"
    PAYMENTS = "PaymentIntents: read"


@dataclass(frozen=True, kw_only=True)
class KeysChecked:
    """What a look at an account found: whether money is real, and which permissions lack."""

    live: bool
    lacking: tuple[KeyPermission, ...] = ()


class CardGateway(Protocol):
    """Takes card and bank payments for many consortia, each with keys of its own.

    Every call raises ``GatewayDown`` (try again), ``GatewayUnreachable`` (nobody answers) or
    ``GatewayRefused`` with a sentence for finance. After ``GatewayDown`` a payment page or a
    refund may exist all the same. The same key repeats it safely for 24 hours and no longer;
    after that, look first (``find_checkout_by_reference``, ``find_refund_by_reference``).
    """

    def begin_checkout(
        self, keys: CardKeys, wanted: CheckoutWanted, *, idempotency_key: str
    ) -> CheckoutBegun:
        """Open a payment page."""

    def find_checkout(self, keys: CardKeys, checkout_id: str) -> CheckoutFacts | None:
        """Return how a payment page stands."""

    def find_checkout_by_reference(
        self, keys: CardKeys, reference: str, *, since: datetime
    ) -> CheckoutFacts | None:
        """Look through the pages opened since then for the newest with our reference."""

    def expire_checkout(self, keys: CardKeys, checkout_id: str) -> CheckoutFacts:
        """Close an open page, so that it cannot be paid, and return how it stands now.

        It may have been paid a moment before: then its status is ``complete``.
        """

    def find_payment(self, keys: CardKeys, payment_intent_id: str) -> PaymentFacts | None:
        """Return how a payment stands now."""

    def refund(
        self,
        keys: CardKeys,
        payment_intent_id: str,
        cents: int,
        *,
        idempotency_key: str,
        reference: str,
    ) -> RefundFacts:
        """Send money back the way it came; refused when more than what is left."""

    def find_refund(self, keys: CardKeys, refund_id: str) -> RefundFacts | None:
        """Return how a refund stands now."""

    def find_refund_by_reference(
        self, keys: CardKeys, payment_intent_id: str, reference: str
    ) -> RefundFacts | None:
        """Return the refund of this payment with our reference, however old."""

    def find_dispute(self, keys: CardKeys, dispute_id: str) -> DisputeFacts | None:
        """Return how a dispute stands now."""

    def events_since(self, keys: CardKeys, since: datetime) -> Iterator[GatewayEvent]:
        """Give every event of ``HEARD`` since then, oldest first; kept for 30 days."""

    def checkouts_since(self, keys: CardKeys, since: datetime) -> Iterator[CheckoutFacts]:
        """Give the payment pages of ours opened since then, oldest first."""

    def payments_since(self, keys: CardKeys, since: datetime) -> Iterator[PaymentFacts]:
        """Give the payments of ours begun since then, oldest first."""

    def refunds_since(self, keys: CardKeys, since: datetime) -> Iterator[RefundFacts]:
        """Give every refund made since then, oldest first, those made by hand too."""

    def disputes_since(self, keys: CardKeys, since: datetime) -> Iterator[DisputeFacts]:
        """Give every dispute opened since then, oldest first."""

    def read_event(self, body: bytes, signature: str, *, secret: str, at: datetime) -> GatewayEvent:
        """Read what came to our endpoint; refused unless signed with the secret just now."""

    def check_keys(self, keys: CardKeys) -> KeysChecked:
        """Look whether the keys work; refused when the supplier does not know them."""
