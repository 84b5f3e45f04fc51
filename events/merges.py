"""What features of events do when two records of a person or an LEA become one."""

from collections.abc import Collection, Iterable
from uuid import UUID

from consortium.merging.models import MergeKind
from consortium.merging.service import (
    Moves,
    merged_leas,
    merged_people,
    merging_leas,
    merging_people,
    unmerged,
    unmerging,
)
from consortium.merging.service.proposals import facts_wanted, offices_wanted
from events.agenda.service import merged as agenda
from events.checkin.service import merged as check_ins
from events.credit.service import merged as credit
from events.intake.service import merged as intake
from events.registration.service import known, merged
from events.registration.service import merged_leas as leas


@offices_wanted.connect
def _offices_in_teams(person_ids: Collection[UUID]) -> Iterable[tuple[UUID, str, str]]:
    """Say which LEAs people have come with."""
    return known.offices_in_teams(person_ids)


@facts_wanted.connect
def _facts_in_teams(person_ids: Collection[UUID]) -> Iterable[tuple[UUID, tuple[str, str]]]:
    """Say what people do in teams."""
    return known.facts_in_teams(person_ids)


@merging_people.connect
def _merge_people_of_teams(moves: Moves) -> None:
    """Leave one seat, one lead, one badge where both records have one."""
    merged.merge_people_of_teams(moves)
    check_ins.merge_check_ins(moves)


@merged_people.connect
def _settle_check_ins(moves: Moves) -> None:
    """Let one person's check-ins say what the scans of both records come to."""
    check_ins.settle_merged(moves)


@merging_people.connect
def _merge_people_of_credit(moves: Moves) -> None:
    """Leave one valid certificate of an institute, one number, one answer."""
    credit.merge_people_of_credit(moves)


@merging_people.connect
def _merge_notices(moves: Moves) -> None:
    """Leave one notice of changes where both records wait for one."""
    agenda.one_notice_each(moves)


@merged_people.connect
def _compare_calendars(moves: Moves) -> None:
    """Let the calendar of who is left follow the agenda that is left."""
    agenda.compare_who_is_one(moves)


@merging_leas.connect
def _merge_leas_of_teams(moves: Moves) -> None:
    """Leave one answer, one invitation; refuse two teams and two applications."""
    leas.merge_leas_of_teams(moves)
    intake.merge_leas_of_intake(moves)


@merged_leas.connect
def _judge_merged_leas(moves: Moves) -> None:
    """Judge the teams by what the LEA that was kept has said."""
    leas.judge_merged_leas(moves)


@unmerging.connect
def _hold_teams(moves: Moves) -> None:
    """Hold teams before people, as everywhere in registration."""
    merged.hold_teams_of(moves)


@unmerged.connect
def _settle_parted(moves: Moves) -> None:
    """Take again the places that rows which came back need."""
    if moves.kind is MergeKind.PERSON:
        merged.settle_parted_people(moves)
        check_ins.settle_parted(moves)
    else:
        leas.judge_merged_leas(moves)
