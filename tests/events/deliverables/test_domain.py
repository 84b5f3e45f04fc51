from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.files.domain import DOCX, PDF, PPTX
from consortium.people.domain import Side
from events.deliverables.domain import (
    NO_OTHER_LEAD,
    DeliverableRefused,
    DeliverableSpec,
    Paper,
    Review,
    Standing,
    Tally,
    TeamFacts,
    counted_of,
    door_of,
    kinds_of_files,
    parties_of,
    standing_of,
    still_to_agree,
    waiting_of,
    who_agrees,
)
from events.deliverables.domain.agreeing import party_in_words

pytestmark = pytest.mark.pure
DUE_AT = datetime(2026, 4, 20, 21, tzinfo=UTC)
NEW_JERSEY = ZoneInfo("America/New_York")
SUE, TESS, BO = uuid4(), uuid4(), uuid4()
BOTH = TeamFacts(
    leads={SUE: Side.MANAGEMENT, TESS: Side.LABOR}, roles={"board_member": frozenset({BO})}
)
ALONE = TeamFacts(leads={SUE: Side.MANAGEMENT})


def spec(**values: Any) -> DeliverableSpec:
    return DeliverableSpec(**{"title": "Plan", "due": datetime(2026, 4, 20, 17), **values})


def paper(number: int = 1, *, hours: int = -1, **values: Any) -> Paper:
    usual = {"uploaded_at": DUE_AT + timedelta(hours=hours), "complete": True}
    return Paper(number=number, **{**usual, **values})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("exe",)}, "kinds"),
        ({"remind_days": (61,)}, "remind_days"),
    ],
)
def test_what_nobody_can_be_asked_for_is_refused(values: dict[str, Any], field: str) -> None:
    with pytest.raises(DeliverableRefused) as refused:
        spec(**values).check()

    assert refused.value.field == field


def test_groups_of_kinds_are_kinds_of_files() -> None:
    assert kinds_of_files(("pdf", "word", "slides")) == {PDF, DOCX, PPTX}


def test_nobody_has_to_agree_unless_the_host_says_so() -> None:
    assert parties_of(spec(), BOTH) == ()


def test_both_leads_and_each_office_that_the_team_has_agree() -> None:
    asked = spec(both_sides=True, sign_roles=("board_member", "principal"))

    assert parties_of(asked, BOTH) == ("lead:management", "lead:labor", "role:board_member")
    assert parties_of(asked, ALONE) == ("lead:management", NO_OTHER_LEAD)
    assert who_agrees(SUE, BOTH) == {"lead:management"}
    assert who_agrees(BO, BOTH) == {"role:board_member"}
    assert who_agrees(None, BOTH) == who_agrees(uuid4(), BOTH) == frozenset()


def test_a_lead_who_holds_an_office_agrees_for_both() -> None:
    team = TeamFacts(leads={SUE: Side.MANAGEMENT}, roles={"principal": frozenset({SUE})})

    assert who_agrees(SUE, team) == {"lead:management", "role:principal"}


def test_who_agrees_is_told_in_words() -> None:
    labels = {"board_member": "Board president"}
    words = [party_in_words(one, labels) for one in ("lead:labor", "role:board_member", "lead:?")]

    assert words == [
        "the lead for Labor", "Board president", "a lead of the other side (invite one first)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("papers", "standing"),
    [
        ([], Standing.MISSING),
        ([paper(withdrawn=True)], Standing.MISSING),
        ([paper(complete=False)], Standing.WAITING),
        ([paper()], Standing.IN_TIME),
        ([paper(hours=0)], Standing.LATE),
        ([paper(), paper(2, hours=1)], Standing.LATE),
        ([paper(), paper(2, hours=1, withdrawn=True)], Standing.IN_TIME),
        ([paper(), paper(2, complete=False)], Standing.IN_TIME),
        ([paper(review=Review.CHANGE)], Standing.CHANGE_ASKED),
        ([paper(review=Review.CHANGE), paper(2)], Standing.IN_TIME),
        ([paper(hours=5, review=Review.ACCEPTED)], Standing.ACCEPTED),
    ],
)
def test_where_a_team_stands(papers: list[Paper], standing: Standing) -> None:
    assert standing_of(papers, DUE_AT) is standing


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6))
def test_the_last_whole_version_that_was_not_withdrawn_counts(
    versions: list[tuple[bool, bool]],
) -> None:
    papers = [
        paper(n + 1, complete=complete, withdrawn=withdrawn)
        for n, (complete, withdrawn) in enumerate(versions)
    ]
    live = [one.number for one in papers if one.complete and not one.withdrawn]
    counted, waiting = counted_of(papers), waiting_of(papers)

    assert (counted.number if counted else None) == (live[-1] if live else None)
    assert waiting is None or (not waiting.complete and waiting.number > (live or [0])[-1])


@pytest.mark.parametrize(
    ("papers", "hours", "late_allowed", "is_open", "late"),
    [
        ([], -1, False, True, False),
        ([], 0, False, False, True),
        ([], 0, True, True, True),
        ([paper()], 1, False, False, True),
        ([paper(review=Review.CHANGE)], 99, False, True, False),
        ([paper(review=Review.ACCEPTED)], -1, True, False, False),
    ],
)
def test_the_door_is_open_until_it_is_due_or_as_long_as_the_host_lets_it(
    papers: list[Paper], hours: int, late_allowed: bool, is_open: bool, late: bool
) -> None:
    door = door_of(
        papers, due_at=DUE_AT, late_allowed=late_allowed, now=DUE_AT + timedelta(hours=hours)
    )

    assert (door.open, door.late) == (is_open, late)


def test_the_tally_counts_every_team_once() -> None:
    tally = Tally.of([*Standing], late=1)

    assert (tally.asked, tally.handed_in, tally.waiting, tally.missing) == (6, 4, 1, 1)
    assert (tally.accepted, tally.late) == (1, 1)


def test_who_agreed_is_waited_for_no_more() -> None:
    parties = parties_of(spec(both_sides=True), BOTH)

    assert still_to_agree(parties, {"lead:management"}) == ("lead:labor",)
