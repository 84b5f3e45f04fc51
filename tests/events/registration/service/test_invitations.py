import hashlib
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.pages import long_date
from consortium.people.models import Consent, Person
from consortium.people.service import consents
from events.institutes.models import PEOPLE
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service import OwnDetails
from events.schedule.models import SessionChoice
from tests.calendars import deliver, sent_to
from tests.events.registration.builders import (
    draft,
    lead_editor,
    letters,
    seat_of,
    submit,
    taken,
    token_in,
)
from tests.factories import make_institute, make_lea, make_session, soon

ADA = "ada@3400001.example.org"
DETAILS = OwnDetails(
    name="Ada Lovelace",
    phone="609 555 0142",
    dietary="No nuts",
    access_needs="Large print",
    goals=("Literacy",),
    offers="Joint hiring",
    asks="Mentoring",
    wants_peers=True,
    shares_email=True,
    wording="Match me. They see my address.",
)


@pytest.fixture
def team(lead: Person) -> Team:
    lea: Lea = make_lea("3400001", "Oak Park")
    return submit(
        draft(make_institute(), lea, "ada superintendent", "bo union_leader", "cy board_member")
    )


@pytest.fixture
def ada(team: Team) -> Seat:
    return seat_of(team, "Ada")


def test_an_invitation_to_a_running_cohort_names_the_meeting_ahead(lead: Person) -> None:
    cohort = make_institute("year", kind="cohort", days=[])
    for days in (-40, 20, 90):
        on = soon(days).date()
        make_session(cohort, f"meets-{days}", f"{on}T09:00", f"{on}T15:00", meeting=True)

    submit(draft(cohort, make_lea("3400001", "Oak Park"), "ada superintendent"))

    ahead = long_date(soon(20).date())
    (letter,) = letters(ADA)
    for text in (letter.text, letter.html or ""):
        assert f"Next meeting: {ahead}" in text
        assert "When:" not in text


def confirm(seat: Seat, details: OwnDetails = DETAILS) -> Seat:
    with transaction():
        return registration.confirm_seat(seat, details, by=ADA)


def test_only_the_digest_of_a_long_random_token_is_kept(ada: Seat) -> None:
    token = token_in(letters(ADA)[0])

    assert len(token) == 27  # 160 bits in URL-safe base 64
    assert ada.invitation_digest == hashlib.sha256(token.encode()).hexdigest()
    assert registration.get_invitation(token).id == ada.id
    with pytest.raises(NotFound, match="not valid any more"):
        registration.get_invitation(token[:-1] + "x")


def test_confirming_keeps_what_the_member_says(ada: Seat) -> None:
    confirm(ada)

    assert (ada.status, ada.name, ada.phone) == (
        SeatStatus.CONFIRMED,
        "Ada Lovelace",
        "+16095550142",
    )
    assert (ada.dietary, ada.access_needs, ada.goals) == ("No nuts", "Large print", ["Literacy"])
    assert (ada.offers, ada.asks, ada.wants_peers) == ("Joint hiring", "Mentoring", True)
    assert (ada.person.name, ada.person.phone) == ("Ada Lovelace", "+16095550142")
    consent = consents.consent_of(ada.person_id, ada.institute_id)
    assert consent is not None
    assert (consent.shares_email, consent.shares_phone, consent.wording) == (
        True,
        False,
        "Match me. They see my address.",
    )
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "confirm_seat")).one()
    assert row.after == {"status": "confirmed", "wants_peers": True}


def test_the_confirmation_carries_the_calendar_and_replaces_the_invitation(
    app: Flask, mailer: Any, ada: Seat
) -> None:
    make_session(ada.team.institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")
    confirm(ada)
    deliver(app)

    (mail,) = sent_to(mailer, ADA)
    assert mail.subject == "Your seat at Summer Institute is confirmed"
    assert [(part.filename, part.method) for part in mail.attachments] == [("key.ics", "REQUEST")]
    assert f"/lakeshore/seats/{ada.id}" in mail.text
    assert "come with this mail as calendar invitations" in mail.text


def test_a_confirmation_without_sessions_promises_no_calendar(ada: Seat) -> None:
    confirm(ada)

    (mail,) = letters(ADA)
    assert list(mail.attachments) == []
    assert "calendar" not in mail.text + mail.html


def test_consent_is_off_unless_given_and_ends_when_taken_back(ada: Seat) -> None:
    confirm(ada, OwnDetails(name="Ada", shares_email=True))
    assert consents.consent_of(ada.person_id, ada.institute_id) is None
    assert ada.wants_peers is False

    for details in (DETAILS, OwnDetails(name="Ada")):
        with transaction():
            registration.change_own_details(ada, details, by=ADA)

    assert consents.consent_of(ada.person_id, ada.institute_id) is None
    (kept,) = db.session.scalars(select(Consent)).all()
    assert kept.withdrawn_at == soon(0)


def test_a_wrong_telephone_number_saves_nothing(ada: Seat) -> None:
    with pytest.raises(RegistrationRefused, match="is not a telephone number") as refused:
        confirm(ada, OwnDetails(name="Ada", phone="12"))

    assert refused.value.field == "phone"
    db.session.refresh(ada)
    assert ada.status is SeatStatus.INVITED


def test_a_seat_is_confirmed_once(ada: Seat) -> None:
    confirm(ada)

    with pytest.raises(RegistrationRefused, match="confirmed this seat already"):
        confirm(ada)


def test_declining_frees_the_place_and_tells_the_leads(team: Team, ada: Seat) -> None:
    with transaction():
        registration.decline_seat(ada, "Away that week", by=ADA)

    assert (ada.status, ada.decline_reason) == (SeatStatus.DECLINED, "Away that week")
    assert taken(team.institute, PEOPLE) == 2
    assert (team.complete, team.missing) == (False, ["superintendent"])
    assert letters(ADA) == []
    told = letters("lead@example.org")[-1]
    assert told.subject == "Ada cannot come to Summer Institute"
    assert "Away that week" in told.text
    assert "- Superintendent: Nobody is named yet" in told.text
    with pytest.raises(RegistrationRefused, match="given this seat back"):
        confirm(ada)


def test_who_confirmed_may_still_give_the_seat_back_with_everything_chosen(ada: Seat) -> None:
    session = make_session(
        ada.team.institute, "b1", "2026-05-01T09:00", "2026-05-01T10:00",
        choice_group="b", capacity=5, taken=1,
    )  # fmt: skip
    confirm(ada)
    db.session.add(SessionChoice(session_id=session.id, seat_id=ada.id, chosen_at=soon(0)))
    db.session.commit()

    with transaction():
        registration.decline_seat(ada, "", by=ADA)

    db.session.refresh(session)
    assert session.taken == 0
    assert db.session.scalars(select(SessionChoice)).all() == []
    assert consents.consent_of(ada.person_id, ada.institute_id) is None


def test_a_seat_of_a_team_without_places_waits(lead: Person) -> None:
    team = draft(make_institute(), make_lea("3400001", "Oak Park"), "ada superintendent")

    with pytest.raises(RegistrationRefused, match="not registered yet"):
        confirm(seat_of(team, "Ada"))


def test_inviting_again_sends_a_new_link_and_ends_the_old_one(
    team: Team, ada: Seat, frozen: Any
) -> None:
    old = token_in(letters(ADA)[0])
    with pytest.raises(RegistrationRefused, match="Ada got the invitation less than ten minutes"):
        registration.invite_again(team.id, ada.id, lead_editor())
    frozen(soon(3))

    with transaction():
        registration.invite_again(team.id, ada.id, lead_editor())

    (mail,) = letters(ADA)
    assert mail.subject == "Still open: your seat at Summer Institute"
    assert registration.get_invitation(token_in(mail)).id == ada.id
    assert (ada.invited_at, ada.reminded_at) == (soon(0), soon(3))
    with pytest.raises(NotFound):
        registration.get_invitation(old)

    confirm(ada)
    with pytest.raises(RegistrationRefused, match="who have not answered"):
        registration.invite_again(team.id, ada.id, lead_editor())


def test_who_had_a_seat_a_moment_ago_does_not_answer_for_it(team: Team, ada: Seat) -> None:
    as_read = Seat(id=ada.id, team_id=team.id, person_id=seat_of(team, "Bo").person_id)

    with pytest.raises(NotFound), transaction():
        registration.confirm_seat(as_read, DETAILS, by="bo@3400001.example.org")

    assert (ada.name, ada.status) == ("Ada", SeatStatus.INVITED)


def test_once_the_institute_is_over_nobody_is_invited_or_gives_a_seat_back(
    team: Team, ada: Seat, frozen: Any
) -> None:
    frozen(soon(90))

    for act in (
        lambda: registration.invite_again(team.id, ada.id, lead_editor()),
        lambda: registration.decline_seat(ada, "", by=ADA),
        lambda: registration.withdraw_team(team.id, lead_editor()),
    ):
        with pytest.raises(RegistrationRefused, match="This institute is over"), transaction():
            act()


def test_a_seat_is_shown_to_its_holder_alone(team: Team, ada: Seat) -> None:
    assert registration.get_own_seat(ada.id, ada.person_id).id == ada.id
    for stranger in (seat_of(team, "Bo").person_id, None):
        with pytest.raises(NotFound):
            registration.get_own_seat(ada.id, stranger)
