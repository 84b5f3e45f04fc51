"""After the host's date for substitutions a lead asks and a coordinator decides."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotAllowed, NotFound
from consortium.people.models import Person
from events.institutes.models import PEOPLE
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import Answering, Seat, SeatStatus, SubstitutionRequest, Team
from events.registration.service import Editor
from tests.events.registration.builders import (
    LEAD,
    coordinating,
    draft,
    lead_editor,
    letters,
    seat_of,
    submit,
    taken,
)
from tests.events.registration.service.substituting import KIM, someone, substitute
from tests.factories import make_institute, make_lea, soon

HOST = "hello@lakeshore.example.org"


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def team(lea: Lea, frozen: Any) -> Team:
    institute = make_institute(deadlines=[("substitute_until", soon(40).date(), time(17, 0))])
    team = submit(draft(institute, lea, "ada superintendent", "bo union_leader"))
    frozen(soon(45))
    return team


@pytest.fixture
def ada(team: Team) -> Seat:
    return seat_of(team, "Ada")


def the_wish() -> SubstitutionRequest:
    return db.session.scalars(select(SubstitutionRequest)).one()


def decide(act: Callable[..., Seat], note: str = "", editor: Editor | None = None) -> Seat:
    with transaction():
        return act(the_wish().id, note, editor or coordinating())


def test_before_the_date_nobody_is_asked(lea: Lea) -> None:
    institute = make_institute(deadlines=[("substitute_until", soon(40).date(), None)])
    team = submit(draft(institute, lea, "ada superintendent"))

    assert substitute(team, seat_of(team, "Ada")).name == "Kim Day"


def test_after_it_a_lead_asks_and_the_seat_stays(team: Team, ada: Seat) -> None:
    kept = substitute(team, ada)

    wish = the_wish()
    assert (kept.id, ada.status) == (ada.id, SeatStatus.INVITED)
    assert (wish.name, wish.email, wish.status, wish.asked_by) == (
        "Kim Day",
        KIM,
        Answering.OPEN,
        LEAD,
    )
    assert [mail.subject for mail in letters(HOST)] == [
        "Oak Park asks to send Kim Day instead of Ada"
    ]
    assert registration.open_wishes(team) == {ada.id: wish}
    assert letters(KIM) == []
    with pytest.raises(RegistrationRefused, match="asked about this seat already"):
        substitute(team, ada, someone("Al", "al@x.org"))


def test_for_who_gave_the_seat_back_after_the_date_someone_else_is_asked_for(
    team: Team, ada: Seat
) -> None:
    give_back(ada)
    substitute(team, ada)
    assert [mail.subject for mail in letters(HOST)] == [
        "Oak Park asks to send Kim Day instead of Ada"
    ]

    new = decide(registration.grant_wish)

    assert (new.replaces_id, new.status, taken(team.institute, PEOPLE)) == (
        ada.id,
        SeatStatus.INVITED,
        2,
    )
    assert (ada.status, ada.invitation_digest) == (SeatStatus.DECLINED, None)
    with pytest.raises(NotFound):
        substitute(team, ada, someone("Al", "al@x.org"))


def test_a_wish_lapses_when_the_host_fills_the_seat_given_back_unasked(
    team: Team, ada: Seat
) -> None:
    give_back(ada)
    substitute(team, ada)
    substitute(team, ada, by=coordinating())

    assert the_wish().status is Answering.LAPSED
    with pytest.raises(RegistrationRefused, match="The seat has changed since"):
        decide(registration.grant_wish)


def give_back(seat: Seat) -> None:
    with transaction():
        registration.decline_seat(seat, "Ill", by=seat.person.email)


def test_a_coordinator_substitutes_at_any_time(team: Team, ada: Seat) -> None:
    assert substitute(team, ada, by=coordinating()).name == "Kim Day"


def test_granting_does_it_and_tells_the_lead(team: Team, ada: Seat) -> None:
    substitute(team, ada)

    new = decide(registration.grant_wish, "Good")

    assert (ada.status, new.replaces_id, new.name) == (SeatStatus.REPLACED, ada.id, "Kim Day")
    assert the_wish().status is Answering.GRANTED
    mail = letters(LEAD)[-1]
    assert (mail.subject, "Good" in mail.text) == ("Kim Day may come instead of Ada", True)
    with pytest.raises(RegistrationRefused, match="decided already"):
        decide(registration.grant_wish)


def test_saying_no_leaves_the_seat_and_says_why(team: Team, ada: Seat) -> None:
    substitute(team, ada)

    decide(registration.refuse_wish, "Badges are printed")

    assert (ada.status, the_wish().status) == (SeatStatus.INVITED, Answering.REFUSED)
    assert "Badges are printed" in letters(LEAD)[-1].text
    # Asking again is possible.
    substitute(team, ada, someone("Al", "al@x.org"))
    assert registration.open_wishes(team)[ada.id].name == "Al"


def test_only_coordinators_decide(team: Team, ada: Seat) -> None:
    substitute(team, ada)

    with pytest.raises(NotAllowed):
        decide(registration.grant_wish, editor=lead_editor())


def test_it_lapses_when_the_seat_changes_meanwhile(team: Team, ada: Seat) -> None:
    substitute(team, ada)
    with transaction():
        registration.decline_seat(ada, "Ill", by=ada.person.email)

    assert the_wish().status is Answering.LAPSED
    assert letters(HOST) == []
    with pytest.raises(RegistrationRefused, match="The seat has changed since"):
        decide(registration.grant_wish)


def test_a_lead_takes_it_back(team: Team, ada: Seat) -> None:
    substitute(team, ada)

    with transaction():
        registration.take_back_wish(team.id, ada.id, lead_editor())

    assert (the_wish().status, letters(HOST)) == (Answering.LAPSED, [])
    with pytest.raises(NotFound):
        registration.take_back_wish(team.id, ada.id, lead_editor())


def test_who_has_a_seat_by_now_cannot_be_granted_one(team: Team, ada: Seat) -> None:
    substitute(team, ada)
    with transaction():
        person = someone().person
        registration.add_member(team.id, person, coordinating())

    with pytest.raises(RegistrationRefused, match="Kim Day is in this team already"):
        decide(registration.grant_wish)
    with pytest.raises(RegistrationRefused, match="is in this team already"):
        substitute(team, seat_of(team, "Bo"))
    assert the_wish().status is Answering.OPEN


def test_what_waits_is_listed_oldest_first(team: Team, ada: Seat) -> None:
    substitute(team, ada)
    substitute(team, seat_of(team, "Bo"), someone("Al", "al@x.org", "union_leader"))

    assert [wish.name for wish in registration.wishes_at(team.institute_id)] == ["Kim Day", "Al"]
