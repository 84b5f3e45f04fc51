"""What finance of a world has at hand: payments, a deposit, a refund, a line of the bank."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from consortium.database import transaction
from events.invoices.domain.links import token_for
from events.payments import service as payments
from events.payments.domain.bank_statements import ReadLine
from events.payments.service.bank import import_lines
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import TODAY, check, deposit, transfer


def money_things(slug: str) -> Mapping[str, Any]:
    """Bill and take money in; return how addresses name what there is then."""
    payer = make_payer(f"Payer of {slug}", f"ap@{slug}.example.org")
    paid = make_invoice(30_000, payer)
    applied = check(30_000, [(paid.id, None)], number="1")
    rest = check(9_000, number="2", payer_id=payer.id)
    unpaid = make_invoice(50_000, payer)
    loose = transfer(4_000, drawer=payer.name)
    with transaction():
        refund = payments.decide_refund(loose.id, cents=100, why="Too much", by=FINANCE)
        line = ReadLine(on=TODAY, cents=-12_500, words=f"Rent of {slug}")
        import_lines([line], by=FINANCE)
    return {
        "pay_token": token_for(
            unpaid.id, unpaid.link_version, secret=current_app.config["SECRET_KEY"]
        ),
        "payment_id": applied.id,
        "rest_id": rest.id,
        "loose_id": loose.id,
        "deposit_id": deposit(check(2_000, number="3", payer_id=payer.id).id),
        "refund_id": refund.id,
        "exception_id": payments.open_exceptions()[0].id,
    }
