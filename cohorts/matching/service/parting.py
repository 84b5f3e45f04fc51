"""What ends with a match: the call that two planned, and the questions about how it goes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.calls import end_calls
from cohorts.matching.service.following import drop_questions
from cohorts.matching.service.rounds import at_institute
from consortium.database import db
from consortium.merging.service import Moves


def part(matches: Sequence[PeerMatch]) -> None:
    """Call off what these pairs planned, and ask them nothing more."""
    end_calls(matches)
    drop_questions(matches)


def part_from_all(institute_id: UUID, person_id: UUID | None = None) -> None:
    """Do so for all matches of an institute, or of someone there who takes no part any more."""
    theirs = (
        select(PeerMatch)
        .join(PeerMatch.run)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            PeerMatch.introduced_at.is_not(None),
        )
    )
    if person_id is not None:
        theirs = theirs.where(
            or_(PeerMatch.first_id == person_id, PeerMatch.second_id == person_id)
        )
    part(db.session.scalars(theirs.order_by(PeerMatch.id)).all())


def part_declined(moves: Moves) -> None:
    """Do so for matches that ended because two records became one, and one of them was declined.

    It stays so when the records are parted again: people were told that nothing comes of it.
    """
    ended = select(PeerMatch).where(
        PeerMatch.id.in_(moves.ids("peer_match")), PeerMatch.ended_at.is_not(None)
    )
    part(db.session.scalars(ended.order_by(PeerMatch.id)).all())
