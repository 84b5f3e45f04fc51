"""Which teams of a cohort meet together: by hand, or as tables were found."""

from typing import Any

import pytest
from sqlalchemy import select

from cohorts.matching.domain.grouping import Terms
from cohorts.matching.models import GroupingKind
from cohorts.matching.service.cohort_groups import take_as_groups
from cohorts.matching.service.grouping_acts import publish_grouping
from cohorts.matching.service.groupings import group_teams
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import NotFound, Refusal
from events.agenda.models import CalendarNotice
from events.facade.teams import set_groups
from events.institutes.models import Institute
from events.registration.domain import RegistrationRefused
from events.registration.models import Seat, Team
from tests.factories import make_institute, make_lea, make_team


def test_agendas_follow_the_group_and_what_stays_is_no_act(
    cohort: Institute, harbor: Team, people_of: Any
) -> None:
    assert set_groups(cohort.id, {harbor.id: "cohort_1"}, by="host") == 1
    assert harbor.cohort == "cohort_1"
    assert set(db.session.scalars(select(CalendarNotice.person_id))) == set(people_of.values())
    assert set_groups(cohort.id, {harbor.id: "cohort_1"}, by="host") == 0
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "set_groups")).all()
    assert [(one.before, one.after) for one in entries] == [
        ({str(harbor.id): ""}, {str(harbor.id): "cohort_1"})
    ]


@pytest.mark.parametrize("code", ["both", "Both", "a;b", "x" * 41, " "])
def test_what_no_group_can_be_called_is_refused(cohort: Institute, harbor: Team, code: str) -> None:
    with pytest.raises(RegistrationRefused):
        set_groups(cohort.id, {harbor.id: code}, by="host")


def test_only_teams_of_a_cohort_have_groups(cohort: Institute, harbor: Team) -> None:
    elsewhere = make_team(make_institute("summer"), make_lea("3400002", "Other"))
    with pytest.raises(NotFound):
        set_groups(cohort.id, {elsewhere.id: "a"}, by="host")
    with pytest.raises(RegistrationRefused):
        set_groups(elsewhere.institute_id, {elsewhere.id: "a"}, by="host")


def test_tables_that_were_published_become_groups(
    app: Any, cohort: Institute, harbor: Team
) -> None:
    for n in range(3):
        lea = make_lea(f"340001{n}", f"District {n}")
        make_team(cohort, lea, {f"boss{n}@example.org": "superintendent"})
    for seat in db.session.scalars(select(Seat).where(Seat.institute_id == cohort.id)):
        seat.goals = ["Reading"]
    with app.test_request_context():
        terms = Terms(smallest=2, largest=2)
        tables = group_teams(cohort.id, GroupingKind.TABLES, "host", terms)
        with pytest.raises(Refusal):
            take_as_groups(cohort.id, tables.id, "host")
        publish_grouping(cohort.id, tables.id, "host")
    assert take_as_groups(cohort.id, tables.id, "host") == 4
    groups = sorted(db.session.scalars(select(Team.cohort).where(Team.institute_id == cohort.id)))
    assert groups == ["group_1", "group_1", "group_2", "group_2"]
    with pytest.raises(NotFound):
        take_as_groups(cohort.id, cohort.id, "host")
