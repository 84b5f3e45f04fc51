"""What of all consortia is open to a state, or to one LEA: public facts, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.database import db
from consortium.directory.models import Lea
from consortium.errors import Refusal
from consortium.tenancy import for_every_tenant
from consortium.tenants.models import Tenant
from consortium.words import Sentence
from events.institutes import service as institutes
from events.institutes.domain import AdmittedAs, Intake, Status
from events.institutes.domain.opening import Opening
from events.institutes.models import Institute
from events.registration.domain.admission import deadline_in_words
from events.registration.domain.roles import team_roles
from events.registration.service.coming import check_lea


@dataclass(frozen=True, kw_only=True)
class OpenDoor:
    """An institute or cohort that a state's LEAs may come to, as everyone may read it."""

    consortium_slug: str
    consortium: str
    contact: str
    slug: str
    title: str
    summary: str
    venue: str
    is_cohort: bool
    by_application: bool
    first_day: date | None
    last_day: date | None
    by_request: bool
    """Whether the host has to agree first."""
    deadline: Sentence | None
    """Until when, in words, with the zone that is meant; ``None`` where none is set."""
    waitlist: bool
    """Whether only the waitlist is open."""


@dataclass(frozen=True, kw_only=True)
class StatePartnership:
    """A state's own partnership: a consortium here, or one elsewhere that hosts name."""

    name: str
    consortium_slug: str = ""
    """Empty for one elsewhere."""
    url: str = ""
    """Where it is, for one elsewhere."""


def open_doors(state: str, lea: Lea | None = None) -> list[OpenDoor]:
    """Return what is open to this state's LEAs, or to one of them: cohorts first, soonest first.

    Only what is announced, not cancelled, not over, and open to who was not invited. Each says
    by its own rules whom it admits. Reads across consortia, and no person.
    """
    with for_every_tenant():
        found = _announced()
        openings = institutes.openings_of(found)
        tenants = {tenant.id: tenant for tenant in db.session.scalars(select(Tenant))}
        doors = [
            (institute, _door(institute, tenants[institute.tenant_id], opening, state))
            for institute in found
            if (opening := openings[institute.id]) and _is_open(institute, opening)
            if _admits(institute, state, lea)
        ]
    doors.sort(key=lambda one: (not one[1].is_cohort, one[1].first_day or date.max, one[1].title))
    return [door for _, door in doors]


def partnerships_of_state(state: str) -> list[StatePartnership]:
    """Return the partnerships that serve a state: those here, then those that hosts name."""
    here = [
        StatePartnership(name=tenant.name, consortium_slug=tenant.slug)
        for tenant in db.session.scalars(select(Tenant).order_by(Tenant.name, Tenant.slug))
        if state in tenant.states
    ]
    with for_every_tenant():
        named = [
            institute.partnership_links[state]
            for institute in _announced()
            if state in institute.partnership_links
        ]
    elsewhere = {one["url"]: StatePartnership(name=one["name"], url=one["url"]) for one in named}
    known = {one.name for one in here}
    return [*here, *(one for one in elsewhere.values() if one.name not in known)]


def _announced() -> Sequence[Institute]:
    statement = (
        select(Institute)
        .where(Institute.status == Status.PUBLISHED)
        .options(
            selectinload(Institute.days),
            selectinload(Institute.deadlines),
            selectinload(Institute.roles),
        )
        .order_by(Institute.id)
    )
    return db.session.scalars(statement).all()


def _is_open(institute: Institute, opening: Opening) -> bool:
    if opening.over or institute.intake is Intake.INVITATION:
        return False
    begins = min((day.on for day in institute.days), default=None)
    if opening.closes is None and begins is not None:  # nobody begins in the midst of it
        return begins > clock.now().astimezone(institute.zone).date()
    return not opening.closed or bool(institute.waitlist)


def _admits(institute: Institute, state: str, lea: Lea | None) -> bool:
    """Tell whether the institute's own rules let the state's LEAs, or this one, send a team."""
    if institute.admission.of(state) is AdmittedAs.NOT:
        return False
    if institute.terms.roles and not team_roles(institute.terms, state):
        return False
    if lea is None:
        return True
    try:
        check_lea(institute, lea)
    except Refusal:
        return False
    return True


def _door(institute: Institute, tenant: Tenant, opening: Opening, state: str) -> OpenDoor:
    days = [day.on for day in institute.days]
    closes = opening.closes
    return OpenDoor(
        consortium_slug=tenant.slug,
        consortium=tenant.name,
        contact=tenant.reply_address,
        slug=institute.slug,
        title=institute.title,
        summary=institute.summary,
        venue=institute.venue,
        is_cohort=institute.is_cohort,
        by_application=institute.intake is Intake.APPLICATION,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        by_request=institute.admission.of(state) is AdmittedAs.BY_REQUEST,
        deadline=deadline_in_words(closes, institute.zone) if closes else None,
        waitlist=opening.closed,
    )
