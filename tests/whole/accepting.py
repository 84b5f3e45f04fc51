"""A cohort in the world whose people are asked both before they meet, and who ask each other."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching import service as matching
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.domain.following_up import Useful
from cohorts.matching.models import FollowUp, PeerMatch
from cohorts.matching.service.asking import ask_for_match
from cohorts.matching.service.calls import propose_time
from consortium.database import db, transaction
from consortium.directory.models import Lea
from events.institutes.models import Institute
from events.registration.models import Seat, Team
from tests.cohorts.matching.meeting import agree
from tests.factories import NOON, make_institute, make_lea, make_team
from tests.whole.world import INSTITUTE, World

YEAR = "meeting-peers"


def learn_together(world: World) -> None:
    """Suggest ``size`` people to one of a cohort; let the person ask as many, and be asked."""
    by = world.people["coordinator"].email
    cohort = make_institute(YEAR, kind="cohort", title="A year together")
    me = _come_too(world, cohort)
    for number in range(1, world.size + 1):
        _join(world, cohort, f"pat{number}")
    with world.app.test_request_context(), transaction():
        run = matching.run_matching(cohort.id, by=by, each=max(1, world.size))
        matching.publish_run(run.id, by=by)
    strangers = [_join(world, cohort, f"sam{number}") for number in range(2 * world.size + 1)]
    for n, stranger in enumerate(strangers[:-1]):
        both = (me, stranger) if n % 2 else (stranger, me)
        with world.app.test_request_context(), transaction():
            ask_for_match(cohort.id, *both, words=f"words{n}canary", by=by)
    world.parts += [{"slug": YEAR, "person_id": str(strangers[-1])}, {"state": "nj"}]


def talk(world: World, institute: Institute) -> None:
    """Let someone's peers propose calls, ask the person how it goes, and answer as often."""
    me = db.session.scalars(select(Seat.person_id).where(Seat.id == world.seats["super1"])).one()
    mine = db.session.scalars(
        select(PeerMatch).where(or_(PeerMatch.first_id == me, PeerMatch.second_id == me))
    ).all()
    span = CallSpan(starts=datetime(2026, 4, 2, 9), time_zone="America/New_York", minutes=30)
    questions = []
    for match in [one for one in mine if one.introduced_at is not None][: world.size]:
        peer = match.second_id if match.first_id == me else match.first_id
        with world.app.test_request_context(), transaction():
            propose_time(institute.id, peer, me, span, place="", by="test")
        questions.append(FollowUp(match_id=match.id, person_id=me, number=1, asked_at=NOON))
    for question in questions:
        question.answered_at, question.talked, question.useful = NOON, True, Useful.YES
        question.words, question.shares_words, question.needs_help = "Shared.", True, True
    with transaction():
        db.session.add_all(questions)
    world.parts += [{"slug": INSTITUTE, "question_id": str(questions[0].id)}]


def _come_too(world: World, cohort: Institute) -> UUID:
    """Let an association president of the institute sit in the cohort too, and share everything."""
    first = db.session.scalars(select(Seat).where(Seat.id == world.seats["union1"])).one()
    lea_id = db.session.scalars(select(Team.lea_id).where(Team.id == first.team_id)).one()
    lea = db.session.get_one(Lea, lea_id)
    someone = world.people["union1"]
    team = make_team(cohort, lea, {someone.email: "union_leader"})
    return _takes_part(team.seats[0], someone.phone)


def _join(world: World, cohort: Institute, key: str) -> UUID:
    """Let someone of another LEA sit in the cohort, who may be asked."""
    someone = world.meet(key, "union_leader")
    lea = make_lea(f"34{900 + len(world.people):05}", f"Home of {key}", enrollment=2000)
    team = make_team(cohort, lea, {someone.email: "union_leader"})
    team.seats[0].name = team.seats[0].person.name = someone.name
    return _takes_part(team.seats[0], someone.phone)


def _takes_part(seat: Seat, phone: str) -> UUID:
    agree(seat, phone=phone)
    with transaction():
        matching.change_limit(seat.person_id, matching.Limit(listed=True), by="test")
    return UUID(str(seat.person_id))
