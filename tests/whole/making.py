"""Store the world that the tests visit: some of everything, or three of everything."""

import itertools
import re

from flask import Flask
from sqlalchemy import select

from cohorts.matching.models import MatchRun
from consortium import clock
from consortium.calendar import service as feeds
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Appointment, Identity, Person, Role
from consortium.people.service.roles import seed_catalogue
from consortium.tenancy import as_tenant
from consortium.tenants.models import Partner
from events.institutes.models import PEOPLE, TEAMS, VISITORS, Institute
from events.registration.models import Seat, SeatStatus, Team, TeamKind, TeamStatus, Waiver
from events.registration.service.invitations import invite
from tests.events.billing.stage import FLAT
from tests.factories import (
    USUAL_ROLES,
    make_institute,
    make_lea,
    make_passkey,
    make_person,
    make_session,
    make_team,
    make_tenant,
    soon,
)
from tests.whole.accepting import learn_together, talk
from tests.whole.applying import let_apply
from tests.whole.asked import ask_everyone
from tests.whole.booking import keep_books
from tests.whole.checking_in import open_doors
from tests.whole.choosing import choose_and_wait
from tests.whole.crediting import let_earn
from tests.whole.handing_in import hand_in_plans
from tests.whole.handing_out import hand_out_everything
from tests.whole.lasting import keep_structures
from tests.whole.leading import ask_leads
from tests.whole.learning import begin_partnerships
from tests.whole.merging import enter_twice
from tests.whole.owing import bill_teams
from tests.whole.pairing import match_peers, say_of_peers
from tests.whole.papers import hand_out_papers
from tests.whole.planning import plan_programme
from tests.whole.plans import write_plans
from tests.whole.reflecting import look_back
from tests.whole.reporting import report
from tests.whole.substituting import keep_and_ask
from tests.whole.surveying import survey
from tests.whole.together import bring_together
from tests.whole.world import INSTITUTE, SLUG, STAFF, World

PARTS = (
    "basics", "days", "admission", "intake", "team", "together", "deadlines", "places", "strands",
    "fees", "hosts",
)  # fmt: skip


def make_world(app: Flask, size: int) -> World:
    """Store a world: ``size`` of what lists are long of, and one team more."""
    tenant = make_tenant(SLUG, goals=[f"Goal {n}" for n in range(size)])
    world = World(app=app, size=size, tenant_id=tenant.id)
    with as_tenant(tenant.id):
        with transaction():
            seed_catalogue()
            db.session.add_all(Partner(name=f"Partner {n}", position=n) for n in range(size))
        _employ(world)
        institute = _institute(INSTITUTE, size)
        for number in range(1, size + 2):
            _enter(world, institute, number)
        _enter_others(world, institute)
        for number in range(2, size + 1):
            _come_again(world, _institute(f"{INSTITUTE}-{number}", size))
        _answer(world)
        ask_everyone(world, institute)
        match_peers(world, institute)
        learn_together(world)
        ask_leads(world)
        keep_and_ask(world)
        _hold_offices(world)
        enter_twice(world)
        _tell_parts(world, institute)
        let_apply(world, institute)
        hand_out_papers(world, institute)
        let_earn(world, institute)
        keep_books(world, institute)
        bill_teams(world, institute)
        hand_out_everything(world, institute)
        hand_in_plans(world, institute)
        plan_programme(world, institute)
        open_doors(world, institute)
        choose_and_wait(world, institute)
        bring_together(world, institute)
        say_of_peers(world, institute)
        talk(world, institute)
        begin_partnerships(world, institute)
        write_plans(world, institute)
        keep_structures(world, institute)
        look_back(world, institute)
        survey(world, institute)
        report(world)
    return world


def _employ(world: World) -> None:
    for role, number in itertools.product(STAFF, range(world.size)):
        someone = world.meet(role if number == 0 else f"{role}{number}")
        person = make_person(someone.email, someone.name, staff=role)
        person.phone = someone.phone
        db.session.commit()


def _institute(slug: str, size: int) -> Institute:
    extra = [
        {"code": f"extra_{n}", "label": f"Extra {n}", "side": "other", "waiver": "If you must."}
        for n in range(size)
    ]
    institute = make_institute(
        slug,
        roles=(*USUAL_ROLES, *extra),
        pools={PEOPLE: 900, TEAMS: 90, VISITORS: 90},
        deadlines=[("register_by", soon(30).date(), None)]
        + [(f"by_{n}", soon(31).date(), None) for n in range(1, size)],
        extras={},
        fees=FLAT,
        payment_methods=["check", "purchase_order", "card"],
    )
    for n in range(size):
        make_session(institute, f"s{n}", "2026-05-01T09:00", "2026-05-01T10:00", kind="plenary")
    return institute


def _enter(world: World, institute: Institute, number: int) -> None:
    """Register a team: two leaders of the two sides, and ``size`` principals."""
    keys = [f"super{number}", f"union{number}"]
    keys += [f"head{number}x{n}" for n in range(world.size)]
    roles = ["superintendent", "union_leader", *["principal"] * world.size]
    _store_team(
        world, institute, number, dict(zip(keys, roles, strict=True)), missing=["board_member"]
    )


def _enter_others(world: World, institute: Institute) -> None:
    """Begin a draft and bring visitors."""
    _store_team(
        world, institute, 70, {"draft": "superintendent"}, status=TeamStatus.DRAFT, complete=False
    )
    _store_team(world, institute, 80, {"visitor": "principal"}, kind=TeamKind.VISITORS)


def _store_team(
    world: World, institute: Institute, number: int, roles: dict[str, str], **values: object
) -> None:
    members = [world.meet(key, role) for key, role in roles.items()]
    lea = make_lea(f"34{number:05}", f"District {number}", enrollment=2000)
    team = make_team(institute, lea, {one.email: one.role for one in members}, **values)
    for seat, someone in zip(team.seats, members, strict=True):
        seat.name = seat.person.name = someone.name
        seat.person.phone = seat.phone = someone.phone
        seat.status = SeatStatus.NAMED
        world.seats[someone.key] = seat.id
    for pool in institute.pools:
        pool.taken += {PEOPLE: len(members), TEAMS: 1}.get(pool.code, 0)
    team.waivers = [
        Waiver(role_code=f"extra_{n}", reason="None.", given_at=clock.now(), given_by="Lee")
        for n in range(world.size)
    ]
    world.teams[str(team.id)] = tuple(roles)
    db.session.commit()
    if team.status is TeamStatus.REGISTERED:
        with world.app.test_request_context(), transaction():
            invite(team.seats)


def _come_again(world: World, institute: Institute) -> None:
    """Let the first team come to one more institute."""
    first = next(iter(world.teams.values()))
    lea = db.session.scalars(select(Team.lea_id).where(Team.name == "District 1")).first()
    people = {world.people[key].email: world.people[key].role for key in first[:2]}
    team = Team(
        institute_id=institute.id, lea_id=lea, name="District 1", state="NJ",
        admitted_as="home", status=TeamStatus.REGISTERED, created_at=clock.now(),
        registered_at=clock.now(), complete=True,
    )  # fmt: skip
    db.session.add(team)
    for place, (email, role) in enumerate(people.items()):
        person = _person(email)
        team.seats.append(
            Seat(
                institute_id=institute.id, person_id=person.id, name=person.name, role_code=role,
                status=SeatStatus.CONFIRMED, position=place,
            )
        )  # fmt: skip
    db.session.commit()


def _person(email: str) -> Person:
    found = select(Person).join(Identity).where(Identity.email == email)
    return db.session.scalars(found).one()


WANTS, EMAIL, PHONE = ({f"{name}": "y"} for name in ("wants_peers", "shares_email", "shares_phone"))
SHARES = {
    "super1": WANTS | EMAIL | PHONE, "super": WANTS | EMAIL, "union": WANTS | PHONE, "head": WANTS,
}  # fmt: skip
"""What people let their peers see, by key or by the beginning of the key."""


def _answer(world: World) -> None:
    """Let everyone answer the invitation on the own page.

    The last principal of a team does not, and one gives the seat back.
    """
    silent = {keys[-1] for keys in world.teams.values() if len(keys) > 3}
    for key, seat_id in world.seats.items():
        someone = world.people[key]
        told = {
            "name": someone.name,
            "phone": someone.phone,
            "dietary": someone.secrets["dietary"],
            "access_needs": someone.secrets["access"],
            "offers": someone.secrets["offers"],
            "asks": someone.secrets["asks"],
        }
        agreed = SHARES.get(key, SHARES.get(re.split(r"\d", key)[0], {}))
        path = f"/{SLUG}/seats/{seat_id}"
        if key not in silent and key != "draft":
            answer = world.browser(key).post(path, data={**told, **agreed})
            assert answer.status_code == 302, key
        if key == "head1x0":
            decline = {"decline-reason": someone.secrets["reason"]}
            assert world.browser(key).post(path, data=decline).status_code == 302


def _hold_offices(world: World) -> None:
    role = db.session.scalars(select(Role).order_by(Role.position)).first()
    assert role is not None
    for key in world.teams[next(iter(world.teams))]:
        person = _person(world.people[key].email)
        for n in range(world.size):
            begins = soon(-900 + 100 * n).date()
            db.session.add(
                Appointment(
                    person_id=person.id, role_id=role.id, lea_id="3400001",
                    begins_on=begins, ends_on=soon(-810 + 100 * n).date(),
                )
            )  # fmt: skip
    db.session.commit()


def _tell_parts(world: World, institute: Institute) -> None:
    world.parts += [{"slug": INSTITUTE, "part": part, "code": "s0"} for part in PARTS]
    world.parts += [{"slug": INSTITUTE, "file_format": kind} for kind in ("csv", "xlsx")]
    world.parts += [{"slug": INSTITUTE, "code": "superintendent"}, {"lea_id": "3400001"}]
    world.parts.append({"topic": "register"})
    for team_id, keys in world.teams.items():
        world.parts += [
            {"team_id": team_id, "seat_id": str(world.seats[key]), "role_code": "extra_0"}
            for key in keys[:2]
        ]
    for key, someone in world.people.items():
        person = _person(someone.email)
        office = db.session.scalars(
            select(Appointment.id).where(Appointment.person_id == person.id)
        ).first()
        if office:
            world.parts.append({"person_id": str(person.id), "appointment_id": str(office)})
        world.parts.append({"slug": INSTITUTE, "person_id": str(person.id)})
        if key == "super1":
            passkeys = [make_passkey(someone.email, f"Passkey {n}") for n in range(world.size)]
            world.parts.append({"passkey_id": str(passkeys[0].id)})
            secret = world.app.extensions["settings"].secret_key
            with transaction():
                feed = feeds.feed_of(person, secret=secret, by=someone.email)
                token = feeds.find_token(feed, secret=secret)
            world.parts.append({"token": str(token)})
    for run_id in db.session.scalars(select(MatchRun.id).order_by(MatchRun.ran_at)):
        world.parts.append({"slug": INSTITUTE, "run_id": str(run_id)})
    role_id = db.session.scalars(select(Role.id).order_by(Role.position)).first()
    world.parts.append({"role_id": str(role_id)})
    tokens: list[str] = []
    files: dict[str, str] = {}
    for mail in db.session.scalars(
        select(OutboxEmail).order_by(OutboxEmail.promised_at, OutboxEmail.id)
    ):
        tokens += re.findall(r"invitations/(\S+)", mail.text)
        if mail.attachments:
            files = {"mail_id": str(mail.id), "number": "1"}
    world.parts += [{"token": tokens[-1]}, files]
