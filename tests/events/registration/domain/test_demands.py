"""What a team asks for of each kind of place, and how the next on the waitlist is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from events.institutes import models
from events.institutes.domain import AdmittedAs
from events.registration.domain import RegistrationRefused, demands, offer_until
from events.registration.domain.choosing import Extra, check_chosen, extra_in_words

pytestmark = pytest.mark.pure

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERYTHING = {"people", "teams", "visitor_seats", "guest_seats"}


@pytest.mark.parametrize(
    ("visitors", "ground", "limited", "wanted"),
    [
        (False, AdmittedAs.HOME, EVERYTHING, {"people": 4, "teams": 1}),
        (False, AdmittedAs.GUEST, EVERYTHING, {"guest_seats": 4, "teams": 1}),
        (False, AdmittedAs.BY_REQUEST, EVERYTHING, {"guest_seats": 4, "teams": 1}),
        (False, AdmittedAs.GUEST, {"people", "teams"}, {"people": 4, "teams": 1}),
        (True, AdmittedAs.GUEST, EVERYTHING, {"visitor_seats": 4}),
        (True, AdmittedAs.GUEST, {"people", "guest_seats"}, {"guest_seats": 4}),
        (True, AdmittedAs.HOME, {"people", "teams"}, {"people": 4}),
        (False, AdmittedAs.HOME, {"people"}, {"people": 4}),
        (False, AdmittedAs.HOME, set(), {}),
    ],
)
def test_seats_come_from_the_pool_that_is_theirs(
    visitors: bool, ground: AdmittedAs, limited: set[str], wanted: dict[str, int]
) -> None:
    assert demands.demands(visitors=visitors, ground=ground, people=4, limited=limited) == wanted


def test_the_codes_are_those_of_the_pools() -> None:
    assert (demands.PEOPLE, demands.TEAMS, demands.VISITORS, demands.GUESTS, demands.EXTRAS) == (
        models.PEOPLE,
        models.TEAMS,
        models.VISITORS,
        models.GUESTS,
        (models.DAY, models.STRAND),
    )


def test_places_on_a_day_are_counted_only_where_they_are_limited() -> None:
    chosen = [["day:2026-05-01", "strand:math"], ["day:2026-05-01"], []]

    assert demands.extras(chosen, limited={"day:2026-05-01"}) == {"day:2026-05-01": 2}


def test_what_changes_is_taken_in_the_order_of_codes() -> None:
    held = {"teams": 1, "people": 3, "day:2026-05-01": 1}

    assert demands.changes(held, {"teams": 1, "people": 5, "guest_seats": 2}) == [
        ("day:2026-05-01", -1),
        ("guest_seats", 2),
        ("people", 2),
    ]
    assert demands.changes(held, held) == []


@pytest.mark.parametrize(
    ("days_left", "hours"),
    [(60, 48), (8, 48), (4, 24), (1, 6), (0.25, 2), (0.1, 2)],
)
def test_an_offer_is_shorter_the_nearer_the_institute_is(days_left: float, hours: int) -> None:
    begins = NOW + timedelta(days=days_left)

    assert offer_until(NOW, hours=48, begins=begins) == NOW + timedelta(hours=hours)


def test_nobody_is_offered_a_place_when_the_institute_is_about_to_begin() -> None:
    assert offer_until(NOW, hours=48, begins=NOW + timedelta(hours=1, minutes=59)) is None
    assert offer_until(NOW, hours=48, begins=NOW - timedelta(days=1)) is None
    assert offer_until(NOW, hours=48, begins=None) == NOW + timedelta(hours=48)


EARLY = Extra(
    code="day:2026-04-30",
    label="Thursday: early day",
    for_flags=frozenset({"new_district"}),
    for_words="districts that are new to this consortium",
    left=0,
)
MATH = Extra(code="strand:math", label="Mathematics", left=3)


def test_only_what_is_offered_and_meant_for_someone_can_be_chosen() -> None:
    assert check_chosen(["strand:math"], [EARLY, MATH], frozenset()) == {"strand:math"}
    assert check_chosen(["day:2026-04-30"], [EARLY], {"new_district"}) == {"day:2026-04-30"}
    with pytest.raises(RegistrationRefused, match="“Thursday: early day” is for districts that"):
        check_chosen(["day:2026-04-30"], [EARLY, MATH], frozenset())
    with pytest.raises(RegistrationRefused, match="not offered any more"):
        check_chosen(["strand:art"], [EARLY, MATH], frozenset())


def test_a_choice_says_how_it_stands() -> None:
    assert [
        extra_in_words(MATH, has=True, rank=None),
        extra_in_words(MATH, has=False, rank=2),
        extra_in_words(MATH, has=False, rank=None),
        extra_in_words(EARLY, has=False, rank=None),
        extra_in_words(Extra(code="strand:art", label="Art"), has=False, rank=None),
    ] == [
        "Mathematics (you have a place)",
        "Mathematics (you wait, number 2)",
        "Mathematics (places left: 3)",
        "Thursday: early day (full; you would wait for a place)",
        "Art",
    ]
