"""Two consortia of the same make, with one of everything that an address can name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import g

from cohorts.matching import service as matching
from consortium.access import StaffRole
from consortium.calendar import service as feeds
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people import service as people
from consortium.people.domain import Office, Side, Term
from consortium.people.models import Person
from consortium.people.service import offices, roles
from consortium.tenancy import as_tenant
from events.agenda import service as agendas
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, TEAMS, Institute, Strand
from events.packets.service import make_quote
from events.registration.models import Seat, SeatStatus, Team, Waiver
from events.registration.service import Editor
from events.registration.service.finding import digest_of
from tests.cohorts.matching.meeting import agree
from tests.consortium.matrix.applying import applying_things
from tests.consortium.matrix.asked import asked_things
from tests.consortium.matrix.booking import book_things
from tests.consortium.matrix.cohort_things import cohort_things, cohort_things_aside
from tests.consortium.matrix.further import further_things
from tests.consortium.matrix.leading import lead_together
from tests.consortium.matrix.mailing import a_partner, desk_helper, mail_at
from tests.consortium.matrix.merging import merging_things
from tests.consortium.matrix.of_agenda import fill_sessions
from tests.consortium.matrix.of_checkin import doors_open
from tests.consortium.matrix.of_credit import credit_things
from tests.consortium.matrix.of_deliverables import asked_for
from tests.consortium.matrix.of_materials import handed_out
from tests.consortium.matrix.of_peers import asked_for as search_asked_for
from tests.consortium.matrix.of_peers import locked_and_tried
from tests.consortium.matrix.of_schedule import planned_things
from tests.consortium.matrix.of_together import brought_together
from tests.consortium.matrix.paying import money_things
from tests.consortium.matrix.sharing import billed_things
from tests.consortium.matrix.substituting import substituting_things
from tests.factories import (
    NOON,
    USUAL_ROLES,
    make_institute,
    make_lea,
    make_person,
    make_session,
    make_team,
    make_tenant,
)

SECRET = "only-for-tests"
WORKS_HERE = tuple(role.value for role in StaffRole)
ROLES = (
    *USUAL_ROLES,
    {"code": "parent", "label": "Parent", "side": Side.COMMUNITY, "waiver": "none_exists"},
    {
        "code": "esp",
        "label": "Support professional",
        "side": Side.LABOR,
        "strength": Strength.IF_APPLICABLE,
    },
)
FEES = {"rules": [{"code": "flat", "per": "person", "each_cents": 12500}]}


@dataclass(frozen=True, kw_only=True)
class World:
    """One consortium; each mapping holds values for addresses by the parameter's name."""

    slug: str
    tenant_id: UUID
    named: Mapping[str, Any]
    aside: Mapping[str, Any]
    """What belongs to another parent here: another team's seat, another institute's run …"""

    def address_of(self, kind: str) -> str:
        """Return how someone of this kind signs in."""
        return address_of(self.slug, kind)


def address_of(slug: str, kind: str) -> str:
    """Return how someone of this kind signs in at the consortium."""
    return f"{kind.replace(' ', '.')}@{slug}.example.org"


def furnish(slug: str, number: int) -> World:
    """Store a consortium with people of every kind and one of everything; needs a request."""
    tenant = make_tenant(slug)
    with as_tenant(tenant.id):
        g.tenant = tenant  # mails speak for this consortium
        roles.seed_catalogue()
        for role in WORKS_HERE:
            make_person(address_of(slug, role), f"{role.title()} of {slug}", staff=role)
        summer, fall = _institute(f"{slug}-summer"), _institute(f"{slug}-fall")
        mine, other = _teams(summer, slug, number)
        _choose(summer, [*mine.seats, *other.seats])
        make_quote(mine.id, Editor(email=address_of(slug, "coordinator"), coordinates=True))
        elsewhere, _ = _teams_elsewhere(fall, slug, number)
        of_leads, of_other_leads = lead_together(mine, other, slug)
        held, others_office = _office(mine.seats[1].person_id), _office(other.seats[0].person_id)
        published = _run(summer, publish=True)
        applying = applying_things(summer, slug, number)
        of_books, of_another_invoice = book_things(slug)
        of_bills, of_other_bills = billed_things(
            mine, other, address_of(slug, "member"), slug, number
        )
        material, material_elsewhere = handed_out(summer, fall)
        plans, plans_elsewhere = asked_for(summer, mine, other, fall)
        planned, planned_elsewhere = planned_things(summer, fall)
        doors, other_doors = doors_open(summer, slug, number)
        world = World(
            slug=slug,
            tenant_id=tenant.id,
            named={
                "slug": summer.slug,
                "code": "opening",
                "role": "principal",
                "fee_kind": "flat",
                "office_code": "esp",
                "part": "basics",
                "role_code": "parent",
                "team_id": mine.id,
                "unpacked_id": other.id,
                "seat_id": mine.seats[1].id,
                **fill_sessions(summer, other.seats[0], mine.seats[0]),
                "token": f"{slug}-invitation",
                "person_id": mine.seats[1].person_id,
                "appointment_id": held,
                "partner_id": a_partner(),
                "member_id": desk_helper(address_of(slug, "desk")),
                "role_id": roles.roles()[0].id,
                "run_id": published,
                "draft_id": _run(summer, publish=False),
                "peer_id": other.seats[0].person_id,
                "feed": _feed(mine.seats[1].person_id),
                **of_leads,
                **of_bills,
                **of_books,
                **applying,
                **further_things(slug, number),
                **credit_things(mine, slug, number),
                **merging_things(slug, number),
                **money_things(slug),
                **substituting_things(mine, slug),
                **asked_things(summer, mine, mine.seats[1]),
                "lea_id": mine.lea_id,
                "mail_id": mail_at(slug),
                **material,
                **plans,
                **planned,
                **doors,
                **brought_together(summer),
                **cohort_things(mine, slug),
                **locked_and_tried(summer),
                **search_asked_for(slug),
                "number": 1,
                "file_format": "csv",
                "topic": "two-leads",
            },
            aside={
                **cohort_things_aside(other, slug),
                **of_other_leads,
                **material_elsewhere,
                **plans_elsewhere,
                **planned_elsewhere,
                **other_doors,
                **of_another_invoice,
                **of_other_bills,
                **brought_together(fall),
                "grouping_kind": "no_such_kind",
                "pledge_role": "no_such_role",
                "invitation_id": applying["elsewhere_id"],
                "code": "elsewhere",
                "role": "no_such_role",
                "asked_code": "no_such_question",
                "team_code": "no_such_question",
                "retired_code": "no_such_question",
                "office_code": "no_such_role",
                "role_code": "no_such_role",
                "seat_id": other.seats[0].id,
                "kept_id": other.seats[0].id,
                "chooser_id": elsewhere.seats[0].id,
                "appointment_id": others_office,
                "run_id": _run(fall, publish=True),
                "draft_id": _run(fall, publish=False),
                **locked_and_tried(fall),
                "peer_id": elsewhere.seats[0].person_id,
            },
        )
        db.session.commit()
    return world


def absent(named: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the same names for things that are nowhere."""
    nothing = {"number": 99, "lea_id": "9999999", "part": "basics", "file_format": "csv"}
    nothing |= {"outcome": "selected", "report": "kinds"}
    nothing |= {"year": 1999, "month": 1, "closed_month": 1}
    return {
        name: nothing.get(name, uuid4() if not isinstance(value, str) else f"no-{value}")
        for name, value in named.items()
    }


def _institute(slug: str) -> Institute:
    institute = make_institute(slug, roles=ROLES, title=f"Institute {slug}", fees=FEES)
    code = "opening" if slug.endswith("summer") else "elsewhere"
    make_session(institute, code, "2026-05-01T09:00", "2026-05-01T10:00")
    institute.strands.append(Strand(code="math", label="Mathematics", position=0))
    return institute


def _teams(institute: Institute, slug: str, number: int) -> tuple[Team, Team]:
    mine = make_team(
        institute,
        make_lea(f"34{number}0001", f"First of {slug}"),
        {address_of(slug, "lead"): "superintendent", address_of(slug, "member"): "principal"},
    )
    other = make_team(
        institute,
        make_lea(f"34{number}0002", f"Second of {slug}"),
        {address_of(slug, "other lead"): "principal"},
    )
    for n, seat in enumerate((*mine.seats, *other.seats)):
        agree(seat, phone=f"+1609{number:03d}00{n:02d}")
        _mark(seat, slug)
    waiver = Waiver(role_code="parent", reason="none_exists", given_at=NOON, given_by="test")
    mine.waivers.append(waiver)
    taken = {PEOPLE: len(mine.seats) + len(other.seats), TEAMS: 2}
    for pool in institute.pools:
        pool.taken = taken[pool.code]
    mine.seats[1].invitation_digest = digest_of(f"{slug}-invitation")
    db.session.commit()
    return mine, other


def _choose(institute: Institute, seats: Sequence[Seat]) -> None:
    """Let everyone take one of two sessions, so that it can be given up again."""
    for code, starts, ends, group in (
        ("option-a", "2026-05-01T13:00", "2026-05-01T14:00", "afternoon"),
        ("option-b", "2026-05-01T13:00", "2026-05-01T14:00", "afternoon"),
        ("option-c", "2026-05-01T19:00", "2026-05-01T20:00", "evening"),
    ):
        make_session(institute, code, starts, ends, choice_group=group)
    for seat in seats:
        place = agendas.get_place(institute, seat.person)
        agendas.choose(place, "option-a", by=seat.person.email)
    db.session.commit()


def _teams_elsewhere(institute: Institute, slug: str, number: int) -> tuple[Team, ...]:
    return tuple(
        _team_of_one(institute, make_lea(f"34{number}000{n}", f"District {n} of {slug}"), n)
        for n in (3, 4)
    )


def _team_of_one(institute: Institute, lea: Lea, n: int) -> Team:
    team = make_team(institute, lea, {f"fall{n}@{institute.slug}.example.org": "principal"})
    agree(team.seats[0])
    return team


def _mark(seat: Seat, slug: str) -> None:
    """Write values into the seat that can be found again wherever they come out."""
    who = seat.person.email.split("@")[0].replace(".", "-")
    seat.name = seat.person.name = f"Name-{who} of {slug}"
    seat.dietary, seat.access_needs = f"Diet-{who}-{slug}", f"Access-{who}-{slug}"
    seat.offers, seat.asks = f"Offer-{who}-{slug}", f"Ask-{who}-{slug}"
    seat.person.phone = seat.phone
    seat.status = SeatStatus.CONFIRMED


def _office(person_id: Any) -> Any:
    term = Term(begins_on=date(2025, 7, 1))
    office = Office(role_code="principal", lea_id=None)
    return offices.hold_office(people.get_person(person_id), office, term, by="test").id


def _run(institute: Institute, *, publish: bool) -> Any:
    run = matching.run_matching(institute.id, by="test")
    if publish:
        matching.publish_run(run.id, by="test")
    db.session.commit()
    return run.id


def _feed(person_id: Any) -> str:
    person: Person = people.get_person(person_id)
    feed = feeds.feed_of(person, secret=SECRET, by="test")
    return feeds.find_token(feed, secret=SECRET) or ""
