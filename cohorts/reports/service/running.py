"""Run a report: find what it covers, gather, count, hide what is small."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from cohorts.reports.domain.composing import WITH_STORIES, Frame, compose
from cohorts.reports.domain.presence import school_year
from cohorts.reports.domain.scope import ReportKind, ReportRefused, Scope
from cohorts.reports.domain.tables import Report
from cohorts.reports.service import others
from cohorts.reports.service.gathering import covered_by, ground_of
from cohorts.reports.service.grants import get_grant
from consortium.directory.domain.states import ALL_STATES
from consortium.tenants.models import Tenant
from consortium.tenants.service.days import today
from consortium.words import say
from events.facade.reports import Gathering


@dataclass(frozen=True, kw_only=True)
class Run:
    """A report that is not published yet, and what it covers."""

    scope: Scope
    report: Report
    covered: tuple[Gathering, ...]


def run_report(scope: Scope, tenant: Tenant, *, with_money: bool = False) -> Run:
    """Return a report as it would be published now.

    Raises ``ReportRefused`` for money that the reader may not see, and ``NotFound`` for an
    unknown grant.
    """
    if scope.kind is ReportKind.MONEY and not with_money:
        raise ReportRefused(
            say("This report is about money. Ask somebody who may see it to make it."),
            field="kind",
        )
    grant = get_grant(scope.grant_id) if scope.grant_id else None
    if scope.kind is ReportKind.FUNDER and grant is None:
        raise ReportRefused(say("Choose the grant that this report is about."), field="grant")
    covered = covered_by(scope, grant)
    ground = ground_of(scope, covered, grant)
    places = others.partnerships_at(
        {
            (team.lea_id, team.site)
            for team in ground.teams
            if team.lea_id and not team.visitors and scope.kind in WITH_STORIES
        }
    )
    frame = Frame(
        title=_title(scope),
        consortium=tenant.name,
        colour=tenant.brand_colour,
        about=_about(scope, covered, grant.words if grant else ""),
        made_on=today(),
    )
    report = compose(scope.kind, ground, frame, others.stories_of(places, scope.period))
    return Run(scope=scope, report=report, covered=tuple(covered))


def _title(scope: Scope) -> str:
    """Return the title of a year report, which names its states and school year."""
    if scope.kind is not ReportKind.YEAR:
        return ""
    years = dict.fromkeys((school_year(scope.period.first), school_year(scope.period.last)))
    year = say(" to ").join(years)
    where = ", ".join(_state(code) for code in scope.states)
    if not where:
        return say("Year report, %(year)s", year=year)
    return say("Year report of %(where)s, %(year)s", where=where, year=year)


def _about(scope: Scope, covered: list[Gathering], grant: str) -> tuple[tuple[str, str], ...]:
    period = say(
        "%(first)s to %(last)s", first=_day(scope.period.first), last=_day(scope.period.last)
    )
    states = ", ".join(_state(code) for code in scope.states) or say("All states")
    titles = "; ".join(one.title for one in covered) or say("None in this period")
    return (
        *(((say("Grant"), grant),) if grant else ()),
        (say("Period"), str(period)),
        (say("States"), str(states)),
        (say("Institutes and cohorts"), str(titles)),
    )


def _state(code: str) -> str:
    return ALL_STATES[code].name if code in ALL_STATES else code


def _day(on: date) -> str:
    return format_date(on, "long", locale="en_US")
