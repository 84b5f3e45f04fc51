"""What libical, the library of Evolution and others, reads in our files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.ports import Mailbox, Method
from tests.consortium.adapters.calendar_files import GUEST, HOST, an_event, write
from tests.consortium.adapters.test_icalendar_texts import NASTY
from tests.libical import Libical

pytestmark = pytest.mark.pure

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=300),
    st.text(alphabet='\r\n\t ;:,\\"^\0\u202e\u05d0é\N{PARTY POPPER}', min_size=60, max_size=400),
)


@pytest.mark.parametrize("method", Method)
def test_every_kind_of_file_keeps_the_rules_of_itip(libical: Libical, method: Method) -> None:
    guest = None if method is Method.PUBLISH else GUEST

    (event,) = libical.read(write([an_event()], method=method, organizer=HOST, attendee=guest))

    assert event.method == method
    assert event.status == ("CANCELLED" if method is Method.CANCEL else "CONFIRMED")


def test_ten_thousand_letters_are_one_property(libical: Libical) -> None:
    long = "\N{PARTY POPPER}é" * 5000

    check(libical, long, long, long, long)


@given(title=texts, place=texts, words=texts, name=texts)
def test_no_text_adds_or_takes_a_property(
    libical: Libical, title: str, place: str, words: str, name: str
) -> None:
    check(libical, title, place, words, name)


def check(libical: Libical, title: str, place: str, words: str, name: str) -> None:
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

    assert [one.properties for one in libical.read(file)] == [
        one.properties for one in libical.read(plain)
    ]
