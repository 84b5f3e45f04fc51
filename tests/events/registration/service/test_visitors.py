from datetime import time
from typing import Any

import pytest

from consortium.database import transaction
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, TEAMS, VISITORS, Institute
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import SeatStatus, Team, TeamKind, TeamStatus
from events.registration.service import Visit, Visitor
from tests.events.registration.builders import letters, taken
from tests.factories import make_institute, soon

ROLES = (
    {"code": "superintendent", "label": "Superintendent", "side": Side.MANAGEMENT},
    {
        "code": "observer",
        "label": "Out-of-state visitor",
        "side": Side.EITHER,
        "strength": Strength.OPTIONAL,
        "min": 0,
        "max": 3,
        "applies_to": ["DE", "foreign:ZA"],
    },
)


def host(**values: Any) -> Institute:
    pools = values.pop("pools", {PEOPLE: 60, TEAMS: 10, VISITORS: 2})
    guests = ["DE", "foreign:ZA"]
    return make_institute(roles=ROLES, pools=pools, guest_states=guests, **values)


def visit(institute: Institute, *names: str, place: str = "DE", **values: Any) -> Team:
    visitors = tuple(Visitor(name=name, email=f"{name.lower()}@dover.org") for name in names)
    said = Visit(organisation="Dover Schools", place=place, visitors=visitors, **values)
    with transaction():
        by = people.identity_for(visitors[0].email)
        return registration.register_visitors(institute, said, by=by)


def test_a_visitor_has_a_confirmed_seat_and_no_role_check(lead: Person) -> None:
    institute = host()

    group = visit(institute, "Dee")

    assert (group.kind, group.status, group.complete, group.missing) == (
        TeamKind.VISITORS,
        TeamStatus.REGISTERED,
        None,
        [],
    )
    assert registration.verdict_of(group) is None
    (seat,) = group.seats
    assert (seat.role_code, seat.status) == ("observer", SeatStatus.CONFIRMED)
    assert (taken(institute, VISITORS), taken(institute, PEOPLE), taken(institute, TEAMS)) == (
        1,
        0,
        0,
    )
    assert [mail.subject for mail in letters("dee@dover.org")] == [
        "Your seat at Summer Institute is confirmed"
    ]


def test_who_comes_along_is_invited(lead: Person) -> None:
    group = visit(host(), "Dee", "Eli")

    assert [(seat.name, seat.status) for seat in group.seats] == [
        ("Dee", SeatStatus.CONFIRMED),
        ("Eli", SeatStatus.INVITED),
    ]
    assert [mail.subject for mail in letters("eli@dover.org")] == [
        "Please confirm your seat at Summer Institute"
    ]


def test_without_seats_of_their_own_visitors_take_places_of_all(lead: Person) -> None:
    institute = host(pools={PEOPLE: 1, TEAMS: 10})

    visit(institute, "Dee")

    assert taken(institute, PEOPLE) == 1
    with pytest.raises(Waitable, match="Every place is taken"):
        visit(institute, "Fay")


def test_a_visitor_too_many_is_offered_the_waitlist(lead: Person) -> None:
    institute = host()
    visit(institute, "Dee", "Eli")

    with pytest.raises(Waitable, match=r"Every place is taken\. You can join the waitlist\."):
        visit(institute, "Fay")
    group = visit(institute, "Fay", for_waitlist=True)

    assert (group.status, group.waitlist_position) == (TeamStatus.WAITLISTED, 1)
    assert group.seats[0].status is SeatStatus.NAMED
    assert (taken(institute, VISITORS), taken(institute, PEOPLE)) == (2, 0)
    assert "number 1" in letters("fay@dover.org")[0].text


def test_asking_to_wait_while_there_is_a_place_gives_the_place(lead: Person) -> None:
    assert visit(host(), "Dee", for_waitlist=True).status is TeamStatus.REGISTERED


def test_telephone_numbers_of_visitors_are_kept_in_international_form(lead: Person) -> None:
    institute = host()
    said = Visit(
        organisation="Cape Schools",
        place="foreign:ZA",
        visitors=(Visitor(name="Thandi", email="t@cape.example.org", phone="011 978 5313"),),
    )

    by = people.identity_for("t@cape.example.org")
    group = registration.register_visitors(institute, said, by=by)

    assert (group.state, group.seats[0].phone) == ("foreign:ZA", "+27119785313")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("PA", "Pennsylvania is not among them"),
        ("NJ", "takes no visitors from New Jersey"),
    ],
)
def test_visitors_from_elsewhere_are_refused(lead: Person, place: str, said: str) -> None:
    with pytest.raises(RegistrationRefused, match=said):
        visit(host(), "Dee", place=place)


def test_too_many_at_once_are_refused(lead: Person) -> None:
    with pytest.raises(RegistrationRefused, match="At most 3 visitors can come together"):
        visit(host(), "Dee", "Eli", "Fay", "Gus")


def test_visitors_by_request_do_not_wait_before_the_host_agrees(lead: Person) -> None:
    institute = make_institute(
        roles=[{**ROLES[1], "applies_to": ["PA"]}], pools={PEOPLE: 0}, guests_by_request=True
    )

    group = visit(institute, "Dee", place="PA", for_waitlist=True)

    assert (group.status, group.waitlist_position) == (TeamStatus.ASKING, None)


def test_nobody_visits_twice(lead: Person) -> None:
    institute = host()
    visit(institute, "Dee")

    with pytest.raises(RegistrationRefused, match="Dee comes with Dover Schools already"):
        visit(institute, "Dee")
    assert taken(institute, VISITORS) == 1


def test_visitors_have_a_deadline_of_their_own(lead: Person) -> None:
    institute = host(
        deadlines=[
            ("register_by", soon(30).date(), time(17, 0)),
            ("visitors_by", soon(-1).date(), None),
        ]
    )

    with pytest.raises(Waitable, match="Registration closed on"):
        visit(institute, "Dee")
    assert visit(institute, "Dee", for_waitlist=True).status is TeamStatus.WAITLISTED
