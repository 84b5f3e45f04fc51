from datetime import time
from typing import Any

import pytest

from consortium.database import transaction
from consortium.directory.models import Lea
from consortium.errors import NotAllowed
from consortium.people.models import Person
from events.institutes.domain import Status
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.registration import service as registration
from events.registration.domain import NotComplete, RegistrationRefused, Waitable
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    seat_of,
    submit,
    taken,
    wait,
)
from tests.factories import make_institute, make_lea, soon

COMPLETE = ("ada superintendent", "bo union_leader", "cy board_member")


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


def other_team(institute: Institute, number: int, *members: str) -> Team:
    """Return a draft of another LEA with another lead."""
    lea = make_lea(f"340000{number}", f"Town {number}")
    return draft(institute, lea, *members, by=f"lead{number}@example.org")


def test_submitting_takes_places_and_invites_everyone(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, *COMPLETE))

    assert (team.status, team.complete, team.missing, team.seats_held) == (
        TeamStatus.REGISTERED,
        True,
        [],
        3,
    )
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (3, 1)
    assert {seat.status for seat in team.seats} == {SeatStatus.INVITED}
    assert [mail.subject for mail in letters("ada@3400001.example.org")] == [
        "Please confirm your seat at Summer Institute"
    ]
    (told,) = letters("lead@example.org")
    assert told.subject == "Oak Park is registered for Summer Institute"
    assert "not complete" not in told.text


def test_an_incomplete_team_is_registered_at_an_ideal_gate_and_told_what_is_missing(
    lea: Lea,
) -> None:
    team = submit(draft(make_institute(), lea, "ada superintendent"))

    assert (team.status, team.complete) == (TeamStatus.REGISTERED, False)
    assert team.missing == ["union_leader", "board_member"]
    assert (
        "- Association president: Nobody is named yet; at least 1 should come."
        in letters("lead@example.org")[0].text
    )


def test_a_strict_gate_refuses_with_the_list_and_takes_nothing(lea: Lea) -> None:
    institute = make_institute(gate="strict")
    team = draft(institute, lea, "ada superintendent")

    with pytest.raises(NotComplete) as refused:
        submit(team)

    assert refused.value.reasons == (
        "Association president: Nobody is named yet; at least 1 should come.",
        "Board member: Nobody is named yet; at least 1 should come.",
    )
    assert team.status is TeamStatus.DRAFT
    assert taken(institute, PEOPLE) == 0


def test_an_empty_team_cannot_be_submitted(lea: Lea) -> None:
    with pytest.raises(NotComplete, match="Name at least one person first"):
        submit(draft(make_institute(), lea))


def test_a_team_is_submitted_once(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, *COMPLETE))

    with pytest.raises(RegistrationRefused, match="registered already"):
        submit(team)
    assert taken(institute, PEOPLE) == 3


def test_the_moment_of_sending_decides(lea: Lea, frozen: Any) -> None:
    team = draft(
        make_institute(deadlines=[("register_by", soon(1).date(), time(17, 0))]), lea, *COMPLETE
    )
    frozen(soon(2))

    with pytest.raises(Waitable, match="You can still join the waitlist"):
        submit(team)
    assert [seat.name for seat in team.active_seats] == ["Ada", "Bo", "Cy"]

    assert (wait(team).status, team.waitlist_position) == (TeamStatus.WAITLISTED, 1)


def test_a_cancelled_institute_takes_nobody(lea: Lea) -> None:
    institute = make_institute()
    team = draft(institute, lea, *COMPLETE)
    institute.status = Status.CANCELLED

    with pytest.raises(RegistrationRefused, match="is cancelled"):
        registration.submit_team(team.id, lead_editor())


@pytest.mark.parametrize(
    ("pools", "said"),
    [
        (
            {PEOPLE: 2, TEAMS: 5},
            "Places left: 2. You need 3. You can join the waitlist.",
        ),
        ({PEOPLE: 0, TEAMS: 5}, "Every place is taken. You can join the waitlist."),
        (
            {PEOPLE: 9, TEAMS: 0},
            "Every place for a team is taken. You can join the waitlist.",
        ),
    ],
)
def test_a_team_gets_all_its_places_or_none(lea: Lea, pools: dict[str, int], said: str) -> None:
    institute = make_institute(pools=pools)
    team = draft(institute, lea, *COMPLETE)

    with pytest.raises(Waitable) as refused:
        submit(team)

    assert refused.value.message == said
    assert (taken(institute, PEOPLE), taken(institute, TEAMS)) == (0, 0)
    assert team.status is TeamStatus.DRAFT


def test_an_institute_without_limits_takes_everyone(lea: Lea) -> None:
    team = submit(draft(make_institute(pools={}), lea, *COMPLETE))

    assert (team.status, team.seats_held) == (TeamStatus.REGISTERED, 3)


def test_waiting_teams_stand_in_order(lea: Lea) -> None:
    institute = make_institute(pools={PEOPLE: 0, TEAMS: 5})
    waiting = [draft(institute, lea, *COMPLETE)]
    waiting += [other_team(institute, n, "ada superintendent") for n in (2, 3)]
    leads = ["lead@example.org", "lead2@example.org", "lead3@example.org"]

    for team, lead in zip(waiting, leads, strict=True):
        wait(team, by=lead)

    assert [team.waitlist_position for team in waiting] == [1, 2, 3]
    assert "number 2" in letters("lead2@example.org")[0].text
    assert {seat.status for seat in waiting[1].seats} == {SeatStatus.NAMED}

    with transaction():
        registration.withdraw_team(waiting[0].id, lead_editor())
    assert [registration.prospects_of(team).rank for team in waiting] == [None, 1, 2]


def test_nobody_waits_while_there_are_places(lea: Lea) -> None:
    with pytest.raises(RegistrationRefused, match="submit it instead"):
        wait(draft(make_institute(), lea, *COMPLETE))


def test_nobody_goes_before_a_waiting_team_that_fits(lea: Lea) -> None:
    institute = make_institute(pools={PEOPLE: 3, TEAMS: 5})
    registered = submit(draft(institute, lea, *COMPLETE))
    waiting = other_team(institute, 2, "ada superintendent")
    wait(waiting, by="lead2@example.org")
    with transaction():
        registration.withdraw_team(registered.id, lead_editor())
    late = other_team(institute, 3, "ada superintendent")

    with pytest.raises(Waitable, match="Others are waiting"):
        submit(late, by="lead3@example.org")
    assert registration.prospects_of(late).full is True
    assert wait(late, by="lead3@example.org").waitlist_position == 2


def test_a_small_team_may_pass_one_that_does_not_fit(lea: Lea) -> None:
    institute = make_institute(pools={PEOPLE: 1, TEAMS: 5})
    wait(draft(institute, lea, *COMPLETE))
    small = other_team(institute, 2, "ada superintendent")

    assert submit(small, by="lead2@example.org").status is TeamStatus.REGISTERED


def test_a_coordinator_admits_from_the_waitlist(lea: Lea) -> None:
    institute = make_institute(pools={PEOPLE: 2, TEAMS: 5})
    team = wait(draft(institute, lea, *COMPLETE))

    with pytest.raises(NotAllowed):
        registration.admit_from_waitlist(team.id, lead_editor())
    with pytest.raises(RegistrationRefused, match="not enough free places"), transaction():
        registration.admit_from_waitlist(team.id, coordinating())

    pool = institute.pool(PEOPLE)
    assert pool is not None
    pool.capacity = 3
    with transaction():
        registration.admit_from_waitlist(team.id, coordinating())

    assert (team.status, team.waitlist_position, team.seats_held) == (
        TeamStatus.REGISTERED,
        None,
        3,
    )
    assert seat_of(team, "Ada").status is SeatStatus.INVITED
    with pytest.raises(RegistrationRefused, match="not on the waitlist"):
        registration.admit_from_waitlist(team.id, coordinating())


def test_a_registered_team_that_grows_takes_one_more_place(lea: Lea) -> None:
    institute = make_institute(pools={PEOPLE: 4, TEAMS: 1})
    team = submit(draft(institute, lea, *COMPLETE))

    name(team, "di principal")

    assert (taken(institute, PEOPLE), team.seats_held) == (4, 4)
    assert seat_of(team, "Di").status is SeatStatus.INVITED
    with pytest.raises(Waitable, match=r"There is no place for 1 more\. Places left: 0"):
        name(team, "ed principal")
    assert len(team.active_seats) == 4

    with transaction():
        registration.remove_member(team.id, seat_of(team, "Di").id, lead_editor())
    assert (taken(institute, PEOPLE), team.seats_held) == (3, 3)
