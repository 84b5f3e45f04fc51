"""The two programmes of cohorts, each through its whole year under one clock.

Applications, agreements of both sides, meetings, a leader who leaves, a survey twice, two rounds
of peers, plans, and the report; mails go out in between, and nothing is broken at the end.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask

from cohorts.matching.service.history import active_peers
from cohorts.reports.domain.scope import Period, ReportKind
from cohorts.reports.domain.tables import written as text_of
from cohorts.surveys.models import WaveKind
from consortium.tenants.models import Tenant
from consortium.verify.service import examine
from tests.events.intake import season
from tests.scenarios import year_of_catalyst as catalyst
from tests.scenarios import year_of_rutgers as rutgers
from tests.scenarios.programme_of import CATALYST, RUTGERS
from tests.scenarios.year import Year, to_whom
from tests.scenarios.year_together import (
    accept,
    agree_on_plans,
    answer_survey,
    ask,
    figures,
    match,
    measure,
    publish,
    rosters,
    take_plan_over,
)


def broken(app: Flask) -> dict[str, tuple[str, ...]]:
    """Return what ``consortium verify`` finds."""
    found = {one.code: examine(one).violations for one in app.extensions["checks"]}
    return {code: said for code, said in found.items() if said}


def test_the_year_of_the_catalyst_cohort(
    app: Flask, tenant: Tenant, mailer: Any, frozen: Any
) -> None:
    year = Year(app, mailer, frozen, tenant, CATALYST)
    tucson = catalyst.four_of_six_leas(year)

    opens = {one["code"]: (one["open"], one["close"]) for one in year.file["surveys"]}
    baseline = ask(year, WaveKind.BASELINE, *opens["baseline"])
    assert answer_survey(year, baseline, 3) == 20
    year.hold("kick", "s1")
    first = catalyst.meet_peers(year, "2027-02-11T09:00-05:00")
    year.hold("s2")
    catalyst.date_the_visit(year)
    year.hold("s3", "coaching-visit")
    year.hold("s4", absent=tucson)
    catalyst.make_up_by_recording(year, tucson, "s4")
    year.hold("s5", "s6", "s7")
    assert year.record(tucson) == (9, 8, 1)  # held, attended, made up

    year.at("2027-03-25T09:00-04:00")
    written = agree_on_plans(year, meets=date(2027, 4, 7), due=date(2027, 9, 30))
    assert len(to_whom(year.work(), "Signed by both sides")) == 12  # each lead and both leaders
    second = match(year, each=1)
    assert (len(second), second & first) == (10, set())

    chief = year.holder(tucson, "superintendent")
    ines = catalyst.the_interim_takes_over(year, tucson)
    take_plan_over(year, tucson, written[tucson.id][0], ines, meets=date(2027, 4, 7))
    year.at("2027-04-05T09:00-04:00")
    reminded = to_whom(year.work(), "Your next meeting about the plan of Tucson")
    assert reminded == [ines.email, season.address(tucson, "union_leader")]
    assert (ines.person_id in year.roll(tucson), chief in year.roll(tucson)) == (True, False)
    year.hold("s8")
    followup = ask(year, WaveKind.FOLLOWUP, *opens["followup"], former=baseline)
    assert answer_survey(year, followup, 4) == 20
    year.at("2027-05-10T09:00-04:00")
    assert rosters(year, followup, tucson) == (4, 1, 1)  # stayed, left, came
    year.at("2027-09-20T09:00-04:00")
    measure(year, written, "66", "71", "63", "58")
    year.hold("alumni-checkin")
    assert sorted(year.held) == sorted(year.codes())
    assert [year.record(lea) for lea in year.leas] == [(11, 10, 1), *[(11, 11, 0)] * 3]

    year.at("2027-10-18T09:00-04:00")
    period = Period(first=date(2026, 12, 1), last=date(2027, 10, 31))
    report = publish(year, ReportKind.YEAR, period)
    assert figures(report, "teams")["*"] == (4, 0, 0)
    assert figures(report, "came_states")["*"][:2] == (21, year.hours())
    # Partnerships, plans, signed, goals, of students, measured, progressed, reached.
    assert figures(report, "plans")["*"] == (4, 4, 4, 4, 4, 4, 3, 1)
    # Everyone answered: the number would tell it of each of the partnerships that are hidden.
    assert set(figures(report, "surveys").values()) == {
        (None, Decimal("3.00"), None, Decimal("4.00"), Decimal("1.00"))
    }
    # Rounds, pairs, of which ended, and people with a peer.
    assert figures(report, "peers")[str(year.institute_id)] == (2, 20, 1, 20)
    funder = catalyst.tell_the_funder(year, period)
    for code in ("teams", "came_states", "plans", "surveys"):
        assert figures(funder, code) == figures(report, code)
    assert [text for text in year.everyone() if text in text_of(funder)] == []
    year.work()
    assert broken(app) == {}


def test_the_year_of_the_two_cohorts_of_new_jersey(
    app: Flask, tenant: Tenant, mailer: Any, frozen: Any
) -> None:
    year = Year(app, mailer, frozen, tenant, RUTGERS)
    rutgers.five_districts(year)
    metuchen, _, secaucus, teaneck, hamilton = year.leas

    baseline = ask(year, WaveKind.BASELINE, "2017-10-03", "2017-10-13")
    assert answer_survey(year, baseline, 2) == 25
    year.hold("c1-train1", absent=metuchen)
    year.hold("c2-train1")
    rutgers.make_up_in_the_sister_cohort(year, metuchen, "c1-train1", "c2-train1")
    assert [year.record(lea) for lea in year.leas] == [(1, 1, 0)] * 5
    year.hold("net-dec")

    written = agree_on_plans(year, meets=date(2018, 1, 10), due=date(2018, 6, 15))
    mentors = rutgers.make_mentors(year, *year.leas[:3])
    between = {"other": year.institute_id, "own_group": "cohort_1", "other_group": "cohort_2"}
    first = match(year, each=1, **between)
    accept(year, first)
    assert len(to_whom(year.work(), "Meet ")) == 2 * len(first) == 20
    rutgers.move_to_its_snow_date(year, "c2-train2", teaneck, hamilton)
    year.hold("c2-train2")

    president = year.holder(secaucus, "union_leader")
    elected = rutgers.a_representative_is_elected_president(year, secaucus)
    plan_id = written[secaucus.id][0]
    take_plan_over(year, secaucus, plan_id, elected, meets=date(2018, 3, 14))
    roll = year.roll(secaucus)
    assert (elected.person_id in roll, president in roll) == (True, False)
    year.hold("conf-am", "conf-lunch", "conf-pm")
    year.at("2018-04-02T09:00-04:00")
    second = match(year, each=1, **between)
    assert (len(second), second & first) == (10, set())
    assert all(active_peers(who)[who] <= 2 for who in mentors)
    followup = ask(year, WaveKind.FOLLOWUP, "2018-04-16", "2018-04-27", former=baseline)
    assert answer_survey(year, followup, 4) == 25
    year.at("2018-05-02T09:00-04:00")
    assert rosters(year, followup, secaucus) == (4, 1, 1)
    year.at("2018-06-01T09:00-04:00")
    measure(year, written, "70", "72", "65", "61", "60")
    year.hold("jun1", "jun2")
    assert sorted(year.held) == sorted(year.codes())
    assert [year.record(lea) for lea in year.leas] == [(7, 7, 0)] * 3 + [(8, 8, 0)] * 2

    year.at("2018-06-29T09:00-04:00")
    period = Period(first=date(2017, 9, 1), last=date(2018, 6, 30))
    report = publish(year, ReportKind.YEAR, period, states=("NJ",))
    assert figures(report, "states")["NJ"] == (5, 5, 26)
    assert figures(report, "sides")["NJ"] == (16, 5, 5, 26)
    assert figures(report, "teams")["NJ"] == (4, 1, 0)
    assert figures(report, "came_states")["NJ"][:2] == (26, year.hours())
    assert figures(report, "plans")["NJ"] == (5, 5, 5, 5, 5, 5, 4, 2)
    assert set(figures(report, "surveys").values()) == {
        (None, Decimal("2.00"), None, Decimal("4.00"), Decimal("2.00"))
    }
    assert figures(report, "peers")[str(year.institute_id)][:3] == (2, 20, 0)
    year.work()
    assert broken(app) == {}
