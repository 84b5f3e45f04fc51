"""A state's year for the bench: teams of three institutes, and all that partnerships do in it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from cohorts.learning.models import Partnership
from cohorts.matching.models import PeerMatch
from cohorts.plans.models import Goal, GoalReading, Plan
from cohorts.reflections.models import Lesson
from cohorts.structures.models import Body, BodyMeeting
from cohorts.surveys.models import SurveyPlace, SurveyReply, WaveKind
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Appointment, Identity, Person
from consortium.people.service import roles
from consortium.tenancy import as_tenant, for_every_tenant
from events.checkin.models import Scan
from events.credit.models import Certificate
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team, TeamLead
from scripts.bench import learning_rows, survey_rows
from scripts.bench.learning_rows import CHIEF, PRESIDENT, Known, Rows, at, store
from scripts.bench.plan_rows import fill_plans
from scripts.bench.presence_rows import Gathered, fill_attendance, fill_credit
from tests.factories import make_institute, make_session, make_tenant

ROLES = (CHIEF, PRESIDENT, "principal", "board_member", "teacher")
PEOPLE_IN_TEAM = 12
YEAR = 2025
"""The school year of the report begins in July of it."""
TODAY = datetime(2026, 5, 20, 12, tzinfo=UTC)
"""When the report is asked for: the cohort still runs."""
REPLIES_EACH = 12
PAIRS = 3000
"""Of each of the two rounds."""


INSTITUTES = (
    Gathered(
        slug="before",
        kind="cohort",
        days=(date(2024, 10, 9), date(2024, 12, 4), date(2025, 2, 5), date(2025, 4, 9)),
        every=2,
    ),
    Gathered(slug="summer", kind="institute", days=tuple(date(2025, 8, 18 + n) for n in range(4))),
    Gathered(
        slug="cohort",
        kind="cohort",
        days=(
            date(2025, 10, 8),
            date(2025, 12, 3),
            date(2026, 2, 4),
            date(2026, 4, 8),
            date(2026, 6, 3),
        ),
    ),
)


def fill(teams: int) -> None:
    """Store a state's year: registrations, attendance, credit, and what partnerships did."""
    tenant = make_tenant(states=["NJ"])
    with as_tenant(tenant.id):
        roles.seed_catalogue()
        known = _partnerships(teams)
        for one in INSTITUTES:
            institute = _institute(one)
            came = known[:: one.every]
            _teams(institute, came, left=one.slug == "cohort")
            fill_attendance(institute, one, came, until=TODAY.date())
            if one.slug != "before":
                fill_credit(institute, one, came)
                everyone = [person_id for each in came for person_id, _ in each.people]
                learning_rows.fill_peers(
                    institute.id, everyone, PAIRS, one.days[0], seed=len(one.days)
                )
        fill_plans(known, YEAR, date(2026, 6, 10))
        learning_rows.fill_bodies(known, YEAR, date(2026, 6, 9))
        learning_rows.fill_offices(known, YEAR)
        learning_rows.fill_lessons(known, date(2026, 3, 2))
        _surveys(known, institute.id)
        db.session.commit()


def stored() -> dict[str, int]:
    """Return how many rows of each kind there are."""
    kinds = (
        Team, Seat, Scan, Certificate, Plan, Goal, GoalReading, Body, BodyMeeting, Appointment,
        SurveyPlace, SurveyReply, PeerMatch, Lesson,
    )  # fmt: skip
    with for_every_tenant():
        return {
            str(kind.__table__): db.session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in kinds
        }


def _partnerships(teams: int) -> list[Known]:
    """Store LEAs, their partnerships and the people of each."""
    leas: Rows = []
    identities: Rows = []
    persons: Rows = []
    partnerships: Rows = []
    known: list[Known] = []
    since = at(date(2024, 9, 1))
    for number in range(teams):
        lea_id, name = f"34{number:05}", f"District {number}"
        leas.append(
            {
                "id": lea_id,
                "name": name,
                "search_text": name.lower(),
                "state": "NJ",
                "city": "Somewhere",
                "time_zone": "America/New_York",
                "locale": "21",
                "enrollment": 2000,
            }
        )
        people = []
        for place in range(PEOPLE_IN_TEAM):
            key = number * PEOPLE_IN_TEAM + place
            identity_id, person_id = uuid4(), uuid4()
            identities.append(
                {"id": identity_id, "email": f"p{key}@example.org", "created_at": since}
            )
            persons.append(
                {
                    "id": person_id,
                    "identity_id": identity_id,
                    "name": f"Person {key}",
                    "created_at": since,
                }
            )
            people.append((person_id, f"Person {key}"))
        one = Known(id=uuid4(), lea_id=lea_id, title=name, people=people)
        known.append(one)
        partnerships.append(
            {"id": one.id, "lea_id": lea_id, "name": name, "state": "NJ", "since": since}
        )
    for model, rows in (
        (Lea, leas),
        (Identity, identities),
        (Person, persons),
        (Partnership, partnerships),
    ):
        store(model, rows)
    return known


def _institute(one: Gathered) -> Institute:
    offered = [
        {
            "code": code,
            "label": code.replace("_", " ").title(),
            "side": Side.LABOR if code in {PRESIDENT, "teacher"} else Side.MANAGEMENT,
        }
        for code in ROLES
    ]
    institute = make_institute(one.slug, roles=offered, kind=one.kind, days=list(one.days))
    for n, day in enumerate(one.days):
        make_session(institute, f"m{n}", f"{day}T09:00", f"{day}T12:00", meeting=True)
    return institute


def _teams(institute: Institute, came: Sequence[Known], *, left: bool) -> None:
    """Store the teams with both leads; in every tenth the last member has ``left`` since."""
    teams: Rows = []
    leads: Rows = []
    seats: Rows = []
    since = at(institute.days[0].on - timedelta(days=60))
    for number, one in enumerate(came):
        team_id = uuid4()
        teams.append(
            {
                "id": team_id,
                "institute_id": institute.id,
                "lea_id": one.lea_id,
                "name": one.title,
                "state": "NJ",
                "admitted_as": "home",
                "status": "registered",
                "created_at": since,
                "registered_at": since,
                "complete": number % 7 > 0,
                "kind": "team",
            }
        )
        leads += [
            {"team_id": team_id, "person_id": person_id, "side": side, "since": since}
            for side, (person_id, _) in zip((Side.MANAGEMENT, Side.LABOR), one.people, strict=False)
        ]
        for place, (person_id, name) in enumerate(one.people):
            gone = left and number % 10 == 0 and place == PEOPLE_IN_TEAM - 1
            seats.append(
                {
                    "team_id": team_id,
                    "institute_id": institute.id,
                    "person_id": person_id,
                    "name": name,
                    "role_code": ROLES[place % len(ROLES)],
                    "status": SeatStatus.WITHDRAWN if gone else SeatStatus.CONFIRMED,
                    "position": place,
                    "new_member": place % 3 == 0,
                    "ended_at": at(date(2026, 4, 20)) if gone else None,
                }
            )
    store(Team, teams)
    store(TeamLead, leads)
    store(Seat, seats)


def _surveys(known: Sequence[Known], institute_id: UUID) -> None:
    """Store a baseline and a follow-up, each with so many replies of each partnership."""
    opened = (date(2025, 9, 22), date(2026, 4, 20))
    instrument_id, instrument = survey_rows.fill_instrument(opened[0])
    for kind, opens_on in zip((WaveKind.BASELINE, WaveKind.FOLLOWUP), opened, strict=True):
        survey_rows.fill_wave(
            known,
            survey_rows.Asking(
                instrument_id=instrument_id,
                instrument=instrument,
                institute_id=institute_id,
                kind=kind,
                opens_on=opens_on,
                each=REPLIES_EACH,
                seed=opens_on.year,
            ),
        )
