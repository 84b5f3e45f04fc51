"""The host lets people rank a round instead of taking places first come, first served."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain.ranking import PlacesByRanking, Ranked, RankedSpec, RankingRefused
from events.schedule.models import ONE_RANKED_ROUND, RankedRound, Ranking, Session
from events.schedule.service.turns import take_turn


def ranked_rounds_of(institute_id: UUID) -> Mapping[str, Ranked]:
    """Return the rounds of an institute in which people rank, by their names."""
    rows = select(RankedRound).where(RankedRound.institute_id == institute_id)
    return {row.choice_group: as_ranked(row) for row in db.session.scalars(rows)}


def get_ranked_round(institute: Institute, round_id: UUID) -> RankedRound:
    """Return a ranked round of the institute. Raises ``NotFound``."""
    row = db.session.scalar(
        select(RankedRound).where(
            RankedRound.id == round_id, RankedRound.institute_id == institute.id
        )
    )
    if row is None:
        raise NotFound(say("In this round nobody ranks sessions."))
    return row


def as_ranked(row: RankedRound) -> Ranked:
    """Return a ranked round as a value."""
    return Ranked(
        id=row.id,
        group=row.choice_group,
        until=row.until,
        any_free=row.any_free,
        most=row.most,
        given=row.allotted_at is not None,
    )


def ranked_specs(institute_id: UUID) -> tuple[RankedSpec, ...]:
    """Return what was said of the ranked rounds of an institute, by name."""
    rows = select(RankedRound).where(RankedRound.institute_id == institute_id)
    return tuple(_spec(row) for row in db.session.scalars(rows.order_by(RankedRound.choice_group)))


def let_rank(  # noqa: PLR0913  (what a ranked round is)
    institute: Institute,
    group: str,
    *,
    until: datetime,
    any_free: bool,
    most: int | None = None,
    by: str,
) -> RankedRound:
    """Let people rank the sessions of a round until a moment, or change until when.

    Nobody takes a place in it until places are given; who has one keeps it. ``most`` is how many
    sessions one person ranks at most. Raises ``NotFound`` for a round without sessions,
    ``RankingRefused`` where places were given, for fewer choices than people have places, or for a
    moment that is over or after the round has begun.
    """
    refuse_cancelled(institute)
    take_turn(institute.id)
    first = _first_of(institute, group)
    if until <= clock.now():
        raise RankingRefused(
            say("This moment is over. Give people time to rank."), field="until_on"
        )
    if first.starts_at is not None and until >= first.starts_at:
        raise RankingRefused(
            say("“%(title)s” has begun by then. Choose an earlier moment.", title=first.title),
            field="until_on",
        )
    if most is not None and most < first.pick:
        raise RankingRefused(
            say("Each person gets %(pick)s places. Let people rank that many.", pick=first.pick),
            field="most",
        )
    row = _held(institute, group)
    before = {} if row is None else _told(row)
    if row is None:
        row = RankedRound(institute_id=institute.id, choice_group=group)
        db.session.add(row)
    elif row.allotted_at is not None:
        raise RankingRefused(say("Places in this round have been given."))
    row.until, row.any_free, row.most = until, any_free, most
    with translating(
        ONE_RANKED_ROUND, into=RankingRefused(say("People rank this round already. Look again."))
    ):
        db.session.flush()
    audit.record("let_rank", f"institute:{institute.id}", by=by, before=before, after=_told(row))
    return row


def stop_ranking(institute: Institute, round_id: UUID, *, by: str) -> None:
    """Let people take places in a round first come, first served again; rankings are deleted.

    Raises ``RankingRefused`` where places were given by them.
    """
    refuse_cancelled(institute)
    take_turn(institute.id)
    row = get_ranked_round(institute, round_id)
    db.session.refresh(row, with_for_update={"key_share": True})
    if row.allotted_at is not None:
        raise RankingRefused(say("Places in this round have been given."))
    audit.record("stop_ranking", f"institute:{institute.id}", by=by, before=_told(row))
    db.session.delete(row)
    db.session.flush()


def set_ranked_rounds(institute: Institute, rounds: Sequence[RankedSpec]) -> None:
    """Let people rank these rounds and no others, as a programme file says. Flushes.

    The caller holds the sessions. Rounds in which places were given stay as they are. Raises
    ``RankingRefused`` for a change to such a round, for a moment that is over while the round is
    still to come, and where people have ranked a round that is not among these.
    """
    rows = {
        row.choice_group: row
        for row in db.session.scalars(
            select(RankedRound).where(RankedRound.institute_id == institute.id).with_for_update()
        )
    }
    for spec in rounds:
        row = rows.pop(spec.group, None)
        if row is not None and _spec(row) == spec:
            continue
        if row is not None and row.allotted_at is not None:
            raise RankingRefused(
                say(
                    "Places in round “%(round)s” have been given. Leave it as it is in the file.",
                    round=spec.group,
                )
            )
        if spec.until <= clock.now() and not _has_begun(institute, spec.group):
            raise RankingRefused(
                say(
                    "The time to rank round “%(round)s” is over already. Write a later moment.",
                    round=spec.group,
                )
            )
        if row is None:
            row = RankedRound(institute_id=institute.id, choice_group=spec.group)
            db.session.add(row)
        row.until, row.any_free, row.most = spec.until, spec.any_free, spec.most
    for row in rows.values():
        if row.allotted_at is not None:
            continue
        if db.session.scalar(select(exists().where(Ranking.round_id == row.id))):
            raise RankingRefused(
                say(
                    "People have ranked round “%(round)s”, and the file does not have it among its "
                    "ranked rounds. Add it, or end the ranking on the page of ranked rounds first.",
                    round=row.choice_group,
                )
            )
        db.session.delete(row)
    db.session.flush()


def _spec(row: RankedRound) -> RankedSpec:
    return RankedSpec(group=row.choice_group, until=row.until, most=row.most, any_free=row.any_free)


def _has_begun(institute: Institute, group: str) -> bool:
    begins = select(func.min(Session.starts_at)).where(
        Session.institute_id == institute.id,
        Session.choice_group == group,
        Session.cancelled_at.is_(None),
    )
    first = db.session.scalar(begins)
    return first is not None and first <= clock.now()


def refuse_while_ranked(*sessions: Session) -> None:
    """Raise ``PlacesByRanking`` where people rank a session's round and no place is given yet."""
    for session in sessions:
        if session.choice_group and db.session.scalar(
            select(
                exists().where(
                    RankedRound.institute_id == session.institute_id,
                    RankedRound.choice_group == session.choice_group,
                    RankedRound.allotted_at.is_(None),
                )
            )
        ):
            raise PlacesByRanking(session.title)


def _first_of(institute: Institute, group: str) -> Session:
    statement = (
        select(Session)
        .where(
            Session.institute_id == institute.id,
            Session.choice_group == group,
            Session.choice_group != "",
            Session.published,
            Session.cancelled_at.is_(None),
        )
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.id)
        .limit(1)
    )
    first = db.session.scalar(statement)
    if first is None:
        raise NotFound(say("There is no such round of sessions."))
    return first


def _held(institute: Institute, group: str) -> RankedRound | None:
    return db.session.scalar(
        select(RankedRound)
        .where(RankedRound.institute_id == institute.id, RankedRound.choice_group == group)
        .with_for_update(key_share=True)
    )


def _told(row: RankedRound) -> dict[str, object]:
    return {
        "round": row.choice_group,
        "until": row.until.isoformat(),
        "any_free": row.any_free,
        "most": row.most,
    }
