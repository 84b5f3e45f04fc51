"""Where submitting needs both leads, so does taking the places that are offered."""

from typing import Any

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.people.models import Person
from events.institutes.domain import Status
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.jobs.offers import offer_freed_places, take_offers_back
from events.registration.models import ActStatus, Team, TeamStatus
from tests.acts import acts
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    taken,
    wait,
)
from tests.events.registration.leads import SECOND, acts_of, add_lead
from tests.factories import make_institute, make_lea, soon

LEAD = "lead@example.org"


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute(pools={PEOPLE: 0, TEAMS: 9}, joint_acts=["submit"])


@pytest.fixture
def team(institute: Institute, app: Flask) -> Team:
    """Return a team of two leads to which places are offered."""
    team = draft(institute, make_lea("3400001", "Oak Park"), "ada superintendent")
    add_lead(team)
    wait(team)
    agree(team)
    with transaction():
        pools.set_capacity(institute, PEOPLE, 5)
    offer_freed_places(app)
    db.session.expire_all()
    assert team.status is TeamStatus.OFFERED
    return team


def accept(team: Team, *, by: str = LEAD) -> Team:
    with transaction():
        return registration.accept_offer(team.id, lead_editor(by))


def agree(team: Team, *, by: str = SECOND) -> Team:
    (act,) = [one for one in acts_of(team) if one.status is ActStatus.OPEN]
    with transaction():
        return registration.agree_to_act(act.id, lead_editor(by))


def test_the_first_lead_asks_and_the_places_stay_held_until_the_second_agrees(
    institute: Institute, team: Team
) -> None:
    accept(team)

    assert (team.status, taken(institute, PEOPLE)) == (TeamStatus.OFFERED, 1)
    asked = letters(SECOND)[-1]
    assert "asks you to agree to accept the places offered" in asked.text
    assert "held until Wednesday, March 4, 2026 at 7:00" in asked.text.replace("\u202f", " ")
    assert asked.lapses_at == team.offer_expires_at

    agree(team)

    assert (team.status, taken(institute, PEOPLE)) == (TeamStatus.REGISTERED, 1)
    assert acts()[-2:] == ["ask_other_lead", "accept_offer"]


def test_both_accepting_is_agreeing(team: Team) -> None:
    accept(team, by=SECOND)
    accept(team)

    assert team.status is TeamStatus.REGISTERED


def test_a_team_that_named_someone_meanwhile_asks_again(team: Team) -> None:
    accept(team)
    name(team, "bo union_leader", by=SECOND)

    with pytest.raises(RegistrationRefused, match="changed since you were asked"):
        agree(team)
    accept(team, by=SECOND)
    agree(team, by=LEAD)

    assert (team.status, team.seats_held) == (TeamStatus.REGISTERED, 2)


def test_the_other_lead_declines_and_nothing_waits_for_agreement(team: Team) -> None:
    accept(team)
    with transaction():
        registration.decline_offer(team.id, lead_editor(SECOND), stay=False)

    assert (team.status, acts_of(team)[-1].status) == (TeamStatus.DRAFT, ActStatus.LAPSED)


def test_an_offer_that_runs_out_ends_the_asking(team: Team, app: Flask, frozen: Any) -> None:
    accept(team)
    frozen(soon(3))
    with pytest.raises(RegistrationRefused, match="The offer has run out"):
        agree(team)

    take_offers_back(app)

    db.session.expire_all()
    assert (team.status, acts_of(team)[-1].status) == (TeamStatus.WAITLISTED, ActStatus.LAPSED)
    assert "asks you to agree" not in " ".join(mail.subject for mail in letters(SECOND))


def test_a_coordinator_accepts_alone_and_ends_the_asking(team: Team) -> None:
    accept(team)
    with transaction():
        registration.accept_offer(team.id, coordinating())

    assert (team.status, acts_of(team)[-1].status) == (TeamStatus.REGISTERED, ActStatus.LAPSED)


def test_nobody_accepts_places_at_an_institute_that_was_cancelled(
    institute: Institute, team: Team
) -> None:
    institute.status = Status.CANCELLED
    db.session.commit()

    with pytest.raises(RegistrationRefused, match="is cancelled"):
        accept(team)
