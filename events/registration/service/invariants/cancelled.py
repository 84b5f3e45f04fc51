"""Institutes that are cancelled: nothing of them waits, and everyone who reads of it reads why."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, exists, select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from events.institutes.domain import Status
from events.institutes.models import Cancellation, Institute
from events.registration.models import (
    ActStatus,
    Answering,
    JointAct,
    PlaceWait,
    Seat,
    SubstitutionRequest,
    Team,
    TeamStatus,
)


def still_waiting() -> Iterator[str]:
    """Find what waits at a cancelled institute, and institutes that do not say what became."""
    told = exists().where(Cancellation.institute_id == Institute.id)
    gone = Institute.status == Status.CANCELLED
    for institute_id in db.session.scalars(select(Institute.id).where(gone, ~told)):
        yield f"institute:{institute_id} is cancelled, and nobody wrote down why."
    for institute_id in db.session.scalars(select(Institute.id).where(~gone, told)):
        yield f"institute:{institute_id} is held, and is written down as cancelled."
    for what, statement in _waiting():
        for row_id in db.session.scalars(statement):
            yield f"{what}:{row_id} still waits at an institute that is cancelled."
    yield from _mails()


def _waiting() -> Iterator[tuple[str, Select[Any]]]:
    here = select(Institute.id).where(Institute.status == Status.CANCELLED)
    teams = select(Team.id).where(Team.institute_id.in_(here))
    yield "team", teams.where(Team.status == TeamStatus.OFFERED)
    yield (
        "joint_act",
        select(JointAct.id).where(JointAct.status == ActStatus.OPEN, JointAct.team_id.in_(teams)),
    )
    yield (
        "substitution_request",
        select(SubstitutionRequest.id).where(
            SubstitutionRequest.status == Answering.OPEN,
            SubstitutionRequest.institute_id.in_(here),
        ),
    )
    yield "place_wait", select(PlaceWait.id).where(PlaceWait.institute_id.in_(here))
    yield "seat", select(Seat.id).where(Seat.institute_id.in_(here), Seat.wants_peers)


def _mails() -> Iterator[str]:
    """Find mails that have not left and speak of a team or a seat there as if it took place."""
    unsent = select(OutboxEmail.id, OutboxEmail.about).where(
        OutboxEmail.settled_at.is_(None), OutboxEmail.about != ""
    )
    waiting = {row.about: row.id for row in db.session.execute(unsent)}
    if not waiting:
        return
    here = select(Institute.id).where(Institute.status == Status.CANCELLED)
    for kind, model in (("team", Team), ("seat", Seat)):
        for row_id in db.session.scalars(select(model.id).where(model.institute_id.in_(here))):
            mail_id = waiting.get(f"{kind}:{row_id}")
            if mail_id is not None:
                yield f"outbox_email:{mail_id} has not left, and its institute is cancelled."
