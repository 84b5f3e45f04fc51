"""Leads who act at the same moment: a team is never without one, and an act is done once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from consortium.database import db, transaction
from consortium.people import service as people
from consortium.tenancy import as_tenant
from events.institutes.models import PEOPLE, Institute
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import Team, TeamStatus
from events.registration.service import Editor, finding, joint, leads
from tests.events.registration.leads import SECOND, acts_of, add_lead
from tests.events.registration.test_rush import Rush, own_app, rush
from tests.meeting import Meeting

__all__ = ["own_app", "rush"]

pytestmark = pytest.mark.real_commits


def led_by_two(rush: Rush, *, joint_acts: tuple[str, ...] = ()) -> tuple[UUID, Editor, Editor]:
    """Return a draft with two leads, and both of them."""
    ((team_id, first),) = rush.drafts(1)
    with as_tenant(rush.tenant_id):
        db.session.get_one(Institute, rush.institute_id).joint_acts = list(joint_acts)
        add_lead(db.session.get_one(Team, team_id))
        second = people.person_for(people.identity_for(SECOND))
        editor = Editor(email=SECOND, person_id=second.id)
    db.session.remove()
    return team_id, first, editor


def leaving(team_id: UUID, editor: Editor) -> Callable[[], str]:
    def act() -> str:
        try:
            with transaction():
                registration.leave_lead(team_id, editor)
        except RegistrationRefused as refusal:
            return refusal.message
        return "left"

    return act


def leads_left(rush: Rush, team_id: UUID) -> int:
    with as_tenant(rush.tenant_id):
        left = len(db.session.get_one(Team, team_id).leads)
    db.session.remove()
    return left


def test_of_two_leads_who_leave_at_once_one_stays(rush: Rush) -> None:
    team_id, first, second = led_by_two(rush)

    outcomes = rush.at_once([leaving(team_id, first), leaving(team_id, second)])

    assert outcomes == {
        "left": 1,
        "You are the only lead of this team. Hand it over to someone else first.": 1,
    }
    assert leads_left(rush, team_id) == 1


def test_without_the_lock_both_would_leave(rush: Rush, monkeypatch: Any) -> None:
    """The negative control: look first, then leave, as a careless program would."""
    team_id, first, second = led_by_two(rush)
    both_looked = Meeting(2)

    def look(team_id: UUID, editor: Editor) -> Team:
        team = finding.get_team(team_id, editor)
        db.session.expunge_all()
        db.session.rollback()
        both_looked.wait()
        return db.session.merge(team, load=False)

    monkeypatch.setattr(leads, "lock_team", look)
    outcomes = rush.at_once([leaving(team_id, first), leaving(team_id, second)])

    assert outcomes == {"left": 2}
    assert leads_left(rush, team_id) == 0


def test_agreeing_many_times_at_once_submits_once(rush: Rush) -> None:
    team_id, first, second = led_by_two(rush, joint_acts=("submit",))
    with as_tenant(rush.tenant_id), transaction():
        registration.submit_team(team_id, first)
    with as_tenant(rush.tenant_id):
        (asked,) = acts_of(db.session.get_one(Team, team_id))
        act_id = asked.id
    db.session.remove()

    def agreeing() -> str:
        try:
            with transaction():
                return registration.agree_to_act(act_id, second).status.value
        except RegistrationRefused as refusal:
            return refusal.message

    outcomes = rush.at_once([agreeing] * 4)

    assert outcomes == {"registered": 1, "This was answered or taken back already.": 3}
    assert rush.taken(PEOPLE) == 2


def test_two_leads_who_ask_at_once_have_agreed(rush: Rush) -> None:
    team_id, first, second = led_by_two(rush, joint_acts=("submit",))

    def asking(editor: Editor) -> Callable[[], str]:
        def act() -> str:
            with transaction():
                return registration.submit_team(team_id, editor).status.value

        return act

    outcomes = rush.at_once([asking(first), asking(second)])

    assert outcomes == {TeamStatus.DRAFT.value: 1, TeamStatus.REGISTERED.value: 1}
    with as_tenant(rush.tenant_id):
        assert joint.open_acts(team_id) == []
    db.session.remove()
