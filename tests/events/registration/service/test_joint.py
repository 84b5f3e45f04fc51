from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.models import Person
from events.institutes.domain import JointActKind
from events.institutes.models import PEOPLE, Institute
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import ActStatus, Team, TeamStatus
from events.registration.service import Editor, joint
from events.registration.service.finding import lock_team
from tests.acts import acts
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    start,
    submit,
    taken,
)
from tests.events.registration.leads import SECOND, acts_of, add_lead
from tests.factories import make_institute, make_lea

COMPLETE = ("ada superintendent", "bo union_leader", "cy board_member")
BOTH = {"joint_acts": ["submit"]}


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(lea: Lea) -> Institute:
    return make_institute(**BOTH)


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    team = draft(institute, lea, *COMPLETE)
    add_lead(team)
    return team


def agree(team: Team, *, by: str = SECOND) -> Team:
    (act,) = [one for one in acts_of(team) if one.status is ActStatus.OPEN]
    with transaction():
        return registration.agree_to_act(act.id, lead_editor(by))


def test_the_first_lead_asks_and_the_second_ones_yes_registers_the_team(
    institute: Institute, team: Team
) -> None:
    submit(team)

    assert (team.status, taken(institute, PEOPLE)) == (TeamStatus.DRAFT, 0)
    (asked,) = letters(SECOND)
    assert asked.subject == "Oak Park: Lee Lead asks you to agree"
    assert "asks you to agree to submit the team" in asked.text
    assert acts()[-1] == "ask_other_lead"

    agree(team)

    assert (team.status, taken(institute, PEOPLE)) == (TeamStatus.REGISTERED, 3)
    (act,) = acts_of(team)
    assert (act.status, act.answered_by) == (ActStatus.AGREED, SECOND)
    assert acts()[-2:] == ["ask_other_lead", "submit_team"]
    for lead in ("lead@example.org", SECOND):
        subjects = {mail.subject for mail in letters(lead)}
        assert {"Oak Park: both leads agree", "Oak Park is registered for Summer Institute"} <= (
            subjects
        )
        assert "Oak Park: Lee Lead asks you to agree" not in subjects


def test_either_lead_may_begin_and_both_asking_is_agreeing(team: Team) -> None:
    submit(team, by=SECOND)
    submit(team)

    assert team.status is TeamStatus.REGISTERED
    assert [act.status for act in acts_of(team)] == [ActStatus.AGREED]


def test_nobody_agrees_with_himself(team: Team) -> None:
    submit(team)
    (act,) = acts_of(team)

    with pytest.raises(RegistrationRefused, match="asked already"):
        submit(team)
    with pytest.raises(RegistrationRefused, match="Only the lead of the other side"), transaction():
        registration.agree_to_act(act.id, lead_editor())
    with pytest.raises(RegistrationRefused, match="Only the lead of the other side"), transaction():
        registration.agree_to_act(act.id, coordinating())
    with pytest.raises(NotFound), transaction():
        registration.agree_to_act(act.id, lead_editor("stranger@example.org"))

    assert team.status is TeamStatus.DRAFT


def test_without_a_second_lead_there_is_nobody_to_ask(institute: Institute, lea: Lea) -> None:
    alone = draft(institute, lea, *COMPLETE)

    with pytest.raises(RegistrationRefused, match="Invite a lead of the other side first"):
        submit(alone)

    with transaction():  # a coordinator needs no agreement
        registration.submit_team(alone.id, coordinating())
    assert alone.status is TeamStatus.REGISTERED


def test_what_changed_since_it_was_asked_cannot_be_agreed_to(team: Team) -> None:
    submit(team)
    name(team, "di principal", by=SECOND)

    with pytest.raises(RegistrationRefused, match="changed since you were asked"):
        agree(team)
    assert team.status is TeamStatus.DRAFT

    submit(team, by=SECOND)  # the one who changed it asks the other
    assert [act.status for act in acts_of(team)] == [ActStatus.LAPSED, ActStatus.OPEN]
    agree(team, by="lead@example.org")
    assert (team.status, team.seats_held) == (TeamStatus.REGISTERED, 4)


def test_a_refusal_leaves_the_draft_and_tells_both_why(team: Team) -> None:
    submit(team)
    (act,) = acts_of(team)
    with transaction():
        registration.refuse_act(act.id, "Our board meets first.", lead_editor(SECOND))

    assert (team.status, act.status, act.note) == (
        TeamStatus.DRAFT,
        ActStatus.REFUSED,
        "Our board meets first.",
    )
    (told,) = letters("lead@example.org")
    assert told.subject == "Oak Park: Uma Union does not agree"
    assert "Our board meets first." in told.text
    with pytest.raises(RegistrationRefused, match="answered or taken back already"), transaction():
        registration.agree_to_act(act.id, lead_editor(SECOND))


def test_a_request_taken_back_is_no_request_and_its_mail_does_not_go_out(team: Team) -> None:
    submit(team)
    (act,) = acts_of(team)
    with pytest.raises(RegistrationRefused, match="Only the lead who asked"), transaction():
        registration.take_back_act(act.id, lead_editor(SECOND))
    with transaction():
        registration.take_back_act(act.id, lead_editor())

    assert (act.status, letters(SECOND)) == (ActStatus.LAPSED, [])


def test_a_coordinator_who_submits_ends_the_waiting(team: Team) -> None:
    submit(team)
    with transaction():
        registration.submit_team(team.id, coordinating())

    assert team.status is TeamStatus.REGISTERED
    assert [act.status for act in acts_of(team)] == [ActStatus.LAPSED]


def test_when_the_places_went_meanwhile_nobody_has_agreed(institute: Institute, team: Team) -> None:
    submit(team)
    pool = institute.pool(PEOPLE)
    assert pool is not None
    pool.taken = pool.capacity
    db.session.commit()

    with pytest.raises(Waitable):
        agree(team)

    assert [act.status for act in acts_of(team)] == [ActStatus.OPEN]


def test_joining_the_waitlist_needs_both_too(institute: Institute, team: Team) -> None:
    pool = institute.pool(PEOPLE)
    assert pool is not None
    pool.taken = pool.capacity
    db.session.commit()
    with transaction():
        registration.join_waitlist(team.id, lead_editor())
    assert team.status is TeamStatus.DRAFT

    agree(team)

    assert (team.status, acts()[-1]) == (TeamStatus.WAITLISTED, "join_waitlist")


def test_an_institute_that_does_not_ask_for_both_is_served_by_one(lea: Lea) -> None:
    team = draft(make_institute("free"), lea, *COMPLETE)
    add_lead(team)

    assert submit(team).status is TeamStatus.REGISTERED
    assert acts_of(team) == []


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Let sharing costs be an act that is done by writing down what was agreed to."""
    done: list[tuple[Any, ...]] = []
    monkeypatch.setattr(joint, "_performers", dict(joint._performers))
    monkeypatch.setattr(joint, "_words", {})

    @joint.performs(JointActKind.ACCEPT_SHARE)
    def accept(team_id: UUID, payload: Mapping[str, Any], editor: Editor) -> None:
        done.append((team_id, payload["cents"], editor.email, editor.agreed))

    return done


def test_any_kind_of_act_can_wait_for_the_other_lead(
    lea: Lea, shares: list[tuple[Any, ...]]
) -> None:
    team = start(make_institute("shared", joint_acts=["accept_share"]), lea)
    add_lead(team)
    with transaction():
        asked = joint.asks_other_lead(
            lock_team(team.id, lead_editor()),
            JointActKind.ACCEPT_SHARE,
            lead_editor(),
            subject="share:1",
            payload={"cents": 15000},
        )

    assert asked is not None
    assert shares == []
    assert [act.what for act in registration.asked_in(team, lead_editor(SECOND))] == [
        "accept a share of the cost"
    ]
    agree(team)
    assert shares == [(team.id, 15000, SECOND, True)]
