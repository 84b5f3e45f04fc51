"""Hosts ask about duties in their own words; a duty in other words is another question."""

from datetime import timedelta
from typing import Any

import pytest

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused
from cohorts.plans.domain.checklist import Checklist, OwnDuty
from cohorts.plans.domain.duties import DUTIES, Group
from cohorts.plans.domain.readiness import GroupSummary, Ready
from consortium import clock
from consortium.database import transaction
from consortium.errors import Conflict
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.plans.stage import Stage, make_stage
from tests.consortium.matrix.test_acts import form_on
from tests.factories import make_person, make_tenant

PAGE = "/lakeshore/settings/readiness"
FIRST, SECOND, *REST = (duty for duty in DUTIES if duty.group is Group.ASSOCIATION)
OURS = "Our members decided on the partnership by a vote."


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def ask(own: dict[str, OwnDuty], *, version: int = 0) -> None:
    with transaction():
        plans.change_checklist(own, version=version, by="host@example.org")


def say_done(stage: Stage, *codes: str) -> int:
    with transaction():
        return plans.answer_duties(
            stage.partnership.id, dict.fromkeys(codes, Ready.DONE), stage.rep
        )


def labor(stage: Stage) -> GroupSummary:
    page = plans.readiness_of(stage.partnership.id, stage.rep)
    return next(one for one in page.groups if one.group is Group.ASSOCIATION)


def test_a_duty_in_other_words_is_asked_anew_and_the_others_stay(stage: Stage, frozen: Any) -> None:
    assert say_done(stage, FIRST.code, SECOND.code) == 2
    frozen(clock.now() + timedelta(days=1))

    ask({FIRST.code: OwnDuty(text=OURS)})

    page = plans.readiness_of(stage.partnership.id, stage.rep)
    assert page.duties[0].text == OURS
    assert page.said == {SECOND.code: Ready.DONE}
    assert (labor(stage).done, labor(stage).next_step) == (1, page.duties[0])
    assert say_done(stage, FIRST.code) == 1  # the same answer, to other words
    assert say_done(stage, FIRST.code) == 0
    assert labor(stage).done == 2
    frozen(clock.now() + timedelta(days=1))
    ask({FIRST.code: OwnDuty(text=OURS), SECOND.code: OwnDuty(asked=False)}, version=1)
    assert labor(stage).done == 1
    assert len(labor(stage).lines) == 1 + len(REST)


def test_the_usual_words_are_no_words_of_ones_own(stage: Stage) -> None:
    say_done(stage, FIRST.code)
    ask({FIRST.code: OwnDuty(text=str(FIRST.text))})
    checklist, version = plans.checklist_now()
    assert (checklist.own, version) == ({}, 1)
    assert labor(stage).done == 1


def test_what_is_not_asked_any_more_is_answered_by_nobody(stage: Stage) -> None:
    ask({FIRST.code: OwnDuty(asked=False)})
    assert say_done(stage, FIRST.code) == 0
    assert FIRST.code not in {line.duty.code for line in labor(stage).lines}
    ask({}, version=1)
    assert labor(stage).lines[0].duty == FIRST


def test_each_group_keeps_a_duty_and_each_consortium_its_own_words(stage: Stage) -> None:
    nothing = {duty.code: OwnDuty(asked=False) for duty in DUTIES if duty.group is Group.COMMUNITY}
    with pytest.raises(PlanRefused, match="Families and community"):
        ask(nothing)
    ask({FIRST.code: OwnDuty(text=OURS)})
    with as_tenant(make_tenant("elsewhere").id):
        assert plans.checklist_now() == (Checklist(), 0)


def test_two_hosts_at_once_both_see_both_versions(stage: Stage) -> None:
    ask({FIRST.code: OwnDuty(text=OURS)})
    with pytest.raises(Conflict) as told:
        ask({FIRST.code: OwnDuty(asked=False)})
    assert told.value.versions == ((FIRST.text, OURS, "(not asked)"),)


def test_hosts_write_their_own_words_on_a_page(client: Browser, stage: Stage) -> None:
    client.sign_in(make_person("olga@example.org", staff="owner").email)
    number = DUTIES.index(FIRST)
    first = form_on(client.get(PAGE).text, PAGE)
    long = client.post(PAGE, data={**first, f"text_{number}": "x" * 201})
    assert (long.status_code, "at most 200 characters" in long.text) == (422, True)
    done = client.post(PAGE, data={**first, f"text_{number}": f" {OURS}\n"})
    assert done.status_code == 302
    late = client.post(PAGE, data={**first, f"text_{number}": "Too late.", "action_key": "another"})
    assert late.status_code == 409
    assert OURS in late.text
    assert "Too late." in late.text
    client.sign_in(stage.rep.email)
    assert OURS in client.get(f"/lakeshore/partnerships/{stage.partnership.id}/readiness").text
