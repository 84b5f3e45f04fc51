"""Take and give back places that may never be oversold.

The number taken changes only here, by an UPDATE that carries its own guard: the database
compares and counts in one step under the row's lock, so no reader's older view of the number can
sell a place twice. Whoever takes from several pools of one institute does so in the order of
their codes, so that two teams never wait for each other.
"""

from uuid import UUID

from blinker import Signal
from sqlalchemy import Update, select, update

from consortium.database import db
from consortium.words import say
from events.institutes.domain.sections import InstituteRefused
from events.institutes.models import Institute, Pool

counting_offers = Signal("how many of the places in use are held by offers nobody has answered")
"""Sent with an institute's id and the ``code`` of a pool; whoever makes offers returns how many."""


def take(institute_id: UUID, code: str, n: int) -> bool:
    """Take ``n`` places if so many are free, and tell whether it was done.

    An institute that does not limit this kind of place has room for everyone.
    """
    _refuse_negative(n)
    free = _pool(institute_id, code).where(Pool.taken + n <= Pool.capacity)
    if _changed(free.values(taken=Pool.taken + n)):
        return True
    return not _exists(institute_id, code)


def give_back(institute_id: UUID, code: str, n: int) -> None:
    """Return ``n`` places that were taken, so that others may have them."""
    _refuse_negative(n)
    held = _pool(institute_id, code).where(Pool.taken >= n)
    if not _changed(held.values(taken=Pool.taken - n)) and _exists(institute_id, code):
        raise RuntimeError(f"{n} places given back to {code} of {institute_id}: never taken")


def left(institute_id: UUID, code: str) -> int | None:
    """Return how many places are free at this moment; ``None`` when they are not limited."""
    statement = select(Pool.capacity - Pool.taken).where(
        Pool.institute_id == institute_id, Pool.code == code
    )
    return db.session.scalar(statement)


def set_capacity(institute: Institute, code: str, capacity: int) -> None:
    """Limit a kind of place, or change its limit.

    A new limit counts from none taken, so it is for institutes nobody has registered for. Raises
    ``InstituteRefused`` when more places are in use than the limit allows.
    """
    pool = institute.pool(code)
    if pool is None:
        institute.pools.append(Pool(code=code, capacity=capacity))
        db.session.flush()
        return
    enough = _pool(institute.id, code).where(Pool.taken <= capacity)
    if not _changed(enough.values(capacity=capacity)):
        db.session.refresh(pool)
        raise _too_few(pool, capacity)


def remove_limit(institute: Institute, code: str) -> None:
    """Stop limiting a kind of place. Raises ``InstituteRefused`` when some of them are in use.

    The count would be lost with the limit, and a later limit could then be oversold.
    """
    pool = institute.pool(code)
    if pool is None:
        return
    if not _changed(_pool(institute.id, code).where(Pool.taken == 0).values(capacity=0)):
        raise InstituteRefused(
            say("Places are in use already, so the limit must stay. Raise it instead."), field=code
        )
    institute.pools.remove(pool)
    db.session.flush()


def _pool(institute_id: UUID, code: str) -> Update:
    return update(Pool).where(Pool.institute_id == institute_id, Pool.code == code)


def _changed(statement: Update) -> bool:
    # "fetch" makes a pool that is already loaded show its new numbers.
    done = db.session.scalars(
        statement.returning(Pool.id), execution_options={"synchronize_session": "fetch"}
    )
    return done.one_or_none() is not None


def _exists(institute_id: UUID, code: str) -> bool:
    return left(institute_id, code) is not None


def _too_few(pool: Pool, capacity: int) -> InstituteRefused:
    counted = counting_offers.send(pool.institute_id, code=pool.code)
    offered = sum(held for _, held in counted)
    if not offered:
        why = say(
            "Places taken already: %(taken)s. So the limit cannot be %(capacity)s. "
            "Choose %(taken)s or more.",
            taken=pool.taken,
            capacity=capacity,
        )
    else:
        why = say(
            "Places taken already: %(sold)s. Held by offers to teams that wait: %(offered)s. So "
            "the limit cannot be %(capacity)s. Choose %(taken)s or more, or try again when those "
            "teams have answered.",
            sold=pool.taken - offered,
            offered=offered,
            capacity=capacity,
            taken=pool.taken,
        )
    return InstituteRefused(why, field=pool.code)


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"{n} places")
