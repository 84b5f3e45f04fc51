"""Who pays a team's bill: named, corrected, taken off, by its leads or by finance."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.billing.domain.splitting import Basis
from events.billing.models import Bill, BillShare
from events.billing.service.finding import lock_bill, share_of
from events.billing.service.following import counted_of, follow_in_lea, write_down
from events.billing.service.invoicing import methods_for, send_changes, take_back_share
from events.billing.service.reckoning import fees_of, live_shares, rule_of
from events.institutes.domain import JointActKind
from events.institutes.domain.fees import cost_shares, default_shares
from events.invoices import service as invoices
from events.invoices.domain import Method, MoneyRefused, PayerKind
from events.invoices.models import Payer
from events.invoices.service import PayerFacts
from events.registration.service import Editor
from events.registration.service.joint import lapse

KINDS = {
    "district": PayerKind.LEA,
    "lea": PayerKind.LEA,
    "supervisory union": PayerKind.SUPERVISORY_UNION,
    "local": PayerKind.LOCAL,
    "local association": PayerKind.LOCAL,
    "union": PayerKind.LOCAL,
    "state association": PayerKind.STATE_ASSOCIATION,
    "grant": PayerKind.GRANT,
}
"""Which kind of payer the fee rules mean by a word."""


def name_payer(
    team_id: UUID, facts: PayerFacts, method: Method | None, editor: Editor
) -> BillShare:
    """Name one more payer of a team's bill. The first pays it all; a further one nothing yet.

    Where the fee rules say who usually pays which part, such a payer gets that part.

    Nobody is billed before the shares are sent. Raises ``MoneyRefused`` for a team that is not
    registered, a payer who is named already, or a way to pay that the host does not offer.
    """
    bill = lock_bill(team_id, editor)
    share = add_payer(bill, facts, method, by=editor.email)
    follow_shares(bill, why=say("The shares have changed."), by=editor.email)
    audit.record(
        "name_payer",
        bill.about,
        by=editor.email,
        after={"payer": str(share.payer_id), "kind": facts.kind.value},
    )
    return share


def change_payer(
    team_id: UUID, share_id: UUID, facts: PayerFacts, method: Method | None, editor: Editor
) -> BillShare:
    """Correct who pays a share, or how. Another payer gets an invoice of its own.

    What was issued to the former one then asks for nothing. Raises as ``name_payer`` does, and
    for another address and the like of a payer whom other teams name too: it is theirs as well.
    """
    bill = lock_bill(team_id, editor)
    share = share_of(bill, share_id)
    check_method(bill, method)
    payer = invoices.payer_for(facts)
    before = {"payer": str(share.payer_id), "method": share.method}
    if payer.id == share.payer_id:
        _correct(bill, payer, facts)
        share.method = method
    else:
        _check_not_named(bill, payer)
        rule, position = rule_of(share), share.position
        take_back_share(bill, share, why=say("Another payer pays this share."), by=editor.email)
        share = _add(bill, payer, rule.basis, method, by=editor.email)
        share.value, share.roles, share.position = rule.value, list(rule.roles), position
    db.session.flush()
    follow_shares(bill, why=say("The payer or the way to pay has changed."), by=editor.email)
    audit.record(
        "change_payer",
        bill.about,
        by=editor.email,
        before=before,
        after={"payer": str(payer.id), "method": method},
    )
    return share


def drop_payer(team_id: UUID, share_id: UUID, editor: Editor) -> None:
    """Take a payer off the bill; its invoice asks for nothing, and the others pay it all.

    Raises ``NotFound``, ``MoneyRefused`` for the only payer of a bill that was sent.
    """
    bill = lock_bill(team_id, editor)
    share = share_of(bill, share_id)
    others = [one for one in live_shares(bill) if one.id != share.id]
    if not others and bill.sent_at is not None:
        raise MoneyRefused(say("Name another payer first. Then take this one off."))
    take_back_share(bill, share, why=say("This payer pays no share any more."), by=editor.email)
    if share.basis is Basis.REST and others:
        others[0].basis, others[0].value, others[0].roles = Basis.REST, 0, []
    db.session.flush()
    follow_shares(bill, why=say("The shares have changed."), by=editor.email)
    audit.record("drop_payer", bill.about, by=editor.email, before={"payer": str(share.payer_id)})


def add_payer(bill: Bill, facts: PayerFacts, method: Method | None, *, by: str) -> BillShare:
    """Add a payer to a bill that is held. Part of another act. Raises ``MoneyRefused``."""
    check_method(bill, method)
    payer = invoices.payer_for(facts)
    _check_not_named(bill, payer)
    usual = {kind: points for kind, _, points in suggested_payers(bill)}
    first = not any(share.basis is Basis.REST for share in live_shares(bill))
    basis = Basis.REST if first else Basis.AMOUNT
    if payer.kind in usual and bill.sent_at is None:
        basis = Basis.PERCENT
    share = _add(bill, payer, basis, method, by=by)
    share.value = usual[payer.kind] if basis is Basis.PERCENT else 0
    db.session.flush()
    return share


def follow_shares(bill: Bill, *, why: str, by: str) -> None:
    """Reckon anew, and let invoices that went out follow. Part of another act.

    What the other lead was asked to agree to is another split now, so the request lapses.
    """
    counted = counted_of(bill)
    reckoned = write_down(bill)
    if bill.team is not None:
        lapse(bill.team, JointActKind.ACCEPT_SHARE)
    if bill.sent_at is not None:
        send_changes(bill, reckoned, why=why, by=by)
    follow_in_lea(bill, counted)


def check_method(bill: Bill, method: Method | None) -> None:
    """Raise ``MoneyRefused`` for a way to pay that the host does not offer."""
    if method is not None and method not in methods_for(bill.institute):
        raise MoneyRefused(say("The host does not offer this way to pay."), field="method")


def suggested_payers(bill: Bill) -> Sequence[tuple[PayerKind, str, int]]:
    """Return who usually pays here, by the fee rules: kind, name, basis points.

    A rule about the institute's own cost suggests nothing for what a team owes.
    """
    fees = fees_of(bill)
    if bill.team_id is None:
        found = cost_shares(fees)
    else:
        found = () if default_shares(fees) == cost_shares(fees) else default_shares(fees)
    return [
        (KINDS.get(one.who.casefold(), PayerKind.LEA), one.who, one.basis_points) for one in found
    ]


def _check_not_named(bill: Bill, payer: Payer) -> None:
    if any(share.payer_id == payer.id for share in live_shares(bill)):
        raise MoneyRefused(say("%(name)s is named already.", name=payer.name), field="name")


def _correct(bill: Bill, payer: Payer, facts: PayerFacts) -> None:
    if not invoices.differs(payer, facts):
        return
    elsewhere = select(BillShare.id).where(
        BillShare.payer_id == payer.id, BillShare.bill_id != bill.id
    )
    if db.session.scalars(elsewhere.limit(1)).first() is not None:
        raise MoneyRefused(
            say(
                "Other teams have invoices to this payer, too. Ask the host to correct what is "
                "known of it."
            ),
            field="address",
        )
    invoices.correct_details(payer, facts)


def _add(bill: Bill, payer: Payer, basis: Basis, method: Method | None, *, by: str) -> BillShare:
    last = select(func.max(BillShare.position)).where(BillShare.bill_id == bill.id)
    share = BillShare(
        bill_id=bill.id,
        payer_id=payer.id,
        position=(db.session.scalar(last) or 0) + 1,
        basis=basis,
        method=method,
        made_at=clock.now(),
        made_by=by,
    )
    db.session.add(share)
    return share
