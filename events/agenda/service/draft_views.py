"""A draft of places as the host reads it: in numbers, against the one before, person by person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from events.agenda.domain import Member
from events.agenda.domain.allotting import Told
from events.agenda.domain.drafting import Asked
from events.agenda.service.drafts import counts_of, get_draft, rounds_of, told_by
from events.agenda.service.members import members_at
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession
from events.schedule.domain.ranking import DraftState, Phase
from events.schedule.domain.sessions import in_order
from events.schedule.models import PlacesDraft

LATER = 2
"""From which choice on someone may ask why it was not a better one."""


@dataclass(frozen=True, kw_only=True)
class SessionView:
    """One session as a draft fills it."""

    session: PlannedSession
    extra: int
    """Places that are only supposed."""
    given: int
    """How many get a new place in it."""
    left: int | None
    """How many places are free then; ``None`` where they are not counted."""


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """One round of a draft in numbers."""

    group: str
    counts: Counter[str]
    sessions: tuple[SessionView, ...]


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """What one person gets in one round."""

    member: Member
    told: Told
    sessions: tuple[PlannedSession, ...]
    kept: tuple[PlannedSession, ...]


@dataclass(frozen=True, kw_only=True)
class PinView:
    """What the host decided of one person."""

    member: Member
    session: PlannedSession
    inside: bool


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """What the page of a draft shows."""

    draft: PlacesDraft
    rounds: tuple[RoundView, ...]
    people: tuple[PersonView, ...]
    show: str
    former: PlacesDraft | None
    """The draft before it."""
    differ: int
    """For how many people it is something else than by the one before."""
    supposed: tuple[tuple[str, int], ...]
    """Sessions with places that are only supposed: they have to have them first."""
    may_accept: bool
    """Whether everyone's time to rank is over, no places are only supposed, and nobody has
    accepted it."""
    in_time: bool
    """Whether people can still rank."""
    pins: tuple[PinView, ...]
    """What the host decided of single people."""


def draft_view(institute: Institute, draft_id: UUID, *, show: str = "all") -> DraftView:
    """Return a draft as its page shows it. Raises ``NotFound``."""
    draft = get_draft(institute, draft_id)
    told = told_by(draft)
    planned = {one.id: one.planned for one in schedule.sessions_of(institute.id)}
    extra = _supposed(draft, planned)
    groups = {one.group for one in told} | {one.group for one in rounds_of(draft, institute)}
    in_rounds = sorted(
        (one for one in planned.values() if one.choice_group in groups and not one.cancelled),
        key=in_order,
    )
    members = {one.seat_id: one for one in members_at(institute.id)}
    former = _former(draft)
    now = clock.now()
    phases = {one.phase(now) for one in rounds_of(draft, institute)}
    return DraftView(
        draft=draft,
        rounds=tuple(
            RoundView(
                group=group,
                counts=counts_of([one for one in told if one.group == group]),
                sessions=_sessions(
                    [one for one in in_rounds if one.choice_group == group], told, extra, draft
                ),
            )
            for group in dict.fromkeys(one.choice_group for one in in_rounds)
        ),
        people=_people([one for one in told if _is_shown(one, show)], members, planned),
        show=show,
        former=former,
        differ=_differ(told, told_by(former)) if former else 0,
        supposed=tuple((planned[one].title, more) for one, more in extra.items()),
        may_accept=draft.state is DraftState.DONE
        and draft.accepted_at is None
        and Phase.RANKING not in phases
        and not extra,
        in_time=Phase.RANKING in phases,
        pins=_pins(draft, members, planned),
    )


def _pins(
    draft: PlacesDraft, members: Mapping[UUID, Member], planned: Mapping[UUID, PlannedSession]
) -> tuple[PinView, ...]:
    pins = [
        PinView(member=members[one.seat_id], session=planned[one.session_id], inside=one.inside)
        for one in Asked.kept(draft.settings).pins
        if one.seat_id in members and one.session_id in planned
    ]
    return tuple(sorted(pins, key=lambda one: (one.session.title, one.member.name)))


def _supposed(draft: PlacesDraft, planned: Mapping[UUID, PlannedSession]) -> Mapping[UUID, int]:
    """Return the places that the draft counts on and that sessions still do not have."""
    missing: dict[UUID, int] = {}
    if draft.state is not DraftState.DONE:
        return missing
    for name, more in draft.settings["extra"].items():
        session, counted = planned.get(UUID(name)), draft.basis["sessions"].get(name, [None])[0]
        if session is not None and counted is not None and session.capacity is not None:
            left = counted + more - session.capacity
            if left > 0 and draft.accepted_at is None:
                missing[session.id] = left
    return missing


def _sessions(
    sessions: Sequence[PlannedSession],
    told: Sequence[Told],
    extra: Mapping[UUID, int],
    draft: PlacesDraft,
) -> tuple[SessionView, ...]:
    fresh = Counter(one for each in told for one in each.given if one not in each.left)
    freed = Counter(one for each in told for one in each.left if one not in each.given)
    found = []
    for session in sessions:
        change = 0 if draft.accepted_at else fresh[session.id] - freed[session.id]
        more = extra.get(session.id, 0)
        left = None
        if session.capacity is not None:
            left = max(0, session.capacity + more - session.taken - change)
        found.append(SessionView(session=session, extra=more, given=fresh[session.id], left=left))
    return tuple(found)


def _people(
    told: Sequence[Told],
    members: Mapping[UUID, Member],
    planned: Mapping[UUID, PlannedSession],
) -> tuple[PersonView, ...]:
    people = [
        PersonView(
            member=members[one.seat_id],
            told=one,
            sessions=tuple(planned[each] for each in one.given if each in planned),
            kept=tuple(planned[each] for each in one.kept if each in planned),
        )
        for one in told
        if one.seat_id in members
    ]
    return tuple(sorted(people, key=lambda one: (one.member.team, one.member.name, one.told.group)))


def _is_shown(one: Told, show: str) -> bool:
    if show == "none":
        return bool(one.short)
    if show == "unasked":
        return one.ranked and bool(one.given) and one.position == 0
    if show == "later":
        return one.position >= LATER
    return True


def _former(draft: PlacesDraft) -> PlacesDraft | None:
    return db.session.scalar(
        select(PlacesDraft)
        .where(
            PlacesDraft.institute_id == draft.institute_id,
            PlacesDraft.number < draft.number,
            PlacesDraft.state == DraftState.DONE,
        )
        .order_by(PlacesDraft.number.desc())
        .limit(1)
    )


def _differ(told: Sequence[Told], former: Sequence[Told]) -> int:
    """Return for how many people a draft means something else than the one before."""
    has, had = (
        {(one.seat_id, one.group): {*one.given, *one.kept} for one in each}
        for each in (told, former)
    )
    changed = {key for key in {*has, *had} if has.get(key, set()) != had.get(key, set())}
    return len({seat for seat, _ in changed})
