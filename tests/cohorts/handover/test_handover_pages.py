"""A superintendent leaves; whoever follows finds everything on one page; the host sees a risk."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import Successor
from cohorts.handover.domain.risk import Reason
from cohorts.handover.models import ContactShown, Departure, RiskMail
from cohorts.handover.service.telling import tell_hosts_weekly
from consortium.database import db, transaction
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.handover.stage import TODAY, Stage, mails, make_stage
from tests.factories import make_person

PHONE = "+16095550142"


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def words(text: str) -> str:
    return " ".join(BeautifulSoup(text, "html.parser").main.get_text(" ").split())


def test_a_superintendent_leaves_and_the_successor_takes_over(
    client: Browser, stage: Stage
) -> None:
    own = f"/lakeshore/partnerships/{stage.partnership.id}"
    client.sign_in(make_person("cora@example.org", staff="coordinator").email)
    leaving = {
        "person": str(stage.person("sam").id),
        "left_on": TODAY.isoformat(),
        "follows": "interim",
        "successor": "",
        "name": "Kim Day",
        "email": "kim@example.org",
    }
    assert "Choose who leaves." in client.post(f"{own}/leaves", data={}).text
    done = client.post(f"{own}/leaves", data=leaving)
    assert done.status_code == 302
    page = words(client.get(done.headers["Location"]).text)
    assert "In the interim: Kim Day." in page
    assert "The successor is asked to confirm the seat." in page
    assert "The successor leads the team now." in page

    client.sign_in("sam1@example.org")
    assert client.get(f"{own}/hand-over").status_code == 404
    past = words(client.get(f"{own}/past").text)
    assert "nothing here can be changed" in past
    assert "You took part in this partnership and do not any more." in past

    client.sign_in("kim@example.org")
    found = words(client.get(f"{own}/hand-over").text)
    assert "In your first weeks" in found
    assert "Ana1, Association president" in found
    client.post(f"{own}/hand-over/tick", data={"item": "plan"})
    assert "done Read the plan of both sides" in words(client.get(f"{own}/hand-over").text)
    assert client.get(f"{own}/hand-over.pdf").data.startswith(b"%PDF")


def test_whoever_left_is_not_offered_as_the_own_successor(client: Browser, stage: Stage) -> None:
    done = stage.leave("sam")
    client.sign_in(make_person("cora@example.org", staff="coordinator").email)

    page = client.get(f"/lakeshore/partnerships/{stage.partnership.id}/departures/{done.id}")

    select_field = BeautifulSoup(page.text, "html.parser").find("select", {"name": "successor"})
    offered = {option["value"] for option in select_field.find_all("option")}
    assert str(stage.person("ana").id) in offered
    assert str(stage.person("sam").id) not in offered


def test_taking_it_back_twice_with_one_press_is_one_act(client: Browser, stage: Stage) -> None:
    done = stage.leave("sam")
    client.sign_in(make_person("cora@example.org", staff="coordinator").email)
    home = f"/lakeshore/partnerships/{stage.partnership.id}/departures/{done.id}"
    pressed = {"action_key": "one-press"}

    answers = [client.post(f"{home}/undo", data=pressed) for _ in range(2)]
    later = client.post(f"{home}/undo", data={"action_key": "another-press"})

    assert [one.status_code for one in answers] == [302, 302]
    assert {one.headers["Location"] for one in answers} == {home}
    assert later.status_code != 302
    assert "taken back already" in words(later.text)


def test_the_page_of_ones_part_says_who_belongs_until_the_host_ends_it(
    client: Browser, tenant: Tenant
) -> None:
    stage = make_stage(both_lead=False)
    own = f"/lakeshore/partnerships/{stage.partnership.id}/past"
    client.sign_in("sam1@example.org")
    before = words(client.get(own).text)
    done = stage.leave("sam", by="ana")
    waiting = words(client.get(own).text)
    kim = Successor(name="Kim Day", email="kim@example.org")
    with transaction():
        handover.name_successor(stage.opened(), done.id, kim, stage.editor(), interim=False)
    with transaction():
        handover.finish_departure(stage.opened(), done.id, stage.editor())
    after = words(client.get(own).text)

    for page in (before, waiting):
        assert "You belong to this partnership." in page
        assert "do not any more" not in page
    assert "You took part in this partnership and do not any more." in after


def test_contacts_are_shown_by_consent_to_speakers_and_everyone_sees_who_looked(
    client: Browser, stage: Stage
) -> None:
    own = f"/lakeshore/partnerships/{stage.partnership.id}"
    ana = stage.person("ana")
    ana.phone = PHONE
    db.session.commit()
    client.sign_in("sam1@example.org")
    assert PHONE not in client.get(f"{own}/hand-over").text

    client.sign_in("ana1@example.org")
    client.post(f"{own}/contact", data={"shares_phone": "y"})
    client.sign_in("tea1@example.org")  # a member who speaks for nobody
    assert PHONE not in client.get(f"{own}/hand-over").text
    client.sign_in(make_person("cora@example.org", staff="coordinator").email)
    assert PHONE not in client.get(f"{own}/hand-over").text
    client.sign_in("sam1@example.org")
    for _ in range(2):
        shown = client.get(f"{own}/hand-over").text
        assert PHONE in shown
        assert "mailto:ana1@example.org" not in shown
    rows = db.session.scalars(select(ContactShown)).all()
    assert [(row.of_person_id, row.fields) for row in rows] == [(ana.id, ["phone"])]

    client.sign_in("ana1@example.org")
    assert "Sam1 telephone number" in words(client.get(f"{own}/contact").text)
    withdrawn = {"action_key": "another"}  # a browser sends the form's key, and no box
    client.post(f"{own}/contact", data=withdrawn)
    client.sign_in("sam1@example.org")
    assert PHONE not in client.get(f"{own}/hand-over").text


def test_the_host_sees_a_risk_is_told_once_a_week_and_sets_the_numbers(
    client: Browser, stage: Stage
) -> None:
    stage.leave("sam", left_on=TODAY - timedelta(days=32))
    reasons = {one.reason for one in handover.concerns_of(stage.partnership.id)}
    assert Reason.VACANT in reasons
    counted = handover.risks_among([stage.partnership])
    assert counted[Reason.VACANT] == 1
    assert counted[Reason.UNSIGNED] == 0

    with transaction():
        assert tell_hosts_weekly() == len(reasons)
    with transaction():
        assert tell_hosts_weekly() == 0
    assert [s for _, s in mails() if s.startswith("Partnerships at risk")] == [
        "Partnerships at risk: 1 with something new"
    ]
    db.session.delete(db.session.scalars(select(RiskMail)).one())  # a week goes by
    db.session.commit()
    with transaction():
        assert tell_hosts_weekly() == 0  # nothing new

    client.sign_in(make_person("cora@example.org", staff="coordinator").email)
    page = words(client.get("/lakeshore/manage/at-risk").text)
    assert "Superintendent: nobody has held this office for 31 days." in page
    csv = client.get("/lakeshore/manage/at-risk.csv").data.decode("utf-8-sig")
    assert '"District 1","A leader\'s office is empty"' in csv
    numbers = {
        "version": "0",
        "vacant_days": "31",
        "interim_days": "180",
        "not_met_weeks": "8",
        "missed_meetings": "2",
        "unsigned_days": "30",
    }
    assert client.post("/lakeshore/settings/risk", data=numbers).status_code == 302
    late = client.post("/lakeshore/settings/risk", data={**numbers, "vacant_days": "5"})
    assert late.status_code == 409
    assert Reason.VACANT not in {one.reason for one in handover.concerns_of(stage.partnership.id)}


def test_two_records_of_one_person_leave_one_departure(stage: Stage) -> None:
    from tests.consortium.merging.acting import merge

    stage.leave("sam", follows="named", name="Kim Day", email="kim@example.org")
    kim = db.session.scalars(select(Person).where(Person.name == "Kim Day")).one()
    twin = make_person("kim.day@example.org", "Kim Day")
    merge(twin, kim)
    gone = db.session.scalars(select(Departure)).one()
    assert gone.successor_id == twin.id
