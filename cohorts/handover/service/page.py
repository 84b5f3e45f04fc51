"""The hand-over page: what whoever follows finds on the first day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select

from cohorts.handover.domain.checklist import ITEMS
from cohorts.handover.models import Departure, HandoverTick
from cohorts.handover.service.contacts import Contact, contacts_for
from cohorts.handover.service.departures import departures_of
from cohorts.learning import service as learning
from cohorts.learning.service import Part
from cohorts.structures import service as structures
from cohorts.structures.models import Body
from cohorts.structures.service import Opened
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, insert_into
from consortium.errors import NotFound
from consortium.tenancy import require_tenant
from consortium.words import say
from events.facade import meetings as facade

MOST_MEETINGS = 12
HERE = frozenset({"structures.bodies", "handover.show"})
"""Parts of the partnership's page that this page tells itself."""


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A meeting to come, or the first day of an institute."""

    on: date
    at: datetime | None = None
    """When it begins; only the day is known of an institute."""
    time_zone: str = ""
    title: str
    where: str


@dataclass(frozen=True, kw_only=True)
class HandoverPage:
    """What the hand-over page shows."""

    opened: Opened
    parts: Sequence[Part]
    """What other features keep: the plan and its agreements, surveys, peers."""
    bodies: Sequence[Body]
    last_met: dict[UUID, date]
    meetings: Sequence[Ahead]
    """What is dated and to come, the next one first."""
    contacts: Sequence[Contact]
    departures: Sequence[Departure]
    """Who left, the latest first: whom one follows."""
    ticked: Collection[str]


def handover_page(opened: Opened) -> HandoverPage:
    """Return what the reader finds who takes over in this partnership."""
    reader = opened.reader
    standing = learning.standing_in(opened.partnership.id, reader.person_id, hosts=reader.reads_all)
    bodies = [body for body in structures.bodies_of(opened.partnership.id) if body.ends_on is None]
    logs = structures.meetings_of([body.id for body in bodies])
    return HandoverPage(
        opened=opened,
        parts=[part for part in learning.parts_of(standing) if part.endpoint not in HERE],
        bodies=bodies,
        last_met={key: log[0].on for key, log in logs.items()},
        meetings=_meetings(opened),
        contacts=contacts_for(opened),
        departures=departures_of([opened.partnership.id]),
        ticked=_ticked(opened),
    )


def tick(opened: Opened, item: str, *, done: bool) -> None:
    """Keep that the reader has seen to something of the hand-over, or has not after all.

    Raises ``NotFound`` for something that is not on the list, or whoever is no person here.
    """
    person_id = opened.reader.person_id
    if item not in ITEMS or person_id is None or opened.who.member(person_id) is None:
        raise NotFound(say("There is no such thing on your list."))
    mine = (
        HandoverTick.partnership_id == opened.partnership.id,
        HandoverTick.person_id == person_id,
        HandoverTick.item == item,
    )
    if done:
        row = {
            "tenant_id": require_tenant(),
            "partnership_id": opened.partnership.id,
            "person_id": person_id,
            "item": item,
            "ticked_at": clock.now(),
        }
        db.session.execute(insert_into(HandoverTick).on_conflict_do_nothing(), [row])
    else:
        db.session.execute(delete(HandoverTick).where(*mine))
    audit.record(
        "tick_handover",
        f"partnership:{opened.partnership.id}",
        by=opened.reader.email,
        after={"item": item, "done": done},
    )


def _ticked(opened: Opened) -> frozenset[str]:
    return frozenset(
        db.session.scalars(
            select(HandoverTick.item).where(
                HandoverTick.partnership_id == opened.partnership.id,
                HandoverTick.person_id == opened.reader.person_id,
            )
        )
    )


def _meetings(opened: Opened) -> list[Ahead]:
    """Return the meetings of cohorts to come, and of institutes the first day."""
    now = clock.now()
    ahead: list[Ahead] = []
    for team in opened.teams:
        over = team.last_day is not None and team.last_day < opened.today
        if not team.registered or team.cancelled or over:
            continue
        if team.is_cohort:
            ahead += [
                Ahead(
                    on=one.starts.date(),
                    at=one.starts_at,
                    time_zone=one.time_zone,
                    title=one.title,
                    where=team.institute_title,
                )
                for one in facade.meetings_of(team.institute_id)
                if one.starts is not None
                and one.ends_at is not None
                and one.ends_at > now
                and one.for_group(team.group)
                and not one.cancelled
            ]
        elif team.first_day is not None and team.first_day >= opened.today:
            ahead.append(Ahead(on=team.first_day, title=team.institute_title, where=""))
    ahead.sort(key=lambda one: (one.on, one.at.timestamp() if one.at else 0, one.title))
    return ahead[:MOST_MEETINGS]
