"""Who waits for a session gets a place by itself, in the act in which it comes free."""

from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import Seat
from events.schedule import service as schedule
from events.schedule.domain import ChoiceRefused
from events.schedule.models import SessionWait
from tests.acts import acts
from tests.events.schedule.queue import changed, choose, standing, wait
from tests.events.schedule.sessions import BY
from tests.factories import make_session

pytestmark = pytest.mark.usefixtures("people")


def test_a_dropped_place_goes_to_who_waits_longest(
    institute: Institute, sessions: Any, who: Any, told: Any
) -> None:
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")
    wait(institute, who(2), "a1")
    assert [schedule.waits_of(who(n).seat_ids)[sessions["a1"].id].rank for n in (1, 2)] == [1, 2]

    schedule.drop_session(institute, who(0), "a1", by="p0")

    assert standing() == ({"a1": ["P1"]}, {"a1": ["P2"]})
    assert [change.news for change in told()] == ["You have a place in “A1” now."]
    assert acts()[-2:] == ["drop_session", "promote_waiter"]


def test_a_place_moves_on_through_a_whole_chain_in_one_act(
    institute: Institute, sessions: Any, who: Any, told: Any
) -> None:
    """p1 moves from a2 to a1, so p2 moves from a3 to a2, so p3 gets a3."""
    for n, code in enumerate(("a1", "a2", "a3")):
        choose(institute, who(n), code)
    wait(institute, who(1), "a1")
    wait(institute, who(2), "a2")
    wait(institute, who(3), "a3")

    schedule.drop_session(institute, who(0), "a1", by="p0")

    assert standing() == ({"a1": ["P1"], "a2": ["P2"], "a3": ["P3"]}, {})
    assert [change.news for change in told()] == [
        "You have a place in “A1” now, instead of “A2”.",
        "You have a place in “A2” now, instead of “A3”.",
        "You have a place in “A3” now.",
    ]


def test_two_who_wait_for_each_others_place_do_not_turn_for_ever(
    institute: Institute, sessions: Any, who: Any
) -> None:
    choose(institute, who(0), "a1")
    choose(institute, who(1), "a2")
    wait(institute, who(0), "a2")
    wait(institute, who(1), "a1")
    choose(institute, who(2), "a3")
    wait(institute, who(2), "a1")

    schedule.change_session(
        institute,
        sessions["a1"],
        changed(sessions["a1"], capacity=2),
        version=sessions["a1"].version,
        by=BY,
    )

    # p1 moves to a1, which frees a2 for p0, which frees a place in a1 for p2.
    assert standing() == ({"a1": ["P1", "P2"], "a2": ["P0"]}, {})


def test_the_first_of_several_waits_ends_the_others_of_the_round(
    institute: Institute, sessions: Any, who: Any, told: Any
) -> None:
    choose(institute, who(0), "a1")
    choose(institute, who(1), "a2")
    wait(institute, who(2), "a1", "a2")

    schedule.drop_session(institute, who(1), "a2", by="p1")

    assert standing() == ({"a1": ["P0"], "a2": ["P2"]}, {})
    assert told()[0].more[0] == "You no longer wait for “A1”."


def test_of_a_round_of_two_the_wait_gives_up_what_it_named(institute: Institute, who: Any) -> None:
    for code, hour in (("c1", 9), ("c2", 11), ("c3", 13)):
        make_session(
            institute,
            code,
            f"2026-05-01T{hour:02}:00",
            f"2026-05-01T{hour:02}:50",
            choice_group="C",
            pick=2,
            capacity=1,
        )
    choose(institute, who(0), "c1", "c2")
    choose(institute, who(1), "c3")
    wait(institute, who(0), "c3", instead_of="c1")

    schedule.drop_session(institute, who(1), "c3", by="p1")

    assert standing() == ({"c2": ["P0"], "c3": ["P0"]}, {})


def test_a_wait_follows_a_swap_in_its_round(institute: Institute, sessions: Any, who: Any) -> None:
    choose(institute, who(0), "a1")
    choose(institute, who(1), "a2")
    wait(institute, who(1), "a1", instead_of="a2")
    schedule.swap_session(institute, who(1), give_up="a2", take="a3", by="p1")

    schedule.drop_session(institute, who(0), "a1", by="p0")

    assert standing() == ({"a1": ["P1"]}, {})


def test_who_clashes_is_passed_over_and_goes_on_waiting(
    institute: Institute, sessions: Any, who: Any
) -> None:
    make_session(
        institute, "d1", "2026-05-01T10:20", "2026-05-01T11:00", choice_group="D", capacity=5
    )
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")
    wait(institute, who(2), "a1")
    choose(institute, who(1), "d1")

    schedule.drop_session(institute, who(0), "a1", by="p0")

    assert standing() == ({"a1": ["P2"], "d1": ["P1"]}, {"a1": ["P1"]})


def test_who_is_not_meant_any_more_is_taken_out_with_a_notice(
    institute: Institute, sessions: Any, who: Any, people: list[Seat], told: Any
) -> None:
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")
    wait(institute, who(2), "a1")
    sessions["a1"].audience_roles = ["principal", "superintendent"]
    people[1].role_code = "board_member"
    db.session.flush()

    schedule.drop_session(institute, who(0), "a1", by="p0")

    assert standing() == ({"a1": ["P2"]}, {})
    assert told()[0].news == "You no longer wait for a place in “A1”."
    assert told()[0].more == [
        "“A1” is for: Principal or Superintendent. You are registered as: Board member.",
    ]


def test_a_place_that_someone_waits_for_is_nobody_elses(
    institute: Institute, sessions: Any, who: Any
) -> None:
    """The limit was raised behind the queue's back: who comes now finds who came before."""
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")
    sessions["a1"].capacity = 2
    db.session.flush()

    with pytest.raises(ChoiceRefused, match="is full"):
        choose(institute, who(2), "a1")

    assert standing() == ({"a1": ["P0", "P1"]}, {})


def test_a_raised_limit_lets_in_who_waits_in_order(
    institute: Institute, sessions: Any, who: Any
) -> None:
    session = sessions["a1"]
    choose(institute, who(0), "a1")
    for n in (1, 2, 3):
        wait(institute, who(n), "a1")

    schedule.change_session(
        institute, session, changed(session, capacity=3), version=session.version, by=BY
    )

    assert standing() == ({"a1": ["P0", "P1", "P2"]}, {"a1": ["P3"]})


def test_a_cancelled_session_ends_its_waits_and_tells_everyone(
    institute: Institute, sessions: Any, who: Any, told: Any
) -> None:
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")

    schedule.cancel_session(sessions["a1"], by=BY)

    assert standing()[1] == {}
    assert [(change.news, len(change.more)) for change in told()] == [
        ("“A1” was cancelled.", 1),
        ("“A1” was cancelled.", 2),
    ]
    choose(institute, who(0), "a2")


def test_a_seat_that_ends_passes_its_places_on(
    institute: Institute, sessions: Any, who: Any, people: list[Seat]
) -> None:
    choose(institute, who(0), "a1", "b1")
    wait(institute, who(1), "a1", "b1")

    schedule.release_seat(institute.id, people[0].id)

    assert standing() == ({"a1": ["P1"], "b1": ["P1"]}, {})
    assert db.session.scalar(select(func.count(SessionWait.id))) == 0


def test_a_published_limit_lets_in_who_waits_and_a_published_cancellation_frees(
    institute: Institute, sessions: Any, who: Any, told: Any
) -> None:
    choose(institute, who(0), "a1", "b1")
    wait(institute, who(1), "a1", "b1")
    schedule.edit_session(
        institute,
        sessions["a1"],
        changed(sessions["a1"], capacity=2),
        version=sessions["a1"].version,
        by=BY,
    )
    schedule.plan_cancelling(institute, sessions["b1"], by=BY)

    schedule.publish_programme(institute, seen=schedule.pending(institute).seen, by=BY)

    assert standing() == ({"a1": ["P0", "P1"], "b1": ["P0"]}, {})
    assert sorted(change.news for change in told()) == [
        "You have a place in “A1” now.",
        "“B1” was cancelled.",
        "“B1” was cancelled.",
    ]


def test_who_chose_another_meanwhile_keeps_it_when_the_first_is_held_after_all(
    institute: Institute, sessions: Any, who: Any, told: Any
) -> None:
    choose(institute, who(0), "a1")
    for plan in (schedule.plan_cancelling, schedule.plan_holding):
        plan(institute, sessions["a1"], by=BY)
        schedule.publish_programme(institute, seen=schedule.pending(institute).seen, by=BY)
        if plan is schedule.plan_cancelling:
            choose(institute, who(0), "a2")

    assert standing() == ({"a2": ["P0"]}, {})
    assert told()[-1].news == "“A1” is held after all."
