"""Who is told of a change: those affected, once, with what their calendars need."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.calendar.models import CalendarInvitation
from consortium.database import db, transaction
from consortium.outbox import jobs as outbox_jobs
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.ports import GatewayDown
from events.agenda.jobs.notices import forget_told, tell_of_changes
from events.agenda.models import CalendarNotice
from events.agenda.service import comparing, notices
from events.agenda.service.notices import Why
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service.invitations import welcome
from events.schedule import service as schedule
from events.schedule.models import Session, SessionChoice
from tests.calendars import deliver, files_of, sent_to, told
from tests.factories import make_institute, make_lea, make_session, make_team

ANA, BEN = "ana@x.org", "ben@x.org"
BY = "coordinator@example.org"


@pytest.fixture
def institute(tenant: object) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    return make_team(
        institute, make_lea("3400001", "Oak Park"), {ANA: "superintendent", BEN: "principal"}
    )


@pytest.fixture
def keynote(institute: Institute, team: Team, app: Flask, mailer: Any) -> Session:
    """A session that both have in their calendars already."""
    session = make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00", room="Oak")
    tell(institute)
    deliver(app)
    assert told(mailer, ANA) == told(mailer, BEN) == [("REQUEST", "Key", 0)]
    mailer.sent.clear()
    return session


def tell(institute: Institute, *, note: str = "", why: str = Why.PROGRAMME) -> None:
    """Let everyone's calendar be compared, as whoever changes something does."""
    with transaction():
        notices.want_everyone(institute.id, why=why, note=note)
    tell_of_changes(None)  # type: ignore[arg-type]


def change(session: Session, **values: Any) -> None:
    with transaction():
        institute = db.session.get_one(Institute, session.institute_id)
        spec = replace(session.spec, **values)
        schedule.change_session(institute, session, spec, version=session.version, by=BY)
        notices.programme_changed(institute.id, [session.id])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def waiting() -> list[OutboxEmail]:
    unsent = select(OutboxEmail).where(OutboxEmail.settled_at.is_(None))
    return list(db.session.scalars(unsent.order_by(OutboxEmail.to)))


def test_a_moved_session_is_told_once_with_both_times(
    app: Flask, mailer: Any, keynote: Session, institute: Institute
) -> None:
    change(keynote, starts=at("2026-05-01T10:00"), ends=at("2026-05-01T11:00"))
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    (mail,) = sent_to(mailer, ANA)
    assert mail.subject == "New time: Key"
    text = mail.text.replace("\u202f", " ")
    assert "Now: Friday, May 1, 2026, 10:00 AM to 11:00 AM Eastern Time." in text
    assert "Before: Friday, May 1, 2026, 9:00 AM to 10:00 AM Eastern Time." in text
    (file,) = files_of(mail)
    assert (file["METHOD"], file["SEQUENCE"]) == ("REQUEST", "1")
    assert file["DTSTART"] == "20260501T100000"
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    assert len(sent_to(mailer, ANA)) == 1


def test_several_changes_make_one_mail_that_contradicts_nothing(
    app: Flask, mailer: Any, keynote: Session
) -> None:
    """Nine o'clock, ten, eleven: whoever is told reads of nine and eleven alone."""
    change(keynote, starts=at("2026-05-01T10:00"), ends=at("2026-05-01T11:00"))
    tell_of_changes(None)  # type: ignore[arg-type]
    assert [mail.to for mail in waiting()] == [ANA, BEN]
    change(keynote, starts=at("2026-05-01T11:00"), ends=at("2026-05-01T12:00"), room="Elm")
    assert waiting() == []  # what contradicts the programme never leaves
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    (mail,) = sent_to(mailer, ANA)
    text = mail.text.replace("\u202f", " ")
    assert "11:00 AM to 12:00 PM" in text
    assert "Before: Friday, May 1, 2026, 9:00 AM" in text
    assert "10:00 AM to 11:00 AM" not in text
    assert "Elm" in text
    assert told(mailer, ANA) == [("REQUEST", "Key", 2)]


def test_what_was_changed_back_is_told_to_nobody(app: Flask, mailer: Any, keynote: Session) -> None:
    change(keynote, room="Elm")
    tell_of_changes(None)  # type: ignore[arg-type]
    change(keynote, room="Oak")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    assert mailer.sent == []
    assert db.session.scalars(select(CalendarNotice)).all() == []


def test_what_a_calendar_does_not_show_is_told_to_nobody(
    app: Flask, mailer: Any, keynote: Session
) -> None:
    change(keynote, capacity=40)
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    assert mailer.sent == []


def test_only_those_affected_are_told(
    app: Flask, mailer: Any, keynote: Session, institute: Institute
) -> None:
    make_session(
        institute, "lunch", "2026-05-01T12:00", "2026-05-01T13:00", audience_roles=["principal"]
    )
    tell(institute)
    deliver(app)

    assert {mail.to for mail in mailer.sent} == {BEN}
    assert "New on your agenda" in sent_to(mailer, BEN)[0].text


def test_a_cancelled_session_and_one_that_is_for_others_now_leave_calendars(
    app: Flask, mailer: Any, keynote: Session, institute: Institute
) -> None:
    change(keynote, audience_roles=("principal",))
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    (mail,) = mailer.sent
    assert (mail.to, mail.subject) == (ANA, "No longer on your agenda: Key")
    assert "It is held, but no longer on your agenda" in mail.text
    assert told(mailer, ANA) == [("CANCEL", "Key", 1)]
    mailer.sent.clear()

    with transaction():
        schedule.cancel_session(keynote, by=BY)
        notices.programme_changed(institute.id, [keynote.id])
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    (mail,) = mailer.sent
    assert (mail.to, mail.subject) == (BEN, "Cancelled: Key")
    assert told(mailer, BEN) == [("CANCEL", "Key", 1)]


def test_a_session_that_is_past_is_told_to_nobody(
    app: Flask, mailer: Any, keynote: Session, frozen: Any
) -> None:
    frozen("2026-05-02T12:00+00:00")

    change(keynote, room="Elm")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    assert mailer.sent == []


def test_an_institute_that_is_called_otherwise_is_told_of_with_every_session(
    app: Flask, mailer: Any, keynote: Session, institute: Institute
) -> None:
    with transaction():
        institute.title, institute.version = "Spring Institute", institute.version + 1
        notices.want_everyone(institute.id, why=Why.INSTITUTE)
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    (mail,) = sent_to(mailer, ANA)
    assert "What is said about it has changed." in mail.text
    assert told(mailer, ANA) == [("REQUEST", "Key", 1)]


def test_other_words_for_other_links_and_titles(app: Flask, mailer: Any, keynote: Session) -> None:
    change(keynote, online_link="https://x.org/1", title="Opening")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    change(keynote, online_link="https://x.org/2")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    first, second = sent_to(mailer, ANA)
    assert "There is a link to join online now." in first.text
    assert "It was called “Key” before." in first.text
    assert "The link to join online is another one now." in second.text
    assert "https://x.org/2" not in second.text
    assert "https://x.org/2" in files_of(second)[0]["DESCRIPTION"]


def test_the_note_of_a_release_is_read_once_and_never_lost(
    app: Flask, mailer: Any, keynote: Session, institute: Institute
) -> None:
    with transaction():
        keynote.title = "Welcome"
    tell(institute, note="The old wing is closed.")
    with transaction():
        keynote.title = "Opening"
    tell(institute, note="And Dr. Lee speaks.")
    deliver(app)
    with transaction():
        keynote.title = "Start"
    tell(institute, note="Sorry.")
    deliver(app)

    first, second = sent_to(mailer, ANA)
    assert "The old wing is closed.\n\nAnd Dr. Lee speaks." in first.text
    assert "Sorry." in second.text
    assert "old wing" not in second.text
    assert forget_told(None) == 2  # type: ignore[arg-type]
    assert db.session.scalars(select(CalendarNotice)).all() == []


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
    assert mail.subject == "3 changes to your agenda: Summer Institute"
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
