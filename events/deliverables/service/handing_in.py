"""A team uploads a version, or takes its last one back."""

from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.models import StoredFile
from consortium.files.service import PutFile
from consortium.outbox import service as outbox
from consortium.words import say
from events.deliverables import emails
from events.deliverables.domain import (
    Door,
    HandingInRefused,
    TeamFacts,
    door_of,
    may_hand_in,
    may_take_back,
    parties_of,
    who_agrees,
)
from events.deliverables.models import Deliverable, HandIn, HandInAgreement
from events.deliverables.service.agreeing import about, settle, tell_who_has_to_agree
from events.deliverables.service.asking import get_deliverable
from events.deliverables.service.papers import hand_ins_of
from events.deliverables.service.teams import Reader, facts_of, get_team_of
from events.institutes.models import Institute
from events.registration.models import Team, TeamStatus
from events.registration.service.finding import Editor, hold_team, lock_team


def hand_in(  # noqa: PLR0913, PLR0917
    team_id: UUID, deliverable_id: UUID, file: PutFile, note: str, editor: Editor, room: int
) -> HandIn:
    """Take a version from one of the team's leads, or from the host for them. Flushes.

    Where the host lets members hand in, one who confirmed a seat may, too; then the leads are told.
    A lead's own side has agreed by it, and a member's own office. Where others have to agree as
    well, they get a mail, and the version counts from then on. Raises ``NotFound`` for strangers,
    and ``HandingInRefused`` when it is too late, or there is no room for more (``room`` bytes for
    the whole institute).
    """
    team, deliverable = _held(team_id, deliverable_id, editor)
    if team.status is not TeamStatus.REGISTERED:
        raise HandingInRefused(say("Only registered teams hand something in."))
    before = hand_ins_of(deliverable.id, team.id)
    door = _door(team, deliverable)
    if not door.open:
        raise HandingInRefused(door.words)
    check_room(team.institute_id, file.size, most=room)
    stored = files.keep(file, person_id=editor.person_id)
    version = HandIn(
        deliverable_id=deliverable.id,
        team_id=team.id,
        number=max((one.number for one in before), default=0) + 1,
        file_id=stored.id,
        note=note,
        uploaded_by=editor.email,
        uploaded_at=clock.now(),
    )
    db.session.add(version)
    facts = facts_of(team)
    needed = parties_of(deliverable.spec, facts)
    for party in needed:
        if party in who_agrees(editor.person_id, facts):
            version.agreements.append(
                HandInAgreement(
                    party=party,
                    person_id=editor.person_id,
                    agreed_by=editor.email,
                    agreed_at=clock.now(),
                )
            )
    db.session.flush()
    outbox.supersede(about(deliverable.id, team.id))
    settle(version, needed)
    tell_who_has_to_agree(team, deliverable, version, needed)
    if editor.person_id is not None and not editor.coordinates:
        _tell_leads(team, deliverable, version, editor.person_id, facts)
    audit.record(
        "hand_in",
        f"team:{team.id}",
        by=editor.email,
        after={
            "deliverable": str(deliverable.id),
            "number": version.number,
            "late": version.uploaded_at >= deliverable.due_at,
            "complete": version.complete_at is not None,
        },
    )
    return version


def withdraw(team_id: UUID, deliverable_id: UUID, number: int, editor: Editor) -> HandIn:
    """Take a version back; what was handed in before counts again, if anything was.

    A member takes back only an own one. Raises ``NotFound``, and ``HandingInRefused`` once the
    team can hand in nothing else.
    """
    team, deliverable = _held(team_id, deliverable_id, editor)
    door = _door(team, deliverable)
    if not door.open:
        raise HandingInRefused(say("It cannot be taken back any more. %(why)s", why=door.words))
    found = [one for one in hand_ins_of(deliverable.id, team.id) if one.number == number]
    if not found:
        raise NotFound(say("There is no such file."))
    version = found[0]
    own = version.uploaded_by == editor.email
    facts = facts_of(team)
    if not (
        editor.coordinates or may_take_back(deliverable.spec, facts, editor.person_id, own=own)
    ):
        raise HandingInRefused(say("Only your team's leads take back what someone else uploaded."))
    if version.withdrawn_at is None:
        version.withdrawn_at = clock.now()
        db.session.flush()
        outbox.supersede(about(deliverable.id, team.id))
    audit.record(
        "withdraw_hand_in",
        f"team:{team.id}",
        by=editor.email,
        before={"deliverable": str(deliverable.id), "number": version.number},
    )
    return version


def check_room(institute_id: UUID, size: int, *, most: int) -> None:
    """Raise ``HandingInRefused`` when no room is left for what teams hand in.

    Others who hand in at the institute wait, so that two cannot both take what is left.
    """
    hold(Institute.id, institute_id)
    taken = db.session.scalar(
        select(func.coalesce(func.sum(StoredFile.size), 0))
        .join(HandIn, HandIn.file_id == StoredFile.id)
        .join(Deliverable, Deliverable.id == HandIn.deliverable_id)
        .where(Deliverable.institute_id == institute_id)
    )
    if int(taken or 0) + size > most:
        raise HandingInRefused(
            say("There is no room for more files at this institute. Write to the host, please."),
            field="file",
        )


def _held(team_id: UUID, deliverable_id: UUID, editor: Editor) -> tuple[Team, Deliverable]:
    """Hold the team, then the deliverable, so that two versions come one by one."""
    try:
        team = lock_team(team_id, editor)
    except NotFound:
        return _held_by_member(team_id, deliverable_id, editor)
    if not team.comes_as_team:
        raise NotFound(say("There is nothing to hand in at this address."))
    return team, get_deliverable(team.institute_id, deliverable_id)


def _held_by_member(
    team_id: UUID, deliverable_id: UUID, editor: Editor
) -> tuple[Team, Deliverable]:
    """Hold the same for a member, where the host lets members hand in."""
    get_team_of(team_id, Reader(email=editor.email, person_id=editor.person_id))
    team = hold_team(team_id)
    deliverable = get_deliverable(team.institute_id, deliverable_id)
    if not may_hand_in(deliverable.spec, facts_of(team), editor.person_id):
        raise NotFound(say("The team's leads hand it in."))
    return team, deliverable


def _tell_leads(
    team: Team, deliverable: Deliverable, version: HandIn, by: UUID, facts: TeamFacts
) -> None:
    """Promise a mail to the leads of what a member handed in, but to those asked to agree to it."""
    if by in facts.leads:
        return
    waits = frozenset(version.waits_for(parties_of(deliverable.spec, facts)))
    for lead in team.leads:
        if not waits & who_agrees(lead.person_id, facts):
            outbox.promise(
                emails.handed_in_by_member(team, deliverable, version, to=lead.person),
                about=about(deliverable.id, team.id),
            )


def _door(team: Team, deliverable: Deliverable) -> Door:
    needed = parties_of(deliverable.spec, facts_of(team))
    papers = [one.paper(needed) for one in hand_ins_of(deliverable.id, team.id)]
    return door_of(
        papers,
        due_at=deliverable.due_at,
        late_allowed=deliverable.late_allowed,
        now=clock.now(),
    )
