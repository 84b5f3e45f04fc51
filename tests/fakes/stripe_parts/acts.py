"""What payers, banks and the dashboard do to payments, and the events each of it makes."""

from typing import Any

from tests.fakes.stripe_parts import objects
from tests.fakes.stripe_parts.errors import StripeFault
from tests.fakes.stripe_parts.state import DAY, Account, State, Thing

DECLINED = {
    "type": "card_error",
    "code": "card_declined",
    "decline_code": "generic_decline",
    "message": "Your card was declined.",
}
RETURNED = {
    "type": "invalid_request_error",
    "code": "payment_method_microdeposit_failed",
    "message": "The bank account has insufficient funds.",
}


class Acts:
    """Each act changes objects and tells of it, in the order in which Stripe does."""

    def __init__(self, state: State) -> None:
        self._state = state

    def pay_by_card(self, session_id: str, **otherwise: Any) -> Thing:
        """Let the payer pay at the page; return the payment intent.

        ``otherwise`` is what comes out differently from what the page asked for, like
        ``amount``, ``currency`` or ``metadata``: the books must stand that, too.
        """
        account, session = self._open_session(session_id, objects.CARD)
        intent = self._intent_of(account, session)
        intent.update(otherwise)
        charge = self._charge(account, session, intent, objects.CARD, "succeeded")
        self._captured(account, intent, charge)
        session.update(status="complete", payment_status="paid", url=None)
        self._tell(account, "charge.succeeded", charge)
        self._tell(account, "payment_intent.succeeded", intent)
        self._tell(account, "checkout.session.completed", session)
        return intent

    def pay_by_bank(self, session_id: str, **otherwise: Any) -> Thing:
        """Let the payer name a bank account; the money is on its way. Return the intent."""
        account, session = self._open_session(session_id, objects.BANK)
        intent = self._intent_of(account, session)
        intent.update(otherwise)
        charge = self._charge(account, session, intent, objects.BANK, "pending")
        intent["status"] = "processing"
        session.update(status="complete", url=None)
        self._tell(account, "charge.pending", charge)
        self._tell(account, "payment_intent.processing", intent)
        self._tell(account, "checkout.session.completed", session)
        return intent

    def settle(self, intent_id: str) -> Thing:
        """Let the money of a bank account come."""
        account, intent, session = self._processing(intent_id)
        charge = account.get(intent["latest_charge"])
        self._captured(account, intent, charge)
        session["payment_status"] = "paid"
        self._tell(account, "charge.succeeded", charge)
        self._tell(account, "payment_intent.succeeded", intent)
        self._tell(account, "checkout.session.async_payment_succeeded", session)
        return intent

    def fail(self, intent_id: str) -> Thing:
        """Let the bank of a payer refuse, some days later."""
        account, intent, session = self._processing(intent_id)
        charge = account.get(intent["latest_charge"])
        self._failed(intent, charge, RETURNED)
        self._tell(account, "charge.failed", charge)
        self._tell(account, "payment_intent.payment_failed", intent)
        self._tell(account, "checkout.session.async_payment_failed", session)
        return intent

    def decline(self, session_id: str) -> Thing:
        """Let the payer's card be declined; the page stays open for another try."""
        account, session = self._open_session(session_id, objects.CARD)
        intent = self._intent_of(account, session)
        charge = self._charge(account, session, intent, objects.CARD, "failed")
        self._failed(intent, charge, DECLINED)
        self._tell(account, "charge.failed", charge)
        self._tell(account, "payment_intent.payment_failed", intent)
        return intent

    def expire(self, session_id: str) -> Thing:
        """Close a page."""
        account = self._state.owner_of(session_id)
        session = account.get(session_id, "checkout.session")
        if session["status"] != "open":
            raise StripeFault(
                400,
                'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
                f"Session has a status of `{session['status']}`.",
            )
        session.update(status="expired", url=None)
        if session["payment_intent"]:  # a try that was declined
            intent = account.get(session["payment_intent"])
            intent.update(status="canceled", canceled_at=self._state.now())
            self._tell(account, "payment_intent.canceled", intent)
        self._tell(account, "checkout.session.expired", session)
        return session

    def expire_what_is_over(self) -> None:
        """Close every page whose time is over."""
        for account in self._state.accounts.values():
            for session in list(account.of_kind("checkout.session")):
                if session["status"] == "open" and session["expires_at"] <= self._state.now():
                    self.expire(session["id"])

    def _open_session(self, session_id: str, method: str) -> tuple[Account, Thing]:
        account = self._state.owner_of(session_id)
        session = account.get(session_id, "checkout.session")
        if session["status"] != "open":
            raise StripeFault(400, f"This page is {session['status']}; it cannot be paid.")
        if method not in session["payment_method_types"]:
            raise StripeFault(400, f"This page does not take {method}.")
        return account, session

    def _processing(self, intent_id: str) -> tuple[Account, Thing, Thing]:
        account = self._state.owner_of(intent_id)
        intent = account.get(intent_id, "payment_intent")
        if intent["status"] != "processing":
            raise StripeFault(400, f"This payment is {intent['status']}, not on its way.")
        session = next(
            one for one in account.of_kind("checkout.session") if one["payment_intent"] == intent_id
        )
        return account, intent, session

    def _intent_of(self, account: Account, session: Thing) -> Thing:
        """Return the page's payment intent; the first try makes it."""
        if session["payment_intent"]:
            return account.get(session["payment_intent"])
        wanted: dict[str, Any] = account.objects[session["id"] + "/wanted"]
        made = self._state.add(
            account,
            "pi",
            objects.intent(
                session,
                metadata=wanted.get("metadata", {}),
                description=wanted.get("description"),
            ),
        )
        session["payment_intent"] = made["id"]
        self._tell(account, "payment_intent.created", made)
        return made

    def _charge(
        self, account: Account, session: Thing, intent: Thing, method: str, status: str
    ) -> Thing:
        email = session["customer_email"]
        session["customer_details"] = {"email": email, "name": None, "phone": None}
        prefix = "ch" if method == objects.CARD else "py"
        made = objects.charge(intent, method=method, status=status, email=email)
        charge = self._state.add(account, prefix, made)
        intent["latest_charge"] = charge["id"]
        return charge

    def _captured(self, account: Account, intent: Thing, charge: Thing) -> None:
        method = charge["payment_method_details"]["type"]
        entry = self._state.add(
            account,
            "txn",
            objects.balance_transaction(
                charge,
                "charge" if method == objects.CARD else "payment",
                cents=charge["amount"],
                fee=objects.fee_of(charge["amount"], method),
                at=self._state.now() + 2 * DAY,
            ),
        )
        charge.update(status="succeeded", paid=True, balance_transaction=entry["id"])
        intent.update(status="succeeded", amount_received=intent["amount"], last_payment_error=None)

    @staticmethod
    def _failed(intent: Thing, charge: Thing, why: dict[str, str]) -> None:
        charge.update(
            status="failed", paid=False, captured=False, amount_captured=0,
            failure_code=why["code"], failure_message=why["message"],
        )  # fmt: skip
        intent.update(status="requires_payment_method", last_payment_error=dict(why))

    def _tell(self, account: Account, kind: str, thing: Thing) -> None:
        self._state.tell(account, kind, thing)
