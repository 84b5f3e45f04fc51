"""The routes of the books: who may call what, and what is written down about each act."""

from collections.abc import Mapping

from tests.consortium.matrix.act import Act
from tests.consortium.matrix.of_money import sees_money
from tests.consortium.matrix.policy import Policy

owner = Policy(may=frozenset({"owner"}), names={"month": "closed_month"})
invoice_page = "books.invoice GET"
reads_only = (
    "aged", "aged_export", "certificate_file", "home", "institutes", "invoice", "invoices",
    "journal", "journal_file", "months", "paper", "paper_file", "payer", "payers", "quickbooks",
    "report", "report_export", "statement", "statement_file", "statements", "statements_csv",
    "statements_part", "w9_file",
)  # fmt: skip
buttons = (
    "close_order", "give_up_order", "invoice_against", "pause_invoice", "pause_payer",
    "renew_link", "send_again",
)  # fmt: skip
forms = (
    "certificate",
    "close_month",
    "credit",
    "edit_payer",
    "order",
    "settings",
    "w9",
    "write_off",
)

POLICIES: Mapping[str, Policy] = {
    **{f"books.{name} GET": sees_money for name in (*reads_only, *forms)},
    **{f"books.{name} POST": sees_money for name in (*forms, *buttons)},
    "books.reopen_month GET": owner,
    "books.reopen_month POST": owner,
}
PROMISED = {"order_id": "promised_id", "invoice_id": "promised_for_id"}
ACTS: Mapping[str, Act] = {
    "books.certificate POST": Act(
        named="keep_certificate", by="finance", fills={"number": "E-9998"}
    ),
    "books.close_month POST": Act(named="close_month", by="finance"),
    "books.close_order POST": Act(
        named="close_order", by="finance", on=invoice_page, changes=False
    ),
    "books.credit POST": Act(
        named="credit_by_hand", by="finance", fills={"amount": "1.00", "why": "A speaker."}
    ),
    "books.edit_payer POST": Act(named="edit_payer", by="finance", fills={"name": "Another name"}),
    "books.give_up_order POST": Act(
        named="give_up_order", by="finance", at=PROMISED, on=invoice_page, changes=False
    ),
    "books.invoice_against POST": Act(
        named="invoice_against", by="finance", on=invoice_page, changes=False
    ),
    "books.order POST": Act(
        named="receive_order",
        by="finance",
        fills={"when": "here", "number": "1E10", "amount": "300.00"},
    ),
    "books.pause_invoice POST": Act(
        named="pause_invoice", by="finance", fills={"pause-until": "2026-05-01"}, on=invoice_page
    ),
    "books.pause_payer POST": Act(named="pause_reminders", by="finance", on="books.payer GET"),
    "books.renew_link POST": Act(named="renew_link", by="finance", on=invoice_page),
    "books.reopen_month POST": Act(
        named="reopen_month", by="owner", fills={"why": "A check."}, at={"month": "closed_month"}
    ),
    "books.send_again POST": Act(named="send_again", by="finance", on=invoice_page, changes=False),
    "books.settings POST": Act(
        named="write_money_settings", by="finance", fills={"legal_name": "Another name"}
    ),
    "books.write_off POST": Act(named="write_off", by="finance", fills={"why": "Nobody pays."}),
}
