"""Deciding: the choice becomes true, each applicant gets the letter, the selected get places."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.words import Sentence, say
from events.institutes.domain import Due
from events.institutes.models import Institute
from events.intake import emails
from events.intake.domain import IntakeRefused, Outcome, Wording, wording_of
from events.intake.models import Application, ApplicationStatus
from events.intake.service.finding import applicant_of, contact_of
from events.intake.service.judging import eligibility_of
from events.intake.service.selecting import hold_choice
from events.registration.domain import Waitable
from events.registration.domain.admission import deadline_in_words
from events.registration.models import Team, TeamStatus
from events.registration.service.selected import Chosen, hold_for_selected
from events.registration.service.teams import LedAlready, Start

ROSTER_BY = "roster_by"
MOST_AT_ONCE = 200
"""Writing a mail takes milliseconds, and until all are written nobody else writes to SQLite."""
_DECISIONS = (
    ApplicationStatus.SELECTED,
    ApplicationStatus.WAITLISTED,
    ApplicationStatus.NOT_SELECTED,
)
_TOLD_FIRST = case({status: n for n, status in enumerate(_DECISIONS)}, value=Application.proposed)


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many were told what, and how many still wait for their letter."""

    selected: int
    waitlisted: int
    not_selected: int
    left: int


def decide(institute: Institute, *, by: str) -> Told:
    """Make the choice true, up to ``MOST_AT_ONCE`` applications at a time, selected ones first.

    Each applicant gets one letter, ever. A selected LEA gets a team that holds its places until
    the roster is due. Raises ``IntakeRefused`` when nothing is chosen yet, or when the places do
    not suffice for a team (nothing is done then).
    """
    hold_choice(institute, ApplicationStatus.SUBMITTED)
    meant = select(Application).where(
        Application.institute_id == institute.id,
        Application.status == ApplicationStatus.SUBMITTED,
        Application.proposed.is_not(None),
    )
    inorder = meant.order_by(
        _TOLD_FIRST, Application.rank.is_(None), Application.rank, Application.id
    )
    found = db.session.scalars(
        inorder.options(selectinload(Application.pledges), joinedload(Application.lea))
    ).all()
    if not found:
        raise IntakeRefused(say("Nothing is chosen that is not told already. Propose first."))
    now_told = found[:MOST_AT_ONCE]
    waiting = _last_rank(institute)
    for application in now_told:
        assert application.proposed is not None  # noqa: S101  (the query asks for it)
        _check_eligible(application)
        application.status = application.proposed
        if application.status is ApplicationStatus.WAITLISTED:
            waiting += 1
            application.rank = waiting
        _settle(application, institute, by=by)
    done = [application.status for application in now_told]
    told = Told(
        selected=done.count(ApplicationStatus.SELECTED),
        waitlisted=done.count(ApplicationStatus.WAITLISTED),
        not_selected=done.count(ApplicationStatus.NOT_SELECTED),
        left=len(found) - len(now_told),
    )
    audit.record(
        "decide",
        f"institute:{institute.id}",
        by=by,
        after={
            "selected": told.selected,
            "waitlisted": told.waitlisted,
            "not_selected": told.not_selected,
            "teams": [str(one.team_id) for one in now_told if one.team_id],
        },
    )
    return told


def offer_to_next(institute: Institute, *, by: str) -> Application:
    """Select the first application of the waitlist, after a team gave its place back.

    Raises ``IntakeRefused`` when nobody waits or there is no place for it.
    """
    hold_choice(institute, ApplicationStatus.WAITLISTED)
    application = next_waiting(institute)
    if application is None:
        raise IntakeRefused(say("Nobody is on the waitlist."))
    before = {"status": application.status.value, "rank": application.rank}
    application.status = ApplicationStatus.SELECTED
    application.rank = None
    reason = say("A place became free, and this application was next on the waitlist.")
    application.reasons = [*application.reasons, str(reason)]
    _settle(application, institute, by=by)
    audit.record(
        "offer_to_next",
        f"application:{application.id}",
        by=by,
        before=before,
        after={"status": application.status.value, "team": str(application.team_id)},
    )
    return application


def next_waiting(institute: Institute) -> Application | None:
    """Return the first application of the waitlist."""
    waiting = select(Application).where(
        Application.institute_id == institute.id,
        Application.status == ApplicationStatus.WAITLISTED,
    )
    return db.session.scalar(waiting.order_by(Application.rank, Application.id).limit(1))


def team_of(application: Application) -> Team | None:
    """Return the team that an application became."""
    if application.team_id is None:
        return None
    return db.session.scalar(select(Team).where(Team.id == application.team_id))


def waitlist_place(application: Application) -> int:
    """Return how many of the waitlist come before an application, itself counted."""
    statement = select(func.count(Application.id)).where(
        Application.institute_id == application.institute_id,
        Application.status == ApplicationStatus.WAITLISTED,
        Application.rank <= application.rank,
    )
    return db.session.scalar(statement) or 0


def given_back(institute: Institute) -> int:
    """Return how many of the selected teams are not coming after all."""
    gone = (TeamStatus.WITHDRAWN, TeamStatus.DRAFT)
    statement = (
        select(func.count(Team.id))
        .join(Application, Application.team_id == Team.id)
        .where(Application.institute_id == institute.id, Team.status.in_(gone))
    )
    return db.session.scalar(statement) or 0


def sample_letter(institute: Institute, wording: Wording) -> Wording:
    """Fill a letter for a real applicant; for an imagined one while nobody has applied."""
    statement = (
        select(Application)
        .where(Application.institute_id == institute.id, Application.submitted_at.is_not(None))
        .order_by(Application.submitted_at, Application.id)
        .options(joinedload(Application.institute))
    )
    application = db.session.scalar(statement.limit(1))
    if application is not None:
        return _filled(wording, institute, applicant_of(application).name, application.name)
    return _filled(wording, institute, "Alex Applicant", str(say("Maple Valley School District")))


def roster_due(institute: Institute) -> datetime:
    """Return until when a selected team's places are held: the host's date, or so many hours."""
    due = _roster_deadline(institute)
    if due is not None:
        # The last second of the deadline's minute, or day: pages show it as the letter says it.
        return due.passes_at(institute.zone) - timedelta(seconds=1)
    return clock.now() + timedelta(hours=institute.offer_hours)


def roster_due_in_words(institute: Institute) -> Sentence:
    """Say until when a selected team's places are held."""
    due = _roster_deadline(institute)
    if due is None:
        local = roster_due(institute).astimezone(institute.zone)
        due = Due(code=ROSTER_BY, what="", on=local.date(), at=local.time())
    return deadline_in_words(due, institute.zone)


def _check_eligible(application: Application) -> None:
    """Raise ``IntakeRefused`` for one that is to be selected and lacks a leader's word."""
    faults = eligibility_of(application).faults
    if application.proposed is ApplicationStatus.SELECTED and faults:
        raise IntakeRefused(
            say(
                "%(lea)s is not eligible now. %(why)s Propose anew, or change it by hand. Nobody "
                "was told anything.",
                lea=application.name,
                why=" ".join(faults),
            )
        )


def _settle(application: Application, institute: Institute, *, by: str) -> None:
    now = clock.now()
    applicant = applicant_of(application)
    application.decided_at, application.decided_by = now, by
    if application.status is ApplicationStatus.SELECTED:
        application.team_id = _team(application, institute, applicant).id
    application.letter_sent_at = now
    db.session.flush()
    outcome = Outcome(application.status.value)
    wording = wording_of(institute.letters, outcome)
    letter = _filled(wording, institute, applicant.name or applicant.email, application.name)
    outbox.promise(
        emails.decision(application, letter, to=applicant),
        about=f"application:{application.id}",
        dedupe_key=f"decision:{application.id}:{outcome.value}",
    )


def _filled(wording: Wording, institute: Institute, name: str, lea: str) -> Wording:
    return wording.filled(
        {
            "name": name,
            "lea": lea,
            "institute": institute.title,
            "deadline": str(roster_due_in_words(institute)),
            "contact": contact_of(institute),
        }
    )


def _team(application: Application, institute: Institute, applicant: Person) -> Team:
    start = Start(
        lea_id=application.lea_id,
        lead_name=applicant.name,
        side=application.side,
        site=application.site,
        by_host=True,
    )
    try:
        chosen = Chosen(
            application_id=application.id,
            seats_wanted=application.seats_wanted,
            until=roster_due(institute),
        )
        return hold_for_selected(institute, start, chosen, lead=applicant.identity)
    except Waitable as refusal:
        raise IntakeRefused(
            say(
                "There are not enough places for %(lea)s. Raise the institute's limits, or select "
                "fewer. Nobody was told anything.",
                lea=application.name,
            )
        ) from refusal
    except LedAlready as refusal:
        raise IntakeRefused(
            say(
                "%(lea)s has a team here already, so it cannot be selected. Set it to “Not "
                "selected” by hand. Nobody was told anything.",
                lea=application.name,
            )
        ) from refusal


def _last_rank(institute: Institute) -> int:
    statement = select(func.max(Application.rank)).where(
        Application.institute_id == institute.id,
        Application.status == ApplicationStatus.WAITLISTED,
    )
    return db.session.scalar(statement) or 0


def _roster_deadline(institute: Institute) -> Due | None:
    due = next((one for one in institute.dues if one.code == ROSTER_BY), None)
    return due if due and clock.now() < due.passes_at(institute.zone) else None
