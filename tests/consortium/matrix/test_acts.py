"""Each act that a form asks for is written down once: who, what, where, and in which request."""

from collections.abc import Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.consortium.matrix import (
    of_cards,
    of_checkin,
    of_deliverables,
    of_handover,
    of_learning,
    of_peers,
    of_plans,
    of_surveys,
)
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.conftest import Ask, Stage
from tests.consortium.matrix.features import FEATURES
from tests.consortium.matrix.policies import POLICIES
from tests.consortium.matrix.test_matrix import path_of

pytestmark = [pytest.mark.real_commits, pytest.mark.on_the_given_database]


DAY = "2026-04-30"
LATER = {"slug": "empty"}
ACTS: Mapping[str, Act] = {
    **{route: act for one in FEATURES for route, act in one.ACTS.items()},
    "agenda.make_feed POST": Act(named="feed_of", by="lead"),
    "agenda.rotate POST": Act(named="rotate", by="member"),
    "board.remind POST": Act(named="remind", fills={"kinds": ["confirm"]}, at=LATER),
    "institutes.add_fee POST": Act(named="change_institute", fills={"each": "150"}),
    "institutes.add_role POST": Act(
        named="change_institute", fills={"code": "teacher", "label": "Teacher", "side": "labor"}
    ),
    "institutes.cancel POST": Act(
        named="cancel_institute", fills={"reason": "Snow.", "meant": "y"}
    ),
    "institutes.change POST": Act(named="change_institute", fills={"title": "A new title"}),
    "institutes.change_fee POST": Act(named="change_institute", fills={"each": "150"}),
    "institutes.change_role POST": Act(named="change_institute", fills={"label": "Head"}),
    "institutes.create POST": Act(
        named="create_institute", fills={"title": "New one", "slug": "new-one"}
    ),
    "institutes.publish POST": Act(named="publish", at={"slug": "draft"}),
    "institutes.remove_fee POST": Act(named="change_institute", fills={"version": "1"}),
    "institutes.remove_role POST": Act(
        named="change_institute", fills={"version": "1"}, at={"slug": "draft"}
    ),
    "merging.compare_leas POST": Act(named="merge_leas"),
    "merging.compare_people POST": Act(named="merge_people"),
    "merging.tell_leas_apart POST": Act(named="tell_apart", on="merging.compare_leas GET"),
    "merging.tell_people_apart POST": Act(named="tell_apart", on="merging.compare_people GET"),
    "merging.undo POST": Act(named="unmerge", on="merging.merged GET"),
    "packets.packet POST": Act(named="make_quote", at={"team_id": "unpacked_id"}),
    "people.hold_office POST": Act(
        named="hold_office",
        fills={"role": "board_member", "begins_on": DAY},
        on="people.person GET",
    ),
    "people.leave_office POST": Act(named="leave_office", fills={"ends_on": DAY}),
    "people.restore_role POST": Act(named="restore_role", at={"role_id": "retired_id"}),
    "people.retire_role POST": Act(named="retire_role"),
    "people.role POST": Act(named="change_role", fills={"label": "Chief"}),
    "people.roles POST": Act(named="add_role", fills={"label": "Nurse", "side": "labor"}),
    "programmes.unpublish POST": Act(named="unpublish", at={"slug": "unused"}),
    "questions.add POST": Act(named="add_question", fills={"label": "New?"}),
    "questions.again POST": Act(named="ask_again", on="questions.manage GET"),
    "questions.change POST": Act(named="change_question", fills={"label": "Other?"}),
    "questions.move POST": Act(
        named="move_question", fills={"to": "later"}, on="questions.manage GET"
    ),
    "questions.stop POST": Act(named="stop_asking", on="questions.manage GET"),
    "registration.team_questions POST": Act(
        named="answer_team_questions", by="lead", fills={"q_topic": "Attendance"}
    ),
    "registration.add_member POST": Act(
        named="add_member",
        by="lead",
        fills={"name": "Nina New", "email": "nina@example.org", "role": "principal"},
    ),
    "registration.admit POST": Act(named="admit_from_waitlist", at={"team_id": "waiting_id"}),
    "registration.agree POST": Act(named="agree_to_guests", at={"team_id": "guests_id"}),
    "registration.answer_invitation POST": Act(
        named="change_own_details",
        by="member",
        fills={"wants_peers": None},
        on="registration.invitation GET",
    ),
    "registration.answer_joint_act POST": Act(
        named="refuse_act",
        by="lead",
        fills={"refuse-note": "Not now."},
        on="registration.joint_act GET",
    ),
    "registration.answer_lead_invitation POST": Act(
        named="accept_lead", by="member", on="registration.lead_invitation GET"
    ),
    "registration.answer_own_lead_invitation POST": Act(
        named="accept_lead", by="member", on="registration.own_lead_invitation GET"
    ),
    "registration.appoint_lead POST": Act(
        named="appoint_lead",
        fills={"name": "Nia", "email": "nia@example.org", "side": "labor", "reason": "Left."},
    ),
    "registration.ask_lead_again POST": Act(
        named="ask_lead_again", by="lead", on="registration.team GET"
    ),
    "registration.hand_over POST": Act(
        named="hand_over",
        by="other lead",
        fills={"name": "Nia", "email": "nia@example.org"},
        at={"team_id": "unpacked_id"},
    ),
    "registration.invite_lead POST": Act(
        named="invite_lead", by="lead", fills={"name": "Nia", "email": "nia@example.org"}
    ),
    "registration.leave_lead POST": Act(
        named="leave_lead", by="other lead", at={"team_id": "unpacked_id"}
    ),
    "registration.take_back_act POST": Act(named="take_back_act", on="registration.joint_act GET"),
    "registration.withdraw_lead_invitation POST": Act(
        named="withdraw_lead_invitation", by="lead", on="registration.team GET"
    ),
    "registration.answer_office POST": Act(
        named="answer_office", by="lead", fills={"exists": "yes"}
    ),
    "registration.change_office POST": Act(
        named="answer_office", fills={"exists": "yes", "reason": "Founded in May"}
    ),
    "registration.details POST": Act(named="describe_team", by="lead", fills={"name": "We"}),
    "registration.edit_member POST": Act(
        named="change_member", by="lead", fills={"role": "board_member"}
    ),
    "registration.end_waiver POST": Act(named="end_waiver", by="lead"),
    "registration.invite_again POST": Act(
        named="invite_again",
        at={"team_id": "unanswered_id", "seat_id": "asked_seat_id"},
        changes=False,
    ),
    "registration.join_waitlist POST": Act(named="join_waitlist", at={"team_id": "late_id"}),
    "registration.keep_seat POST": Act(named="keep_seat", by="lead", fills={"role": "principal"}),
    "registration.name_kept POST": Act(
        named="name_kept", by="lead", fills={"name": "Nina New", "email": "nina@example.org"}
    ),
    "registration.leave_waitlist POST": Act(named="leave_waitlist", at={"team_id": "waiting_id"}),
    "registration.member_choices POST": Act(
        named="choose_extras", by="lead", fills={"choices": ["strand:math"]}
    ),
    "registration.offer POST": Act(
        named="decline_offer", fills={"reply": "stay"}, at={"team_id": "offered_id"}
    ),
    "registration.own_choices POST": Act(
        named="choose_extras", by="member", fills={"choices": ["strand:math"]}
    ),
    "registration.want_seats POST": Act(
        named="want_seats", fills={"seats_wanted": "3"}, at={"team_id": "waiting_id"}
    ),
    "registration.paste POST": Act(
        named="paste_members",
        by="lead",
        fills={"lines": "Nina New, nina@example.org, principal", "save": "1", "check": None},
    ),
    "registration.remove_member POST": Act(named="remove_member", by="lead"),
    "registration.seat POST": Act(
        named="change_own_details", by="member", fills={"wants_peers": None}
    ),
    "registration.start POST": Act(
        named="start_team",
        by="stranger",
        fills={"lea": "3410002", "lea_id": "3410002", "name": "Sam", "side": "labor"},
        at=LATER,
    ),
    "registration.submit POST": Act(named="submit_team", at={"team_id": "begun_id"}),
    "registration.substitute POST": Act(
        named="substitute", by="lead", fills={"name": "Nina New", "email": "nina@example.org"}
    ),
    "registration.substitution POST": Act(named="grant_wish", fills={"decision": "grant"}),
    "registration.take_back_wish POST": Act(named="take_back_wish", by="lead"),
    "registration.turn_away POST": Act(
        named="turn_guests_away", fills={"reason": "No room."}, at={"team_id": "guests_id"}
    ),
    "registration.waive_role POST": Act(
        named="waive_role", by="lead", fills={"reason": "another reason"}
    ),
    "registration.withdraw POST": Act(named="withdraw_team", by="lead"),
    "tenants.end_staff POST": Act(named="end", by="owner"),
    "tenants.goals POST": Act(named="change_goals", fills={"goals": "Literacy"}),
    "tenants.move_partner POST": Act(named="move_partner", fills={"to": "later"}),
    "tenants.partners POST": Act(named="add_partner", fills={"name": "New Union"}),
    "tenants.remove_partner POST": Act(named="remove_partner"),
    "tenants.settings POST": Act(named="change_profile", fills={"name": "New name"}),
    "tenants.staff POST": Act(
        named="appoint", by="owner", fills={"email": "new@example.org", "role": "desk"}
    ),
}
# Signing in has audit tests of its own; files and visitors need a world of their own;
# what someone types is no act before it is sent.
ELSEWHERE = (
    of_cards.ELSEWHERE
    | of_deliverables.ELSEWHERE
    | of_checkin.ELSEWHERE
    | of_learning.ELSEWHERE
    | of_peers.ELSEWHERE
    | of_plans.ELSEWHERE
    | of_handover.ELSEWHERE
    | of_surveys.ELSEWHERE
    | {
        "books.w9 POST",
        "bulk.left_out POST",
        "bulk.upload POST",
        "drafts.discard POST",
        "drafts.keep POST",
        "payments.bank POST",
        "programmes.upload POST",
        "registration.visitor POST",
    }
)


def test_every_act_of_a_consortium_is_driven_here() -> None:
    forms = {
        route
        for route in POLICIES
        if route.endswith(" POST") and not route.startswith(("auth.", "demonstration."))
    }

    assert set(ACTS) == forms - ELSEWHERE


@pytest.mark.parametrize("route", ACTS)
def test_an_act_is_written_down_once(stage: Stage, ask: Ask, route: str) -> None:
    act = ACTS[route]
    values = {**stage.here.named, **{one: stage.here.named[key] for one, key in act.at.items()}}
    path = path_of(stage, route, values)
    page = ask(act.by, "GET", path_of(stage, act.on, values) if act.on else path, {}).response
    form = form_on(page.text, path) if page.status_code == 200 else {}

    asked = ask(act.by, "POST", path, {**form, **act.fills})

    assert asked.response.status_code == 302, asked.response.text
    (entry,) = asked.acts
    assert (entry.act, entry.actor) == (act.named, stage.here.address_of(act.by))
    assert entry.tenant_id == stage.here.tenant_id
    assert (entry.before != entry.after) is act.changes


def form_on(html: str, path: str) -> dict[str, Any]:
    """Return what the page's form would send as it is shown."""
    page = BeautifulSoup(html, "html.parser")
    forms = [one for one in page.main.find_all("form") if one.get("method") == "post"]
    here = [one for one in forms if one.get("action") in {path, "", None}]
    sent: dict[str, Any] = {}
    for control in here[0].find_all(["input", "select", "textarea"]) if here else ():
        name, kind = control.get("name"), control.get("type")
        if (
            not name
            or kind == "submit"
            or (kind in {"checkbox", "radio"} and not control.has_attr("checked"))
        ):
            continue
        if control.name == "select":
            chosen = control.find_all("option", selected=True)
            sent[name] = [one["value"] for one in chosen] or control.option["value"]
        elif kind == "checkbox":
            sent.setdefault(name, []).append(control.get("value", "y"))
        else:
            sent[name] = (
                control.get_text() if control.name == "textarea" else control.get("value", "")
            )
    return sent
