"""Standing bodies of many partnerships in plain values, for those who count them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from cohorts.structures.domain.keeping import BodyTerms, Held, Kept, kept
from cohorts.structures.domain.kinds import BodyKind
from cohorts.structures.domain.years import Span
from cohorts.structures.models import Body, BodyMeeting
from consortium.database import db


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """A body without its name and who sits in it."""

    id: UUID
    partnership_id: UUID
    kind: BodyKind
    terms: BodyTerms
    next_on: date | None


def counted_bodies(partnership_ids: Collection[UUID]) -> Sequence[BodyFacts]:
    """Return the bodies of these partnerships, those too that have ended, in one query."""
    statement = (
        select(
            Body.id,
            Body.partnership_id,
            Body.kind,
            Body.cadence,
            Body.summer_off,
            Body.begins_on,
            Body.ends_on,
            Body.next_on,
        )
        .where(Body.partnership_id.in_(partnership_ids))
        .order_by(Body.begins_on, Body.id)
    )
    return [
        BodyFacts(
            id=row.id,
            partnership_id=row.partnership_id,
            kind=row.kind,
            terms=BodyTerms(
                cadence=row.cadence,
                summer_off=row.summer_off,
                begins_on=row.begins_on,
                ends_on=row.ends_on,
            ),
            next_on=row.next_on,
        )
        for row in db.session.execute(statement)
    ]


def last_met(partnership_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Return when any body of each partnership met last; one that never met has none."""
    statement = (
        select(Body.partnership_id, func.max(BodyMeeting.on))
        .join(BodyMeeting, BodyMeeting.body_id == Body.id)
        .where(Body.partnership_id.in_(partnership_ids))
        .group_by(Body.partnership_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def kept_in(bodies: Sequence[BodyFacts], span: Span, today: date) -> Mapping[UUID, Kept]:
    """Return how each of these bodies kept to its cadence in these days, by its id.

    A body that there was not then is missing.
    """
    statement = (
        select(
            BodyMeeting.body_id,
            BodyMeeting.on,
            BodyMeeting.labor_came,
            BodyMeeting.management_came,
        )
        .join(Body, Body.id == BodyMeeting.body_id)
        .where(
            Body.partnership_id.in_({one.partnership_id for one in bodies}),
            BodyMeeting.on.between(span.first, span.last),
        )
    )
    held: dict[UUID, list[Held]] = defaultdict(list)
    for body_id, on, labor, management in db.session.execute(statement):
        held[body_id].append(Held(on=on, labor=labor, management=management))
    return {
        one.id: how
        for one in bodies
        if (how := kept(one.terms, held[one.id], span, today=today)) is not None
    }
