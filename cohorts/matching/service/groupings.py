"""Bring teams together: read who comes, find tables or partners, keep them as a draft."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import selectinload

from cohorts.matching.domain.grouping import GroupingKind, Start, Terms
from cohorts.matching.models import (
    ONE_DRAFT_GROUPING,
    GroupedTeam,
    Grouping,
    TeamGroup,
    TeamWish,
)
from cohorts.matching.service.group_search import Found, Question, find_groups
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events import facade
from events.facade import RegisteredTeam


def ask_for_groups(institute_id: UUID, kind: GroupingKind, terms: Terms) -> Question:
    """Read who comes, who has met, and what was said of single teams."""
    draft = find_draft(institute_id, kind)
    published = live_groupings(institute_id, kind)
    source, mends_id = None, None
    if terms.start is Start.NEAR and draft is not None:
        source, mends_id = draft, draft.mends_id
    elif terms.start is Start.MEND and published:
        source, mends_id = published[0], published[0].id
    teams = tuple(facade.registered_teams(institute_id))
    wishes = db.session.scalars(
        select(TeamWish).where(TeamWish.institute_id == institute_id, TeamWish.kind == kind)
    ).all()
    pairs = {
        apart: tuple(
            frozenset({str(wish.first_id), str(wish.second_id)})
            for wish in wishes
            if wish.apart is apart
        )
        for apart in (True, False)
    }
    return Question(
        institute_id=institute_id,
        kind=kind,
        terms=terms,
        teams=teams,
        source_id=source.id if source else None,
        former=tuple(_former(source, teams)) if source else (),
        kept={
            str(place.team_id): group.position
            for group in (source.groups if source else ())
            for place in group.places
            if place.kept
        },
        together=pairs[False],
        apart=pairs[True],
        past=tuple(
            (group.theme, frozenset(str(place.team_id) for place in group.places))
            for grouping in published
            if grouping.id != mends_id
            for group in grouping.groups
        ),
        mends_id=mends_id,
    )


def keep_grouping(question: Question, found: Found, *, by: str) -> Grouping:
    """Keep what was found as the institute's draft of its kind; an earlier draft goes.

    Raises ``Conflict`` when someone else keeps one meanwhile.
    """
    drafts = delete(Grouping).where(
        Grouping.institute_id == question.institute_id,
        Grouping.kind == question.kind,
        Grouping.published_at.is_(None),
    )
    db.session.execute(drafts)
    grouping = Grouping(
        institute_id=question.institute_id,
        kind=question.kind,
        made_at=clock.now(),
        made_by=by,
        mends_id=question.mends_id,
        smallest=question.terms.smallest,
        largest=question.terms.largest,
        other_state=question.terms.other_state,
        figures=dict(found.figures),
        left_out=[
            {"team": team, "template": why.template, "values": why.values}
            for team, why in found.left_out
        ],
    )
    db.session.add(grouping)
    with translating(ONE_DRAFT_GROUPING, into=_found_twice()):
        db.session.flush()
    for number, theme, teams in found.groups:
        group = TeamGroup(grouping_id=grouping.id, position=number, theme=theme)
        grouping.groups.append(group)
        db.session.flush()
        group.places += [
            GroupedTeam(
                grouping_id=grouping.id,
                team_id=UUID(team),
                kept=question.kept.get(team) == number,
            )
            for team in teams
        ]
    db.session.flush()
    audit.record(
        "keep_grouping",
        f"grouping:{grouping.id}",
        by=by,
        after={
            "kind": question.kind.value,
            "teams": len(question.teams),
            "groups": len(found.groups),
            "left_out": len(found.left_out),
        },
    )
    return grouping


def group_teams(
    institute_id: UUID, kind: GroupingKind, by: str, terms: Terms | None = None
) -> Grouping:
    """Bring teams together here and now, as a draft that nobody sees yet.

    Pages ask a worker (``team_searches``); this is for who tells a story and has none beside.
    """
    question = ask_for_groups(institute_id, kind, terms or Terms())
    return keep_grouping(question, find_groups(question), by=by)


def hold_groupings(institute_id: UUID, kind: GroupingKind) -> None:
    """Let nobody publish, discard or change a grouping of this kind until this is written."""
    its = select(Grouping.id).where(Grouping.institute_id == institute_id, Grouping.kind == kind)
    db.session.execute(its.order_by(Grouping.id).with_for_update()).all()


def find_draft(institute_id: UUID, kind: GroupingKind) -> Grouping | None:
    """Return the draft of this kind with its groups."""
    return db.session.scalar(
        _whole().where(
            Grouping.institute_id == institute_id,
            Grouping.kind == kind,
            Grouping.published_at.is_(None),
        )
    )


def live_groupings(institute_id: UUID, kind: GroupingKind) -> list[Grouping]:
    """Return what is published and was not mended since, newest first, with its groups."""
    statement = _whole().where(
        Grouping.institute_id == institute_id,
        Grouping.kind == kind,
        Grouping.published_at.is_not(None),
        Grouping.mended_at.is_(None),
    )
    return list(db.session.scalars(statement.order_by(Grouping.published_at.desc(), Grouping.id)))


def get_grouping(institute_id: UUID, grouping_id: UUID) -> Grouping:
    """Return a grouping of this institute with its groups. Raises ``NotFound``."""
    grouping = db.session.scalar(
        _whole().where(Grouping.id == grouping_id, Grouping.institute_id == institute_id)
    )
    if grouping is None:
        raise no_such_grouping()
    return grouping


def no_such_grouping() -> NotFound:
    """Return the refusal of a proposal that is not there, or not any more."""
    return NotFound(say("There is no such proposal. A newer one may have replaced it."))


def _whole() -> Select[Grouping]:
    return select(Grouping).options(selectinload(Grouping.groups).selectinload(TeamGroup.places))


def _former(
    source: Grouping, teams: Iterable[RegisteredTeam]
) -> Iterable[tuple[int, str, frozenset[str]]]:
    coming = {team.id for team in teams}
    for group in source.groups:
        ids = frozenset(str(place.team_id) for place in group.places if place.team_id in coming)
        if ids:
            yield group.position, group.theme, ids


def _found_twice() -> Conflict:
    return Conflict(
        say("Someone else made a proposal at the same moment. Reload the page to see it.")
    )
