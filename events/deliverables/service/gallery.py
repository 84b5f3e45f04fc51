"""Showing what teams handed in to each other: only where host and team agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, exists, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.files.models import StoredFile
from consortium.words import say
from events.deliverables.domain import (
    AskedTeam,
    HandingInRefused,
    TeamFacts,
    parties_of,
)
from events.deliverables.domain.agreeing import LEAD
from events.deliverables.models import Deliverable, GalleryConsent
from events.deliverables.service.asking import asked_at, get_deliverable
from events.deliverables.service.papers import ByTeam, counting, hand_ins_by_team
from events.deliverables.service.teams import facts_of, teams_asked
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.registration.service.finding import Editor, lock_team


@dataclass(frozen=True, kw_only=True)
class Showing:
    """Whether a team's paper hangs in the gallery, and what the reader can do about it."""

    allowed: bool
    """Whether the host lets teams show it."""
    shown: bool
    waits_for_other_lead: bool
    mine: bool
    """Whether the reader, as a lead, has agreed."""
    leads: bool
    """Whether the reader leads the team."""


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """One paper in the gallery."""

    deliverable_id: UUID
    title: str
    team_id: UUID
    team: str
    filename: str
    file: StoredFile


def showing_of(
    deliverable: Deliverable, team: Team, facts: TeamFacts, person_id: UUID | None
) -> Showing:
    """Return whether a team's paper may be seen by others, as the reader can change it."""
    given = _consents([deliverable.id])[deliverable.id].get(team.id, set())
    side = facts.leads.get(person_id) if person_id else None
    mine = side is not None and f"{LEAD}{side.value}" in given
    shown = _is_shown(deliverable, facts, given)
    return Showing(
        allowed=deliverable.gallery,
        shown=shown,
        waits_for_other_lead=bool(given) and not shown,
        mine=mine,
        leads=side is not None,
    )


def show(team_id: UUID, deliverable_id: UUID, editor: Editor) -> None:
    """Let the other teams see what the team handed in, as far as this lead goes.

    Raises ``NotFound``, ``HandingInRefused`` where the host has no gallery or nobody leads.
    """
    team, deliverable, party = _held(team_id, deliverable_id, editor)
    if not deliverable.gallery:
        raise HandingInRefused(say("The host shows these papers to nobody else."))
    if party not in _consents([deliverable.id])[deliverable.id].get(team.id, set()):
        db.session.add(
            GalleryConsent(
                deliverable_id=deliverable.id,
                team_id=team.id,
                party=party,
                given_by=editor.email,
                given_at=clock.now(),
            )
        )
        db.session.flush()
    audit.record(
        "show_in_gallery",
        f"team:{team.id}",
        by=editor.email,
        after={"deliverable": str(deliverable.id), "party": party},
    )


def hide(team_id: UUID, deliverable_id: UUID, editor: Editor) -> None:
    """Take it out of the gallery at once; one lead is enough. Raises as ``show`` does."""
    team, deliverable, party = _held(team_id, deliverable_id, editor)
    gone = delete(GalleryConsent).where(
        GalleryConsent.deliverable_id == deliverable.id, GalleryConsent.team_id == team.id
    )
    db.session.execute(gone)
    audit.record(
        "hide_from_gallery",
        f"team:{team.id}",
        by=editor.email,
        before={"deliverable": str(deliverable.id), "party": party},
    )


def may_enter(institute: Institute, person_id: UUID | None) -> bool:
    """Tell whether this person has a place at the institute, and so sees its gallery."""
    if person_id is None:
        return False
    seated = exists(
        select(Seat.id)
        .join(Team, Team.id == Seat.team_id)
        .where(
            Seat.institute_id == institute.id,
            Seat.person_id == person_id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
    )
    return bool(db.session.scalar(select(seated)))


def has_gallery(institute_id: UUID) -> bool:
    """Tell whether the host lets teams show anything there."""
    some = select(Deliverable.id).where(
        Deliverable.institute_id == institute_id, Deliverable.gallery.is_(True)
    )
    return db.session.scalar(some.limit(1)) is not None


def gallery_at(institute: Institute) -> Sequence[tuple[Deliverable, Sequence[Hanging]]]:
    """Return what hangs in the gallery, by deliverable and team; what waits or went does not."""
    asked = [one for one in asked_at(institute.id) if one.gallery]
    if not asked:
        return []
    ids = [one.id for one in asked]
    consents, papers = _consents(ids), hand_ins_by_team(ids)
    teams = teams_asked(institute.id)
    return [(one, _hanging(one, teams, consents[one.id], papers[one.id])) for one in asked]


def get_hanging_file(institute: Institute, deliverable_id: UUID, team_id: UUID) -> StoredFile:
    """Return the file of a paper in the gallery. Raises ``NotFound`` for what hangs there not."""
    deliverable = get_deliverable(institute.id, deliverable_id)
    for asked, papers in gallery_at(institute) if deliverable.gallery else ():
        for one in papers if asked.id == deliverable.id else ():
            if one.team_id == team_id:
                return one.file
    raise NotFound(say("There is no such paper in the gallery."))


def _hanging(
    deliverable: Deliverable,
    teams: Sequence[AskedTeam],
    consents: Mapping[UUID, Collection[str]],
    papers: ByTeam,
) -> list[Hanging]:
    found = []
    for team in teams:
        version = counting(papers.get(team.id, ()), parties_of(deliverable.spec, team.facts))
        if version is not None and _is_shown(deliverable, team.facts, consents.get(team.id, ())):
            hanging = Hanging(
                deliverable_id=deliverable.id,
                title=deliverable.title,
                team_id=team.id,
                team=team.title,
                filename=version.file.filename,
                file=version.file,
            )
            found.append(hanging)
    return found


def _is_shown(deliverable: Deliverable, facts: TeamFacts, given: Collection[str]) -> bool:
    """Tell whether host and team agree; of a paper of both sides, each lead has to."""
    leads = {f"{LEAD}{side.value}" for side in facts.leads.values()}
    agreed = leads & set(given)
    enough = agreed == leads if deliverable.both_sides else bool(agreed)
    return deliverable.gallery and bool(agreed) and enough


def _consents(deliverable_ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, set[str]]]:
    statement = select(
        GalleryConsent.deliverable_id, GalleryConsent.team_id, GalleryConsent.party
    ).where(GalleryConsent.deliverable_id.in_(deliverable_ids))
    found: dict[UUID, dict[UUID, set[str]]] = {one: {} for one in deliverable_ids}
    for deliverable_id, team_id, party in db.session.execute(statement):
        found[deliverable_id].setdefault(team_id, set()).add(party)
    return found


def _held(team_id: UUID, deliverable_id: UUID, editor: Editor) -> tuple[Team, Deliverable, str]:
    team = lock_team(team_id, editor)
    deliverable = get_deliverable(team.institute_id, deliverable_id)
    side = facts_of(team).leads.get(editor.person_id) if editor.person_id else None
    if side is None:
        raise HandingInRefused(say("Only the team's own leads decide who else sees it."))
    return team, deliverable, f"{LEAD}{side.value}"
