"""What one team is asked for, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.database import db
from events.deliverables.domain import (
    Door,
    Review,
    Standing,
    counted_of,
    door_of,
    may_hand_in,
    may_take_back,
    parties_of,
    standing_of,
    waiting_of,
    who_agrees,
)
from events.deliverables.domain.agreeing import party_in_words
from events.deliverables.domain.standing import is_late
from events.deliverables.models import Deliverable, HandIn
from events.deliverables.service.asking import asked_at
from events.deliverables.service.gallery import Showing, showing_of
from events.deliverables.service.papers import hand_ins_of
from events.deliverables.service.teams import Reader, facts_of
from events.registration.models import Team


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version as pages show it."""

    number: int
    filename: str
    size: int
    note: str
    uploaded_by: str
    uploaded_at: datetime
    late: bool
    withdrawn: bool
    counts: bool
    waits_for: tuple[str, ...]
    """Who has not agreed yet, in words."""
    agreed: tuple[tuple[str, str], ...]
    """Who agreed, in words, and by whom."""
    review: Review
    review_note: str


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """One deliverable of one team, as this reader sees it."""

    deliverable: Deliverable
    standing: Standing
    door: Door
    versions: tuple[Version, ...]
    """Newest first."""
    may_upload: bool
    may_take_back: bool
    """Whether the reader may take the newest version back, as far as persons go."""
    may_agree_to: int | None
    """The version that waits for the reader's own agreement."""
    needs: tuple[str, ...]
    """Who has to agree, in words, where anyone has to."""
    showing: Showing

    @property
    def counted(self) -> Version | None:
        """The version that counts."""
        return next((one for one in self.versions if one.counts), None)

    @property
    def newest(self) -> Version | None:
        """The newest version that was not taken back."""
        return next((one for one in self.versions if not one.withdrawn), None)


def asked_of_team(team: Team) -> Sequence[tuple[Deliverable, Standing]]:
    """Return what a team is asked for and where it stands with each, by three queries."""
    asked = asked_at(team.institute_id)
    if not asked:
        return []
    found = db.session.scalars(
        select(HandIn)
        .where(HandIn.team_id == team.id)
        .options(selectinload(HandIn.agreements))
        .order_by(HandIn.number)
    ).all()
    facts = facts_of(team)
    lines = []
    for one in asked:
        needed = parties_of(one.spec, facts)
        papers = [paper.paper(needed) for paper in found if paper.deliverable_id == one.id]
        lines.append((one, standing_of(papers, one.due_at)))
    return lines


def team_page(
    team: Team, deliverable: Deliverable, reader: Reader, *, coordinates: bool = False
) -> TeamPage:
    """Return everything that the page of one deliverable of a team shows."""
    facts = facts_of(team)
    needed = parties_of(deliverable.spec, facts)
    hand_ins = hand_ins_of(deliverable.id, team.id)
    papers = [one.paper(needed) for one in hand_ins]
    counted, waiting = counted_of(papers), waiting_of(papers)
    labels = {role.code: role.label for role in team.institute.roles}
    mine = who_agrees(reader.person_id, facts)
    waits = {one.number: one.waits_for(needed) for one in hand_ins}
    door = door_of(
        papers,
        due_at=deliverable.due_at,
        late_allowed=deliverable.late_allowed,
        now=clock.now(),
    )
    newest = next((one for one in hand_ins if one.withdrawn_at is None), None)
    own = newest is not None and newest.uploaded_by == reader.email
    return TeamPage(
        deliverable=deliverable,
        standing=standing_of(papers, deliverable.due_at),
        door=door,
        versions=tuple(
            Version(
                number=one.number,
                filename=one.file.filename,
                size=one.file.size,
                note=one.note,
                uploaded_by=one.uploaded_by,
                uploaded_at=one.uploaded_at,
                late=is_late(paper, deliverable.due_at),
                withdrawn=paper.withdrawn,
                counts=counted is not None and counted.number == one.number,
                waits_for=tuple(party_in_words(party, labels) for party in waits[one.number]),
                agreed=tuple(
                    (party_in_words(each.party, labels), each.agreed_by) for each in one.agreements
                ),
                review=one.review,
                review_note=one.review_note,
            )
            for one, paper in zip(hand_ins, papers, strict=True)
        ),
        may_upload=coordinates or may_hand_in(deliverable.spec, facts, reader.person_id),
        may_take_back=coordinates
        or may_take_back(deliverable.spec, facts, reader.person_id, own=own),
        may_agree_to=waiting.number
        if waiting is not None and mine & frozenset(waits[waiting.number])
        else None,
        needs=tuple(party_in_words(party, labels) for party in needed),
        showing=showing_of(deliverable, team, facts, reader.person_id),
    )
