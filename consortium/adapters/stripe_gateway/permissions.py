"""What a restricted key may do, found out without changing anything."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stripe import StripeClient

NOBODY = "cs_test_nobody", "pi_nobody"
"""Ids that no account has: who may act on them is told that there are none."""


def lacking_permissions(client: "StripeClient") -> Iterator[str]:
    """Give the permissions that lack, as Stripe's dashboard names them.

    Any other failure than a missing permission or a missing object goes through.
    """
    import stripe  # noqa: PLC0415  (loaded with the first call, not with the application)

    for name, ask in _questions().items():
        try:
            ask(client)
        except stripe.PermissionError:
            yield name
        except stripe.InvalidRequestError as error:
            if error.code != "resource_missing":
                raise


def _questions() -> dict[str, Callable[["StripeClient"], object]]:
    session, payment = NOBODY
    return {
        "Balance: read": lambda client: client.v1.balance.retrieve(),
        "Charges and Refunds: write": lambda client: client.v1.refunds.create(
            {"payment_intent": payment}
        ),
        "Checkout Sessions: write": lambda client: client.v1.checkout.sessions.expire(session),
        "Disputes: read": lambda client: client.v1.disputes.list({"limit": 1}),
        "Events: read": lambda client: client.v1.events.list({"limit": 1}),
        "PaymentIntents: read": lambda client: client.v1.payment_intents.list({"limit": 1}),
    }
