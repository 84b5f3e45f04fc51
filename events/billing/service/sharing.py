"""Which payer pays which share: set by leads, together where the host asks both sides."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import dollars, say
from events.billing.domain.splitting import Basis, ShareRule, check_shares, split
from events.billing.models import Bill, BillShare
from events.billing.service.finding import lock_bill
from events.billing.service.following import write_down
from events.billing.service.invoicing import send_changes
from events.billing.service.reckoning import Reckoned, keep_rules, live_shares, rule_of
from events.institutes.domain import JointActKind
from events.invoices.domain import MoneyRefused
from events.invoices.models import Payer
from events.registration.models import Team
from events.registration.service import Editor
from events.registration.service.joint import asks_other_lead, performs

SHARES, TOTAL = "shares", "total_cents"


def share_costs(team_id: UUID, rules: Mapping[UUID, ShareRule], editor: Editor) -> Bill:
    """Set each payer's share and send the invoices; where they went out before, revise them.

    ``rules`` name the shares by id; who is not named keeps the own. Where the institute asks the
    leads of both sides to accept the shares, the other lead is asked and nothing is sent yet.
    Raises ``MoneyRefused`` when the shares do not add up.
    """
    bill = lock_bill(team_id, editor)
    shares = live_shares(bill)
    wanted = [rules.get(share.id) or rule_of(share) for share in shares]
    reckoned = write_down(bill)
    if not reckoned.total_cents and bill.sent_at is None:
        raise MoneyRefused(say("There is nothing to pay, so there is nothing to share."))
    check_shares(reckoned.owed, wanted)
    payload = _payload(shares, wanted, reckoned)
    team = db.session.get_one(Team, team_id)
    if asks_other_lead(team, JointActKind.ACCEPT_SHARE, editor, payload=payload):
        return bill
    set_shares(bill, wanted, by=editor.email)
    audit.record("share_costs", bill.about, by=editor.email, after=payload)
    return bill


def set_shares(bill: Bill, wanted: Sequence[ShareRule], *, by: str) -> None:
    """Give the live shares their rules, in order, and bill by them. Part of another act.

    Who is asked for another share than before has not accepted that one.
    """
    shares = live_shares(bill)
    outbox.supersede(*(f"bill_share:{share.id}" for share in shares))
    for share, rule in zip(shares, wanted, strict=True):
        if rule != rule_of(share):
            share.accepted_at, share.accepted_by = None, ""
        share.basis, share.value, share.roles = rule.basis, rule.value, list(rule.roles)
        share.declined_at, share.decline_reason = None, ""
    db.session.flush()
    keep_rules(bill)
    bill.sent_at = bill.sent_at or clock.now()
    send_changes(bill, write_down(bill), why=say("The shares have changed."), by=by)


def _asked_in_words(team: Team, payload: Mapping[str, Any]) -> str:
    named = (
        select(BillShare.id, Payer.name)
        .join(Payer, Payer.id == BillShare.payer_id)
        .join(Bill, Bill.id == BillShare.bill_id)
        .where(Bill.about == f"team:{team.id}")
    )
    names = {str(row.id): row.name for row in db.session.execute(named)}
    parts = [
        say("%(payer)s %(sum)s", payer=names.get(one["id"], ""), sum=dollars(one["cents"]))
        for one in payload[SHARES]
    ]
    return say("these shares of the cost: %(shares)s", shares="; ".join(parts))


@performs(JointActKind.ACCEPT_SHARE, words=_asked_in_words)
def share_as_agreed(team_id: UUID, payload: Mapping[str, Any], editor: Editor) -> object:
    """Send the invoices that both leads agreed to.

    Raises ``MoneyRefused`` when what is owed or who pays has changed since they were asked.
    """
    bill = lock_bill(team_id, editor)
    shares = live_shares(bill)
    agreed = {one["id"]: _rule(one) for one in payload[SHARES]}
    same = agreed.keys() == {str(share.id) for share in shares}
    if not same or payload[TOTAL] != write_down(bill).total_cents:
        raise MoneyRefused(
            say("The bill has changed since you were asked. Ask the other lead to share it anew.")
        )
    set_shares(bill, [agreed[str(share.id)] for share in shares], by=editor.email)
    audit.record("share_costs", bill.about, by=editor.email, after=payload)
    return bill


def _payload(
    shares: Sequence[BillShare], wanted: Sequence[ShareRule], reckoned: Reckoned
) -> dict[str, Any]:
    parts = split(reckoned.owed, wanted)
    return {
        TOTAL: reckoned.total_cents,
        SHARES: [
            {
                "id": str(share.id),
                "basis": rule.basis.value,
                "value": rule.value,
                "roles": list(rule.roles),
                "cents": cents,
            }
            for share, rule, cents in zip(shares, wanted, parts, strict=True)
        ],
    }


def _rule(said: Mapping[str, Any]) -> ShareRule:
    return ShareRule(basis=Basis(said["basis"]), value=said["value"], roles=tuple(said["roles"]))
