"""What pages show of tables and partner teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.bringing import Place, lacking, why_partners, why_table
from cohorts.matching.models import GroupedTeam, Grouping, GroupingKind, TeamGroup, TeamWish
from cohorts.matching.service.groupings import find_draft, get_grouping, live_groupings
from cohorts.matching.service.team_accepting import leads_side
from cohorts.matching.service.telling import sentence_of
from consortium.database import db
from consortium.people.domain import Side
from consortium.words import Sentence
from events import facade
from events.facade import RegisteredTeam
from events.facade import teams as facade_teams


@dataclass(frozen=True, kw_only=True)
class Member:
    """A team of a group."""

    team: RegisteredTeam
    kept: bool
    unanswered: frozenset[Side]
    """For which sides its leads may still accept partners that are asked first."""
    first_goal: bool
    """Whether the theme is what most of its people work on."""


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """A table, or partners, without teams that do not come any more."""

    number: int
    theme: str
    members: Sequence[Member]
    reasons: Sequence[Sentence]
    lacks: Sequence[Sentence]
    """Who should be at a table and is not."""
    asked: bool = False
    """Whether the leads of these partners have not all accepted yet."""


@dataclass(frozen=True, kw_only=True)
class GroupingView:
    """A proposal, or what is published."""

    id: UUID
    kind: GroupingKind
    made_at: datetime
    made_by: str
    published_at: datetime | None
    mends: bool
    smallest: int
    largest: int
    other_state: bool
    figures: Mapping[str, Any]
    groups: Sequence[GroupView]
    left_out: Sequence[tuple[RegisteredTeam, Sentence]]
    late: Sequence[RegisteredTeam]
    """Teams that registered since."""
    gone: int
    """How many of its teams do not come any more."""
    states: int
    """From how many states its teams come."""


@dataclass(frozen=True, kw_only=True)
class WishView:
    """Two teams that are kept together or apart."""

    id: UUID
    first: str
    second: str
    team_ids: frozenset[UUID]
    apart: bool


@dataclass(frozen=True, kw_only=True)
class GroupsPage:
    """The coordinator's page of one kind."""

    kind: GroupingKind
    teams: Sequence[RegisteredTeam]
    with_goals: int
    draft: GroupingView | None
    published: Sequence[GroupingView]
    """Newest first; without what was mended."""
    wishes: Sequence[WishView]

    def said_of(self, group: "GroupView") -> bool:
        """Tell whether something is said already of a pair that stands together."""
        ids = frozenset(member.team.id for member in group.members)
        return any(wish.team_ids == ids for wish in self.wishes)


@dataclass(frozen=True, kw_only=True)
class OwnGroup:
    """Where someone's team is, and with whom."""

    kind: GroupingKind
    team: RegisteredTeam
    group: GroupView
    published_at: datetime
    my_turn: bool
    """Whether this person leads the team, is asked, and has not answered."""


def groups_page(institute_id: UUID, kind: GroupingKind) -> GroupsPage:
    """Return who comes, the draft, what is published, and what is said of single teams."""
    teams = facade.registered_teams(institute_id)
    draft = find_draft(institute_id, kind)
    return GroupsPage(
        kind=kind,
        teams=teams,
        with_goals=sum(bool(team.goals) for team in teams),
        draft=_view(draft, teams) if draft else None,
        published=[_view(one, teams) for one in live_groupings(institute_id, kind)],
        wishes=_wishes(institute_id, kind, teams),
    )


def grouping_view(institute_id: UUID, grouping_id: UUID) -> GroupingView:
    """Return one proposal or published grouping. Raises ``NotFound``."""
    grouping = get_grouping(institute_id, grouping_id)
    return _view(grouping, facade.registered_teams(institute_id))


def own_groups(institute_id: UUID, person_id: UUID | None) -> Sequence[OwnGroup]:
    """Return where this person's teams are, in all that is published, newest first."""
    mine = set(facade.teams_with_person(institute_id, person_id))
    if not mine:
        return []
    teams = facade.registered_teams(institute_id)
    leading = {team.id: leads_side(team, person_id) for team in facade_teams.teams_with(mine)}
    return [
        OwnGroup(
            kind=kind,
            team=member.team,
            group=group,
            published_at=view.published_at,
            my_turn=group.asked and leading.get(member.team.id) in member.unanswered,
        )
        for kind in GroupingKind
        for view in (_view(one, teams) for one in live_groupings(institute_id, kind))
        for group in view.groups
        for member in group.members
        if member.team.id in mine and view.published_at is not None
    ]


def _view(grouping: Grouping, teams: Sequence[RegisteredTeam]) -> GroupingView:
    coming = {team.id: team for team in teams}
    placed = {place.team_id for group in grouping.groups for place in group.places}
    told = {UUID(each["team"]): sentence_of(each) for each in grouping.left_out}
    shown = [
        group
        for group in grouping.groups
        if not any(place.declined_at is not None for place in group.places)
    ]
    views = [_group(group, grouping.kind, coming, two_sided=grouping.two_sided) for group in shown]
    return GroupingView(
        id=grouping.id,
        kind=grouping.kind,
        made_at=grouping.made_at,
        made_by=grouping.made_by,
        published_at=grouping.published_at,
        mends=grouping.mends_id is not None,
        smallest=grouping.smallest,
        largest=grouping.largest,
        other_state=grouping.other_state,
        figures=grouping.figures,
        groups=[view for view in views if view.members],
        left_out=[(coming[id_], why) for id_, why in told.items() if id_ in coming],
        late=[team for team in teams if team.id not in placed and team.id not in told],
        gone=len(placed - set(coming)),
        states=len({coming[id_].state for id_ in placed if id_ in coming}),
    )


def _group(
    group: TeamGroup,
    kind: GroupingKind,
    coming: Mapping[UUID, RegisteredTeam],
    *,
    two_sided: bool,
) -> GroupView:
    places = [place for place in group.places if place.team_id in coming]
    members = sorted(
        (
            Member(
                team=coming[place.team_id],
                kept=place.kept,
                unanswered=_unanswered(place),
                first_goal=coming[place.team_id].goals[:1] == (group.theme,),
            )
            for place in places
        ),
        key=lambda member: (member.team.title, member.team.id),
    )
    its = [_place(member.team) for member in members]
    tables = kind is GroupingKind.TABLES
    several = len(its) > 1
    return GroupView(
        number=group.position,
        theme=group.theme,
        members=members,
        reasons=(why_table(group.theme, its) if tables else why_partners(its)) if several else (),
        lacks=lacking(its) if tables else (),
        asked=two_sided and group.introduced_at is None,
    )


def _unanswered(place: GroupedTeam) -> frozenset[Side]:
    """Return the sides whose lead has not accepted; all but labor speak for management."""
    open_sides = set() if place.labor_accepted_at else {Side.LABOR}
    if not place.management_accepted_at:
        open_sides |= set(Side) - {Side.LABOR}
    return frozenset(open_sides)


def _place(team: RegisteredTeam) -> Place:
    return Place(
        state=team.state,
        locale=team.locale,
        enrollment=team.enrollment,
        goals=team.goals,
        role_codes=team.role_codes,
    )


def _wishes(
    institute_id: UUID, kind: GroupingKind, teams: Sequence[RegisteredTeam]
) -> list[WishView]:
    titles = {team.id: team.title for team in teams}
    rows = db.session.scalars(
        select(TeamWish)
        .where(TeamWish.institute_id == institute_id, TeamWish.kind == kind)
        .order_by(TeamWish.id)
    )
    return sorted(
        (
            WishView(
                id=row.id,
                first=titles[row.first_id],
                second=titles[row.second_id],
                team_ids=frozenset({row.first_id, row.second_id}),
                apart=row.apart,
            )
            for row in rows
            if row.first_id in titles and row.second_id in titles
        ),
        key=lambda wish: (wish.first, wish.second),
    )
