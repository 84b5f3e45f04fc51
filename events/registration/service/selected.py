"""A team that the host selected among applicants: its places are held while it names its people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consortium import clock
from consortium.database import db
from consortium.merging import service as merging
from consortium.people.models import Identity
from events.institutes.models import Institute
from events.registration.domain import MISSED_AT_MOST
from events.registration.models import Team, TeamStatus
from events.registration.service.coming import check_lea
from events.registration.service.places import hold_places
from events.registration.service.teams import Start, begin_team


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is held for an LEA that was selected: for how many people, and until when."""

    application_id: UUID
    seats_wanted: int
    until: datetime


def hold_for_selected(
    institute: Institute, start: Start, chosen: Chosen, *, lead: Identity
) -> Team:
    """Begin the team of an LEA that was selected, and hold its places until its roster is due.

    It takes them as a team from the waitlist takes what it is offered; nobody is told here. When
    it lets them lapse, they are free, and it does not queue again by itself. Raises ``Waitable``
    when there are too few places, ``LedAlready`` when the LEA has a team, and
    ``RegistrationRefused`` when it may not come.
    """
    lea = merging.lea_named(start.lea_id)
    team = begin_team(institute, lea, start, check_lea(institute, lea), by=lead)
    team.application_id = chosen.application_id
    team.seats_wanted = chosen.seats_wanted
    team.status = TeamStatus.OFFERED
    team.offered_at = clock.now()
    team.offer_expires_at = chosen.until
    team.offers_missed = MISSED_AT_MOST - 1
    db.session.flush()
    hold_places(team)
    return team
