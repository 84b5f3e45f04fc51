"""The state in which the demonstration begins, told by the services that staff would use."""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import g

from cohorts.matching import service as matching
from consortium import clock
from consortium.access import StaffRole
from consortium.database import transaction
from consortium.demonstration import (
    applying,
    attended,
    both_sides,
    cast,
    checking_in,
    choosing,
    deliverables,
    districts,
    drafting,
    lasting,
    materials,
    money,
    planning,
    programmes,
    questions,
    ranking,
    reporting,
    story_day,
    surveying,
    talking,
    teams,
    together,
    year,
)
from consortium.demonstration.cast import Character
from consortium.people import service as people
from consortium.people.domain import Office, Term
from consortium.people.service import offices
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.domain.consortia import Charter, PartnerRole
from consortium.tenants.models import Tenant
from consortium.tenants.service import partners, staff
from events.checkin.domain import day_of
from events.institutes.models import Institute
from events.programmes.domain.parsing import parse
from events.programmes.service.loading import load_programme

BY = "command:demonstration"
OFFICES = {
    cast.UNION_LEAD.key: (("union_leader", "3499002"),),
    cast.MANAGEMENT_LEAD.key: (("superintendent", "3499001"),),
}
"""Who holds which office at which LEA, since a school year's first day."""


def is_untold() -> bool:
    """Tell whether the database holds no consortium yet."""
    return not tenants.consortia()


def tell() -> None:
    """Load the whole story, or nothing of it; a database that holds a consortium stays as it is.

    Mails name addresses, so this needs a request context.
    """
    with transaction():
        if not is_untold():
            return
        districts.list_them(BY)
        garden_coast = found_garden_coast()
        found_prairie_lakes()
        with as_tenant(garden_coast.id):
            g.tenant = garden_coast  # mails and their links speak for this consortium
            introduce_people()
            garden_coast.goals = list(programmes.GOALS)
            open_programmes(garden_coast)


def found_garden_coast() -> Tenant:
    """Found the partnership that the story is about, with partners and staff."""
    tenant = _found(
        Charter(
            name="Garden Coast Labor-Management Partnership",
            slug=cast.GARDEN_COAST,
            states=("NJ",),
            reply_address="partnership@example.org",
            brand_colour="#1b5e57",
        ),
        owner=cast.COORDINATOR,
    )
    with as_tenant(tenant.id):
        for name, role in (
            ("Garden Coast Education Association", PartnerRole.CO_HOST),
            ("Garden Coast Association of School Administrators", PartnerRole.CO_HOST),
            ("Garden Coast School Boards Association", PartnerRole.CO_HOST),
            ("Garden Coast Principals' Association", PartnerRole.CO_HOST),
            ("Bayberry University School of Labor Relations", PartnerRole.FACILITATOR),
            ("Marsh Family Foundation", PartnerRole.FUNDER),
        ):
            partners.add_partner(name, role, by=cast.COORDINATOR.email)
        for character in cast.CAST:
            if character.consortium == cast.GARDEN_COAST:
                _appoint(tenant, character)
    return tenant


def found_prairie_lakes() -> Tenant:
    """Found a small consortium elsewhere: neither sees anything of the other."""
    tenant = _found(
        Charter(
            name="Prairie Lakes Union-District Network",
            slug=cast.PRAIRIE_LAKES,
            states=("IL",),
            reply_address="network@example.org",
            time_zone="America/Chicago",
            brand_colour="#7a3b12",
        ),
        owner=cast.NEIGHBOR,
    )
    with as_tenant(tenant.id):
        partners.add_partner(
            "Prairie Lakes Teachers Union Reform Network", PartnerRole.CONVENER, by=BY
        )
        _appoint(tenant, cast.NEIGHBOR)
    return tenant


def introduce_people() -> None:
    """Let the partnership know the people of the story who do not work for it."""
    for character in cast.CAST:
        if character.consortium == cast.GARDEN_COAST and not character.staff_roles:
            person = people.person_for(people.identity_for(character.email), name=character.name)
            for role_code, lea_id in OFFICES.get(character.key, ()):
                term = Term(begins_on=date(2024, 7, 1))
                offices.hold_office(person, Office(role_code=role_code, lea_id=lea_id), term, by=BY)


def open_programmes(tenant: Tenant) -> None:
    """Open an institute with its teams and matched peers, a learning cohort, and a draft."""
    today = clock.now().astimezone(ZoneInfo(tenant.time_zone)).date()
    institute = _load(programmes.summer_institute(today))
    questions.ask(institute)
    planning.plan(institute)
    teams.register_all(institute)
    choosing.choose_all(institute)
    ranking.rank_all(institute)
    money.keep_books(institute)
    deliverables.ask(institute, materials.hand_out(institute))
    attended.attend(_load(attended.workshop(today)))
    stories = _load(story_day.story_day(today))
    story_day.rank_stories(stories)
    run = matching.run_matching(institute.id, by=cast.COORDINATOR.email)
    matching.publish_run(run.id, by=cast.COORDINATOR.email)
    talking.talk(institute, today)
    together.bring_together(institute)
    begins = day_of(clock.now(), ZoneInfo(tenant.time_zone))
    checking_in.open_doors(_load(checking_in.programme(begins)))
    year.ask_on(_load(programmes.learning_cohort(today)), institute)
    working_year = _load(year.programme(today))
    year.run(working_year)
    both_sides.work_together(working_year)
    lasting.keep(today)
    surveying.run(working_year)
    applying.apply_all(_load(programmes.winter_academy(today)))
    applying.invite_all(_load(programmes.roundtable(today)))
    _load(drafting.fall_convening(today), publish=False)
    reporting.report(tenant, today)


def _load(programme: dict[str, Any], *, publish: bool = True) -> Institute:
    reading = parse(json.dumps(programme).encode())
    return load_programme(reading.programme, by=cast.COORDINATOR.email, publish=publish)


def _found(charter: Charter, *, owner: Character) -> Tenant:
    return tenants.found_consortium(charter, owner_email=owner.email, owner_name=owner.name, by=BY)


def _appoint(tenant: Tenant, character: Character) -> None:
    for role in character.staff_roles:
        if role is not StaffRole.OWNER:  # the founder has that role already
            staff.appoint(
                tenant,
                character.email,
                role,
                name=character.name,
                by=BY if StaffRole.OWNER in character.staff_roles else cast.COORDINATOR.email,
            )
