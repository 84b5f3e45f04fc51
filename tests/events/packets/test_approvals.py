"""Which approvals a state asks for."""

import pytest

from events.packets.domain.approvals import Trip, approvals_for, place_of

pytestmark = pytest.mark.pure
OVER_FIVE = "Executive County Superintendent approval: more than 5 people out of state"
PERHAPS = (
    "Executive County Superintendent approval: only if it costs more than $5,000 with travel and "
    "lodging"
)
OVER_SUM = "Executive County Superintendent approval: more than $5,000 out of state"


def asked(**values: object) -> list[str]:
    usual = {"held_in": "CA", "people": 5, "total_cents": 500_000, "board_members": 0}
    trip = Trip(**{"team_state": "NJ", **usual, **values})  # type: ignore[arg-type]
    return [str(one.what) for one in approvals_for(trip)]


def test_new_jersey_asks_for_more_than_five_people_or_5000_dollars_out_of_state() -> None:
    assert asked() == [PERHAPS]
    assert asked(people=6) == [OVER_FIVE]
    assert asked(total_cents=500_001) == [OVER_SUM]
    assert asked(people=6, total_cents=500_001) == [OVER_FIVE, OVER_SUM]


def test_new_jersey_does_not_ask_at_home_online_or_of_others() -> None:
    assert asked(people=12, held_in="NJ") == []
    assert asked(people=12, held_in="") == []
    assert asked(people=12, team_state="DE") == []


def test_where_the_place_is_not_known_the_question_is_left_open() -> None:
    (question,) = asked(people=6, held_in=None)

    assert question == (
        "Executive County Superintendent approval, if it is held out of state: more than 5 people "
        "out of state"
    )


def test_california_is_warned_of_a_majority_of_the_board() -> None:
    assert asked(team_state="CA", board_members=1) == []
    (warned,) = asked(team_state="CA", board_members=3)
    assert warned == (
        "Board members in the team: 3. A majority of the board that talks about district matters "
        "together is a meeting. Ask the district's counsel."
    )


@pytest.mark.parametrize(
    ("venue", "home", "place"),
    [
        ("Handlery Hotel, San Diego, CA", ["CA"], "CA"),
        ("DoubleTree, Lisle, IL 60532", ["IL", "IN"], "IL"),
        ("Rutgers University, New Brunswick, New Jersey", [], "NJ"),
        ("online", ["NJ"], ""),
        ("Zoom", ["NJ"], ""),
        ("Handlery Hotel, San Diego, CA (and on Zoom)", ["NJ"], "CA"),
        ("Hall for teams", ["NJ"], "NJ"),
        ("A hall", ["NJ"], "NJ"),
        ("A hall", ["NJ", "PA"], None),
        ("University of Washington, Virginia", [], None),
    ],
)
def test_where_it_is_held_is_told_by_the_venue_or_else_the_host(
    venue: str, home: list[str], place: str | None
) -> None:
    assert place_of(venue, home) == place
