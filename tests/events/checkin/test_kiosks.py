"""A kiosk greets whoever it can tell, and tells nobody who else is expected."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.database import db
from consortium.errors import NotFound
from events.checkin import service as checkin
from events.checkin.domain.greeting import first_name, same_person
from events.checkin.service import CheckInRefused
from events.registration.models import SeatStatus
from tests.events.checkin.stage import BY, MORNING, Doors
from tests.factories import make_session


@pytest.fixture
def doors(tenant, frozen):
    doors = Doors(("ann", "bob"))
    frozen(MORNING)
    return doors


@pytest.fixture
def kiosk(doors):
    return checkin.start_kiosk(doors.institute, "Lobby", by=BY)[0]


def test_a_badge_is_greeted_with_the_first_session(doors, kiosk, frozen):
    make_session(doors.institute, "panel", "2026-05-01T09:00", "2026-05-01T10:00", room="Oak")
    make_session(doors.institute, "later", "2026-05-01T11:00", "2026-05-01T12:00")
    welcome = checkin.come_by_code(doors.institute, kiosk, doors.code("ann").lower())
    assert (welcome.first_name, welcome.already) == ("Ann", False)
    assert (welcome.next_title, welcome.next_room) == ("Panel", "Oak")
    assert doors.here() == [("Ann", "12:07", None)]
    frozen(MORNING + timedelta(minutes=1))
    assert checkin.come_by_code(doors.institute, kiosk, doors.code("ann")).already


def test_a_name_needs_the_end_of_its_address(doors, kiosk):
    with pytest.raises(CheckInRefused):
        checkin.come_by_name(doors.institute, kiosk, "Bob", "xxxx")
    assert checkin.come_by_name(doors.institute, kiosk, "BOB", " bob").first_name == "Bob"


def test_who_had_not_answered_can_come_by_name(doors, kiosk):
    doors.seat("bob").status = SeatStatus.INVITED
    db.session.commit()
    checkin.come_by_name(doors.institute, kiosk, "bob", "bob")
    assert doors.seat("bob").status is SeatStatus.CONFIRMED


def test_what_the_kiosk_does_not_know_is_told_apart_from_nothing(doors, kiosk):
    other = Doors(("zoe",), slug="winter")
    seat = f"seat:{doors.seat('ann').id}"
    for code in ("NOSUCH", "", other.code("zoe"), seat):
        with pytest.raises(CheckInRefused, match="We could not find you"):
            checkin.come_by_code(doors.institute, kiosk, code)
    assert doors.here() == []


def test_a_kiosk_ends_by_hand_and_by_itself(doors, frozen):
    _kiosk, token = checkin.start_kiosk(doors.institute, "Lobby", by=BY)
    assert checkin.get_kiosk(doors.institute, token).name == "Lobby"
    other = Doors(("zoe",), slug="winter")
    for institute, wrong in (
        (other.institute, token),
        (doors.institute, ""),
        (doors.institute, "x"),
    ):
        with pytest.raises(NotFound):
            checkin.get_kiosk(institute, wrong)
    (row,) = checkin.kiosks_of(doors.institute.id)
    checkin.end_kiosk(doors.institute, row.id, by=BY)
    with pytest.raises(NotFound):
        checkin.get_kiosk(doors.institute, token)
    _kiosk, token = checkin.start_kiosk(doors.institute, "Lobby", by=BY)
    frozen(MORNING + timedelta(hours=17))
    with pytest.raises(NotFound):
        checkin.get_kiosk(doors.institute, token)


@pytest.mark.parametrize(
    ("typed", "letters", "same"),
    [
        ("Maria Lopez", "opez", True),
        ("maría lópez", "OPEZ", True),
        ("Maria Elena Lopez", "opez", True),
        ("Lopez", "opez", False),
        ("Maria", "opez", False),
        ("Maria Lopez", "ope", False),
        ("Maria Lopez", "", False),
        ("", "opez", False),
        ("Mario Lopez", "opez", False),
    ],
)
def test_a_name_is_told_by_first_and_last_word_and_the_address(typed, letters, same):
    found = same_person(typed, letters, known_as="María Elena López", email="m.lopez@x.org")
    assert found is same


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=40), st.emails())
def test_no_text_breaks_the_kiosk(typed, letters, name, email):
    assert same_person(typed, letters, known_as=name, email=email) in {True, False}
    assert isinstance(first_name(name), str)


def test_titles_are_no_first_names():
    assert [first_name(n) for n in ("Dr. Maria Lopez", "Maria", "Dr.", "李小龍")] == [
        "Maria",
        "Maria",
        "Dr.",
        "李小龍",
    ]
