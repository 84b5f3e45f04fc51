"""The routes of payments: who may call what, and what is written down about each act."""

from collections.abc import Mapping

from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import Policy

DAY = "2026-03-02"
sees_money = Policy(may=frozenset({"owner", "finance"}))
reads_only = ("choose_payer", "deposit", "payment", "payments", "refunds", "exceptions")
acts = (
    "apply",
    "assign",
    "bank",
    "deposits",
    "exception",
    "mark_paid",
    "move",
    "pay_out",
    "record",
    "refund",
    "returned",
    "take_back_refund",
)

POLICIES: Mapping[str, Policy] = {
    **{f"payments.{name} GET": sees_money for name in (*reads_only, *acts)},
    **{f"payments.{name} POST": sees_money for name in (*acts, "match")},
}
ACTS: Mapping[str, Act] = {
    "payments.apply POST": Act(named="apply_payment", by="finance", at={"payment_id": "rest_id"}),
    "payments.assign POST": Act(named="assign_payer", by="finance", at={"payment_id": "loose_id"}),
    "payments.deposits POST": Act(named="make_deposit", by="finance"),
    "payments.exception POST": Act(
        named="resolve_exception", by="finance", fills={"resolution": "They were asked."}
    ),
    "payments.mark_paid POST": Act(
        named="mark_paid",
        by="finance",
        fills={"kind": "check", "rows-0-paid": "y", "rows-0-number": "900"},
    ),
    "payments.match POST": Act(
        named="match_lines",
        by="finance",
        fills={"match-rows-0-choice": "aside"},
        on="payments.bank GET",
    ),
    "payments.move POST": Act(named="set_apart", by="finance", fills={"to": "nothing"}),
    "payments.pay_out POST": Act(
        named="pay_refund_check", by="finance", fills={"check_number": "501"}
    ),
    "payments.record POST": Act(
        named="record_check",
        by="finance",
        fills={"kind": "check", "number": "901", "amount": "25.00"},
    ),
    "payments.refund POST": Act(
        named="decide_refund",
        by="finance",
        fills={"amount": "1.00", "why": "Too much."},
        at={"payment_id": "rest_id"},
    ),
    "payments.returned POST": Act(named="return_check", by="finance", fills={"why": "NSF"}),
    "payments.take_back_refund POST": Act(
        named="cancel_refund", by="finance", fills={"why": "They come after all."}
    ),
}
