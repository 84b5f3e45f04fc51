"""A seat kept for a role: it takes a place, fills nothing, and becomes a member's."""

import pytest

from consortium.database import transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.models import Person
from events.institutes.models import PEOPLE, TEAMS
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service import NamedPerson
from tests.events.registration.builders import draft, lead_editor, letters, name, submit, taken
from tests.factories import make_institute, make_lea

KIM = NamedPerson(name="Kim", email="kim@x.org", role_codes=("superintendent",))


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


def keep(team: Team, role: str = "superintendent") -> Seat:
    with transaction():
        return registration.keep_seat(team.id, role, lead_editor())


def test_a_kept_seat_takes_a_place_and_fills_no_role(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, "bo union_leader", "cy board_member"))

    seat = keep(team)

    assert (seat.status, seat.person_id, seat.name) == (SeatStatus.UNCLAIMED, None, "")
    assert (taken(institute, PEOPLE), team.missing) == (3, ["superintendent"])


def test_naming_someone_makes_it_that_persons_seat(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, "bo union_leader", "cy board_member"))
    kept = keep(team)

    with transaction():
        seat = registration.name_kept(team.id, kept.id, KIM, lead_editor())

    assert (seat.id, seat.status, seat.person.email) == (kept.id, SeatStatus.INVITED, "kim@x.org")
    assert (taken(institute, PEOPLE), team.complete) == (3, True)
    assert [mail.subject for mail in letters("kim@x.org")] == [
        "Please confirm your seat at Summer Institute"
    ]
    with pytest.raises(NotFound, match="named for this seat already"):
        registration.name_kept(team.id, kept.id, KIM, lead_editor())


def test_a_kept_seat_is_the_own_seat_of_nobody_who_asks(lea: Lea) -> None:
    """Whoever is no person of the consortium yet has no id, and neither has such a seat."""
    kept = keep(submit(draft(make_institute(), lea, "bo union_leader", "cy board_member")))

    with pytest.raises(NotFound, match="no seat of yours"):
        registration.get_own_seat(kept.id, None)


def test_it_is_submitted_with_the_team_and_counts(lea: Lea) -> None:
    institute = make_institute()
    team = draft(institute, lea, "bo union_leader")
    keep(team)

    submit(team)

    assert taken(institute, PEOPLE) == 2


def test_without_a_place_none_is_kept(lea: Lea) -> None:
    team = submit(draft(make_institute(pools={PEOPLE: 1, TEAMS: 1}), lea, "bo union_leader"))

    with pytest.raises(Waitable):
        keep(team)


def test_it_counts_towards_the_largest_team(lea: Lea) -> None:
    team = draft(make_institute(max_people=2), lea, "bo union_leader")
    keep(team)

    for act in (lambda: keep(team), lambda: name(team, "al principal")):
        with pytest.raises(RegistrationRefused, match="at most 2 people"):
            act()


def test_a_role_nobody_asks_for_is_refused(lea: Lea) -> None:
    with pytest.raises(RegistrationRefused, match="“mascot” is not a role"):
        keep(draft(make_institute(), lea), "mascot")


def test_given_up_it_frees_the_place(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, "bo union_leader"))
    kept = keep(team)

    with transaction():
        registration.remove_member(team.id, kept.id, lead_editor())

    assert (kept.status, taken(institute, PEOPLE)) == (SeatStatus.WITHDRAWN, 1)


def test_a_withdrawn_team_keeps_none(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, "bo union_leader"))
    kept = keep(team)

    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    assert (kept.status, taken(institute, PEOPLE)) == (SeatStatus.WITHDRAWN, 0)
