from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.database import db
from consortium.errors import NotFound
from events.institutes.models import Institute
from events.registration.models import Seat
from events.schedule import service as schedule
from events.schedule.domain import Attendee, ChoiceRefused, NotForYou, SwapOffered
from events.schedule.models import Session, SessionChoice
from tests.acts import acts
from tests.factories import make_lea, make_session, make_team


@pytest.fixture
def seats(institute: Institute) -> list[Seat]:
    """Two teachers and a principal, in three teams."""
    return [
        make_team(institute, make_lea(f"340000{n}", f"District {n}"), {f"p{n}@x.org": role}).seats[
            0
        ]
        for n, role in enumerate(("superintendent", "superintendent", "principal"))
    ]


@pytest.fixture
def ana(seats: list[Seat]) -> Attendee:
    return Attendee(seat_id=seats[0].id, role_codes=("superintendent",))


@pytest.fixture
def ben(seats: list[Seat]) -> Attendee:
    return Attendee(seat_id=seats[1].id, role_codes=("superintendent",))


@pytest.fixture
def breakouts(institute: Institute) -> list[Session]:
    return [
        make_session(
            institute,
            code,
            "2026-05-01T10:00",
            "2026-05-01T11:00",
            choice_group="A",
            capacity=1,
            title=code.upper(),
        )
        for code in ("a1", "a2")
    ]


def taken(institute: Institute) -> dict[str, int]:
    """The counters, checked against the rows they count."""
    counted: dict[str, int] = dict(
        db.session.execute(
            select(Session.code, func.count(SessionChoice.id))
            .outerjoin(SessionChoice, SessionChoice.session_id == Session.id)
            .where(Session.institute_id == institute.id)
            .group_by(Session.code)
        ).all()
    )
    db.session.expire_all()
    said = {session.code: session.taken for session in schedule.sessions_of(institute.id)}
    assert said == counted
    return said


def test_a_choice_takes_a_place_once(
    institute: Institute, breakouts: list[Session], ana: Attendee
) -> None:
    for _ in range(2):
        schedule.choose_session(institute, ana, "a1", by="ana")

    assert taken(institute) == {"a1": 1, "a2": 0}
    assert schedule.chosen_by([ana.seat_id]) == {breakouts[0].id}
    assert acts() == ["choose_session"]


def test_a_full_session_is_refused(
    institute: Institute, breakouts: list[Session], ana: Attendee, ben: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")

    with pytest.raises(ChoiceRefused) as refusal:
        schedule.choose_session(institute, ben, "a1", by="ben")

    assert refusal.value.message == "“A1” is full. Choose another, or wait for a place."
    assert taken(institute) == {"a1": 1, "a2": 0}


def test_a_second_session_of_the_round_is_offered_as_a_swap_and_swapped_in_one_act(
    institute: Institute, breakouts: list[Session], ana: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")

    with pytest.raises(SwapOffered):
        schedule.choose_session(institute, ana, "a2", by="ana")
    schedule.swap_session(institute, ana, give_up="a1", take="a2", by="ana")

    assert taken(institute) == {"a1": 0, "a2": 1}
    assert acts() == ["choose_session", "swap_session"]


def test_a_swap_into_a_full_session_changes_nothing(
    institute: Institute, breakouts: list[Session], ana: Attendee, ben: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")
    schedule.choose_session(institute, ben, "a2", by="ben")

    with pytest.raises(ChoiceRefused):
        schedule.swap_session(institute, ana, give_up="a1", take="a2", by="ana")

    assert taken(institute) == {"a1": 1, "a2": 1}


def test_what_was_not_chosen_can_neither_be_dropped_nor_swapped(
    institute: Institute, breakouts: list[Session], ana: Attendee
) -> None:
    with pytest.raises(NotFound):
        schedule.drop_session(institute, ana, "a1", by="ana")
    with pytest.raises(NotFound):
        schedule.swap_session(institute, ana, give_up="a1", take="a2", by="ana")


def test_a_dropped_place_is_free_for_others(
    institute: Institute, breakouts: list[Session], ana: Attendee, ben: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")
    schedule.drop_session(institute, ana, "a1", by="ana")
    schedule.choose_session(institute, ben, "a1", by="ben")

    assert schedule.chosen_by([ana.seat_id]) == frozenset()
    assert taken(institute) == {"a1": 1, "a2": 0}


@pytest.mark.parametrize(
    "act",
    [
        lambda *who: schedule.choose_session(*who, "a1", by="ana"),
        lambda *who: schedule.drop_session(*who, "a1", by="ana"),
        lambda *who: schedule.swap_session(*who, give_up="a1", take="a2", by="ana"),
    ],
    ids=["choose", "drop", "swap"],
)
def test_nothing_is_chosen_or_dropped_once_it_has_begun(
    institute: Institute, breakouts: list[Session], ana: Attendee, frozen: Any, act: Any
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")
    frozen("2026-05-01T10:00-04:00")

    with pytest.raises(ChoiceRefused) as refusal:
        act(institute, ana)

    assert "has begun already." in refusal.value.message


def test_a_session_for_others_is_refused_and_one_for_everyone_needs_no_choice(
    institute: Institute, ana: Attendee
) -> None:
    make_session(
        institute, "ra", "2026-05-01T10:00", "2026-05-01T11:00", audience_roles=["principal"]
    )
    make_session(institute, "lunch", "2026-05-01T12:00", "2026-05-01T13:00")

    with pytest.raises(NotForYou) as refusal:
        schedule.choose_session(institute, ana, "ra", by="ana")
    schedule.choose_session(institute, ana, "lunch", by="ana")

    assert refusal.value.message == (
        "“Ra” (Day 1) is for: Principal. You are registered as: Superintendent."
    )
    assert taken(institute) == {"ra": 0, "lunch": 0}
