"""The acceptance tests of the scenarios about agendas, as the files expect it."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup

from consortium.database import db
from events.registration.models import TeamKind
from tests.factories import make_institute, make_lea, make_team
from tests.scenarios.attending import Stage, scenario, words
from tests.scenarios.programme_of import CALMI, CATALYST, NEW_JERSEY, PAL, RUTGERS


def came_before(lea_id: str) -> None:
    """Let the district have had a team at an earlier institute."""
    earlier = make_institute("earlier")
    make_team(
        earlier,
        make_lea(lea_id, "Returning district", "CA"),
        created_at=datetime(2016, 5, 1, tzinfo=UTC),
    )


def seat_of_a_returning_district(stage: Stage, *, new_member: bool) -> None:
    came_before("0600009")
    team = stage.seat("superintendent")
    team.lea_id = "0600009"
    team.seats[0].new_member = new_member
    db.session.commit()


def test_CA9_a_returning_member_does_not_see_sessions_for_newcomers(stage: Any) -> None:
    ca9 = stage(CALMI, "CA9")
    seat_of_a_returning_district(ca9, new_member=False)

    flagged = {one["title"] for one in scenario(CALMI)["sessions"] if "audience_flags" in one}
    assert len(flagged) == 4
    assert bool(flagged & ca9.titles()) is ca9.then["sees_sessions_with_flags"]
    assert ca9.title("d1-key") in ca9.titles()


def test_CA10_a_new_member_of_a_returning_district_can_join_the_first_day(stage: Any) -> None:
    ca10 = stage(CALMI, "CA10")
    seat_of_a_returning_district(ca10, new_member=True)

    assert ca10.choose(ca10.then["can_join"]) == (302, "")
    assert ca10.title("pre-plen") in ca10.titles()


def test_CA11_a_board_member_cannot_add_the_group_of_union_leaders(stage: Any) -> None:
    ca11 = stage(CALMI, "CA11")
    ca11.seat("board_member")

    status, said = ca11.choose("d1-ra-cert")

    assert (status, ca11.then) == (422, {"result": "refused", "reason": "audience_roles"})
    assert said == (
        "Please correct this first “Certificated union leaders” (Day 1) is for: Teachers "
        "(certificated) union or association leader(s). You are registered as: School board member."
    )
    assert ca11.title("d1-ra-cert") not in ca11.titles()
    assert ca11.title("d1-ra-board") in ca11.titles()


def test_CA12_a_second_breakout_of_the_round_is_offered_as_a_swap(stage: Any) -> None:
    ca12 = stage(CALMI, "CA12")
    ca12.seat("superintendent")
    assert ca12.choose("brk-A1") == (302, "")

    status, said = ca12.choose("brk-A2")

    assert (status, ca12.then["result"]) == (422, "swap offered, never both")
    assert "You already have “District story: a partnership three years in” in this round." in said
    assert ca12.chosen() == ["brk-A1"]
    assert "Swap for “District story: a partnership three years in”" in ca12.agenda()

    answer = ca12.client.post(
        f"{ca12.path}/agenda/swap", data={"give_up": "brk-A1", "session": "brk-A2"}
    )
    assert answer.status_code == 302
    assert ca12.chosen() == ["brk-A2"]


def test_NJ9_a_principal_adds_the_group_of_administrators(stage: Any) -> None:
    nj9 = stage(NEW_JERSEY, "NJ9")
    nj9.seat("principal")

    assert nj9.then == {"result": "accepted"}
    assert nj9.choose("ra-admin_assoc_president") == (302, "")
    assert nj9.title("ra-admin_assoc_president") in nj9.titles()


def test_PAL5_a_visitor_cannot_join_the_site_pairs_of_the_second_day(stage: Any) -> None:
    pal5 = stage(PAL, "PAL5")
    pal5.seat("visitor", {"state": "NJ"}, state="NJ", kind=TeamKind.VISITORS)

    status, said = pal5.choose("pal-plan")

    assert (status, pal5.then["result"]) == (422, "refused: PAL day is for ABC sites")
    assert "(PAL, ABC sites only) is for: ABCFT site representative" in said
    assert said.endswith("You are registered as: Visiting district member (WCI day).")


def test_NC7_the_week_without_a_session_is_shown_with_the_next_date(stage: Any) -> None:
    nc7 = stage(CATALYST, "NC7")
    nc7.seat("superintendent", {"state": "AZ"})
    note = "No session on Wednesday, March 31, 2027. The next one is on Wednesday, April 7, 2027."

    assert nc7.then["gap_shown"].endswith("next is 2027-04-07")
    assert nc7.agenda().count("No session on") == 1
    assert note in nc7.agenda()
    public = BeautifulSoup(nc7.client.get(f"{nc7.path}/programme").text, "html.parser")
    assert note in words(public.find("main"))


def test_RU1_a_district_of_the_first_cohort_sees_its_own_and_common_meetings(stage: Any) -> None:
    ru1 = stage(RUTGERS, "RU1")
    ru1.seat("superintendent", {"name": "Secaucus", "state": "NJ"}, cohort="cohort_1")

    titles = ru1.titles()

    assert {ru1.title(code) for code in ru1.then["sees"]} <= titles
    assert {ru1.title(code) for code in ru1.then["not"]} & titles == set()
