"""The card gateway: each question or act is one call of Stripe's, or one list read to its end."""

from collections.abc import Iterator
from datetime import datetime

from consortium.adapters.stripe_gateway import answers
from consortium.adapters.stripe_gateway.calls import (
    PAGE,
    PATIENCE,
    RETRIES,
    WEBHOOK_SECRET,
    StripeCalls,
    checked,
    since_then,
)
from consortium.adapters.stripe_gateway.permissions import lacking_permissions
from consortium.adapters.stripe_gateway.signatures import signed_object
from consortium.cards import (
    HEARD,
    LARGEST,
    SMALLEST,
    USD,
    CardGateway,
    CardKeys,
    CheckoutBegun,
    CheckoutFacts,
    CheckoutWanted,
    DisputeFacts,
    GatewayEvent,
    KeysChecked,
    PaymentFacts,
    RefundFacts,
)
from consortium.ports import GatewayRefused
from consortium.settings import STRIPE
from consortium.words import dollars

WITH_CHARGE = ["latest_charge.balance_transaction"]


class StripeGateway(CardGateway):
    """Speaks with Stripe, or with what stands for Stripe at another address."""

    def __init__(
        self,
        base: str = STRIPE,
        *,
        patience: tuple[float, float] = PATIENCE,
        retries: int = RETRIES,
    ) -> None:
        """Take the address, the seconds to connect and to answer, and how often to try again."""
        self._calls = StripeCalls(base, patience=patience, retries=retries)

    def speak_to(self, base: str) -> None:
        """Speak to what listens at this address from now on."""
        self._calls.base = base

    def begin_checkout(
        self, keys: CardKeys, wanted: CheckoutWanted, *, idempotency_key: str
    ) -> CheckoutBegun:
        """Open a payment page for one amount, in dollars whatever the payer's country."""
        _check_amount(wanted.cents, wanted.currency)
        ours = {answers.REFERENCE: wanted.reference}
        with self._calls.client(keys) as client:
            session = client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "line_items": [
                        {
                            "price_data": {
                                "currency": wanted.currency,
                                "unit_amount": wanted.cents,
                                "product_data": {"name": wanted.description},
                            },
                            "quantity": 1,
                        }
                    ],
                    "allowed_payment_method_types": [method.value for method in wanted.methods],
                    "adaptive_pricing": {"enabled": False},
                    "customer_email": wanted.payer_email,
                    "client_reference_id": wanted.reference,
                    "metadata": ours,
                    "payment_intent_data": {"metadata": ours, "description": wanted.description},
                    "success_url": wanted.success_url,
                    "cancel_url": wanted.cancel_url,
                    "expires_at": int(wanted.expires_at.timestamp()),
                },
                {"idempotency_key": idempotency_key},
            )
        return answers.checkout_begun(session.to_dict())

    def find_checkout(self, keys: CardKeys, checkout_id: str) -> CheckoutFacts | None:
        """Return how a payment page stands."""
        return self._calls.find(
            keys,
            checkout_id,
            lambda client: client.v1.checkout.sessions.retrieve(checkout_id),
            answers.checkout_facts,
        )

    def find_checkout_by_reference(
        self, keys: CardKeys, reference: str, *, since: datetime
    ) -> CheckoutFacts | None:
        """Look through the pages opened since then for the newest with our reference."""
        with self._calls.client(keys) as client:
            listed = client.v1.checkout.sessions.list(since_then(since))
            for session in listed.auto_paging_iter():
                if answers.reference_of(session.to_dict()) == reference:
                    return answers.checkout_facts(session.to_dict())
        return None

    def expire_checkout(self, keys: CardKeys, checkout_id: str) -> CheckoutFacts:
        """Close an open page and return how it stands now; one that is no more open stays."""
        try:
            with self._calls.client(keys) as client:
                session = client.v1.checkout.sessions.expire(checked(checkout_id))
        except GatewayRefused:
            found = self.find_checkout(keys, checkout_id)
            if found is None or found.status == "open":
                raise
            return found
        return answers.checkout_facts(session.to_dict())

    def find_payment(self, keys: CardKeys, payment_intent_id: str) -> PaymentFacts | None:
        """Return how a payment stands now, with its latest charge and that charge's fee."""
        return self._calls.find(
            keys,
            payment_intent_id,
            lambda client: client.v1.payment_intents.retrieve(
                payment_intent_id, {"expand": WITH_CHARGE}
            ),
            answers.payment_facts,
        )

    def refund(
        self,
        keys: CardKeys,
        payment_intent_id: str,
        cents: int,
        *,
        idempotency_key: str,
        reference: str,
    ) -> RefundFacts:
        """Send money back the way it came."""
        if cents <= 0:
            raise GatewayRefused("A refund is more than $0.00.", code="amount_too_small")
        with self._calls.client(keys) as client:
            refund = client.v1.refunds.create(
                {
                    "payment_intent": checked(payment_intent_id),
                    "amount": cents,
                    "metadata": {answers.REFERENCE: reference},
                },
                {"idempotency_key": idempotency_key},
            )
        return answers.refund_facts(refund.to_dict())

    def find_refund(self, keys: CardKeys, refund_id: str) -> RefundFacts | None:
        """Return how a refund stands now."""
        return self._calls.find(
            keys,
            refund_id,
            lambda client: client.v1.refunds.retrieve(refund_id),
            answers.refund_facts,
        )

    def find_refund_by_reference(
        self, keys: CardKeys, payment_intent_id: str, reference: str
    ) -> RefundFacts | None:
        """Return the refund of this payment with our reference, however old."""
        with self._calls.client(keys) as client:
            listed = client.v1.refunds.list(
                {"payment_intent": checked(payment_intent_id), "limit": PAGE}
            )
            for refund in listed.auto_paging_iter():
                if answers.reference_of(refund.to_dict()) == reference:
                    return answers.refund_facts(refund.to_dict())
        return None

    def find_dispute(self, keys: CardKeys, dispute_id: str) -> DisputeFacts | None:
        """Return how a dispute stands now."""
        return self._calls.find(
            keys,
            dispute_id,
            lambda client: client.v1.disputes.retrieve(dispute_id),
            answers.dispute_facts,
        )

    def events_since(self, keys: CardKeys, since: datetime) -> Iterator[GatewayEvent]:
        """Give every event of ``HEARD`` since then, oldest first."""
        return self._calls.listed(
            keys,
            lambda client: client.v1.events.list(since_then(since, types=list(HEARD))),
            answers.gateway_event,
        )

    def checkouts_since(self, keys: CardKeys, since: datetime) -> Iterator[CheckoutFacts]:
        """Give the payment pages of ours opened since then, oldest first."""
        found = self._calls.listed(
            keys,
            lambda client: client.v1.checkout.sessions.list(since_then(since)),
            answers.checkout_facts,
        )
        return (one for one in found if one.reference is not None)

    def payments_since(self, keys: CardKeys, since: datetime) -> Iterator[PaymentFacts]:
        """Give the payments of ours begun since then, oldest first."""
        found = self._calls.listed(
            keys,
            lambda client: client.v1.payment_intents.list(
                since_then(since, expand=[f"data.{one}" for one in WITH_CHARGE])
            ),
            answers.payment_facts,
        )
        return (one for one in found if one.reference is not None)

    def refunds_since(self, keys: CardKeys, since: datetime) -> Iterator[RefundFacts]:
        """Give every refund made since then, oldest first, those made by hand too."""
        return self._calls.listed(
            keys, lambda client: client.v1.refunds.list(since_then(since)), answers.refund_facts
        )

    def disputes_since(self, keys: CardKeys, since: datetime) -> Iterator[DisputeFacts]:
        """Give every dispute opened since then, oldest first."""
        return self._calls.listed(
            keys, lambda client: client.v1.disputes.list(since_then(since)), answers.dispute_facts
        )

    def read_event(self, body: bytes, signature: str, *, secret: str, at: datetime) -> GatewayEvent:
        """Read what came to our endpoint; refused unless signed with the secret just now."""
        signed = signed_object(body, signature, secret=secret, at=at)
        try:
            return answers.gateway_event(signed)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            raise GatewayRefused(
                "A signed message of Stripe's is no event.", code="unreadable"
            ) from None

    def check_keys(self, keys: CardKeys) -> KeysChecked:
        """Look whether the keys work and what they may do; nothing is changed by it."""
        if not WEBHOOK_SECRET.fullmatch(keys.webhook_secret):
            raise GatewayRefused(
                "The signing secret of the webhook endpoint begins with whsec_. Copy it from "
                "Stripe's dashboard, Developers, Webhooks.",
                code="webhook_secret",
            )
        with self._calls.client(keys) as client:
            return KeysChecked(live=keys.live, lacking=tuple(lacking_permissions(client)))


def _check_amount(cents: int, currency: str) -> None:
    if currency != USD:
        raise GatewayRefused("Payments are in US dollars only.", code="currency")
    if not SMALLEST <= cents <= LARGEST:
        raise GatewayRefused(
            f"By card or bank account, a payment is between {dollars(SMALLEST)} and "
            f"{dollars(LARGEST)}.",
            code="amount",
        )
