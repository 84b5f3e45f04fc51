from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import Conflict, NotFound
from consortium.people.domain import NotAnAddress
from consortium.people.models import Person
from events.institutes.models import PEOPLE
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service import Details, MemberChange, NamedPerson
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    seat_of,
    submit,
    taken,
)
from tests.factories import make_institute, make_lea, soon

ADA = "ada@3400001.example.org"


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


def change(team: Team, seat: Seat, *, stale: bool = False, **values: Any) -> Seat:
    stored: dict[str, Any] = {
        "name": seat.name,
        "email": seat.person.email,
        "role_codes": seat.role_codes,
        "shared": seat.shared,
    }
    base = None if stale else NamedPerson(**stored)
    wanted = MemberChange(person=NamedPerson(**{**stored, **values}), base=base)
    with transaction():
        return registration.change_member(team.id, seat.id, wanted, lead_editor())


def test_a_named_person_has_a_seat_and_no_mail_before_the_team_is_submitted(lea: Lea) -> None:
    team = draft(make_institute(), lea, "ada superintendent")

    assert [(seat.name, seat.role_code, seat.status) for seat in team.seats] == [
        ("Ada", "superintendent", SeatStatus.NAMED)
    ]
    assert letters(ADA) == []
    assert team.missing == ["union_leader", "board_member"]


def test_one_person_may_fill_two_roles_and_takes_one_place(lea: Lea) -> None:
    institute = make_institute()
    team = submit(draft(institute, lea, "ada superintendent principal"))

    assert team.seats[0].role_codes == ("superintendent", "principal")
    assert taken(institute, PEOPLE) == 1


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("ada mascot", "“mascot” is not a role of this institute"),
        ("ada superintendent union_leader", "One person cannot be"),
    ],
)
def test_roles_that_cannot_be_are_refused(lea: Lea, member: str, said: str) -> None:
    with pytest.raises(RegistrationRefused, match=said) as refused:
        draft(make_institute(), lea, member)

    assert refused.value.field == "role"


def test_an_address_that_is_none_is_refused_at_its_field(lea: Lea) -> None:
    with pytest.raises(NotAnAddress) as refused:
        draft(make_institute(), lea, "ada@@x superintendent")

    assert refused.value.field == "email"


def test_nobody_is_in_a_team_twice(lea: Lea) -> None:
    team = draft(make_institute(), lea, "ada superintendent")

    with pytest.raises(RegistrationRefused) as refused:
        name(team, f"{ADA.upper()} principal")

    assert (refused.value.message, refused.value.field) == ("Ada is in this team already.", "email")


def test_someone_of_another_team_needs_the_tick(lea: Lea) -> None:
    institute = make_institute()
    draft(institute, lea, "ada superintendent")
    second = draft(institute, make_lea("3400002", "Elm Grove"), by="lead2@example.org")

    with pytest.raises(RegistrationRefused) as refused:
        name(second, f"{ADA} superintendent", by="lead2@example.org")
    assert refused.value.message == (
        "Ada comes with Oak Park already. If this person serves both LEAs, name the person alone "
        "and tick “Serves another LEA's team too”. If not, ask hello@lakeshore.example.org."
    )

    seat = name(second, f"{ADA} superintendent", by="lead2@example.org", shared=True)
    assert (seat.shared, seat.team_id) == (True, second.id)


def test_the_same_person_may_go_to_another_institute(lea: Lea) -> None:
    draft(make_institute("spring"), lea, "ada superintendent")
    team = draft(make_institute("autumn"), lea, "ada superintendent")

    assert [seat.name for seat in team.seats] == ["Ada"]


def test_a_team_does_not_grow_over_the_limit(lea: Lea) -> None:
    team = draft(make_institute(max_people=1), lea, "ada superintendent")

    with pytest.raises(RegistrationRefused, match="A team has at most 1 people; 2 are named"):
        name(team, "bo union_leader")


def test_changing_the_role_judges_the_team_again(lea: Lea) -> None:
    team = submit(
        draft(make_institute(), lea, "ada superintendent", "bo union_leader", "cy board_member")
    )
    assert team.complete is True

    change(team, seat_of(team, "Bo"), role_codes=("principal",), name="Bob")

    assert (team.complete, team.missing) == (False, ["union_leader"])
    assert seat_of(team, "Bob").version == 2
    assert taken(team.institute, PEOPLE) == 3
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "change_member")).one()
    assert (row.before["roles"], row.after["roles"]) == (["union_leader"], ["principal"])


def test_two_leads_who_change_one_member_see_both_versions(lea: Lea) -> None:
    team = draft(make_institute(), lea, "ada superintendent", "bo union_leader")
    seat = seat_of(team, "Ada")
    change(team, seat, name="Ada Lovelace")

    with pytest.raises(Conflict) as conflict:
        change(team, seat, name="Ada L.", stale=True)
    assert conflict.value.versions == (("Name", "Ada Lovelace", "Ada L."),)
    assert seat.name == "Ada Lovelace"

    # Someone else's change of another member is no conflict.
    assert change(team, seat_of(team, "Bo"), name="Bob").name == "Bob"


def test_a_shared_person_cannot_lose_the_tick_while_in_both_teams(lea: Lea) -> None:
    institute = make_institute()
    draft(institute, lea, "ada superintendent")
    second = draft(institute, make_lea("3400002", "Elm Grove"), by="lead2@example.org")
    seat = name(second, f"{ADA} superintendent", by="lead2@example.org", shared=True)
    person = NamedPerson(name="Ada", email=ADA, role_codes=("superintendent",))
    base = replace(person, shared=True)

    with pytest.raises(RegistrationRefused, match=r"Leave .* ticked") as refused, transaction():
        registration.change_member(
            second.id,
            seat.id,
            MemberChange(person=person, base=base),
            lead_editor("lead2@example.org"),
        )

    assert refused.value.field == "shared"


def test_removing_someone_frees_the_place_and_tells_the_person(lea: Lea) -> None:
    team = submit(draft(make_institute(), lea, "ada superintendent", "bo union_leader"))
    ada = seat_of(team, "Ada")

    with transaction():
        registration.remove_member(team.id, ada.id, lead_editor())

    assert (ada.status, ada.invitation_digest) == (SeatStatus.WITHDRAWN, None)
    assert taken(team.institute, PEOPLE) == 1
    assert team.missing == ["superintendent", "board_member"]
    assert [mail.subject for mail in letters(ADA)] == [
        "Your seat at Summer Institute was taken back"
    ]
    with pytest.raises(NotFound, match="not in the team any more"):
        registration.remove_member(team.id, ada.id, lead_editor())
    with pytest.raises(RegistrationRefused, match="Withdraw the whole registration"):
        registration.remove_member(team.id, seat_of(team, "Bo").id, lead_editor())


def test_someone_removed_may_be_named_again(lea: Lea) -> None:
    team = draft(make_institute(), lea, "ada superintendent")
    with transaction():
        registration.remove_member(team.id, seat_of(team, "Ada").id, lead_editor())

    assert name(team, "ada principal").status is SeatStatus.NAMED


def test_people_may_change_after_the_closing_until_the_last_day(lea: Lea, frozen: Any) -> None:
    team = submit(draft(make_institute(), lea, "ada superintendent"))
    frozen(soon(45))
    assert name(team, "bo union_leader").status is SeatStatus.INVITED

    frozen(soon(63))
    with pytest.raises(RegistrationRefused, match="Changes of people closed on"):
        name(team, "cy board_member")
    person = NamedPerson(name="Cy", email="cy@example.org", role_codes=("board_member",))
    with transaction():
        seat = registration.add_member(team.id, person, coordinating())
    assert seat.status is SeatStatus.INVITED


def test_a_withdrawn_team_is_not_edited(lea: Lea) -> None:
    team = draft(make_institute(), lea, "ada superintendent")
    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    we = Details(name="We")
    for act in (
        lambda: name(team, "bo union_leader"),
        lambda: registration.describe_team(team.id, lead_editor(), we, base=we),
        lambda: registration.waive_role(team.id, "union_leader", "None here", lead_editor()),
    ):
        with pytest.raises(RegistrationRefused, match="This team was withdrawn"), transaction():
            act()


def test_new_members_and_new_districts_are_known_by_their_history(lea: Lea) -> None:
    first = submit(draft(make_institute("spring"), lea, "ada superintendent"))
    assert registration.flags_of(first.seats[0]) == {"new_district", "new_member"}

    later = draft(make_institute("autumn"), lea, "ada superintendent", "bo union_leader")
    later.created_at = soon(1)

    assert registration.flags_of(seat_of(later, "Ada")) == set()
    assert registration.flags_of(seat_of(later, "Bo")) == {"new_member"}
    attendee = registration.attendee_of(seat_of(later, "Bo"))
    assert (attendee.role_codes, attendee.flags, attendee.cohort) == (
        ("union_leader",),
        {"new_member"},
        "",
    )
