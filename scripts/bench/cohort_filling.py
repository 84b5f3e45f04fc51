"""A cohort of many teams in the middle of its year, with all that its partnerships keep."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from cohorts.learning.models import Partnership
from cohorts.plans.domain.readiness import Ready
from cohorts.plans.models import Plan, ReadinessAnswer
from cohorts.plans.service.checklist import checklist_now
from cohorts.reflections.domain import Visibility
from cohorts.reflections.models import Lesson, Reflection
from cohorts.surveys.models import WaveKind
from consortium import clock
from consortium.database import db
from consortium.people.service import roles
from events.institutes.models import Institute
from events.registration.models import Seat, Team
from events.schedule.models import Session
from scripts.bench import learning_rows, survey_rows
from scripts.bench.learning_rows import BY, Known, Rows, store
from scripts.bench.plan_rows import fill_plans

REPLIES_EACH = 8
PAIRS = 700


def fill_work(cohort: Institute, meetings: int) -> dict[str, str]:
    """Store what partnerships do in their year; return the pages that show it, by name."""
    today = clock.now().date()
    year = today.year if today.month >= 7 else today.year - 1  # noqa: PLR2004  (July)
    roles.seed_catalogue()
    known = _known(cohort)
    soon = today + timedelta(days=9)
    fill_plans(known, year, soon)
    learning_rows.fill_bodies(known, year - 1, soon)
    learning_rows.fill_offices(known, year)
    learning_rows.fill_lessons(known, today - timedelta(days=30))
    _readiness(known)
    _reflections(cohort, meetings)
    waves = _surveys(known, cohort.id, today)
    everyone = [person_id for one in known for person_id, _ in one.people]
    db.session.execute(update(Seat).values(wants_peers=True))
    for n in range(2):
        on = today - timedelta(days=60 - 30 * n)
        learning_rows.fill_peers(cohort.id, everyone, PAIRS, on, seed=n)
    db.session.commit()
    one = f"/bench/partnerships/{known[2].id}"
    plan_id = db.session.scalars(select(Plan.id).where(Plan.partnership_id == known[2].id)).one()
    wave = f"/bench/manage/surveys/waves/{waves[-1]}"
    closed = f"/bench/manage/surveys/waves/{waves[1]}"
    lesson_id = db.session.scalars(select(Lesson.id).limit(1)).one()
    manage = "/bench/manage/institutes/year"
    return {
        "every partnership": "/bench/manage/partnerships",
        "plans of the cohort": "/bench/institutes/year/plans",
        "a plan": f"/bench/plans/{plan_id}",
        "signing a plan": f"/bench/plans/{plan_id}/sign",
        "plans over the years": f"{one}/plans",
        "readiness": f"{one}/readiness",
        "bodies": f"{one}/bodies",
        "offices": f"{one}/offices",
        "years side by side": f"{one}/years",
        "hand-over": f"{one}/hand-over",
        "at risk": "/bench/manage/at-risk",
        "reflections": "/bench/cohorts/year/reflections",
        "reflections, one meeting": "/bench/cohorts/year/reflections/m0",
        "library": "/bench/library",
        "library, searched": "/bench/library?q=reading+hours",
        "a lesson shown": f"/bench/library/{lesson_id}",
        "surveys": "/bench/manage/surveys",
        "a running survey": wave,
        "its list of names": f"{wave}/names",
        "results, one": f"{one}/surveys/{waves[1]}",
        "results, overall": f"{closed}/results",
        "peers": f"{manage}/peers",
        "people for peers": f"{manage}/peers/people",
        "locks": f"{manage}/peers/locks",
        "disputes": f"{manage}/peers/disputes",
        "dashboard": "/bench/reports/dashboard",
        "reports": "/bench/reports",
    }


def _known(cohort: Institute) -> list[Known]:
    """Return the partnerships of the cohort with the people of their teams."""
    teams = db.session.scalars(
        select(Team).where(Team.institute_id == cohort.id).options(selectinload(Team.seats))
    ).unique()
    by_lea = {team.lea_id: team for team in teams}
    places = db.session.scalars(select(Partnership).order_by(Partnership.lea_id))
    return [
        Known(
            id=one.id,
            lea_id=one.lea_id,
            title=one.title,
            people=[(seat.person_id, seat.name) for seat in by_lea[one.lea_id].seats],
        )
        for one in places
    ]


def _readiness(known: Sequence[Known]) -> None:
    checklist, _ = checklist_now()
    said: Rows = []
    for one in known:
        for n, (person_id, _) in enumerate(one.people[:2]):
            said += [
                {
                    "partnership_id": one.id,
                    "person_id": person_id,
                    "office": "superintendent",
                    "duty": duty.code,
                    "ready": Ready.DONE if n else Ready.BEGUN,
                    "answered_at": clock.now(),
                }
                for duty in checklist.duties
            ]
    store(ReadinessAnswer, said)


def _reflections(cohort: Institute, meetings: int) -> None:
    """Store what three of each team wrote after each meeting, for all of the cohort to read."""
    teams = db.session.scalars(select(Team).where(Team.institute_id == cohort.id)).unique().all()
    sessions = {
        one.code: one.id
        for one in db.session.scalars(select(Session).where(Session.institute_id == cohort.id))
    }
    rows = [
        {
            "institute_id": cohort.id,
            "session_id": sessions[f"m{n}"],
            "team_id": team.id,
            "person_id": seat.person_id,
            "author": seat.name,
            "office": "Teacher",
            "visibility": (Visibility.COHORT, Visibility.HOST, Visibility.TEAM)[place],
            "answers": [["What do you take from it?", "We ask both sides first. " * 10]],
            "written_at": clock.now(),
            "changed_at": clock.now(),
            "changed_by": BY,
        }
        for team in teams
        for n in range(meetings)
        for place, seat in enumerate(team.seats[:3])
    ]
    store(Reflection, rows)


def _surveys(known: Sequence[Known], institute_id: UUID, today: date) -> list[UUID]:
    """Store a baseline and a follow-up that are over, and one that is open."""
    opened = (today - timedelta(days=200), today - timedelta(days=40), today - timedelta(days=7))
    instrument_id, instrument = survey_rows.fill_instrument(opened[0], network=True)
    return [
        survey_rows.fill_wave(
            known,
            survey_rows.Asking(
                instrument_id=instrument_id,
                instrument=instrument,
                institute_id=institute_id,
                kind=kind,
                opens_on=opens_on,
                each=REPLIES_EACH,
                seed=n,
            ),
        )
        for n, (kind, opens_on) in enumerate(zip(WaveKind, opened, strict=True))
    ]
