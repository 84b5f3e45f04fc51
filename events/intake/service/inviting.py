"""Invitations: the host opens a closed institute to one LEA after another."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.merging import service as merging
from consortium.outbox import service as outbox
from consortium.people.domain import normalise_email
from consortium.words import say
from events.institutes.domain import Intake, Status
from events.institutes.models import Institute
from events.intake import emails
from events.intake.domain import IntakeRefused
from events.intake.domain.pasting import TWICE, InviteLine, read_invitations
from events.intake.models import INVITED_ALREADY, InstituteInvitation
from events.intake.service.finding import contact_of
from events.registration.domain import RegistrationRefused
from events.registration.models import Team, TeamKind, TeamStatus
from events.registration.service import check_lea
from events.registration.service.finding import begin_at, digest_of

TOKEN_BYTES = 20


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Whom to invite, for which LEA."""

    lea_id: str
    email: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Invited:
    """An invitation as the host's list shows it."""

    id: UUID
    lea: str
    state: str
    name: str
    email: str
    undelivered: bool
    team_id: UUID | None


def invite_leas(
    institute: Institute, guests: Sequence[Guest], *, note: str, by: str
) -> Sequence[InstituteInvitation]:
    """Invite LEAs; each gets a mail with a link, and only they can start a team.

    Raises ``IntakeRefused`` for one that is invited already or may not come at all, ``NotFound``
    for one that the directory does not know.
    """
    begin_at(institute)
    if institute.status is not Status.PUBLISHED or institute.intake is not Intake.INVITATION:
        raise IntakeRefused(say("Publish the institute, with teams by invitation only, first."))
    made = []
    for guest in guests:
        lea = merging.lea_named(guest.lea_id)
        fault = _why_not(institute, lea)
        if fault:
            raise IntakeRefused(fault, field="lea_id")
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invitation = InstituteInvitation(
            institute_id=institute.id,
            lea_id=lea.id,
            name=guest.name,
            email=normalise_email(guest.email),
            digest=digest_of(token),
            note=note,
            invited_by=by,
            invited_at=clock.now(),
        )
        twice = IntakeRefused(say("%(lea)s is invited already.", lea=lea.name), field="lea_id")
        with translating(INVITED_ALREADY, into=twice):
            db.session.add(invitation)
            db.session.flush()
        outbox.promise(
            emails.invited(invitation, institute, token=token),
            about=f"institute_invitation:{invitation.id}",
        )
        made.append(invitation)
    audit.record(
        "invite_leas",
        f"institute:{institute.id}",
        by=by,
        after={"leas": [one.lea_id for one in made]},
    )
    return made


def send_again(institute: Institute, invitation_id: UUID, *, by: str) -> InstituteInvitation:
    """Send an invitation once more, with a new link. Raises ``NotFound`` for a dead one."""
    begin_at(institute)
    invitation = _live(institute, invitation_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.digest = digest_of(token)
    invitation.undelivered_at = None
    db.session.flush()
    about = f"institute_invitation:{invitation.id}"
    outbox.supersede(about)
    outbox.promise(emails.invited(invitation, institute, token=token), about=about)
    audit.record("send_again", about, by=by)
    return invitation


def take_back(institute: Institute, invitation_id: UUID, *, by: str) -> InstituteInvitation:
    """Take an invitation back: its link is dead, and its LEA can start no team.

    A team that was started stays. Raises ``NotFound`` for a dead one.
    """
    invitation = _live(institute, invitation_id)
    invitation.taken_back_at = clock.now()
    db.session.flush()
    outbox.supersede(f"institute_invitation:{invitation.id}")
    audit.record(
        "take_back",
        f"institute_invitation:{invitation.id}",
        by=by,
        before={"lea": invitation.lea_id},
    )
    return invitation


def get_invited(token: str) -> tuple[InstituteInvitation, Institute]:
    """Return the invitation that a link names. Raises ``NotFound`` when it was taken back."""
    live = (InstituteInvitation.digest == digest_of(token)) & (
        InstituteInvitation.taken_back_at.is_(None)
    )
    statement = (
        select(InstituteInvitation, Institute)
        .join(Institute, Institute.id == InstituteInvitation.institute_id)
        .where(live)
        .options(joinedload(InstituteInvitation.lea))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(say("This invitation is not valid any more."))
    return row.InstituteInvitation, row.Institute


def invitations_of(institute: Institute) -> Sequence[Invited]:
    """Return the live invitations with the team each LEA has, by LEA."""
    team = (Team.institute_id == InstituteInvitation.institute_id) & (
        Team.lea_id == InstituteInvitation.lea_id
    )
    there = (Team.kind == TeamKind.TEAM) & (Team.status != TeamStatus.WITHDRAWN)
    statement = (
        select(InstituteInvitation, Lea, Team.id.label("team"))
        .join(Lea, Lea.id == InstituteInvitation.lea_id)
        .outerjoin(Team, team & there)
        .where(
            InstituteInvitation.institute_id == institute.id,
            InstituteInvitation.taken_back_at.is_(None),
        )
        .order_by(Lea.search_text, Lea.id, Team.site)
    )
    return [
        Invited(
            id=row.InstituteInvitation.id,
            lea=row.Lea.name,
            state=row.Lea.state,
            name=row.InstituteInvitation.name,
            email=row.InstituteInvitation.email,
            undelivered=row.InstituteInvitation.undelivered_at is not None,
            team_id=row.team,
        )
        for row in db.session.execute(statement)
    ]


def preview_invitations(institute: Institute, text: str) -> Sequence[InviteLine]:
    """Read pasted lines and say for each which LEA is meant, or what is wrong. Saves nothing."""
    lines = read_invitations(text)
    leas = _leas_meant(lines)
    invited = set(
        db.session.scalars(
            select(InstituteInvitation.lea_id).where(
                InstituteInvitation.institute_id == institute.id,
                InstituteInvitation.taken_back_at.is_(None),
            )
        )
    )
    seen: set[str] = set()
    meant = [line.meaning(leas, invited) for line in lines]
    for n, line in enumerate(meant):
        if not line.fault:
            twice = TWICE if line.lea_id in seen else ""
            meant[n] = replace(line, fault=twice or _why_not(institute, leas[line.lea_id][0]))
            seen.add(line.lea_id)
    return meant


def invite_pasted(institute: Institute, text: str, *, note: str, by: str) -> int:
    """Invite everyone of a pasted list, or nobody: return how many.

    Raises ``IntakeRefused`` when a line cannot be read.
    """
    lines = preview_invitations(institute, text)
    wrong = [line for line in lines if line.fault]
    if wrong or not lines:
        raise IntakeRefused(
            say("Correct the lines that are marked; nobody was invited."), field="lines"
        )
    guests = [Guest(lea_id=one.lea_id, email=one.email, name=one.name) for one in lines]
    return len(invite_leas(institute, guests, note=note, by=by))


def check_way_in(institute: Institute, *, lea_id: str) -> None:
    """Raise ``IntakeRefused`` where an LEA cannot simply start a team."""
    contact = contact_of(institute)
    if institute.intake is Intake.APPLICATION:
        raise IntakeRefused(
            say("Teams apply for this institute, and the host selects. Use “Apply” on its page.")
        )
    if institute.intake is Intake.INVITATION and not _is_invited(institute, lea_id):
        raise IntakeRefused(
            say(
                "Only LEAs that the host has invited can register for this institute. To ask for "
                "an invitation, write to %(contact)s.",
                contact=contact,
            )
        )


def _why_not(institute: Institute, lea: Lea) -> str:
    """Say why an LEA could not start a team though it were invited; empty where it could."""
    try:
        check_lea(institute, lea)
    except RegistrationRefused as refusal:
        return say("%(lea)s could not start a team. %(why)s", lea=lea.name, why=refusal.message)
    return ""


def _is_invited(institute: Institute, lea_id: str) -> bool:
    statement = select(InstituteInvitation.id).where(
        InstituteInvitation.institute_id == institute.id,
        InstituteInvitation.lea_id == lea_id,
        InstituteInvitation.taken_back_at.is_(None),
    )
    return db.session.scalar(statement) is not None


def _live(institute: Institute, invitation_id: UUID) -> InstituteInvitation:
    statement = select(InstituteInvitation).where(
        InstituteInvitation.id == invitation_id,
        InstituteInvitation.institute_id == institute.id,
        InstituteInvitation.taken_back_at.is_(None),
    )
    found = db.session.scalar(statement.with_for_update(key_share=True))
    if found is None:
        raise NotFound(say("There is no such invitation any more."))
    return found


def _leas_meant(lines: Collection[InviteLine]) -> dict[str, list[Lea]]:
    ids = [line.said for line in lines if line.is_id]
    names = {line.said.lower() for line in lines if not line.is_id}
    as_written = Lea.name.in_([line.said for line in lines])  # SQLite lowers nothing but ASCII
    found = db.session.scalars(
        select(Lea).where(or_(Lea.id.in_(ids), as_written, func.lower(Lea.name).in_(names)))
    )
    meant: dict[str, list[Lea]] = {}
    for lea in found:
        meant.setdefault(lea.id, []).append(lea)
        if lea.name.lower() in names:
            meant.setdefault(lea.name.lower(), []).append(lea)
    return meant
