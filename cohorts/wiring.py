"""What the application mounts of the cohorts package."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Flask

from cohorts.matching import jobs as matching_jobs
from cohorts.matching import routes as matching
from cohorts.matching.service.group_news import drop_group_news
from cohorts.matching.service.introductions import drop_introductions, introduce_anew
from cohorts.matching.service.merged import merge_pairs
from consortium.merging.models import MergeKind
from consortium.merging.service import Moves, merged_people, merging_people, unmerged
from consortium.people.service.consents import consent_withdrawn
from events import facade


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of peer matching."""
    return (matching.bp,)


def init_app(app: Flask) -> None:
    """Let the worker do what the cohorts package has to do."""
    matching_jobs.init_app(app)


@consent_withdrawn.connect
def _take_back_introductions(person_id: UUID, *, institute_id: UUID) -> None:
    """Let no mail name to peers who does not take part any more."""
    introduce_anew(person_id, institute_id=institute_id)


@facade.institute_cancelled.connect
def _drop_introductions(institute_id: UUID, *, by: str) -> None:  # noqa: ARG001  (others note it)
    """Let no mail introduce peers, or name tables, at an institute that is cancelled."""
    drop_introductions(institute_id)
    drop_group_news(institute_id)


@merging_people.connect
def _merge_pairs(moves: Moves) -> None:
    """Let pairs of two records of one person be that person's."""
    merge_pairs(moves)


@merged_people.connect
@unmerged.connect
def _introduce_anew(moves: Moves) -> None:
    """Let mails that have not left yet introduce people as they are now."""
    if moves.kind is MergeKind.PERSON:
        introduce_anew(moves.kept, moves.gone)
