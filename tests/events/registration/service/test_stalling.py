from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.jobs import Worker
from consortium.people.models import Person
from consortium.tenancy import for_every_tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.jobs.drafts import nudge_leads
from events.registration.models import Team
from events.registration.service.stalling import drafts_to_nudge, stalled_drafts
from tests.acts import acts
from tests.events.registration.builders import coordinating, draft, letters, name, submit
from tests.events.registration.leads import SECOND, add_lead
from tests.factories import make_institute, make_lea, soon

SUBJECT = "Oak Park is not submitted yet for Summer Institute"


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute()


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    team = draft(institute, lea, "ada superintendent")
    add_lead(team)
    return team


@pytest.fixture
def work(app: Flask, frozen: Any) -> Any:
    """Return a function that lets the worker look at a day after noon."""

    def on(day: float) -> int:
        frozen(soon(0) + timedelta(days=day, hours=2))
        return nudge_leads(app)

    return on


def nudges(to: str = "lead@example.org") -> int:
    return [mail.subject for mail in letters(to)].count(SUBJECT)


def test_leads_of_a_draft_that_lies_still_are_reminded_twice_and_then_it_is_stalled(
    team: Team, work: Any
) -> None:
    assert [work(day) for day in (3, 6.9)] == [0, 0]
    assert [work(day) for day in (7, 7.5, 8)] == [1, 0, 0]
    assert (nudges(), nudges(SECOND)) == (1, 1)
    assert stalled_drafts(team.institute_id) == []
    (mail,) = letters("lead@example.org")
    assert "Registration is open until Wednesday, April 1, 2026" in mail.text
    assert "Association president" in mail.text

    assert [work(day) for day in (14, 15, 21, 28)] == [1, 0, 0, 0]
    assert nudges() == 2
    assert stalled_drafts(team.institute_id) == [team]
    assert acts()[-2:] == ["nudge", "nudge"]
    told = registration.history_of(team.id, coordinating(), 1).found.items[0]
    assert told.sentences == ("The leads were reminded that the team is not submitted yet.",)


def test_a_lead_who_comes_back_is_not_told_that_it_lies_still(team: Team, work: Any) -> None:
    work(7)
    name(team, "bo union_leader", by=SECOND)

    assert (nudges(), nudges(SECOND), team.nudges) == (0, 0, 0)
    assert [work(day) for day in (13, 14)] == [0, 1]


def test_a_coordinator_who_looks_after_it_does_not_wake_the_leads(team: Team, work: Any) -> None:
    work(7)
    work(14)
    with transaction():
        registration.submit_team(team.id, coordinating())

    assert nudges() == 0
    assert stalled_drafts(team.institute_id) == []


def test_a_mail_that_waits_longer_than_registration_is_open_lapses(team: Team, work: Any) -> None:
    work(27)

    (mail,) = letters("lead@example.org")
    closes = team.institute.dues[0].passes_at(team.institute.zone)
    assert mail.lapses_at == closes
    assert work(31) == 0


def test_drafts_that_wait_or_came_too_late_hold_up_no_other(
    team: Team, lea: Lea, work: Any, noon: Any
) -> None:
    over = draft(make_institute("over", deadlines=[("register_by", noon.date(), None)]), lea)
    reminded = draft(make_institute("reminded"), lea)
    over.touched_at = reminded.touched_at = noon - timedelta(days=4)
    reminded.nudges = 1
    db.session.commit()

    assert work(8) == 1
    with for_every_tenant():
        assert drafts_to_nudge(most=1) == []
        team.nudges = 0
        db.session.flush()
        assert drafts_to_nudge(most=1) == [(team.tenant_id, team.id)]


@pytest.mark.parametrize("what", ["cancelled", "begun", "submitted", "withdrawn"])
def test_nobody_is_reminded_of_what_is_over(
    what: str, institute: Institute, team: Team, work: Any
) -> None:
    if what == "cancelled":
        institute.status = Status.CANCELLED
    elif what == "begun":
        institute.deadlines = []
        institute.days[0].on = soon(6).date()
    elif what == "submitted":
        submit(team)
    else:
        with transaction():
            registration.withdraw_team(team.id, coordinating())
    db.session.commit()

    assert (work(7), nudges()) == (0, 0)


@pytest.mark.usefixtures("team")
def test_people_are_not_woken_at_night(work: Any) -> None:
    assert [work(7.5), work(8)] == [0, 1]


def test_the_worker_looks_once_an_hour(app: Flask) -> None:
    assert "nudge_leads" in {step.__name__ for step in app.extensions["steps"]}
    assert Worker(app, [nudge_leads]).run_once() == 0
