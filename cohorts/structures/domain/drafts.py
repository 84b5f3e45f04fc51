"""What people write down of a body and its meetings, and when it makes no sense."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cohorts.structures.domain.kinds import KINDS, BodyKind, Cadence
from consortium.errors import Refusal
from consortium.people.domain import Side
from consortium.words import say

MOST_MEMBERS = 60
MOST_CAME = 500


class StructureRefused(Refusal):
    """The body or the meeting cannot be written down this way."""


@dataclass(frozen=True, kw_only=True)
class MemberDraft:
    """An office, or somebody by name, with a seat in a body."""

    side: Side
    office: str = ""
    name: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class BodyDraft:
    """A body as somebody wants it."""

    kind: BodyKind
    name: str = ""
    school: str = ""
    cadence: Cadence
    summer_off: bool
    begins_on: date
    next_on: date | None = None
    members: Sequence[MemberDraft] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """A meeting as somebody writes it down."""

    on: date
    house: str
    labor_came: int
    management_came: int
    others_came: int = 0
    decisions: str = ""
    next_on: date | None = None


def check_body(draft: BodyDraft, *, today: date) -> None:
    """Raise ``StructureRefused`` for a body that nobody could find, or that nobody sits in."""
    if draft.kind is BodyKind.OTHER and not draft.name:
        raise StructureRefused(say("Write what you call it."), field="name")
    if KINDS[draft.kind].of_school and not draft.school:
        raise StructureRefused(say("Write which school it belongs to."), field="school")
    if draft.begins_on > today.replace(year=today.year + 2):
        raise StructureRefused(
            say("Write down a body that meets, or will soon: this day is years ahead."),
            field="begins_on",
        )
    if draft.next_on is not None and draft.next_on < draft.begins_on:
        raise StructureRefused(say("It cannot meet before it begins."), field="next_on")
    if len(draft.members) > MOST_MEMBERS:
        raise StructureRefused(
            say("Write down at most %(most)s members.", most=MOST_MEMBERS), field="members"
        )


def check_end(ends_on: date, *, begins_on: date, last_met: date | None) -> None:
    """Raise ``StructureRefused`` where the last day precedes the first, or a meeting."""
    if ends_on < begins_on:
        raise StructureRefused(say("The last day lies before the first day."), field="ends_on")
    if last_met is not None and ends_on < last_met:
        raise StructureRefused(
            say("It met on %(day)s, after that day.", day=last_met.isoformat()), field="ends_on"
        )


def check_meeting(
    draft: MeetingDraft, *, today: date, begins_on: date, ends_on: date | None
) -> None:
    """Raise ``StructureRefused`` for a meeting that has not been, or to which nobody came."""
    if draft.on > today:
        raise StructureRefused(
            say("This day has not come yet. Enter it as the next date instead."), field="on"
        )
    if draft.on < begins_on or (ends_on is not None and draft.on > ends_on):
        raise StructureRefused(
            say("There was no such body on this day. Correct the day, or when the body began."),
            field="on",
        )
    if draft.labor_came + draft.management_came + draft.others_came == 0:
        raise StructureRefused(
            say("Nobody came? Then it did not meet; there is nothing to write down."),
            field="labor_came",
        )
    if draft.next_on is not None and draft.next_on <= draft.on:
        raise StructureRefused(say("The next date has to be a later day."), field="next_on")
