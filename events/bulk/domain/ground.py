"""What is stored now, as far as a list of teams and people asks: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from events.institutes.domain import AdmittedAs, TeamTerms
from events.questions.domain import QuestionRule, Scope, Value
from events.registration.domain import team_roles
from events.registration.domain.role_names import RoleNames

TeamKey = tuple[str, str]
"""An LEA's id and the site; the site is empty where whole LEAs send teams."""


@dataclass(frozen=True, kw_only=True)
class KnownLea:
    """The LEA that an entry of the national list means here, and whether it may send a team."""

    id: str
    name: str
    state: str
    ground: AdmittedAs = AdmittedAs.HOME
    refusal: str = ""
    """Why it may not send a team; empty when it may."""
    listed: str = ""
    """The name of another entry of the list, where that was merged into this LEA."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a member may say on the own page, and a coordinator for the member."""

    phone: str = ""
    dietary: str = ""
    access: str = ""
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StoredSeat:
    """A seat as it stands."""

    id: str
    name: str
    email: str
    """Empty while the seat is kept for someone to be named."""
    role_codes: tuple[str, ...]
    shared: bool
    status: str
    unread: bool = False
    """Whether nobody has read a mail there, so that the address may still be corrected."""
    details: Details = field(default_factory=Details)
    answers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StoredTeam:
    """A team as it stands, with the seats it holds."""

    id: str
    key: TeamKey
    name: str
    lea: str
    """The LEA's own name; of visitors, what they call themselves."""
    state: str
    status: str
    kind: str = "team"
    seats: tuple[StoredSeat, ...] = ()
    leads: Mapping[str, str] = field(default_factory=dict)
    """Sides by address."""
    lead_names: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Value] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Everything that decides what a row would do."""

    terms: TeamTerms
    goals: tuple[str, ...] = ()
    questions: tuple[QuestionRule, ...] = ()
    leas: Mapping[str, KnownLea] = field(default_factory=dict)
    teams: Mapping[TeamKey, StoredTeam] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[TeamKey, str]] = field(default_factory=dict)
    """By address, the team here in which someone sits who is not shared, and its name."""
    seat_teams: Mapping[str, TeamKey] = field(default_factory=dict)
    """By seat id, the team it belongs to."""
    sites: bool = False
    """Whether each school sends a team of its own."""
    free: Mapping[str, int] = field(default_factory=dict)
    """Free places by pool; a pool that is not here is not limited."""
    closed: str = ""
    """Why registration takes no team now; empty while it is open."""
    unopened: str = ""
    """Why not even the draft of a team can be begun."""
    has_waitlist: bool = False

    @cached_property
    def asked_of_teams(self) -> Sequence[QuestionRule]:
        """The questions that leads answer once for the team."""
        return [one for one in self.questions if one.scope is Scope.TEAM]

    @cached_property
    def asked_of_people(self) -> Sequence[QuestionRule]:
        """The questions that each person answers."""
        return [one for one in self.questions if one.scope is Scope.PERSON]

    def roles_in(self, state: str) -> RoleNames:
        """Return the roles that people of a team from this state may fill."""
        if state not in self._roles:
            self._roles[state] = RoleNames(team_roles(self.terms, state))
        return self._roles[state]

    @cached_property
    def _roles(self) -> dict[str, RoleNames]:
        return {}

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str], Sequence[KnownLea]]:
        """The LEAs by state and name, without case and outer space."""
        found: dict[tuple[str, str], dict[str, KnownLea]] = {}
        for lea in self.leas.values():
            found.setdefault((lea.state, plain(lea.listed or lea.name)), {})[lea.id] = lea
        return {named: tuple(leas.values()) for named, leas in found.items()}


def plain(name: str) -> str:
    """Return a name as names of LEAs are compared: no case, single spaces."""
    return " ".join(name.casefold().split())
