"""Random histories of registration: every act is done by the services and by the plain model.

The model says beforehand whether an act is refused; afterwards what is stored must be what the
model holds, and ``verify`` must find nothing. This part is what leads do about their teams;
``waiting`` adds the waitlist and the worker, ``history`` members, coordinators and merges.
"""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from consortium.people.domain import Side
from events.registration import service as registration
from events.registration.service import NamedPerson, Start
from events.registration.service.substitution import Substitution
from tests.machine import model as plain
from tests.machine.ground import LEAS, PEOPLE_KNOWN, Ground
from tests.machine.model import SeatModel, TeamModel

who = st.sampled_from([f"p{n}@x.org" for n in range(PEOPLE_KNOWN)])
role = st.sampled_from([*plain.ROLES])
a_number = st.integers(0, 1_000)
seldom = st.sampled_from([False, False, True])


def named(who: str, role: str) -> NamedPerson:
    return NamedPerson(name=who.split("@", maxsplit=1)[0].upper(), email=who, role_codes=(role,))


class Leading(Ground):
    """What leads do."""

    def furnish(self) -> None:
        """Let three teams of one or two people have begun, so that histories go deep at once."""
        for number, lea in enumerate(LEAS[:3]):
            self.start(lea=lea)
            self.name(pick=number, who=f"p{number}@x.org", role="superintendent")
        self.name(pick=0, who="p3@x.org", role="union_leader")

    @rule(lea=st.sampled_from(LEAS))
    def start(self, lea: str) -> None:
        free = all(t.lea != lea or t.status == plain.WITHDRAWN for t in self.model.teams)
        email = f"lead{len(self.model.teams)}@x.org"
        said = Start(lea_id=lea, lead_name="Lead", side=Side.MANAGEMENT)

        done = self.act(
            lambda: registration.start_team(self.institute, said, by=self.identity(email)).id,
            allowed=free,
        )
        if done:
            team = TeamModel(lea=lea, leads={"management": email}, id=done[0])
            self.model.teams.append(team)

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, who=who, role=role)
    def name(self, pick: int, who: str, role: str) -> None:
        team = self.team(pick)
        allowed = self.model.may_grow(team) and self.model.is_free(who)
        done = self.act(
            lambda: registration.add_member(team.id, named(who, role), self.lead(team)).id,
            allowed=allowed,
        )
        if done:
            status = plain.INVITED if team.status == plain.REGISTERED else plain.NAMED
            team.seats.append(SeatModel(self.model.person(who), role, status, done[0]))

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, role=role)
    def keep(self, pick: int, role: str) -> None:
        team = self.team(pick)
        done = self.act(
            lambda: registration.keep_seat(team.id, role, self.lead(team)).id,
            allowed=self.model.may_grow(team),
        )
        if done:
            team.seats.append(SeatModel("", role, plain.UNCLAIMED, done[0]))

    @precondition(lambda self: self.seats(plain.UNCLAIMED))
    @rule(pick=a_number, who=who, role=role)
    def name_kept(self, pick: int, who: str, role: str) -> None:
        team, seat = self.pick(self.seats(plain.UNCLAIMED), pick)
        done = self.act(
            lambda: registration.name_kept(team.id, seat.id, named(who, role), self.lead(team)),
            allowed=self.model.is_free(who),
        )
        if done:
            seat.who, seat.role = self.model.person(who), role
            seat.status = plain.INVITED if team.status == plain.REGISTERED else plain.NAMED

    @precondition(lambda self: self.seats(*plain.HELD))
    @rule(pick=a_number)
    def remove(self, pick: int) -> None:
        team, seat = self.pick(self.seats(*plain.HELD), pick)
        last = team.active == [seat] and team.status != plain.DRAFT
        if self.act(
            lambda: registration.remove_member(team.id, seat.id, self.lead(team)), allowed=not last
        ):
            seat.status = plain.WITHDRAWN

    @precondition(lambda self: self.seats(*plain.ACTIVE))
    @rule(pick=a_number, who=who, role=role)
    def substitute(self, pick: int, who: str, role: str) -> None:
        team, seat = self.pick(self.seats(*plain.ACTIVE), pick)
        wanted = Substitution(person=named(who, role))
        free = self.model.is_free(who) or seat.who == self.model.person(who) != who
        done = self.act(
            lambda: registration.substitute(team.id, seat.id, wanted, self.lead(team)).id,
            allowed=free,
        )
        if done:
            seat.status = "replaced"
            status = plain.INVITED if team.status == plain.REGISTERED else plain.NAMED
            team.seats.append(SeatModel(self.model.person(who), role, status, done[0]))

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, or_wait=st.booleans())
    def submit(self, pick: int, or_wait: bool) -> None:
        self._submit(self.team(pick), or_wait=or_wait)

    @precondition(lambda self: self.standing(plain.DRAFT))
    @rule(pick=a_number)
    def submit_or_wait(self, pick: int) -> None:
        self._submit(self.pick(self.standing(plain.DRAFT), pick), or_wait=True)

    def _submit(self, team: TeamModel, *, or_wait: bool) -> None:
        ready = team.status == plain.DRAFT and team.active and len(team.held) <= 4
        room = self.model.fits(team) and not self.model.others_first(team)
        allowed = bool(ready and (room or or_wait))
        done = self.act(
            lambda: registration.submit_team(team.id, self.lead(team), or_wait=or_wait),
            allowed=allowed,
        )
        if done and room:
            self.model.register(team)
        elif done:
            team.wanted, team.missed = len(team.held), 0
            self.model.put_last(team)

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, minded=seldom)
    def withdraw(self, pick: int, minded: bool) -> None:
        if not minded:
            return
        team = self.team(pick)
        allowed = team.status != plain.WITHDRAWN
        if self.act(lambda: registration.withdraw_team(team.id, self.lead(team)), allowed=allowed):
            self.model.withdraw(team)
