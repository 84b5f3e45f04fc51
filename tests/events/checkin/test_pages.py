"""The pages of check-in: the desk without scripts, badges, kiosks, attendance, one's own badge."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from consortium.database import db
from events.checkin import service as checkin
from events.checkin.models import Kiosk, Scan, Strike
from events.checkin.service import Doors as Chosen
from events.registration.models import Seat
from tests.events.checkin.stage import BY, MORNING, Doors, scan
from tests.factories import make_lea, make_person, make_team

SUMMER = "/lakeshore/institutes/summer"


@pytest.fixture
def doors(tenant, frozen, coordinator):
    doors = Doors()
    make_person("desk@example.org", "Dee Desk", staff="desk")
    frozen(MORNING)
    return doors


@pytest.fixture
def desk(client, doors):
    client.sign_in("desk@example.org")
    return client


@pytest.fixture
def host(client, doors):
    client.sign_in("coordinator@example.org")
    return client


def read(response):
    return BeautifulSoup(response.text, "html.parser")


def press(client, page, words):
    """Press the first button that says so, as a browser without scripts would."""
    button = next(b for b in read(page).main.find_all("button") if words in b.get_text())
    form = button.find_parent("form")
    sent = {one["name"]: one.get("value", "") for one in form.find_all("input") if one.get("name")}
    return client.post(form["action"], data=sent, follow_redirects=True)


def test_a_desk_without_scripts_finds_checks_in_and_undoes(desk, doors):
    found = desk.get(f"{SUMMER}/desk?q=grea ANN")
    assert "0 of 3 have arrived." in found.text
    assert [li.strong.text for li in read(found).select("#desk-found li")] == ["Ann"]
    assert "Ann is checked in, 8:07" in press(desk, found, "Check in").text
    again = desk.get(f"{SUMMER}/desk?q={doors.code('ann').lower()}")
    assert "Here since 8:07" in again.text
    assert "The check-in was undone." in press(desk, again, "Undo").text
    assert doors.here() == []


def test_a_desk_sees_no_address_and_no_need(desk, doors):
    for path in ("desk?q=ann", "desk/roster.json", "desk/offline", "check-in", "badges"):
        text = desk.get(f"{SUMMER}/{path}").text
        assert "@summer.org" not in text
        assert "dietary" not in text.lower()
    offline = desk.get(f"{SUMMER}/desk/offline")
    assert "desk@example.org" not in offline.text
    assert "Ann" not in offline.text


def test_the_desk_may_use_the_camera_and_its_worker_no_other_page(desk, doors):
    page = desk.get(f"{SUMMER}/desk")
    assert page.headers["Permissions-Policy"].startswith("camera=(self)")
    other = desk.get(f"{SUMMER}/check-in")
    assert other.headers["Permissions-Policy"].startswith("camera=()")
    worker = desk.get(f"{SUMMER}/desk/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == f"{SUMMER}/desk"
    assert worker.mimetype == "text/javascript"
    kept = re.findall(r'"(/[^"]+)"', worker.text)
    assert f"{SUMMER}/desk/offline" in kept
    for address in kept:
        assert desk.get(address.split("?")[0]).status_code == 200


def test_walk_ins_are_offered_where_the_host_takes_them(desk, doors):
    assert "Someone without a seat" not in desk.get(f"{SUMMER}/desk").text
    refused = {"name": "Wanda", "email": "w@x.org", "role": "principal", "lea_id": doors.lea.id}
    assert desk.post(f"{SUMMER}/desk/walk-in", data=refused).status_code == 422
    checkin.choose_doors(doors.institute, Chosen(walk_ins=True), by=BY)
    for pool in doors.institute.pools:
        pool.taken = {"people": 3, "teams": 1}[pool.code]
    doors.team.places_held = {"people": 3, "teams": 1}
    db.session.commit()
    wrong = desk.post(f"{SUMMER}/desk/walk-in", data={**refused, "email": "nonsense"})
    assert wrong.status_code == 422
    done = desk.post(f"{SUMMER}/desk/walk-in", data=refused, follow_redirects=True)
    assert "Wanda is registered and checked in." in done.text
    assert "Wanda (Great Meadow)" in done.text
    assert doors.here() == [("Wanda", "12:07", None)]


def test_badges_are_made_once_and_opened_as_often_as_one_likes(desk, doors):
    page = desk.get(f"{SUMMER}/badges")
    assert "3 badges are new or changed since they were printed." in page.text
    made = desk.post(
        f"{SUMMER}/badges", data={"which": "new", "paper": "eight"}, follow_redirects=True
    )
    assert "3 badges are ready." in made.text
    link = read(made).find("a", string="Open 3 badges as PDF")["href"]
    for _ in range(2):
        file = desk.get(link)
        assert file.mimetype == "application/pdf"
        assert file.data.startswith(b"%PDF-")
    assert "Every badge is printed as it is now." in desk.get(f"{SUMMER}/badges").text
    for wrong in ({"which": "new"}, {"which": "person"}, {"which": "x", "paper": "y"}):
        data = {"paper": "eight", **wrong}
        assert desk.post(f"{SUMMER}/badges", data=data).status_code == 422


def test_a_kiosk_signs_out_greets_and_does_nothing_else(desk, doors, app):
    make_lea("3400002", "Elsewhere")
    started = desk.post(f"{SUMMER}/kiosks", data={"name": "Lobby"})
    assert started.location == f"{SUMMER}/kiosk"
    page = desk.get(f"{SUMMER}/kiosk")
    assert "Great Meadow" not in page.text
    for path in ("desk", "check-in", "badges", "kiosks"):
        assert desk.get(f"{SUMMER}/{path}").location.startswith("/sign-in")
    welcome = desk.post(f"{SUMMER}/kiosk", data={"code": doors.code("ann")}, follow_redirects=True)
    assert "Welcome, Ann. You are checked in." in welcome.text
    unknown = desk.post(f"{SUMMER}/kiosk", data={"name": "Bob", "letters": "nope"})
    assert unknown.status_code == 422
    assert "We could not find you." in unknown.text
    by_name = {"name": "bob", "letters": "bob"}
    assert "Welcome, Bob." in desk.post(f"{SUMMER}/kiosk", data=by_name, follow_redirects=True).text
    assert app.test_client().get(f"{SUMMER}/kiosk").status_code == 404
    kiosk = db.session.scalars(select(Kiosk)).one()
    checkin.end_kiosk(doors.institute, kiosk.id, by=BY)
    db.session.commit()
    assert desk.get(f"{SUMMER}/kiosk").status_code == 404


def test_counts_name_who_is_missing_and_say_how_many_came(desk, doors):
    doors.take(scan(doors.code("ann")))
    db.session.commit()
    page = read(desk.get(f"{SUMMER}/check-in"))
    figures = {f.dt.text: f.dd.text.strip() for f in page.select(".figure")}
    assert (figures["Arrived"], figures["Not here yet"]) == ("1", "2")
    rows = [[c.text.strip() for c in tr.find_all(["th", "td"])] for tr in page.select("tbody tr")]
    assert ["Great Meadow", "1", "3"] in rows
    assert ["Management", "1", "3"] in rows
    assert [li.text.split(",")[0] for li in page.select("#counts ul li")] == ["Bob", "Cyn"]
    assert desk.get(f"{SUMMER}/check-in?day=2026-05-02").status_code == 200
    assert desk.get(f"{SUMMER}/check-in?day=nonsense").status_code == 200


def test_a_coordinator_writes_down_changes_and_strikes(host, doors, frozen):
    doors.take(scan(doors.code("ann")))
    db.session.commit()
    frozen(MORNING + timedelta(hours=9))
    address = f"{SUMMER}/attendance/{doors.person('ann').id}"
    left = {"on": "2026-05-01", "time": "16:00", "direction": "out", "reason": "Saw her leave."}
    page = host.post(address, data=left, follow_redirects=True)
    assert "Fri, May 1: 8:07\u202fAM to 4:00\u202fPM" in page.text
    (first, _second) = db.session.scalars(select(Scan).order_by(Scan.at)).all()
    earlier = {**left, "time": "07:30", "direction": "in", "instead": str(first.id)}
    assert (
        "7:30\u202fAM to 4:00\u202fPM"
        in host.post(address, data=earlier, follow_redirects=True).text
    )
    for wrong in ({"time": "25:00"}, {"on": "2026-04-01"}, {"reason": ""}, {"on": "2026-05-02"}):
        assert host.post(address, data={**left, **wrong}).status_code == 422
    strike = f"{SUMMER}/attendance/scans/{first.id}"
    assert host.post(strike, data={"reason": "Again."}).status_code == 422  # struck by the change
    assert db.session.scalar(select(func.count(Strike.id))) == 1


def test_people_show_their_own_badge_and_nobody_elses(client, doors):
    client.sign_in("ann@summer.org")
    page = client.get(f"{SUMMER}/badge")
    code = doors.code("ann")
    assert f"{code[:5]} {code[5:]}" in page.text
    picture = client.get(f"{SUMMER}/badge.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "viewBox" in picture.text
    assert f"{SUMMER}/badge" in client.get(f"{SUMMER}/agenda").text
    client.sign_in("coordinator@example.org")
    assert client.get(f"{SUMMER}/badge").status_code == 404


def test_a_wrong_day_is_said_before_anyone_scans(desk, doors, frozen):
    frozen(MORNING - timedelta(days=9))
    assert "Today is not a day of the institute." in desk.get(f"{SUMMER}/desk").text


def test_names_without_a_font_are_told_beside_the_badges(desk, doors):
    assert "Names to write by hand" not in desk.get(f"{SUMMER}/badges").text
    doors.seat("ann").name = "\U000102a7\U000102a8"
    db.session.commit()
    page = read(desk.get(f"{SUMMER}/badges"))
    notice = page.find("h2", string="Names to write by hand").find_parent("div")
    assert [li.text for li in notice.find_all("li")] == ["\U000102a7\U000102a8"]
    made = desk.post(f"{SUMMER}/badges", data={"which": "all", "paper": "eight"})
    printed = desk.get(f"{SUMMER}/badges/{made.location.split('made=')[1]}.pdf")
    assert printed.data.startswith(b"%PDF")


def test_a_person_in_two_teams_of_one_name_is_one_guest(desk, doors):
    other = make_team(doors.institute, make_lea("3400002", "Great Meadow"), {})
    seat = doors.seat("ann")
    seat.shared = True
    seat_again = Seat(
        institute_id=seat.institute_id, team_id=other.id, person_id=seat.person_id, name=seat.name,
        role_code=seat.role_code, status=seat.status, shared=True, position=1,
    )  # fmt: skip
    db.session.add(seat_again)
    db.session.commit()
    page = read(desk.get(f"{SUMMER}/badges"))
    assert [o.text for o in page.select("#team option")[1:]] == ["Great Meadow", "Great Meadow"]


def test_a_time_to_come_is_refused_beside_the_time(host, doors):
    doors.take(scan(doors.code("ann"), MORNING))
    address = f"{SUMMER}/attendance/{doors.person('ann').id}"
    page = read(host.get(address))
    assert page.select_one("#on")["value"] == "2026-05-01"
    assert page.select_one("input[name=direction][checked]")["value"] == "out"
    said = {"on": "2026-05-01", "time": "20:00", "direction": "out", "reason": "Seen leaving"}
    refused = host.post(address, data=said)
    assert refused.status_code == 422
    assert "That time has not come yet." in read(refused).select_one("#time-error").text


def test_a_kiosk_forgets_a_code_that_was_wrong(desk, doors):
    kiosk = f"{SUMMER}/kiosk"
    desk.post(f"{SUMMER}/kiosks", data={"name": "Lobby"})
    refused = read(desk.post(kiosk, data={"code": "NOSUCHCODE"}))
    assert "We could not find you." in refused.select_one("[data-focus]").text
    assert refused.select_one("#code").get("value", "") == ""
    greeted = desk.post(kiosk, data={"code": doors.code("ann")}, follow_redirects=True)
    assert "Welcome, Ann. You are checked in." in greeted.text
