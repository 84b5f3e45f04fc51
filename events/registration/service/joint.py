"""Joint acts: what one lead wants is done once the lead of the other side agrees.

Which acts those are is the institute's to say. Whoever does such an act asks here first::

    if asks_other_lead(team, JointActKind.SUBMIT, editor, payload={...}):
        return team  # the other lead has a mail; nothing is done yet

and names the function that does it when both agree by ``@performs``. It runs in the transaction
in which the other lead agrees, writes its own audit row, and may refuse: then nobody has agreed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people.domain import Side
from consortium.words import say
from events.institutes.domain import JointActKind
from events.registration import emails
from events.registration.domain import (
    ACT_WORDS,
    RegistrationRefused,
    SeatShown,
    TeamShown,
)
from events.registration.models import ActStatus, JointAct, Team, TeamLead
from events.registration.service.finding import Editor, lock_team
from events.registration.service.sides import lead_beside, lead_of, name_of

Performer = Callable[[UUID, Mapping[str, Any], Editor], object]
Words = Callable[[Team, Mapping[str, Any]], str]
P = TypeVar("P", bound=Performer)
AS_SHOWN = "team"
"""Where a payload keeps the fingerprint of the team that is agreed to."""

_performers: dict[JointActKind, Performer] = {}
_words: dict[JointActKind, Words] = {}


def performs(kind: JointActKind, *, words: Words | None = None) -> Callable[[P], P]:
    """Name the function that does acts of this kind once both leads agree.

    It gets the team's id, the payload as stored, and the lead who agreed, with ``agreed`` set.
    ``words`` completes “asks you to agree to …”, where the usual words are not enough.
    """

    def register(performer: P) -> P:
        _performers[kind] = performer
        if words is not None:
            _words[kind] = words
        return performer

    return register


def asks_other_lead(
    team: Team,
    act: JointActKind,
    editor: Editor,
    *,
    subject: str = "",
    payload: Mapping[str, Any] | None = None,
) -> JointAct | None:
    """Ask the lead of the other side to agree; ``None`` means: go on and do it.

    That is so where the institute does not ask both, a coordinator does it, both have agreed,
    or the other lead has asked for the very same before. An earlier request about the same
    subject lapses. Raises ``RegistrationRefused`` when the team has no second lead yet, or
    waits for the answer to the same request already. Call it with the team locked. Flushes.
    """
    wanted = dict(payload or {})
    if act.value not in team.institute.joint_acts or not team.comes_as_team:
        return None
    before = _open_act(team, act, subject)
    mine = None if editor.coordinates else lead_of(team, editor)
    if mine is None or editor.agreed:
        lapse(team, act, subject)
        return None
    if before is not None and before.payload == wanted:
        if before.asked_side is mine.side:
            raise RegistrationRefused(
                say("You have asked already. The other lead has not answered yet.")
            )
        _settle(before, ActStatus.AGREED, by=editor.email)
        _tell(before, team, answerer=mine)
        return None
    lead_beside(team, mine)
    lapse(team, act, subject)
    asked = JointAct(
        team_id=team.id,
        act=act,
        subject=subject,
        payload=wanted,
        asked_by=editor.email,
        asked_side=mine.side,
        asked_at=clock.now(),
    )
    db.session.add(asked)
    db.session.flush()
    _mail_other(asked, team, mine)
    audit.record(
        "ask_other_lead",
        f"team:{team.id}",
        by=editor.email,
        after={"act": act.value, "subject": subject},
    )
    return asked


def agree_to_act(act_id: UUID, editor: Editor) -> Team:
    """Agree to what the lead of the other side asks: it is done at once, and both are told.

    Raises ``NotFound`` for strangers, ``RegistrationRefused`` for anyone but the lead who was
    asked, when it was answered before, when the team has changed since it was asked, or for
    whatever reason the act itself cannot be done.
    """
    act, team, mine = _to_answer(act_id, editor)
    if has_changed(act, team):
        raise RegistrationRefused(
            say(
                "The team has changed since you were asked. Look at it as it is now and ask the "
                "other lead to agree to that."
            )
        )
    _settle(act, ActStatus.AGREED, by=editor.email)
    _tell(act, team, answerer=mine)
    _performers[act.act](team.id, act.payload, replace(editor, agreed=True))
    return team


def refuse_act(act_id: UUID, note: str, editor: Editor) -> Team:
    """Say no to what the lead of the other side asks, and why. Raises as ``agree_to_act`` does."""
    act, team, mine = _to_answer(act_id, editor)
    act.note = note
    _settle(act, ActStatus.REFUSED, by=editor.email)
    _tell(act, team, answerer=mine)
    audit.record("refuse_act", f"team:{team.id}", by=editor.email, before=_facts(act))
    return team


def take_back_act(act_id: UUID, editor: Editor) -> Team:
    """Take one's own request back. Raises ``NotFound``, or ``RegistrationRefused`` for others."""
    act, team = _hold(act_id, editor)
    mine = lead_of(team, editor)
    if not editor.coordinates and (mine is None or mine.side is not act.asked_side):
        raise RegistrationRefused(say("Only the lead who asked can take the request back."))
    _settle(act, ActStatus.LAPSED, by=editor.email)
    audit.record("take_back_act", f"team:{team.id}", by=editor.email, before=_facts(act))
    return team


def lapse(team: Team, act: JointActKind | None = None, subject: str | None = None) -> None:
    """Let open requests lapse whose facts have changed; their mails not sent yet are dropped.

    Part of another act, which is what is written down.
    """
    for one in open_acts(team.id):
        if (act is None or one.act is act) and (subject is None or one.subject == subject):
            _settle(one, ActStatus.LAPSED)


def open_acts(team_id: UUID) -> Sequence[JointAct]:
    """Return what of a team waits for the agreement of one of its leads, oldest first."""
    statement = select(JointAct).where(
        JointAct.team_id == team_id, JointAct.status == ActStatus.OPEN
    )
    return db.session.scalars(statement.order_by(JointAct.asked_at, JointAct.id)).all()


def as_shown(team: Team) -> dict[str, Any]:
    """Return the payload of an act that both leads agree to for exactly this team."""
    return {AS_SHOWN: fingerprint_of(team)}


def fingerprint_of(team: Team) -> str:
    """Return what differs as soon as the team is another than the one that was shown."""
    return TeamShown(
        name=team.name,
        site=team.site,
        seats=tuple(
            SeatShown(
                seat_id=seat.id,
                person_id=seat.person_id,
                name=seat.name,
                role_codes=seat.role_codes,
            )
            for seat in team.held_seats
        ),
        waived=tuple(waiver.role_code for waiver in team.waivers),
    ).fingerprint


def has_changed(act: JointAct, team: Team) -> bool:
    """Tell whether the team is another than the one the act was asked for."""
    shown = act.payload.get(AS_SHOWN)
    return shown is not None and shown != fingerprint_of(team)


def answer_by(act: JointAct, team: Team) -> datetime | None:
    """Return when it will be too late to agree; ``None`` where no offer runs out."""
    return team.offer_expires_at if act.act is JointActKind.SUBMIT else None


def in_words(act: JointAct, team: Team) -> str:
    """Say what is asked, after “asks you to agree to”."""
    words = _words.get(act.act)
    return words(team, act.payload) if words else ACT_WORDS[act.act]


def _to_answer(act_id: UUID, editor: Editor) -> tuple[JointAct, Team, TeamLead]:
    act, team = _hold(act_id, editor)
    mine = lead_of(team, editor)
    if mine is None or mine.side is act.asked_side:
        raise RegistrationRefused(say("Only the lead of the other side can answer this."))
    return act, team, mine


def _hold(act_id: UUID, editor: Editor) -> tuple[JointAct, Team]:
    """Return an open act, its team held; two answers to it come one by one."""
    team_id = db.session.scalar(select(JointAct.team_id).where(JointAct.id == act_id))
    if team_id is None:
        raise no_such_act()
    team = lock_team(team_id, editor)
    act = db.session.scalars(select(JointAct).where(JointAct.id == act_id)).one()
    if act.status is not ActStatus.OPEN:
        raise RegistrationRefused(say("This was answered or taken back already."))
    return act, team


def _open_act(team: Team, act: JointActKind, subject: str) -> JointAct | None:
    acts = open_acts(team.id)
    return next((one for one in acts if one.act is act and one.subject == subject), None)


def _settle(act: JointAct, status: ActStatus, *, by: str = "") -> None:
    act.status = status
    act.answered_by = by
    act.answered_at = clock.now()
    db.session.flush()
    outbox.supersede(_about(act))


def _mail_other(act: JointAct, team: Team, asker: TeamLead) -> None:
    until = answer_by(act, team)
    mail = emails.asks_agreement(
        act,
        team,
        asker=name_of(asker),
        what=in_words(act, team),
        until=until,
        to=lead_beside(team, asker).person,
    )
    outbox.promise(mail, about=_about(act), lapses_at=until)


def _tell(act: JointAct, team: Team, *, answerer: TeamLead) -> None:
    for lead in team.leads:
        mail = emails.act_answered(
            act, team, answerer=name_of(answerer), what=in_words(act, team), to=lead.person
        )
        outbox.promise(mail, about=_about(act))


def _facts(act: JointAct) -> dict[str, object]:
    return {"act": act.act.value, "subject": act.subject}


def _about(act: JointAct) -> str:
    return f"joint:{act.id}"


def leads_changed(team: Team, *, gone: Side) -> None:
    """Let requests lapse that nobody of the team's leads makes or can answer any more.

    ``gone`` is the side of a lead who leads no more. What waited for that lead now waits for who
    came instead, who gets a mail of the own. Part of another act.
    """
    for act in open_acts(team.id):
        asker = next((lead for lead in team.leads if lead.side is act.asked_side), None)
        if act.asked_side is gone or asker is None or len(team.leads) == 1:
            _settle(act, ActStatus.LAPSED)
        else:
            outbox.supersede(_about(act))
            _mail_other(act, team, asker)


def no_such_act() -> NotFound:
    """Return what strangers and readers of old links are told."""
    return NotFound(say("There is nothing to agree to at this address."))
