"""Who is told of a change: those affected, once, with what their calendars need."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from events.agenda.jobs.notices import forget_told, tell_of_changes
from events.agenda.models import CalendarNotice
from events.agenda.service import notices
from events.agenda.service.notices import Why
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.calendars import deliver, files_of, sent_to, told
from tests.events.agenda.notices.acting import ANA, BEN, BY, at, change, tell, waiting
from tests.factories import make_session


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
    assert "What is said about it" not in first.text + second.text
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


def test_a_session_whose_date_is_to_be_set_anew_leaves_calendars_and_comes_back(
    app: Flask, mailer: Any, keynote: Session
) -> None:
    change(keynote, starts=None, ends=None)
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    change(keynote, starts=at("2026-05-02T09:00"), ends=at("2026-05-02T10:00"))
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    undated, dated = sent_to(mailer, ANA)
    assert (undated.subject, dated.subject) == ("Date to be set: Key", "New on your agenda: Key")
    assert "Its date is to be set anew. It was to be on Friday, May 1, 2026" in undated.text
    assert "no longer on your agenda" not in undated.text
    assert told(mailer, ANA) == [("CANCEL", "Key", 1), ("REQUEST", "Key", 2)]


def test_nobody_is_told_of_a_zone_with_the_very_same_clocks(
    app: Flask, mailer: Any, keynote: Session
) -> None:
    change(keynote, time_zone="America/Detroit")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    assert mailer.sent == []

    change(keynote, title="Opening")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    assert "Before:" not in sent_to(mailer, ANA)[0].text

    change(keynote, time_zone="America/Chicago")
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    assert "10:00\u202fAM Eastern Time" in sent_to(mailer, ANA)[-1].text.split("Before:")[1]
