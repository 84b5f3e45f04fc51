"""What a desk's script sends is taken in once; anything else is refused with a sentence."""

import json

import pytest
from sqlalchemy import func, select

from consortium.database import db
from events.checkin.domain.batches import millis
from events.checkin.models import Scan
from tests.events.checkin.stage import MORNING, Doors
from tests.factories import make_person, make_session

SUMMER = "/lakeshore/institutes/summer"
NOW = millis(MORNING)


@pytest.fixture
def doors(tenant, frozen):
    doors = Doors()
    make_person("desk@example.org", "Dee Desk", staff="desk")
    frozen(MORNING)
    return doors


@pytest.fixture
def desk(client, doors):
    client.sign_in("desk@example.org")
    return client


def one(code, **values):
    return {"id": "a" * 16, "code": code, "at": NOW, "direction": "in", "session": None,
            "way": "badge", **values}  # fmt: skip


def send(client, batch):
    text = batch if isinstance(batch, str) else json.dumps(batch)
    return client.post(f"{SUMMER}/desk/scans", data={"batch": text})


def test_scans_are_told_in_words_and_sent_again_are_the_same(desk, doors):
    batch = {
        "desk": "North",
        "sent_at": NOW,
        "scans": [one(doors.code("ann")), one("X", id="b" * 9)],
    }
    first = send(desk, batch).json["told"]
    assert [(t["what"], t["counts"]) for t in first] == [("arrived", True), ("unknown", False)]
    assert first[0]["words"] == "Ann is checked in, 8:07\u202fAM."
    assert send(desk, batch).json["told"] == first
    assert db.session.scalar(select(func.count(Scan.id))) == 2
    undone = {"sent_at": NOW, "undo": [{"id": "c" * 8, "scan": "a" * 16}]}
    assert send(desk, undone).status_code == 200
    assert doors.here() == []


def test_the_roster_is_given_once_and_what_changed_after_it(desk, doors):
    roster = desk.get(f"{SUMMER}/desk/roster.json").json
    assert {tuple(sorted(person)) for person in roster["people"]} == {
        ("code", "confirmed", "id", "in", "lea", "name", "out", "role")
    }
    assert desk.get(f"{SUMMER}/desk/roster.json?version={roster['version']}").json["same"]
    state = desk.get(f"{SUMMER}/desk/state.json").json
    assert (state["here"], state["arrived"]) == ([], 0)
    send(desk, {"sent_at": NOW, "scans": [one(doors.code("ann"))]})
    person = doors.person("ann").id.hex
    assert desk.get(f"{SUMMER}/desk/state.json?after={NOW}").json["here"] == [[person, NOW, None]]
    assert desk.get(f"{SUMMER}/desk/state.json?after={NOW + 120_000}").json["here"] == []
    for odd in ("-1", "nonsense", "9" * 30, "1e3"):
        assert desk.get(f"{SUMMER}/desk/state.json?after={odd}").status_code == 200


def deep(n):
    return "[" * n + "]" * n


@pytest.mark.parametrize(
    "batch",
    [
        "",
        "null",
        "[]",
        "{}",
        "{",
        '{"sent_at": 1, "desk": "\\ud800"}',
        deep(20_000),
        {"sent_at": "1"},
        {"sent_at": True},
        {"sent_at": -1},
        {"sent_at": 10**30},
        {"sent_at": 1.5},
        {"sent_at": NOW, "scans": {}},
        {"sent_at": NOW, "admin": True},
        {"sent_at": NOW, "scans": [one("X", id="short")]},
        {"sent_at": NOW, "scans": [one("X", id="../../etc/passwd")]},
        {"sent_at": NOW, "scans": [one("X" * 201)]},
        {"sent_at": NOW, "scans": [one("X", way="staff")]},
        {"sent_at": NOW, "scans": [one("X", direction="sideways")]},
        {"sent_at": NOW, "scans": [one("X", session="nonsense")]},
        {"sent_at": NOW, "scans": [one("X", person_id="0" * 32)]},
        {"sent_at": NOW, "scans": [one("X", id=f"id-{n:010}") for n in range(201)]},
        {"sent_at": NOW, "undo": [{"id": "a" * 8}]},
        {"sent_at": NOW, "scans": [one("X" * 200, id=f"i{n:09}", at=n) for n in range(200)] * 9},
    ],
    ids=lambda batch: str(batch)[:40],
)
def test_anything_else_is_refused_and_leaves_nothing(desk, doors, batch):
    answer = send(desk, batch)
    assert answer.status_code == 422
    assert answer.json["error"]
    assert db.session.scalar(select(func.count(Scan.id))) == 0


@pytest.mark.parametrize(
    ("code", "at"),
    [("\x00\u202e'; DROP TABLE scan--", NOW), ("=1+1", 0), ("seat:" + "9" * 60, 7 * 10**12)],
)
def test_odd_scans_are_kept_and_do_not_count(desk, doors, code, at):
    told = send(desk, {"desk": "🚪\u200d\x07 North", "sent_at": NOW, "scans": [one(code, at=at)]})
    assert told.status_code == 200
    assert told.json["told"][0]["counts"] is False
    assert db.session.scalars(select(Scan)).one().desk == "🚪 North"


def test_the_same_key_for_two_scans_of_one_batch_is_one_scan(desk, doors):
    batch = {"sent_at": NOW, "scans": [one(doors.code("ann")), one(doors.code("bob"))]}
    assert send(desk, batch).status_code == 200
    assert db.session.scalar(select(func.count(Scan.id))) == 1


def test_a_session_of_nowhere_is_refused_so_that_the_desk_sets_the_scan_aside(desk, doors):
    other = Doors(("zoe",), slug="winter")
    session = make_session(other.institute, "x", "2026-05-01T09:00", "2026-05-01T10:00")
    batch = {"sent_at": NOW, "scans": [one(doors.code("ann"), session=str(session.id))]}
    refused = send(desk, batch)
    assert (refused.status_code, db.session.scalar(select(func.count(Scan.id)))) == (422, 0)
    assert refused.json["error"] == "There is no such session at this institute."


def test_sending_needs_the_token_of_a_form(app, desk, doors, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", True)
    batch = json.dumps({"sent_at": NOW, "scans": [one(doors.code("ann"))]})
    assert desk.post(f"{SUMMER}/desk/scans", data={"batch": batch}).status_code == 400
    token = desk.get(f"{SUMMER}/desk/state.json").json["csrf"]
    sent = desk.post(f"{SUMMER}/desk/scans", data={"batch": batch}, headers={"X-CSRFToken": token})
    assert sent.status_code == 200
    assert doors.here() == [("Ann", "12:07", None)]


def test_who_is_signed_out_is_led_to_sign_in_and_nothing_is_taken(client, doors):
    answer = send(client, {"sent_at": NOW, "scans": [one(doors.code("ann"))]})
    assert answer.status_code == 302
    assert db.session.scalar(select(func.count(Scan.id))) == 0
