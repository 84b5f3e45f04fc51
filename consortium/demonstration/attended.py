"""A workshop of last week: who was there, what they said of it, and certificates for some."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from consortium.demonstration import cast
from consortium.demonstration.programmes import HOSTS, ROLES, ZONE
from consortium.demonstration.teams import TEAMS as ALL_TEAMS
from consortium.demonstration.teams import Cast, address_of, register_team
from consortium.people import service as people
from consortium.people.models import Person
from events.checkin.domain import Direction
from events.checkin.service.correcting import Correction, write_down
from events.credit.service import certificates, evaluations
from events.institutes.models import Institute

BY = cast.COORDINATOR.email
THURSDAY = 3
COME, STAY_AT_HOME = ("3499001", "3499003"), "class_union_leader"
TEAMS: tuple[Cast, ...] = tuple(
    replace(
        team,
        people=tuple(one for one in team.people if one[1] != STAY_AT_HOME),
        confirmed=len(team.people),
        no_office=(),
    )
    for team in ALL_TEAMS
    if team.lea_id in COME
)
"""Two of those of the summer, with fewer people; what offices they lack, they have said there."""
NEVER_LEFT, LEFT_EARLY, NEVER_CAME = "Gabriel Stern", "Victor Lindgren", "Patricia Nuñez"
SAID: tuple[tuple[int, int, str, str], ...] = (
    (5, 5, "Hearing how Harbor Point shares its budget.", ""),
    (4, 5, "Time with our own team.", "More of it."),
    (5, 4, "Both sides at one table.", "A warmer room."),
    (4, 4, "", "Send the slides before."),
    (3, 4, "The panel.", "Shorter talks."),
    (5, 5, "The role-alike hour.", ""),
)
NEEDS_EVALUATION = "NJ professional learning hours"


def workshop(today: date) -> dict[str, Any]:
    """Return a workshop held on a Thursday, four to ten days ago, with the credit it gave."""
    ago = 4 + (today.weekday() - 4 - THURSDAY) % 7
    day = (today - timedelta(days=ago)).isoformat()
    plan = (
        ("registration", "08:30", "09:00", "Breakfast and check-in"),
        ("plenary", "09:00", "10:15", "What partnership changes in schools"),
        ("role_alike", "10:30", "11:30", "With peers in your role"),
        ("panel", "11:30", "12:15", "Three districts, three stages"),
        ("meal", "12:15", "13:00", "Lunch at mixed tables"),
        ("team_time", "13:00", "14:45", "What we do next at home"),
        ("survey", "14:45", "15:00", "How was it?"),
    )
    return {
        "title": "Garden Coast Partnership Workshop",
        "slug": "partnership-workshop",
        "kind": "workshop",
        "timezone": ZONE,
        "summary": "A day for teams who begin, with teams who have begun.",
        "hosts": HOSTS[:3],
        "venue": "Harbor Point Community College",
        "days": [{"date": day, "label": "Workshop day"}],
        "states_admitted": {"home": ["NJ"]},
        "team": {"gate": "ideal_not_blocking", "min_people": 1, "max_people": 10},
        "roles": ROLES,
        "pd_credit": {
            "types": [
                {
                    "type": "NJSBA Board Member Academy credits",
                    "amount": 4,
                    "roles": ["board_member"],
                    "provider": "Garden Coast School Boards Association",
                },
                {
                    "type": NEEDS_EVALUATION,
                    "amount": 5,
                    "roles": ["teacher", "principal", "superintendent"],
                    "evaluation": True,
                    "provider": "Garden Coast Labor-Management Partnership",
                },
            ],
            "signers": [{"name": cast.COORDINATOR.name, "title": "Coordinator"}],
        },
        "sessions": [
            {
                "id": f"w{n}",
                "kind": kind,
                "start": f"{day}T{starts}",
                "end": f"{day}T{ends}",
                "title": title,
            }
            for n, (kind, starts, ends, title) in enumerate(plan)
        ],
    }


def attend(institute: Institute) -> None:
    """Let the teams come, and most people leave; one certificate is issued, one was wrong."""
    for number, team in enumerate(TEAMS):
        register_team(institute, team, number, asked=False)
    names = [name for team in TEAMS for name, _ in team.people]
    for name in names:
        if name != NEVER_CAME:
            _come(institute, name)
    said = dict(zip([name for name in names if _answers(name)], SAID, strict=False))
    for name, (useful, run, worked, change) in said.items():
        answers = {"useful": useful, "well-run": run, "worked": worked, "change": change}
        evaluations.answer(institute, _person(name), answers, by=address_of(name))
    for name in (cast.MANAGEMENT_LEAD.name, "Thomas Brandt"):
        certificates.issue(institute, _person(name).id, by=address_of(name))


def _answers(name: str) -> bool:
    return name not in {NEVER_CAME, cast.PARTICIPANT.name}


def _come(institute: Institute, name: str) -> None:
    times = [(time(8, 41), Direction.IN)]
    if name == LEFT_EARLY:
        times.append((time(12, 20), Direction.OUT))
    elif name != NEVER_LEFT:
        times.append((time(15, 4), Direction.OUT))
    day = institute.days[0].on
    for at, direction in times:
        moment = datetime.combine(day, at, institute.zone)
        sheet = Correction(at=moment, direction=direction, reason="From the sign-in sheet")
        write_down(institute, _person(name).id, sheet, by=BY)


def _person(name: str) -> Person:
    return people.person_for(people.identity_for(address_of(name)), name=name)
