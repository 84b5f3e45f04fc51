"""When an institute may be cancelled, and what a host may write then."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.institutes.domain import Status
from events.institutes.domain.cancelling import (
    Announcement,
    CancellingRefused,
    Ending,
    InstituteCancelled,
    check_announcement,
    check_cancellable,
    check_change,
    in_all,
    is_safe_address,
)
from events.institutes.domain.sections import Basics

pytestmark = pytest.mark.pure

BASICS = Basics(
    title="Summer",
    kind="institute",
    venue="Trenton",
    time_zone="America/New_York",
    summary="",
    registrant="",
)


def test_only_what_is_ahead_and_not_cancelled_can_be_cancelled() -> None:
    check_cancellable(Status.PUBLISHED, over=False)
    check_cancellable(Status.DRAFT, over=False)
    with pytest.raises(CancellingRefused, match="cancelled already"):
        check_cancellable(Status.CANCELLED, over=True)
    with pytest.raises(CancellingRefused, match="over"):
        check_cancellable(Status.PUBLISHED, over=True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Announcement(reason=""), "reason"),
        (Announcement(reason="Flu", survey_url="http://example.org/s"), "survey_url"),
        (Announcement(reason="Flu", survey_url="javascript:alert(1)"), "survey_url"),
    ],
)
def test_an_announcement_gives_a_reason_and_leads_to_safe_places(
    said: Announcement, field: str
) -> None:
    with pytest.raises(CancellingRefused) as refused:
        check_announcement(said)
    assert refused.value.field == field
    check_announcement(Announcement(reason="Flu", survey_url="https://example.org/s?a=1"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "https://",
        "https://localhost",
        "https://host@example.org/",
        "https://example.org:port/",
        "https://example.org/a b",
        "https://[::1",
        "https://example.org/" + "x" * 500,
    ],
)
def test_what_is_no_plain_https_address_is_not_linked(address: str) -> None:
    assert not is_safe_address(address)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    assert not is_safe_address(text) or text.lower().startswith("https://")


def test_of_a_cancelled_institute_only_what_people_read_changes() -> None:
    read_else = replace(BASICS, title="Summer (cancelled)", summary="See you next year.")
    check_change(Status.CANCELLED, BASICS, read_else)
    check_change(Status.CANCELLED, BASICS, BASICS)
    check_change(Status.PUBLISHED, BASICS, replace(BASICS, venue="Newark"))
    for sent in (replace(BASICS, venue="Newark"), replace(BASICS, time_zone="UTC"), object()):
        with pytest.raises(InstituteCancelled, match="title and its summary"):
            check_change(Status.CANCELLED, BASICS, sent)


def test_only_what_there_is_of_it_is_told() -> None:
    some, none = Ending(words="Teams", count=2), Ending(words="Sessions", count=0)  # type: ignore[arg-type]
    assert in_all([none, some]) == [some]
