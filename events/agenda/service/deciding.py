"""The host decides where single people are in a ranked round, and the others are found again."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from consortium.errors import NotFound
from consortium.words import say
from events.agenda.domain import Member
from events.agenda.domain.drafting import Asked, Pin, with_pin
from events.agenda.service.drafts import ask_again, get_draft, rounds_of, told_by
from events.agenda.service.members import members_at
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession
from events.schedule.domain.sessions import in_order
from events.schedule.models import PlacesDraft


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """What the page shows on which the host decides where one person is in a round."""

    draft: PlacesDraft
    member: Member
    group: str
    sessions: tuple[PlannedSession, ...]
    wanted: tuple[PlannedSession, ...]
    """What the person ranked, the most wanted first."""
    has: tuple[PlannedSession, ...]
    """What the draft gives, and what is kept."""
    because: tuple[str, ...]
    pin: Pin | None


def decision_view(institute: Institute, draft_id: UUID, seat_id: UUID, group: str) -> DecisionView:
    """Return what is known of one person in a round of a draft. Raises ``NotFound``."""
    draft = get_draft(institute, draft_id)
    planned = _held_in(institute, draft, group)
    member = next((one for one in members_at(institute.id) if one.seat_id == seat_id), None)
    if member is None:
        raise NotFound(say("This person does not come any more."))
    round_id = next(one.id for one in rounds_of(draft, institute) if one.group == group)
    wanted = schedule.rankings_of(member.attendee.seat_ids).get(round_id, ())
    theirs = [one for one in told_by(draft) if (one.seat_id, one.group) == (seat_id, group)]
    pins = Asked.kept(draft.settings).pins
    return DecisionView(
        draft=draft,
        member=member,
        group=group,
        sessions=tuple(sorted(planned.values(), key=in_order)),
        wanted=tuple(planned[one] for one in wanted if one in planned),
        has=tuple(
            planned[one] for told in theirs for one in (*told.kept, *told.given) if one in planned
        ),
        because=tuple(sentence for told in theirs for sentence in told.because),
        pin=next(
            (one for one in pins if one.seat_id == seat_id and one.session_id in planned), None
        ),
    )


def decide(  # noqa: PLR0913  (whom, where, and by whom)
    institute: Institute, draft_id: UUID, seat_id: UUID, group: str, pin: Pin | None, *, by: str
) -> PlacesDraft:
    """Decide where one person is in a round of a draft, and ask for the others' places anew.

    The others stay where they are as far as their choices are as good. Raises ``NotFound``,
    ``RankingRefused`` where the person cannot be there, and ``Conflict`` while another draft of the
    institute is being found.
    """
    draft = get_draft(institute, draft_id)
    sessions = frozenset(_held_in(institute, draft, group))
    pins = with_pin(Asked.kept(draft.settings).pins, seat_id, sessions, pin)
    return ask_again(institute, draft_id, pins, by=by)


def _held_in(institute: Institute, draft: PlacesDraft, group: str) -> Mapping[UUID, PlannedSession]:
    if group not in {one.group for one in rounds_of(draft, institute)}:
        raise NotFound(say("There is no such round in this draft."))
    return {
        one.id: one.planned
        for one in schedule.sessions_of(institute.id)
        if one.choice_group == group and one.cancelled_at is None
    }
