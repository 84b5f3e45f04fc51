"""When people are told, and what happens while a mail waits."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.calendar.models import CalendarInvitation
from consortium.database import db, transaction
from consortium.outbox import jobs as outbox_jobs
from consortium.people import service as people
from consortium.ports import GatewayDown
from events.agenda.jobs.notices import tell_of_changes
from events.agenda.models import CalendarNotice
from events.agenda.service import comparing, notices
from events.agenda.service.notices import Why
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service.invitations import welcome
from events.schedule.models import Session, SessionChoice
from tests.calendars import deliver, files_of, sent_to, told
from tests.events.agenda.notices.acting import ANA, BEN, change, tell, waiting
from tests.factories import make_session


def test_who_goes_on_choosing_is_told_once_when_it_is_quiet(
    app: Flask, mailer: Any, institute: Institute, keynote: Session, team: Team, frozen: Any
) -> None:
    seat = next(seat for seat in team.seats if seat.person.email == ANA)
    for n, minute in enumerate((0, 1, 2)):
        frozen(f"2026-03-02T12:0{minute}+00:00")
        session = make_session(
            institute, f"a{n}", f"2026-05-01T1{n}:00", f"2026-05-01T1{n}:30", choice_group=f"g{n}"
        )
        with transaction():
            db.session.add(
                SessionChoice(session_id=session.id, seat_id=seat.id, chosen_at=session.changed_at)
            )
            notices.want(institute.id, [seat.person_id], why=Why.CHOICE)
        assert tell_of_changes(None) == 0  # type: ignore[arg-type]
    frozen("2026-03-02T12:04+00:00")

    assert tell_of_changes(None) == 1  # type: ignore[arg-type]
    deliver(app)

    (mail,) = mailer.sent
    assert mail.subject == "New on your agenda: 3 sessions at Summer Institute"
    assert "these sessions are new on your agenda" in mail.text
    assert [title for _, title, _ in told(mailer, ANA)] == ["A0", "A1", "A2"]


def test_nobody_waits_for_ever_while_choosing(
    institute: Institute, keynote: Session, team: Team, frozen: Any
) -> None:
    for minute in range(13):
        frozen(f"2026-03-02T12:{minute:02}+00:00")
        with transaction():
            notices.want(institute.id, [team.seats[0].person_id], why=Why.CHOICE)

    waiting_still = select(CalendarNotice).where(CalendarNotice.mail_id.is_(None))
    (notice,) = db.session.scalars(waiting_still)
    assert notice.due_at.minute == 12
    assert notice.times == 13


def test_who_has_not_confirmed_is_sent_no_appointments(
    app: Flask, mailer: Any, institute: Institute, team: Team
) -> None:
    team.seats[0].status = SeatStatus.INVITED
    db.session.commit()
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")

    tell(institute)
    deliver(app)

    assert {mail.to for mail in mailer.sent} == {BEN}


def test_while_another_mail_with_the_calendar_waits_there_is_no_second_one(
    app: Flask, mailer: Any, institute: Institute, keynote: Session, frozen: Any, monkeypatch: Any
) -> None:
    """The confirmation has not left: what it brings is made as it leaves, so it says it all."""
    seat = db.session.scalars(select(Seat).where(Seat.name == "Ana")).one()
    with transaction():
        make_session(institute, "second", "2026-05-01T15:00", "2026-05-01T16:00")
        welcome(seat)
    with monkeypatch.context() as broken:
        broken.setattr(mailer, "send", fall_silent)
        outbox_jobs.deliver_due(app)
    change(keynote, room="Elm")
    assert tell_of_changes(None) == 1  # type: ignore[arg-type]  # Ben alone
    frozen("2026-03-02T12:03+00:00")
    deliver(app)
    assert tell_of_changes(None) == 0  # type: ignore[arg-type]

    (mail,) = sent_to(mailer, ANA)
    assert "is confirmed" in mail.subject
    assert sorted(title for _, title, _ in told(mailer, ANA)) == ["Key", "Second"]
    assert files_of(mail)[0]["LOCATION"].startswith("Elm")


def fall_silent(_email: object) -> None:
    raise GatewayDown("nobody answers")


def test_someone_changed_again_while_it_was_looked_at_is_looked_at_again(
    institute: Institute, keynote: Session, monkeypatch: Any
) -> None:
    change(keynote, room="Elm")
    found = comparing.look(institute.id)
    assert len(found.mails) == 2
    with transaction():
        notices.want(institute.id, [people.person_for(people.identity_for(ANA)).id], why=Why.SEAT)

    with transaction():
        assert comparing.tell(found) == 1

    assert [mail.to for mail in waiting()] == [BEN]


def test_the_ledger_and_the_mails_agree_whatever_leaves(
    app: Flask, mailer: Any, keynote: Session
) -> None:
    change(keynote, room="Elm")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    rows = db.session.scalars(select(CalendarInvitation)).all()
    assert {row.sequence for row in rows} == {1}
    assert {(row.told or {})["place"].split(",")[0] for row in rows} == {"Elm"}
