"""Whatever is said of anybody's place is so: late or in time, decided by the host, or on stage."""

import io
import pickle
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.answering import answer_over
from events.agenda.domain.allotting import find_places, told_in
from events.agenda.domain.asks import Case, Wanted
from events.agenda.domain.drafting import Asked, Pin
from events.agenda.domain.people import Member
from events.agenda.engine import apart
from events.schedule.domain import Attendee, PlannedSession
from events.schedule.domain.ranking import Ranked, RankingRefused
from events.schedule.engine.places_model import Missed
from events.schedule.engine.places_words import what_is_given
from tests.events.agenda.ranking.truth import Truth
from tests.events.schedule.sessions import planned
from tests.factories import NOON

pytestmark = pytest.mark.pure

SPACE = UUID(int=1)
UNTIL = NOON + timedelta(days=1)
HOURS = {"A": "2026-05-01T10:00", "B": "2026-05-01T14:00"}


def session(code: str, places: int | None = None, content: str = "") -> PlannedSession:
    return replace(
        planned(code, HOURS[code[0].upper()], choice_group=code[0].upper(), same_content=content),
        id=uuid5(SPACE, code),
        title=f"Story {code}",
        capacity=places,
    )


def member(name: str, team: str = "", *chosen: PlannedSession) -> Member:
    return Member(
        person_id=uuid5(SPACE, f"person {name}"),
        name=name,
        email=f"{name}@x.org",
        team=team,
        attendee=Attendee(seat_id=uuid5(SPACE, name), role_codes=("teacher",)),
        chosen=frozenset(one.id for one in chosen),
        team_id=uuid5(SPACE, team) if team else None,
    )


def ranked(group: str, *, any_free: bool) -> Ranked:
    return Ranked(id=uuid5(SPACE, group), group=group, until=UNTIL, any_free=any_free, given=False)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Give small cases with everything of which a sentence speaks."""
    sizes = st.sampled_from([0, 1, 1, 2, None])
    contents = st.sampled_from(["", "", "oak"])
    groups = {"A": 3, "B": draw(st.sampled_from([0, 2]))}
    sessions = [
        session(f"{group.lower()}{n}", draw(sizes), draw(contents))
        for group, size in groups.items()
        for n in range(size)
    ]
    stage = replace(planned("talk", "2026-05-01T10:30"), id=uuid5(SPACE, "talk"), title="Talk")
    rounds = [ranked(group, any_free=draw(st.booleans())) for group, size in groups.items() if size]
    members, wanted, pins = [], {}, []
    for n in range(draw(st.integers(1, 5))):
        kept = draw(st.sampled_from([*sessions, *[None] * 12]))
        one = member(f"p{n}", draw(st.sampled_from(["", "red", "blue"])), *[kept] if kept else [])
        members.append(one)
        for round_ in rounds:
            here = [each.id for each in sessions if each.choice_group == round_.group]
            order = draw(st.lists(st.sampled_from(here), unique=True))
            when = UNTIL + timedelta(hours=draw(st.sampled_from([-1, -1, 1])))
            if order:
                mine = wanted.setdefault(one.seat_id, {})
                mine[round_.group] = Wanted(sessions=tuple(order), ranked_at=when)
        if draw(st.integers(0, 5)) == 0:
            where = draw(st.sampled_from(sessions)).id
            pins.append(Pin(seat_id=one.seat_id, session_id=where, inside=draw(st.booleans())))
    held = {one.id: sum(one.id in each.chosen for each in members) for one in sessions}
    return Case(
        sessions=[*(replace(one, taken=held[one.id]) for one in sessions), stage],
        rounds=rounds,
        members=members,
        wanted=wanted,
        duty={"p0@x.org": [stage]} if draw(st.booleans()) else {},
        pins=pins,
    )


@settings(max_examples=150, deadline=None)
@given(case=cases())
def test_every_sentence_that_is_said_is_true(case: Case) -> None:
    try:
        found = find_places(case, seed=1, left=lambda: 20.0)
    except RankingRefused:
        assert case.pins
        return
    truth = Truth(case, found)
    for told in found.told:
        assert told.because
        truth.is_true(told)
        assert told_in(told.written()) == replace(
            told, because=tuple(str(one) for one in told.because)
        )
    for pin in case.pins:
        assert (pin.session_id in truth.has(pin.seat_id)) <= pin.inside or any(
            pin.session_id in one.chosen for one in case.members if one.seat_id == pin.seat_id
        )
    for one in case.sessions:
        held = sum(one.id in each.chosen for each in case.members)
        assert one.capacity is None or len(truth.there(one.id)) <= max(one.capacity, held)


ANA, BO, CY = member("ana"), member("bo"), member("cy")
A1, A2, A3 = session("a1", 1), session("a2", 1), session("a3", 1)


def three(*pins: Pin, near: dict[UUID, frozenset[UUID]] | None = None) -> Case:
    """Return three people who all want a1 most, then a2, then a3."""
    order = Wanted(sessions=(A1.id, A2.id, A3.id), ranked_at=NOON)
    return Case(
        sessions=[A1, A2, A3],
        rounds=[ranked("A", any_free=True)],
        members=[ANA, BO, CY],
        wanted={one.seat_id: {"A": order} for one in (ANA, BO, CY)},
        pins=pins,
        near=near or {},
    )


def places(case: Case, seed: int = 1) -> dict[UUID, frozenset[UUID]]:
    found = find_places(case, seed=seed, left=lambda: 20.0)
    return {one.seat_id: frozenset(one.given) for one in found.told}


def test_whom_the_host_puts_somewhere_is_there_and_the_others_stay_near() -> None:
    first = places(three())
    last = next(seat for seat, has in first.items() if A3.id in has)
    winner = next(seat for seat, has in first.items() if A1.id in has)
    middle = next(seat for seat, has in first.items() if A2.id in has)
    put = Pin(seat_id=last, session_id=A1.id, inside=True)
    again = [places(three(put, near=first), seed=seed) for seed in range(4)]
    assert {each[last] for each in again} == {frozenset({A1.id})}
    assert {each[middle] for each in again} == {frozenset({A2.id})}, "whatever the lot says"
    assert {each[winner] for each in again} == {frozenset({A3.id})}
    out = Pin(seat_id=winner, session_id=A1.id, inside=False)
    assert A1.id not in places(three(out, near=first))[winner]


def test_who_is_put_somewhere_and_who_is_kept_out_read_that() -> None:
    pins = (
        Pin(seat_id=ANA.seat_id, session_id=A3.id, inside=True),
        Pin(seat_id=BO.seat_id, session_id=A1.id, inside=False),
    )
    found = find_places(three(*pins), seed=1, left=lambda: 20.0)
    said = {one.seat_id: one.because for one in found.told}
    assert said[ANA.seat_id] == ("The host gave you a place in “Story a3”.",)
    assert said[BO.seat_id] == (
        "You have your second choice.",
        "The host keeps “Story a1” for others.",
    )


@pytest.mark.parametrize(
    ("pins", "told"),
    [
        (
            [Pin(seat_id=one.seat_id, session_id=A1.id, inside=True) for one in (ANA, BO)],
            "has 1 places to give, and you put 2 people into it",
        ),
        (
            [Pin(seat_id=ANA.seat_id, session_id=one.id, inside=True) for one in (A1, A2)],
            "ana has another place",
        ),
        (
            [Pin(seat_id=ANA.seat_id, session_id=SPACE, inside=True)],
            "not held any more",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_what_hinders_it(
    pins: list[Pin], told: str
) -> None:
    with pytest.raises(RankingRefused, match=told):
        find_places(three(*pins), seed=1, left=lambda: 20.0)
    kind, said = apart.answer_to(apart.Question(case=three(*pins), seed=1))
    assert (kind, told in str(said)) == ("none", True)


def test_the_process_apart_says_how_far_it_is_and_then_the_answer() -> None:
    question, answers = apart.Question(case=three(), seed=3), io.BytesIO()
    answer_over(io.BytesIO(pickle.dumps(question)), answers, apart.answer_to)
    answers.seek(0)
    heard = [pickle.load(answers) for _ in range(4)]
    assert [one[:2] for one in heard[:3]] == [
        ("step", "in_time"), ("step", "late"), ("step", "silent"),
    ]  # fmt: skip
    assert heard[3] == ("done", find_places(three(), seed=3, left=lambda: 20.0))


def test_what_a_draft_was_asked_for_is_kept_and_read_again() -> None:
    pin = Pin(seat_id=ANA.seat_id, session_id=A1.id, inside=False)
    asked = Asked(rounds=(SPACE,), keep=False, extra={A1.id: 2}, seed=9, near=SPACE, pins=(pin,))
    assert Asked.kept(asked.as_kept()) == asked
    old = {"rounds": [str(SPACE)], "keep": True, "seed": 1, "extra": {}}
    assert Asked.kept(old) == Asked(rounds=(SPACE,), seed=1)


def test_who_ranks_late_reads_how_many_places_were_taken_before_and_of_whom_the_rest() -> None:
    early, late = NOON, UNTIL + timedelta(hours=1)
    people = [member(name) for name in ("early", "other", "late", "later")]
    orders = [((A2.id, A1.id), early), ((A2.id,), early), ((A1.id,), late), ((A1.id,), late)]
    case = replace(
        three(),
        sessions=[replace(A1, capacity=2), A2],
        rounds=[ranked("A", any_free=False)],
        members=people,
        wanted={
            one.seat_id: {"A": Wanted(sessions=order, ranked_at=when)}
            for one, (order, when) in zip(people, orders, strict=True)
        },
    )
    found = find_places(case, seed=1, left=lambda: 20.0)
    (loser,) = [one for one in found.told if one.short]
    assert loser.because == (
        "You ranked after the time was over, so you got what was left.",
        "Everything that you ranked is full, so you have no place yet.",
        "“Story a1” takes 2, and 2 put it first.",
        "Places in it that were taken before: 1.",
        "Nobody else got a place there who wanted it less than you.",
    )


def test_of_what_the_host_decided_nobody_reads_that_no_exchange_was_better() -> None:
    def order(*some: PlannedSession) -> dict[str, Wanted]:
        return {"A": Wanted(sessions=tuple(one.id for one in some), ranked_at=NOON)}

    case = replace(
        three(Pin(seat_id=CY.seat_id, session_id=A3.id, inside=True)),
        wanted={ANA.seat_id: order(A1, A2), BO.seat_id: order(A3, A1)},
    )
    said = {one.seat_id: one.because for one in find_places(case, seed=1, left=lambda: 20.0).told}
    assert said[ANA.seat_id] == (
        "Your first choice was full; you have your second.",
        "“Story a1” takes 1, and 1 put it first.",
        "Placed there though they wanted it less: 1.",
    )
    assert said[BO.seat_id][1:] == (
        "“Story a3” takes 1, and 1 put it first.",
        "The host put people into it: 1.",
    )


def test_what_was_barred_is_not_called_full() -> None:
    missed = [Missed(session=name, position=at) for at, name in enumerate("ab", start=1)]
    missed.append(Missed(session="c", position=3, barred="So."))
    (said,) = what_is_given("abcd", kept=[], pinned=[], fresh=["d"], missed=missed, short=False)
    assert said == "Some of what you wanted more was full; you have your fourth choice."
