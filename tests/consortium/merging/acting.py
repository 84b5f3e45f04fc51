"""Merging and parting the way the coordinator's pages do it."""

from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.merging import service as merging
from consortium.merging.models import Merge
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.models import Institute
from events.intake.models import Application

BY = "coordinator@example.org"


def merge(kept: Person, gone: Person, *, owner: bool = False) -> Merge:
    with transaction():
        return merging.merge_people(kept.id, gone.id, by=BY, may_choose_staff=owner)


def merge_leas(kept: Lea, gone: Lea) -> Merge:
    with transaction():
        return merging.merge_leas(kept.id, gone.id, by=BY)


def part(merge: Merge, *, owner: bool = False) -> Merge:
    with transaction():
        return merging.unmerge(merge.id, by=BY, may_choose_staff=owner)


def apply_for(lea: Lea, institute: Institute, applicant: Person, side: Side) -> None:
    """Store a draft of the LEA's application."""
    db.session.add(
        Application(
            institute_id=institute.id,
            lea_id=lea.id,
            name=lea.name,
            state=lea.state,
            applicant_id=applicant.id,
            side=side,
            created_at=clock.now(),
            touched_at=clock.now(),
        )
    )
