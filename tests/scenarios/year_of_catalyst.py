"""What happens in the Catalyst cohort's year of 2027 and in no other."""

from datetime import date, datetime

import pytest

from cohorts.handover.domain.leaving import Successor
from cohorts.learning.domain.partners import TableSide
from cohorts.learning.service import attending
from cohorts.matching import service as matching
from cohorts.plans.service import Reader
from cohorts.reports.domain.scope import Period, ReportKind
from cohorts.reports.domain.tables import Report
from cohorts.reports.service import grants
from cohorts.reports.service.grants import GrantFacts
from consortium.database import transaction
from consortium.directory.models import Lea
from events.facade import meetings as meetings_of_events
from events.intake import service as intake
from events.intake.domain import Outcome
from events.registration.domain import RegistrationRefused
from tests.events.intake import season
from tests.factories import make_lea
from tests.scenarios.year import HOST, SIGNING, Year, to_whom
from tests.scenarios.year_together import Pairs, accept, match, publish, speaker


def four_of_six_leas(year: Year) -> Lea:
    """Let six LEAs apply: one has no president's word, one declines, and the next one comes.

    Return the first of them.
    """
    names = ("AZ 04 Tucson", "WA 53 Seattle", "NM 35 Albuquerque", "CO 08 Denver", "HI 15 Hawaii")
    tucson, seattle, albuquerque, denver, hawaii, wichita = leas = [
        make_lea(f"{fips}00001", name, state)
        for state, fips, name in map(str.split, (*names, "KS 20 Wichita"))
    ]
    year.ask_for_applications(4)
    with pytest.raises(RegistrationRefused, match="and so not to Vermont"):
        season.begin(year.institute, make_lea("5000001", "Maple Run", "VT"))
    applied = {}
    for day, lea in enumerate(leas, start=10):
        year.at(f"2026-12-{day}T09:00-05:00")
        applied[lea.id] = year.apply(lea, 5)
        year.work()
        year.sign(lea, *(("superintendent",) if lea is wichita else SIGNING))
    year.at("2027-01-15T09:00-05:00")
    with transaction():
        intake.choose_by_hand(
            applied[hawaii.id].id, Outcome.WAITLISTED, "Next.", season.coordinating()
        )
    told = year.choose()
    assert (told.selected, told.waitlisted, told.not_selected) == (4, 1, 1)
    assert not intake.eligibility_of(season.read(applied[wichita.id])).eligible
    year.decline(applied[denver.id])
    with transaction():
        assert intake.offer_to_next(year.institute, by=HOST).lea_id == hawaii.id
    year.leas = (tucson, seattle, albuquerque, hawaii)
    for lea in year.leas:
        year.register(applied[lea.id], "building_rep", *SIGNING, "principal", "esp")
    invited = to_whom(year.work(), "Please confirm your seat")
    assert len(invited) == year.confirm("Literacy") == 20
    year.work()
    return tucson


def meet_peers(year: Year, at: str) -> Pairs:
    """Suggest each member a peer; all accept but two, one of whom declines."""
    year.at(at)
    pairs = match(year, each=1)
    assert len(to_whom(year.work(), "People suggested to you")) == 20
    declined = min(pairs, key=sorted)
    one, other = declined
    with transaction():
        matching.decline_peer(year.institute_id, one, other, by="a member")
    accept(year, pairs - {declined})
    assert len(to_whom(year.work(), "Meet ")) == 18
    return pairs


def date_the_visit(year: Year) -> None:
    """Date the coaching visit, whose day was still to be set."""
    visit = year.meeting("coaching-visit")
    assert visit.starts is None
    year.at("2027-02-20T09:00-05:00")
    with transaction():
        meetings_of_events.move_meeting(
            year.institute_id,
            "coaching-visit",
            starts=datetime(2027, 3, 2, 15, 30),
            ends=datetime(2027, 3, 2, 16, 30),
            version=visit.version,
            by=HOST,
            note="",
        )
    told = to_whom(year.work(), "New on your agenda: Coaching visit")
    assert len(told) == len(year.roll(*year.leas)) == 20
    assert year.meeting("coaching-visit").uid == visit.uid


def make_up_by_recording(year: Year, lea: Lea, code: str) -> None:
    """Let a team hand the homework in, and each of it watch the recording."""
    team = year.team(lea)
    with transaction():
        attending.hand_homework_in(team.id, code, note="Module 4.", link="", by="a member")
        for person_id in year.roll(lea):
            attending.make_up(team.id, person_id, code, by="a member")


def the_interim_takes_over(year: Year, lea: Lea) -> Reader:
    """Let the superintendent leave on April 1; the interim has the seat and finds everything."""
    email = f"ines@{lea.id}.example.org"
    year.at("2027-04-01T17:00-04:00")
    left = year.leave(lea, "superintendent", date(2027, 4, 1))
    assert to_whom(year.work(), "You have left") == [season.address(lea, "superintendent")]
    year.follow(lea, left, Successor(name="Ines Interim", email=email), interim=True)
    assert to_whom(year.work(), "Your hand-over") == [email]
    assert year.confirm("Literacy") == 1
    ines = speaker(year, lea, TableSide.MANAGEMENT)
    assert ines.email == email
    page = year.handed_over(lea, ines)
    assert "Action plan" in [part.title for part in page.parts]
    assert [one.title for one in page.meetings] == ["Share the plan", "Alumni check-in"]
    assert [one.person.name for one in page.departures] == ["Tucson superintendent"]
    return ines


def tell_the_funder(year: Year, period: Period) -> Report:
    """Publish the report to NEA, which pays for it."""
    facts = GrantFacts(
        funder="NEA",
        number="GPS-27",
        title="Facilitated learning cohort",
        first_day=period.first,
        last_day=period.last,
        amount_cents=3_000_000,
        institute_ids=frozenset({year.institute_id}),
    )
    with transaction():
        grant = grants.add_grant(facts, by=HOST)
    return publish(year, ReportKind.FUNDER, period, grant_id=grant.id)
