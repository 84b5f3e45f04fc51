"""Take an institute back to a draft, while nobody counts on it."""

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Refusal
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.programmes.service.safety import (
    applications_handed_in,
    teams_waiting_or_registered,
)
from events.schedule import service as schedule


def unpublish(institute: Institute, *, by: str) -> None:
    """Hide a published institute again, so that it can be rewritten.

    Raises ``Refusal`` once a team is registered or waiting, or an LEA has applied: people count on
    what they were told.
    """
    db.session.refresh(institute, with_for_update=True)
    refuse_cancelled(institute)
    if institute.status is not Status.PUBLISHED:
        return
    teams = teams_waiting_or_registered(institute)
    if teams:
        raise Refusal(
            say(
                "Teams registered or on the waitlist: %(teams)s. So this cannot become a draft "
                "again. You can still edit it.",
                teams=teams,
            )
        )
    applications = applications_handed_in(institute)
    if applications:
        raise Refusal(
            say(
                "Applications handed in: %(applications)s. So this cannot become a draft again. "
                "You can still edit it.",
                applications=applications,
            )
        )
    schedule.take_drafts_over(institute)
    institute.status = Status.DRAFT
    institute.published_at = None
    institute.version += 1
    db.session.flush()
    audit.record(
        "unpublish",
        f"institute:{institute.id}",
        by=by,
        before={"status": Status.PUBLISHED.value},
        after={"status": Status.DRAFT.value},
    )
