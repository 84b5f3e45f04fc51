"""A period at a glance for those who work with the teams: nothing is hidden from them."""

from dataclasses import dataclass

from cohorts.reports.domain.ground import Ground
from cohorts.reports.domain.learning import peer_blocks, plan_blocks, structure_blocks
from cohorts.reports.domain.money import money_blocks
from cohorts.reports.domain.presence import attendance_blocks, retention_blocks
from cohorts.reports.domain.reach import Crowd, by_state, team_blocks
from cohorts.reports.domain.scope import Period, ReportKind, Scope
from cohorts.reports.domain.tables import Block
from cohorts.reports.domain.tiles import TileMap, tile_map
from cohorts.reports.service.gathering import covered_by, ground_of

EVERYONE = 1
"""The smallest count that is shown to those who may read every name anyway."""


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """What the page shows."""

    map: TileMap
    leas: int
    teams: int
    complete: int
    people: int
    hours: int
    institutes: int
    blocks: tuple[Block, ...]


def dashboard_of(period: Period, *, with_money: bool) -> Dashboard:
    """Return the period's figures; money only for those who may see it."""
    scope = Scope(kind=ReportKind.YEAR, period=period)
    covered = covered_by(scope, None)
    ground = ground_of(scope, covered, at_a_glance=True)
    crowd = Crowd(ground=ground, least=EVERYONE)
    parts = [
        by_state(crowd), *team_blocks(crowd), *retention_blocks(crowd),
        *attendance_blocks(crowd), *plan_blocks(crowd), *structure_blocks(crowd),
        *peer_blocks(crowd),
    ]  # fmt: skip
    if with_money:
        money = ground_of(Scope(kind=ReportKind.MONEY, period=period), covered)
        parts += money_blocks(Crowd(ground=money, least=EVERYONE))
    return Dashboard(
        map=tile_map(_leas(ground), ground.state_names),
        leas=sum(_leas(ground).values()),
        teams=sum(not team.visitors for team in ground.teams),
        complete=sum(team.complete and not team.visitors for team in ground.teams),
        people=len(crowd.each),
        hours=round(sum(one.minutes or 0 for one in ground.people) / 60),
        institutes=len(covered),
        blocks=tuple(parts),
    )


def _leas(ground: Ground) -> dict[str, int]:
    places = {(team.state, team.lea_id) for team in ground.teams if team.lea_id}
    found: dict[str, int] = {}
    for state, _ in places:
        found[state] = found.get(state, 0) + 1
    return found
