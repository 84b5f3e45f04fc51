"""The routes of what teams hand in: who may call what, and what is written down of each act."""

from collections.abc import Mapping

from consortium.database import transaction
from events.deliverables import service as deliverables
from events.institutes.models import Institute
from events.registration.models import Team
from events.registration.service import Editor
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.events.deliverables.stage import DUE, HOST, ask
from tests.events.deliverables.stage import hand_in as hand_in_plan
from tests.events.materials.stage import hand_out

runs_it = Policy(may=RUNS_IT)
sees_names = Policy(may=NAMES)
of_the_team = Policy(may=NAMES | {"lead", "member"}, others=Answer.MISSING)
hands_in = Policy(may=RUNS_IT | {"lead"}, others=Answer.MISSING)
agrees = Policy(may=frozenset({"lead", "member"}), others=Answer.MISSING)
comes = Policy(
    may=NAMES | {"lead", "other lead", "member"}, others=Answer.MISSING, looks_first=True
)
number = {"number": "1"}
not_a_file = {"note": "No file."}

POLICIES: Mapping[str, Policy] = {
    "deliverables.team GET": of_the_team,
    "deliverables.paper GET": of_the_team,
    # Members are shown the form's fault before anyone asks whether they may send it.
    "deliverables.paper POST": Policy(may=of_the_team.may, others=Answer.MISSING, sent=not_a_file),
    "deliverables.version GET": of_the_team,
    "deliverables.template GET": of_the_team,
    "deliverables.agree POST": Policy(may=agrees.may, others=Answer.MISSING, sent=number),
    "deliverables.withdraw POST": Policy(may=hands_in.may, others=Answer.MISSING, sent=number),
    "deliverables.show POST": hands_in,
    "deliverables.hide POST": hands_in,
    "deliverables.gallery GET": Policy(may=comes.may, others=Answer.MISSING),
    "deliverables.hanging GET": Policy(may=comes.may, others=Answer.MISSING),
    "deliverables.manage GET": sees_names,
    "deliverables.roll GET": sees_names,
    "deliverables.bundle GET": sees_names,
    **{
        f"deliverables.{name} {method}": runs_it
        for name in ("add", "change", "stop", "review")
        for method in ("GET", "POST")
    },
    "deliverables.remind POST": runs_it,
}
ACTS: Mapping[str, Act] = {
    "deliverables.add POST": Act(
        named="ask_teams",
        fills={"title": "Talk", "due_on": "2026-04-20", "due_time": "17:00", "template": ""},
    ),
    "deliverables.change POST": Act(named="change_asked", fills={"title": "Other"}),
    "deliverables.stop POST": Act(named="stop_asking_teams", at={"deliverable_id": "unasked_id"}),
    "deliverables.remind POST": Act(named="remind_to_hand_in", on="deliverables.roll GET"),
    "deliverables.review POST": Act(named="review_hand_in"),
    "deliverables.withdraw POST": Act(
        named="withdraw_hand_in", by="lead", fills=number, on="deliverables.paper GET"
    ),
    "deliverables.show POST": Act(named="show_in_gallery", by="lead"),
    "deliverables.hide POST": Act(named="hide_from_gallery", by="lead"),
    "deliverables.agree POST": Act(
        named="agree_to_hand_in", by="member", fills=number, at={"deliverable_id": "agreed_id"}
    ),
}
ELSEWHERE = {"deliverables.paper POST"}


def asked_for(
    institute: Institute, team: Team, other: Team, elsewhere: Institute
) -> tuple[dict[str, object], dict[str, object]]:
    """Let a team hand in and show a plan, and another lead owe it; return address parts of both."""
    template = hand_out(institute, "Template")
    lead = next(seat for seat in team.seats if seat.person_id == team.leads[0].person_id)
    editor = Editor(email=lead.person.email, person_id=lead.person_id)
    plan = ask(institute, gallery=True, template_id=template.id)
    hand_in_plan(team, plan, editor)
    with transaction():
        deliverables.show(team.id, plan.id, editor)
    agreed = ask(institute, "Signed plan", sign_roles=("principal",))
    hand_in_plan(team, agreed, HOST)
    unasked = ask(institute, "Nothing yet", due=DUE)
    there = ask(elsewhere, gallery=True, template_id=hand_out(elsewhere, "Template").id)
    return (
        {"deliverable_id": plan.id, "agreed_id": agreed.id, "unasked_id": unasked.id},
        {"deliverable_id": there.id, "agreed_id": there.id, "unasked_id": there.id},
    )
