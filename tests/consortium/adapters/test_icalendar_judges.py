"""What the libraries of Evolution (libical) and Thunderbird (ical.js) read in our files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.ports import Mailbox, Method
from tests.consortium.adapters.calendar_files import GUEST, HOST, an_event, write
from tests.consortium.adapters.test_icalendar_texts import NASTY
from tests.judges import Judge

pytestmark = pytest.mark.pure

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=300),
    st.text(alphabet='\r\n\t ;:,\\"^\0\u202e\u05d0é\N{PARTY POPPER}', min_size=60, max_size=400),
)


@pytest.mark.parametrize("method", Method)
def test_every_kind_of_file_keeps_the_rules_of_itip(judge: Judge, method: Method) -> None:
    guest = None if method is Method.PUBLISH else GUEST

    (event,) = judge.read(write([an_event()], method=method, organizer=HOST, attendee=guest))

    assert event.method == method
    assert event.status == ("CANCELLED" if method is Method.CANCEL else "CONFIRMED")


def test_ten_thousand_letters_are_one_property(judge: Judge) -> None:
    long = "\N{PARTY POPPER}é" * 5000

    check(judge, long, long, long, long)


@given(title=texts, place=texts, words=texts, name=texts)
def test_no_text_adds_or_takes_a_property(
    judge: Judge, title: str, place: str, words: str, name: str
) -> None:
    check(judge, title, place, words, name)


def check(judge: Judge, title: str, place: str, words: str, name: str) -> None:
    plain = write(
        [an_event(summary="x", location="x", description="x")],
        method=Method.REQUEST,
        organizer=HOST,
        attendee=GUEST,
    )
    file = write(
        [an_event(summary=f"x{title}", location=f"x{place}", description=f"x{words}")],
        method=Method.REQUEST,
        organizer=Mailbox(name=name, email=HOST.email),
        attendee=Mailbox(name=name, email=GUEST.email),
    )

    assert [one.properties for one in judge.read(file)] == [
        one.properties for one in judge.read(plain)
    ]
