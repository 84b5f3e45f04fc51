"""The doors of the demonstration: a working week that is held now, and who came this morning."""

from datetime import date, timedelta
from typing import Any

from consortium import clock
from consortium.demonstration import cast
from consortium.demonstration.programmes import HOSTS, ROLES, ZONE
from consortium.demonstration.teams import Cast, register_team
from consortium.people.domain import Side
from events.checkin import service as checkin
from events.checkin.domain.batches import Batch, SaidScan, millis
from events.checkin.service import Doors, Wanted, Which
from events.institutes.models import Institute

DAYS = 7
TEAMS = (
    Cast(
        lea_id="3499008",
        side=Side.MANAGEMENT,
        people=(
            ("Beatrice Holloway", "superintendent"),
            ("Antonio Vasquez-Delgado", "union_leader"),
            ("Nkechi Obi", "teacher"),
        ),
        no_office=(),
    ),
    Cast(
        lea_id="3499003",
        side=Side.LABOR,
        people=(
            ("Rosalind Finch", "union_leader"),
            ("Walter Kim", "superintendent"),
            ("Siobhán Doyle", "board_member"),
            ("Jamal Whitfield", "class_union_leader"),
        ),
        confirmed=3,
        no_office=(),
    ),
    Cast(
        lea_id="3499007",
        side=Side.MANAGEMENT,
        people=(
            ("Eleanor Marchetti", "superintendent"),
            ("Dmitri Volkov", "union_leader"),
            ("Grace Thompson-Ruiz", "board_member"),
        ),
        no_office=(),
    ),
)
CAME = 4
"""How many came before the demonstration begins."""


def programme(today: date) -> dict[str, Any]:
    """Return a week of team days from today on: a desk can be tried where it is held now."""
    days = [today + timedelta(days=n) for n in range(DAYS)]
    return {
        "title": "Garden Coast Working Week",
        "slug": cast.WORKING_WEEK,
        "kind": "workshop",
        "timezone": ZONE,
        "summary": "Teams come on the days that suit them, and work on their plans.",
        "hosts": HOSTS,
        "venue": "Bayberry University, Labor Center",
        "days": [{"date": day.isoformat(), "label": "", "optional": False} for day in days],
        "states_admitted": {"home": ["NJ"], "others": "by_request"},
        "unit_types": ["district", "charter_school"],
        "registrant": "Either lead",
        "team": {"gate": "ideal", "min_people": 1, "max_people": 8},
        "roles": [role for role in ROLES if role["code"] != "visitor"],
        "fees": {"model": "free", "currency": "USD", "rules": []},
        "payment_methods": ["none"],
        "deadlines": [],
        "capacity": {"people": 40},
        "sessions": [
            {
                "id": f"{part}-{n + 1}",
                "start": f"{day.isoformat()}T{begins}",
                "end": f"{day.isoformat()}T{ends}",
                "kind": "team_time",
                "title": title,
                "audience_roles": ["*"],
                "room": room,
            }
            for n, day in enumerate(days)
            for part, begins, ends, title, room in (
                ("plan", "09:00", "12:00", "Teams plan", "Room 1"),
                ("share", "13:00", "15:30", "Teams tell teams", "Main hall"),
            )
        ],
    }


def open_doors(institute: Institute) -> None:
    """Let teams come, badges be printed, and some people be checked in by two desks."""
    for team in TEAMS:
        register_team(institute, team, asked=False)
    by = cast.COORDINATOR.email
    checkin.choose_doors(institute, Doors(walk_ins=True), by=by)
    checkin.print_badges(institute, Wanted(which=Which.ALL), by=by)
    coming = [guest for guest in checkin.guests_of(institute) if guest.confirmed][:CAME]
    now = millis(clock.now())
    for desk, some in (("North door", coming[:3]), ("South door", coming[2:])):
        scans = tuple(
            SaidScan(id=f"story-{desk[:5]}-{n}", code=guest.code, at=now)
            for n, guest in enumerate(some)
        )
        checkin.take_in(institute, Batch(desk=desk, sent_at=now, scans=scans), by=cast.DESK.email)
