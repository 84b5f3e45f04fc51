"""A cohort in the middle of its year: meetings held and ahead, who came, who coaches."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cohorts.learning.domain.series import Span
from cohorts.learning.models import House, StaffKind
from cohorts.learning.service import attending, continuing, planning, staffing
from cohorts.learning.service.planning import Facts
from cohorts.learning.service.staffing import Assignment
from consortium import clock
from consortium.demonstration import cast
from consortium.demonstration.programmes import HOSTS, ROLES, ZONE, next_tuesday
from consortium.demonstration.teams import TEAMS as ALL_TEAMS
from consortium.demonstration.teams import Cast, register_team
from events.facade import meetings as meetings_of_events
from events.facade import teams as teams_of_events
from events.facade.meetings import MeetingView
from events.facade.teams import TeamOfYear
from events.institutes.models import Institute

BY = cast.COORDINATOR.email
COME = ("3499001", "3499003", "3499005", "3499006", "3499007")
TEAMS: tuple[Cast, ...] = tuple(
    replace(team, confirmed=len(team.people), no_office=())
    for team in ALL_TEAMS
    if team.lea_id in COME
)
TITLES = (
    "Start somewhere: one shared goal",
    "Listening across roles",
    "Interests before positions",
    "A leadership team in every school",
    "Measures that both sides accept",
    "Talking with members and the board",
    "What moved, what did not",
    "Sharing the plan",
)
HELD = 4
"""How many of the meetings have been."""
MISSED = {"3499003": 2, "3499006": 1}
"""Which meeting nobody of an LEA came to."""
HALLS = ("Harbor Point teachers' hall", "Cedar Hollow board room")


def programme(today: date) -> dict[str, Any]:
    """Return a year of meetings of which the first four have been."""
    first = next_tuesday(today - timedelta(days=28 * HELD - 7))
    days = [first + timedelta(days=28 * n) for n in range(len(TITLES))]
    return {
        "title": "Garden Coast Working Year",
        "slug": cast.WORKING_YEAR,
        "kind": "cohort",
        "timezone": ZONE,
        "summary": "A year in which five districts each carry one plan, both sides together.",
        "hosts": HOSTS,
        "venue": "Union halls and board rooms, in turn",
        "days": [{"date": days[0].isoformat(), "label": "Opening meeting", "optional": False}],
        "states_admitted": {"home": ["NJ"]},
        "unit_types": ["district", "regional_high_school", "county_technical", "charter_school"],
        "team": {"gate": "ideal_not_blocking", "min_people": 2, "max_people": 10},
        "roles": ROLES,
        "sessions": [],
        "cohort_meetings": [
            {
                "id": f"year-{n + 1}",
                "kind": "cohort_meeting",
                "title": title,
                "start": f"{day.isoformat()}T16:00",
                "end": f"{day.isoformat()}T18:30",
                "mode": "in_person",
                "homework": "Talk it over at home, both sides together; bring what you heard.",
            }
            for n, (day, title) in enumerate(zip(days, TITLES, strict=True))
        ],
    }


def run(institute: Institute) -> None:
    """Let five teams come to what has been, and the host plan what is ahead."""
    for number, team in enumerate(TEAMS):
        register_team(institute, team, number, asked=False)
    meetings = meetings_of_events.meetings_of(institute.id)
    teams = teams_of_events.teams_at(institute.id)
    for n, meeting in enumerate(meetings):
        _house(institute, meeting, n)
    for n, meeting in enumerate(_held(meetings)):
        _call_roll(institute, meeting, n, teams)
    facilitator = cast.FACILITATOR
    guide = Assignment(email=facilitator.email, name=facilitator.name, kind=StaffKind.FACILITATOR)
    staffing.assign(institute.id, guide, by=BY)
    ahead = meetings[HELD].starts
    if ahead:
        monday = ahead.date() + timedelta(days=6)
        gap = Span(name="School break", first=monday, last=monday + timedelta(days=4))
        planning.add_gap(institute.id, gap, by=BY)


def ask_on(cohort: Institute, summer: Institute) -> None:
    """Ask Harbor Point to go on in the next cohort; neither side has answered yet."""
    harbor = next(
        team for team in continuing.may_be_asked(cohort.id, summer.id) if team.lea_id == COME[0]
    )
    note = "You have shown others how two sides share one budget. Come and go on with them."
    continuing.ask_to_continue(cohort.id, [harbor.id], note=note, by=BY)


def _held(meetings: Sequence[MeetingView]) -> Sequence[MeetingView]:
    now = clock.now()
    return [one for one in meetings if one.ends_at is not None and one.ends_at <= now]


def _house(institute: Institute, meeting: MeetingView, number: int) -> None:
    """Alternate the houses; keep a day a week later free for snow."""
    week = timedelta(days=7)
    facts = Facts(
        house=House.LABOR if number % 2 == 0 else House.BOARD,
        house_name=HALLS[number % 2],
        snow_starts=meeting.starts + week if meeting.starts and number >= HELD else None,
        snow_ends=meeting.ends + week if meeting.ends and number >= HELD else None,
        recording_url="https://video.example.org/interests" if number == 1 else "",
    )
    planning.put_facts(institute.id, meeting.code, facts, version=0, by=BY)


def _call_roll(
    institute: Institute, meeting: MeetingView, number: int, teams: Sequence[TeamOfYear]
) -> None:
    everyone, present = [], []
    for team in teams:
        people = [seat.person_id for seat in team.seats if seat.confirmed and seat.person_id]
        everyone += people
        if MISSED.get(team.lea_id or "") != number:
            # Someone is always kept at school.
            present += [one for n, one in enumerate(people) if (n + number) % 5 != 4]  # noqa: PLR2004
            attending.hand_homework_in(
                team.id, meeting.code, note="We asked every school.", link="", by=BY
            )
    attending.take_roll(institute.id, meeting.code, present=present, among=everyone, by=BY)
