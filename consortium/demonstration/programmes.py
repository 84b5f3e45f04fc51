"""The programmes of the demonstration's story, in the shape of a programme file.

Their dates are counted from the day the story is told, so that registration is always open.
"""

from datetime import date, timedelta
from typing import Any

GOALS = ("Early literacy", "Attendance", "New-teacher mentoring", "Healthy schools")
ZONE = "America/New_York"
HOSTS = [
    {"name": "Garden Coast Education Association", "role": "co-host"},
    {"name": "Garden Coast Association of School Administrators", "role": "co-host"},
    {"name": "Garden Coast School Boards Association", "role": "co-host"},
    {"name": "Marsh Family Foundation", "role": "sponsor_funder"},
]
ROLES: list[dict[str, Any]] = [
    {"code": "superintendent", "label": "Superintendent", "side": "management", "min": 1, "max": 1, "strength": "expected"},
    {"code": "union_leader", "label": "Association president", "side": "labor", "min": 1, "max": 2, "strength": "expected"},
    {"code": "board_member", "label": "Board president or member", "side": "governance", "min": 1, "max": 2, "strength": "expected",
     "warning": "Stay below a majority of the board."},
    {"code": "admin_assoc_president", "label": "Administrators' association president", "side": "labor", "min": 0, "max": 1, "strength": "if_applicable"},
    {"code": "class_union_leader", "label": "Support staff union leader", "side": "labor", "min": 1, "max": 2, "strength": "expected",
     "waiver": "The district has no support staff unit"},
    {"code": "principal", "label": "Principal", "side": "management", "min": 0, "max": 3, "strength": "optional"},
    {"code": "teacher", "label": "Teacher", "side": "labor", "min": 0, "max": 3, "strength": "optional"},
    {"code": "visitor", "label": "Visitor", "side": "either", "min": 0, "max": 6, "strength": "optional"},
]  # fmt: skip


def next_tuesday(day: date) -> date:
    """Return the first Tuesday on or after ``day``."""
    return day + timedelta(days=(1 - day.weekday()) % 7)


def summer_institute(today: date) -> dict[str, Any]:
    """Return the three-day institute that most of the story is about."""
    first = next_tuesday(today + timedelta(days=63))
    one, two, three = (first + timedelta(days=n) for n in range(3))
    return {
        "title": "Garden Coast Summer Institute",
        "slug": "summer-institute",
        "kind": "institute",
        "timezone": ZONE,
        "summary": "Three days in which district teams learn from each other and plan the next school year together, "
        "labor and management at one table.",
        "hosts": HOSTS,
        "venue": "Bayberry University Conference Center, Harbor Point",
        "days": [
            {"date": one.isoformat(), "label": "Welcome day", "optional": True, "audience_flags": ["new_district", "new_member"]},
            {"date": two.isoformat(), "label": "Day 1", "optional": False},
            {"date": three.isoformat(), "label": "Day 2", "optional": False},
        ],
        "states_admitted": {"home": ["NJ"], "others": ["DE"]},
        "unit_types": ["district", "regional_high_school", "county_technical", "charter_school"],
        "registrant": "The superintendent or the association president; one registers the whole team",
        "team": {"gate": "ideal_not_blocking", "min_people": 3, "max_people": 10},
        "roles": ROLES,
        "fees": {"currency": "USD", "rules": [{"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15000}]},
        "payment_methods": ["purchase_order", "check", "card"],
        "deadlines": [
            {"code": "register_by", "at": f"{(first - timedelta(days=21)).isoformat()}T17:00", "what": "Registration closes"},
            {"code": "substitute_until", "at": f"{one.isoformat()}T08:30", "what": "Give a seat to someone else, free"},
            {"code": "choose_by", "at": f"{(one - timedelta(days=5)).isoformat()}T17:00", "what": "Choose your sessions"},
        ],
        "capacity": {"people": 120, "teams": 20, "visitor_seats": 12, "waitlist": "join the waitlist when full"},
        "sessions": [*_welcome_day(one), *_first_day(two), *_second_day(three)],
        "peer_matching": {"scope": "same role, other LEA", "not_same": ["LEA"], "max_suggestions": 3, "consent_default": "off"},
    }  # fmt: skip


def winter_academy(today: date) -> dict[str, Any]:
    """Return an academy for which LEAs apply, and the host selects."""
    first = next_tuesday(today + timedelta(days=150))
    return {
        "title": "Garden Coast Winter Academy",
        "slug": "winter-academy",
        "kind": "institute",
        "timezone": ZONE,
        "summary": "Two days of planning with a coach at each table, for six teams.",
        "hosts": HOSTS,
        "venue": "Bayberry University Conference Center, Harbor Point",
        "days": [
            {"date": (first + timedelta(days=n)).isoformat(), "label": f"Day {n + 1}", "optional": False}
            for n in range(2)
        ],
        "states_admitted": {"home": ["NJ"], "others": ["DE"]},
        "unit_types": ["district", "regional_high_school", "county_technical", "charter_school"],
        "registrant": "The superintendent and the association president apply together",
        "team": {"gate": "ideal_not_blocking", "min_people": 3, "max_people": 8},
        "roles": ROLES,
        "deadlines": [
            {"code": "apply_by", "at": f"{(today + timedelta(days=30)).isoformat()}T17:00", "what": "Applications close"},
            {"code": "roster_by", "at": f"{(today + timedelta(days=60)).isoformat()}T17:00", "what": "Selected teams name their people"},
        ],
        "capacity": {"people": 48, "teams": 6},
        "registration": {"intake": "application"},
        "sessions": [],
    }  # fmt: skip


def roundtable(today: date) -> dict[str, Any]:
    """Return a day to which the host invites."""
    return {
        **winter_academy(today + timedelta(days=20)),
        "title": "Garden Coast Presidents' Roundtable",
        "slug": "roundtable",
        "summary": "One table for superintendents and association presidents, by invitation.",
        "deadlines": [],
        "registration": {"intake": "invitation"},
    }


def learning_cohort(today: date) -> dict[str, Any]:
    """Return a year of meetings, some without a date yet."""
    first = next_tuesday(today + timedelta(days=84))
    meetings: list[dict[str, Any]] = [
        {
            "id": f"meeting-{n + 1}",
            "kind": "cohort_meeting",
            "title": title,
            "audience_roles": ["*"],
            "start": f"{(first + timedelta(days=28 * n)).isoformat()}T16:00",
            "end": f"{(first + timedelta(days=28 * n)).isoformat()}T18:00",
            "mode": "virtual",
        }
        for n, title in enumerate(
            (
                "Start somewhere: one shared goal",
                "Measures that both sides accept",
                "Sharing what works",
            )
        )
    ]
    meetings.append(
        {
            "kind": "coaching_visit",
            "title": "Coaching visit at your district",
            "cadence": "twice a year",
        }
    )
    return {
        "title": "Garden Coast Learning Cohort",
        "slug": "learning-cohort",
        "kind": "cohort",
        "timezone": ZONE,
        "summary": "A year of meetings for teams that carry one plan together.",
        "hosts": HOSTS,
        "venue": "Online, with two visits",
        "days": [{"date": first.isoformat(), "label": "Opening meeting", "optional": False}],
        "states_admitted": {"home": ["NJ"], "others": "by_request"},
        "unit_types": ["district"],
        "registrant": "Superintendent and association president together",
        "team": {"gate": "strict", "min_people": 2, "max_people": 8},
        "roles": [
            {**ROLES[0], "strength": "required"},
            {**ROLES[1], "strength": "required"},
            {**ROLES[2], "strength": "ideal", "min": 0},
            ROLES[5],
            ROLES[6],
        ],
        "fees": {"model": "free", "currency": "USD", "rules": []},
        "payment_methods": ["none"],
        "deadlines": [{"code": "apply_by", "at": f"{(first - timedelta(days=28)).isoformat()}T23:59", "what": "Teams sign up"}],
        "capacity": {"people": 64, "teams": 8},
        "sessions": [],
        "cohort_meetings": meetings,
    }  # fmt: skip


def _session(  # noqa: PLR0913, PLR0917  (a row of the tables below)
    day: date, id_: str, start: str, end: str, kind: str, title: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": id_,
        "start": f"{day.isoformat()}T{start}",
        "end": f"{day.isoformat()}T{end}",
        "kind": kind,
        "title": title,
        "audience_roles": ["*"],
        **more,
    }


def _welcome_day(day: date) -> list[dict[str, Any]]:
    newcomers = {"audience_flags": ["new_district", "new_member"]}
    return [
        _session(
            day, "w-reg", "12:30", "13:00", "registration", "Check-in for new teams", **newcomers
        ),
        _session(
            day,
            "w-why",
            "13:00",
            "14:15",
            "plenary",
            "Why partnership changes schools",
            **newcomers,
        ),
        _session(
            day, "w-panel", "14:30", "15:45", "panel", "Districts one and two years in", **newcomers
        ),
    ]


def _first_day(day: date) -> list[dict[str, Any]]:
    round_one = {"choice_group": "round-1", "pick": 1, "capacity": 40}
    round_two = {"choice_group": "round-2", "pick": 1, "capacity": 40}
    story, read = {"same_content": "oakhurst"}, {"same_content": "literacy"}
    return [
        _session(day, "d1-food", "07:45", "08:30", "meal", "Breakfast and check-in", room="Atrium"),
        _session(day, "d1-open", "08:30", "09:45", "plenary", "Welcome by the four associations", room="Main hall"),
        _session(day, "d1-story", "10:00", "11:15", "breakout", "A partnership three years in: Oakhurst Gardens", room="Room 1", **{**round_one, **story, "capacity": 6}),
        _session(day, "d1-solve", "10:00", "11:15", "breakout", "Solving a problem by interests", room="Room 2", **round_one),
        _session(day, "d1-read", "10:00", "11:15", "breakout", "Literacy teams in every school", room="Room 3", **round_one, **read),
        _session(day, "d1-lunch", "11:30", "12:30", "meal", "Lunch at mixed tables", room="Atrium"),
        _session(day, "d1-sup", "12:45", "13:45", "role_alike", "Superintendents", room="Room 1", audience_roles=["superintendent"]),
        _session(day, "d1-union", "12:45", "13:45", "role_alike", "Association and union leaders", room="Room 2",
                 audience_roles=["union_leader", "class_union_leader", "admin_assoc_president"]),
        _session(day, "d1-board", "12:45", "13:45", "role_alike", "Board members", room="Room 3", audience_roles=["board_member"]),
        _session(day, "d1-site", "12:45", "13:45", "role_alike", "Principals and teachers", room="Main hall", audience_roles=["principal", "teacher"]),
        _session(day, "d1-team", "14:00", "16:00", "team_time", "District teams plan", room="Main hall"),
        _session(day, "d1-story-2", "16:15", "17:15", "breakout", "A partnership three years in: Oakhurst Gardens", room="Room 1", **round_two, **story),
        _session(day, "d1-read-2", "16:15", "17:15", "breakout", "Literacy teams in every school", room="Room 3", **round_two, **read),
    ]  # fmt: skip


def _second_day(day: date) -> list[dict[str, Any]]:
    return [
        _session(
            day, "d2-key", "08:30", "09:45", "plenary", "What the research shows", room="Main hall"
        ),
        _session(
            day,
            "d2-team",
            "10:00",
            "11:45",
            "team_time",
            "One goal for next year",
            room="Main hall",
        ),
        *_lunch_tables(day),
        _session(day, "d2-share", "12:45", "14:00", "share_out", "Gallery of plans", room="Atrium"),
        _session(
            day,
            "d2-close",
            "14:00",
            "14:30",
            "survey",
            "What to keep, what to change",
            room="Main hall",
        ),
    ]


def _lunch_tables(day: date) -> list[dict[str, Any]]:
    """Return the round that people rank before the places are given."""
    return [
        _session(day, code, "11:50", "12:40", "breakout", title, room=room, choice_group="round-3", pick=1, capacity=places)
        for code, title, room, places in (
            ("d2-trust", "Lunch on rebuilding trust after a strike", "Room 1", 6),
            ("d2-coach", "Lunch on coaching beside evaluation", "Room 2", 8),
            ("d2-budget", "Lunch on budgets that both sides can read", "Room 3", 10),
            ("d2-climate", "Lunch on safe and calm schools", "Atrium", 20),
        )
    ]  # fmt: skip
