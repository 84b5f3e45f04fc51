"""The routes of bills and of payers: who may call what, and what is written down about each act.

A lead opens what the own side pays; what the other side pays is listed and does not open.
"""

from collections.abc import Mapping

from tests.consortium.matrix.act import Act
from tests.consortium.matrix.of_money import sees_money
from tests.consortium.matrix.policy import EVERYONE, RUNS_IT, SIGNED_IN, Answer, Policy

LEAD_AND_HOSTS = RUNS_IT | {"lead", "finance"}
own_bill = Policy(may=LEAD_AND_HOSTS, others=Answer.MISSING)
free_team = Policy(may=LEAD_AND_HOSTS, others=Answer.MISSING, names={"team_id": "free_id"})
costs = Policy(may=sees_money.may, names={"share_id": "cost_share_id"})
named_by_link = {"token": "share_token", "document_id": "share_paper_id"}
whoever_has_the_link = Policy(may=EVERYONE, names=named_by_link)
contact = Policy(may=frozenset({"member"}), names=named_by_link, looks_first=True)

POLICIES: Mapping[str, Policy] = {
    **{
        f"billing.{name} {method}": own_bill
        for name in ("change_payer", "drop_payer", "name_payer", "price", "shares")
        for method in ("GET", "POST")
    },
    **{
        f"billing.{name} {method}": costs
        for name in ("costs", "cost_shares", "name_cost_payer")
        for method in ("GET", "POST")
    },
    "billing.bill GET": own_bill,
    "billing.confirmation GET": free_team,
    "billing.confirmation_file GET": free_team,
    "billing.drop_cost POST": costs,
    "billing.drop_cost_payer POST": costs,
    "payer.accept POST": contact,
    "payer.decline GET": contact,
    "payer.decline POST": contact,
    "payer.invoice GET": whoever_has_the_link,
    "payer.mine GET": Policy(may=SIGNED_IN),
    "payer.order GET": contact,
    "payer.order POST": contact,
    "payer.paper GET": whoever_has_the_link,
    "payer.paper_file GET": whoever_has_the_link,
    "payer.w9 GET": whoever_has_the_link,
}
NEW_PAYER = {"name": "Shore Fund", "contact_email": "fund@example.org", "kind": "grant"}
ACTS: Mapping[str, Act] = {
    "billing.change_payer POST": Act(
        named="change_payer", by="lead", fills={"name": "Another district", "method": "check"}
    ),
    "billing.cost_shares POST": Act(
        named="share_institute_cost", by="finance", fills={"rows-0-basis": "rest"}
    ),
    "billing.costs POST": Act(
        named="set_cost", by="finance", fills={"what": "Hotel", "amount": "1200.00"}
    ),
    "billing.drop_cost POST": Act(named="drop_cost", by="finance", on="billing.costs GET"),
    "billing.drop_cost_payer POST": Act(
        named="drop_cost_payer", by="finance", on="billing.costs GET"
    ),
    "billing.drop_payer POST": Act(named="drop_payer", by="lead"),
    "billing.name_cost_payer POST": Act(named="name_cost_payer", by="finance", fills=NEW_PAYER),
    "billing.name_payer POST": Act(named="name_payer", by="lead", fills=NEW_PAYER),
    "billing.price POST": Act(named="say_for_price", by="lead", fills={"discount_code": ""}),
    "billing.shares POST": Act(
        named="share_costs", by="lead", fills={"rows-1-basis": "amount", "rows-1-value": "10.00"}
    ),
    "payer.accept POST": Act(
        named="accept_share", by="member", on="payer.invoice GET", changes=False
    ),
    "payer.decline POST": Act(
        named="decline_share", by="member", fills={"reason": "Not our team."}
    ),
    "payer.order POST": Act(
        named="receive_order",
        by="member",
        fills={"when": "here", "number": "00417", "amount": "250.00"},
    ),
}
