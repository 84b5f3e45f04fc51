from typing import Any

import pytest

from events.schedule.domain import Clash, ClashKind, PlannedSession, RoomSpec, clashes_of
from events.schedule.domain.clashes import MOST_OF_A_KIND
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure


def clashes(*sessions: PlannedSession, kind: ClashKind, people: int = 0) -> list[Clash]:
    rooms = {"Suite": RoomSpec(name="Suite", capacity=30), "Lawn": RoomSpec(name="Lawn")}
    found = clashes_of(sessions, rooms=rooms, expected=lambda _: people)
    return [clash for clash in found if clash.kind is kind]


def test_a_room_used_twice_is_found_whatever_its_case() -> None:
    one = planned("one", room="Ballroom")
    other = planned("two", "2026-05-01T09:30", room="BALLROOM ")
    elsewhere = planned("three", "2026-05-01T09:30", room="Suite")
    after = planned("four", "2026-05-01T10:30", room="Ballroom")
    gone = planned("five", room="Suite", cancelled=True)

    found = clashes(after, other, one, elsewhere, gone, kind=ClashKind.ROOM)

    assert [(clash.about, clash.one, clash.other) for clash in found] == [("Ballroom", one, other)]
    assert "Ballroom is used twice" in found[0].sentence


def test_only_what_is_at_the_same_moment_overlaps() -> None:
    here = planned("here", "2026-05-01T09:00", room="Ballroom")
    denver: dict[str, Any] = {"room": "Ballroom", "time_zone": "America/Denver"}
    same_clock = planned("same-clock", "2026-05-01T09:00", **denver)
    same_moment = planned("same-moment", "2026-05-01T07:00", **denver)

    found = clashes(here, same_clock, same_moment, kind=ClashKind.ROOM)

    assert [(clash.one, clash.other) for clash in found] == [(here, same_moment)]


def test_a_presenter_cannot_be_in_two_places() -> None:
    one = planned("one", presenters=("Ana Ruiz", "Bo Lee"), facilitators=("Ana Ruiz",))
    other = planned("two", "2026-05-01T09:30", facilitators=("ana  ruiz",))

    found = clashes(one, other, kind=ClashKind.PRESENTER)

    assert [clash.about for clash in found] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ({}, {}, True),
        ({"audience_roles": ("board_member",)}, {}, True),
        ({"audience_roles": ("board_member",)}, {"audience_roles": ("superintendent",)}, False),
        ({"audience_sides": ("labor",)}, {"audience_sides": ("management",)}, False),
        ({"audience_sides": ("labor",)}, {"audience_roles": ("board_member",)}, True),
        ({"strand": "literacy"}, {"strand": "budget"}, False),
        ({"strand": "literacy"}, {}, True),
        ({"cohort": "cohort_1"}, {"cohort": "cohort_2"}, False),
        ({"cohort": "cohort_1"}, {"cohort": "both"}, True),
        ({"audience_flags": ("new_member",)}, {}, True),
        ({"choice_group": "a"}, {}, False),
        ({"kind": "registration"}, {}, False),
        ({"cancelled": True}, {}, False),
    ],
)
def test_nobody_is_expected_in_two_places_at_once(
    one: dict[str, Any], other: dict[str, Any], *, clash: bool
) -> None:
    found = clashes(planned("one", **one), planned("two", **other), kind=ClashKind.AUDIENCE)

    assert bool(found) is clash


@pytest.mark.parametrize(
    ("values", "people", "said"),
    [
        ({"capacity": 31}, 0, "has 31 places, and Suite holds 30"),
        ({"capacity": 30}, 99, None),
        ({}, 31, "is for 31 people so far"),
        ({}, 30, None),
        ({"choice_group": "a"}, 99, "As many as like may choose"),
        ({"choice_group": "a", "capacity": 30}, 99, None),
        ({"mode": "virtual"}, 99, None),
        ({"room": "Lawn"}, 99, None),
    ],
)
def test_a_room_has_to_hold_those_who_come(
    values: dict[str, Any], people: int, said: str | None
) -> None:
    found = clashes(planned(**{"room": "Suite", **values}), kind=ClashKind.PLACES, people=people)

    assert (said is None and not found) or (said is not None and said in found[0].sentence)


@pytest.mark.parametrize(
    ("begins", "values", "clash"),
    [
        ("2026-05-01T10:00", {}, True),
        ("2026-05-01T10:09", {}, True),
        ("2026-05-01T10:10", {}, False),
        ("2026-05-01T10:00", {"venue": ""}, False),
        ("2026-05-01T10:00", {"kind": "travel"}, False),
        ("2026-05-01T10:00", {"mode": "virtual"}, False),
    ],
)
def test_there_is_time_for_the_way_to_the_other_venue(
    begins: str, values: dict[str, Any], *, clash: bool
) -> None:
    dinner = planned("dinner", begins, **{"venue": "Hotel Teatro", **values})

    found = clashes(planned("talk"), dinner, kind=ClashKind.WAY)

    assert bool(found) is clash


def test_a_programme_that_is_all_wrong_is_told_quickly() -> None:
    sessions = [planned(f"s{n}") for n in range(400)]

    assert len(clashes(*sessions, kind=ClashKind.AUDIENCE)) == MOST_OF_A_KIND


def test_the_same_clash_keeps_its_key() -> None:
    one, other = planned("one", room="Suite"), planned("two", room="Suite")

    keys = {clashes(*pair, kind=ClashKind.ROOM)[0].key for pair in ((one, other), (other, one))}

    assert keys == {":".join(["room", *sorted([one.id.hex, other.id.hex])])}


@pytest.mark.parametrize(
    ("needed", "values", "missing"),
    [
        (("piano", "projector"), {}, "Projector and screen"),
        (("PIANO ",), {}, None),
        (("projector",), {"mode": "virtual"}, None),
        (("projector",), {"room": ""}, None),
    ],
)
def test_a_room_has_what_a_session_needs(
    needed: tuple[str, ...], values: dict[str, Any], missing: str | None
) -> None:
    session = planned(**{"room": "Suite", "features": needed, **values})
    rooms = {"Suite": RoomSpec(name="Suite", features=("Piano",))}

    found = [one.sentence for one in clashes_of([session], rooms=rooms)]

    assert found == (
        [f"“Key” needs in its room: {missing}. Suite does not have it."] if missing else []
    )
