"""People rank the sessions of a round."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import Attendee
from events.schedule.domain.ranking import RankingRefused
from events.schedule.models import ONE_RANKING, RankedRound, Ranking, Session
from events.schedule.service.opening import refuse_when_closed, window_at
from events.schedule.service.ranked_rounds import get_ranked_round
from events.schedule.service.turns import take_turn
from events.schedule.service.wanted import open_to


def put_ranking(
    institute: Institute, attendee: Attendee, round_id: UUID, codes: Sequence[str], *, by: str
) -> Ranking | None:
    """Write down what someone wants of a round, the most wanted first, instead of what was there.

    No sessions at all means no ranking. The caller holds the seat. Raises ``NotFound``,
    ``NotForYou``, or ``RankingRefused`` where places were given already, a session stands there
    twice or is of another round, cancelled or begun, or there are more than people may rank;
    ``ChoosingClosed`` before choosing has opened.
    """
    refuse_cancelled(institute)
    if window_at(institute).too_early:
        refuse_when_closed(institute)
    take_turn(institute.id)
    round_ = get_ranked_round(institute, round_id)
    db.session.refresh(round_)
    if round_.allotted_at is not None:
        raise RankingRefused(
            say("Places in this round have been given. Choose one that is free on your agenda.")
        )
    if round_.most is not None and len(codes) > round_.most:
        raise RankingRefused(
            say("Rank %(most)s sessions at most: those you want most.", most=round_.most)
        )
    wanted = _checked(institute, attendee, round_, codes)
    rows = _rows(round_, attendee)
    before = list(rows[0].wanted) if rows else []
    for row in rows[1:] if wanted else rows:
        db.session.delete(row)
    if not wanted:
        _note(round_, attendee, before, [], by=by)
        return None
    row = rows[0] if rows else Ranking(round_id=round_.id, seat_id=attendee.seat_id)
    db.session.add(row)
    row.wanted = [str(session.id) for session in wanted]
    if row.wanted != before:
        row.ranked_at = clock.now()
    with translating(ONE_RANKING, into=RankingRefused(say("You ranked in two windows at once."))):
        db.session.flush()
    _note(round_, attendee, before, row.wanted, by=by)
    return row


def rankings_of(seat_ids: Collection[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return what someone with these seats wants, by ranked round, the most wanted first."""
    rows = select(Ranking).where(Ranking.seat_id.in_(seat_ids)).order_by(Ranking.ranked_at)
    return {row.round_id: wanted_of(row) for row in db.session.scalars(rows)}


def wishes_of(seat_ids: Collection[UUID]) -> Sequence[tuple[UUID, str, tuple[UUID, ...]]]:
    """Return seat, round and order of everything that people with these seats rank."""
    rows = (
        select(Ranking, RankedRound.choice_group)
        .join(RankedRound, RankedRound.id == Ranking.round_id)
        .where(Ranking.seat_id.in_(seat_ids))
        .order_by(Ranking.ranked_at, Ranking.id)
    )
    return [(row.seat_id, group, wanted_of(row)) for row, group in db.session.execute(rows)]


def rankings_at(institute_id: UUID) -> Sequence[Ranking]:
    """Return everything that people ranked at an institute, the oldest first."""
    rows = (
        select(Ranking)
        .join(RankedRound, RankedRound.id == Ranking.round_id)
        .where(RankedRound.institute_id == institute_id)
        .order_by(Ranking.ranked_at, Ranking.id)
    )
    return db.session.scalars(rows).all()


def wanted_of(row: Ranking) -> tuple[UUID, ...]:
    """Return the sessions of a ranking, the most wanted first."""
    return tuple(UUID(one) for one in row.wanted)


def who_ranked(institute_id: UUID) -> Mapping[str, frozenset[UUID]]:
    """Return the rounds in which people rank now, each with the seats of who has done so."""
    rows = (
        select(RankedRound.choice_group, Ranking.seat_id)
        .outerjoin(Ranking, Ranking.round_id == RankedRound.id)
        .where(RankedRound.institute_id == institute_id, RankedRound.allotted_at.is_(None))
    )
    found: dict[str, set[UUID]] = {}
    for group, seat_id in db.session.execute(rows):
        found.setdefault(group, set()).update([seat_id] if seat_id else [])
    return {group: frozenset(seats) for group, seats in found.items()}


def _checked(
    institute: Institute, attendee: Attendee, round_: RankedRound, codes: Sequence[str]
) -> list[Session]:
    wanted: list[Session] = []
    for code in codes:
        session = open_to(institute, attendee, code)
        if session.choice_group != round_.choice_group or session in wanted:
            raise RankingRefused(
                say("“%(title)s” cannot stand there. Look again.", title=session.title)
            )
        if session.cancelled_at is not None:
            raise RankingRefused(
                say("“%(title)s” was cancelled. Leave it out.", title=session.title)
            )
        wanted.append(session)
    return wanted


def _rows(round_: RankedRound, attendee: Attendee) -> Sequence[Ranking]:
    """Return the person's rankings of a round: one, but for who has two seats since."""
    rows = select(Ranking).where(
        Ranking.round_id == round_.id, Ranking.seat_id.in_(attendee.seat_ids)
    )
    return db.session.scalars(rows.order_by(Ranking.ranked_at.desc(), Ranking.id)).all()


def _note(
    round_: RankedRound, attendee: Attendee, before: list[str], after: list[str], *, by: str
) -> None:
    audit.record(
        "rank_sessions",
        f"seat:{attendee.seat_id}",
        by=by,
        before={"round": round_.choice_group, "wanted": before},
        after={"round": round_.choice_group, "wanted": after},
    )
