"""People who come without a seat, where the host lets its desks take them."""

from dataclasses import dataclass

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.merging import service as merging
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.domain import (
    RegistrationRefused,
    Waitable,
    check_roles,
    role_of_visitors,
    visitor_roles,
)
from events.registration.models import Seat, SeatStatus, Team, TeamKind, TeamLead, TeamStatus
from events.registration.service.coming import check_lea, ground_of
from events.registration.service.finding import Editor, begin_at, contact_of, lock_team
from events.registration.service.invitations import welcome
from events.registration.service.naming import NamedPerson, check_size, seat_people
from events.registration.service.places import hold_places
from events.registration.service.standing import judge_team, team_settled
from events.registration.service.teams import Start, begin_team


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """Someone who stands at the desk and has no seat: with an LEA's team, or as a visitor."""

    name: str
    email: str
    role_code: str = ""
    lea_id: str = ""
    """The LEA; empty for a visitor."""
    site: str = ""
    organisation: str = ""
    place: str = ""
    """A visitor's state or country."""


def seat_walk_in(institute: Institute, walk_in: WalkIn, editor: Editor) -> Seat:
    """Give someone at the door a confirmed seat, with a badge and the mail that confirms it.

    Where the LEA has a registered team the person joins it; where it has none, one begins. Which
    deadline closed registration does not matter, how many places there are does: raises
    ``RegistrationRefused`` when there is none, or the person has a seat, may not come, or names
    no role of the institute. Part of checking in, and recorded there. Flushes.
    """
    begin_at(institute)
    if institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    team = _team(institute, walk_in, editor) if walk_in.lea_id else _visit(institute, walk_in)
    role = walk_in.role_code if walk_in.lea_id else _visitor_role(institute, walk_in)
    if walk_in.lea_id:
        check_roles([role], institute.terms, team.state, field="role")
        check_size(team, 1)
    named = NamedPerson(name=walk_in.name, email=walk_in.email, role_codes=(role,))
    (seat,) = seat_people(team, [named])
    if not team.leads:
        team.leads.append(
            TeamLead(person_id=seat.person_id, side=_side(institute, role), since=clock.now())
        )
    seat.status = SeatStatus.CONFIRMED
    seat.answered_at = clock.now()
    db.session.flush()
    db.session.refresh(seat, ["person"])
    judge_team(team)
    _take_place(team, seat)
    welcome(seat)
    team_settled.send(team)
    return seat


def _team(institute: Institute, walk_in: WalkIn, editor: Editor) -> Team:
    """Return the LEA's registered team, held; a new one where it has none."""
    lea = merging.lea_named(walk_in.lea_id)
    there = select(Team.id).where(
        Team.institute_id == institute.id,
        Team.lea_id == lea.id,
        Team.kind == TeamKind.TEAM,
        Team.status != TeamStatus.WITHDRAWN,
    )
    if walk_in.site:
        there = there.where(Team.site == walk_in.site)
    team_id = db.session.scalar(there.order_by(Team.status != TeamStatus.REGISTERED, Team.id))
    if team_id is None:
        ground = check_lea(institute, lea)
        start = Start(
            lea_id=lea.id, lead_name=walk_in.name, side=Side.OTHER, site=walk_in.site, by_host=True
        )
        team = begin_team(institute, lea, start, ground, by=people.identity_for(walk_in.email))
        team.leads[0].side = _side(institute, walk_in.role_code)
        return _registered(team)
    team = lock_team(team_id, editor)
    if team.status is not TeamStatus.REGISTERED:
        raise RegistrationRefused(
            say(
                "%(team)s has a team that is not registered yet. A coordinator has to admit it "
                "first: %(contact)s.",
                team=team.name,
                contact=contact_of(institute),
            ),
            field="lea_id",
        )
    return team


def _visit(institute: Institute, walk_in: WalkIn) -> Team:
    ground = ground_of(institute, walk_in.place)
    group = Team(
        institute_id=institute.id,
        kind=TeamKind.VISITORS,
        name=walk_in.organisation or walk_in.name,
        state=walk_in.place,
        admitted_as=ground,
        created_at=clock.now(),
        seats=[],
        leads=[],
        waivers=[],
    )
    db.session.add(group)
    db.session.flush()
    return _registered(group)


def _registered(team: Team) -> Team:
    team.status = TeamStatus.REGISTERED
    team.registered_at = clock.now()
    db.session.flush()
    return team


def _visitor_role(institute: Institute, walk_in: WalkIn) -> str:
    rules = visitor_roles(institute.terms, walk_in.place)
    if not rules:
        raise RegistrationRefused(
            say("This institute takes no visitors from there. Find the person's LEA instead."),
            field="place",
        )
    return role_of_visitors(rules, walk_in.role_code).code


def _take_place(team: Team, seat: Seat) -> None:
    """Take a place for one more. Raises ``RegistrationRefused`` when there is none."""
    try:
        hold_places(team)
        db.session.flush()
    except Waitable as full:
        raise RegistrationRefused(
            say(
                "Every place is taken, so %(name)s cannot be registered. A coordinator can raise "
                "the number of places.",
                name=seat.name,
            )
        ) from full


def _side(institute: Institute, role_code: str) -> Side:
    sides = {role.code: role.side for role in institute.roles}
    return sides.get(role_code, Side.OTHER)
