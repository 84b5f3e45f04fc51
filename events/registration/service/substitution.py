"""Substitution: someone else comes instead of a member, in one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.people.domain import normalise_email
from consortium.words import say
from events.institutes.domain import JointActKind, closing
from events.registration.domain import ROSTER_CLOSING, RegistrationRefused
from events.registration.domain.roles import OPPOSITE
from events.registration.models import Seat, Team, TeamStatus
from events.registration.service import joint, wishes
from events.registration.service.finding import Editor, get_replaceable, lock_team
from events.registration.service.naming import NamedPerson, check_live
from events.registration.service.replacing import check_replaceable, replace
from events.registration.service.sides import lead_of


@dataclass(frozen=True, kw_only=True)
class Substitution:
    """Who comes instead, and why where a lead says so."""

    person: NamedPerson
    reason: str = ""


def substitute(team_id: UUID, seat_id: UUID, wanted: Substitution, editor: Editor) -> Seat:
    """Give a member's seat, or one given back, to someone else, or ask whoever has to agree.

    Returns the new member's seat; or the old one, unchanged, where only a wish was written down:
    after the host's date for substitutions the coordinators grant it, and where the institute
    asks both leads, the lead of the member's side agrees first. Raises ``NotFound``, or
    ``RegistrationRefused`` when this person cannot have the seat.
    """
    team = lock_team(team_id, editor)
    check_live(team)
    seat = get_replaceable(team, seat_id)
    return substitute_in(team, seat, wanted, editor)


def substitute_in(team: Team, seat: Seat, wanted: Substitution, editor: Editor) -> Seat:
    """Do as ``substitute`` does with a seat of a team that is held already."""
    check_replaceable(team, seat, wanted.person)
    if _is_of_other_side(team, seat, editor) and joint.asks_other_lead(
        team,
        JointActKind.SUBSTITUTE,
        editor,
        subject=f"seat:{seat.id}",
        payload=_payload(seat, wanted),
    ):
        return seat
    if is_frozen(team) and not editor.coordinates:
        wishes.ask(team, seat, wanted.person, wanted.reason, editor)
        return seat
    new = replace(team, seat, wanted.person)
    audit.record(
        "substitute",
        f"team:{team.id}",
        by=editor.email,
        before=wishes.facts(seat),
        after={**wishes.facts(new), "complete": team.complete, "missing": team.missing},
    )
    return new


def check_own_side(team: Team, seat: Seat, editor: Editor) -> None:
    """Raise ``RegistrationRefused`` where a lead would remove a member of the other side alone.

    Whoever needs the other lead's agreement to replace someone must not get round it by removing
    the one and adding another.
    """
    both = JointActKind.SUBSTITUTE.value in team.institute.joint_acts and len(team.leads) > 1
    if not both or editor.coordinates or seat.person_id is None:
        return
    if _is_of_other_side(team, seat, editor):
        raise RegistrationRefused(
            say(
                "%(name)s belongs to the other side, so only the lead of that side can remove this "
                "person. You can name someone else for the seat: the other lead is asked to agree.",
                name=seat.name,
            )
        )


def is_frozen(team: Team) -> bool:
    """Tell whether leads only ask for substitutions now, and the host decides."""
    institute = team.institute
    due = closing(institute.dues, ROSTER_CLOSING)
    submitted = team.status is not TeamStatus.DRAFT
    return submitted and due is not None and clock.now() >= due.passes_at(institute.zone)


def _is_of_other_side(team: Team, seat: Seat, editor: Editor) -> bool:
    """Tell whether a lead of labor replaces a member of management, or the other way round."""
    mine = lead_of(team, editor)
    sides = {role.code: role.side for role in team.institute.roles}
    theirs = sides.get(seat.role_code)
    return mine is not None and theirs is not None and {mine.side, theirs} == OPPOSITE


def _payload(seat: Seat, wanted: Substitution) -> dict[str, Any]:
    person = wanted.person
    return {
        "seat": str(seat.id),
        "name": person.name,
        "email": normalise_email(person.email),
        "roles": list(person.role_codes),
        "shared": person.shared,
        "reason": wanted.reason,
    }


def _in_words(team: Team, payload: Mapping[str, Any]) -> str:
    old = next((seat.name for seat in team.seats if str(seat.id) == payload["seat"]), "")
    return say("give the seat of %(old)s to %(new)s", old=old, new=payload["name"])


@joint.performs(JointActKind.SUBSTITUTE, words=_in_words)
def _substitute_as_agreed(team_id: UUID, payload: Mapping[str, Any], editor: Editor) -> Seat:
    person = NamedPerson(
        name=payload["name"],
        email=payload["email"],
        role_codes=tuple(payload["roles"]),
        shared=payload["shared"],
    )
    wanted = Substitution(person=person, reason=payload["reason"])
    return substitute(team_id, UUID(payload["seat"]), wanted, editor)
