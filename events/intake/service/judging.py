"""Where an application stands at this moment: whether applying is open, who has signed."""

from consortium import clock
from consortium.words import say
from events.institutes.domain import APPLY_CLOSING
from events.institutes.models import Institute
from events.intake.domain import Eligibility, IntakeRefused, PledgeWord, eligibility
from events.intake.models import Application, ApplicationStatus, Pledge
from events.registration.domain import Door, door_at

UNDECIDED = (ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED)


def applying_door(institute: Institute) -> Door:
    """Return whether one can apply at this moment, by the institute's own clock."""
    return door_at(clock.now(), institute.dues, institute.zone, APPLY_CLOSING, has_waitlist=False)


def check_applying_open(institute: Institute, *, contact: str) -> None:
    """Raise ``IntakeRefused`` when applying, and signing, has closed."""
    door = applying_door(institute)
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
        closed=applying_door(application.institute).closed,
    )
