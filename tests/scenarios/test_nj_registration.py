"""New Jersey 2024 with Delaware visitors, and the year of cohorts 2017-18."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable

from events.institutes.models import PEOPLE, VISITORS
from events.registration.models import SeatStatus, TeamKind, TeamStatus
from tests.scenarios.programme_of import NEW_JERSEY, RUTGERS
from tests.scenarios.registering import Scene, district, words

Scenes = Callable[[str, str], Scene]


def visit(here: Scene, number: int, **said: str) -> str:
    email = f"v{number}@dover.example.org"
    here.sign_in(email)
    page = here.client.post(
        f"/lakeshore/institutes/{here.slug}/visit",
        data={"name": f"Visitor {number}", "organisation": "Dover", "place": "DE", **said},
    )
    return words(page)


def test_NJ1_a_single_delaware_teacher_comes_as_a_visitor_without_a_role_check(
    scene: Scenes,
) -> None:
    here = scene(NEW_JERSEY, "NJ1")

    visit(here, 1)

    team = here.team
    assert (team.kind, team.status) == (TeamKind.VISITORS, TeamStatus.REGISTERED)
    assert here.then == {"result": "accepted", "role_check": False}
    assert (team.complete, team.missing) == (None, [])
    assert [(seat.role_code, seat.status) for seat in team.seats] == [
        ("observer", SeatStatus.CONFIRMED)
    ]
    assert "Who is asked for" not in here.page()


def test_NJ2_a_pennsylvania_district_is_refused_with_the_contact(scene: Scenes) -> None:
    here = scene(NEW_JERSEY, "NJ2")

    response = here.start(district("Penn Hills", "PA"))

    assert response.status_code == 422
    assert (
        "This institute is open to New Jersey and Delaware only; Pennsylvania is not among them. "
        "To ask whether you may come, write to hello@lakeshore.example.org." in words(response)
    )
    assert "Open to New Jersey and Delaware." in here.open_registration()


def test_NJ3_a_charter_school_without_an_administrators_unit_is_asked_and_then_complete(
    scene: Scenes,
) -> None:
    here = scene(NEW_JERSEY, "NJ3")
    here.draft(
        district("Teaneck Community Charter School", "NJ", kind="charter"),
        "superintendent",
        "board_member",
        "union_leader",
    )
    (asked,) = here.then["if_applicable_roles_asked"]
    assert here.team.complete is False
    assert "Administrators association president (1) Tell us whether your LEA has" in here.page()

    here.answer_office(asked, exists=False)
    here.submit()

    assert (here.team.status, here.team.complete) == (
        TeamStatus.REGISTERED,
        here.then["complete"],
    )


def test_NJ4_an_administrators_unit_with_nobody_named_leaves_the_team_incomplete(
    scene: Scenes,
) -> None:
    here = scene(NEW_JERSEY, "NJ4")
    here.draft(district("Delran", "NJ"), "superintendent", "board_member", "union_leader")

    here.answer_office("admin_assoc_president", exists=True)
    here.submit()

    team = here.team
    assert team.status is TeamStatus.REGISTERED
    assert (team.complete, team.missing) == (here.then["complete"], here.then["missing"])


def test_NJ5_the_sixteenth_delaware_visitor_waits_while_new_jersey_seats_remain(
    scene: Scenes,
) -> None:
    here = scene(NEW_JERSEY, "NJ5")
    for number in range(15):
        visit(here, number)
    assert here.taken(VISITORS) == 15

    page = visit(here, 16)
    assert "Every place is taken. You can join the waitlist." in page
    visit(here, 16, for_waitlist="1")

    assert here.then["result"] == "wait list"
    assert [(team.status, team.waitlist_position, team.seats_held) for team in here.waiting] == [
        (TeamStatus.WAITLISTED, 1, 0)
    ]
    assert (here.taken(VISITORS), here.taken(PEOPLE)) == (15, 0)


def test_RU2_without_an_administrators_association_the_roster_is_complete_without_one(
    scene: Scenes,
) -> None:
    here = scene(RUTGERS, "RU2")
    here.go_to("2017-09-20T09:00-04:00")
    here.draft(
        district("Teaneck Community Charter School", "NJ", kind="charter"),
        "superintendent",
        "board_president",
        "union_leader",
    )
    here.submit()
    assert (here.team.status, here.team.complete) == (TeamStatus.REGISTERED, False)
    here.go_to(here.clock)

    here.answer_office("admin_assoc_president", exists=False)
    here.name("building_rep", "building_rep")

    assert (here.team.complete, here.team.missing) == (here.then["complete"], [])
    assert here.then["waived"] == ["admin_assoc_president"]
    assert "excused President of the administrators association" in here.page()
