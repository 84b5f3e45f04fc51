"""Offices that not every LEA has, and roles a team need not bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.institutes.domain import RoleRule, Strength
from events.registration.domain import RegistrationRefused, team_roles
from events.registration.models import ONE_ANSWER, OfficeAnswer, Team, Waiver
from events.registration.service.finding import Editor, contact_of, lock_team
from events.registration.service.naming import check_not_withdrawn
from events.registration.service.standing import judge_again, settle


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What an LEA said of an office, or what a coordinator corrected."""

    exists: bool
    on: date
    reason: str
    """Why a coordinator changed it; empty while the LEA's own answer stands."""


def remembered_answers(team: Team) -> Mapping[str, Remembered]:
    """Return what is remembered of the offices of the team's LEA, by role."""
    statement = select(OfficeAnswer).where(OfficeAnswer.lea_id == team.lea_id)
    zone = team.institute.zone
    return {
        answer.role_code: Remembered(
            exists=answer.exists,
            on=answer.answered_at.astimezone(zone).date(),
            reason=answer.reason,
        )
        for answer in db.session.scalars(statement)
    }


def answer_office(
    team_id: UUID, role_code: str, editor: Editor, *, exists: bool, reason: str = ""
) -> Team:
    """Write down whether the team's LEA has an office; it is asked once and remembered.

    A lead answers while nobody has; after that a coordinator changes the answer, with a reason.
    The LEA's other teams are judged again. Raises ``RegistrationRefused`` for a role that is
    not asked about, for a lead who comes second, or without a reason.
    """
    team = lock_team(team_id, editor)
    rule = asked_role(team, role_code)
    answer = db.session.scalar(
        select(OfficeAnswer)
        .where(OfficeAnswer.lea_id == team.lea_id, OfficeAnswer.role_code == role_code)
        .with_for_update()
    )
    before = None if answer is None else answer.exists
    if answer is None:
        answer = OfficeAnswer(lea_id=team.lea_id, role_code=role_code)
        db.session.add(answer)
    elif not editor.coordinates:
        raise _answered_before(answer, rule, contact_of(team.institute))
    elif answer.exists is not exists and not reason:
        raise RegistrationRefused(say("Say why the answer changes."), field="reason")
    answer.exists = exists
    answer.reason = reason
    answer.answered_at = clock.now()
    answer.answered_by = editor.email
    at_once = Conflict(say("Someone answered this at the same moment. Look at the page again."))
    with translating(ONE_ANSWER, into=at_once):
        db.session.flush()
    settle(team)
    judge_again(lea_id=team.lea_id)
    after = {role_code: exists, **({"reason": reason} if reason else {})}
    audit.record(
        "answer_office",
        f"lea:{team.lea_id}",
        by=editor.email,
        before={role_code: before},
        after=after,
    )
    return team


def asked_role(team: Team, role_code: str) -> RoleRule:
    """Return a role whose office not every LEA has.

    Raises ``NotFound`` for one that the institute does not know, ``RegistrationRefused`` for one
    that every LEA has.
    """
    rule = _rule(team, role_code)
    if rule.strength is not Strength.IF_APPLICABLE or team.lea_id is None:
        raise RegistrationRefused(say("This role is not one that only some LEAs have."))
    return rule


def _answered_before(answer: OfficeAnswer, rule: RoleRule, contact: str) -> RegistrationRefused:
    said = (
        say("%(role)s: your LEA said that it has this office.", role=rule.label)
        if answer.exists
        else say("%(role)s: your LEA said that it has no such office.", role=rule.label)
    )
    return RegistrationRefused(
        say(
            "%(said)s It is asked once for all its teams. If it has changed, write to %(contact)s.",
            said=said,
            contact=contact,
        )
    )


def waivable_role(team: Team, role_code: str) -> RoleRule:
    """Return the role that the team may ask to be excused from.

    Raises ``RegistrationRefused`` where the institute knows no excuse.
    """
    rule = _rule(team, role_code)
    if not rule.waiver:
        raise RegistrationRefused(
            say("%(role)s: this institute excuses no team from this role.", role=rule.label)
        )
    return rule


def waive_role(team_id: UUID, role_code: str, reason: str, editor: Editor) -> Team:
    """Excuse the team from a role, for a reason that the institute accepts.

    Raises ``RegistrationRefused`` where the institute knows no excuse, or without a reason.
    """
    team = lock_team(team_id, editor)
    check_not_withdrawn(team)
    waivable_role(team, role_code)
    if not reason:
        raise RegistrationRefused(say("Say why your team cannot bring this role."), field="reason")
    waiver = _waiver(team, role_code)
    before = {} if waiver is None else {role_code: waiver.reason}
    if waiver is None:
        waiver = Waiver(role_code=role_code)
        team.waivers.append(waiver)
    waiver.reason = reason
    waiver.given_at = clock.now()
    waiver.given_by = editor.email
    settle(team)
    audit.record(
        "waive_role",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={role_code: reason, "complete": team.complete},
    )
    return team


def end_waiver(team_id: UUID, role_code: str, editor: Editor) -> Team:
    """Take an excuse back: the role counts again. Raises ``NotFound``."""
    team = lock_team(team_id, editor)
    check_not_withdrawn(team)
    waiver = _waiver(team, role_code)
    if waiver is None:
        raise NotFound(say("The team is not excused from this role."))
    team.waivers.remove(waiver)
    settle(team)
    audit.record(
        "end_waiver",
        f"team:{team.id}",
        by=editor.email,
        before={role_code: waiver.reason},
        after={"complete": team.complete},
    )
    return team


def _rule(team: Team, role_code: str) -> RoleRule:
    rules = {rule.code: rule for rule in team_roles(team.institute.terms, team.state)}
    if role_code not in rules:
        raise NotFound(say("This institute asks for no such role."))
    return rules[role_code]


def _waiver(team: Team, role_code: str) -> Waiver | None:
    return next((waiver for waiver in team.waivers if waiver.role_code == role_code), None)
