"""Partnerships begin with a registered team and outlive every team."""

from typing import Any

import pytest
from sqlalchemy import func, select

from cohorts.learning import service as learning
from cohorts.learning.models import CohortStaff, Partnership, StaffKind
from cohorts.learning.service.coaching import may_coach
from consortium import clock
from consortium.database import db, transaction
from consortium.merging import service as merging
from consortium.people import service as people
from consortium.tenants.models import Tenant
from events.facade import team_settled
from events.registration.models import TeamStatus
from tests.factories import make_institute, make_lea, make_person, make_team


@pytest.fixture
def harbor(tenant: Tenant) -> Any:
    return make_lea("3400001", "Harbor")


def test_a_partnership_begins_when_a_team_has_its_places_and_only_once(harbor: Any) -> None:
    draft = make_team(make_institute("first"), harbor, status=TeamStatus.DRAFT)
    team_settled.send(draft)
    assert db.session.scalar(select(func.count(Partnership.id))) == 0
    for slug in ("second", "third"):
        team_settled.send(make_team(make_institute(slug), harbor))
    (one,) = db.session.scalars(select(Partnership))
    assert (one.title, one.state) == ("Harbor", "NJ")
    assert [team.institute_slug for team in learning.teams_of(one)] == ["first", "second", "third"]


def test_a_school_has_a_partnership_of_its_own(harbor: Any) -> None:
    whole = learning.partnership_of_place(harbor.id)
    school = learning.partnership_of_place(harbor.id, "Elm School")
    assert whole.id != school.id
    assert school.title == "Harbor, Elm School"


def test_people_see_the_partnerships_they_belong_to(harbor: Any) -> None:
    other = make_lea("3400002", "Other")
    institute = make_institute()
    make_team(institute, harbor, {"ana@example.org": "superintendent"})
    make_team(institute, other, {"ben@example.org": "union_leader"})
    mine, theirs = (learning.partnership_of_place(lea.id) for lea in (harbor, other))
    ana = people.person_for(people.identity_for("ana@example.org"))
    assert learning.partnerships_of_person(ana.id) == [mine]
    assert learning.who(theirs).member(ana.id) is None
    assert [pair[0] for pair in learning.partnerships_of_institute(institute.id)] == [mine, theirs]


def test_two_leas_that_become_one_have_one_partnership_again_two_when_undone(harbor: Any) -> None:
    other = make_lea("3400002", "Harbor City")
    kept = learning.partnership_of_place(harbor.id)
    gone = learning.partnership_of_place(other.id)
    alone = learning.partnership_of_place(other.id, "Elm School")
    ids = {kept.id, gone.id, alone.id}
    with transaction():
        merged = merging.merge_leas(harbor.id, other.id, by="owner@example.org")
    left = {(one.id, one.lea_id) for one in db.session.scalars(select(Partnership))}
    assert left == {(kept.id, harbor.id), (alone.id, harbor.id)}
    with transaction():
        merging.unmerge(merged.id, by="owner@example.org", may_choose_staff=True)
    db.session.expire_all()
    assert set(db.session.scalars(select(Partnership.id))) == ids


def test_a_coach_looks_after_the_teams_named_and_a_facilitator_after_a_group(harbor: Any) -> None:
    institute = make_institute()
    one = make_team(institute, harbor, cohort="cohort_1")
    two = make_team(institute, make_lea("3400002", "Other"), cohort="cohort_2")
    coach, guide = (make_person(f"{name}@example.org", name) for name in ("coach", "guide"))
    _assign(institute.id, coach.id, StaffKind.COACH, team_id=one.id, scope=str(one.id))
    _assign(institute.id, guide.id, StaffKind.FACILITATOR, group="cohort_2")
    views = [learning.team_at(team.id) for team in (one, two)]
    assert [may_coach(coach.id, [view]) for view in views] == [True, False]
    assert [may_coach(guide.id, [view]) for view in views] == [False, True]
    assert not may_coach(None, views)
    assert [row.person_id for row in learning.staff_of(institute.id)] == [guide.id, coach.id]


def _assign(institute_id: Any, person_id: Any, kind: StaffKind, **more: Any) -> None:
    row = CohortStaff(
        institute_id=institute_id, person_id=person_id, kind=kind, since=clock.now(), **more
    )
    db.session.add(row)
    db.session.flush()
