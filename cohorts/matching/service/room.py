"""Who has room for one more match, by what each takes, has, and was asked for."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func, select

from cohorts.matching.domain.asking import Places, RequestState
from cohorts.matching.models import PeerRequest
from cohorts.matching.service.history import active_peers
from cohorts.matching.service.limits import limit_of, limits
from consortium.database import db


def people_with_held_requests() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of everyone for whom a request is held, in any consortium."""
    held = select(PeerRequest.tenant_id, PeerRequest.to_id).where(
        PeerRequest.state == RequestState.HELD
    )
    return [(row.tenant_id, row.to_id) for row in db.session.execute(held.distinct())]


def places(person_id: UUID) -> Places:
    """Return what decides whether someone has room for one more match."""
    limit = limit_of(person_id)
    offered = select(func.count(PeerRequest.id)).where(
        PeerRequest.to_id == person_id, PeerRequest.state == RequestState.OFFERED
    )
    return Places(
        most=limit.most if limit.mentor else None,
        active=active_peers(person_id).get(person_id, 0),
        offered=db.session.scalars(offered).one(),
        paused=limit.paused,
    )


def places_of_all() -> Mapping[UUID, Places]:
    """Return the same of everyone of whom a limit is said, in three queries."""
    active = active_peers()
    offered = {
        row.to_id: row.n
        for row in db.session.execute(
            select(PeerRequest.to_id, func.count(PeerRequest.id).label("n"))
            .where(PeerRequest.state == RequestState.OFFERED)
            .group_by(PeerRequest.to_id)
        )
    }
    return {
        id_: Places(
            most=limit.most if limit.mentor else None,
            active=active.get(id_, 0),
            offered=offered.get(id_, 0),
            paused=limit.paused,
        )
        for id_, limit in limits().items()
    }
