"""The parts of an institute as values, and back into its rows."""

from collections.abc import Callable, Iterable, Mapping
from functools import singledispatch
from typing import Any, TypeVar

from consortium.database import Base
from consortium.words import say
from events.institutes.domain import REMINDER_DAYS, Intake, JointActKind, Status
from events.institutes.domain.sections import (
    Basics,
    Coming,
    Costs,
    DayPlan,
    Days,
    Deadlines,
    HostLine,
    Hosts,
    InstituteRefused,
    Partnership,
    Places,
    Roles,
    Section,
    StrandLine,
    Strands,
    TeamRules,
    Terms,
    Together,
    Ways,
)
from events.institutes.domain.terms import read_terms, write_terms
from events.institutes.domain.waiting import (
    DAYS,
    DEADLINES,
    days_waiting,
    deadlines_waiting,
    keep_waiting,
)
from events.institutes.models import Day, Deadline, Host, Institute, RoleRequirement, Strand
from events.institutes.service import pools

Row = TypeVar("Row", bound=Base)
Item = TypeVar("Item")

BASICS = ("title", "kind", "venue", "time_zone", "summary", "registrant")
TEAM = ("gate", "min_people", "max_people")

_READERS: Mapping[type[Any], Callable[[Institute], Any]] = {
    Basics: lambda it: Basics(**{name: getattr(it, name) for name in BASICS}),
    TeamRules: lambda it: TeamRules(**{name: getattr(it, name) for name in TEAM}),
    Days: lambda it: Days(
        days=tuple(
            DayPlan(
                on=day.on,
                label=day.label,
                optional=day.optional,
                audience_flags=tuple(day.audience_flags),
            )
            for day in sorted(it.days, key=lambda day: day.on)
        ),
        undated=days_waiting(it.extras),
    ),
    Coming: lambda it: Coming(admission=it.admission, unit_types=tuple(it.unit_types)),
    Roles: lambda it: Roles(roles=tuple(role.rule for role in it.roles)),
    Deadlines: lambda it: Deadlines(dues=tuple(it.dues), undated=deadlines_waiting(it.extras)),
    Places: lambda it: Places(
        limits={pool.code: pool.capacity for pool in it.pools},
        waitlist=it.waitlist,
        offer_hours=it.offer_hours,
    ),
    Ways: lambda it: Ways(
        intake=it.intake or Intake.OPEN,
        partnerships=tuple(
            Partnership(state=state, name=said["name"], url=said["url"])
            for state, said in sorted((it.partnership_links or {}).items())
        ),
    ),
    Together: lambda it: Together(
        joint_acts=frozenset(map(JointActKind, it.joint_acts or ())),
        reminder_days={
            **REMINDER_DAYS,
            **{kind: tuple(days) for kind, days in (it.reminder_days or {}).items()},
        },
    ),
    Strands: lambda it: Strands(
        strands=tuple(
            StrandLine(code=strand.code, label=strand.label, description=strand.description)
            for strand in it.strands
        )
    ),
    Costs: lambda it: Costs(fees=it.fees, payment_methods=tuple(it.payment_methods)),
    Terms: lambda it: Terms(terms=read_terms(it.payment_terms or {}, it.payment_methods)),
    Hosts: lambda it: Hosts(
        hosts=tuple(HostLine(name=host.name, role=host.role) for host in it.hosts)
    ),
}


def section_of(institute: Institute, kind: type[Any]) -> Any:
    """Return one part of the institute as it is stored now."""
    return _READERS[kind](institute)


@singledispatch
def write(section: Section, _institute: Institute) -> None:
    """Make a part of the institute what the section says.

    Raises ``InstituteRefused``. Places need an institute that was flushed.
    """
    raise TypeError(f"{section!r} is no part of an institute")


@write.register
def _(section: Basics, institute: Institute) -> None:
    for name in BASICS:
        setattr(institute, name, getattr(section, name))


@write.register
def _(section: TeamRules, institute: Institute) -> None:
    section.check()
    for name in TEAM:
        setattr(institute, name, getattr(section, name))


@write.register
def _(section: Days, institute: Institute) -> None:
    section.check()
    institute.days = _matched(
        institute.days,
        section.days,
        by=lambda day: day.on,
        make=Day,
        values=lambda _, day: {**vars(day), "audience_flags": list(day.audience_flags)},
    )
    kept = [(name, dict[str, str]()) for name in section.undated]
    institute.extras = keep_waiting(institute.extras or {}, DAYS, kept)


@write.register
def _(section: Coming, institute: Institute) -> None:
    admission = section.admission
    institute.home_states = sorted(admission.home)
    institute.every_state = admission.everywhere
    institute.excluded_states = sorted(admission.excluded)
    institute.guest_states = sorted(admission.guests)
    institute.guests_by_request = admission.by_request
    institute.others_note = admission.others_note
    institute.unit_types = list(section.unit_types)


@write.register
def _(section: Roles, institute: Institute) -> None:
    section.check()
    institute.roles = _matched(
        institute.roles,
        section.roles,
        by=lambda role: role.code,
        make=RoleRequirement,
        values=lambda n, role: {**vars(role), "applies_to": list(role.applies_to), "position": n},
    )


@write.register
def _(section: Deadlines, institute: Institute) -> None:
    section.check()
    institute.deadlines = _matched(
        institute.deadlines,
        section.dues,
        by=lambda due: due.code,
        make=Deadline,
        values=lambda n, due: {**vars(due), "position": n},
    )
    kept = [(code, {"what": what} if what else {}) for code, what in section.undated]
    institute.extras = keep_waiting(institute.extras or {}, DEADLINES, kept)


@write.register
def _(section: Places, institute: Institute) -> None:
    limited = {pool.code for pool in institute.pools}
    for code in sorted(limited - section.limits.keys()):
        pools.remove_limit(institute, code)
    for code, capacity in sorted(section.limits.items()):
        pools.set_capacity(institute, code, capacity)
    institute.waitlist = section.waitlist
    institute.offer_hours = section.offer_hours


@write.register
def _(section: Ways, institute: Institute) -> None:
    section.check()
    institute.intake = section.intake
    institute.partnership_links = {
        one.state: {"name": one.name, "url": one.url} for one in section.partnerships
    }


@write.register
def _(section: Together, institute: Institute) -> None:
    section.check()
    institute.joint_acts = sorted(kind.value for kind in section.joint_acts)
    institute.reminder_days = {
        kind: sorted(days, reverse=True)
        for kind, days in section.reminder_days.items()
        if tuple(days) != REMINDER_DAYS.get(kind)
    }


@write.register
def _(section: Strands, institute: Institute) -> None:
    section.check()
    institute.strands = _matched(
        institute.strands,
        section.strands,
        by=lambda strand: strand.code,
        make=Strand,
        values=lambda n, strand: {**vars(strand), "position": n},
    )


@write.register
def _(section: Costs, institute: Institute) -> None:
    institute.fees = dict(section.fees)
    institute.payment_methods = list(section.payment_methods)


@write.register
def _(section: Terms, institute: Institute) -> None:
    institute.payment_terms = write_terms(section.terms)


@write.register
def _(section: Hosts, institute: Institute) -> None:
    institute.hosts = _matched(
        institute.hosts,
        section.hosts,
        by=lambda host: host.name,
        make=Host,
        values=lambda n, host: {"name": host.name, "role": host.role, "position": n},
    )


def refuse_if_people_count_on(section: Section, institute: Institute) -> None:
    """Raise ``InstituteRefused`` when a section takes away what was published."""
    if institute.status is Status.DRAFT:
        return
    if isinstance(section, Basics) and section.time_zone != institute.time_zone:
        raise InstituteRefused(
            say(
                "The time zone of a published institute stays: people have its times in their "
                "calendars already."
            ),
            field="time_zone",
        )
    if isinstance(section, Roles):
        kept = {role.code for role in section.roles}
        if any(role.code not in kept for role in institute.roles):
            raise InstituteRefused(
                say(
                    "People may be registered in this role already, so it cannot be removed. Make "
                    "it optional, or say that it is not admitted."
                )
            )
    if isinstance(section, Places):
        differ = {pool.code for pool in institute.pools} ^ section.limits.keys()
        if differ:
            raise InstituteRefused(
                say(
                    "This institute is published, and places that were not counted cannot be "
                    "counted from now on, nor the other way round. Change the number instead."
                ),
                field=min(differ),
            )


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
