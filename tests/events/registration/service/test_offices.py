import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import Strength
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from tests.events.registration.builders import coordinating, draft, lead_editor
from tests.factories import make_institute, make_lea

ROLES = (
    {"code": "superintendent", "label": "Superintendent", "side": Side.MANAGEMENT},
    {
        "code": "class_union_leader",
        "label": "Classified leader",
        "side": Side.LABOR,
        "waiver": "LEA has no classified unit",
    },
    {
        "code": "admin_assoc_president",
        "label": "Administrators' association president",
        "side": Side.LABOR,
        "min": 0,
        "strength": Strength.IF_APPLICABLE,
    },
)
MEMBERS = ("ada superintendent", "bo class_union_leader")


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(lea: Lea) -> Institute:
    return make_institute(roles=ROLES)


def test_an_office_is_asked_about_once_for_the_whole_lea(institute: Institute, lea: Lea) -> None:
    team = draft(institute, lea, *MEMBERS)
    later = draft(
        make_institute("later", roles=ROLES), lea, "al superintendent", "bea class_union_leader"
    )
    assert (team.complete, later.complete) == (False, False)

    with transaction():
        registration.answer_office(team.id, "admin_assoc_president", lead_editor(), exists=False)

    assert (team.complete, later.complete) == (True, True)
    verdict = registration.verdict_of(later)
    assert verdict is not None
    assert verdict.waived == ("admin_assoc_president",)
    assert registration.office_answers(lea.id) == {"admin_assoc_president": False}


def test_an_answer_stands_until_a_coordinator_changes_it_with_a_reason(
    institute: Institute, lea: Lea
) -> None:
    team = draft(institute, lea, *MEMBERS)
    role = "admin_assoc_president"
    with transaction():
        registration.answer_office(team.id, role, lead_editor(), exists=False)

    with pytest.raises(RegistrationRefused) as refused:
        registration.answer_office(team.id, role, lead_editor(), exists=True)
    assert refused.value.message == (
        "Administrators' association president: your LEA said that it has no such office. It is "
        "asked once for all its teams. If it has changed, write to hello@lakeshore.example.org."
    )
    with pytest.raises(RegistrationRefused, match="Say why") as refused:
        registration.answer_office(team.id, role, coordinating(), exists=True)
    assert refused.value.field == "reason"
    with transaction():
        registration.answer_office(
            team.id, role, coordinating(), exists=True, reason="Founded in May"
        )

    assert (team.complete, team.missing) == (False, [role])
    answer = registration.remembered_answers(team)[role]
    assert (answer.exists, answer.reason) == (True, "Founded in May")
    rows = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "answer_office").order_by(AuditEntry.id)
    ).all()
    assert [(row.before, row.after, row.subject) for row in rows] == [
        ({role: None}, {role: False}, "lea:3400001"),
        ({role: False}, {role: True, "reason": "Founded in May"}, "lea:3400001"),
    ]


def test_a_role_every_lea_has_is_not_asked_about(institute: Institute, lea: Lea) -> None:
    team = draft(institute, lea)

    with pytest.raises(RegistrationRefused, match="not one that only some LEAs have"):
        registration.answer_office(team.id, "superintendent", lead_editor(), exists=False)
    with pytest.raises(NotFound):
        registration.answer_office(team.id, "mascot", lead_editor(), exists=False)


def test_a_waiver_makes_the_team_complete_until_it_ends(institute: Institute, lea: Lea) -> None:
    team = draft(institute, lea, "ada superintendent", "cy admin_assoc_president")
    assert team.missing == ["class_union_leader"]

    with transaction():
        registration.waive_role(team.id, "class_union_leader", "No such unit", lead_editor())
    assert (team.complete, team.missing) == (True, [])
    assert [(one.role_code, one.reason, one.given_by) for one in team.waivers] == [
        ("class_union_leader", "No such unit", "lead@example.org")
    ]

    with transaction():
        registration.waive_role(team.id, "class_union_leader", "Dissolved", lead_editor())
    assert [one.reason for one in team.waivers] == ["Dissolved"]

    with transaction():
        registration.end_waiver(team.id, "class_union_leader", lead_editor())
    assert (team.complete, team.waivers) == (False, [])
    with pytest.raises(NotFound, match="not excused"):
        registration.end_waiver(team.id, "class_union_leader", lead_editor())


def test_a_waiver_needs_a_reason_and_a_role_that_has_one(institute: Institute, lea: Lea) -> None:
    team = draft(institute, lea)

    with pytest.raises(RegistrationRefused, match="excuses no team"):
        registration.waive_role(team.id, "superintendent", "On leave", lead_editor())
    with pytest.raises(RegistrationRefused, match="Say why") as refused:
        registration.waive_role(team.id, "class_union_leader", "", lead_editor())
    assert refused.value.field == "reason"


def test_teams_are_judged_again_when_the_institute_asks_for_something_else(
    institute: Institute, lea: Lea
) -> None:
    team = draft(institute, lea, *MEMBERS, "cy admin_assoc_president")
    assert team.complete is True
    institute.roles[0].min = institute.roles[0].max = 2
    db.session.flush()

    registration.judge_again(institute_id=institute.id)

    assert (team.complete, team.missing) == (False, ["superintendent"])
