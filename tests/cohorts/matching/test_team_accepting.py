"""Partner teams of a cohort are partners when the leads of both sides of each have accepted."""

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching.models import GroupingKind, TeamGroup
from cohorts.matching.service.grouping_acts import publish_grouping
from cohorts.matching.service.groupings import group_teams
from cohorts.matching.service.team_accepting import answer_partners
from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.domain import Side
from events.institutes.models import Institute
from events.registration.models import Team, TeamLead
from tests.browser import Browser
from tests.cohorts.matching.meeting import COORDINATOR, bring, person
from tests.factories import make_institute
from tests.reading import main, words

TOGETHER = "/lakeshore/institutes/summer/together"
LEADS = ("ana@example.org", "al@example.org", "ben@example.org")


@pytest.fixture
def teams(app: Flask, tenant: object) -> tuple[Institute, Team, Team]:
    """Return a cohort with two partner teams: one has leads of both sides, the other one lead."""
    cohort = make_institute(kind="cohort")
    ana, al, ben = LEADS
    one = bring(cohort, 1, {ana: "superintendent", al: "union_leader"})
    other = bring(cohort, 2, {ben: "superintendent"})
    lead = TeamLead(team_id=one.id, person_id=person(al), side=Side.LABOR, since=clock.now())
    db.session.add(lead)
    db.session.commit()
    with app.test_request_context():
        grouping = group_teams(cohort.id, GroupingKind.PARTNERS, by=COORDINATOR)
        publish_grouping(cohort.id, grouping.id, by=COORDINATOR)
        db.session.commit()
    return cohort, one, other


def test_partners_wait_for_every_lead(client: Browser, teams: tuple[Institute, Team, Team]) -> None:
    cohort, one, other = teams
    ana, al, ben = LEADS
    client.sign_in(ana)
    before = words(main(client.get(TOGETHER).text))
    client.post(f"{TOGETHER}/{one.id}/answer", data={"said": "yes", "action_key": "a"})
    mine = words(main(client.get(TOGETHER).text))
    by_ben = answer_partners(cohort.id, person(ben), other.id, ben, yes=True)
    with pytest.raises(NotFound):
        answer_partners(cohort.id, person(ben), one.id, ben, yes=True)
    by_al = answer_partners(cohort.id, person(al), one.id, al, yes=True)
    db.session.commit()

    assert "A partner team is suggested" in before
    assert "Accept" in before
    assert "until the leads of both sides" in mine
    assert (by_ben, by_al) == (False, True)
    after = words(main(client.get(TOGETHER).text))
    assert "Your partner team" in after
    assert "suggest" not in after


def test_a_lead_who_declines_parts_them_without_a_word(
    client: Browser, teams: tuple[Institute, Team, Team]
) -> None:
    cohort, one, other = teams
    ana, _, ben = LEADS
    answer_partners(cohort.id, person(ben), other.id, ben, yes=False)
    db.session.commit()
    client.sign_in(ana)

    assert "District 2" not in client.get(TOGETHER).text
    with pytest.raises(NotFound):
        answer_partners(cohort.id, person(ana), one.id, ana, yes=True)
    assert db.session.scalars(select(TeamGroup.introduced_at)).all() == [None]
