"""What the application mounts of the cohorts package."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from cohorts.matching import routes as matching
from cohorts.matching.service.introductions import take_back
from cohorts.matching.service.merged import merge_pairs
from consortium.merging.service import Moves, merging_people
from consortium.people.service.consents import consent_withdrawn


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of peer matching."""
    return (matching.bp,)


@consent_withdrawn.connect
def _take_back_introductions(person_id: UUID, *, institute_id: UUID) -> None:
    """Let no mail name to peers who does not take part any more."""
    take_back(person_id, institute_id)


@merging_people.connect
def _merge_pairs(moves: Moves) -> None:
    """Let pairs of two records of one person be that person's."""
    merge_pairs(moves)
