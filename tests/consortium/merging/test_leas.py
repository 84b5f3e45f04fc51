"""Two entries of the national list that are one LEA for a consortium."""

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.merging import service as merging
from consortium.merging.domain import MergeRefused
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.institutes.domain import Strength
from events.institutes.models import Institute
from events.intake.models import InstituteInvitation
from events.registration import service as registration
from events.registration.models import OfficeAnswer, Team
from tests.consortium.merging.acting import BY, apply_for, merge_leas, part
from tests.consortium.merging.worlds import stored
from tests.events.registration.builders import draft, lead_editor, start
from tests.factories import USUAL_ROLES, make_institute, make_lea, make_person, make_tenant

ASSOCIATION = {
    "code": "admin_assoc_president",
    "label": "Administrators' association president",
    "side": "labor",
    "strength": Strength.IF_APPLICABLE,
}


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute(roles=(*USUAL_ROLES, ASSOCIATION))


def answer(team: Team, *, exists: bool) -> None:
    with transaction():
        registration.answer_office(team.id, "admin_assoc_president", lead_editor(), exists=exists)


def test_teams_and_answers_move_and_come_back(institute: Institute, oak: Lea, charter: Lea) -> None:
    theirs = draft(institute, charter, "ada superintendent")
    answer(theirs, exists=True)
    ours = draft(make_institute("winter", roles=(*USUAL_ROLES, ASSOCIATION)), oak, "bo principal")
    answer(ours, exists=False)
    before = stored()
    assert theirs.missing == ["union_leader", "board_member", "admin_assoc_president"]

    done = merge_leas(oak, charter)

    assert theirs.lea_id == oak.id
    assert theirs.missing == ["union_leader", "board_member"]
    said = db.session.execute(select(OfficeAnswer.lea_id, OfficeAnswer.exists)).all()
    assert [tuple(row) for row in said] == [(oak.id, False)]
    part(done)
    assert stored() == before


def test_a_team_started_under_the_other_entry_is_the_kept_leas(
    institute: Institute, oak: Lea, charter: Lea
) -> None:
    done = merge_leas(oak, charter)

    assert start(institute, charter).lea_id == oak.id
    part(done)
    assert merging.lea_named(charter.id) == charter


def test_two_teams_at_one_institute_are_refused(
    institute: Institute, oak: Lea, charter: Lea
) -> None:
    draft(institute, oak)
    draft(institute, charter, by="other@example.org")

    with pytest.raises(
        MergeRefused,
        match=r"Both have a team at Summer Institute: Oak Park and Oak Park Charter\. Withdraw",
    ):
        merge_leas(oak, charter)


def test_a_merged_lea_is_not_merged_again(institute: Institute, oak: Lea, charter: Lea) -> None:
    merge_leas(oak, charter)

    with pytest.raises(MergeRefused, match="Oak Park Charter was merged already"):
        merge_leas(charter, make_lea("3400003", "Elm"))
    with pytest.raises(MergeRefused, match="one and the same"):
        merge_leas(oak, oak)


def test_other_consortia_keep_both(institute: Institute, oak: Lea, charter: Lea) -> None:
    merge_leas(oak, charter)

    with as_tenant(make_tenant("elsewhere").id):
        assert merging.lea_named(charter.id) == charter


def test_two_applications_are_refused_and_one_of_two_invitations_is_taken_back(
    institute: Institute, oak: Lea, charter: Lea
) -> None:
    for lea in (oak, charter):
        db.session.add(
            InstituteInvitation(
                institute_id=institute.id,
                lea_id=lea.id,
                email="x@y.org",
                digest=lea.id,
                invited_by=BY,
                invited_at=clock.now(),
            )
        )
    db.session.commit()
    before = stored()

    done = merge_leas(oak, charter)

    live = select(InstituteInvitation.digest).where(InstituteInvitation.taken_back_at.is_(None))
    assert db.session.scalars(live).all() == [oak.id]
    part(done)
    assert stored() == before

    applicant = make_person("ada@oak.org", "Ada")
    for lea in (oak, charter):
        apply_for(lea, institute, applicant, Side.LABOR)
    db.session.commit()
    with pytest.raises(MergeRefused, match="Both have applied for Summer Institute"):
        merge_leas(oak, charter)
