"""What the application mounts of the events package."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, Flask

from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import mail_lost
from consortium.tenancy import as_tenant
from events import merges  # noqa: F401  (importing it connects it)
from events.agenda import routes as agenda
from events.board import jobs as board_jobs
from events.board import routes as board
from events.bulk import routes as bulk
from events.institutes import routes as institutes
from events.institutes.models import Institute
from events.institutes.service import meetings_wanted
from events.institutes.service.editing import (
    dropping_choices,
    taking_out,
    terms_changed,
    zone_changed,
)
from events.institutes.service.pools import counting_offers
from events.intake import jobs as intake_jobs
from events.intake import routes as intake
from events.intake import service as intake_service
from events.packets import routes as packets
from events.programmes import routes as programmes
from events.programmes.service import meeting_days
from events.programmes.service.safety import keep_what_members_chose, keep_what_sessions_need
from events.programmes.service.sessions import move_sessions
from events.questions import jobs as questions_jobs
from events.questions import routes as questions
from events.registration import jobs as registration_jobs
from events.registration import routes as registration
from events.registration import service as teams
from events.schedule import routes as schedule


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of every feature of events."""
    return (
        institutes.bp,
        programmes.bp,
        questions.bp,
        registration.bp,
        intake.bp,
        packets.bp,
        board.bp,
        bulk.bp,
        schedule.bp,
        agenda.bp,
    )


def init_app(app: Flask) -> None:
    """Give the worker what features of events do now and then."""
    registration_jobs.init_app(app)
    board_jobs.init_app(app)
    questions_jobs.init_app(app)
    intake_jobs.init_app(app)


@meetings_wanted.connect
def _days_of_meetings(cohorts: Iterable[Institute]) -> Mapping[UUID, Sequence[date | None]]:
    """Let a cohort be over after its last meeting, not after its opening."""
    return meeting_days(cohorts)


@terms_changed.connect
def _judge_teams_anew(institute_id: UUID) -> None:
    """Let what is stored of a team's completeness follow the institute's terms."""
    teams.judge_again(institute_id=institute_id)


@counting_offers.connect
def _count_offers(institute_id: UUID, *, code: str) -> int:
    """Let who lowers a limit read how many places are held by offers."""
    return teams.places_offered(institute_id, code)


@taking_out.connect
def _keep_what_sessions_need(
    institute_id: UUID, *, days: frozenset[date], roles: frozenset[str]
) -> None:
    """Let no day or role go that a session is on or for."""
    keep_what_sessions_need(institute_id, days=days, roles=roles)


@dropping_choices.connect
def _keep_what_members_chose(institute_id: UUID, *, codes: frozenset[str]) -> None:
    """Let no optional day and no strand go that members chose."""
    keep_what_members_chose(institute_id, codes=codes)


@zone_changed.connect
def _move_sessions(institute_id: UUID, *, before: str, after: str) -> None:
    """Let sessions keep their time of day in the institute's new zone."""
    move_sessions(institute_id, before=before, after=after)


@teams.team_starting.connect
def _check_the_way_in(institute: Institute, *, lea_id: str) -> None:
    """Let only those start a team whom the institute's way in admits."""
    intake_service.check_way_in(institute, lea_id=lea_id)


@mail_lost.connect
def _note_lost_link(mail: OutboxEmail, *, why: str) -> None:  # noqa: ARG001  (others show it)
    """Let applicants and the host see that a link of intake did not arrive."""
    if mail.tenant_id is not None:
        with as_tenant(mail.tenant_id):
            intake_service.note_lost(mail)


@mail_lost.connect
def _note_lost_invitation(mail: OutboxEmail, *, why: str) -> None:
    """Let leads and coordinators see that an invitation did not arrive."""
    if mail.tenant_id is not None:
        with as_tenant(mail.tenant_id):
            teams.note_lost_invitation(mail, why)
