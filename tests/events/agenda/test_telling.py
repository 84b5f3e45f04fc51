"""Who is moved, let in or left without a session gets one mail that says so."""

from typing import Any

from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from events.agenda import service as agendas
from events.agenda.jobs.notices import tell_of_changes
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule import service as schedule
from events.schedule.models import PlaceNews, Session
from tests.factories import make_lea, make_person, make_team


def mails() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(OutboxEmail).order_by(OutboxEmail.id))
    return [(mail.to, mail.subject, mail.text) for mail in rows]


def two_teams(institute: Institute, breakouts: list[Session]) -> Team:
    """Fill the first breakout; Bo waits for it and has the second meanwhile."""
    full = breakouts[0]
    full.capacity = 1
    db.session.commit()
    other = make_team(institute, make_lea("3400002", "Small Brook"), {"bo@x.org": "principal"})
    for email, code in (("ana@x.org", "a1"), ("bo@x.org", "a2")):
        place = agendas.get_place(institute, make_person(email))
        agendas.choose(place, code, by=email)
    agendas.wait(agendas.get_place(institute, make_person("bo@x.org")), "a1", by="bo@x.org")
    db.session.commit()
    return other


def test_one_mail_says_what_one_has_now_and_instead_of_what(
    app: Any, institute: Institute, ana: Any, breakouts: list[Session]
) -> None:
    two_teams(institute, breakouts)
    agendas.drop(agendas.get_place(institute, ana), "a1", by="ana@x.org")
    db.session.commit()

    assert tell_of_changes(app) == 1
    assert tell_of_changes(app) == 0

    [(to, subject, text)] = mails()
    assert (to, subject) == (
        "bo@x.org",
        "You have a place in “Story a1” now, instead of “Story a2”.",
    )
    assert "drop it on your agenda, so that the next can have it." in text
    assert "/lakeshore/institutes/summer/agenda" in text


def test_several_things_are_one_mail_and_what_was_undone_is_not_told(
    app: Any, institute: Institute, ana: Any, breakouts: list[Session]
) -> None:
    two_teams(institute, breakouts)
    agendas.drop(agendas.get_place(institute, ana), "a1", by="ana@x.org")
    schedule.cancel_session(breakouts[0], by="host")
    schedule.cancel_session(breakouts[1], by="host")
    bo = agendas.get_place(institute, make_person("bo@x.org"))
    db.session.commit()
    told = db.session.scalars(select(PlaceNews.news).order_by(PlaceNews.id)).all()
    assert told == [
        "You have a place in “Story a1” now, instead of “Story a2”.",
        "“Story a1” was cancelled.",
    ]
    agendas.drop(bo, "a1", by="bo@x.org")
    db.session.commit()

    assert tell_of_changes(app) == 0
    assert mails() == []


def test_who_gave_the_seat_back_hears_nothing_more(
    app: Any, institute: Institute, ana: Any, breakouts: list[Session]
) -> None:
    other = two_teams(institute, breakouts)
    agendas.drop(agendas.get_place(institute, ana), "a1", by="ana@x.org")
    schedule.release_seat(institute.id, other.seats[0].id)
    db.session.commit()

    assert tell_of_changes(app) == 0
    assert mails() == []
