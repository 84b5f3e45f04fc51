"""What is known of partnerships that tells whether they are at risk; few queries for any number."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from blinker import Signal
from sqlalchemy import select

from cohorts.handover.domain.parts import PlanFacts
from cohorts.handover.domain.risk import Facts, Interim, Vacant
from cohorts.learning import service as learning
from cohorts.learning.domain.record import Presence, TeamRecord
from cohorts.learning.models import Partnership
from cohorts.learning.service.year import Present, records_of
from cohorts.structures import service as structures
from cohorts.structures.domain.kinds import PERIODS
from cohorts.structures.domain.offices import OfficeLine
from cohorts.structures.service.counting import BodyFacts, counted_bodies, last_met
from consortium.database import db
from consortium.paging import PAGE_SIZE
from events.facade.meetings import meetings_of, present_at
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
    present = _Present()
    for first in range(0, len(every), AT_ONCE):
        yield from facts_of(every[first : first + AT_ONCE], today, present=present)


def facts_of(
    partnerships: Sequence[Partnership], today: date, *, present: "_Present | None" = None
) -> Iterator[Facts]:
    """Return what is known of these partnerships, as far as they are alive."""
    ids = [one.id for one in partnerships]
    teams = learning.teams_of_many(partnerships)
    running = {key: [team for team in each if _runs(team, today)] for key, each in teams.items()}
    came = _came({key: _cohort(each) for key, each in running.items()}, present)
    lines = structures.lines_of_many([(one, teams[one.id]) for one in partnerships], today)
    bodies: dict[UUID, list[BodyFacts]] = defaultdict(list)
    for body in counted_bodies(ids):
        if body.terms.ends_on is None:
            bodies[body.partnership_id].append(body)
    met = last_met(ids)
    plans: dict[UUID, PlanFacts] = {}
    for _, found in plan_facts_wanted.send(tuple(ids)):
        plans.update(found)
    for one in partnerships:
        live = bodies[one.id]
        if _is_alive(teams[one.id], live, today):
            plan = plans.get(one.id, PlanFacts())
            leading = structures.leaders_of(one)
            led = [line for line in lines[one.id] if line.role_code in leading]
            meant = [body.terms for body in live if body.terms.cadence in PERIODS]
            yield Facts(
                partnership_id=one.id,
                name=one.title,
                vacant=_vacant(led, running[one.id], leading, today),
                interim=_interim(led, today),
                bodies_since=min((terms.begins_on for terms in meant), default=None),
                last_met=met.get(one.id),
                came=came.get(one.id, ()),
                unsigned=plan.unsigned,
                next_on=_next(
                    [*(body.next_on for body in live), plan.next_on], running[one.id], today
                ),
            )


class _Present(dict[UUID, Present]):
    """Who was in the meetings of each cohort, read once however many parts are asked for."""

    def __missing__(self, institute_id: UUID) -> Present:
        self[institute_id] = present_at(institute_id)
        return self[institute_id]


def _cohort(running: Sequence[TeamOfYear]) -> TeamOfYear | None:
    """Return the team at the newest cohort that runs."""
    return next((team for team in reversed(running) if team.is_cohort), None)


def _came(
    newest: Mapping[UUID, TeamOfYear | None], present: _Present | None
) -> Mapping[UUID, tuple[bool, ...]]:
    """Return whether anybody of each team came to the meetings held, the last meeting first."""
    at: dict[UUID, list[TeamOfYear]] = defaultdict(list)
    for team in newest.values():
        if team is not None:
            at[team.institute_id].append(team)
    records: dict[UUID, TeamRecord] = {}
    for institute_id, teams in at.items():
        known = None if present is None else present[institute_id]
        records |= records_of(teams, meetings_of(institute_id), present=known)
    return {
        key: tuple(
            line.presence is not Presence.MISSED
            for line in reversed(records[team.id].lines)
            if line.presence is not Presence.AHEAD
        )
        for key, team in newest.items()
        if team is not None
    }


def _is_alive(teams: Sequence[TeamOfYear], live: Sequence[BodyFacts], today: date) -> bool:
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


def _next(days: Sequence[date | None], running: Sequence[TeamOfYear], today: date) -> date | None:
    dated = [day for day in days if day is not None and day >= today]
    dated += [
        max(team.first_day or today, today)
        for team in running
        if team.last_day is not None and team.last_day >= today
    ]
    return min(dated, default=None)
