"""What features of events do when a programme, an agenda or a team changes: the others follow."""

from collections.abc import Collection, Mapping
from uuid import UUID

from events.agenda.service import notices
from events.agenda.service.notices import Why
from events.institutes.models import Institute
from events.institutes.service.editing import basics_changed, institute_published
from events.materials.service.keeping import let_go_of
from events.registration import service as teams
from events.registration.models import SeatStatus, Team
from events.registration.service.history import crowd_at
from events.schedule.domain import Attendee
from events.schedule.models import Release
from events.schedule.service import (
    agendas_changed,
    all_attendees_wanted,
    attendees_wanted,
    note_first_programme,
    programme_changed,
    settle_places,
)
from events.schedule.service.forgetting import session_forgotten


@programme_changed.connect
def _settle_places(institute_id: UUID, *, session_ids: frozenset[UUID], **_: object) -> None:
    """Let places in sessions follow what is published of a programme."""
    settle_places(institute_id, session_ids)


@session_forgotten.connect
def _let_go_of_materials(session_id: UUID) -> None:
    """Let the files go that were handed out at a session nobody saw."""
    let_go_of(session_id)


@attendees_wanted.connect
def _attendees_on(seat_ids: Collection[UUID]) -> Mapping[UUID, Attendee]:
    """Say who waits for sessions, as the programme asks about people."""
    return teams.attendees_on(seat_ids)


@all_attendees_wanted.connect
def _people_coming(institute_id: UUID) -> Mapping[Attendee, int]:
    """Let those who write the programme see how many each session is for."""
    return crowd_at(institute_id)


@institute_published.connect
def _note_first_programme(institute: Institute, *, by: str) -> None:
    """Let the public log of a programme begin when its institute is announced."""
    note_first_programme(institute, by=by)


@basics_changed.connect
def _tell_what_the_institute_is_now(institute_id: UUID) -> None:
    """Let everyone's calendar follow the institute's name, venue and zone."""
    notices.want_everyone(institute_id, why=Why.INSTITUTE)


@teams.team_settled.connect
def _follow_with_the_agendas(team: Team) -> None:
    """Let calendars follow roles, days and strands of whoever comes."""
    confirmed = {seat.person_id for seat in team.seats if seat.status is SeatStatus.CONFIRMED}
    notices.want(team.institute_id, confirmed, why=Why.SEAT)


@programme_changed.connect
def _tell_what_was_published(
    institute_id: UUID, *, session_ids: frozenset[UUID], release: Release, **_: object
) -> None:
    """Let calendars follow what is published of a programme, with the hosts' own words."""
    notices.programme_changed(institute_id, session_ids, note=release.note)


@agendas_changed.connect
def _follow_with_the_calendars(
    institute_id: UUID, *, seat_ids: frozenset[UUID], by_themselves: bool
) -> None:
    """Let calendars follow what people choose, and what becomes of their places otherwise."""
    why = Why.CHOICE if by_themselves else Why.PLACES
    notices.want(institute_id, notices.people_on(seat_ids), why=why)
