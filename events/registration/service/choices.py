"""Members choose optional days and strands; whoever finds one full waits for it alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel.dates import format_date
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import Sentence, say
from events.institutes.domain import Status
from events.institutes.models import DAY, STRAND, Institute, Pool
from events.institutes.service import opening_of, pools
from events.registration import emails
from events.registration.domain import RegistrationRefused, all_of
from events.registration.domain.choosing import Extra, check_chosen, extra_in_words
from events.registration.models import HELD_SEATS, PlaceWait, Seat, Team, TeamStatus
from events.registration.service.extras import stop_waiting, take_extra, waits_of
from events.registration.service.finding import Editor, get_held_seat, lock_seat, lock_team
from events.registration.service.history import attendees_on, flags_of
from events.registration.service.naming import check_editable
from events.schedule import service as schedule
from events.schedule.domain.audience import FLAGS

WORKER = "worker"
ENGLISH = "en_US"
CHOSEN_FIRST = ("strand", "optional_day")
"""Why a session is not for someone who has not chosen its day or strand."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose as a form shows it."""

    code: str
    words: str
    chosen: bool


def extras_of(institute: Institute) -> Sequence[Extra]:
    """Return the optional days and the strands of an institute, days first."""
    left = {pool.code: pool.left for pool in institute.pools}
    days = [
        Extra(
            code=DAY + day.on.isoformat(),
            label=_day(day.on, day.label),
            for_flags=frozenset(day.audience_flags),
            for_words=all_of([FLAGS.get(flag, flag) for flag in day.audience_flags]),
            left=left.get(DAY + day.on.isoformat()),
        )
        for day in sorted(institute.days, key=lambda day: day.on)
        if day.optional
    ]
    strands = [
        Extra(code=STRAND + strand.code, label=strand.label, left=left.get(STRAND + strand.code))
        for strand in institute.strands
    ]
    return [*days, *strands]


def choices_for(seat: Seat) -> Sequence[Choice]:
    """Return what the holder of this seat may choose, and how each stands."""
    offered = extras_of(seat.team.institute)
    if not offered:
        return ()
    flags = flags_of(seat) if any(extra.for_flags for extra in offered) else frozenset[str]()
    ranks = waits_of(seat)
    holds = seat.team.status is TeamStatus.REGISTERED
    return [
        Choice(
            code=extra.code,
            words=extra_in_words(
                extra, has=holds and extra.code in seat.choices, rank=ranks.get(extra.code)
            ),
            chosen=extra.code in seat.choices or extra.code in ranks,
        )
        for extra in offered
        if extra.is_for(flags)
    ]


def choose_extras(seat: Seat, wanted: Collection[str], *, by: str) -> Seat:
    """Let a member be there on these optional days and in these strands, and on no others.

    In a registered team each is a place, or a wait behind those who wait already; before that
    it is a wish that counts when the team gets its places. Places in sessions of a day or strand
    that is given up go to who waits for them. Raises ``RegistrationRefused`` for
    what is not offered, or is for others. Nothing is written down when nothing changes.
    """
    seat = lock_seat(seat)
    if seat.status not in HELD_SEATS:
        raise RegistrationRefused(say("This seat was given back."), field="choices")
    if opening_of(seat.team.institute).over:
        raise RegistrationRefused(say("This institute is over."), field="choices")
    waiting = waits_of(seat)
    offered = extras_of(seat.team.institute)
    new = frozenset(wanted) - set(seat.choices) - waiting.keys()
    flags = flags_of(seat) if any(one.for_flags for one in offered) else None
    check_chosen(new, offered, flags)
    before = sorted({*seat.choices, *waiting})
    dropped = [code for code in before if code not in wanted]
    if not new and not dropped:
        return seat
    stop_waiting(seat, *dropped)
    for code in sorted({*dropped, *new}):  # in one order, so that no two wait for each other
        (_add if code in new else _give_up)(seat, code)
    db.session.flush()
    given_up = _sessions_given_up(seat) if dropped else ()
    schedule.note_own_choice(seat.institute_id, seat.id)
    audit.record(
        "choose_extras",
        f"seat:{seat.id}",
        by=by,
        before={"choices": before, **({"sessions": list(given_up)} if given_up else {})},
        after={"choices": sorted({*seat.choices, *waits_of(seat)})},
    )
    return seat


def choose_for_member(
    team_id: UUID, seat_id: UUID, wanted: Collection[str], editor: Editor
) -> Seat:
    """Choose for a member, or for a seat that is kept. Raises as ``choose_extras`` does.

    Also ``NotFound``, and ``RegistrationRefused`` when the roster has closed.
    """
    team = lock_team(team_id, editor)
    if team.comes_as_team:
        check_editable(team, editor)
    return choose_extras(get_held_seat(team, seat_id), wanted, by=editor.email)


def has_extras(institute: Institute) -> bool:
    """Tell whether there is anything to choose."""
    return any(day.optional for day in institute.days) or bool(institute.strands)


def institutes_with_waits() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the institutes where a place is free for which someone waits."""
    statement = (
        select(PlaceWait.tenant_id, PlaceWait.institute_id)
        .join(Institute, Institute.id == PlaceWait.institute_id)
        .where(Institute.status == Status.PUBLISHED, is_free())
        .distinct()
    )
    return [(row.tenant_id, row.institute_id) for row in db.session.execute(statement)]


def give_next(institute_id: UUID) -> bool:
    """Give a free place to whoever waited longest for it, and tell whether to look again.

    The member is told. Another worker may have been there before: then nothing is done. When the
    institute is over, nobody is given anything any more.
    """
    first = (
        select(PlaceWait)
        .where(PlaceWait.institute_id == institute_id, is_free())
        .order_by(PlaceWait.since, PlaceWait.id)
        .limit(1)
    )
    found = db.session.scalar(first)
    if found is None:
        return False
    held = select(Seat).where(Seat.id == found.seat_id).options(joinedload(Seat.team))
    seat = lock_seat(db.session.scalars(held).one())
    if opening_of(seat.team.institute).over:
        return False
    code = found.pool_code
    if code not in waits_of(seat):
        return True
    if seat.team.status is not TeamStatus.REGISTERED or seat.status not in HELD_SEATS:
        stop_waiting(seat, code)
        return True
    if not pools.take(institute_id, code, 1):
        return False
    stop_waiting(seat, code)
    seat.choices = [*seat.choices, code]
    _note_held(seat.team, code, 1)
    db.session.flush()
    label = next((one.label for one in extras_of(seat.team.institute) if one.code == code), code)
    if seat.person_id is not None:
        outbox.promise(emails.place_given(seat, what=label), about=f"seat:{seat.id}")
    schedule.note_own_choice(seat.institute_id, seat.id)
    audit.record("give_next", f"seat:{seat.id}", by=WORKER, after={"choice": code})
    return True


def _sessions_given_up(seat: Seat) -> Sequence[str]:
    """Leave the sessions of a day or strand that the member gave up to who waits for them."""
    attendee = attendees_on([seat.id]).get(seat.id)
    if attendee is None:
        return ()
    unfit = schedule.release_unfit(seat.institute_id, attendee, reasons=CHOSEN_FIRST)
    return [session.code for session in unfit]


def _add(seat: Seat, code: str) -> None:
    team = seat.team
    seat.choices = [*seat.choices, code]
    if team.status is TeamStatus.REGISTERED and take_extra(team, code, [seat]):
        _note_held(team, code, 1)


def _give_up(seat: Seat, code: str) -> None:
    if code not in seat.choices:
        return
    seat.choices = [chosen for chosen in seat.choices if chosen != code]
    if seat.team.places_held.get(code):
        pools.give_back(seat.institute_id, code, 1)
        _note_held(seat.team, code, -1)


def _note_held(team: Team, code: str, n: int) -> None:
    if team.institute.pool(code) is None:
        return
    held = {**team.places_held, code: team.places_held.get(code, 0) + n}
    team.places_held = {code: n for code, n in held.items() if n}


def is_free() -> ColumnElement[bool]:
    """Return the condition of waits for which there is a place."""
    pool = exists().where(
        Pool.institute_id == PlaceWait.institute_id, Pool.code == PlaceWait.pool_code
    )
    return or_(~pool, pool.where(Pool.taken < Pool.capacity))


def _day(on: date, label: str) -> Sentence | str:
    written = format_date(on, "full", locale=ENGLISH)
    return say("%(day)s: %(label)s", day=written, label=label) if label else written
