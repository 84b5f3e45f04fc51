"""Mails that tell people where their team sits, or who its partner is: once for each publishing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from cohorts.matching import emails
from cohorts.matching.emails import Grouped
from cohorts.matching.models import Grouping, GroupingKind
from cohorts.matching.service.grouping_pages import GroupView, grouping_view
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Email
from events import facade
from events.facade import ParticipantView

GROUPED = "grouped"
"""What these mails are about, before the grouping and the person."""


def tell_of_groups(grouping: Grouping) -> int:
    """Promise one mail to everyone whose team is in another company than before.

    Of a first publishing that is everyone in it. Of one that mends another, those whose table has
    another number, another goal or other teams now, and those who have none any more; what they
    were to be told of the other is dropped where it has not left. Returns how many are told.
    """
    view = grouping_view(grouping.institute_id, grouping.id)
    mended = grouping.mends_id
    was = grouping_view(grouping.institute_id, mended).groups if mended else ()
    now, before = _seen(view.groups, grouping.kind), _seen(was, grouping.kind)
    touched = {team for team in {*now, *before} if now.get(team) != before.get(team)}
    people = _people(grouping.institute_id, touched)
    if mended is not None:
        outbox.supersede(*(_about(mended, person) for person in people))
    company = _companies(view.groups, grouping.kind)
    titles = {each.team.id: each.team.title for one in (*was, *view.groups) for each in one.members}
    institute = facade.institute_with(grouping.institute_id)
    readers: dict[tuple[UUID, ...], list[ParticipantView]] = defaultdict(list)
    for seats in people.values():
        readers[tuple(dict.fromkeys(seat.team_id for seat in seats))].append(seats[0])
    promised: list[tuple[Email, str]] = []
    for teams, seats in readers.items():
        mails = emails.grouped(
            institute,
            seats,
            [company.get(team) or Grouped(team=titles[team]) for team in teams],
            tables=grouping.kind is GroupingKind.TABLES,
            changed=mended is not None,
            suggested=grouping.two_sided,
        )
        about = [_about(grouping.id, seat.person_id) for seat in seats]
        promised += zip(mails, about, strict=True)
    outbox.promise_all(promised)
    return len(promised)


def drop_group_news(institute_id: UUID) -> None:
    """Drop what has not left yet of these mails of an institute: nobody comes there."""
    ids = db.session.scalars(select(Grouping.id).where(Grouping.institute_id == institute_id))
    for grouping_id in ids.all():
        unsent = select(OutboxEmail.about).where(
            OutboxEmail.about.startswith(f"{GROUPED}:{grouping_id}:"),
            OutboxEmail.settled_at.is_(None),
        )
        outbox.supersede(*db.session.scalars(unsent).all())


def _seen(groups: Iterable[GroupView], kind: GroupingKind) -> Mapping[UUID, object]:
    """Return by team what people see of its company: where it is, what for, and with whom."""
    tables = kind is GroupingKind.TABLES
    return {
        member.team.id: (
            group.number if tables else 0,
            group.theme,
            frozenset(each.team.id for each in group.members),
        )
        for group in groups
        for member in group.members
    }


def _companies(groups: Iterable[GroupView], kind: GroupingKind) -> Mapping[UUID, Grouped]:
    """Return by team what its people are told of its company."""
    return {
        member.team.id: Grouped(
            team=member.team.title,
            number=group.number if kind is GroupingKind.TABLES else 0,
            theme=group.theme,
            others=tuple(each.team for each in group.members if each is not member),
            reasons=tuple(group.reasons),
        )
        for group in groups
        for member in group.members
    }


def _people(institute_id: UUID, teams: Iterable[UUID]) -> Mapping[UUID, list[ParticipantView]]:
    """Return the people of the teams with their seats there: one person can sit in two."""
    touched = set(teams)
    people: dict[UUID, list[ParticipantView]] = defaultdict(list)
    for seat in facade.participants_of(institute_id):
        if seat.team_id in touched:
            people[seat.person_id].append(seat)
    return people


def _about(grouping_id: UUID, person_id: UUID) -> str:
    return f"{GROUPED}:{grouping_id}:{person_id}"
