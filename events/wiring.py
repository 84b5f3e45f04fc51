"""What the application mounts of the events package."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, Flask

from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import mail_lost
from consortium.tenancy import as_tenant
from events import following, handing, merges  # noqa: F401  (importing them connects them)
from events.agenda import jobs as agenda_jobs
from events.agenda import routes as agenda
from events.billing import jobs as billing_jobs
from events.billing import routes as billing_routes
from events.billing import service as billing
from events.board import jobs as board_jobs
from events.board import routes as board
from events.booklets import routes as booklets
from events.books import routes as books
from events.books.service.holding import held_back
from events.bulk import routes as bulk
from events.checkin import routes as checkin
from events.credit import jobs as credit_jobs
from events.credit import routes as credit
from events.deliverables import jobs as deliverables_jobs
from events.deliverables import routes as deliverables
from events.institutes import routes as institutes
from events.institutes.domain.cancelling import Ending
from events.institutes.models import Institute
from events.institutes.service import meetings_wanted
from events.institutes.service.cancelling import (
    endings_wanted,
    institute_cancelled,
    institute_held,
)
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
from events.intake.service import cancelling as ending_intake
from events.invoices import jobs as invoices_jobs
from events.invoices.service.dunning import under_way
from events.materials import routes as materials
from events.packets import routes as packets
from events.payments import jobs as payments_jobs
from events.payments import routes as payments
from events.payments.routes import checkout, webhooks
from events.programmes import routes as programmes
from events.programmes.service import meeting_days
from events.programmes.service.safety import keep_what_members_chose, keep_what_sessions_need
from events.programmes.service.sessions import move_sessions
from events.questions import jobs as questions_jobs
from events.questions import routes as questions
from events.registration import jobs as registration_jobs
from events.registration import routes as registration
from events.registration import service as teams
from events.registration.models import Team
from events.registration.service import cancelling as ending_registration
from events.schedule import jobs as schedule_jobs
from events.schedule import routes as schedule
from events.signage import routes as signage


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of every feature of events."""
    return (
        institutes.bp,
        programmes.bp,
        questions.bp,
        registration.bp,
        intake.bp,
        packets.bp,
        billing_routes.bp,
        billing_routes.payer_bp,
        payments.bp,
        books.bp,
        board.bp,
        bulk.bp,
        credit.bp,
        schedule.bp,
        agenda.bp,
        materials.bp,
        deliverables.bp,
        checkin.bp,
        booklets.bp,
        signage.bp,
        checkout.bp,
        webhooks.bp,
    )


def signed_blueprints() -> Sequence[Blueprint]:
    """Return what takes messages of other servers, signed by them, and no forms."""
    return (webhooks.bp,)


def init_app(app: Flask) -> None:
    """Give the worker what features of events do now and then."""
    registration_jobs.init_app(app)
    board_jobs.init_app(app)
    questions_jobs.init_app(app)
    intake_jobs.init_app(app)
    invoices_jobs.init_app(app)
    billing_jobs.init_app(app)
    payments_jobs.init_app(app)
    deliverables_jobs.init_app(app)
    schedule_jobs.init_app(app)
    agenda_jobs.init_app(app)
    credit_jobs.init_app(app)


@meetings_wanted.connect
def _days_of_meetings(cohorts: Iterable[Institute]) -> Mapping[UUID, Sequence[date | None]]:
    """Let a cohort be over after its last meeting, not after its opening."""
    return meeting_days(cohorts)


@terms_changed.connect
def _judge_teams_anew(institute_id: UUID) -> None:
    """Let what is stored of a team's completeness follow the institute's terms."""
    teams.judge_again(institute_id=institute_id)


@under_way.connect
def _wait_for_money_on_its_way(invoice_ids: Collection[UUID]) -> frozenset[UUID]:
    """Let nobody be reminded while a bank sends money, or two banks dispute it."""
    return held_back(invoice_ids)


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


@teams.team_settled.connect
def _follow_with_the_bill(team: Team) -> None:
    """Let what a team owes follow who comes."""
    billing.follow(team)


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


@endings_wanted.connect
def _count_what_ends(institute_id: UUID) -> Sequence[Ending]:
    """Let who cancels an institute read in numbers what ends with it."""
    return (
        *ending_registration.endings_at(institute_id),
        *ending_intake.endings_at(institute_id),
        *billing.endings_at(institute_id),
    )


@institute_held.connect
def _hold_teams(institute_id: UUID) -> None:
    """Let whoever edits a team finish before its institute is cancelled."""
    ending_registration.hold_teams(institute_id)


@institute_cancelled.connect
def _end_everything(institute_id: UUID, *, by: str) -> None:  # noqa: ARG001  (others note it)
    """Let what waits at a cancelled institute end, and everyone who counts on it be told.

    Registration comes first: who applied and has a seat too is told once, with the calendar.
    """
    ending_registration.end_at(institute_id)
    ending_intake.end_at(institute_id)


@institute_cancelled.connect
def _give_everything_back(institute_id: UUID, *, by: str) -> None:
    """Let nobody owe anything for it, and everything that was paid go back."""
    billing.give_everything_back(institute_id, by=by)
