"""Who looks at materials, and the condition of what that person may have now."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.materials.domain import Audience
from events.materials.models import Material
from events.materials.service.presenting import sessions_presented_by
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Someone who asks for an institute's materials, as far as it matters for them."""

    person_id: UUID | None = None
    edits: bool = False
    """Writes the institute, and so all its materials."""
    is_staff: bool = False
    """Reads rosters, and so what is for staff."""
    on_agenda: frozenset[UUID] = frozenset()
    """Sessions on the person's own agenda."""
    presents: frozenset[UUID] = frozenset()
    """Sessions that the person presents or facilitates."""

    def keeps(self, session_id: UUID | None) -> bool:
        """Tell whether this person may add, change and remove materials there."""
        return self.edits or (session_id is not None and session_id in self.presents)


def viewer_at(  # noqa: PLR0913
    institute: Institute,
    person: Person | None,
    *,
    edits: bool = False,
    is_staff: bool = False,
    email: str = "",
    on_agenda: Collection[UUID] | None = None,
) -> Viewer:
    """Return who asks; the agenda is looked up only where something depends on it.

    ``email`` is the address with which someone signed in: presenters need not be known as people.
    ``on_agenda`` gives the sessions of the person's agenda where they are known already.
    """
    is_staff = is_staff or edits
    if person is not None and on_agenda is None:
        on_agenda = () if is_staff else _own_sessions(institute, person)
    emails = {email, person.email if person else ""} - {""}
    return Viewer(
        person_id=person.id if person else None,
        edits=edits,
        is_staff=is_staff,
        on_agenda=frozenset(on_agenda or ()),
        presents=sessions_presented_by(institute.id, emails) if emails else frozenset(),
    )


def may_have(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition of the materials that this person may have at this moment.

    Staff and who presents a session see theirs before the time and after it, too.
    """
    if viewer.is_staff:
        return true()
    let_in = or_(
        Material.audience == Audience.PUBLIC,
        and_(Material.audience == Audience.PLACE, _has_place(viewer)),
        and_(Material.audience == Audience.AGENDA, Material.session_id.in_(viewer.on_agenda)),
    )
    return or_(Material.session_id.in_(viewer.presents), and_(let_in, _is_public(), _is_out()))


def may_keep(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition of the materials that this person may change."""
    return true() if viewer.edits else Material.session_id.in_(viewer.presents)


def _is_public() -> ColumnElement[bool]:
    """Return the condition that its session is not only planned yet."""
    published = select(Session.id).where(Session.id == Material.session_id, Session.published)
    return or_(Material.session_id.is_(None), exists(published))


def _is_out() -> ColumnElement[bool]:
    now = clock.now()
    ended = select(Session.id).where(Session.id == Material.session_id, Session.ends_at <= now)
    return and_(
        or_(Material.from_at.is_(None), Material.from_at <= now),
        or_(Material.until_at.is_(None), Material.until_at > now),
        or_(Material.after_session.is_(False), exists(ended)),
    )


def _has_place(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.person_id is None:
        return false()
    return exists(
        select(Seat.id)
        .join(Team, Team.id == Seat.team_id)
        .where(
            Seat.institute_id == Material.institute_id,
            Seat.person_id == viewer.person_id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
    )


def _own_sessions(institute: Institute, person: Person) -> Collection[UUID]:
    depends = select(Material.id).where(
        Material.institute_id == institute.id, Material.audience == Audience.AGENDA
    )
    if db.session.scalar(depends.limit(1)) is None:
        return ()
    try:
        place = agendas.get_place(institute, person)
    except NotFound:
        return ()
    return {session.id for session in agendas.own_agenda(place).agenda.sessions}
