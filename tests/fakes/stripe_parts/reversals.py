"""What takes money back: refunds and disputes, and the events each of it makes."""

from typing import Any

from tests.fakes.stripe_parts import objects
from tests.fakes.stripe_parts.errors import StripeFault, invalid, missing_parameter
from tests.fakes.stripe_parts.state import DAY, Account, State, Thing


class Reversals:
    """Each act changes objects and tells of it, in the order in which Stripe does."""

    def __init__(self, state: State) -> None:
        self._state = state

    def refund(
        self, account: Account, params: dict[str, Any], *, idempotency_key: str | None = None
    ) -> Thing:
        """Send money back: to a card at once, to a bank account in some days."""
        charge = self._charge_of(account, params)
        left = charge["amount_captured"] - charge["amount_refunded"]
        cents = int(params.get("amount", left))
        if self._contested(account, charge):
            raise invalid(
                "charge",
                f"Charge {charge['id']} has been charged back; cannot issue a refund.",
                code="charge_disputed",
            )
        if left == 0:
            raise invalid(
                "charge",
                f"Charge {charge['id']} has already been refunded.",
                code="charge_already_refunded",
            )
        if not 0 < cents <= left:
            raise StripeFault(
                400,
                f"Refund amount (${cents / 100:.2f}) is greater than unrefunded amount on charge "
                f"(${left / 100:.2f})" if cents > 0 else "Invalid positive integer",
                param="amount",
            )  # fmt: skip
        at_once = charge["payment_method_details"]["type"] == objects.CARD
        made = objects.refund(
            charge, params, cents=cents, status="succeeded" if at_once else "pending"
        )
        refund = self._state.add(account, "re", made)
        entry = self._entry(account, refund, "refund", cents=-cents)
        refund["balance_transaction"] = entry["id"]
        charge["amount_refunded"] += cents
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self._state.tell(account, "refund.created", refund, idempotency_key)
        self._state.tell(account, "charge.refunded", charge, idempotency_key)
        return refund

    def refund_by_hand(self, intent_id: str, cents: int | None = None) -> Thing:
        """Refund in Stripe's dashboard, where nothing of ours is attached."""
        params: dict[str, Any] = {"payment_intent": intent_id, "reason": "requested_by_customer"}
        if cents is not None:
            params["amount"] = cents
        return self.refund(self._state.owner_of(intent_id), params)

    def refund_arrives(self, refund_id: str) -> Thing:
        """Let the money of a pending refund arrive."""
        account, refund = self._refund(refund_id, "pending")
        refund["status"] = "succeeded"
        self._tell_updated(account, refund)
        return refund

    def refund_fails(self, refund_id: str) -> Thing:
        """Let a refund come back, perhaps weeks later: the account was closed."""
        account, refund = self._refund(refund_id, "pending", "succeeded")
        charge = account.get(refund["charge"])
        refund.update(status="failed", failure_reason="lost_or_stolen_card")
        charge["amount_refunded"] -= refund["amount"]
        charge["refunded"] = False
        self._entry(account, refund, "refund_failure", cents=refund["amount"])
        self._tell_updated(account, refund)
        self._state.tell(account, "refund.failed", refund)
        return refund

    def dispute(
        self, intent_id: str, cents: int | None = None, *, withdraw: bool = True,
        reason: str = "fraudulent",
    ) -> Thing:  # fmt: skip
        """Let the cardholder's bank contest a payment, and withdraw the money."""
        account = self._state.owner_of(intent_id)
        charge = self._charge_of(account, {"payment_intent": intent_id})
        if charge["disputed"]:
            raise StripeFault(400, f"Charge {charge['id']} is disputed already.")
        charge["disputed"] = True
        made = objects.dispute(
            charge,
            cents=charge["amount"] if cents is None else cents,
            reason=reason,
            due_by=self._state.now() + 9 * DAY,
        )
        dispute = self._state.add(account, "dp", made)
        self._state.tell(account, "charge.dispute.created", dispute)
        if withdraw:
            self._withdraw(account, dispute)
        return dispute

    def withdraw(self, dispute_id: str) -> Thing:
        """Take the contested money back."""
        account, dispute = self._dispute(dispute_id)
        self._withdraw(account, dispute)
        return dispute

    def win(self, dispute_id: str) -> Thing:
        """Close a dispute for us; what was withdrawn is paid in again."""
        account, dispute = self._dispute(dispute_id)
        dispute["status"] = "won"
        if dispute["balance_transactions"]:
            entry = self._entry(account, dispute, "adjustment", cents=dispute["amount"])
            dispute["balance_transactions"].append(entry)
            self._state.tell(account, "charge.dispute.funds_reinstated", dispute)
        self._state.tell(account, "charge.dispute.closed", dispute)
        return dispute

    def lose(self, dispute_id: str) -> Thing:
        """Close a dispute against us."""
        account, dispute = self._dispute(dispute_id)
        dispute["status"] = "lost"
        self._state.tell(account, "charge.dispute.closed", dispute)
        return dispute

    def bank_returns(self, intent_id: str) -> Thing:
        """Let a bank take a settled payment back: a dispute that is lost when it begins."""
        dispute = self.dispute(intent_id, reason="bank_cannot_process")
        return self.lose(dispute["id"])

    @staticmethod
    def _contested(account: Account, charge: Thing) -> bool:
        return any(
            one["charge"] == charge["id"] and one["status"] != "won"
            for one in account.of_kind("dispute")
        )

    def _withdraw(self, account: Account, dispute: Thing) -> None:
        entry = self._entry(
            account, dispute, "adjustment", cents=-dispute["amount"], fee=objects.FEE_OF_A_DISPUTE
        )
        dispute["balance_transactions"].append(entry)
        self._state.tell(account, "charge.dispute.funds_withdrawn", dispute)

    def _tell_updated(self, account: Account, refund: Thing) -> None:
        self._state.tell(account, "refund.updated", refund)
        self._state.tell(account, "charge.refund.updated", refund)

    def _entry(self, account: Account, source: Thing, kind: str, *, cents: int, fee: int = 0):
        at = self._state.now()
        made = objects.balance_transaction(source, kind, cents=cents, fee=fee, at=at)
        return self._state.add(account, "txn", made)

    def _charge_of(self, account: Account, params: dict[str, Any]) -> Thing:
        if "charge" in params:
            return account.get(params["charge"], "charge")
        if "payment_intent" not in params:
            raise missing_parameter("payment_intent")
        intent = account.get(params["payment_intent"], "payment_intent")
        if intent["status"] != "succeeded":
            raise StripeFault(
                400,
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            )
        return account.get(intent["latest_charge"])

    def _refund(self, refund_id: str, *statuses: str) -> tuple[Account, Thing]:
        account = self._state.owner_of(refund_id)
        refund = account.get(refund_id, "refund")
        if refund["status"] not in statuses:
            raise StripeFault(400, f"This refund is {refund['status']}.")
        return account, refund

    def _dispute(self, dispute_id: str) -> tuple[Account, Thing]:
        account = self._state.owner_of(dispute_id)
        dispute = account.get(dispute_id, "dispute")
        if dispute["status"] != "needs_response":
            raise StripeFault(400, f"This dispute is {dispute['status']}.")
        return account, dispute
