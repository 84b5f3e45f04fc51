"""Where an application stands at this moment: whether applying is open, who has signed."""

from datetime import date

from consortium import clock
from consortium.words import say
from events.institutes.domain import APPLY_CLOSING, Due
from events.institutes.models import Institute
from events.intake.domain import Eligibility, IntakeRefused, PledgeWord, eligibility
from events.intake.models import Application, ApplicationStatus, Pledge
from events.registration.domain import Door, door_at

UNDECIDED = (ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED)
LATE = "late_until"


def applying_door(institute: Institute) -> Door:
    """Return whether one can apply at this moment, by the institute's own clock."""
    return door_at(clock.now(), institute.dues, institute.zone, APPLY_CLOSING, has_waitlist=False)


def door_of(application: Application) -> Door:
    """Return whether this application is still taken, and its leaders' word."""
    return door_for(application.institute, application.late_until)


def door_for(institute: Institute, late_until: date | None) -> Door:
    """Return the same for one that the host takes until ``late_until`` after applying closed."""
    door = applying_door(institute)
    if late_until is None or not door.closed:
        return door
    due = Due(code=LATE, what="", on=late_until)
    return door_at(clock.now(), [due], institute.zone, (LATE,), has_waitlist=False)


def check_open(door: Door, *, contact: str) -> None:
    """Raise ``IntakeRefused`` when applying, and signing, has closed."""
    if door.closed:
        raise IntakeRefused(
            say(
                "Applying closed on %(when)s. To ask the host, write to %(contact)s.",
                when=door.when,
                contact=contact,
            )
        )


def word_of(pledge: Pledge) -> PledgeWord:
    """Return where a leader's word stands."""
    return PledgeWord(
        label=pledge.label,
        side=pledge.side,
        required=pledge.required,
        named=bool(pledge.email),
        signed=pledge.signed_at is not None,
        declined=pledge.declined_at is not None,
    )


def eligibility_of(application: Application) -> Eligibility:
    """Judge an application as it stands now."""
    return eligibility(
        [word_of(pledge) for pledge in application.pledges],
        submitted=application.status is not ApplicationStatus.DRAFT,
        closed=door_of(application).closed,
    )
