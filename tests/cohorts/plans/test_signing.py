"""Signing: who signs for which side, what is frozen, what differs, when owners are reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cohorts.learning.domain.partners import Member, TableSide, Who
from cohorts.plans.domain import (
    Direction,
    GoalText,
    Lack,
    MilestoneText,
    PlanRefused,
    PlanText,
    Signed,
    Standing,
    check_signing,
    check_withdrawing,
    differences,
    standing_of,
    still_to_sign,
    wording,
)
from cohorts.plans.domain.checklist import Checklist
from cohorts.plans.domain.duties import DUTIES, Group
from cohorts.plans.domain.readiness import Answered, Ready, summary
from cohorts.plans.domain.reminding import reminder_due
from consortium.people.domain import Side
from consortium.words import say

pytestmark = pytest.mark.pure

REP, CHIEF, BOARD, TEACHER = (UUID(int=n) for n in range(1, 5))
WHO = Who(
    members=tuple(
        Member(person_id=one, name="Someone", side=side, role_code="", office="", speaks=speaks)
        for one, side, speaks in (
            (REP, TableSide.LABOR, True),
            (CHIEF, TableSide.MANAGEMENT, True),
            (TEACHER, TableSide.LABOR, False),
            (BOARD, None, True),
        )
    )
)
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
TEXT = PlanText(
    purpose="Every child reads.",
    goals=(
        GoalText(
            id="1", title="Reading", students=True, measure="State test", unit="%",
            direction=Direction.MORE, baseline=Decimal(60), target=Decimal("80.5"),
            due=date(2027, 6, 1), labor_owner="Ana Ruiz", management_owner="Sam Lee",
            milestones=(MilestoneText(title="Pick the books", due=date(2026, 10, 1)),),
        ),
    ),
)  # fmt: skip
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def signed(side, person_id=REP, **values):
    return Signed(
        **{"side": side, "person_id": person_id, "name": "A", "office": "B", "at": AT, **values}
    )


def test_both_sides_make_a_version_agreed_and_a_withdrawn_signature_does_not_count():
    labor, management = signed(TableSide.LABOR), signed(TableSide.MANAGEMENT, CHIEF)
    assert standing_of([]) is Standing.DRAFT
    assert standing_of([labor]) is Standing.HALF
    assert standing_of([labor, management]) is Standing.SIGNED
    assert standing_of([replace(labor, withdrawn=True), management]) is Standing.HALF
    assert still_to_sign([management]) == (TableSide.LABOR,)


def test_who_speaks_for_a_side_signs_for_it():
    assert check_signing(WHO, REP, "Ana Ruiz", [], []) is TableSide.LABOR
    labor = [signed(TableSide.LABOR)]
    assert check_signing(WHO, CHIEF, "Sam Lee", labor, []) is TableSide.MANAGEMENT
    for person_id in (None, TEACHER, BOARD, UUID(int=9)):
        with pytest.raises(PlanRefused, match="leads of both sides"):
            check_signing(WHO, person_id, "Someone", [], [])
    with pytest.raises(PlanRefused, match="To do"):
        check_signing(WHO, REP, "Ana", [], [Lack(sentence=say("Write the first goal."))])
    with pytest.raises(PlanRefused, match="labor side has signed"):
        check_signing(WHO, REP, "Ana Ruiz", labor, [])
    with pytest.raises(PlanRefused) as refused:
        check_signing(WHO, REP, " A ", [], [])
    assert refused.value.field == "name"
    assert wording(2, TableSide.LABOR).startswith("I have read version 2 of this plan. I agree")


def test_a_signature_is_taken_back_until_the_other_side_has_signed():
    mine, theirs = signed(TableSide.LABOR), signed(TableSide.MANAGEMENT, CHIEF)
    assert check_withdrawing(REP, [mine]) is mine
    with pytest.raises(PlanRefused, match="opens the next version"):
        check_withdrawing(REP, [mine, theirs])
    with pytest.raises(PlanRefused, match="no signature of yours"):
        check_withdrawing(REP, [replace(mine, withdrawn=True)])


def test_what_is_kept_of_a_version_is_the_same_text_and_one_letter_is_another():
    kept = TEXT.to_json()
    assert PlanText.from_json(kept) == TEXT
    assert PlanText.from_json(kept).digest == TEXT.digest
    assert replace(TEXT, purpose="Every child reads!").digest != TEXT.digest


def test_two_versions_side_by_side():
    goal = TEXT.goals[0]
    other = replace(goal, id="2", title="Mentors", milestones=(), students=False)
    after = PlanText(
        purpose="Every child reads.",
        goals=(replace(goal, target=Decimal(85), labor_owner="Tea Cher"), other),
    )
    changed, added = differences(TEXT, after)
    assert (changed.title, changed.kind) == ("Reading", "changed")
    assert changed.fields == (
        ("Target", "80.5%", "85%"),
        ("Owner, labor", "Ana Ruiz", "Tea Cher"),
    )
    assert (added.title, added.kind) == ("Mentors", "added")
    assert [one.kind for one in differences(after, TEXT)] == ["changed", "removed"]
    assert differences(TEXT, TEXT) == ()
    purpose = differences(TEXT, replace(TEXT, purpose="All read."))
    assert purpose[0].fields == (("What we work toward", "Every child reads.", "All read."),)


@pytest.mark.parametrize(
    ("now", "days", "due"),
    [
        ("2026-09-17T11:59:00+00:00", 3, False),  # 7:59 in New York
        ("2026-09-17T12:00:00+00:00", 3, True),
        ("2026-09-16T20:00:00+00:00", 3, False),
        ("2026-09-20T20:00:00+00:00", 3, True),
        ("2026-09-21T13:00:00+00:00", 3, False),
        ("2026-09-20T13:00:00+00:00", 0, False),
    ],
)
def test_owners_are_reminded_some_days_before_never_at_night_and_not_afterwards(now, days, due):
    meeting, zone = date(2026, 9, 20), ZoneInfo("America/New_York")
    assert reminder_due(meeting, days, now=datetime.fromisoformat(now), zone=zone) is due


def test_readiness_counts_who_is_there_now_by_group():
    sides = {REP: Side.LABOR, TEACHER: Side.LABOR, CHIEF: Side.MANAGEMENT}
    first, second = [duty for duty in DUTIES if duty.group is Group.ASSOCIATION][:2]
    said = [
        Answered(person_id=REP, office="President", duty=first.code, ready=Ready.DONE, at=NOW),
        Answered(person_id=TEACHER, office="Teacher", duty=first.code, ready=Ready.DONE, at=NOW),
        Answered(person_id=REP, office="President", duty=second.code, ready=Ready.BEGUN, at=NOW),
        Answered(person_id=BOARD, office="Board", duty="board.why", ready=Ready.DONE, at=NOW),
        Answered(person_id=REP, office="President", duty="dropped", ready=Ready.DONE, at=NOW),
    ]
    groups = {one.group: one for one in summary(Checklist(), said, sides)}
    labor = groups[Group.ASSOCIATION]
    assert (labor.asked, labor.answered, labor.done) == (2, 2, 1)
    assert labor.next_step is second
    assert labor.lines[1].offices == (("President", Ready.BEGUN),)
    assert (groups[Group.BOARD].asked, groups[Group.BOARD].answered) == (0, 0)
