"""The routes of leaders who leave and of partnerships at risk: who may, and what is written."""

from collections.abc import Mapping
from datetime import date

from cohorts.handover.models import Departure, Follows
from cohorts.learning import service as learning
from consortium import clock
from consortium.database import db
from events.registration.models import Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.factories import make_person

OF_ITS_OWN = frozenset({"lead", "member"})
of_the_partnership = Policy(may=NAMES | OF_ITS_OWN, others=Answer.MISSING)
of_a_member = Policy(may=OF_ITS_OWN, others=Answer.MISSING, sent={"item": "plan"})
edits_it = Policy(may=RUNS_IT | {"lead"}, others=Answer.MISSING)
hosts_read = Policy(may=NAMES)
hosts_set = Policy(may=RUNS_IT)

POLICIES: Mapping[str, Policy] = {
    "handover.show GET": of_the_partnership,
    "handover.pdf GET": of_the_partnership,
    "handover.contact GET": of_the_partnership,
    "handover.contact POST": of_a_member,
    "handover.tick POST": of_a_member,
    "handover.leaves GET": edits_it,
    "handover.leaves POST": edits_it,
    "handover.departure GET": edits_it,
    "handover.successor POST": edits_it,
    "handover.undo POST": edits_it,
    "handover.finish POST": hosts_set,
    "handover.partnerships GET": hosts_read,
    "handover.at_risk GET": hosts_read,
    "handover.at_risk_file GET": hosts_read,
    "handover.rules GET": hosts_set,
    "handover.rules POST": hosts_set,
}
ON = "handover.departure GET"
ACTS: Mapping[str, Act] = {
    "handover.contact POST": Act(
        named="change_contact_offer", by="lead", fills={"shares_email": "y"}
    ),
    "handover.tick POST": Act(named="tick_handover", by="lead", on="handover.show GET"),
    "handover.successor POST": Act(
        named="name_successor",
        fills={"follows": "named", "name": "Kim", "email": "kim@example.org"},
        on=ON,
    ),
    "handover.undo POST": Act(named="undo_departure", on=ON),
    "handover.rules POST": Act(named="change_risk_rules", fills={"vacant_days": "9"}),
}
ELSEWHERE = {"handover.leaves POST", "handover.finish POST"}
"""Who leaves is chosen from a list, and only what waits is finished: tests of their own."""


def left_and_followed(mine: Team, slug: str) -> dict[str, object]:
    """Let somebody have left a team's partnership, whom nobody follows yet."""
    partnership = learning.partnership_of_team(mine.id)
    assert partnership is not None
    gone = Departure(
        partnership_id=partnership.id,
        person_id=make_person(f"gone@{slug}.example.org", "Gus Gone").id,
        role_code="",
        office="",
        side=None,
        left_on=date(2026, 2, 27),
        follows=Follows.OPEN,
        reported_by="test",
        reported_at=clock.now(),
    )
    db.session.add(gone)
    db.session.commit()
    return {"departure_id": gone.id}
