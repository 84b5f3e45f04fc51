"""Why a proposal moves a session: what it undoes, whom it serves, what fell out."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from events.schedule.domain import PlannedSession, RoomSpec
from events.schedule.domain.proposing import Asked, Move, Reason, Where, where_of
from events.schedule.domain.reasons import reasons_of
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure

NINE, TEN = "2026-05-01T09:00", "2026-05-01T10:00"
ROOMS = {name: RoomSpec(name=name) for name in ("Blue", "Green")}


def story(code: str, starts: str, room: str, *people: str) -> PlannedSession:
    return planned(code, starts, room=room, presenters=people, choice_group="stories")


def to(session: PlannedSession, starts: str, room: str) -> Move:
    begins = datetime.fromisoformat(starts)
    after = Where(
        starts=begins, ends=begins + timedelta(hours=1), room=room, choice_group="stories"
    )
    return Move(session_id=session.id, before=where_of(session), after=after)


def why(
    sessions: list[PlannedSession],
    moves: list[Move],
    asked: Asked | None = None,
    wishes: tuple[tuple[PlannedSession, ...], ...] = (),
) -> list[str]:
    ids = [{one.id for one in wanted} for wanted in wishes]
    said = reasons_of(sessions, moves, asked or Asked(), ids, ROOMS)
    return [" ".join(said[one.session_id]) for one in moves]


def test_a_move_says_which_clash_it_undoes_and_what_gives_way_for_it() -> None:
    a, b = story("a", NINE, "Blue", "Ann"), story("b", NINE, "Green", "Ann")
    c = story("c", TEN, "Green", "Cy")
    assert why([a, b, c], [to(b, TEN, "Green"), to(c, NINE, "Green")]) == [
        "Ann would have to be in two places at the same time: at “A” and at “B”.",
        "It makes room for “B”.",
    ]


def test_a_move_says_how_many_it_serves() -> None:
    a, b = story("a", NINE, "Blue"), story("b", NINE, "Green")
    c, d = story("c", TEN, "Blue"), story("d", TEN, "Green")
    moves = [to(b, TEN, "Green"), to(d, NINE, "Green")]
    assert why([a, b, c, d], moves, wishes=((a, b), (a, b), (a, c))) == [
        "People who ranked it and can hear more of what they ranked: 2.",
        "It makes room for “B”.",
    ]
    aside = to(c, TEN, "Attic")
    assert why([a, b, c], [moves[0], aside], wishes=((a, b),))[1] == (
        "With the other moves, people can hear more of what they ranked."
    )
    assert why([a, c], [aside]) == ["It goes with the other moves, so that nothing clashes."]


def test_what_fell_out_is_said() -> None:
    a, b = story("a", NINE, "Blue", "Ann"), story("b", NINE, "Green", "Ann", "Cy")
    gone = replace(to(a, NINE, "Blue"), after=None)
    ill = Asked(reason=Reason.ILL, about="ann")
    assert why([a, b], [gone], ill) == ["ann cannot come, and nobody else holds it."]
    that_day = replace(ill, on=date(2026, 5, 1))
    assert why([b], [to(b, "2026-05-02T09:00", "Green")], that_day) == ["ann cannot come that day."]
    assert why([a], [gone], Asked(reason=Reason.CANCELLED, about="a")) == [
        "You said that it is not held."
    ]
    lost = Asked(reason=Reason.LOST_ROOM, about="Blue")
    assert why([a], [to(a, NINE, "Green")], lost) == ["Blue cannot be used."]
