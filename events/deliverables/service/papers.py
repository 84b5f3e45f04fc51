"""Reading what was handed in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consortium.database import db
from consortium.errors import NotFound
from consortium.files.models import StoredFile
from consortium.words import say
from events.deliverables.domain import Party, counted_of
from events.deliverables.models import Deliverable, HandIn
from events.registration.models import Team


def hand_ins_of(deliverable_id: UUID, team_id: UUID) -> Sequence[HandIn]:
    """Return what a team uploaded, newest first."""
    statement = (
        select(HandIn)
        .where(HandIn.deliverable_id == deliverable_id, HandIn.team_id == team_id)
        .options(joinedload(HandIn.file), selectinload(HandIn.agreements))
        .order_by(HandIn.number.desc())
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()


ByTeam = Mapping[UUID, Sequence[HandIn]]


def hand_ins_by_team(deliverable_ids: Collection[UUID]) -> Mapping[UUID, ByTeam]:
    """Return everything that was uploaded, by deliverable and team, oldest first; two queries."""
    statement = (
        select(HandIn)
        .where(HandIn.deliverable_id.in_(deliverable_ids))
        .options(joinedload(HandIn.file), selectinload(HandIn.agreements))
        .order_by(HandIn.number)
    )
    found: dict[UUID, dict[UUID, list[HandIn]]] = {one: {} for one in deliverable_ids}
    for one in db.session.scalars(statement):
        found[one.deliverable_id].setdefault(one.team_id, []).append(one)
    return found


def counting(versions: Sequence[HandIn], needed: Iterable[Party]) -> HandIn | None:
    """Return the version of a team that counts; ``needed`` have to agree."""
    parties = tuple(needed)
    counted = counted_of([one.paper(parties) for one in versions])
    return next((one for one in versions if counted and one.number == counted.number), None)


def get_version(team: Team, deliverable_id: UUID, number: int) -> StoredFile:
    """Return the file of one version of a team the reader may see. Raises ``NotFound``."""
    file = db.session.scalar(
        select(StoredFile)
        .join(HandIn, HandIn.file_id == StoredFile.id)
        .join(Deliverable, Deliverable.id == HandIn.deliverable_id)
        .where(
            HandIn.team_id == team.id,
            HandIn.deliverable_id == deliverable_id,
            Deliverable.institute_id == team.institute_id,
            HandIn.number == number,
        )
    )
    if file is None:
        raise NotFound(say("There is no such file."))
    return file
