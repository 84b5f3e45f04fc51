"""Who is proposed by the mix, and in which order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.words import say
from events.intake.domain.apportioning import Part, apportion
from events.intake.domain.selecting import Applicant, Mix, Outcome, propose
from events.intake.domain.strata import Ground, Newness, Traits

pytestmark = pytest.mark.pure
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
LOCALES = {"urban": "12", "suburban": "21", "rural": "42"}
THIRDS = Mix(by=Ground.URBANICITY, shares={"urban": 33, "suburban": 33, "rural": 34})


def crowd(**numbers: int) -> list[Applicant]:
    return [
        applicant(place * 1000 + n, LOCALES[part])
        for place, (part, number) in enumerate(numbers.items(), start=1)
        for n in range(number)
    ]


def applicant(number: int, locale: str = "12", **values: object) -> Applicant:
    traits = Traits(state="NJ", locale=locale, newness=values.pop("newness", Newness.NEW))
    return Applicant(
        id=UUID(int=number),
        traits=traits,
        **{"submitted_at": MONDAY, "both_sides": True, **values},
    )


def selected(applicants: list[Applicant], places: int, mix: Mix = THIRDS) -> dict[str, int]:
    found = propose(applicants, places, mix)
    counts = dict.fromkeys(mix.shares, 0)
    for proposed in found.of.values():
        counts[proposed.stratum] += proposed.outcome is Outcome.SELECTED
    return counts


def test_thirds_of_150_places_are_50_49_and_51() -> None:
    assert selected(crowd(urban=60, suburban=90, rural=150), 150) == {
        "urban": 50,
        "suburban": 49,
        "rural": 51,
    }


def test_a_part_with_few_applicants_gives_the_rest_to_the_others_by_the_same_rule() -> None:
    assert selected(crowd(urban=20, suburban=90, rural=150), 150) == {
        "urban": 20,
        "suburban": 64,
        "rural": 66,
    }


def test_all_come_where_there_are_places_for_all() -> None:
    assert selected(crowd(urban=3, suburban=4, rural=5), 150) == {
        "urban": 3,
        "suburban": 4,
        "rural": 5,
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 40), st.integers(0, 10)),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 250),
)
def test_all_places_are_given_and_no_part_gets_what_it_cannot_use(
    numbers: list[tuple[int, int, int]], places: int
) -> None:
    parts = [
        Part(code=str(n), share=share, most=free + taken, least=taken)
        for n, (share, free, taken) in enumerate(numbers)
    ]

    found = apportion(parts, places)

    least, most = sum(part.least for part in parts), sum(part.most for part in parts)
    assert sum(found.values()) == min(max(places, least), most)
    assert all(part.least <= found[part.code] <= part.most for part in parts)


def test_a_part_without_a_share_gets_only_what_the_others_leave() -> None:
    mix = Mix(by=Ground.URBANICITY, shares={"urban": 1})
    few = crowd(urban=2, rural=3)

    assert [p.stratum for p in propose(few, 2, mix).of.values() if p.outcome == "selected"] == [
        "urban",
        "urban",
    ]
    assert propose(few, 4, mix).places == {"urban": 2, "others": 2}


def test_a_part_without_a_share_comes_last_on_the_waitlist_too() -> None:
    mix = Mix(by=Ground.URBANICITY, shares={"urban": 1})

    found = propose(crowd(rural=2, urban=4), 1, mix)

    waiting = [p for p in found.of.values() if p.outcome is Outcome.WAITLISTED]
    assert [p.stratum for p in sorted(waiting, key=lambda p: p.rank or 0)] == [
        *["urban"] * 3,
        *["others"] * 2,
    ]


def test_both_sides_come_first_then_who_was_not_chosen_then_new_then_earlier() -> None:
    late = MONDAY + timedelta(hours=1)
    inorder = [
        applicant(1, newness=Newness.NOT_CHOSEN, submitted_at=late),
        applicant(2, newness=Newness.NEW),
        applicant(3, newness=Newness.NEW, submitted_at=late),
        applicant(4, newness=Newness.RETURNING),
        applicant(5, newness=Newness.NOT_CHOSEN, both_sides=False),
    ]

    found = propose(list(reversed(inorder)), 2, THIRDS)

    assert [found.of[one.id].outcome for one in inorder] == ["selected"] * 2 + ["waitlisted"] * 3
    assert [found.of[one.id].rank for one in inorder] == [1, 2, 1, 2, 3]


def test_who_is_equal_in_everything_is_drawn_by_a_number_that_stays_the_same() -> None:
    equal = [applicant(n) for n in range(20)]

    first, again = propose(equal, 7, THIRDS), propose(list(reversed(equal)), 7, THIRDS)

    assert first == again
    chosen = [one.id.int for one in equal if first.of[one.id].outcome is Outcome.SELECTED]
    assert chosen != list(range(7))  # the order of making, or of names, decides nothing


def test_what_the_host_settled_stays_and_counts_in_its_part() -> None:
    people = crowd(urban=60, suburban=90, rural=150)
    by_hand = [
        Applicant(**{**vars(one), "settled": Outcome.SELECTED if n < 55 else Outcome.NOT_SELECTED})
        for n, one in enumerate(people[:60])
    ]

    found = propose([*by_hand, *people[60:]], 150, THIRDS)

    assert found.places == {"urban": 55, "suburban": 47, "rural": 48, "others": 0}
    assert not any(one.id in found.of for one in by_hand)


def test_who_is_not_eligible_is_not_chosen_and_reads_why() -> None:
    unsigned = applicant(1, faults=(say("Superintendent: had not signed."),))

    found = propose([unsigned, applicant(2)], 5, THIRDS)

    assert found.of[unsigned.id].outcome is Outcome.NOT_SELECTED
    assert found.of[unsigned.id].reasons == (
        "Not eligible.",
        "Superintendent: had not signed.",
    )


def test_each_reads_its_number_and_the_waitlist_takes_the_parts_in_turn() -> None:
    people = crowd(urban=3, rural=3)
    mix = Mix(by=Ground.URBANICITY, shares={"urban": 1, "rural": 2})

    found = propose(people, 3, mix)

    waiting = sorted(
        (p for p in found.of.values() if p.outcome is Outcome.WAITLISTED), key=lambda p: p.rank or 0
    )
    assert [(p.rank, p.stratum) for p in waiting] == [(1, "rural"), (2, "urban"), (3, "urban")]
    assert waiting[0].reasons == (
        "Counted under “Rural (towns too)”: number 3 of 3 there, for 2 places.",
        "Both sides have signed.",
        "Comes for the first time.",
        "The waitlist takes the parts in turn, by their shares.",
    )
