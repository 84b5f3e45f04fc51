"""Partnerships of a consortium: made when an LEA's first team registers, kept ever after."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from blinker import Signal
from sqlalchemy import select, tuple_

from cohorts.learning.domain.partners import Who, who_of
from cohorts.learning.models import ONE_PARTNERSHIP, Partnership
from consortium import clock
from consortium.database import db, translating
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.merging.service import Moves
from consortium.tenants.service.days import today
from consortium.words import say
from events.facade import teams as facade
from events.facade.teams import Place, TeamOfYear

joining_partnerships = Signal("two partnerships become one, as their LEAs did")
"""Sent with a ``Joining`` before rows move from one partnership to the other: whoever may have
only one row for each settles which one stays, by ``moves``, or raises ``MergeRefused``."""


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Two partnerships about to become one."""

    kept: Partnership
    gone: Partnership
    moves: Moves


def get_partnership(partnership_id: UUID) -> Partnership:
    """Return the partnership with this id. Raises ``NotFound``."""
    found = db.session.scalar(select(Partnership).where(Partnership.id == partnership_id))
    if found is None:
        raise NotFound(say("There is no such partnership."))
    return found


def partnerships_with(partnership_ids: Collection[UUID]) -> list[Partnership]:
    """Return these partnerships by name, in one query."""
    statement = select(Partnership).where(Partnership.id.in_(partnership_ids))
    return list(db.session.scalars(statement.order_by(Partnership.name, Partnership.site)))


def partnership_of_place(lea_id: str, site: str = "") -> Partnership:
    """Return the partnership of an LEA or a school, and begin it where there is none. Flushes.

    Raises ``NotFound`` where the directory has no such LEA.
    """
    mine = select(Partnership).where(Partnership.lea_id == lea_id, Partnership.site == site)
    found = db.session.scalar(mine)
    if found is not None:
        return found
    lea = db.session.get(Lea, lea_id)
    if lea is None:
        raise NotFound(say("There is no such LEA."))
    begun = Partnership(lea_id=lea.id, site=site, name=lea.name, state=lea.state, since=clock.now())
    try:
        with translating(ONE_PARTNERSHIP, into=_BegunMeanwhile()), db.session.begin_nested():
            db.session.add(begun)
    except _BegunMeanwhile:
        return db.session.scalars(mine).one()
    return begun


def partnership_of_team(team_id: UUID) -> Partnership | None:
    """Return the partnership to which a team belongs; ``None`` for teams of no LEA."""
    team = team_at(team_id)
    return partnership_of_place(team.lea_id, team.site) if team.lea_id else None


def team_at(team_id: UUID) -> TeamOfYear:
    """Return one team with everyone who sat in it. Raises ``NotFound``."""
    found = facade.teams_with([team_id])
    if not found:
        raise NotFound(say("There is no such team."))
    return found[0]


def partnerships_of_institute(institute_id: UUID) -> list[tuple[Partnership, TeamOfYear]]:
    """Return the registered teams of an institute or cohort with their partnerships, by name."""
    teams = [team for team in facade.teams_at(institute_id) if team.registered and team.lea_id]
    known = {(one.lea_id, one.site): one for one in _of_places(map(_place, teams))}
    return [(known[place], team) for team in teams if (place := _place(team)) in known]


def partnerships_of_person(person_id: UUID) -> list[Partnership]:
    """Return the partnerships to which someone belongs now, by name."""
    places = facade.places_of_person(person_id)
    every = {one.id: one for one in _of_places(places)}
    people = who_of_many(list(every.values()))
    return [one for one in every.values() if people[one.id].member(person_id) is not None]


def teams_of(partnership: Partnership) -> list[TeamOfYear]:
    """Return all teams a partnership ever sent, drafts and withdrawn ones too, oldest first."""
    return facade.teams_of_places([(partnership.lea_id, partnership.site)])


def teams_of_many(partnerships: Collection[Partnership]) -> Mapping[UUID, Sequence[TeamOfYear]]:
    """Return the teams of each partnership by its id, in four queries for any number."""
    by_place: dict[Place, list[TeamOfYear]] = defaultdict(list)
    for team in facade.teams_of_places({(one.lea_id, one.site) for one in partnerships}):
        by_place[_place(team)].append(team)
    return {one.id: by_place[one.lea_id, one.site] for one in partnerships}


def who(partnership: Partnership) -> Who:
    """Return who belongs to a partnership today, by side."""
    return who_of_many([partnership])[partnership.id]


def who_of_many(partnerships: Collection[Partnership]) -> Mapping[UUID, Who]:
    """Return who belongs to each partnership today, by its id."""
    day = today()
    teams = teams_of_many(partnerships)
    return {one.id: who_of(teams[one.id], day) for one in partnerships}


def join_partnerships(moves: Moves) -> None:
    """Let two LEAs that become one have one partnership for each site. Flushes."""
    both = select(Partnership).where(Partnership.lea_id.in_([moves.kept, moves.gone]))
    rows = db.session.scalars(both.order_by(Partnership.id)).all()
    known = {one.site: one for one in rows if one.lea_id == moves.kept}
    for gone in rows:
        kept = known.get(gone.site)
        if gone.lea_id != moves.gone or kept is None:
            continue
        joining_partnerships.send(Joining(kept=kept, gone=gone, moves=moves))
        _move_what_hangs_on(gone, kept, moves)
        moves.remove(gone)


def _move_what_hangs_on(gone: Partnership, kept: Partnership, moves: Moves) -> None:
    for mapper in sorted(Partnership.registry.mappers, key=lambda one: str(one.local_table)):
        column = mapper.local_table.columns.get("partnership_id")
        if column is None:
            continue
        name = mapper.get_property_by_column(column).key
        for row in db.session.scalars(select(mapper.class_).where(column == gone.id)).unique():
            moves.change(row, **{name: kept.id})
    db.session.flush()


def _of_places(places: Iterable[Place]) -> list[Partnership]:
    wanted = sorted(set(places))
    if not wanted:
        return []
    statement = (
        select(Partnership)
        .where(tuple_(Partnership.lea_id, Partnership.site).in_(wanted))
        .order_by(Partnership.name, Partnership.site, Partnership.id)
    )
    return list(db.session.scalars(statement))


def _place(team: TeamOfYear) -> Place:
    return team.lea_id or "", team.site


class _BegunMeanwhile(Exception):
    """Someone else began it."""
