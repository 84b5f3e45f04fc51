"""How people spread over rounds, and who has not chosen yet."""

from dataclasses import replace
from uuid import uuid4

import pytest

from events.agenda.domain import Member, missing_members, open_rounds, spread_of, totals_of
from events.schedule.domain import Attendee, PlannedSession
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure


def member(name: str, *chosen: PlannedSession, role: str = "teacher") -> Member:
    return Member(
        person_id=uuid4(),
        name=name,
        email=f"{name}@x.org",
        team="Great Meadow",
        attendee=Attendee(seat_id=uuid4(), role_codes=(role,)),
        chosen=frozenset(session.id for session in chosen),
    )


A1, A2 = (planned(code, "2026-05-01T10:00", choice_group="A") for code in ("a1", "a2"))
B1 = planned("b1", "2026-05-01T14:00", choice_group="B", audience_roles=("principal",))
KEY = planned("key")


def test_a_team_sees_who_goes_where_what_nobody_hears_and_who_has_not_chosen() -> None:
    ana, bo = member("Ana", A1), replace(member("Bo"), waits=frozenset({A1.id}))

    [one] = spread_of([KEY, A2, A1, B1], [ana, bo])

    assert [(spot.session, spot.going, spot.waiting) for spot in one.spots] == [
        (A1, ("Ana",), ("Bo",)),
        (A2, (), ()),
    ]
    assert (one.unheard, one.missing, one.pick) == ((A2,), ("Bo",), 1)


def test_a_session_that_someone_still_holds_stands_there_though_it_is_for_others_now() -> None:
    [_, second] = spread_of([A1, B1], [member("Ana", B1)])

    assert [(spot.session, spot.going) for spot in second.spots] == [(B1, ("Ana",))]
    assert second.missing == ()


def test_who_holds_all_or_finds_all_full_or_cancelled_has_nothing_to_choose() -> None:
    full = replace(A2, capacity=1, taken=1)
    gone = replace(A2, cancelled=True)

    assert open_rounds([A1, A2], member("Ana")) == {"A"}
    assert open_rounds([A1, A2], member("Ana", A1)) == frozenset()
    assert open_rounds([full], member("Ana")) == frozenset()
    assert open_rounds([gone], member("Ana", gone)) == frozenset()
    assert open_rounds([A1], member("Ana"), begun={A1.id}) == frozenset()
    assert open_rounds([A1, gone], member("Ana", gone)) == {"A"}
    assert open_rounds([B1], member("Ana")) == frozenset()


def test_of_a_round_of_two_one_is_not_enough_unless_there_is_no_other() -> None:
    one, two = (replace(session, pick=2) for session in (A1, A2))

    assert open_rounds([one, two], member("Ana", one)) == {"A"}
    assert open_rounds([one], member("Ana", one)) == frozenset()


def test_a_host_sees_each_round_in_numbers() -> None:
    people = [member("Ana", A1), member("Bo"), member("Cy", role="principal")]

    first, second = totals_of([B1, KEY, A2, A1], people)

    assert (first.group, first.sessions, first.people, first.missing) == ("A", (A1, A2), 3, 2)
    assert (second.group, second.people, second.missing) == ("B", 1, 1)
    assert missing_members([A1, A2, B1], people) == {
        people[1].seat_id: {"A"},
        people[2].seat_id: {"A", "B"},
    }
