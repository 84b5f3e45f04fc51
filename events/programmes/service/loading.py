"""Load a programme: a whole institute, or a whole institute changed, or nothing."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import Base, db, translating
from consortium.errors import Conflict
from consortium.people.models import Role
from consortium.words import say
from events.institutes.domain import RoleRule, Status
from events.institutes.models import (
    SLUG_TAKEN,
    Day,
    Deadline,
    Host,
    Institute,
    RoleRequirement,
)
from events.institutes.service import pools
from events.programmes.domain import Programme
from events.programmes.service.planning import Plan, plan
from events.programmes.service.safety import refuse_what_would_hurt
from events.programmes.service.sessions import write_sessions

Row = TypeVar("Row", bound=Base)
Item = TypeVar("Item")


def load_programme(
    programme: Programme, *, by: str, publish: bool = True, slug: str = ""
) -> Institute:
    """Make the institute that a programme describes, or change it to what the file says now.

    Sessions keep their row and their UID, so that calendars follow; those that go are cancelled
    where someone counts on them. ``publish=False`` leaves a new institute a draft. Raises
    ``Refusal`` when people who registered would lose their place or their role.
    """
    planned = plan(programme, slug=slug)
    institute = planned.institute or _new(planned.programme)
    if planned.institute is not None:
        db.session.refresh(institute, with_for_update=True)
        refuse_what_would_hurt(institute, planned.programme)
    _write(institute, planned.programme)
    if planned.institute is None:
        db.session.add(institute)
    if publish and institute.status is Status.DRAFT:
        institute.status = Status.PUBLISHED
        institute.published_at = clock.now()
    with translating(SLUG_TAKEN, into=Conflict(say("Please load the file again."))):
        db.session.flush()
    for code, capacity in planned.programme.places.items():
        pools.set_capacity(institute, code, capacity)
    counted_on = planned.institute is not None and institute.status is Status.PUBLISHED
    write_sessions(institute, planned.programme.sessions, keep_cancelled=counted_on)
    _name_missing_roles(planned.programme.roles)
    _record(institute, planned, by=by)
    return institute


def _new(programme: Programme) -> Institute:
    return Institute(slug=programme.slug, status=Status.DRAFT, created_at=clock.now(), version=0)


def _write(institute: Institute, programme: Programme) -> None:
    for name in (
        "title", "kind", "time_zone", "venue", "summary", "registrant", "gate", "min_people",
        "max_people", "waitlist",
    ):  # fmt: skip
        setattr(institute, name, getattr(programme, name))
    institute.unit_types = list(programme.unit_types)
    institute.payment_methods = list(programme.payment_methods)
    institute.fees = dict(programme.fees)
    institute.extras = dict(programme.extras)
    institute.version += 1
    if programme.admission is not None:
        institute.home_states = sorted(programme.admission.home)
        institute.every_state = programme.admission.everywhere
        institute.excluded_states = sorted(programme.admission.excluded)
        institute.guest_states = sorted(programme.admission.guests)
        institute.guests_by_request = programme.admission.by_request
        institute.others_note = programme.admission.others_note
    _write_parts(institute, programme)


def _write_parts(institute: Institute, programme: Programme) -> None:
    institute.hosts = _matched(
        institute.hosts,
        programme.hosts,
        by=lambda host: host.name,
        make=Host,
        values=lambda n, host: {"name": host.name, "role": host.role, "position": n},
    )
    institute.days = _matched(
        institute.days,
        programme.days,
        by=lambda day: day.on,
        make=Day,
        values=lambda _, day: {
            "on": day.on,
            "label": day.label,
            "optional": day.optional,
            "audience_flags": list(day.audience_flags),
        },
    )
    institute.roles = _matched(
        institute.roles,
        programme.roles,
        by=lambda role: role.code,
        make=RoleRequirement,
        values=lambda n, role: {
            **vars(role),
            "applies_to": list(role.applies_to),
            "position": n,
        },
    )
    institute.deadlines = _matched(
        institute.deadlines,
        programme.deadlines,
        by=lambda due: due.code,
        make=Deadline,
        values=lambda n, due: {**vars(due), "position": n},
    )
    institute.pools = [pool for pool in institute.pools if pool.code in programme.places]


def _matched(
    rows: Iterable[Row],
    items: Iterable[Item],
    *,
    by: Callable[[Any], Any],
    make: Callable[..., Row],
    values: Callable[[int, Item], dict[str, Any]],
) -> list[Row]:
    """Return the rows the items need: those that are there keep their identity."""
    there = {by(row): row for row in rows}
    wanted = []
    for position, item in enumerate(items):
        row = there.pop(by(item), None) or make()
        for name, value in values(position, item).items():
            setattr(row, name, value)
        wanted.append(row)
    return wanted


def _name_missing_roles(roles: Iterable[RoleRule]) -> None:
    """Add to the consortium's catalogue the roles it does not have yet."""
    known = set(db.session.scalars(select(Role.code)))
    last = db.session.scalar(select(func.max(Role.position)))
    position = -1 if last is None else last
    for role in roles:
        if role.code not in known:
            position += 1
            db.session.add(
                Role(code=role.code, label=role.label, side=role.side, position=position)
            )
    db.session.flush()


def _record(institute: Institute, planned: Plan, *, by: str) -> None:
    changed = {str(change.what): change for change in planned.changes}
    facts = {"slug": institute.slug, "title": institute.title, "status": institute.status.value}
    audit.record(
        "load_programme",
        f"institute:{institute.id}",
        by=by,
        before={what: change.before for what, change in changed.items()},
        after={**facts, **{what: change.after for what, change in changed.items()}},
    )
