"""What an institute is, when, for whom, with how many and at what cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from consortium.people.domain import SIDE_WORDS
from consortium.words import say
from events.institutes.domain import Admission, Due, RoleRule, Strength, gate_of
from events.institutes.domain.fees import fees_in_words
from events.institutes.domain.sections.saying import Facts, InstituteRefused, refuse_twice
from events.institutes.domain.wording import (
    GATES,
    KINDS,
    PAYMENTS,
    STRENGTHS,
    UNITS,
    day_in_words,
    due_in_words,
    how_many,
    in_words,
    joined,
    own_words,
    place_in_words,
    plain,
    states_in_words,
)

OFFER_HOURS = 48
TO_BE_SET = say("Date to be set")


@dataclass(frozen=True, kw_only=True)
class Basics:
    """What it is, where, and who registers."""

    name: ClassVar[str] = "basics"
    title: str
    kind: str
    venue: str
    time_zone: str
    summary: str
    registrant: str

    @property
    def facts(self) -> Facts:
        """What this part says."""
        return (
            (say("Title"), self.title),
            (say("Kind"), in_words(self.kind, KINDS)),
            (say("Venue"), self.venue),
            (say("Time zone"), self.time_zone),
            (say("Summary"), self.summary),
            (say("Who registers"), self.registrant),
        )


@dataclass(frozen=True, kw_only=True)
class DayPlan:
    """One day."""

    on: date
    label: str = ""
    optional: bool = False
    audience_flags: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is said of it besides its date."""
        return joined(filter(None, [self.label, say("optional") if self.optional else ""]))


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days on which it is held."""

    name: ClassVar[str] = "days"
    days: tuple[DayPlan, ...]
    undated: tuple[str, ...] = ()
    """Names of the days whose date is not set yet."""

    def check(self) -> None:
        """Raise ``InstituteRefused`` when a day stands here twice."""
        refuse_twice(
            (day.on.isoformat() for day in self.days), say("The day %(what)s is here twice.")
        )

    @property
    def facts(self) -> Facts:
        """What this part says."""
        dated = ((day_in_words(day.on), day.words) for day in self.days)
        return (*dated, *((name, TO_BE_SET) for name in self.undated))


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Who may come."""

    name: ClassVar[str] = "admission"
    admission: Admission
    unit_types: tuple[str, ...]

    @property
    def facts(self) -> Facts:
        """What this part says."""
        said = self.admission
        home = say("Every state") if said.everywhere else joined(states_in_words(said.home))
        return (
            (say("Home states"), home),
            (say("Not admitted"), joined(states_in_words(said.excluded))),
            (say("Guest states"), joined(states_in_words(said.guests))),
            (say("Others"), say("by request") if said.by_request else ""),
            (say("Note"), said.others_note),
            (
                say("Open to"),
                joined(dict.fromkeys(in_words(unit, UNITS) for unit in self.unit_types)),
            ),
        )


@dataclass(frozen=True, kw_only=True)
class TeamRules:
    """The gate, and how many people a team has."""

    name: ClassVar[str] = "team"
    gate: str
    min_people: int
    max_people: int | None

    def check(self) -> None:
        """Raise ``InstituteRefused`` when the most is below the least."""
        if self.max_people is not None and self.max_people < self.min_people:
            raise InstituteRefused(
                say("The largest team is smaller than the smallest."), field="max_people"
            )

    @property
    def facts(self) -> Facts:
        """What this part says."""
        return (
            (say("Gate"), own_words(self.gate) or GATES[gate_of(self.gate)]),
            (say("Smallest team"), str(self.min_people)),
            (say("Largest team"), "" if self.max_people is None else str(self.max_people)),
        )


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The roles of a team, in order."""

    name: ClassVar[str] = "roles"
    roles: tuple[RoleRule, ...]

    def check(self) -> None:
        """Raise ``InstituteRefused`` when two roles share a name, or a role's numbers clash."""
        refuse_twice((role.code for role in self.roles), say("The role “%(what)s” is here twice."))
        for role in self.roles:
            check_role(role)

    @property
    def facts(self) -> Facts:
        """What this part says."""
        return tuple(
            (
                role.label,
                ", ".join((SIDE_WORDS[role.side], how_many(role), STRENGTHS[role.strength])),
            )
            for role in self.roles
        )


def check_role(role: RoleRule) -> None:
    """Raise ``InstituteRefused`` when the role's numbers make no sense."""
    if role.strength is Strength.NOT_ADMITTED and (role.min or role.max):
        raise InstituteRefused(
            say("A role that is not admitted has 0 as its least and its most."), field="max"
        )
    if role.max is not None and role.max < role.min:
        raise InstituteRefused(say("The most is below the least."), field="max")


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """By when what must have happened."""

    name: ClassVar[str] = "deadlines"
    dues: tuple[Due, ...]
    undated: tuple[tuple[str, str], ...] = ()
    """Code and words of the deadlines whose date is not set yet."""

    def check(self) -> None:
        """Raise ``InstituteRefused`` when two deadlines are of one kind."""
        refuse_twice(
            (*(due.code for due in self.dues), *(code for code, _ in self.undated)),
            say("The deadline “%(what)s” is here twice."),
        )

    @property
    def facts(self) -> Facts:
        """What this part says."""
        dated = ((due.what or plain(due.code), due_in_words(due)) for due in self.dues)
        return (*dated, *((what or plain(code), TO_BE_SET) for code, what in self.undated))


@dataclass(frozen=True, kw_only=True)
class Places:
    """How many there is room for, and what happens when it is full."""

    name: ClassVar[str] = "places"
    limits: Mapping[str, int] = field(default_factory=dict)
    waitlist: str = ""
    offer_hours: int = OFFER_HOURS
    """How long a place offered from the waitlist is held."""

    @property
    def facts(self) -> Facts:
        """What this part says."""
        held = say("A free place is offered and held for %(n)s hours", n=self.offer_hours)
        return (
            *((place_in_words(code), str(n)) for code, n in sorted(self.limits.items())),
            (say("Waitlist"), self.waitlist),
            (say("Offers"), held if self.waitlist else ""),
        )


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What it costs and how people pay."""

    name: ClassVar[str] = "fees"
    fees: Mapping[str, Any]
    payment_methods: tuple[str, ...]

    @property
    def facts(self) -> Facts:
        """What this part says."""
        ways = joined(in_words(method, PAYMENTS) for method in self.payment_methods)
        return (
            (say("Fees"), " ".join(fees_in_words(self.fees, staff=True))),
            (say("Ways to pay"), ways),
        )


@dataclass(frozen=True, kw_only=True)
class HostLine:
    """An organisation that holds the institute, and its part in it."""

    name: str
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Hosts:
    """Who holds it."""

    name: ClassVar[str] = "hosts"
    hosts: tuple[HostLine, ...]

    @property
    def facts(self) -> Facts:
        """What this part says."""
        return tuple((host.name, host.role.replace("_", " ")) for host in self.hosts)
