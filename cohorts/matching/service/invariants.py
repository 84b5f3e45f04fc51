"""What must be true of pairs, of what peers were shown, of locks and of searches."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from cohorts.matching.domain.searching import OPEN
from cohorts.matching.models import (
    Disclosure,
    MatchLock,
    MatchRun,
    PeerLimit,
    PeerMatch,
    PeerSearch,
    TeamSearch,
)
from cohorts.matching.service.history import ACTIVE
from consortium.database import db
from consortium.merging.models import Merge, MergeKind
from consortium.people import models as people_models
from consortium.verify.domain import Check
from events import facade
from events.facade import Origin

LONGEST = timedelta(minutes=1)
"""No transaction lasts so long: what was said before was known to whoever published."""
PUBLISHED = MatchRun.published_at.is_not(None)


def met_again() -> Iterator[str]:
    """Find pairs that were published twice, and pairs that are still shown after one declined.

    Two records of a person may each have met someone before it was known that they are one.
    """
    pairs = (
        select(
            PeerMatch.first_id,
            PeerMatch.second_id,
            func.count().label("times"),
            func.count(PeerMatch.ended_at).label("ended"),
        )
        .join(PeerMatch.run)
        .where(PUBLISHED)
        .group_by(PeerMatch.first_id, PeerMatch.second_id)
        .having(func.count() > 1)
    )
    merged = merged_people()
    for row in db.session.execute(pairs):
        both = f"person:{row.first_id} and person:{row.second_id}"
        if merged.isdisjoint((row.first_id, row.second_id)):
            yield f"{both} were made peers {row.times} times."
        if 0 < row.ended < row.times:
            yield f"{both} are peers although one declined the other."


def of_one_place() -> Iterator[str]:
    """Find published pairs of two who already were of one team, LEA or site.

    Who takes another seat later keeps the peers there are, and so does who is of an LEA that
    became another's.
    """
    joined = _merged_leas()
    institutes = select(MatchRun.institute_id).where(PUBLISHED).distinct()
    for institute_id in db.session.scalars(institutes).all():
        by_site = facade.institute_with(institute_id).by_site
        # Who sits in two teams may have come to one of them later.
        only = {
            person_id: origins[0]
            for person_id, origins in facade.origins_of(institute_id).items()
            if len(origins) == 1 and origins[0].lea_id not in joined
        }
        pairs = (
            select(PeerMatch.id, PeerMatch.first_id, PeerMatch.second_id)
            .join(PeerMatch.run)
            .where(MatchRun.institute_id == institute_id, PUBLISHED)
        )
        for match_id, one, other in db.session.execute(pairs):
            first, second = only.get(one), only.get(other)
            if first is None or second is None:
                continue
            had_seats = max(first.seat_id, second.seat_id) < match_id  # ids sort by time
            if had_seats and _together(first, second, by_site=by_site):
                yield f"peer_match:{match_id} is of two who work together."


def _together(first: Origin, second: Origin, *, by_site: bool) -> bool:
    if first.team_id == second.team_id:
        return True
    same_lea = first.lea_id is not None and first.lea_id == second.lea_id
    return same_lea and (not by_site or first.site == second.site)


def too_many() -> Iterator[str]:
    """Find people to whom a run gave more peers than it gives anyone, or than they take."""
    pairs = (
        select(
            MatchRun.id,
            MatchRun.published_at,
            MatchRun.each,
            PeerMatch.first_id,
            PeerMatch.second_id,
            PeerMatch.ended_at,
        )
        .join(PeerMatch.run)
        .where(PUBLISHED)
        .order_by(MatchRun.published_at, MatchRun.id)
    )
    limits = {row.person_id: row for row in db.session.scalars(select(PeerLimit)).all()}
    runs: dict[tuple[UUID, Any, int], Counter[UUID]] = defaultdict(Counter)
    mentored: dict[UUID, list[tuple[Any, datetime | None]]] = defaultdict(list)
    for run_id, at, each, *both, ended_at in db.session.execute(pairs):
        runs[run_id, at, each].update(both)
        for id_ in both:
            if id_ in limits and limits[id_].mentor:
                mentored[id_].append((at, ended_at))
    merged = merged_people()
    for (run_id, at, each), got in runs.items():
        for id_, n in sorted(got.items()):
            most, has = each, n
            limit = limits.get(id_)
            if limit is not None and limit.changed_at < at - LONGEST:
                if limit.mentor:
                    has = _at_that_time(mentored[id_], at)
                most = 0 if limit.paused else limit.most or each
            if id_ not in merged and (n > each or has > most):
                yield f"match_run:{run_id} gave person:{id_} {n} peers, who takes {most}."


def shown_to_strangers() -> Iterator[str]:
    """Find contacts that were shown to someone who was no peer at that institute yet.

    Where both are asked first, two are peers once both have accepted.
    """
    there = and_(
        or_(
            MatchRun.institute_id == Disclosure.institute_id,
            MatchRun.other_id == Disclosure.institute_id,
        ),
        PUBLISHED,
        PeerMatch.introduced_at <= Disclosure.at,
    )
    peers = [
        select(PeerMatch.id)
        .join(PeerMatch.run)
        .where(
            PeerMatch.tenant_id == Disclosure.tenant_id,
            PeerMatch.first_id == one,
            PeerMatch.second_id == other,
            there,
        )
        .exists()
        for one, other in (
            (Disclosure.of_person_id, Disclosure.to_person_id),
            (Disclosure.to_person_id, Disclosure.of_person_id),
        )
    ]
    strangers = select(Disclosure.id).where(
        *(~peer for peer in peers), Disclosure.of_person_id != Disclosure.to_person_id
    )
    for disclosure_id in db.session.scalars(strangers):
        yield f"disclosure:{disclosure_id} is of someone who was no peer there."


def shown_after_all() -> Iterator[str]:
    """Find contacts that were shown after one of the two had declined the other."""
    for of, to in (
        (PeerMatch.first_id, PeerMatch.second_id),
        (PeerMatch.second_id, PeerMatch.first_id),
    ):
        after = (
            select(Disclosure.id, PeerMatch.id)
            .select_from(PeerMatch)
            .join(PeerMatch.run)
            .join(
                Disclosure,
                and_(
                    Disclosure.tenant_id == PeerMatch.tenant_id,
                    Disclosure.of_person_id == of,
                    Disclosure.to_person_id == to,
                    or_(
                        Disclosure.institute_id == MatchRun.institute_id,
                        Disclosure.institute_id == MatchRun.other_id,
                    ),
                ),
            )
            .where(PeerMatch.ended_at < Disclosure.at)
        )
        for disclosure_id, match_id in db.session.execute(after):
            yield f"disclosure:{disclosure_id} is later than the end of peer_match:{match_id}."


def locked_strangers() -> Iterator[str]:
    """Find locks on people who never had a seat at the institute."""
    locks: dict[UUID, list[MatchLock]] = defaultdict(list)
    for lock in db.session.scalars(select(MatchLock)):
        locks[lock.institute_id].append(lock)
    for institute_id, here in locks.items():
        named = facade.named_at(institute_id)
        for lock in here:
            if not {lock.first_id, lock.second_id} <= named:
                yield f"match_lock:{lock.id} is of someone who was never to come there."


def searches_between() -> Iterator[str]:
    """Find searches that ended and go on, ended at no time, or are done by nobody."""
    for table in (PeerSearch, TeamSearch):
        is_open = table.state.in_(OPEN)
        odd = select(table.id, table.state).where(
            or_(
                and_(is_open, table.ended_at.is_not(None)),
                and_(~is_open, table.ended_at.is_(None)),
            )
        )
        name = table.__tablename__
        for search_id, state in db.session.execute(odd):
            yield f"{name}:{search_id} is {state}, and the time of its end says otherwise."


def _at_that_time(pairs: Sequence[tuple[datetime, datetime | None]], at: datetime) -> int:
    """Return how many of a mentor's pairs took a place right after a publication."""
    return sum(
        at - ACTIVE <= published_at <= at and (ended_at is None or ended_at > at)
        for published_at, ended_at in pairs
    )


def merged_people() -> frozenset[UUID]:
    """Return who was two records: each may have done what one person does once."""
    person = people_models.Person
    kept = select(person.merged_into_id).where(person.merged_into_id.is_not(None))
    return frozenset(db.session.scalars(kept))


def _merged_leas() -> frozenset[str]:
    kept = select(Merge.kept_id).where(Merge.kind == MergeKind.LEA, Merge.unmerged_at.is_(None))
    return frozenset(db.session.scalars(kept))


CHECKS: Sequence[Check] = (
    Check(
        code="I38",
        words="Nobody meets a peer twice, and who declined is no peer any more.",
        find=met_again,
    ),
    Check(
        code="I38-apart",
        words="Peers are of different teams, and of different LEAs or sites.",
        find=of_one_place,
    ),
    Check(
        code="I38-places",
        words="Nobody gets more peers than a run gives, or than the person takes.",
        find=too_many,
    ),
    Check(
        code="I38-locks",
        words="Locked pairs are of people who are, or were, to come to the institute.",
        find=locked_strangers,
    ),
    Check(
        code="I36",
        words="Contacts are shown to matched peers alone.",
        find=shown_to_strangers,
    ),
    Check(
        code="I36-declined",
        words="No contact is shown after one of two peers declined the other.",
        find=shown_after_all,
    ),
    Check(
        code="I48-searches",
        words="Each search that ended says when.",
        find=searches_between,
    ),
)
