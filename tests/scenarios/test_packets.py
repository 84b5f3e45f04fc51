"""What a team would pay, and the paper with which it asks for approval."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable
from uuid import uuid4

from bs4 import BeautifulSoup

from tests.scenarios.programme_of import CALMI, PAL
from tests.scenarios.registering import Scene, district, words

Scenes = Callable[[str, str], Scene]
EXPECTED = ("superintendent", "cert_union_leader", "class_union_leader", "board_member")


def quoted(here: Scene) -> int:
    """Make the team's packet; return the total of its quote in cents."""
    here.client.post(f"{here.path}/packet", data={"action_key": uuid4().hex})
    page = BeautifulSoup(here.client.get(f"{here.path}/packet").text, "html.parser")
    (total,) = [
        row.find("td").get_text(strip=True)
        for row in page.find_all("tr")
        if row.th and row.th.get_text(strip=True) == "Total"
    ]
    return int(total.replace("$", "").replace(",", "").replace(".", ""))


def test_CA1_two_of_seven_are_billed(scene: Scenes) -> None:
    here = scene(CALMI, "CA1")
    here.draft(district("San Diego", "CA"), *EXPECTED, "cabinet", "site_leader", "site_leader")

    assert quoted(here) == here.then["invoice_total_cents"]


def test_CA2_five_come_free(scene: Scenes) -> None:
    here = scene(CALMI, "CA2")
    here.draft(district("San Diego", "CA"), *EXPECTED, "board_member")

    assert quoted(here) == here.then["invoice_total_cents"]


def test_CA4_the_sixth_is_billed_though_a_role_is_missing(scene: Scenes) -> None:
    here = scene(CALMI, "CA4")
    roles = ("superintendent", "cabinet", "cert_union_leader", "board_member")
    here.draft(district("San Diego", "CA"), *roles, "site_leader", "site_leader")
    here.submit()

    assert quoted(here) == here.then["invoice_total_cents"]


def test_CA6_a_substitution_changes_nothing_of_what_is_owed(scene: Scenes) -> None:
    here = scene(CALMI, "CA6")
    here.go_to("2017-05-10T10:00-07:00")
    here.draft(district("San Diego", "CA"), *EXPECTED, "cabinet")
    here.submit()
    before = quoted(here)
    here.go_to(here.clock)
    classified = next(seat for seat in here.team.seats if seat.role_code == "class_union_leader")

    here.client.post(
        f"{here.path}/members/{classified.id}/substitute",
        data={"name": "Pat", "email": "pat@district.example.org", "role": "site_leader"},
    )

    assert here.team.missing == here.then["missing"]
    assert quoted(here) - before == here.then["invoice_change_cents"]


def test_CA14_six_from_new_jersey_are_told_whom_to_ask(scene: Scenes) -> None:
    here = scene(CALMI, "CA14")
    here.draft(district("Haddon Township", "NJ"), *EXPECTED, "cabinet", "site_leader")

    quoted(here)

    assert here.then["flag"] in words(here.client.get(f"{here.path}/packet"))
    assert here.client.get(f"{here.path}/packet.pdf").data.startswith(b"%PDF-")


def test_PAL7_three_visitors_of_one_district_pay_for_the_day(scene: Scenes) -> None:
    here = scene(PAL, "PAL7")
    here.sign_in("vera@visitors.example.org")
    here.client.post(
        f"/lakeshore/institutes/{here.slug}/visit",
        data={
            "name": "Vera",
            "organisation": "Camden City",
            "place": "NJ",
            "others": "Will, will@visitors.example.org\nZoe, zoe@visitors.example.org",
        },
    )
    assert len(here.team.active_seats) == 3

    assert quoted(here) == here.then["invoice_total_cents"]
