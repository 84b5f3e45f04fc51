"""What happens in New Jersey's year of two cohorts, 2017-18, and in no other."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from cohorts.handover.domain.leaving import Successor
from cohorts.learning.domain.partners import TableSide
from cohorts.learning.service import attending, planning
from cohorts.learning.service.attending import Sister
from cohorts.learning.service.planning import Facts
from cohorts.matching import service as matching
from cohorts.matching.service import Limit
from cohorts.plans.service import Reader
from consortium.database import transaction
from consortium.directory.models import Lea
from consortium.people import service as people
from events.facade.teams import set_groups
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from tests.events.intake import season
from tests.factories import make_lea
from tests.scenarios.year import HOST, SIGNING, Year, to_whom
from tests.scenarios.year_together import speaker


def five_districts(year: Year) -> None:
    """Let five districts of both cohorts join with the word of both sides; Delaware may not."""
    leas = [
        make_lea(f"34{number:05}", name, "NJ", kind="charter" if "Charter" in name else "district")
        for number, name in enumerate(
            ("Metuchen", "Montgomery", "Secaucus", "Teaneck Community Charter School", "Hamilton")
        )
    ]
    year.leas = leas
    year.ask_for_applications(5)
    with pytest.raises(RegistrationRefused, match="open to New Jersey only"):
        season.begin(year.institute, make_lea("1000001", "Dover", "DE"))
    applied = []
    for day, lea in enumerate(leas, start=21):
        year.at(f"2017-09-{day}T09:00-04:00")
        applied.append(year.apply(lea, 6))
        year.work()
        year.sign(lea, *SIGNING)
    year.at("2017-09-30T09:00-04:00")
    assert year.choose().selected == 5
    for application in applied:
        year.register(application, "building_rep", *SIGNING, "board_president", "building_rep")
    invited = to_whom(year.work(), "Please confirm your seat")
    assert len(invited) == year.confirm("Literacy") == 25
    year.work()
    for lea in leas[:4]:  # the fifth does not say
        editor = season.applicant_editor(season.address(lea))
        with transaction():
            registration.answer_office(
                year.team(lea).id, "admin_assoc_president", editor, exists=False
            )
    groups = {name: code for code, names in year.file["cohorts"]["value"].items() for name in names}
    with transaction():
        teams = {year.team(lea).id: groups[lea.name] for lea in leas}
        assert set_groups(year.institute_id, teams, by=HOST) == 5
    year.work()


def make_up_in_the_sister_cohort(year: Year, lea: Lea, missed: str, code: str) -> None:
    """Let everyone of an LEA go to the other cohort's meeting instead."""
    team, sister = year.team(lea), Sister(institute_id=year.institute_id, code=code)
    for person_id in year.roll(lea):
        with transaction():
            attending.make_up(team.id, person_id, missed, sister=sister, by="a member")
    year.count(code, year.roll(lea))


def make_mentors(year: Year, *leas: Lea) -> list[UUID]:
    """Let everyone of these LEAs be a mentor, of as many as the file says."""
    most = year.file["peer_matching"]["max_active_per_mentor"]["value"]
    mentors = year.roll(*leas)
    for person_id in mentors:
        with transaction():
            matching.change_limit(person_id, Limit(most=most, mentor=True), by=HOST)
    return mentors


def move_to_its_snow_date(year: Year, code: str, *leas: Lea) -> None:
    """Hold a meeting a week later: these LEAs are told, and nobody else."""
    before = year.meeting(code)
    assert before.starts is not None
    assert before.ends is not None
    week = timedelta(days=7)
    year.at("2018-01-10T09:00-05:00")
    with transaction():
        snow = Facts(snow_starts=before.starts + week, snow_ends=before.ends + week)
        planning.put_facts(year.institute_id, code, snow, version=0, by=HOST)
    year.at("2018-01-24T15:00-05:00")
    year.work()
    with transaction():
        planning.hold_on_snow_date(year.institute_id, code, version=before.version, by=HOST)
    mails, after = year.work(), year.meeting(code)
    assert sorted(mail.to for mail in mails) == to_whom(mails, f"New day: {before.title}")
    told = {mail.to for mail in mails}
    assert told == {people.get_person(person_id).email for person_id in year.roll(*leas)}
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
    assert after.starts == before.starts + week


def a_representative_is_elected_president(year: Year, lea: Lea) -> Reader:
    """Let the president leave on February 15; a representative follows, and is followed."""
    year.at("2018-02-15T17:00-05:00")
    left = year.leave(lea, "union_leader", date(2018, 2, 15))
    rep = season.applicant_editor(season.address(lea))
    year.follow(lea, left, Successor(person_id=rep.person_id), interim=False)
    assert to_whom(year.work(), "Your hand-over") == [rep.email]
    (kept,) = [one for one in year.team(lea).seats if not one.person_id and not one.ended_at]
    named = registration.NamedPerson(
        name="Rita New", email=f"rita@{lea.id}.example.org", role_codes=kept.role_codes
    )
    with transaction():
        registration.name_kept(year.team(lea).id, kept.id, named, rep)
    year.work()
    assert year.confirm("Literacy") == 2
    elected = speaker(year, lea, TableSide.LABOR)
    assert elected.person_id == rep.person_id
    page = year.handed_over(lea, elected)
    assert "Action plan" in [part.title for part in page.parts]
    assert [one.title for one in page.meetings] == [
        year.meeting(code).title for code in ("conf-am", "conf-lunch", "conf-pm", "jun1", "jun2")
    ]
    return elected
