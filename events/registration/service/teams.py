"""A team from its start to its withdrawal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.directory.models import Lea
from consortium.merging import service as merging
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Identity
from consortium.words import say
from events.institutes.domain import AdmittedAs, Status
from events.institutes.models import Institute
from events.institutes.service import opening_of
from events.registration.domain import (
    SCHOOL_SITE,
    Edit,
    RegistrationRefused,
    all_of,
    check_open,
    check_roles,
    masked,
    merged,
)
from events.registration.models import (
    ONE_TEAM_PER_LEA,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
)
from events.registration.service.coming import check_lea, team_starting
from events.registration.service.finding import (
    Editor,
    begin_at,
    contact_of,
    lock_team,
    refuse_cancelled,
)
from events.registration.service.leads import ask_nobody
from events.registration.service.leaving import take_back
from events.registration.service.naming import NamedPerson, check_not_withdrawn, seat_people
from events.registration.service.places import release_places
from events.registration.service.standing import settle
from events.registration.service.submission import door_of


@dataclass(frozen=True, kw_only=True)
class Start:
    """What a lead says to start a team."""

    lea_id: str
    lead_name: str
    side: Side
    site: str = ""
    role_codes: tuple[str, ...] = ()
    """The roles the lead fills in the team; none when the lead only does the registering."""
    for_waitlist: bool = False
    """The lead knows that registration has closed and prepares the team for the waitlist."""
    by_host: bool = False
    """The host starts it for the LEA: the way in and the closing bind only those who ask."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a team is called, and its school where schools send teams."""

    name: str
    site: str = ""


class LedAlready(RegistrationRefused):
    """The LEA has a team at this institute."""


def start_team(institute: Institute, start: Start, *, by: Identity) -> Team:
    """Begin an LEA's team, led by whoever starts it; the draft holds no places yet.

    Raises ``RegistrationRefused`` when the LEA may not come, has a team already (the sentence
    says who leads it), or registration has closed for good; ``Waitable`` when only the waitlist
    is open and the lead has not seen that yet.
    """
    refuse_cancelled(institute)
    if institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    lea = merging.lea_named(start.lea_id)
    ground = check_lea(institute, lea)
    _site(institute, start.site)
    if not start.by_host:
        team_starting.send(institute, lea_id=lea.id)
        door = door_of(institute)
        if not (start.for_waitlist and door.for_waitlist_only):
            check_open(door, contact=contact_of(institute))
    if start.role_codes:
        check_roles(start.role_codes, institute.terms, lea.state, field="role")
    team = begin_team(institute, lea, start, ground, by=by)
    audit.record(
        "start_team",
        f"team:{team.id}",
        by=by.email,
        after={
            "institute": institute.slug,
            "lea": lea.id,
            "site": team.site,
            "side": start.side.value,
        },
    )
    return team


def begin_team(
    institute: Institute, lea: Lea, start: Start, ground: AdmittedAs, *, by: Identity
) -> Team:
    """Store the draft of a team that may come, led by ``by``.

    Raises ``LedAlready`` when the LEA has a team, ``HostCancelled``. Flushes.
    """
    begin_at(institute)
    site = _site(institute, start.site)
    person = people.person_for(by, name=start.lead_name)
    now = clock.now()
    team = Team(
        institute_id=institute.id,
        lea_id=lea.id,
        site=site,
        name=f"{lea.name}, {site}" if site else lea.name,
        state=lea.state,
        admitted_as=ground,
        created_at=now,
        leads=[TeamLead(person_id=person.id, side=start.side, since=now)],
        seats=[],
        waivers=[],
    )
    with _one_team_per_lea(institute, lea.id, site, person.id):
        db.session.add(team)
    if start.role_codes:
        seat_people(
            team,
            [NamedPerson(name=start.lead_name, email=by.email, role_codes=start.role_codes)],
        )
    settle(team)
    return team


def describe_team(team_id: UUID, editor: Editor, wanted: Details, *, base: Details) -> Team:
    """Change what the team is called and, where teams come from schools, its school.

    ``base`` is what the page showed: what someone else changed meanwhile stays where this editor
    did not touch it. Raises ``EditConflict`` with both versions where both did, and
    ``RegistrationRefused`` when the school has a team already.
    """
    team = lock_team(team_id, editor)
    check_not_withdrawn(team)
    before = {"name": team.name, "site": team.site}
    now = merged(
        {
            "name": Edit(label=say("Name"), base=base.name, stored=team.name, sent=wanted.name),
            "site": Edit(
                label=say("School"),
                base=base.site,
                stored=team.site,
                sent=_site(team.institute, wanted.site),
            ),
        }
    )
    with _one_team_per_lea(team.institute, team.lea_id, now["site"], editor.person_id):
        team.name = now["name"]
        team.site = now["site"]
        team.version += 1
    settle(team)
    audit.record("describe_team", f"team:{team.id}", by=editor.email, before=before, after=now)
    return team


def withdraw_team(team_id: UUID, editor: Editor) -> Team:
    """Take the team out: its places are free, its members' seats end and they are told.

    Raises ``RegistrationRefused`` when it was withdrawn before, or has been at the institute.
    """
    team = lock_team(team_id, editor)
    if team.status is TeamStatus.WITHDRAWN:
        raise RegistrationRefused(say("This team was withdrawn already."))
    was_there = team.status is TeamStatus.REGISTERED and opening_of(team.institute).over
    if was_there and not editor.coordinates:
        raise RegistrationRefused(
            say(
                "This institute is over, and the record of who came stays. To ask the host, "
                "write to %(contact)s.",
                contact=contact_of(team.institute),
            )
        )
    before = {"status": team.status.value, "people": len(team.active_seats)}
    take_out(team)
    audit.record(
        "withdraw_team",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={"status": team.status.value},
    )
    return team


def take_out(team: Team) -> None:
    """End the team's registration: its places are free, whoever was invited is told. Flushes."""
    outbox.supersede(f"team:{team.id}")
    team.status = TeamStatus.WITHDRAWN
    team.offer_expires_at = None
    team.withdrawn_at = clock.now()
    team.waitlist_position = None
    ask_nobody(team)
    for seat in team.held_seats:
        take_back(seat)
    release_places(team)
    settle(team)


def _site(institute: Institute, site: str) -> str:
    """Return the school a team comes from; empty where whole LEAs send teams."""
    if SCHOOL_SITE not in institute.unit_types:
        return ""
    if not site:
        raise RegistrationRefused(
            say("Teams of this institute come from one school each. Name the school."), field="site"
        )
    return site


@contextmanager
def _one_team_per_lea(
    institute: Institute, lea_id: str | None, site: str, person_id: UUID | None
) -> Iterator[None]:
    """Store what the block changes, or say who leads the team that the LEA has already.

    The savepoint keeps the transaction usable, so that the other team can still be read.
    """
    try:
        with translating(ONE_TEAM_PER_LEA, into=LedAlready("")), db.session.begin_nested():
            yield
    except LedAlready as refused:
        raise _led_already(institute, lea_id, site, person_id) from refused


def _led_already(
    institute: Institute, lea_id: str | None, site: str, person_id: UUID | None
) -> LedAlready:
    team = db.session.scalars(
        select(Team)
        .where(
            Team.institute_id == institute.id,
            Team.lea_id == lea_id,
            Team.site == site,
            Team.kind == TeamKind.TEAM,
            Team.status != TeamStatus.WITHDRAWN,
        )
        .options(selectinload(Team.leads).joinedload(TeamLead.person))
    ).one()
    if any(lead.person_id == person_id for lead in team.leads):
        return LedAlready(
            say("You lead a team of %(team)s already. Find it under “My teams”.", team=team.name)
        )
    return LedAlready(
        say(
            "%(team)s has a team for this institute already, led by %(leads)s. Ask to be named "
            "there, or write to %(contact)s.",
            team=team.name,
            leads=all_of([masked(lead.person.email) for lead in team.leads]),
            contact=contact_of(institute),
        )
    )
