"""Pairs that a coordinator pins or forbids, and why a pin may be impossible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.domain.searching import EACH
from cohorts.matching.engine.said import weights_from
from cohorts.matching.engine.scoring import Bar, bars
from cohorts.matching.models import ONE_LOCK, LockKind, MatchLock, MatchRun
from cohorts.matching.service.history import (
    active_peers,
    by_person,
    forbidden,
    hold_people,
    live_pairs,
    met,
)
from cohorts.matching.service.limits import NO_LIMIT, limits, places_of
from cohorts.matching.service.people import Person, as_matched, colleagues_in, people_of
from cohorts.matching.service.standings import may_meet, standings
from cohorts.matching.service.weighing import own_weights
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound, Refusal
from consortium.words import say
from events import facade


@dataclass(frozen=True, kw_only=True)
class Lock:
    """A locked pair as a coordinator reads it."""

    id: UUID
    first: Person | None
    """``None`` for someone who does not come to this institute any more."""
    second: Person | None
    pinned: bool
    reason: str
    made_at: datetime
    made_by: str


def locks_of(institute_id: UUID) -> Sequence[Lock]:
    """Return what was said of pairs at this institute, newest first."""
    people = people_of(institute_id)
    rows = db.session.scalars(
        select(MatchLock)
        .where(MatchLock.institute_id == institute_id)
        .order_by(MatchLock.made_at.desc(), MatchLock.id)
    ).all()
    return [
        Lock(
            id=row.id,
            first=people.get(row.first_id),
            second=people.get(row.second_id),
            pinned=row.kind is LockKind.PIN,
            reason=row.reason,
            made_at=row.made_at,
            made_by=row.made_by,
        )
        for row in rows
    ]


def pin_pair(institute_id: UUID, one: UUID, other: UUID, by: str) -> MatchLock:
    """Let two people meet in every draft found from now on. Draft and published runs stay.

    Raises ``Refusal`` that names the rule which forbids it.
    """
    hold_people(one, other)
    _check_pin(institute_id, one, other)
    return _lock(institute_id, one, other, LockKind.PIN, "", by)


def forbid_pair(institute_id: UUID, one: UUID, other: UUID, *, reason: str, by: str) -> MatchLock:
    """Let two people never be matched, at no institute. Who met already is not parted.

    Raises ``Refusal`` without a reason, for which only staff see it, or for one person twice.
    """
    if not reason:
        raise Refusal(say("Say why, so that colleagues understand it later."), field="reason")
    hold_people(one, other)
    people = people_of(institute_id, only=[one, other])
    _both(people, one, other)
    return _lock(institute_id, one, other, LockKind.FORBID, reason, by)


def unlock_pair(institute_id: UUID, lock_id: UUID, by: str) -> None:
    """Let the matching decide about a pair again. Raises ``NotFound``."""
    row = db.session.scalar(
        select(MatchLock)
        .where(MatchLock.id == lock_id, MatchLock.institute_id == institute_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound(say("There is no such locked pair, or not any more."))
    db.session.delete(row)
    db.session.flush()
    audit.record("unlock_pair", f"match_lock:{lock_id}", by=by, before=_said(row))


def _lock(  # noqa: PLR0913, PLR0917  (what a row holds)
    institute_id: UUID, one: UUID, other: UUID, kind: LockKind, reason: str, by: str
) -> MatchLock:
    first, second = sorted((one, other))
    row = MatchLock(
        institute_id=institute_id,
        first_id=first,
        second_id=second,
        kind=kind,
        reason=reason,
        made_at=clock.now(),
        made_by=by,
    )
    db.session.add(row)
    already = Conflict(
        say("Something is said of these two already. Remove that first, then say it anew.")
    )
    with translating(ONE_LOCK, into=already):
        db.session.flush()
    audit.record("lock_pair", f"match_lock:{row.id}", by=by, after=_said(row))
    return row


def _both(people: Mapping[UUID, Person], one: UUID, other: UUID) -> tuple[Person, Person]:
    if one == other:
        raise Refusal(say("Choose two different people."), field="second")
    if one not in people or other not in people:
        raise Refusal(say("Choose two people with a confirmed seat at this institute."))
    return people[one], people[other]


def _check_pin(institute_id: UUID, one: UUID, other: UUID) -> None:
    """Raise the refusal that says why these two cannot be matched."""
    institute = facade.institute_with(institute_id)
    people = people_of(institute_id)
    first, second = _both(people, one, other)
    names = {"first": first.view.name, "second": second.view.name}
    said = limits()
    for person, id_ in ((first, one), (second, other)):
        if not person.view.wants_peers:
            raise Refusal(
                say("%(name)s has not agreed to be matched. Ask them first.", name=person.view.name)
            )
        if said.get(id_, NO_LIMIT).paused:
            raise Refusal(say("%(name)s takes no new peers for now.", name=person.view.name))
    pair = (min(one, other), max(one, other))
    if pair in forbidden():
        raise Refusal(
            say(
                "It is said that %(first)s and %(second)s never meet, here or at another "
                "institute. Remove that first.",
                **names,
            )
        )
    if pair in met():
        raise Refusal(
            say("%(first)s and %(second)s were matched before. Nobody meets twice.", **names)
        )
    if other in colleagues_in(people, by_site=institute.by_site)[one]:
        if institute.by_site:
            raise Refusal(say("%(first)s and %(second)s are of one team.", **names))
        raise Refusal(say("%(first)s and %(second)s are of one team or one LEA.", **names))
    if not may_meet(first, second, standings()):
        raise Refusal(
            say(
                "A partnership of %(first)s or %(second)s is in dispute, and not both agreed that "
                "their people may be matched all the same.",
                **names,
            )
        )
    _check_by_engine(first, second, by_site=institute.by_site)
    _check_other_pins(institute_id, people, one, other)


def _check_by_engine(first: Person, second: Person, *, by_site: bool) -> None:
    """Raise what the rules of the weights say against the pair."""
    one, other = (as_matched(each, by_site=by_site, most=1, never=()) for each in (first, second))
    broken = bars(one, other, weights_from(own_weights().said))
    names = {"first": first.view.name, "second": second.view.name}
    if Bar.LEA in broken:
        if by_site:
            raise Refusal(say("%(first)s and %(second)s are of one site.", **names))
        raise Refusal(say("%(first)s and %(second)s are of one LEA.", **names))
    if Bar.ROLES in broken:
        raise Refusal(
            say(
                "By the consortium's weights, the roles of %(first)s and %(second)s may not meet. "
                "Relate them in the weights first.",
                **names,
            )
        )
    if broken:
        raise Refusal(
            say(
                "%(first)s and %(second)s share no goal, and neither offers what the other asks "
                "for. A pair needs a reason that both can read.",
                **names,
            )
        )


def _check_other_pins(
    institute_id: UUID, people: Mapping[UUID, Person], one: UUID, other: UUID
) -> None:
    """Raise when the pins of either would be more than their places, or two of one LEA."""
    institute = facade.institute_with(institute_id)
    pins = by_person(
        {
            (row.first_id, row.second_id)
            for row in db.session.scalars(
                select(MatchLock).where(
                    MatchLock.institute_id == institute_id,
                    MatchLock.kind == LockKind.PIN,
                    or_(
                        MatchLock.first_id.in_((one, other)), MatchLock.second_id.in_((one, other))
                    ),
                )
            )
        }
    )
    draft = db.session.scalar(
        select(MatchRun).where(
            MatchRun.institute_id == institute_id, MatchRun.published_at.is_(None)
        )
    )
    each = draft.each if draft else EACH
    late = draft is not None and draft.late
    kept = by_person(live_pairs(institute_id)) if late else {}
    said, active = limits(), active_peers()
    for me, them in ((one, other), (other, one)):
        mine = {peer for peer in pins.get(me, ()) if peer in people} | kept.get(me, set())
        name = people[me].view.name
        places = places_of(
            said.get(me, NO_LIMIT),
            each=each,
            active=active.get(me, 0),
            kept=len(kept.get(me, ())),
        )
        if len(mine - {them}) >= places:
            raise Refusal(
                say(
                    "%(name)s has no place left: at most %(places)s, and others are locked or "
                    "published.",
                    name=name,
                    places=places,
                )
            )
        theirs = _unit(people[them], by_site=institute.by_site)
        if any(
            peer in people and _unit(people[peer], by_site=institute.by_site) == theirs
            for peer in mine - {them}
        ):
            raise Refusal(
                say(
                    "%(name)s is to meet someone else of the same place already: one peer of each.",
                    name=name,
                )
            )


def _unit(person: Person, *, by_site: bool) -> str:
    return as_matched(person, by_site=by_site, most=1, never=()).lea


def _said(row: MatchLock) -> dict[str, object]:
    return {
        "first": str(row.first_id),
        "second": str(row.second_id),
        "kind": row.kind.value,
        "reason": row.reason,
    }
