"""What is known of partnerships that tells whether they are at risk; few queries for any number."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from blinker import Signal
from sqlalchemy import select

from cohorts.handover.domain.parts import PlanFacts
from cohorts.handover.domain.risk import Facts, Interim, Vacant
from cohorts.learning import service as learning
from cohorts.learning.domain.record import Presence
from cohorts.learning.models import Partnership
from cohorts.learning.service.year import team_years
from cohorts.structures import service as structures
from cohorts.structures.domain.kinds import PERIODS
from cohorts.structures.domain.offices import OfficeLine
from cohorts.structures.models import Body, BodyMeeting
from consortium.database import db
from consortium.paging import PAGE_SIZE
from events.facade.teams import TeamOfYear

plan_facts_wanted = Signal("what is known of partnerships' plans")
"""Sent with the partnerships' ids; answered with ``PlanFacts`` by id."""

ALIVE = timedelta(days=400)
"""For so long after its last institute a partnership is looked after, and as long as it meets."""
AT_ONCE = PAGE_SIZE * 4


def facts_of_all(today: date) -> Iterator[Facts]:
    """Return what is known of each partnership that is alive, by name."""
    every = db.session.scalars(
        select(Partnership).order_by(Partnership.name, Partnership.site, Partnership.id)
    ).all()
    came = _Came(today)
    for first in range(0, len(every), AT_ONCE):
        yield from facts_of(every[first : first + AT_ONCE], today, came=came)


def facts_of(
    partnerships: Sequence[Partnership], today: date, *, came: "_Came | None" = None
) -> Iterator[Facts]:
    """Return what is known of these partnerships, as far as they are alive."""
    came = came or _Came(today)
    ids = [one.id for one in partnerships]
    teams = learning.teams_of_many(partnerships)
    lines = structures.lines_of_many([(one, teams[one.id]) for one in partnerships], today)
    bodies = structures.bodies_of_many(ids)
    logs = structures.meetings_of([body.id for several in bodies.values() for body in several])
    plans: dict[UUID, PlanFacts] = {}
    for _, found in plan_facts_wanted.send(tuple(ids)):
        plans.update(found)
    for one in partnerships:
        live = [body for body in bodies.get(one.id, ()) if body.ends_on is None]
        if _is_alive(teams[one.id], live, today):
            plan = plans.get(one.id, PlanFacts())
            leading = structures.leaders_of(one)
            led = [line for line in lines[one.id] if line.role_code in leading]
            running = [team for team in teams[one.id] if _runs(team, today)]
            meant = [body for body in live if body.cadence in PERIODS]
            yield Facts(
                partnership_id=one.id,
                name=one.title,
                vacant=_vacant(led, running, leading, today),
                interim=_interim(led, today),
                bodies_since=min((body.begins_on for body in meant), default=None),
                last_met=_last_met(bodies.get(one.id, ()), logs),
                came=came.to(running),
                unsigned=plan.unsigned,
                next_on=_next([*(body.next_on for body in live), plan.next_on], running, today),
            )


class _Came:
    """Whether anybody of a team came to its cohort's meetings; each cohort is read once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._read: dict[UUID, Mapping[UUID, Sequence[bool]]] = {}

    def to(self, running: Sequence[TeamOfYear]) -> tuple[bool, ...]:
        """Return it of the newest cohort that runs, the last meeting first."""
        for team in reversed(running):
            if team.is_cohort:
                return tuple(self._at(team.institute_id).get(team.id, ()))
        return ()

    def _at(self, institute_id: UUID) -> Mapping[UUID, Sequence[bool]]:
        if institute_id not in self._read:
            self._read[institute_id] = {
                one.team.id: [
                    line.presence is not Presence.MISSED
                    for line in reversed(one.record.lines)
                    if line.presence is not Presence.AHEAD
                ]
                for one in team_years(institute_id)
            }
        return self._read[institute_id]


def _is_alive(teams: Sequence[TeamOfYear], live: Sequence[Body], today: date) -> bool:
    return bool(live) or any(
        team.registered
        and not team.cancelled
        and (team.last_day is None or team.last_day >= today - ALIVE)
        for team in teams
    )


def _runs(team: TeamOfYear, today: date) -> bool:
    over = team.last_day is not None and team.last_day < today
    return team.registered and not team.cancelled and not over


def _vacant(
    led: Sequence[OfficeLine],
    running: Sequence[TeamOfYear],
    leading: Collection[str],
    today: date,
) -> list[Vacant]:
    found = {}
    for line in led:
        since = line.vacant_since(today)
        if since is not None:
            found[line.role_code] = Vacant(office=line.label, side=line.side, since=since)
    held = {line.role_code for line in led if line.holders(today)}
    for team in running:
        ended = {seat.id: seat.ended_at for seat in team.seats}
        for seat in team.seats:
            code = seat.role_codes[0]
            since_moment = ended.get(seat.replaces_id) if seat.replaces_id else None
            kept = seat.person_id is None and seat.ended_at is None and since_moment is not None
            if kept and since_moment and code in leading and code not in held:
                kept_since = Vacant(office=seat.label, side=seat.side, since=since_moment.date())
                found.setdefault(code, kept_since)
    return list(found.values())


def _interim(led: Sequence[OfficeLine], today: date) -> list[Interim]:
    return [
        Interim(office=line.label, name=term.name, since=term.begins_on)
        for line in led
        for term in line.holders(today)
        if term.interim
    ]


def _last_met(bodies: Sequence[Body], logs: Mapping[UUID, Sequence[BodyMeeting]]) -> date | None:
    return max((logs[body.id][0].on for body in bodies if logs.get(body.id)), default=None)


def _next(days: Sequence[date | None], running: Sequence[TeamOfYear], today: date) -> date | None:
    dated = [day for day in days if day is not None and day >= today]
    dated += [
        max(team.first_day or today, today)
        for team in running
        if team.last_day is not None and team.last_day >= today
    ]
    return min(dated, default=None)
