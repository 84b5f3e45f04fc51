"""What the world's teams took from a session, one of each kind, and their lessons."""

from uuid import UUID

from cohorts.learning import service as learning
from cohorts.reflections import service as reflections
from cohorts.reflections.domain import LessonText, Visibility
from cohorts.reflections.service import Said
from consortium.database import transaction
from events.facade.teams import TeamOfYear, teams_at
from events.institutes.models import Institute
from tests.whole.world import World

KINDS = {
    "super1": (Visibility.PRIVATE, Visibility.TEAM),
    "else": (Visibility.COHORT, Visibility.HOST),
}
"""For whom the two who speak for the sides of a team look back."""
BODY = "We moved our joint meeting to Tuesdays. Since then both sides come."


def look_back(world: World, institute: Institute) -> None:
    """Let two people and every team of two sides look back, and write ``size`` lessons."""
    for team in teams_at(institute.id):
        keys = world.teams.get(str(team.id), ())
        if not team.registered or len(keys) < 2 or not keys[0].startswith("super"):
            continue
        for n in range(world.size):
            _look_back(world, team, f"s{n}", keys)
        _learn(world, team, keys)


def _look_back(world: World, team: TeamOfYear, code: str, keys: tuple[str, ...]) -> None:
    for key, visibility in zip(keys, KINDS.get(keys[0], KINDS["else"]), strict=False):
        if world.seats[key] in {seat.id for seat in team.seats if seat.confirmed}:
            _reflect(team, code, _id(world, team, key), visibility, key)
    spot = reflections.spot_at(team.id, code, _id(world, team, keys[1]), hosts=False)
    said = Said(answers=[("What now?", f"musedhost{keys[0]}canary")], visibility=Visibility.HOST)
    with transaction():
        reflections.reflect_as_team(spot, said, 0, by="team")
    world.parts.append({"team_id": str(team.id), "code": code})


def _reflect(
    team: TeamOfYear, code: str, person_id: UUID, visibility: Visibility, key: str
) -> None:
    spot = reflections.spot_at(team.id, code, person_id, hosts=False)
    text = f"mused{visibility.value}{key}canary"
    with transaction():
        reflections.reflect(
            spot, Said(answers=[("What now?", text)], visibility=visibility), by=key
        )


def _learn(world: World, team: TeamOfYear, keys: tuple[str, ...]) -> None:
    chief, rep = (_id(world, team, key) for key in keys[:2])
    partnership = learning.partnership_of_team(team.id)
    assert partnership is not None
    for n in range(world.size):
        for shown in (True, False):
            word = f"lessoned{keys[0]}canary" if shown else f"drafted{keys[0]}canary"
            text = LessonText(title=f"Lesson {n}", topic="meetings", body=f"{BODY} {word}")
            with world.app.test_request_context(), transaction():
                lesson = reflections.write_lesson(partnership.id, text, rep, by="rep")
                for person_id in (chief, rep) if shown else (rep,):
                    reflections.agree_to_lesson(
                        lesson.id, text.digest, person_id, named=False, for_reports=True, by="x"
                    )
            world.parts.append({"lesson_id": str(lesson.id)})


def _id(world: World, team: TeamOfYear, key: str) -> UUID:
    seat = next(one for one in team.seats if one.id == world.seats[key])
    assert seat.person_id is not None
    return seat.person_id
