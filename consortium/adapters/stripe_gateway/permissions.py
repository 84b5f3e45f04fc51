"""What a restricted key may do, found out without changing anything."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from consortium.cards import KeyPermission

if TYPE_CHECKING:
    from stripe import StripeClient

NOBODY = "cs_test_nobody", "pi_nobody"
"""Ids that no account has: who may act on them is told that there are none."""


def lacking_permissions(client: "StripeClient") -> Iterator[KeyPermission]:
    """Give the permissions that lack.

    Any other failure than a missing permission or a missing object goes through.
    """
    import stripe  # noqa: PLC0415  (loaded with the first call, not with the application)

    ask = _questions()
    for permission in KeyPermission:
        try:
            ask[permission](client)
        except stripe.PermissionError:
            yield permission
        except stripe.InvalidRequestError as error:
            if error.code != "resource_missing":
                raise


def _questions() -> dict[KeyPermission, Callable[["StripeClient"], object]]:
    session, payment = NOBODY
    return {
        KeyPermission.BALANCE: lambda client: client.v1.balance.retrieve(),
        KeyPermission.REFUNDS: lambda client: client.v1.refunds.create({"payment_intent": payment}),
        KeyPermission.CHECKOUTS: lambda client: client.v1.checkout.sessions.expire(session),
        KeyPermission.DISPUTES: lambda client: client.v1.disputes.list({"limit": 1}),
        KeyPermission.EVENTS: lambda client: client.v1.events.list({"limit": 1}),
        KeyPermission.PAYMENTS: lambda client: client.v1.payment_intents.list({"limit": 1}),
    }
