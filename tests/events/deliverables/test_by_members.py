"""A member hands in for the team, where the host lets members do so."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import Side
from events.deliverables import service as deliverables
from events.deliverables.domain import (
    DeliverableSpec,
    HandingInRefused,
    TeamFacts,
    may_hand_in,
    may_take_back,
)
from events.institutes.models import Institute
from events.registration.models import SeatStatus, Team
from tests.browser import Browser
from tests.events.deliverables.stage import DUE, agree, ask, hand_in, lead, reader, standing
from tests.reading import main, words

SUE, BO, EVA = uuid4(), uuid4(), uuid4()
TEAM = TeamFacts(leads={SUE: Side.MANAGEMENT}, roles={"board_member": frozenset({BO})})


@pytest.mark.pure
def test_leads_hand_in_and_members_where_the_host_lets_them() -> None:
    closed, open_ = (
        DeliverableSpec(title="Plan", due=DUE, by_members=one) for one in (False, True)
    )

    assert [may_hand_in(closed, TEAM, who) for who in (SUE, BO, EVA, None)] == [
        True, False, False, False,
    ]  # fmt: skip
    assert [may_hand_in(open_, TEAM, who) for who in (SUE, BO, EVA, None)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert may_take_back(open_, TEAM, SUE, own=False)
    assert may_take_back(open_, TEAM, BO, own=True)
    assert not may_take_back(open_, TEAM, BO, own=False)
    assert not may_take_back(closed, TEAM, BO, own=True)


def mails() -> dict[str, str]:
    rows = db.session.scalars(select(OutboxEmail))
    return {mail.to: mail.subject for mail in rows if mail.outcome == ""}


def test_what_a_member_hands_in_counts_and_the_leads_are_told(
    institute: Institute, team: Team
) -> None:
    plan = ask(institute, by_members=True)

    hand_in(team, plan, lead(team, "bo"))

    assert standing(team, plan) == "in_time"
    said = f"Handed in: {plan.title} of District 1"
    assert mails() == {"sue1@x.org": said, "tess1@x.org": said}
    page = deliverables.team_page(team, plan, reader(team, "bo"))
    assert (page.may_upload, page.may_take_back) == (True, True)


def test_both_sides_still_have_to_agree_to_it(institute: Institute, team: Team) -> None:
    plan = ask(institute, by_members=True, both_sides=True)

    hand_in(team, plan, lead(team, "bo"))
    assert standing(team, plan) == "waiting"
    asked = f"Do you agree? {plan.title} of District 1"
    assert mails() == {"sue1@x.org": asked, "tess1@x.org": asked}
    agree(team, plan, "sue")
    assert standing(team, plan) == "waiting"
    agree(team, plan, "tess")

    assert standing(team, plan) == "in_time"


def test_a_member_takes_back_only_an_own_version(institute: Institute, team: Team) -> None:
    plan = ask(institute, by_members=True)
    hand_in(team, plan)
    with pytest.raises(HandingInRefused, match="Only your team's leads"), transaction():
        deliverables.withdraw(team.id, plan.id, 1, lead(team, "bo"))

    hand_in(team, plan, lead(team, "bo"))
    with transaction():
        deliverables.withdraw(team.id, plan.id, 2, lead(team, "bo"))
    hand_in(team, plan, lead(team, "bo"))
    with transaction():
        deliverables.withdraw(team.id, plan.id, 3, lead(team, "tess"))

    page = deliverables.team_page(team, plan, reader(team, "bo"))
    assert page.counted is not None
    assert (page.counted.number, page.may_take_back) == (1, False)


def test_only_who_confirmed_hands_in(institute: Institute, team: Team) -> None:
    plan = ask(institute, by_members=True)
    bo = lead(team, "bo")
    team.seats[2].status = SeatStatus.INVITED
    db.session.commit()

    with pytest.raises(NotFound, match="leads hand it in"), transaction():
        deliverables.withdraw(team.id, plan.id, 1, bo)


def test_a_member_finds_the_form_once_the_host_lets_members(
    institute: Institute, team: Team, client: Browser
) -> None:
    only_leads, everyone = ask(institute, "Plan"), ask(institute, "Talk", by_members=True)
    client.sign_in("bo1@x.org")
    address = f"/lakeshore/teams/{team.id}/deliverables"

    closed = words(main(client.get(f"{address}/{only_leads.id}").text))
    opened = words(main(client.get(f"{address}/{everyone.id}").text))

    assert "The team's leads hand it in." in closed
    assert "Upload and hand in" not in closed
    assert "Upload and hand in" in opened
