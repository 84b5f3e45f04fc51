"""What must be true of leaders who left: their seats ended, and who follows is said."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select

from cohorts.handover.models import Departure, DepartureStep, Follows, StepKind, StepOutcome
from consortium.database import db
from consortium.verify.domain import Check
from events.facade.leaving import still_held

ENDED = (StepOutcome.GIVEN, StepOutcome.KEPT)


def followed_otherwise() -> Iterator[str]:
    """Find departures that say somebody follows and do not say who, or the other way round."""
    wrong = or_(
        (Departure.follows == Follows.OPEN) & Departure.successor_id.is_not(None),
        (Departure.follows != Follows.OPEN) & Departure.successor_id.is_(None),
        Departure.successor_id == Departure.person_id,
    )
    for departure_id in db.session.scalars(select(Departure.id).where(wrong)):
        yield f"departure:{departure_id} says otherwise who follows."


def seats_still_held() -> Iterator[str]:
    """Find seats that ended or went on when somebody left, and are held as before."""
    rows = db.session.execute(
        select(DepartureStep.id, DepartureStep.seat_id)
        .join(Departure, Departure.id == DepartureStep.departure_id)
        .where(
            Departure.undone_at.is_(None),
            DepartureStep.kind == StepKind.SEAT,
            DepartureStep.outcome.in_(ENDED),
        )
        .order_by(DepartureStep.id)
    ).all()
    held = still_held([seat_id for _, seat_id in rows if seat_id])
    for step_id, seat_id in rows:
        if seat_id in held:
            yield f"departure_step:{step_id} ended seat {seat_id}, which is held as before."


CHECKS: Sequence[Check] = (
    Check(
        code="I12-departures",
        words="The seats of a leader who left are not theirs any more.",
        find=seats_still_held,
    ),
    Check(
        code="I9-departures",
        words="A departure says who follows, or that nobody is named yet.",
        find=followed_otherwise,
    ),
)
