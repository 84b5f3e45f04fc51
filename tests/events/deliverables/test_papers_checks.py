"""Each check of what is handed out and handed in finds what was broken by hand."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update

from consortium import clock
from consortium.database import db, transaction
from consortium.merging import service as merging
from events.deliverables import service as deliverables
from events.deliverables.models import Deliverable, HandIn, HandInAgreement
from events.institutes.models import Institute
from events.materials.models import Material, MaterialVersion
from events.registration.models import Team
from tests.consortium.verify.breaking import everything, violations
from tests.events.deliverables.stage import agree, ask, hand_in, reader, standing
from tests.events.materials.stage import hand_out
from tests.factories import make_institute, make_person


@pytest.fixture
def plan(institute: Institute, team: Team) -> Deliverable:
    """Return a plan that the team handed in twice, and a material: nothing is wrong with them."""
    hand_out(institute, available_from=datetime(2026, 4, 1, 9))
    plan = ask(institute)
    for _ in range(2):
        hand_in(team, plan)
    of_papers = [code for code in everything() if "materials" in code or "hand-ins" in code]
    assert of_papers == []
    return plan


def test_a_version_that_is_gone_is_missed(plan: Deliverable) -> None:
    db.session.execute(delete(MaterialVersion))
    db.session.execute(delete(HandIn).where(HandIn.number == 1))

    (of_material,), (of_team,) = violations("I44-materials"), violations("I44-hand-ins")
    assert of_material.endswith("shows a version that is not there.")
    assert of_team.endswith(f"lacks a version of deliverable:{plan.id}.")


def test_moments_that_left_their_wall_time_are_found(plan: Deliverable) -> None:
    late = clock.now() + timedelta(days=900)
    db.session.execute(update(Material).values(from_at=late))
    db.session.execute(update(Deliverable).values(due_at=late))

    assert len(violations("I33-materials")) == len(violations("I33-due")) == 1


def test_what_was_not_asked_of_the_team_is_found(plan: Deliverable) -> None:
    db.session.execute(update(Deliverable).values(institute_id=make_institute("fall", days=[]).id))

    assert len(violations("I9-hand-ins")) == 2


def test_what_is_accepted_and_taken_back_is_found(plan: Deliverable) -> None:
    db.session.execute(
        update(HandIn)
        .where(HandIn.number == 2)
        .values(review="accepted", reviewed_at=clock.now(), withdrawn_at=clock.now())
    )

    assert [one.split(" ", 1)[1] for one in violations("I9-hand-ins")] == [
        "is accepted and taken back."
    ]


def test_who_is_entered_twice_agreed_once(institute: Institute, team: Team) -> None:
    """An agreement goes along when two records of its person become one."""
    joint = ask(institute, both_sides=True)
    hand_in(team, joint)
    agree(team, joint, "tess")
    tess = reader(team, "tess").person_id
    assert tess is not None
    kept = make_person("tess@elsewhere.org")

    with transaction():
        merging.merge_people(kept.id, tess, by="test", may_choose_staff=False)

    given = db.session.query(HandInAgreement).filter_by(person_id=kept.id).all()
    assert [one.party for one in given] == ["lead:labor"]
    assert standing(team, joint) == "in_time"
    assert deliverables.may_enter(institute, kept.id)
