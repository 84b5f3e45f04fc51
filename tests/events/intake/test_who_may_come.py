"""The kinds of groups an institute may take: guests, state teams, sites, observers, delegations."""

import pytest

from consortium.database import transaction
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import AdmittedAs, Strength
from events.institutes.models import GUESTS, PEOPLE, TEAMS
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import TeamStatus
from events.registration.service import Visit, Visitor
from tests.events.registration.builders import draft, start, submit, taken
from tests.factories import USUAL_ROLES, make_institute, make_lea

OBSERVER = {
    "code": "observer",
    "label": "Observer",
    "side": Side.EITHER,
    "strength": Strength.OPTIONAL,
    "min": 0,
    "max": 4,
}


def test_guests_take_places_of_their_own_quota(lead: Person) -> None:
    institute = make_institute(pools={PEOPLE: 60, TEAMS: 10, GUESTS: 1})
    home, guest = make_lea("3400001", "Oak Park"), make_lea("1000001", "Dover", "DE")
    submit(draft(institute, home, "ada superintendent"))
    team = draft(institute, guest, "bo superintendent")

    team = submit(team)

    assert (team.admitted_as, team.status) == (AdmittedAs.GUEST, TeamStatus.REGISTERED)
    assert taken(institute, GUESTS) == 1
    other = draft(institute, make_lea("1000002", "Lewes", "DE"), "cy superintendent")
    with pytest.raises(RegistrationRefused, match="You can join the waitlist"):
        submit(other)


def test_a_state_team_is_sent_by_a_state_agency_alone(lead: Person) -> None:
    institute = make_institute(unit_types=["state_team"])
    agency = make_lea("3480000", "State Department of Education", kind="state_agency")

    assert start(institute, agency).status is TeamStatus.DRAFT
    with pytest.raises(RegistrationRefused, match=r"This institute is for: state team\."):
        start(institute, make_lea("3400001", "Oak Park"))


def test_two_schools_of_one_lea_send_a_team_each(lead: Person) -> None:
    institute = make_institute(unit_types=["school_site"])
    lea = make_lea("3400001", "Oak Park")

    names = [start(institute, lea, site=site).name for site in ("North School", "South School")]

    assert names == ["Oak Park, North School", "Oak Park, South School"]
    with pytest.raises(RegistrationRefused, match="Name the school"):
        start(institute, lea)


def test_observers_come_without_a_check_of_roles(lead: Person) -> None:
    institute = make_institute(roles=(*USUAL_ROLES, OBSERVER), guest_states=["foreign:ZA"])
    visit = Visit(
        organisation="Western Cape Education",
        place="foreign:ZA",
        visitors=(
            Visitor(name="Thandi Nkosi", email="thandi@cape.example.org"),
            Visitor(name="Sipho Dlamini", email="sipho@cape.example.org"),
        ),
    )

    with transaction():
        group = registration.register_visitors(
            institute, visit, by=people.identity_for("thandi@cape.example.org")
        )

    assert (group.status, group.complete) == (TeamStatus.REGISTERED, None)
    assert [seat.role_code for seat in group.seats] == ["observer", "observer"]
