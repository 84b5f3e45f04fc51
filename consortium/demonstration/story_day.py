"""A day of stories that people have ranked: what most of them want is told at the same time."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from consortium import clock
from consortium.demonstration import cast
from consortium.demonstration.choosing import everyone_free
from consortium.demonstration.planning import ROOMS
from consortium.demonstration.programmes import HOSTS, ROLES, ZONE, next_tuesday
from consortium.demonstration.teams import TEAMS, register_team
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.schedule import service as schedule

ROUND = "stories"
AHEAD = timedelta(days=35)
COME = ("3499006", "3499009")
PROJECTOR = ["projector"]
STORIES: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("trust", "09:45", "Room 1", "Trust after a strike: Brackwater", {"features": PROJECTOR}),
    ("mentors", "09:45", "Room 3", "Mentors for every new teacher: Tidewater", {}),
    ("budget", "09:45", "Room 2", "One budget, two signatures: Harbor Point", {}),
    ("calm", "11:00", "Room 2", "Calmer hallways in one year: Millbrook", {}),
    ("attend", "11:00", "Room 3", "Every pupil, every day: Pine Barrens", {}),
    ("build", "11:00", "Room 1", "A school that staff designed: Eastfield", {}),
)
WANTED = (
    ("trust", "mentors", "calm", "budget"),
    ("mentors", "trust", "budget"),
    ("trust", "budget", "attend"),
    ("budget", "mentors", "calm"),
)
"""What people rank: the three that are told first, most of all."""


def story_day(today: date) -> dict[str, Any]:
    """Return the day: two times of three stories each, of which each person hears two."""
    day = next_tuesday(today + AHEAD).isoformat()
    around = (
        ("s-open", "plenary", "09:00", "09:30", "Welcome"),
        ("s-lunch", "meal", "12:15", "13:15", "Lunch with those who told"),
    )
    lasts = {"09:45": "10:45", "11:00": "12:00"}
    return {
        "title": "Garden Coast Story Day",
        "slug": "story-day",
        "kind": "workshop",
        "timezone": ZONE,
        "summary": "Six districts tell what worked, and what did not.",
        "hosts": HOSTS[:2],
        "venue": "Bayberry University Conference Center, Harbor Point",
        "days": [{"date": day, "label": "Story Day"}],
        "states_admitted": {"home": ["NJ"]},
        "team": {"gate": "ideal_not_blocking", "min_people": 1, "max_people": 8},
        "roles": ROLES,
        "rooms": [
            {field: value for field, value in asdict(room).items() if value}
            for name, room in ROOMS.items()
            if name in {story[2] for story in STORIES}
        ],
        "sessions": [
            *(
                {
                    "id": code,
                    "kind": kind,
                    "start": f"{day}T{start}",
                    "end": f"{day}T{end}",
                    "title": title,
                }
                for code, kind, start, end, title in around
            ),
            *(
                {
                    "id": code,
                    "kind": "breakout",
                    "start": f"{day}T{start}",
                    "end": f"{day}T{lasts[start]}",
                    "title": title,
                    "room": room,
                    "choice_group": ROUND,
                    "pick": 2,
                    "capacity": 40,
                    **more,
                }
                for code, start, room, title, more in STORIES
            ),
        ],
    }


def rank_stories(institute: Institute) -> None:
    """Let two teams come, and their people rank what they would like to hear."""
    teams = [team for team in TEAMS if team.lea_id in COME]
    for number, team in enumerate(teams):
        register_team(institute, replace(team, no_office=()), number, asked=False)
    by = cast.COORDINATOR.email
    until = clock.now() + timedelta(days=14)
    round_ = schedule.let_rank(institute, ROUND, until=until, any_free=True, by=by)
    for n, (place, email) in enumerate(everyone_free(institute)):
        agendas.rank(place, round_.id, WANTED[n % len(WANTED)], by=email)
