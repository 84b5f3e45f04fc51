"""The acceptance tests of the scenarios about surveys: networks, few staff, who left and came."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import Leaving, Successor
from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.structures import service as structures
from cohorts.structures.service import Reader
from cohorts.surveys.domain.instruments import Instrument, NetworkModule, Topic
from cohorts.surveys.domain.places import Listed, RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import SurveyPlace, SurveyReply, SurveyWave
from cohorts.surveys.service import results, roster
from cohorts.surveys.service.answering import answer
from consortium.database import db, transaction
from consortium.people import service as people
from consortium.people.domain import Side
from events.facade.leaving import Editor
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Seat
from tests.browser import Browser
from tests.cohorts.surveys import stage
from tests.events.institutes.desk import send
from tests.factories import make_team
from tests.scenarios.attending import scenario, words
from tests.scenarios.programme_of import CATALYST, RUTGERS, acceptance, load
from tests.scenarios.registering import district

Cohort = tuple[Institute, Partnership]
CHIEF, PRESIDENT, REP, INTERIM = (
    f"{who}@leaders.example.org" for who in ("chief", "president", "rep", "interim")
)
LEADERS = {CHIEF: "superintendent", PRESIDENT: "union_leader", REP: "building_rep"}
HOST = "host@example.org"


def in_cohort(name: str, lea: str, state: str) -> Cohort:
    """Load a programme with one LEA's three leaders, and return its partnership."""
    institute = load(name)
    team = make_team(institute, district(lea, state), LEADERS)
    with transaction():
        partnership = learning.partnership_of_team(team.id)
    assert partnership is not None
    return institute, partnership


def days(opens: str, closes: str) -> dict[str, date]:
    first, last = date.fromisoformat(opens), date.fromisoformat(closes)
    return {"opens_on": first, "closes_on": last, "names_until": last.replace(year=last.year + 1)}


def open_at(wave: SurveyWave, app: Flask, frozen: Any) -> None:
    """Let a wave open at nine of its first morning."""
    frozen(f"{wave.opens_on.isoformat()}T09:00-04:00")
    stage.open_now(wave, app)


def tell(wave: SurveyWave, people: Iterable[Listed], level: int) -> None:
    """Let people agree to every statement alike: where it is turned round, they disagree."""
    for one in people:
        said = {
            statement.code: 6 - level if statement.reversed else level
            for statement in wave.instrument.asked.statements
        }
        with transaction():
            answer(stage.token_of(wave, one.email), said, {})


def rows(page: str, caption: str) -> list[list[str]]:
    """Return what the rows of a table of the page say, cell by cell."""
    tables = BeautifulSoup(page, "html.parser").find_all("table")
    table = next(one for one in tables if words(one.find("caption")) == caption)
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.tbody("tr")]


def schools(page: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows(page, "By school")}


def main_of(page: str) -> str:
    return words(BeautifulSoup(page, "html.parser").find("main"))


@pytest.fixture
def hamilton(tenant: object, frozen: Any) -> Cohort:
    """Let Hamilton be in the cohort, with the leaders who read its surveys."""
    frozen("2018-04-02T09:00-04:00")
    return in_cohort(RUTGERS, "Hamilton", "NJ")


def report(client: Browser, cohort: Cohort, wave: SurveyWave, reader: str) -> str:
    client.sign_in(reader)
    page = client.get(f"/lakeshore/partnerships/{cohort[1].id}/surveys/{wave.id}")
    assert page.status_code == 200
    return page.text


def test_RU3_the_fixtures_network_has_the_densities_of_the_file(
    hamilton: Cohort, client: Browser, app: Flask, frozen: Any
) -> None:
    ru3, fixture = acceptance(RUTGERS, "RU3"), scenario(RUTGERS)["network_fixture"]
    named, expected = fixture["ties_named"]["value"], fixture["expected"]["value"]
    topics = tuple(Topic(code=one.replace(" ", "-"), words=one) for one in named)
    asked = Instrument(title="Network", network=NetworkModule(words="With whom?", topics=topics))
    wave = stage.wave_for(hamilton[0], asked, **days("2018-04-10", "2018-04-24"))
    staff = {
        who: Listed(
            name=f"Person {who}",
            email=f"{who.lower()}@hamilton.example.org",
            school="Klockner",
            group=RoleGroup.TEACHER,
            side=Side.LABOR,
        )
        for who in fixture["roster"]["value"]
    }
    stage.put(wave, hamilton[1], staff.values())
    open_at(wave, app, frozen)
    ids = {who: str(stage.name_of(wave, one.email).id) for who, one in staff.items()}
    for who in staff.keys() - set(fixture["nonresponse"]["value"]):
        talk = [
            f"{ids[tie[1]]}:{topic.code}"
            for topic in topics
            for tie in named[topic.words]
            if tie[0] == who
        ]
        sent = {"step": "topics", "people": list(ids.values()), "talk": talk}
        token = stage.token_of(wave, staff[who].email)
        assert client.post(f"/lakeshore/surveys/{token}", data=sent).status_code == 302

    frozen(ru3["clock"])
    page = report(client, hamilton, wave, CHIEF)

    found = {row[1]: (float(row[3]), float(row[5])) for row in rows(page, "Density by topic")}
    assert found == {
        label: (expected[key]["density_roster"], expected[key]["density_respondents"])
        for label, key in [*((one, one) for one in named), ("Any topic", "any_topic")]
    }
    assert found["Any topic"] == (
        ru3["then"]["any_topic_density_roster"],
        ru3["then"]["any_topic_density_respondents"],
    )
    told = results.report_of(wave, hamilton[1]).results.whole
    assert round((told.answered or 0) / told.people, 4) == ru3["then"]["response_rate"]
    assert "people answered 5 were asked 6 response 83%" in main_of(page)


def test_RU4_a_school_with_four_staff_is_suppressed(
    hamilton: Cohort, client: Browser, app: Flask, frozen: Any
) -> None:
    ru4 = acceptance(RUTGERS, "RU4")
    wave = stage.wave_for(hamilton[0], **days("2018-04-10", "2018-04-24"))
    staff = [*stage.staff(9, "Klockner"), *stage.staff(8, "Langtree"), *stage.staff(4, "Sayen")]
    stage.put(wave, hamilton[1], staff)
    open_at(wave, app, frozen)
    tell(wave, staff, 4)

    frozen(ru4["clock"])
    found = schools(report(client, hamilton, wave, CHIEF))

    assert found["Sayen"] == ["4", ru4["then"]["result"]]
    assert found["Klockner"] == ["9", "100%", *["4.00"] * 8]
    # Everyone's figures less those of the two others would be Sayen's.
    assert [len(found[one]) for one in ("Sayen", "Langtree")] == [2, 2]


def test_RU5_both_leaders_see_school_means_and_neither_sees_who_said_what(
    hamilton: Cohort, client: Browser, app: Flask, frozen: Any
) -> None:
    ru5 = acceptance(RUTGERS, "RU5")
    asked = starter().model_copy(update={"network": starter_network().network})
    wave = stage.wave_for(hamilton[0], asked, **days("2018-04-10", "2018-04-24"))
    klockner, langtree = stage.staff(7, "Klockner"), stage.staff(6, "Langtree")
    stage.put(wave, hamilton[1], [*klockner, *langtree])
    open_at(wave, app, frozen)
    tell(wave, klockner, 4)
    tell(wave, langtree, 2)

    frozen(ru5["clock"])
    pages = [report(client, hamilton, wave, reader) for reader in (CHIEF, PRESIDENT)]

    assert ru5["then"]["both_see"] == "school means"
    for page in pages:
        means = {school: row[2:] for school, row in schools(page).items()}
        assert means == {"Klockner": ["4.00"] * 8, "Langtree": ["2.00"] * 8}
    assert ru5["then"]["neither_sees"] == "individual answers or tie lists"
    pseudonyms = [str(one) for one in db.session.scalars(select(SurveyReply.pseudonym))]
    named = [text for one in (*klockner, *langtree) for text in (one.name, one.email)]
    assert len(pseudonyms) == 13
    for page in pages:
        assert [text for text in (*pseudonyms, *named) if text in page] == []
    for reader in (CHIEF, PRESIDENT):
        client.sign_in(reader)
        manage = f"/lakeshore/manage/surveys/waves/{wave.id}"
        assert client.post(f"{manage}/ties.csv").status_code == 403
        assert client.get(f"{manage}/results").status_code == 403


def test_RU8_who_changes_office_answers_under_the_same_token(
    tenant: object, client: Browser, app: Flask, frozen: Any
) -> None:
    ru8 = acceptance(RUTGERS, "RU8")
    frozen("2017-10-02T09:00-04:00")
    institute, partnership = in_cohort(RUTGERS, "Secaucus", "NJ")
    team = learning.teams_of(partnership)[0]
    autumn = stage.wave_for(institute, **days("2017-10-03", "2017-10-13"))
    with transaction():
        roster.take_from_seats(autumn.id, by=HOST)
    open_at(autumn, app, frozen)
    stage.answer(autumn, REP)

    frozen(ru8["clock"])
    client.sign_in(CHIEF)
    seat = next(one for one in team.seats if one.role_codes == ("building_rep",))
    changed = send(client, f"/lakeshore/teams/{team.id}/members/{seat.id}", role="union_leader")
    assert changed.status_code == 302
    spring = stage.again_for(institute, autumn.instrument_id, **days("2018-04-10", "2018-04-24"))
    with transaction():
        roster.take_from_seats(spring.id, by=HOST)
    open_at(spring, app, frozen)
    stage.answer(spring, REP)

    assert ru8["then"]["survey_token_kept"] is True
    replies = db.session.execute(select(SurveyReply.wave_id, SurveyReply.pseudonym)).all()
    assert {wave_id for wave_id, _ in replies} == {autumn.id, spring.id}
    (token,) = {pseudonym for _, pseudonym in replies}
    places = select(SurveyPlace.group).where(SurveyPlace.pseudonym == token)
    groups = db.session.scalars(places.order_by(SurveyPlace.group)).all()
    assert groups == [RoleGroup.UNION_LEADER, RoleGroup.UNION_REP]


def test_NC9_the_same_roster_leaves_out_the_superintendent_and_the_interim(
    tenant: object, client: Browser, app: Flask, frozen: Any
) -> None:
    nc9, told = acceptance(CATALYST, "NC9"), scenario(CATALYST)["surveys"]
    open_on = {one["code"]: days(one["open"], one["close"]) for one in told}
    frozen("2027-01-20T09:00-05:00")
    tucson = in_cohort(CATALYST, "Tucson Unified", "AZ")
    institute, partnership = tucson
    staff = stage.staff(6)
    others = [PRESIDENT, REP, *(one.email for one in staff)]

    def ask(wave: SurveyWave, chief: str) -> None:
        """Let the superintendent name everyone, and each of the others one colleague."""
        with transaction():
            roster.take_from_seats(wave.id, by=HOST)
        stage.put(wave, partnership, staff)
        open_at(wave, app, frozen)
        stage.answer(wave, chief, data=others)
        for who, whom in zip(others, [*others[1:], others[0]], strict=True):
            stage.answer(wave, who, data=[whom])

    baseline = stage.network_for(institute, **open_on["baseline"])
    ask(baseline, CHIEF)
    frozen("2027-04-01T17:00-04:00")
    leave(partnership, CHIEF, date(2027, 4, 1), Successor(name="Ines Interim", email=INTERIM))
    followup = stage.again_for(institute, baseline.instrument_id, **open_on["followup"])
    ask(followup, INTERIM)

    frozen(nc9["clock"])
    page = report(client, tucson, followup, PRESIDENT)

    assert nc9["then"]["survey_same_roster"] == "excludes both"
    assert "8 people were on both lists; 1 left and 1 came since." in main_of(page)
    densities = {tuple(row[:2]): row[2:] for row in rows(page, "Change of density")}
    assert densities["Any topic", "Everyone asked"] == ["0.22", "0.22"]  # 16 ties of 9 * 8
    assert densities["Any topic", "Asked both times"] == ["0.14", "0.14"]  # 8 ties of 8 * 7


def leave(partnership: Partnership, email: str, on: date, successor: Successor) -> None:
    """Let the host write down who left, and the interim confirm the seat."""
    host = Reader(email=HOST, reads_all=True, manages=True)
    opened = structures.open_partnership(partnership.id, host)
    gone = people.find_person_at(email)
    assert gone is not None
    leaving = Leaving(person_id=gone.id, left_on=on, follows="interim", successor=successor)
    with transaction():
        handover.report_departure(opened, leaving, Editor(email=HOST, coordinates=True))
    seat = db.session.scalars(select(Seat).where(Seat.name == successor.name)).one()
    with transaction():
        details = registration.OwnDetails(name=successor.name)
        registration.confirm_seat(seat, details, by=successor.email)
