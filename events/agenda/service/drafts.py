"""Drafts of who gets which place: asked for, read. None of them changes anybody's agenda."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.agenda.domain.allotting import Told, refuse_impossible, told_in
from events.agenda.domain.asks import Case, Wanted
from events.agenda.domain.drafting import Asked, Pin
from events.agenda.service.members import begun_of, members_at
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession
from events.schedule.domain.ranking import DRAFT_OPEN, DraftState, Ranked, RankingRefused
from events.schedule.models import ONE_PLACES_DRAFT, PlacesDraft, Session, SessionChoice

LOTS = 2**31


def case_at(institute: Institute, asked: Asked) -> Case:
    """Return what places in these rounds are found from, as everything stands now.

    Raises ``RankingRefused`` where there is no such round.
    """
    sessions = schedule.sessions_of(institute.id)
    ranked = schedule.ranked_rounds_of(institute.id)
    rounds = [one for one in ranked.values() if one.id in asked.rounds]
    if not rounds:
        raise RankingRefused(say("Tick at least one round."), field="rounds")
    members = members_at(institute.id)
    group_of = {one.id: one.group for one in rounds}
    seat_of = {seat: one.seat_id for one in members for seat in one.attendee.seat_ids}
    wanted: dict[UUID, dict[str, Wanted]] = defaultdict(dict)
    for row in schedule.rankings_at(institute.id):
        seat, group = seat_of.get(row.seat_id), group_of.get(row.round_id)
        if seat is not None and group is not None:
            wanted[seat][group] = Wanted(sessions=schedule.wanted_of(row), ranked_at=row.ranked_at)
    groups = set(group_of.values())
    here = {one.id for one in sessions if one.choice_group in groups}
    freed: dict[UUID, set[UUID]] = defaultdict(set)
    for seat, session_id in () if asked.keep else _allotted(here):
        if seat in seat_of:
            freed[seat_of[seat]].add(session_id)
    return Case(
        sessions=[one.planned for one in sessions if one.choice_group and one.cancelled_at is None],
        rounds=sorted(rounds, key=lambda one: one.group),
        members=members,
        wanted=wanted,
        begun=begun_of(sessions),
        duty=_duty(institute, sessions),
        freed={seat: frozenset(some) for seat, some in freed.items()},
        extra=asked.extra,
        pins=[
            replace(one, seat_id=seat_of[one.seat_id])
            for one in asked.pins
            if one.seat_id in seat_of
        ],
        near=_near(institute, asked),
    )


def ask_draft(institute: Institute, asked: Asked, *, by: str) -> PlacesDraft:
    """Ask a worker who would get which place.

    Raises ``RankingRefused`` where what is asked for cannot be, and ``Conflict`` while another
    draft of the institute is being found.
    """
    refuse_cancelled(institute)
    refuse_impossible(case_at(institute, asked))  # says now what the worker would say later
    hold(Institute.id, institute.id)
    last = db.session.scalar(
        select(func.max(PlacesDraft.number)).where(PlacesDraft.institute_id == institute.id)
    )
    draft = PlacesDraft(
        institute_id=institute.id,
        number=(last or 0) + 1,
        made_at=clock.now(),
        made_by=by,
        settings=asked.as_kept(),
    )
    db.session.add(draft)
    with translating(
        ONE_PLACES_DRAFT,
        into=Conflict(say("A draft is being found. Wait until it is done, then look at it.")),
    ):
        db.session.flush()
    audit.record(
        "draft_places",
        f"institute:{institute.id}",
        by=by,
        after={"draft": draft.number, **draft.settings},
    )
    return draft


def ask_again(
    institute: Institute, draft_id: UUID, pins: tuple[Pin, ...] | None = None, *, by: str
) -> PlacesDraft:
    """Ask for the same once more, near to what a draft gives, with other decisions if any.

    Raises as ``ask_draft`` does, and ``NotFound``.
    """
    draft = get_draft(institute, draft_id)
    asked = Asked.kept(draft.settings)
    near = draft.id if draft.state is DraftState.DONE else asked.near
    pins = asked.pins if pins is None else pins
    return ask_draft(institute, replace(asked, near=near, pins=pins), by=by)


def new_lot() -> int:
    """Return a lot that decides between what is equally good."""
    return secrets.randbelow(LOTS)


def basis_of(case: Case) -> dict[str, Any]:
    """Return what a draft was found from, so far as accepting it depends on that."""
    groups = {one.group for one in case.rounds}
    return {
        "sessions": {
            str(one.id): [one.capacity, one.title, str(one.starts), str(one.ends)]
            for one in case.sessions
            if one.choice_group in groups
        },
        "ranked": {
            str(seat): {group: one.ranked_at.isoformat() for group, one in wanted.items()}
            for seat, wanted in case.wanted.items()
        },
    }


def get_draft(institute: Institute, draft_id: UUID) -> PlacesDraft:
    """Return a draft of the institute. Raises ``NotFound``."""
    row = db.session.scalar(
        select(PlacesDraft).where(
            PlacesDraft.id == draft_id, PlacesDraft.institute_id == institute.id
        )
    )
    if row is None:
        raise NotFound(say("There is no such draft."))
    return row


def drafts_of(institute: Institute) -> Sequence[PlacesDraft]:
    """Return the drafts of an institute, the newest first."""
    rows = select(PlacesDraft).where(PlacesDraft.institute_id == institute.id)
    return db.session.scalars(rows.order_by(PlacesDraft.number.desc())).all()


def told_by(draft: PlacesDraft) -> tuple[Told, ...]:
    """Return what a draft gives to whom."""
    return tuple(told_in(one) for one in draft.answers)


def rounds_of(draft: PlacesDraft, institute: Institute) -> Sequence[Ranked]:
    """Return the rounds of a draft in which people still rank, or have ranked."""
    ids = {UUID(one) for one in draft.settings["rounds"]}
    known = schedule.ranked_rounds_of(institute.id).values()
    return sorted((one for one in known if one.id in ids), key=lambda one: one.group)


def open_draft(institute: Institute) -> PlacesDraft | None:
    """Return the draft that is being found."""
    return db.session.scalar(
        select(PlacesDraft).where(
            PlacesDraft.institute_id == institute.id, PlacesDraft.state.in_(DRAFT_OPEN)
        )
    )


def counts_of(told: Collection[Told]) -> Counter[str]:
    """Return how many get their first choice, second, third, a later one, another, none."""
    counts: Counter[str] = Counter()
    for one in told:
        counts["short"] += bool(one.short)
        if one.given:
            named = {0: "unasked", 1: "first", 2: "second", 3: "third"}
            counts[named.get(one.position, "later")] += 1
        elif one.kept and not one.short:
            counts["kept"] += 1
    return counts


def _near(institute: Institute, asked: Asked) -> Mapping[UUID, frozenset[UUID]]:
    if asked.near is None:
        return {}
    given: dict[UUID, set[UUID]] = defaultdict(set)
    for one in told_by(get_draft(institute, asked.near)):
        given[one.seat_id].update(one.given)
    return {seat: frozenset(some) for seat, some in given.items()}


def _allotted(session_ids: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
    rows = select(SessionChoice.seat_id, SessionChoice.session_id).where(
        SessionChoice.session_id.in_(session_ids), SessionChoice.allotted
    )
    return [(row.seat_id, row.session_id) for row in db.session.execute(rows)]


def _duty(
    institute: Institute, sessions: Sequence[Session]
) -> Mapping[str, Sequence[PlannedSession]]:
    """Return which sessions people of the institute present or lead, by their addresses."""
    address = {one.name: one.email for one in schedule.presenters_of(institute.id) if one.email}
    duty: dict[str, list[PlannedSession]] = defaultdict(list)
    for session in sessions:
        for email in {address[name] for name in session.planned.people if name in address}:
            if session.cancelled_at is None:
                duty[email].append(session.planned)
    return duty
