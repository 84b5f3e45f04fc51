"""Asking leaders for their pledge, and taking their answer."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.domain import normalise_email
from consortium.words import say
from events.intake import emails
from events.intake.domain import IntakeRefused
from events.intake.models import Application, Pledge
from events.intake.service.finding import (
    applicant_of,
    contact_of,
    lock_application,
    lock_pledge,
    pledge_for,
)
from events.intake.service.judging import UNDECIDED, check_open, door_of
from events.intake.service.settings import pledge_wording
from events.registration.domain import Door, masked
from events.registration.service import Editor
from events.registration.service.finding import digest_of

TOKEN_BYTES = 20
BETWEEN_MAILS = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Leader:
    """Who holds an office, as the applicant says."""

    name: str
    email: str


def name_leader(
    application_id: UUID, role_code: str, leader: Leader, editor: Editor
) -> Application:
    """Say who signs for an office; what someone else signed for it counts no more.

    The link of whoever was asked before stops working. Raises ``IntakeRefused`` once applying
    has closed, or for an address that signs for another office already.
    """
    application = lock_application(application_id, editor)
    check_open_to(application, editor)
    pledge = pledge_for(application, role_code)
    email = normalise_email(leader.email)
    for other in application.pledges:
        if other is not pledge and other.email == email:
            raise IntakeRefused(
                say("This person signs for another office already: %(role)s.", role=other.label),
                field="email",
            )
    before = {"named": bool(pledge.email), "signed": pledge.signed_at is not None}
    changed = (pledge.email, pledge.name) != (email, leader.name)
    if changed:
        outbox.supersede(f"pledge:{pledge.id}")
        pledge.name, pledge.email = leader.name, email
        pledge.digest = pledge.asked_at = pledge.reminded_at = pledge.undelivered_at = None
        pledge.signed_at = pledge.declined_at = None
        pledge.signed_as = pledge.wording = pledge.decline_reason = ""
        application.touched_at = clock.now()
        db.session.flush()
    audit.record(
        "name_leader",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after={"role": role_code, "changed": changed},
    )
    return application


def ask_leader(application_id: UUID, role_code: str, editor: Editor) -> Pledge:
    """Send a leader the link with which to sign, or send a new one.

    Raises ``IntakeRefused`` when nobody is named, the leader has answered, applying has closed,
    or the last mail went out a moment ago.
    """
    application = lock_application(application_id, editor)
    check_open_to(application, editor)
    pledge = pledge_for(application, role_code)
    if not pledge.email:
        raise IntakeRefused(say("Say first who signs for this office."))
    if pledge.signed_at or pledge.declined_at:
        raise IntakeRefused(say("%(name)s has answered already.", name=pledge.name))
    last = pledge.reminded_at or pledge.asked_at
    if last is not None and clock.now() - last < BETWEEN_MAILS:
        raise IntakeRefused(
            say("%(name)s got the mail less than ten minutes ago. Wait a little.", name=pledge.name)
        )
    ask([pledge], reminder=pledge.asked_at is not None)
    audit.record(
        "ask_leader", f"application:{application.id}", by=editor.email, after={"role": role_code}
    )
    return pledge


def ask(pledges: Iterable[Pledge], *, reminder: bool) -> None:
    """Promise leaders the mail with their own link; an earlier link stops working. Flushes.

    The link leads to the wording as it is now, and no other can be signed with it.
    """
    now = clock.now()
    for pledge in pledges:
        application = pledge.application
        token = _new_link(pledge)
        pledge.wording = pledge_wording(application.institute)
        pledge.asked_at = pledge.asked_at or now
        if reminder:
            pledge.reminded_at = now
        db.session.flush()
        door = door_of(application)
        outbox.promise(
            emails.pledge_asked(
                pledge,
                token=token,
                applicant=applicant_of(application),
                until=door.when,
                reminder=reminder,
            ),
            about=f"pledge:{pledge.id}",
            lapses_at=_closing(door),
        )


def tell_signers(application: Application) -> None:
    """Promise leaders who signed a mail that the application says something else now.

    It has a new link; the link they signed with stops working. The applicant knows already.
    """
    applicant = applicant_of(application)
    door = door_of(application)
    for pledge in application.signed:
        if pledge.email != applicant.email:
            mail = emails.pledge_changed(
                pledge,
                token=_new_link(pledge),
                applicant=applicant,
                until=None if door.closed else door.when,
            )
            lapses_at = None if door.closed else _closing(door)
            outbox.promise(mail, about=f"pledge:{pledge.id}", lapses_at=lapses_at)


def sign(pledge: Pledge, typed_name: str, *, by: str) -> Pledge:
    """Give one's own word for the office, to the wording that the link leads to.

    Raises ``IntakeRefused`` for anyone but the person asked, and once applying has closed.
    """
    pledge = _lock_for_answer(pledge, by=by)
    if pledge.signed_at is not None:
        raise IntakeRefused(say("You have signed already."))
    pledge.signed_at = clock.now()
    pledge.signed_as = typed_name
    pledge.wording = wording_for(pledge)
    pledge.declined_at, pledge.decline_reason = None, ""
    return _answered(pledge, "sign_pledge", by=by)


def decline(pledge: Pledge, reason: str, *, by: str) -> Pledge:
    """Say that one does not give the pledge, or takes the signature back, and why.

    Raises ``IntakeRefused`` for anyone but the person asked, and once applying has closed.
    """
    pledge = _lock_for_answer(pledge, by=by)
    took_back = pledge.signed_at is not None
    pledge.signed_at, pledge.signed_as = None, ""
    pledge.declined_at = clock.now()
    pledge.decline_reason = reason
    return _answered(pledge, "decline_pledge", by=by, took_back=took_back)


def wording_for(pledge: Pledge) -> str:
    """Return what this leader signs: the wording as it was when the link was sent."""
    return pledge.wording or pledge_wording(pledge.application.institute)


def check_open_to(application: Application, editor: Editor) -> None:
    """Raise ``IntakeRefused`` when this editor can no longer change the application."""
    if application.status not in UNDECIDED:
        raise IntakeRefused(say("This application is decided or withdrawn; it cannot change."))
    if not editor.coordinates:
        check_open(door_of(application), contact=contact_of(application.institute))


def _lock_for_answer(pledge: Pledge, *, by: str) -> Pledge:
    pledge = lock_pledge(pledge)
    if normalise_email(by) != pledge.email:
        raise IntakeRefused(
            say("Only %(whom)s can answer this.", whom=masked(pledge.email)),
        )
    if pledge.application.status not in UNDECIDED:
        raise IntakeRefused(say("This application is decided or withdrawn; it cannot change."))
    check_open(door_of(pledge.application), contact=contact_of(pledge.application.institute))
    return pledge


def _new_link(pledge: Pledge) -> str:
    """Return the token of a new link; earlier links and mails about them count no more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    pledge.digest = digest_of(token)
    pledge.undelivered_at = None
    outbox.supersede(f"pledge:{pledge.id}")
    return token


def _closing(door: Door) -> datetime | None:
    """Return when a mail that names the last day to answer would no longer be true."""
    return door.due.passes_at(door.zone) if door.due else None


def _answered(pledge: Pledge, act: str, *, by: str, took_back: bool = False) -> Pledge:
    application = pledge.application
    db.session.flush()
    outbox.supersede(f"pledge:{pledge.id}")
    applicant = applicant_of(application)
    if applicant.email != pledge.email:
        mail = emails.pledge_answered(pledge, to=applicant, took_back=took_back)
        outbox.promise(mail, about=f"application:{application.id}")
    audit.record(
        act,
        f"application:{application.id}",
        by=by,
        before={"signed": took_back},
        after={"role": pledge.role_code, "signed": pledge.signed_at is not None},
    )
    return pledge


def unanswered(application: Application) -> list[Pledge]:
    """Return the pledges of leaders who are named and have not answered."""
    return [
        one
        for one in application.pledges
        if one.email and one.signed_at is None and one.declined_at is None
    ]
