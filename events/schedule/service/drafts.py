"""The draft of a programme as a proposal reads it, and how proposals are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.institutes.models import Institute
from events.schedule.domain.proposing import Asked, Figures, Move, Where
from events.schedule.engine.drafted import Draft
from events.schedule.engine.movable import may_move
from events.schedule.engine.values import Person
from events.schedule.models import RankedRound, Ranking, Session
from events.schedule.service.crowds import Expected
from events.schedule.service.finding import every_session_of
from events.schedule.service.places import room_specs
from events.schedule.service.ranking import rankings_at, wanted_of


def draft_of(institute: Institute, asked: Asked) -> Draft:
    """Return the programme as those who write it see it, with what people ranked of it."""
    rows = every_session_of(institute.id)
    sessions = tuple(row.planned_draft for row in rows)
    expected = Expected(institute.id)
    ranked = select(RankedRound.choice_group).where(RankedRound.institute_id == institute.id)
    return Draft(
        sessions=sessions,
        rooms=tuple(room_specs(institute.id).values()),
        zone=institute.time_zone,
        asked=asked,
        keeps_time=frozenset(row.id for row in rows if row.keeps_time),
        keeps_room=frozenset(row.id for row in rows if row.keeps_room),
        people=_people(rankings_at(institute.id)),
        expected={
            one.id: expected(one)
            for one in sessions
            if not one.choice_group and may_move(one, institute.time_zone)
        },
        settled=frozenset(db.session.scalars(ranked))
        | frozenset(one.choice_group for one in sessions if one.taken),
    )


def basis_of(institute_id: UUID) -> dict[str, Any]:
    """Return what tells whether a draft is still the one that a proposal was made from."""
    columns = (Session.id, Session.version, Session.keeps_time, Session.keeps_room)
    rows = db.session.execute(select(*columns).where(Session.institute_id == institute_id))
    return {
        "sessions": {str(id_): [version, time, room] for id_, version, time, room in rows},
        "rooms": {
            room.name: [room.venue, room.capacity, list(room.features)]
            for room in room_specs(institute_id).values()
        },
    }


def kept_move(move: Move) -> dict[str, Any]:
    """Return a move as JSON."""
    return {
        "session": str(move.session_id),
        "before": move.before.as_kept(),
        "after": move.after.as_kept() if move.after else None,
    }


def move_in(kept: Mapping[str, Any]) -> Move:
    """Return the move that was kept."""
    after = kept["after"]
    return Move(
        session_id=UUID(kept["session"]),
        before=Where.kept(kept["before"]),
        after=Where.kept(after) if after else None,
    )


def kept_figures(figures: Figures) -> dict[str, int]:
    """Return figures as JSON."""
    return asdict(figures)


def _people(rankings: Iterable[Ranking]) -> tuple[Person, ...]:
    """Return who ranked what, each seat once for all rounds."""
    choices: dict[UUID, dict[str, int]] = {}
    for row in rankings:
        mine = choices.setdefault(row.seat_id, {})
        for rank, session_id in enumerate(wanted_of(row), start=1):
            mine[str(session_id)] = rank
    return tuple(
        Person(id=str(seat_id), choices=wanted)
        for seat_id, wanted in sorted(choices.items(), key=lambda one: one[0].hex)
    )
