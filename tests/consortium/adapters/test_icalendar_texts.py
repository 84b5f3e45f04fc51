from typing import Any

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from consortium.ports import Mailbox, Method
from tests.consortium.adapters.calendar_files import an_event, write

pytestmark = pytest.mark.pure

NASTY = (
    "\r\nATTENDEE:mailto:evil@example.org",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:two",
    "semi;colon,comma:colon\\back\\nslash\"quote'",
    "\x00\x0b\x0c\x1b[31m\x7f\x85\u2028\u2029",
    "\ud800 lone \udfff surrogates",
    "\u202eright to left\u202c שלום مرحبا",
    "👩‍👩‍👧‍👦" * 40,
    "long " * 2000,
    '"; PARTSTAT=ACCEPTED:mailto:evil@example.org',
    "^n^'^^",
    " ",
    "\\",
)
texts = st.text(st.characters(exclude_categories=()), min_size=1, max_size=300) | st.sampled_from(
    NASTY
)


@settings(max_examples=150, deadline=None)
@example(text="\r\nATTENDEE:mailto:evil@example.org")
@given(text=texts)
def test_no_text_adds_or_removes_a_property(text: str) -> None:
    """The harmless text stands for what every other text must look like."""
    harmless, tried = everywhere("harmless"), everywhere(text)

    assert properties(Calendar.from_ical(tried)) == properties(Calendar.from_ical(harmless))
    assert len(vobject.readOne(tried.decode()).vevent.getSortedChildren()) == len(
        vobject.readOne(harmless.decode()).vevent.getSortedChildren()
    )


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_both_parsers_read_the_same_words(text: str) -> None:
    content = everywhere(text)

    one = Calendar.from_ical(content).events[0]
    other = vobject.readOne(content.decode()).vevent
    assert str(one["SUMMARY"]) == other.summary.value
    assert str(one["LOCATION"]) == other.location.value
    assert str(one["DESCRIPTION"]) == other.description.value
    assert str(one["URL"]) == other.url.value
    assert one["ATTENDEE"].params.get("CN", "") == getattr(other.attendee, "cn_param", "")


def everywhere(text: str) -> bytes:
    return write(
        [
            an_event(
                uid=text,
                summary=text,
                location=text,
                description=text,
                url=text,
                categories=(text,),
            )
        ],
        name=text,
        method=Method.REQUEST,
        organizer=Mailbox(name=text, email=text),
        attendee=Mailbox(name=text, email=text),
    )


def properties(component: Any) -> list[str]:
    return sorted(
        f"{name} {sorted(getattr(value, 'params', {}))}"
        for name, value in component.property_items(recursive=True)
    )
