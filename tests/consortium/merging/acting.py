"""Merging and parting the way the coordinator's pages do it."""

from consortium.database import transaction
from consortium.directory.models import Lea
from consortium.merging import service as merging
from consortium.merging.models import Merge
from consortium.people.models import Person

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
