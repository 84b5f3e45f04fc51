"""Mails to and about the members of a team."""

from collections.abc import Collection

from flask import current_app

from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say
from events.registration.domain import Verdict
from events.registration.emails.parts import letter_about, page, role_labels, to_lead
from events.registration.models import Seat
from events.schedule import service as schedule
from events.schedule.domain import Attendee


def invitation(seat: Seat, *, token: str, reminder: bool) -> Email:
    """Ask a member to confirm the seat; the link is the member's own."""
    institute = seat.team.institute
    subject = (
        say("Still open: your seat at %(title)s", title=institute.title)
        if reminder
        else say("Please confirm your seat at %(title)s", title=institute.title)
    )
    return letter_about(
        "invitation",
        institute,
        to=seat.person.email,
        subject=subject,
        seat=seat,
        roles=role_labels(seat),
        link=page(institute, "registration.invitation", token=token),
        reminder=reminder,
    )


def confirmed(seat: Seat, *, attendee: Attendee, raised_by: int = 0) -> Email:
    """Thank a member for confirming, with a calendar invitation for each session.

    ``raised_by`` lifts the invitations over what the same person got for an earlier seat.
    """
    institute = seat.team.institute
    email = seat.person.email
    sessions = schedule.invitation_attachments(
        institute,
        attendee,
        name=seat.name,
        email=email,
        writer=current_app.extensions["ports"].calendar,
        raised_by=raised_by,
    )
    return letter_about(
        "confirmed",
        institute,
        to=email,
        subject=say("Your seat at %(title)s is confirmed", title=institute.title),
        attachments=sessions,
        sessions=len(sessions),
        seat=seat,
        roles=role_labels(seat),
        link=page(institute, "registration.seat", seat_id=seat.id),
    )


def declined(seat: Seat, *, verdict: Verdict | None, to: Person) -> Email:
    """Tell a lead that a member cannot come, and what the team lacks now."""
    return to_lead(
        "declined",
        seat.team,
        to,
        say("%(name)s cannot come to %(title)s", name=seat.name, title=seat.team.institute.title),
        seat=seat,
        verdict=verdict,
    )


def released(seat: Seat, *, cancelled: Collection[str] = (), raised_by: int = 1) -> Email:
    """Tell someone that the seat is no longer theirs; ``cancelled`` sessions leave the calendar."""
    institute = seat.team.institute
    return _farewell(
        "released",
        seat,
        say("Your seat at %(title)s was taken back", title=institute.title),
        cancelled,
        raised_by,
    )


def given_back(seat: Seat, *, cancelled: Collection[str], raised_by: int) -> Email:
    """Confirm that someone gave the seat back; ``cancelled`` sessions leave the calendar."""
    institute = seat.team.institute
    return _farewell(
        "given_back",
        seat,
        say("You have given back your seat at %(title)s", title=institute.title),
        cancelled,
        raised_by,
    )


def _farewell(
    template: str, seat: Seat, subject: str, cancelled: Collection[str], raised_by: int
) -> Email:
    institute, email = seat.team.institute, seat.person.email
    sessions = schedule.cancellation_attachments(
        institute,
        cancelled,
        name=seat.name,
        email=email,
        writer=current_app.extensions["ports"].calendar,
        raised_by=raised_by,
    )
    return letter_about(
        template,
        institute,
        to=email,
        subject=subject,
        attachments=sessions,
        sessions=len(sessions),
        seat=seat,
    )
