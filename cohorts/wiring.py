"""What the application mounts of the cohorts package."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Flask

from cohorts.handover import jobs as handover_jobs
from cohorts.handover import routes as handover
from cohorts.handover.domain.parts import PlanFacts
from cohorts.handover.domain.risk import Unsigned
from cohorts.handover.service import plan_facts_wanted
from cohorts.handover.service.merged import settle_departures, settle_people
from cohorts.learning import routes as learning
from cohorts.learning.service.merged import merge_years
from cohorts.learning.service.partnerships import (
    Joining,
    join_partnerships,
    joining_partnerships,
    partnership_of_place,
)
from cohorts.matching import jobs as matching_jobs
from cohorts.matching import routes as matching
from cohorts.matching.service.asking import drop_requests
from cohorts.matching.service.group_news import drop_group_news
from cohorts.matching.service.introductions import drop_introductions, introduce_anew
from cohorts.matching.service.merged import merge_pairs
from cohorts.matching.service.merged_parts import merge_standings
from cohorts.matching.service.parting import part_declined, part_from_all
from cohorts.pathways import routes as pathways
from cohorts.plans import jobs as plans_jobs
from cohorts.plans import routes as plans
from cohorts.plans.service.merged import join_plans, merge_answers
from cohorts.plans.service.waiting import waiting_of
from cohorts.reflections import routes as reflections
from cohorts.reflections.service.merged import merge_reflections
from cohorts.reports import routes as reports
from cohorts.reports.service.consents import agree_alike
from cohorts.structures import routes as structures
from cohorts.surveys import jobs as surveys_jobs
from cohorts.surveys import routes as surveys
from cohorts.surveys.service.merged import join_waves, merge_names
from cohorts.surveys.service.waves import end_waves
from consortium.merging.models import MergeKind
from consortium.merging.service import (
    Moves,
    merged_people,
    merging_leas,
    merging_people,
    unmerged,
)
from consortium.people.domain import Side
from consortium.people.service.consents import consent_withdrawn
from events import facade


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of partnerships, their years, plans and peers, and of reports."""
    return (
        learning.bp,
        matching.bp,
        plans.bp,
        reflections.bp,
        structures.bp,
        handover.bp,
        reports.bp,
        surveys.bp,
    )


def open_blueprints() -> Sequence[Blueprint]:
    """Return the pages that belong to no consortium: what is open to whom in the country."""
    return (pathways.bp,)


def init_app(app: Flask) -> None:
    """Let the worker do what the cohorts package has to do."""
    matching_jobs.init_app(app)
    plans_jobs.init_app(app)
    handover_jobs.init_app(app)
    surveys_jobs.init_app(app)


@facade.team_settled.connect
def _begin_partnership(team: facade.Team) -> None:
    """Let an LEA's partnership begin when its first team has its places."""
    if (
        team.lea_id is not None
        and team.comes_as_team
        and team.status is facade.TeamStatus.REGISTERED
    ):
        partnership_of_place(team.lea_id, team.site)


@merging_leas.connect
def _join_partnerships(moves: Moves) -> None:
    """Let two LEAs that become one have one partnership."""
    join_partnerships(moves)
    merge_standings(moves)


@merging_people.connect
def _merge_years(moves: Moves) -> None:
    """Leave one assignment, and one make-up, where both records have one."""
    merge_years(moves)


@consent_withdrawn.connect
def _take_back_introductions(person_id: UUID, *, institute_id: UUID) -> None:
    """Let no mail name to peers who does not take part any more."""
    introduce_anew(person_id, institute_id=institute_id)
    drop_requests(institute_id, person_id)
    part_from_all(institute_id, person_id)


@facade.institute_cancelled.connect
def _drop_introductions(institute_id: UUID, *, by: str) -> None:  # noqa: ARG001  (others note it)
    """Let no mail introduce peers, or name tables, at an institute that is cancelled."""
    drop_introductions(institute_id)
    drop_requests(institute_id)
    part_from_all(institute_id)
    drop_group_news(institute_id)


@merging_people.connect
def _merge_pairs(moves: Moves) -> None:
    """Let pairs of two records of one person be that person's."""
    merge_pairs(moves)


@merging_people.connect
def _agree_alike(moves: Moves) -> None:
    """Let no consent to be named pass from one record to the other."""
    agree_alike(moves)


@merged_people.connect
def _part_declined(moves: Moves) -> None:
    """Call off what somebody planned with whoever had declined the other record."""
    part_declined(moves)


@merged_people.connect
@unmerged.connect
def _introduce_anew(moves: Moves) -> None:
    """Let mails that have not left yet introduce people as they are now."""
    if moves.kind is MergeKind.PERSON:
        introduce_anew(moves.kept, moves.gone)


@merging_people.connect
def _merge_answers(moves: Moves) -> None:
    """Leave one answer to each duty, and one look back on each meeting."""
    merge_answers(moves)
    merge_reflections(moves)


@joining_partnerships.connect
def _join_plans(joining: Joining) -> None:
    """Leave one open plan of a school year."""
    join_plans(joining)


@merging_people.connect
def _settle_handovers(moves: Moves) -> None:
    """Leave one tick, one offer of a contact and one departure of two records of one person."""
    settle_people(moves)


@joining_partnerships.connect
def _settle_departures(joining: Joining) -> None:
    """Leave one of what two partnerships that become one have each once."""
    settle_departures(joining)


@plan_facts_wanted.connect
def _tell_of_plans(partnership_ids: tuple[UUID, ...]) -> dict[UUID, PlanFacts]:
    """Let a plan that one side has not signed count among what puts a partnership at risk."""
    return {
        key: PlanFacts(
            unsigned=[
                Unsigned(side=Side(side.value), since=one.since)
                for side in one.unsigned
                if one.since is not None
            ],
            next_on=one.next_on,
        )
        for key, one in waiting_of(partnership_ids).items()
    }


@merging_people.connect
def _merge_names(moves: Moves) -> None:
    """Let one person stand once on each list of a survey, under one pseudonym."""
    merge_names(moves)


@joining_partnerships.connect
def _join_waves(joining: Joining) -> None:
    """Let a survey ask a partnership, and each of its people, once."""
    join_waves(joining)


@facade.institute_cancelled.connect
def _end_waves(institute_id: UUID, *, by: str) -> None:  # noqa: ARG001  (others note it)
    """Ask nobody about a cohort that is cancelled."""
    end_waves(institute_id)
