"""What a calendar was told, and the number under which the next thing is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.calendar.domain import NOTHING, Facts, Known, Told, facts_of
from consortium.ports import DatedEvent, Method

pytestmark = pytest.mark.pure

NINE = DatedEvent(
    uid="u1",
    sequence=0,
    summary="Keynote",
    starts=datetime(2026, 5, 1, 9),
    ends=datetime(2026, 5, 1, 10),
    time_zone="America/New_York",
    changed_at=datetime(2026, 3, 2, tzinfo=UTC),
    location="Oak Room",
    description="All about trust.\n\nJoin online: https://x.org/1",
    join_at="https://x.org/1",
)
FACTS = facts_of(NINE)
ASKED = Told(method=Method.REQUEST, facts=FACTS)
TAKEN_BACK = Told(method=Method.CANCEL, facts=FACTS)


def test_the_facts_are_what_a_reader_would_notice() -> None:
    assert FACTS.begins_at == "2026-05-01T13:00+00:00"
    assert FACTS.over_at == datetime(2026, 5, 1, 14, tzinfo=UTC)
    assert Facts(**FACTS.as_json()) == FACTS
    same = replace(NINE, sequence=4, changed_at=datetime(2026, 4, 1, tzinfo=UTC), url="https://y")
    assert facts_of(same) == FACTS


def test_another_link_is_told_from_other_words() -> None:
    link = facts_of(
        replace(
            NINE,
            join_at="https://x.org/2",
            description="All about trust.\n\nJoin online: https://x.org/2",
        )
    )
    words = facts_of(replace(NINE, description="All.\n\nJoin online: https://x.org/1"))

    assert (link.link != FACTS.link, link.details == FACTS.details) == (True, True)
    assert (words.link == FACTS.link, words.details != FACTS.details) == (True, True)


def test_a_calendar_that_was_told_nothing_shows_nothing() -> None:
    assert not NOTHING.shows(FACTS)
    assert not NOTHING.invited
    assert NOTHING.number(3, ASKED) == 3


def test_a_mail_that_may_have_left_counts_as_both() -> None:
    ten = facts_of(replace(NINE, starts=datetime(2026, 5, 1, 9, 30)))
    unsure = Known(
        sequence=1,
        lift=0,
        last=Told(method=Method.REQUEST, facts=ten),
        before=ASKED,
        unsure=True,
    )

    assert unsure.certain == ASKED
    assert not unsure.shows(FACTS)
    assert not unsure.shows(ten)
    assert unsure.invited
    assert replace(unsure, unsure=False).shows(ten)


def test_a_cancellation_that_may_not_have_left_is_told_again_under_its_number() -> None:
    unsure = Known(sequence=1, lift=1, last=TAKEN_BACK, before=ASKED, unsure=True)

    assert unsure.invited
    assert unsure.number(0, TAKEN_BACK) == 1
    assert unsure.number(0, ASKED) == 2


told = st.builds(
    Told,
    method=st.sampled_from([Method.REQUEST, Method.CANCEL]),
    facts=st.sampled_from([FACTS, facts_of(replace(NINE, location="Cedar Hall"))]),
)


@given(st.lists(st.tuples(told, st.integers(0, 2), st.booleans()), max_size=12))
def test_numbers_only_rise_and_the_same_words_keep_theirs(
    story: list[tuple[Told, int, bool]],
) -> None:
    """Whatever is told, however often the event's own number rises, and whatever leaves."""
    known, base = NOTHING, 0
    for message, raised, left in story:
        base += raised
        number = known.number(base, message)
        if message == known.last:
            assert number >= known.sequence
        else:
            assert number > known.sequence
        assert number >= base
        known = Known(
            sequence=number,
            lift=number - base,
            last=message,
            before=known.last,
            unsure=not left,
        )
        assert known.number(base, message) == number
