"""Everything a report counts, gathered once, in a handful of queries for any number of people."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from cohorts.matching.service.outcomes import outcomes_of
from cohorts.reports.domain.ground import (
    Attender,
    CameTeam,
    CreditGiven,
    GrantMoney,
    Ground,
    Held,
    InstituteMoney,
    PayerLine,
    PeerLine,
    YearOf,
)
from cohorts.reports.domain.presence import school_year
from cohorts.reports.domain.scope import ReportKind, Scope
from cohorts.reports.models import Grant
from cohorts.reports.service import others
from consortium.directory.domain.states import ALL_STATES
from events.facade import reports as facade
from events.facade import results

ALL_YEAR = frozenset({ReportKind.FUNDER, ReportKind.YEAR})
WITH_HOURS = ALL_YEAR | {ReportKind.ATTENDANCE}
WITH_CREDIT = ALL_YEAR | {ReportKind.CREDIT}
WITH_YEARS = frozenset({ReportKind.YEAR, ReportKind.RETENTION})
WITH_PLANS = ALL_YEAR | {ReportKind.PLANS}
WITH_SURVEYS = ALL_YEAR | {ReportKind.SURVEYS}
WITH_PEERS = frozenset({ReportKind.YEAR, ReportKind.PEERS})
WITH_STRUCTURES = frozenset({ReportKind.YEAR, ReportKind.STRUCTURES})
"""Which reports need what; the rest is not read for them."""


def covered_by(scope: Scope, grant: Grant | None) -> list[facade.Gathering]:
    """Return the institutes and cohorts that a report covers: held in the period, not cancelled."""
    paid_for = {one.institute_id for one in grant.pays_for} if grant else None
    return [
        one
        for one in facade.gatherings()
        if not one.cancelled
        and scope.period.meets(one.first_day, one.last_day)
        and (paid_for is None or one.id in paid_for)
    ]


def ground_of(
    scope: Scope,
    covered: Sequence[facade.Gathering],
    grant: Grant | None = None,
    *,
    at_a_glance: bool = False,
) -> Ground:
    """Return what the report counts; only what its kind needs is read.

    ``at_a_glance`` leaves out credit and surveys, which stand in reports alone.
    """
    kind, ids = scope.kind, [one.id for one in covered]
    every = _up_to(scope) if kind in WITH_YEARS else ()
    seated = [
        one
        for one in facade.seated_at({*ids, *(one.id for one in every)}, past=True)
        if _wanted(scope, one.state)
    ]
    people = _people(scope, ids, seated)
    places = _partnerships(scope, ids) if kind in WITH_PLANS | WITH_STRUCTURES else ()
    money = kind is ReportKind.MONEY
    return Ground(
        held=[
            Held(
                id=one.id,
                title=one.title,
                is_cohort=one.is_cohort,
                first_day=one.first_day or date.max,
            )
            for one in covered
        ],
        people=people,
        teams=_teams(scope, ids),
        credits=_credits(scope, ids, people) if kind in WITH_CREDIT and not at_a_glance else (),
        years=_years(scope, every, seated),
        plans=others.plans_of(places, scope.period) if kind in WITH_PLANS else None,
        scales=others.scales_of(ids, scope.period)
        if kind in WITH_SURVEYS and not at_a_glance
        else None,
        peers=_peers(ids) if kind in WITH_PEERS else (),
        payers=_payers(scope, ids) if money else (),
        money=_money(scope, covered) if money else (),
        grant=_grant(grant),
        bodies=others.bodies_of(places, scope.period) if kind in WITH_STRUCTURES else None,
        risks=others.risks_of(places) if kind in WITH_STRUCTURES else None,
        partnerships=len(places),
        state_names={code: state.name for code, state in ALL_STATES.items()},
    )


def _people(scope: Scope, ids: Collection[UUID], seated: Sequence[facade.Seated]) -> list[Attender]:
    period, covered = scope.period, set(ids)
    hours = scope.kind in WITH_HOURS
    minutes = results.came_to(ids, period.first, period.last) if hours else {}
    return [
        Attender(
            institute_id=one.institute_id,
            person_id=one.person_id,
            lea_id=one.lea_id,
            state=one.state,
            role_code=one.role_code,
            role=one.role,
            side=one.side,
            new=one.new_member,
            minutes=minutes.get((one.institute_id, one.person_id)),
        )
        for one in seated
        if one.institute_id in covered
    ]


def _teams(scope: Scope, ids: Collection[UUID]) -> list[CameTeam]:
    return [
        CameTeam(
            institute_id=one.institute_id,
            lea_id=one.lea_id,
            site=one.site,
            state=one.state,
            visitors=one.visitors,
            complete=bool(one.complete),
        )
        for one in facade.teams_in(ids)
        if _wanted(scope, one.state)
    ]


def _credits(scope: Scope, ids: Collection[UUID], people: Sequence[Attender]) -> list[CreditGiven]:
    theirs = {one.person_id for one in people} if scope.states else None
    return [
        CreditGiven(person_id=one.person_id, name=one.name, unit=one.unit, amount=one.amount)
        for one in results.credited_at(ids)
        if theirs is None or one.person_id in theirs
    ]


def _up_to(scope: Scope) -> list[facade.Gathering]:
    """Return everything that was held up to the period's end, for looking at years."""
    return [
        one
        for one in facade.gatherings()
        if not one.cancelled and one.first_day is not None and one.first_day <= scope.period.last
    ]


def _years(
    scope: Scope, every: Sequence[facade.Gathering], seated: Sequence[facade.Seated]
) -> list[YearOf]:
    """Return who took part in each school year up to the period's end."""
    year_of = {one.id: school_year(one.first_day) for one in every if one.first_day}
    leas: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[UUID]] = defaultdict(set)
    for team in facade.teams_in(year_of):
        if team.lea_id and not team.visitors and _wanted(scope, team.state):
            leas[year_of[team.institute_id]].add(team.lea_id)
    for seat in seated:
        if seat.institute_id in year_of:
            people[year_of[seat.institute_id]].add(seat.person_id)
    return [
        YearOf(year=year, leas=frozenset(leas[year]), people=frozenset(people[year]))
        for year in sorted(set(year_of.values()))
    ]


def _peers(ids: Collection[UUID]) -> list[PeerLine]:
    return [
        PeerLine(
            institute_id=institute_id,
            rounds=len(one.rounds),
            pairs=one.pairs,
            ended=one.ended,
            people=frozenset(one.people),
        )
        for institute_id, one in outcomes_of(ids).items()
    ]


def _payers(scope: Scope, ids: Collection[UUID]) -> list[PayerLine]:
    return [
        PayerLine(
            kind=one.kind,
            persons=one.persons,
            billed_cents=one.billed_cents,
            received_cents=one.received_cents,
        )
        for one in results.money_by_payer(ids, scope.period.last)
    ]


def _money(scope: Scope, covered: Sequence[facade.Gathering]) -> list[InstituteMoney]:
    figures = dict(results.money_of([one.id for one in covered], scope.period.last))
    return [
        InstituteMoney(
            title=one.title,
            billed_cents=figures[one.id].billed_cents,
            received_cents=figures[one.id].received_cents,
            refunded_cents=figures[one.id].refunded_cents,
            written_off_cents=figures[one.id].written_off_cents,
            open_cents=figures[one.id].open_cents,
        )
        for one in covered
        if one.id in figures
    ]


def _grant(grant: Grant | None) -> GrantMoney | None:
    if grant is None:
        return None
    return GrantMoney(
        awarded_cents=grant.amount_cents,
        cash_match_cents=grant.cash_match_cents,
        in_kind_cents=grant.in_kind_cents,
    )


def _partnerships(scope: Scope, ids: Collection[UUID]) -> Sequence[tuple[UUID, str]]:
    """Return the partnerships whose teams came, each with its state."""
    places = {
        (one.lea_id, one.site)
        for one in facade.teams_in(ids)
        if one.lea_id and not one.visitors and _wanted(scope, one.state)
    }
    return others.partnerships_at(places)


def _wanted(scope: Scope, state: str) -> bool:
    return not scope.states or state in scope.states
