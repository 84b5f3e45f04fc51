"""The pages of the fake that people see: one to pay at, one that does what banks do."""

import html
from collections.abc import Iterator

from tests.fakes.stripe_parts import objects
from tests.fakes.stripe_parts.state import State, Thing

STYLE = """
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.note { border: 2px solid currentColor; padding: .5rem 1rem; font-weight: bold; }
form { margin: .75rem 0; }
button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem; width: 100%; text-align: start; }
li { margin-bottom: 1.5rem; }
"""
PROTECTION = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
WAYS = (
    ("card", "Pay by card", objects.CARD),
    ("decline", "Try a card that is declined", objects.CARD),
    ("bank", "Pay by bank account; the money comes in some days", objects.BANK),
    ("bank-at-once", "Pay by bank account; the money comes at once", objects.BANK),
)


def dollars(cents: int) -> str:
    return f"${cents / 100:,.2f}"


def payment_page(session: Thing, about: str, *, declined: bool = False) -> str:
    """Return the page at a session's address."""
    said = f"<p>For {html.escape(about)}.</p>" if about else ""
    if session["status"] != "open":
        words = {
            "expired": "This page has expired. Nothing was paid here.",
            "complete": "This payment was made here already.",
        }[session["status"]]
        body = f"{said}<p>{words}</p>{_back(session)}"
    else:
        failed = '<p role="alert">The card was declined. Nothing was paid.</p>' if declined else ""
        ways = "".join(
            _button("", "how", how, words)
            for how, words, method in WAYS
            if method in session["payment_method_types"]
        )
        email = html.escape(session["customer_email"] or "nobody")
        body = f"{failed}{said}<p>A receipt would go to {email}.</p>{ways}{_back(session)}"
    return _page(f"Pay {dollars(session['amount_total'])}", body)


def bank_page(state: State) -> str:
    """Return the page that lists all payments and what may happen to each."""
    rows = [_row(account.objects, one) for account in state.accounts.values()
            for one in account.of_kind("payment_intent")]  # fmt: skip
    listed = f"<ul>{''.join(reversed(rows))}</ul>" if rows else "<p>Nobody has paid yet.</p>"
    return _page("Test payments", f"<p>What banks and Stripe's dashboard would do.</p>{listed}")


def _row(known: dict[str, Thing], intent: Thing) -> str:
    about = html.escape(intent["description"] or intent["id"])
    words = f"{about}: {dollars(intent['amount'])}, {html.escape(intent['status'])}"
    return f"<li>{words}{''.join(_what_may_happen(known, intent))}</li>"


def _what_may_happen(known: dict[str, Thing], intent: Thing) -> Iterator[str]:
    named = intent["id"]
    if intent["status"] == "processing":
        yield _button("/bank", "settle", named, "The bank pays")
        yield _button("/bank", "fail", named, "The bank refuses")
    if intent["status"] != "succeeded":
        return
    charge = known[intent["latest_charge"]]
    open_disputes = [
        one
        for one in known.values()
        if one["object"] == "dispute"
        and one["charge"] == charge["id"]
        and one["status"] == "needs_response"
    ]
    if not charge["disputed"] and not charge["refunded"]:
        yield _button("/bank", "refund_by_hand", named, "Refund the rest in the dashboard")
        yield _button("/bank", "dispute", named, "The payer's bank contests it")
    for dispute in open_disputes:
        yield _button("/bank", "win", dispute["id"], "The dispute is won")
        yield _button("/bank", "lose", dispute["id"], "The dispute is lost")
    for refund in known.values():
        if refund["object"] == "refund" and refund["payment_intent"] == named:
            yield from _of_refund(refund)


def _of_refund(refund: Thing) -> Iterator[str]:
    amount = dollars(refund["amount"])
    if refund["status"] == "pending":
        yield _button("/bank", "refund_arrives", refund["id"], f"The refund of {amount} arrives")
    if refund["status"] in {"pending", "succeeded"}:
        yield _button("/bank", "refund_fails", refund["id"], f"The refund of {amount} comes back")


def _button(action: str, name: str, value: str, words: str) -> str:
    where = f' action="{action}"' if action else ""
    return (
        f'<form method="post"{where}><button name="{name}" value="{html.escape(value)}">'
        f"{html.escape(words)}</button></form>"
    )


def _back(session: Thing) -> str:
    if not session["cancel_url"]:
        return ""
    return f'<p><a href="{html.escape(session["cancel_url"])}">Go back without paying</a></p>'


def _page(heading: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{heading} · test'
        '</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/test.css"></head><body><main>'
        f'<h1>{heading}</h1><p class="note">Test payment. No money moves.</p>{body}'
        "</main></body></html>"
    )
