"""Registration as plain Python understands it: dictionaries, no database, no service of ours."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST_IN_A_TEAM = 4
DRAFT, REGISTERED, WAITLISTED, OFFERED, WITHDRAWN = (
    "draft",
    "registered",
    "waitlisted",
    "offered",
    "withdrawn",
)
UNCLAIMED, NAMED, INVITED, CONFIRMED = "unclaimed", "named", "invited", "confirmed"
ACTIVE = (NAMED, INVITED, CONFIRMED)
HELD = (UNCLAIMED, *ACTIVE)
SURER = (CONFIRMED, INVITED, NAMED)
ASSOCIATION = "admin_assoc_president"
ROLES = {"superintendent": (1, 1), "union_leader": (1, 2), ASSOCIATION: (1, 1), "principal": (0, 6)}
"""At least and at most so many people."""


@dataclass
class SeatModel:
    """One seat of a team."""

    who: str
    role: str
    status: str
    id: object = None


@dataclass
class TeamModel:
    """One team."""

    lea: str
    leads: dict[str, str]
    """By side, who leads."""
    status: str = DRAFT
    seats: list[SeatModel] = field(default_factory=list)
    wanted: int = 0
    position: int | None = None
    missed: int = 0
    expires: datetime | None = None
    waived: set[str] = field(default_factory=set)
    id: object = None

    @property
    def active(self) -> list[SeatModel]:
        return [seat for seat in self.seats if seat.status in ACTIVE]

    @property
    def held(self) -> list[SeatModel]:
        return [seat for seat in self.seats if seat.status in HELD]

    @property
    def places(self) -> int:
        """How many places for people it holds."""
        if self.status == REGISTERED:
            return len(self.held)
        return self.needs if self.status == OFFERED else 0

    @property
    def needs(self) -> int:
        """How many it needs to be given."""
        waits = self.status in {WAITLISTED, OFFERED}
        return max(len(self.held), self.wanted) if waits else len(self.held)


@dataclass
class MergeModel:
    """One merge, and the seats that ended by it."""

    kept: str
    gone: str
    moved: list[SeatModel]
    ended: list[tuple[TeamModel, SeatModel, str]]
    id: object = None


class Model:
    """An institute with few places, and the teams that want them."""

    def __init__(self, people: int, teams: int, begins: datetime) -> None:
        self.capacity = people
        self.team_capacity = teams
        self.begins = begins
        self.teams: list[TeamModel] = []
        self.offices: dict[str, bool] = {}
        self.became: dict[str, str] = {}
        self.merges: list[MergeModel] = []

    def copy(self) -> "Model":
        """Return what stands now, whatever is tried with this one."""
        return deepcopy(self)

    # Who is who.

    def person(self, who: str) -> str:
        """Return whom an address leads to."""
        while who in self.became:
            who = self.became[who]
        return who

    def seats_of(self, who: str) -> list[tuple[TeamModel, SeatModel]]:
        return [(t, s) for t in self.teams for s in t.active if s.who == self.person(who)]

    def is_free(self, who: str) -> bool:
        return not self.seats_of(who)

    # Places.

    @property
    def taken(self) -> int:
        return sum(team.places for team in self.teams)

    @property
    def teams_taken(self) -> int:
        return sum(team.status in {REGISTERED, OFFERED} for team in self.teams)

    def room_for(self, n: int) -> bool:
        return self.taken + n <= self.capacity

    def fits(self, team: TeamModel) -> bool:
        """Tell whether a team that holds nothing would find all its places."""
        return self.room_for(team.needs) and self.teams_taken < self.team_capacity

    def first_that_fits(self) -> TeamModel | None:
        waiting = [t for t in self.teams if t.status == WAITLISTED and self.fits(t)]
        return min(waiting, key=lambda team: team.position or 0, default=None)

    def others_first(self, team: TeamModel) -> bool:
        first = self.first_that_fits()
        return first is not None and first is not team

    def may_grow(self, team: TeamModel, by: int = 1) -> bool:
        """Tell whether a team may have more seats: not too large, and places for them."""
        if team.status == WITHDRAWN or len(team.held) + by > MOST_IN_A_TEAM:
            return False
        if team.status == OFFERED:
            by = max(len(team.held) + by, team.wanted) - team.places
        return team.status not in {REGISTERED, OFFERED} or self.room_for(by)

    # What becomes of a team.

    def register(self, team: TeamModel) -> None:
        team.status, team.position, team.expires, team.wanted = REGISTERED, None, None, 0
        for seat in team.seats:
            if seat.status == NAMED:
                seat.status = INVITED

    def put_last(self, team: TeamModel) -> None:
        known = [other.position or 0 for other in self.teams]
        team.status, team.position, team.expires = WAITLISTED, max(known) + 1, None

    def take_off(self, team: TeamModel) -> None:
        team.status, team.position, team.expires, team.missed = DRAFT, None, None, 0

    def withdraw(self, team: TeamModel) -> None:
        team.status, team.position, team.expires = WITHDRAWN, None, None
        for seat in team.held:
            seat.status = WITHDRAWN

    def work(self, now: datetime) -> int:
        """Do what the worker does in one round; return how many offers ran out."""
        late = [t for t in self.teams if t.status == OFFERED and t.expires and t.expires <= now]
        for team in sorted(late, key=lambda team: team.expires or now):
            team.missed += 1
            if team.missed < 2:
                self.put_last(team)
            else:
                self.take_off(team)
        while (team := self.first_that_fits()) is not None:
            expires = min(now + timedelta(hours=48), now + (self.begins - now) / 4)
            team.status, team.expires = OFFERED, expires.replace(second=0, microsecond=0)
        return len(late)

    # Judging.

    def judged(self, team: TeamModel) -> tuple[bool, list[str]]:
        """Return whether a team is complete, and which roles are missing."""
        missing, settled = [], len(team.held) <= MOST_IN_A_TEAM and len(team.active) >= 1
        for role, (usual, most) in ROLES.items():
            there = sum(seat.role == role for seat in team.active)
            no_such_office = role == ASSOCIATION and self.offices.get(team.lea) is False
            least = 0 if no_such_office else usual
            if there > most:
                settled = False
            elif (there and there >= least) or role in team.waived or least == 0:
                continue
            else:
                settled = False
                if role != ASSOCIATION or team.lea in self.offices:
                    missing.append(role)
        return settled, missing

    # Merging.

    def merge(self, kept: str, gone: str) -> MergeModel | None:
        """Make two people one; ``None`` when a team would be left without anybody."""
        mine, theirs = self.seats_of(kept), self.seats_of(gone)
        ends: list[tuple[TeamModel, SeatModel, str]] = []
        if mine and theirs:
            _, (team, seat) = sorted((mine[0], theirs[0]), key=lambda s: SURER.index(s[1].status))
            if len(team.active) == 1 and team.status != DRAFT:
                return None
            ends.append((team, seat, seat.status))
            seat.status = WITHDRAWN
        moved = [s for t in self.teams for s in t.seats if s.who == gone]
        for seat in moved:
            seat.who = kept
        self.became[gone] = kept
        done = MergeModel(kept=kept, gone=gone, moved=moved, ended=ends)
        self.merges.append(done)
        return done

    def unmerge(self, merge: MergeModel) -> bool:
        """Part two people; ``False``, and nothing done, when the seat cannot come back."""
        for team, seat, was in merge.ended:
            owner = merge.gone if seat in merge.moved else merge.kept
            still = [
                s
                for _, s in self.seats_of(merge.kept)
                if (s in merge.moved) == (owner != merge.kept)
            ]
            if team.status == WITHDRAWN:
                continue
            if still:
                return False
            team_grows = max(len(team.held) + 1, team.wanted) - team.places
            by = 1 if team.status == REGISTERED else team_grows
            if team.status in {REGISTERED, OFFERED} and not self.room_for(by):
                return False
            seat.status = INVITED if was == NAMED and team.status == REGISTERED else was
        del self.became[merge.gone]
        for seat in merge.moved:
            seat.who = merge.gone
        self.merges.remove(merge)
        return True
