"""What became of one payment, read from all that Stripe told of it, in whatever order it came.

The same messages give the same facts: no rule here asks which of them came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.payments.domain import PaymentKind, PaymentStatus
from events.payments.service.stripe.kept import ASKED, OF_DISPUTE, OF_PAYMENT, OF_REFUND

ENDED_BADLY = frozenset({"failed", "canceled"})
FAILURES = frozenset(
    {
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "charge.failed",
        "checkout.session.async_payment_failed",
    }
)
FINAL_FAILURES = frozenset({"payment_intent.canceled", "checkout.session.async_payment_failed"})


@dataclass(frozen=True, kw_only=True)
class Told:
    """One message: its kind, when it happened at Stripe, and what we keep of it."""

    kind: str
    at: datetime
    said: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Captured:
    """Money that arrived at Stripe."""

    charge: str
    cents: int
    currency: str
    kind: PaymentKind
    ending: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RefundTold:
    """How a refund went. One can fail after it had succeeded."""

    id: str
    reference: str | None
    cents: int
    currency: str
    succeeded: bool
    failed: bool
    failure: str


@dataclass(frozen=True, kw_only=True)
class DisputeTold:
    """A payment that its payer's bank contests, and what that took and gave back, in cents."""

    id: str
    cents: int
    reason: str
    withdrawn_cents: int
    reinstated_cents: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that is known of one payment."""

    known: bool
    """Whether anything was told of the payment itself, and not of its refunds alone."""
    reference: str | None = None
    """Our id of the checkout; none for payments that we did not begin."""
    session_id: str | None = None
    completed: bool = False
    """Whether the payer has done what was to be done on Stripe's page."""
    expired: bool = False
    """Whether Stripe's page was closed before that, or the payer's part came to nothing after it:
    a bank account, for one, whose owner never confirmed it."""
    paid: bool = False
    """Whether Stripe says that it is paid, perhaps before it says with what."""
    promised: tuple[int, str] | None = None
    """Cents and currency that a bank account's payment is to bring."""
    promise_broken: bool = False
    promised_at: datetime | None = None
    captured: Captured | None = None
    gone: bool = False
    """Whether captured money turned out not to have come."""
    refunds: tuple[RefundTold, ...] = ()
    disputes: tuple[DisputeTold, ...] = ()

    @property
    def status(self) -> PaymentStatus | None:
        """Where the money is; ``None`` while there is no money to speak of."""
        if self.captured is not None:
            return PaymentStatus.FAILED if self.gone else PaymentStatus.RECEIVED
        if self.promised is not None:
            return PaymentStatus.FAILED if self.promise_broken else PaymentStatus.PROCESSING
        return None


def facts_of(told: Iterable[Told]) -> Facts:
    """Return what all the messages about one payment say together."""
    told = sorted(told, key=lambda one: (one.at, one.kind, repr(sorted(one.said.items()))))
    of_payment = [one for one in told if one.kind in OF_PAYMENT]
    captured = _captured(of_payment)
    promise = _promise(of_payment)
    sessions = [one.said for one in of_payment if one.kind.startswith("checkout.session.")]
    return Facts(
        known=bool(of_payment),
        reference=next(
            (one.said["reference"] for one in of_payment if one.said["reference"]), None
        ),
        session_id=next((said["id"] for said in sessions), None),
        completed=any(said["status"] == "complete" for said in sessions),
        expired=any(said["status"] == "expired" for said in sessions)
        or (captured is None and promise is None and _in_vain(of_payment)),
        paid=any(_says_paid(one) for one in of_payment),
        promised=(promise.said["cents"], promise.said["currency"]) if promise else None,
        promised_at=promise.at if promise else None,
        promise_broken=promise is not None and _broken(promise, of_payment),
        captured=captured,
        gone=captured is not None and _gone(captured, of_payment),
        refunds=_refunds([one for one in told if one.kind in OF_REFUND]),
        disputes=_disputes([one for one in told if one.kind in OF_DISPUTE]),
    )


def _says_paid(one: Told) -> bool:
    if one.kind.startswith("checkout.session."):
        return bool(one.said["payment_status"] == "paid")
    return one.kind in {"payment_intent.succeeded", "charge.succeeded"}


def _captured(told: Sequence[Told]) -> Captured | None:
    """Return the charge that succeeded: it alone says with what was paid.

    Where only an answer of Stripe's says so, the digits of the card are not known.
    """
    for kind in ("charge.succeeded", ASKED):
        for one in told:
            said = one.said
            if one.kind == kind and said["status"] == "succeeded" and said["charge"]:
                by_bank = said["method"] != "card"
                return Captured(
                    charge=said["charge"],
                    cents=said["cents"],
                    currency=said["currency"],
                    kind=PaymentKind.BANK_ACCOUNT if by_bank else PaymentKind.CARD,
                    ending=said["ending"],
                    at=one.at,
                )
    return None


def _promise(told: Sequence[Told]) -> Told | None:
    """Return the newest word that a bank account's payment is on its way."""
    found = [one for one in told if one.kind == "payment_intent.processing"]
    return found[-1] if found else None


def _broken(promise: Told, told: Sequence[Told]) -> bool:
    """Tell whether the payment that was on its way failed, and not an attempt before it."""
    for one in told:
        if one.kind not in FAILURES:
            continue
        charge = one.said.get("charge")
        same = charge is not None and charge == promise.said["charge"]
        if one.kind in FINAL_FAILURES or same or one.at > promise.at:
            return True
    return False


def _in_vain(told: Sequence[Told]) -> bool:
    """Tell whether it failed after the payer had done what was to be done on Stripe's page."""
    done = [one.at for one in told if one.said["status"] == "complete"]
    if not done or any(_says_paid(one) for one in told):
        return False
    return any(
        one.kind in FINAL_FAILURES or (one.kind in FAILURES and one.at > min(done)) for one in told
    )


def _gone(captured: Captured, told: Sequence[Told]) -> bool:
    """Tell whether the very charge that succeeded failed later; others failed before it."""
    return any(
        one.kind in FAILURES
        and (
            one.said.get("charge") == captured.charge
            or (one.kind in FINAL_FAILURES and one.at > captured.at)
        )
        for one in told
    )


def _refunds(told: Sequence[Told]) -> tuple[RefundTold, ...]:
    by_id: dict[str, list[Told]] = {}
    for one in told:
        by_id.setdefault(one.said["id"], []).append(one)
    return tuple(
        RefundTold(
            id=named,
            reference=next((x.said["reference"] for x in all_ if x.said["reference"]), None),
            cents=all_[0].said["cents"],
            currency=all_[0].said["currency"],
            succeeded=any(x.said["status"] == "succeeded" for x in all_),
            failed=any(x.said["status"] in ENDED_BADLY for x in all_),
            failure=next((x.said["failure"] for x in all_ if x.said["failure"]), ""),
        )
        for named, all_ in sorted(by_id.items())
    )


def _disputes(told: Sequence[Told]) -> tuple[DisputeTold, ...]:
    by_id: dict[str, list[Told]] = {}
    for one in told:
        by_id.setdefault(one.said["id"], []).append(one)
    return tuple(_dispute(named, all_) for named, all_ in sorted(by_id.items()))


def _dispute(named: str, told: Sequence[Told]) -> DisputeTold:
    """Read one dispute; what was given back had been taken, whoever told of it or did not."""
    cents = told[0].said["cents"]
    kinds = {one.kind for one in told}
    given = "charge.dispute.funds_reinstated" in kinds
    taken = given or "charge.dispute.funds_withdrawn" in kinds
    withdrawn = max(one.said["withdrawn"] for one in told) or (cents if taken else 0)
    reinstated = max(one.said["reinstated"] for one in told) or (withdrawn if given else 0)
    return DisputeTold(
        id=named,
        cents=cents,
        reason=told[0].said["reason"],
        withdrawn_cents=withdrawn,
        reinstated_cents=reinstated,
    )
