"""Mails to and about the members of a team."""

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


def confirmed(seat: Seat, *, attendee: Attendee) -> Email:
    """Thank a member for confirming; the files for the calendar are made when the mail leaves."""
    institute = seat.team.institute
    sessions = schedule.sessions_to_come(institute, attendee)
    return letter_about(
        "confirmed",
        institute,
        to=seat.person.email,
        subject=say("Your seat at %(title)s is confirmed", title=institute.title),
        attachments=(schedule.calendar_files(institute, seat.person_id),) if sessions else (),
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


def released(seat: Seat, *, leaving: int = 0) -> Email:
    """Tell someone that the seat is no longer theirs; so many sessions leave the calendar."""
    subject = say("Your seat at %(title)s was taken back", title=seat.team.institute.title)
    return _farewell("released", seat, subject, leaving)


def given_back(seat: Seat, *, leaving: int) -> Email:
    """Confirm that someone gave the seat back; so many sessions leave the calendar."""
    subject = say("You have given back your seat at %(title)s", title=seat.team.institute.title)
    return _farewell("given_back", seat, subject, leaving)


def _farewell(template: str, seat: Seat, subject: str, leaving: int) -> Email:
    institute = seat.team.institute
    files = (schedule.calendar_files(institute, seat.person_id),) if leaving else ()
    return letter_about(
        template,
        institute,
        to=seat.person.email,
        subject=subject,
        attachments=files,
        sessions=leaving,
        seat=seat,
    )
