"""How many peers someone takes: said by the person, or by a coordinator on their behalf."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.models import ONE_LIMIT, PeerLimit
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, Refusal
from consortium.words import say

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How many peers someone takes."""

    most: int | None = None
    """``None``: as many as everyone gets."""
    mentor: bool = False
    """Whether ``most`` is how many peers at a time, over all institutes of twelve months."""
    paused: bool = False


NO_LIMIT = Limit()


def limits() -> Mapping[UUID, Limit]:
    """Return what is said of people's limits in the consortium, by person."""
    return {row.person_id: _limit(row) for row in db.session.scalars(select(PeerLimit)).all()}


def limit_of(person_id: UUID) -> Limit:
    """Return what is said of one person's limit."""
    row = db.session.scalar(select(PeerLimit).where(PeerLimit.person_id == person_id))
    return _limit(row) if row else NO_LIMIT


def change_limit(person_id: UUID, wanted: Limit, by: str) -> None:
    """Keep how many peers someone takes from the next run on. Peers there are stay.

    Raises ``Refusal`` for a number that is none from 1 to 5, or for a mentor without one, and
    ``Conflict`` when someone else says something of the same person at the same moment.
    """
    if wanted.most is not None and not 1 <= wanted.most <= MOST:
        raise Refusal(say("Write a number of peers from 1 to 5, or none."), field="most")
    if wanted.mentor and wanted.most is None:
        raise Refusal(
            say("Write how many peers at a time a mentor takes, from 1 to 5."), field="most"
        )
    row = db.session.scalar(
        select(PeerLimit).where(PeerLimit.person_id == person_id).with_for_update()
    )
    before = _limit(row) if row else NO_LIMIT
    if row is None:
        row = PeerLimit(person_id=person_id)
        db.session.add(row)
    row.most, row.mentor, row.paused = wanted.most, wanted.mentor, wanted.paused
    row.changed_at, row.changed_by = clock.now(), by
    someone_else = Conflict(
        say("Someone else changed this at the same moment. Reload the page and look again.")
    )
    with translating(ONE_LIMIT, into=someone_else):
        db.session.flush()
    audit.record(
        "change_limit",
        f"person:{person_id}",
        by=by,
        before=_said(before),
        after=_said(wanted),
    )


def places_of(limit: Limit, *, each: int, active: int, kept: int = 0) -> int:
    """Return how many peers someone can have in a run.

    ``active`` are the peers of the last twelve months. ``kept`` of them stay beside what the run
    finds, so that they count as places of it.
    """
    if limit.mentor and limit.most is not None:
        return kept + max(0, min(each - kept, limit.most - active))
    wanted = each if limit.most is None else min(each, limit.most)
    return max(kept, wanted)


def _limit(row: PeerLimit) -> Limit:
    return Limit(most=row.most, mentor=row.mentor, paused=row.paused)


def _said(limit: Limit) -> dict[str, object]:
    return {"most": limit.most, "mentor": limit.mentor, "paused": limit.paused}
