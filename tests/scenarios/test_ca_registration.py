"""California 2017: expected roles at an ideal gate, a waiver, a deadline in the host's zone."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable

from events.institutes.domain import AdmittedAs
from events.registration.models import SeatStatus, TeamStatus
from tests.factories import make_person
from tests.scenarios.programme_of import CALMI
from tests.scenarios.registering import Scene, district

Scenes = Callable[[str, str], Scene]
EXPECTED = ("superintendent", "cert_union_leader", "class_union_leader", "board_member")
WITHOUT_CLASSIFIED = (
    "superintendent", "cabinet", "cert_union_leader", "board_member", "site_leader", "site_leader",
)  # fmt: skip


def test_CA1_a_team_of_seven_with_every_expected_role_is_complete(scene: Scenes) -> None:
    here = scene(CALMI, "CA1")
    here.draft(
        district("San Diego Unified", "CA"), *EXPECTED, "cabinet", "site_leader", "site_leader"
    )

    here.submit()

    team = here.team
    assert (team.status, team.complete) == (TeamStatus.REGISTERED, here.then["complete"])
    assert (len(team.active_seats), here.taken()) == (7, 7)
    assert "registered, complete" in here.page()


def test_CA2_a_team_of_exactly_five_with_the_four_expected_roles_is_complete(
    scene: Scenes,
) -> None:
    here = scene(CALMI, "CA2")
    here.draft(district("San Diego Unified", "CA"), *EXPECTED, "board_member")

    here.submit()

    assert (here.team.complete, here.taken()) == (here.then["complete"], 5)
    assert "Note: stay below a majority of the board" in here.page()


def test_CA3_when_one_of_seven_cancels_six_come(scene: Scenes) -> None:
    here = scene(CALMI, "CA3")
    here.draft(
        district("San Diego Unified", "CA"), *EXPECTED, "cabinet", "site_leader", "site_leader"
    )
    here.submit()
    cabinet = next(seat for seat in here.team.seats if seat.role_code == "cabinet")
    here.sign_in("p4@district.example.org")

    here.client.post(f"/lakeshore/seats/{cabinet.id}", data={"decline-reason": "On leave"})

    assert len(here.team.active_seats) == here.then["people"]
    assert (here.taken(), here.team.complete) == (6, True)


def test_CA4_a_team_without_a_classified_leader_is_saved_as_incomplete(scene: Scenes) -> None:
    here = scene(CALMI, "CA4")
    here.draft(district("San Diego Unified", "CA"), *WITHOUT_CLASSIFIED)

    here.submit()

    team = here.team
    assert team.status is TeamStatus.REGISTERED
    assert (team.complete, team.missing) == (here.then["complete"], here.then["missing"])
    assert len(team.active_seats) == 6
    assert (
        "missing Classified school employees union or association leader (1 to 2) Nobody is "
        "named yet; at least 1 should come. We cannot bring this role" in here.page()
    )


def test_CA5_the_waiver_makes_the_same_team_complete(scene: Scenes) -> None:
    here = scene(CALMI, "CA5")
    here.draft(district("San Diego Unified", "CA"), *WITHOUT_CLASSIFIED)
    waiver = f"{here.path}/waivers/class_union_leader"
    assert "LEA has no classified unit" in here.client.get(waiver).text

    here.client.post(waiver, data={"reason": "no classified unit"})
    here.submit()

    assert (here.team.complete, here.team.missing) == (here.then["complete"], [])
    assert "Excused: no classified unit." in here.page()


def test_CA6_a_substitution_that_breaks_a_role_makes_the_team_incomplete(scene: Scenes) -> None:
    here = scene(CALMI, "CA6")
    here.go_to("2017-05-10T10:00-07:00")
    here.draft(district("San Diego Unified", "CA"), *EXPECTED, "cabinet")
    here.submit()
    assert here.team.complete is True
    here.go_to(here.clock)
    classified = next(seat for seat in here.team.seats if seat.role_code == "class_union_leader")

    here.client.post(
        f"{here.path}/members/{classified.id}/substitute",
        data={
            "name": "Pat Principal",
            "email": "pat@district.example.org",
            "role": "site_leader",
        },
    )

    team = here.team
    assert (team.complete, team.missing) == (here.then["complete"], here.then["missing"])
    assert (len(team.active_seats), here.taken()) == (5, 5)
    assert [(seat.name, seat.status) for seat in team.seats if seat.role_code == "site_leader"] == [
        ("Pat Principal", SeatStatus.INVITED)
    ]


def test_CA7_a_minute_after_closing_a_new_team_is_offered_the_waitlist(scene: Scenes) -> None:
    here = scene(CALMI, "CA7")
    assert here.then["result"] == "offered wait list"
    here.sign_in("lea.lead@district.example.org")
    assert (
        "It closed on Friday, May 26, 2017, at 11:59 PM Pacific Time. You can prepare your team "
        "and put it on the waitlist." in here.open_registration()
    )
    here.draft(district("San Diego Unified", "CA"), *EXPECTED)
    assert "You can join the waitlist" in here.page()

    assert here.submit().status_code == 422
    here.client.post(f"{here.path}/waitlist")

    assert (here.team.status, here.team.waitlist_position) == (TeamStatus.WAITLISTED, 1)
    assert here.taken() == 0


def test_CA8_the_deadline_is_the_hosts_even_when_it_is_past_midnight_in_new_york(
    scene: Scenes,
) -> None:
    here = scene(CALMI, "CA8")
    here.draft(district("Albany City", "NY", time_zone="America/New_York"), *EXPECTED)

    here.submit()

    assert (here.team.status, here.taken()) == (TeamStatus.ASKING, 0)
    make_person("coordinator@example.org", "Casey", staff="coordinator")
    here.sign_in("coordinator@example.org")
    here.go_to("2017-05-27T09:00-07:00")
    assert "People from New York come by request." in here.page()
    here.client.post(f"{here.path}/agree")

    assert here.then["result"] == "accepted"
    assert (here.team.status, here.team.admitted_as, here.taken()) == (
        TeamStatus.REGISTERED,
        AdmittedAs.BY_REQUEST,
        len(here.team.active_seats),
    )
