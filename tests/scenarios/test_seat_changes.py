"""Leaders change while a programme lasts: what ends, what goes on, what the team reads of it."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable

from consortium.database import db
from events.registration.models import Seat, SeatStatus
from tests.events.institutes.desk import send
from tests.scenarios.programme_of import CATALYST, RUTGERS
from tests.scenarios.registering import Scene, district, words

Scenes = Callable[[str, str], Scene]


def seat_in(here: Scene, role: str) -> Seat:
    return next(seat for seat in here.team.active_seats if seat.role_code == role)


def test_NC9_a_superintendents_seat_goes_to_the_interim_and_keeps_its_history(
    scene: Scenes,
) -> None:
    here = scene(CATALYST, "NC9")
    here.go_to("2027-01-05T09:00-05:00")
    roles = ("superintendent", "union_leader", "principal", "building_rep", "building_rep")
    here.draft(district("Tucson Unified", "AZ"), *roles)
    here.submit()
    old = seat_in(here, "superintendent")
    here.go_to("2027-04-01T09:00-04:00")

    answer = here.client.post(
        f"{here.path}/members/{old.id}/substitute",
        data={
            "name": "Ines Interim",
            "email": "ines@tucson.example.org",
            "role": "superintendent",
        },
    )

    assert answer.status_code == 302, words(answer)
    here.go_to(here.clock)
    db.session.expire_all()
    new = seat_in(here, "superintendent")
    assert here.then["seat_history"] == "kept"
    assert (new.name, new.replaces_id) == ("Ines Interim", old.id)
    assert (old.status, old.name) == (SeatStatus.REPLACED, "Person 0")
    history = words(here.client.get(f"{here.path}/history"))
    assert "Person 0 until Thursday, April 1, 2027, then Ines Interim" in history
    assert "gave the seat of Person 0 to Ines Interim, who comes as" in history


def test_RU8_a_representative_who_is_elected_president_changes_the_office_and_stays(
    scene: Scenes,
) -> None:
    here = scene(RUTGERS, "RU8")
    here.go_to("2017-09-20T09:00-04:00")
    here.draft(district("Secaucus", "NJ"), "superintendent", "building_rep", "board_president")
    here.submit()
    seat = seat_in(here, "building_rep")
    here.go_to(here.clock)

    answer = send(here.client, f"{here.path}/members/{seat.id}", role="union_leader")

    assert answer.status_code == 302, words(answer)
    db.session.expire_all()
    held = [one.role_code for one in here.team.active_seats if one.person_id == seat.person_id]
    assert here.then["old_seat_closed"] is True
    assert held == ["union_leader"]
    assert here.then["history"] is True
    history = words(here.client.get(f"{here.path}/history"))
    assert f"changed what {seat.name} comes as from" in history
