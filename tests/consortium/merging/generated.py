"""Small worlds of two records of one person, of any make."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from cohorts.learning import service as learning
from cohorts.matching.models import Disclosure, MatchRun, PeerMatch
from consortium import clock
from consortium.calendar import service as feeds
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Appointment, Person, Role
from consortium.people.service import consents
from events.billing import service as billing
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.registration import service as registration
from events.registration.models import Badge, Seat, SeatStatus, Team, TeamLead
from events.schedule.models import SessionChoice
from tests.factories import make_institute, make_person, make_session, make_team, soon

LIVE = (SeatStatus.INVITED, SeatStatus.CONFIRMED)
"""Registered teams name nobody without inviting them."""


@dataclass(frozen=True, kw_only=True)
class There:
    """What one record has at one institute."""

    team: int
    """0 for none; otherwise in which of the institute's two teams."""
    status: SeatStatus
    shared: bool
    leads: bool
    consent: tuple[bool, bool] | None
    chose: bool


@dataclass(frozen=True, kw_only=True)
class Record:
    """What one record has beside that."""

    at: tuple[There, There]
    feed: bool
    offices: tuple[int, ...]
    """In which hundreds of days an office of the one LEA began."""
    phone: str


theres = st.builds(
    There,
    team=st.integers(0, 2),
    status=st.sampled_from(LIVE),
    shared=st.booleans(),
    leads=st.booleans(),
    consent=st.none() | st.tuples(st.booleans(), st.booleans()),
    chose=st.booleans(),
)
records = st.builds(
    Record,
    at=st.tuples(theres, theres),
    feed=st.booleans(),
    offices=st.lists(st.integers(0, 3), max_size=2, unique=True).map(tuple),
    phone=st.sampled_from(["", "+16095550142"]),
)
pairs = st.sampled_from(["none", "each other", "the same peer", "one of them"])


def make_twins(leas: list[Lea], one: Record, other: Record, paired: str) -> tuple[Person, Person]:
    """Store two people with all of it; every institute has two teams with somebody else."""
    twins = [make_person(f"twin{n}@x.org", "Pat Lee") for n in range(2)]
    for number in range(2):
        institute = make_institute(f"institute-{number}", pools={PEOPLE: 10, TEAMS: 2})
        _enter(institute, leas, twins, [one.at[number], other.at[number]])
        if number == 0:
            _pair(institute, twins, paired)
    role = Role(code="chief", label="Chief", side=Side.MANAGEMENT, position=0)
    db.session.add(role)
    db.session.flush()
    for person, record in zip(twins, (one, other), strict=True):
        person.phone = record.phone
        if record.feed:
            feeds.feed_of(person, secret="s" * 32, by="test")
        db.session.add_all(
            Appointment(
                person_id=person.id,
                role_id=role.id,
                lea_id=leas[0].id,
                begins_on=soon(-900 + 100 * n).date(),
                ends_on=soon(-780 + 100 * n).date() if n < 3 else None,
            )
            for n in record.offices
        )
    db.session.commit()
    return twins[0], twins[1]


def _enter(institute: Institute, leas: list[Lea], twins: list[Person], there: list[There]) -> None:
    session = make_session(institute, "d1", "2026-05-01T09:00", "2026-05-01T10:00", capacity=5)
    teams = [
        make_team(institute, lea, {f"else{lea.id}{institute.slug}@x.org": "superintendent"})
        for lea in leas
    ]
    for person, what in zip(twins, there, strict=True):
        if what.consent:
            email, phone = what.consent
            consents.give_consent(
                person.id, institute.id, shares_email=email, shares_phone=phone, wording="Yes."
            )
        if not what.team:
            continue
        seat = _seat(teams[what.team - 1], person, what)
        if what.chose:
            db.session.add(
                SessionChoice(session_id=session.id, seat_id=seat.id, chosen_at=clock.now())
            )
            session.taken += 1
        if seat.status is SeatStatus.CONFIRMED:
            code = f"{institute.slug}{person.email}"
            db.session.add(
                Badge(
                    institute_id=institute.id,
                    person_id=person.id,
                    code=code,
                    made_at=clock.now(),
                )
            )
    for pool in institute.pools:
        pool.taken = sum(_places(team)[pool.code] for team in teams)
    for team in teams:
        team.places_held, team.seats_held = _places(team), len(team.seats)
    db.session.flush()
    registration.judge_again(institute_id=institute.id)
    for team in teams:
        billing.follow(team)  # as when it was submitted
        learning.partnership_of_team(team.id)


def _seat(team: Team, person: Person, what: There) -> Seat:
    seat = Seat(
        institute_id=team.institute_id,
        person_id=person.id,
        name=person.name,
        role_code="principal",
        shared=what.shared,
        status=what.status,
        position=len(team.seats),
        wants_peers=what.consent is not None,
        invitation_digest=f"{team.id}{person.id}" if what.status is SeatStatus.INVITED else None,
    )
    team.seats.append(seat)
    free = {Side.LABOR, Side.GOVERNANCE} - {lead.side for lead in team.leads}
    if what.leads and free:
        side = min(free)
        team.leads.append(TeamLead(person_id=person.id, side=side, since=clock.now()))
    db.session.flush()
    return seat


def _places(team: Team) -> dict[str, int]:
    return {PEOPLE: len(team.seats), TEAMS: 1}


def _pair(institute: Institute, twins: list[Person], paired: str) -> None:
    """Let a run of peer matching have made these pairs."""
    peer = make_person("peer@x.org", "Peer")
    couples: dict[str, list[list[Any]]] = {
        "none": [],
        "each other": [[*twins]],
        "the same peer": [[twins[0], peer], [twins[1], peer]],
        "one of them": [[twins[1], peer]],
    }
    run = MatchRun(
        institute_id=institute.id,
        ran_at=clock.now(),
        ran_by="test",
        published_at=clock.now(),
        each=2,
        people=3,
        left_out=[{"person": str(twins[1].id), "template": "Nobody.", "values": {}}],
    )
    db.session.add(run)
    db.session.flush()
    for couple in couples[paired]:
        first, second = sorted(person.id for person in couple)
        reasons = [{"to": "first", "template": "Hello.", "values": {}}]
        db.session.add(
            PeerMatch(
                run_id=run.id,
                first_id=first,
                second_id=second,
                score=1,
                reasons=reasons,
                introduced_at=run.published_at,
            )
        )
        db.session.add(
            Disclosure(
                of_person_id=first,
                to_person_id=second,
                institute_id=institute.id,
                fields=["email"],
                form="page",
                at=clock.now(),
            )
        )
