"""Every partnership of the consortium, as its hosts look one up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.handover.domain.risk import Concern, concerns
from cohorts.handover.service.facts import facts_of
from cohorts.handover.service.risk import rules_now
from cohorts.learning import service as learning
from cohorts.learning.domain.partners import present_teams
from cohorts.learning.models import CohortStaff, Partnership, StaffKind
from cohorts.learning.service.coaching import looks_after
from consortium.database import db
from consortium.directory.domain import folded
from consortium.paging import Filter, Page, page_of
from consortium.tenants.service.days import today
from events.facade.teams import TeamOfYear


@dataclass(frozen=True, kw_only=True)
class Wanted(Filter):
    """Which partnerships somebody looks for; empty parts ask nothing."""

    q: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class PartnershipLine:
    """One partnership: a district's, or one school's."""

    partnership: Partnership
    teams: Sequence[TeamOfYear]
    """Where it works now, newest first; where it was last while it is nowhere."""
    coaches: Sequence[str]
    concerns: Sequence[Concern]
    """Why it is at risk; nothing while it is well, or not looked after any more."""
    over: bool
    """Whether all of it is over, so that it works nowhere now."""


@dataclass(frozen=True, kw_only=True)
class Every:
    """What the list shows."""

    found: Page[PartnershipLine]
    states: Sequence[str]
    """Those in which there are partnerships."""


def partnerships_here(wanted: Wanted, number: int) -> Every:
    """Return a page of the partnerships that fit, by name; few queries for any number."""
    every = db.session.scalars(
        select(Partnership).order_by(Partnership.name, Partnership.site, Partnership.id)
    ).all()
    page = page_of([one for one in every if _fits(one, wanted)], number)
    return Every(
        found=Page(items=_lines(page.items), total=page.total, number=page.number),
        states=sorted({one.state for one in every}),
    )


def _fits(one: Partnership, wanted: Wanted) -> bool:
    text = folded(one.title)
    return wanted.state in {"", one.state} and all(
        word in text for word in folded(wanted.q).split()
    )


def _lines(shown: Sequence[Partnership]) -> list[PartnershipLine]:
    day, rules = today(), rules_now()[0]
    teams = {id_: present_teams(found, day) for id_, found in learning.teams_of_many(shown).items()}
    coaches = _coaches({team.institute_id for found in teams.values() for team in found})
    risks = {
        facts.partnership_id: concerns(facts, rules, today=day) for facts in facts_of(shown, day)
    }
    return [
        PartnershipLine(
            partnership=one,
            teams=teams[one.id],
            coaches=_names(coaches, teams[one.id]),
            concerns=risks.get(one.id, ()),
            over=all(team.last_day is not None and team.last_day < day for team in teams[one.id]),
        )
        for one in shown
    ]


def _coaches(institute_ids: Collection[UUID]) -> Mapping[UUID, Sequence[CohortStaff]]:
    rows = db.session.scalars(
        select(CohortStaff).where(
            CohortStaff.institute_id.in_(institute_ids), CohortStaff.kind == StaffKind.COACH
        )
    )
    found: dict[UUID, list[CohortStaff]] = {id_: [] for id_ in institute_ids}
    for row in rows.unique():
        found[row.institute_id].append(row)
    return found


def _names(coaches: Mapping[UUID, Sequence[CohortStaff]], teams: Sequence[TeamOfYear]) -> list[str]:
    return sorted(
        {
            row.person.name or row.person.email
            for team in teams
            for row in coaches[team.institute_id]
            if looks_after(row, team)
        }
    )
