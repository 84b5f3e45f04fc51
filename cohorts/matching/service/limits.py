"""How many peers someone takes: said by the person, or by a coordinator on their behalf."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.models import PeerLimit
from cohorts.matching.service.history import hold_people
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, insert_into
from consortium.errors import Conflict, Refusal
from consortium.tenancy import require_tenant
from consortium.words import Sentence, say

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How many peers someone takes."""

    most: int | None = None
    """``None``: as many as everyone gets."""
    mentor: bool = False
    """Whether ``most`` is how many peers at a time, over all institutes of twelve months."""
    paused: bool = False
    listed: bool = False
    """Whether people of the same institute see name, role and LEA, and may ask for a match."""

    @property
    def mark(self) -> str:
        """What a form carries, so that nobody overwrites what was said since it was opened."""
        return f"{self.most or 0}{'m' * self.mentor}{'p' * self.paused}{'l' * self.listed}"


NO_LIMIT = Limit()


def limits() -> Mapping[UUID, Limit]:
    """Return what is said of people's limits in the consortium, by person."""
    return {row.person_id: _limit(row) for row in db.session.scalars(select(PeerLimit)).all()}


def limit_of(person_id: UUID) -> Limit:
    """Return what is said of one person's limit."""
    row = db.session.scalar(select(PeerLimit).where(PeerLimit.person_id == person_id))
    return _limit(row) if row else NO_LIMIT


def change_limit(person_id: UUID, wanted: Limit, by: str, *, was: str | None = None) -> None:
    """Keep how many peers someone takes from the next run on. Peers there are stay.

    ``was`` is the mark of the limit that was changed; without one, whatever holds is changed.
    Raises ``Refusal`` for a number that is none from 1 to 5, or for a mentor without one, and
    ``Conflict`` when someone else said something of the same person since.
    """
    if wanted.most is not None and not 1 <= wanted.most <= MOST:
        raise Refusal(say("Write a number of peers from 1 to 5, or none."), field="most")
    if wanted.mentor and wanted.most is None:
        raise Refusal(
            say("Write how many peers at a time a mentor takes, from 1 to 5."), field="most"
        )
    hold_people(person_id)
    row = _held(person_id, by)
    before = _limit(row)
    if was not in {None, before.mark} and wanted != before:
        raise _someone_else(before, wanted)
    row.most, row.mentor, row.paused = wanted.most, wanted.mentor, wanted.paused
    row.listed = wanted.listed
    row.changed_at, row.changed_by = clock.now(), by
    db.session.flush()
    audit.record(
        "change_limit",
        f"person:{person_id}",
        by=by,
        before=_said(before),
        after=_said(wanted),
    )


def _held(person_id: UUID, by: str) -> PeerLimit:
    """Return what is said of someone, held until this transaction ends; nothing at first."""
    nothing = insert_into(PeerLimit).values(
        tenant_id=require_tenant(), person_id=person_id, changed_at=clock.now(), changed_by=by
    )
    db.session.execute(nothing.on_conflict_do_nothing(index_elements=[PeerLimit.person_id]))
    return db.session.scalars(
        select(PeerLimit)
        .where(PeerLimit.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _someone_else(stored: Limit, sent: Limit) -> Conflict:
    """Return the refusal that shows what differs."""
    facts = (
        (say("Peers"), _words(stored), _words(sent)),
        (say("No new peers for now"), _yes_or_no(stored.paused), _yes_or_no(sent.paused)),
        (say("May be asked for a match"), _yes_or_no(stored.listed), _yes_or_no(sent.listed)),
    )
    return Conflict(
        say("Someone else changed this since you opened the page."),
        versions=tuple(fact for fact in facts if fact[1] != fact[2]),
    )


def _words(limit: Limit) -> Sentence:
    """Return how many peers a limit allows, as people read it."""
    if limit.most is None:
        return say("As many as everyone")
    if limit.mentor:
        return say("A mentor of %(most)s in twelve months", most=limit.most)
    return say("At most %(most)s in one round", most=limit.most)


def _yes_or_no(told: bool) -> Sentence:  # noqa: FBT001  (a value, not a switch)
    return say("Yes") if told else say("No")


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
    return Limit(most=row.most, mentor=row.mentor, paused=row.paused, listed=row.listed)


def _said(limit: Limit) -> dict[str, object]:
    return {
        "most": limit.most,
        "mentor": limit.mentor,
        "paused": limit.paused,
        "listed": limit.listed,
    }
