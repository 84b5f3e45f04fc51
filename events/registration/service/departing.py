"""Someone left the office for which they sat in a team, or led it: the place waits for who follows.

Who follows takes the seat as ``substitute`` and ``name_kept`` give it, and leads as
``appoint_lead`` and ``invite_lead`` let them.
"""

from uuid import UUID

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.words import say
from events.institutes.service import opening_of
from events.registration import emails
from events.registration.domain import RegistrationRefused
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.registration.service.finding import Editor, get_member, lock_team
from events.registration.service.joint import leads_changed
from events.registration.service.leads import take_out
from events.registration.service.leaving import take_back
from events.registration.service.naming import check_editable
from events.registration.service.sides import lead_of, name_of
from events.registration.service.standing import settle
from events.registration.service.substitution import check_own_side
from events.registration.service.wishes import facts


def vacate(team_id: UUID, seat_id: UUID, editor: Editor) -> Seat:
    """Close the seat of a member who left, and keep it, with its roles, for whoever follows.

    The team holds its place throughout, and the chain of the seat's holders goes on. The member's
    access, feed and badge end, and they are told. Raises ``NotFound``, or ``RegistrationRefused``
    as ``remove_member`` does, and where the institute is over.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    if opening_of(team.institute).over:
        raise RegistrationRefused(say("This institute is over. Its seats stay as they were."))
    old = get_member(team, seat_id)
    check_own_side(team, old, editor)
    if len(team.active_seats) == 1 and team.status is not TeamStatus.DRAFT:
        raise RegistrationRefused(
            say("Nobody would be left. Name who follows, or withdraw the whole registration.")
        )
    before = facts(old)
    take_back(old, SeatStatus.REPLACED)
    kept = Seat(
        institute_id=team.institute_id,
        name="",
        role_code=old.role_code,
        also_role_codes=list(old.also_role_codes),
        status=SeatStatus.UNCLAIMED,
        position=old.position,
        replaces_id=old.id,
    )
    team.seats.append(kept)
    db.session.flush()
    settle(team)
    after = {**facts(kept), "complete": team.complete, "missing": team.missing}
    audit.record("vacate_seat", f"team:{team.id}", by=editor.email, before=before, after=after)
    return kept


def end_lead(team_id: UUID, person_id: UUID, editor: Editor, *, reason: str) -> Team:
    """Write down that a lead has left, so that the other one leads alone and can ask who follows.

    For the other lead and coordinators; the leader is told by whoever calls this. Raises
    ``NotFound`` when the person does not lead the team, ``RegistrationRefused`` for its only
    lead: a team is always led by someone, so a coordinator appoints who follows.
    """
    team = lock_team(team_id, editor)
    gone = next((lead for lead in team.leads if lead.person_id == person_id), None)
    if gone is None:
        raise NotFound(say("This person does not lead the team any more."))
    if len(team.leads) == 1:
        raise RegistrationRefused(
            say("This is the only lead of the team. Name who leads it instead.")
        )
    leaver, side = name_of(gone), gone.side
    take_out(team, gone)
    leads_changed(team, gone=side)
    if lead_of(team, editor) is None:
        for lead in team.leads:
            mail = emails.lead_left(team, leaver=leaver, to=lead.person)
            outbox.promise(mail, about=f"team:{team.id}")
    audit.record(
        "end_lead",
        f"team:{team.id}",
        by=editor.email,
        before={"lead": str(person_id), "side": side.value},
        after={"reason": reason},
    )
    return team
