"""Ranked rounds: what is ranked is there, once, and places are given by a draft that says so."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.verify.domain import Check
from events.schedule.models import PlacesDraft, RankedRound, Ranking, Session


def ranked_wrongly() -> Iterator[str]:
    """Find rankings that name a session twice, or one of another institute."""
    institute_of: dict[UUID, UUID] = dict(
        db.session.execute(
            select(Session.id, Session.institute_id).where(
                Session.institute_id.in_(select(RankedRound.institute_id))
            )
        ).all()
    )
    rows = select(Ranking, RankedRound.institute_id).join(
        RankedRound, RankedRound.id == Ranking.round_id
    )
    for ranking, institute_id in db.session.execute(rows.order_by(Ranking.id)):
        wanted = [UUID(one) for one in ranking.wanted]
        strange = any(institute_of.get(one) != institute_id for one in wanted)
        if strange or len(set(wanted)) < len(wanted):
            yield f"ranking:{ranking.id} names a session twice, or one that is elsewhere."


def given_by_nobody() -> Iterator[str]:
    """Find rounds whose places are said to be given, and no draft that gave them."""
    accepted: set[str] = set()
    for settings in db.session.scalars(
        select(PlacesDraft.settings).where(PlacesDraft.accepted_at.is_not(None))
    ):
        accepted.update(settings["rounds"])
    given = select(RankedRound.id).where(RankedRound.allotted_at.is_not(None))
    for round_id in db.session.scalars(given.order_by(RankedRound.id)):
        if str(round_id) not in accepted:
            yield f"ranked_round:{round_id} has its places given by no draft."


CHECKS: Sequence[Check] = (
    Check(
        code="I34-rankings",
        words="What people rank are sessions of their institute, each once.",
        find=ranked_wrongly,
    ),
    Check(
        code="I2-rankings",
        words="Places by ranking are given by a draft that a host accepted.",
        find=given_by_nobody,
    ),
)
