"""Teams that a coordinator brings from a list: the same rules, many people at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortium import clock
from consortium.database import db
from consortium.merging import service as merging
from consortium.people import service as people
from consortium.people.domain import Side, normalise_email
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.domain import RegistrationRefused, check_roles
from events.registration.models import Seat, Team, TeamLead
from events.registration.service.coming import check_lea
from events.registration.service.finding import Editor
from events.registration.service.leaving import lapse_wishes
from events.registration.service.members import correct_address, is_correction, rewrite
from events.registration.service.naming import NamedPerson, check_editable, fill, name_people
from events.registration.service.standing import settle
from events.registration.service.substitution import Substitution, substitute_in
from events.registration.service.teams import Start, begin_team


@dataclass(frozen=True, kw_only=True)
class Leading:
    """Who leads a team, and for which side."""

    name: str
    email: str
    side: Side


def bring_team(institute: Institute, lea_id: str, site: str, leads: Sequence[Leading]) -> Team:
    """Begin the draft of an LEA's team for those who lead it, without a record of its own.

    Raises ``RegistrationRefused`` when the LEA may not come or has a team.
    """
    if institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    lea = merging.lea_named(lea_id)
    ground = check_lea(institute, lea)
    first, *more = leads
    start = Start(lea_id=lea.id, lead_name=first.name, side=first.side, site=site, by_host=True)
    team = begin_team(institute, lea, start, ground, by=people.identity_for(first.email))
    for lead in more:
        person = people.person_for(people.identity_for(lead.email), name=lead.name)
        team.leads.append(TeamLead(person_id=person.id, side=lead.side, since=clock.now()))
    db.session.flush()
    return team


def take_people(
    team: Team,
    editor: Editor,
    *,
    added: Sequence[NamedPerson] = (),
    changed: Mapping[Seat, NamedPerson] | None = None,
) -> tuple[list[Seat], Mapping[Seat, Seat]]:
    """Give seats to those added and change those there, without a record of its own.

    Returns the new seats, and for each changed seat the one its person has now: another address
    is another person and goes the way of a substitution, which is recorded as such. Raises
    ``RegistrationRefused`` as ``add_member`` and ``change_member`` do.
    """
    check_editable(team, editor)
    now = {seat: _changed(team, seat, wanted, editor) for seat, wanted in (changed or {}).items()}
    if now:
        settle(team)
    return (name_people(team, added) if added else []), now


def _changed(team: Team, seat: Seat, wanted: NamedPerson, editor: Editor) -> Seat:
    check_roles(wanted.role_codes, team.institute.terms, team.state, field="role")
    if seat.person is None:
        fill(team, {seat: wanted})
        return seat
    same_address = normalise_email(wanted.email) == seat.person.email
    if not same_address and not is_correction(seat, wanted):
        return substitute_in(team, seat, Substitution(person=wanted), editor)
    lapse_wishes(seat)
    if same_address:
        rewrite(seat, wanted)
    else:
        correct_address(team, seat, wanted)
    return seat
