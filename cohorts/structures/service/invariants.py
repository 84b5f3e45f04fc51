"""What must be true of standing meetings: they met while they existed, and somebody came."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select

from cohorts.structures.models import Body, BodyMeeting
from consortium.database import db
from consortium.verify.domain import Check


def met_astray() -> Iterator[str]:
    """Find meetings outside the days of their body, and those to which nobody came."""
    nobody = BodyMeeting.labor_came + BodyMeeting.management_came + BodyMeeting.others_came == 0
    statement = (
        select(BodyMeeting.id)
        .join(Body, Body.id == BodyMeeting.body_id)
        .where(or_(BodyMeeting.on < Body.begins_on, BodyMeeting.on > Body.ends_on, nobody))
    )
    for meeting_id in db.session.scalars(statement.order_by(BodyMeeting.id)):
        yield f"body_meeting:{meeting_id} was when there was no such body, or nobody came."


CHECKS: Sequence[Check] = (
    Check(
        code="I9-bodies",
        words="A standing meeting met while there was such a body, and somebody came.",
        find=met_astray,
    ),
)
