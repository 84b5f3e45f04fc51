import pytest
from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people.models import Identity, Person
from events.institutes.models import PEOPLE
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import Seat, SeatStatus, Team
from tests.events.registration.builders import draft, lead_editor, name, submit, taken
from tests.factories import make_institute, make_lea

LINES = """Name\tE-mail\tRole
Ada\tada@x.org\tSuperintendent
Bo\tbo@x.org\tAssociation president
李小龍\tli@x.org\tboard_member
"""


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


def paste(team: Team, text: str) -> list[Seat]:
    with transaction():
        return list(registration.paste_members(team.id, text, lead_editor()))


def test_pasted_lines_become_members_in_one_act(lea: Lea) -> None:
    team = draft(make_institute(), lea)

    seats = paste(team, LINES)

    assert [(seat.name, seat.role_code, seat.position) for seat in seats] == [
        ("Ada", "superintendent", 0),
        ("Bo", "union_leader", 1),
        ("李小龍", "board_member", 2),
    ]
    assert team.complete is True
    rows = db.session.scalars(select(AuditEntry.act).where(AuditEntry.act == "paste_members"))
    assert rows.all() == ["paste_members"]


def test_looking_saves_nothing(lea: Lea) -> None:
    team = draft(make_institute(), lea)
    before = db.session.scalar(select(func.count(Identity.id)))

    lines = registration.preview_roster(team, LINES)

    assert [(line.number, line.role_code, line.faults) for line in lines] == [
        (2, "superintendent", ()),
        (3, "union_leader", ()),
        (4, "board_member", ()),
    ]
    assert not db.session.new
    assert db.session.scalar(select(func.count(Identity.id))) == before


def test_one_wrong_line_saves_nobody(lea: Lea) -> None:
    team = draft(make_institute(), lea, "cy board_member")
    text = (
        "Ada, ada@x.org, Superintendent\n"
        "Bo, bo@x.org, Mascot\n"
        "Cy, cy@3400001.example.org, principal"
    )

    lines = registration.preview_roster(team, text)
    assert [line.faults for line in lines] == [
        (),
        ("“Mascot” is not a role of this institute. Write one of the roles listed below.",),
        ("Cy is in this team already.",),
    ]
    with pytest.raises(RegistrationRefused) as refused:
        paste(team, text)

    assert refused.value.message == "Nothing was saved. Mend these lines first: 2, 3."
    assert [seat.name for seat in team.active_seats] == ["Cy"]


def test_someone_of_another_team_is_a_fault_of_the_line(lea: Lea) -> None:
    institute = make_institute()
    name(draft(institute, lea), "ada@x.org superintendent")
    other = draft(institute, make_lea("3400002", "Elm Grove"), by="lead2@example.org")

    (line,) = registration.preview_roster(other, "Ada, ada@x.org, Superintendent")

    assert line.faults[0].startswith("Ada comes with Oak Park already.")


def test_a_registered_team_gets_places_for_all_pasted_or_none(lea: Lea) -> None:
    institute = make_institute(pools={PEOPLE: 3})
    team = submit(draft(institute, lea, "cy board_member"))

    with pytest.raises(Waitable, match=r"There is no place for 3 more\. Places left: 2"):
        paste(team, LINES)
    assert taken(institute, PEOPLE) == 1

    seats = paste(team, "Ada, ada@x.org, Superintendent\nBo, bo@x.org, Association president\n")
    assert {seat.status for seat in seats} == {SeatStatus.INVITED}
    assert taken(institute, PEOPLE) == 3
