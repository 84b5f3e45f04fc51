"""Give the places that a draft found: in one act, under the rules of every choice, told once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.ids import new_id
from consortium.tenancy import require_tenant
from consortium.words import say
from events.agenda.domain.allotting import Told
from events.agenda.domain.asks import Case
from events.agenda.domain.drafting import Asked
from events.agenda.service.drafts import basis_of, case_at, get_draft, told_by
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled_by_now
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession
from events.schedule.domain.news import AgendaChange
from events.schedule.domain.ranking import (
    DraftState,
    RankingRefused,
    no_place_by_ranking,
    place_by_ranking,
)
from events.schedule.models import (
    ONE_CHOICE,
    PlacesDraft,
    RankedRound,
    Session,
    SessionChoice,
    SessionWait,
)

AT_A_TIME = 500
CAPACITY, TITLE = range(2)


def accept_draft(institute: Institute, draft_id: UUID, *, by: str) -> int:
    """Give everyone the places of a draft, tell each person once, and return how many are told.

    From then on people choose what is free in these rounds, and wait for what is full. Raises
    ``RankingRefused`` where the draft was accepted already, people can still rank, or anything that
    it was found from has changed: places, who has them, who ranked what.
    """
    refuse_cancelled_by_now(institute)
    schedule.hold_sessions(institute.id)
    draft = get_draft(institute, draft_id)
    db.session.refresh(draft, with_for_update={"key_share": True})
    if draft.state is not DraftState.DONE:
        raise RankingRefused(say("This draft has no places to give. Make a new one."))
    if draft.accepted_at is not None:
        raise RankingRefused(say("The places of this draft have been given already."))
    rounds = _held_rounds(draft)
    now = clock.now()
    for row in rounds:
        if row.allotted_at is None and row.until > now:
            raise RankingRefused(
                say(
                    "People can still rank. Give the places when the time is over, or set an "
                    "earlier end."
                )
            )
    asked = Asked.kept(draft.settings)
    case = case_at(institute, Asked(rounds=asked.rounds, keep=asked.keep))
    _refuse_changed(draft, case)
    told = _still_here(told_by(draft), case)
    _refuse_chosen(told, case)
    _free(told)
    _take(told, case)
    for row in rounds:
        row.allotted_at = row.allotted_at or now
    draft.accepted_at, draft.accepted_by = now, by
    db.session.flush()
    changes = _changes(told, case)
    schedule.announce(institute.id, changes)
    audit.record(
        "give_places",
        f"institute:{institute.id}",
        by=by,
        after={
            "draft": draft.number,
            "places": sum(len(one.given) for one in told),
            "without": sum(bool(one.short) for one in told),
        },
    )
    schedule.promote_waiters(sorted({session for one in told for session in one.left}))
    return len({change.seat_id for change in changes})


def _held_rounds(draft: PlacesDraft) -> Sequence[RankedRound]:
    ids = [UUID(one) for one in draft.settings["rounds"]]
    rows = db.session.scalars(
        select(RankedRound)
        .where(RankedRound.id.in_(ids), RankedRound.institute_id == draft.institute_id)
        .order_by(RankedRound.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    if len(rows) != len(ids):
        raise RankingRefused(
            say("In a round of this draft people no longer rank. Make a new draft.")
        )
    return rows


def _refuse_changed(draft: PlacesDraft, case: Case) -> None:
    """Raise ``RankingRefused`` where the draft was found from what is no longer so."""
    now, was = basis_of(case), draft.basis
    extra = draft.settings["extra"]
    if set(now["sessions"]) != set(was["sessions"]):
        raise RankingRefused(
            say("Sessions were added to these rounds, or taken out. Make a new draft.")
        )
    for session, stood in was["sessions"].items():
        stands = now["sessions"][session]
        counted = None if stood[CAPACITY] is None else stood[CAPACITY] + extra.get(session, 0)
        if stands[CAPACITY] != counted:
            raise RankingRefused(
                say(
                    "This draft counts on %(counted)s places in “%(title)s”, and there are "
                    "%(places)s now. Change the session, or make a new draft.",
                    counted=_places(counted),
                    title=stands[TITLE],
                    places=_places(stands[CAPACITY]),
                )
            )
        if stands[TITLE:] != stood[TITLE:]:
            raise RankingRefused(
                say(
                    "“%(title)s” has changed since this draft was made. Make a new draft.",
                    title=stands[TITLE],
                )
            )
    for seat, stood in was["ranked"].items():
        if now["ranked"].get(seat, stood) != stood:
            raise RankingRefused(
                say("Someone ranked anew since this draft was made. Make a new draft.")
            )


def _refuse_chosen(told: Sequence[Told], case: Case) -> None:
    """Raise ``RankingRefused`` where someone has not what the draft was found from."""
    chosen = {member.seat_id: member.chosen for member in case.members}
    group_of = {one.id: one.choice_group for one in case.sessions}
    for one in told:
        has = {session for session in chosen[one.seat_id] if group_of.get(session) == one.group}
        if has != {*one.kept, *one.left}:
            raise RankingRefused(
                say("Someone chose or dropped a session of these rounds since. Make a new draft.")
            )


def _places(places: int | None) -> str:
    return str(places) if places is not None else say("any number of")


def _still_here(told: Sequence[Told], case: Case) -> list[Told]:
    """Leave out who has no seat any more since the draft was made: the places stay free."""
    here = {member.seat_id for member in case.members}
    return [one for one in told if one.seat_id in here]


def _free(told: Sequence[Told]) -> None:
    """Give back what an earlier draft gave and this one gives to others."""
    leaving: dict[UUID, list[UUID]] = {}
    for one in told:
        for session in set(one.left) - set(one.given):
            leaving.setdefault(session, []).append(one.seat_id)
    for session, seats in sorted(leaving.items()):
        gone = 0
        for some in _parts(seats):
            theirs = delete(SessionChoice).where(
                SessionChoice.session_id == session, SessionChoice.seat_id.in_(some)
            )
            gone += len(db.session.scalars(theirs.returning(SessionChoice.id)).all())
            schedule.withdraw_news(some, [session])
        fewer = update(Session).where(Session.id == session)
        db.session.execute(fewer.values(taken=Session.taken - gone))


def _take(told: Sequence[Told], case: Case) -> None:
    """Take every place at once: whoever counts finds them all, or none."""
    fresh = [(session, one) for one in told for session in one.given if session not in one.left]
    titles = {one.id: one.title for one in case.sessions}
    for session, places in sorted(Counter(session for session, _ in fresh).items()):
        counted = update(Session).where(
            Session.id == session,
            Session.cancelled_at.is_(None),
            Session.capacity.is_(None) | (Session.taken + places <= Session.capacity),
        )
        taking = counted.values(taken=Session.taken + places).returning(Session.id)
        if db.session.scalar(taking) is None:
            raise RankingRefused(
                say("“%(title)s” has fewer places by now. Make a new draft.", title=titles[session])
            )
    now = clock.now()
    rows = [
        {
            "id": new_id(),
            "tenant_id": require_tenant(),
            "session_id": session,
            "seat_id": one.seat_id,
            "chosen_at": now,
            "reason": " ".join(one.because),
            "allotted": session not in one.pinned,
        }
        for session, one in fresh
    ]
    twice = RankingRefused(say("Someone chose in this round since. Make a new draft."))
    with translating(ONE_CHOICE, into=twice):
        if rows:
            db.session.execute(insert(SessionChoice), rows)
    for session in {session for session, _ in fresh}:
        seats = [one.seat_id for given, one in fresh if given == session]
        for some in _parts(seats):
            db.session.execute(
                delete(SessionWait).where(
                    SessionWait.session_id == session, SessionWait.seat_id.in_(some)
                )
            )


def _changes(told: Sequence[Told], case: Case) -> list[AgendaChange]:
    """Return what each person is told: the place and why, or that there is none yet, and why."""
    sessions: Mapping[UUID, PlannedSession] = {one.id: one for one in case.sessions}
    changes: list[AgendaChange] = []
    for one in told:
        fresh = [session for session in one.given if session not in one.left]
        changes += [
            place_by_ranking(one.seat_id, sessions[session], one.because) for session in fresh
        ]
        wanted = case.wanted.get(one.seat_id, {}).get(one.group)
        first = next((one for one in wanted.sessions if one in sessions), None) if wanted else None
        if one.short and not fresh and first is not None:
            changes.append(no_place_by_ranking(one.seat_id, sessions[first], one.because))
    return changes


def _parts(seats: Collection[UUID]) -> Sequence[Sequence[UUID]]:
    ordered = sorted(seats)
    return [ordered[first : first + AT_A_TIME] for first in range(0, len(ordered), AT_A_TIME)]
