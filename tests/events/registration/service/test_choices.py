"""Optional days and strands: a place, or a wait of one's own."""

from typing import Any

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.jobs import Worker
from events.institutes.models import PEOPLE, Day, Institute, Strand
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.jobs.offers import give_freed_choices
from events.registration.models import Seat, Team
from events.registration.service.extras import waits_of
from tests.events.registration.builders import (
    draft,
    lead_editor,
    letters,
    seat_of,
    submit,
    taken,
)
from tests.factories import make_institute, make_lea, soon

EARLY = f"day:{soon(59).date()}"
MATH = "strand:math"
TEAM = ("ada superintendent", "bo union_leader", "cy board_member")


@pytest.fixture
def lea(tenant: Any) -> Lea:
    return make_lea("3400001", "Town 1")


@pytest.fixture
def institute(tenant: Any) -> Institute:
    """Return an institute with an optional day for two and a strand for everyone."""
    institute = make_institute(pools={PEOPLE: 60, EARLY: 2})
    institute.days.append(Day(on=soon(59).date(), label="Early day", optional=True))
    institute.strands.append(Strand(code="math", label="Mathematics", position=0))
    db.session.commit()
    return institute


def choose(seat: Seat, *codes: str) -> None:
    with transaction():
        registration.choose_extras(seat, codes, by="someone@x.org")


def standing(team: Team) -> list[tuple[list[str], dict[str, int]]]:
    db.session.expire_all()
    return [(sorted(seat.choices), waits_of(seat)) for seat in team.seats]


def test_whoever_finds_a_day_full_waits_for_it_in_order(institute: Institute, lea: Lea) -> None:
    team = submit(draft(institute, lea, *TEAM, "di principal"))

    for seat in list(team.seats):
        choose(seat, EARLY, MATH)

    assert standing(team) == [
        ([EARLY, MATH], {}),
        ([EARLY, MATH], {}),
        ([MATH], {EARLY: 1}),
        ([MATH], {EARLY: 2}),
    ]
    assert team.places_held == {PEOPLE: 4, EARLY: 2}
    assert [choice.words for choice in registration.choices_for(team.seats[2])] == [
        "Thursday, April 30, 2026: Early day (you wait, number 1)",
        "Mathematics (you have a place)",
    ]


def test_a_place_given_up_goes_to_the_next_who_is_told(
    institute: Institute, lea: Lea, app: Flask
) -> None:
    team = submit(draft(institute, lea, *TEAM))
    for seat in list(team.seats):
        choose(seat, EARLY)
    work = Worker(app, (give_freed_choices,)).run_once
    assert work() == 0

    choose(seat_of(team, "Ada"))
    assert taken(institute, EARLY) == 1
    assert (work(), work()) == (1, 0)

    assert standing(team) == [([], {}), ([EARLY], {}), ([EARLY], {})]
    assert (taken(institute, EARLY), team.places_held) == (2, {PEOPLE: 3, EARLY: 2})
    told = letters(f"cy@{lea.id}.example.org")[-1]
    assert told.subject == (
        "You have a place: Thursday, April 30, 2026: Early day at Summer Institute"
    )


def test_when_it_is_over_nobody_is_given_a_place(
    institute: Institute, lea: Lea, app: Flask, frozen: Any
) -> None:
    team = submit(draft(institute, lea, *TEAM))
    for seat in list(team.seats):
        choose(seat, EARLY)
    choose(seat_of(team, "Ada"))
    frozen(soon(70))

    assert Worker(app, (give_freed_choices,)).run_once() == 0

    assert (taken(institute, EARLY), standing(team)[2]) == (1, ([], {EARLY: 1}))


def test_a_newcomer_stands_behind_those_who_wait(institute: Institute, lea: Lea) -> None:
    team = submit(draft(institute, lea, *TEAM))
    for seat in list(team.seats):
        choose(seat, EARLY)
    choose(seat_of(team, "Ada"))

    choose(seat_of(team, "Ada"), EARLY)

    assert standing(team)[0] == ([], {EARLY: 2})


def test_what_a_draft_wishes_counts_when_it_gets_its_places(institute: Institute, lea: Lea) -> None:
    team = draft(institute, lea, *TEAM)
    for seat in list(team.seats):
        choose(seat, EARLY)
    assert taken(institute, EARLY) == 0

    submit(team)

    assert standing(team) == [([EARLY], {}), ([EARLY], {}), ([], {EARLY: 1})]
    assert team.places_held == {PEOPLE: 3, EARLY: 2}
    with transaction():
        registration.withdraw_team(team.id, lead_editor())
    assert (taken(institute, EARLY), taken(institute, PEOPLE)) == (0, 0)
    assert standing(team) == [([], {})] * 3


def test_a_member_who_leaves_leaves_choices_and_waits(institute: Institute, lea: Lea) -> None:
    team = submit(draft(institute, lea, *TEAM))
    for seat in list(team.seats):
        choose(seat, EARLY)

    for who in ("Ada", "Cy"):
        with transaction():
            registration.remove_member(team.id, seat_of(team, who).id, lead_editor())

    assert standing(team) == [([], {}), ([EARLY], {}), ([], {})]
    assert (taken(institute, EARLY), team.places_held) == (1, {PEOPLE: 1, EARLY: 1})


def test_a_day_for_some_is_for_them_alone(institute: Institute, lea: Lea, frozen: Any) -> None:
    next(day for day in institute.days if day.optional).audience_flags = ["new_district"]
    db.session.commit()
    new = submit(draft(institute, lea, *TEAM))
    choose(new.seats[0], EARLY)
    frozen(soon(1))
    later = make_institute("fall", pools={EARLY: 9})
    later.days.append(
        Day(on=soon(59).date(), label="Early day", optional=True, audience_flags=["new_district"])
    )
    db.session.commit()
    again = submit(draft(later, lea, "ada superintendent"))

    assert registration.choices_for(again.seats[0]) == []
    with pytest.raises(RegistrationRefused, match="Early day” is for districts that are new"):
        choose(again.seats[0], EARLY)
    assert pools.left(later.id, EARLY) == 9


def test_leads_choose_for_their_own_members_alone(institute: Institute, lea: Lea) -> None:
    team = submit(draft(institute, lea, *TEAM))
    other = draft(institute, make_lea("3400002", "Town 2"), "di superintendent", by="o@x.org")

    with transaction():
        registration.choose_for_member(team.id, team.seats[0].id, [EARLY], lead_editor())
    with pytest.raises(NotFound), transaction():
        registration.choose_for_member(team.id, other.seats[0].id, [EARLY], lead_editor())

    assert standing(team)[0] == ([EARLY], {})
