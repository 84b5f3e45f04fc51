"""An invitation that came back is written down at its seat, and only there."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import mail_lost
from consortium.people.domain import Side
from consortium.people.models import Person
from events.registration import service as registration
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service import NewLead, OwnDetails
from tests.events.registration.builders import draft, lead_editor, letters, seat_of, submit
from tests.factories import make_institute, make_lea, soon

ADA = "ada@3400001.example.org"


@pytest.fixture
def team(lead: Person) -> Team:
    lea: Lea = make_lea("3400001", "Oak Park")
    return submit(draft(make_institute(), lea, "ada superintendent"))


@pytest.fixture
def ada(team: Team) -> Seat:
    return seat_of(team, "Ada")


def lose(mail: OutboxEmail, why: str = "550 no such user") -> None:
    with transaction():
        mail_lost.send(mail, why=why)


def test_a_lost_invitation_is_seen_until_the_next_one(
    team: Team, ada: Seat, frozen: Callable[..., object]
) -> None:
    lose(letters(ADA)[0])
    assert (ada.undelivered_at, ada.undelivered_why) == (soon(0), "550 no such user")
    assert [seat.id for seat in registration.lost_invitations(team.institute_id, 1).items] == [
        ada.id
    ]

    frozen(soon(1))
    with transaction():
        registration.invite_again(team.id, ada.id, lead_editor())

    assert (ada.undelivered_at, ada.undelivered_why) == (None, "")


def test_other_mails_about_the_seat_change_nothing(team: Team, ada: Seat) -> None:
    first = letters(ADA)[0]
    with transaction():
        registration.confirm_seat(ada, OwnDetails(name="Ada"), by=ADA)

    for mail in (first, letters(ADA)[-1]):
        lose(mail)

    assert (ada.status, ada.undelivered_at) == (SeatStatus.CONFIRMED, None)


def test_a_mail_to_an_address_corrected_since_changes_nothing(ada: Seat) -> None:
    mail = letters(ADA)[0]
    mail.to = "old@example.org"
    lose(mail)

    assert ada.undelivered_at is None


def test_mails_about_other_things_and_of_nobody_change_nothing(team: Team, ada: Seat) -> None:
    (about_team,) = letters("lead@example.org")
    lose(about_team)
    about_team.tenant_id = None
    lose(about_team)

    assert ada.undelivered_at is None


def test_who_was_asked_to_lead_and_never_got_the_mail_is_known(team: Team) -> None:
    with transaction():
        asked = registration.invite_lead(
            team.id, NewLead(name="Lou", email="lou@x.org", side=Side.LABOR), lead_editor()
        )
    mail = db.session.scalars(select(OutboxEmail).where(OutboxEmail.to == "lou@x.org")).one()

    lose(mail)

    assert asked.undelivered_at == soon(0)
    assert registration.lost_leads(team.institute_id) == [(asked, team)]
