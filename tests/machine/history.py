"""The rest of a random history: members, second leads, coordinators, merges."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from consortium.database import db
from consortium.merging import service as merging
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Identity, Person
from consortium.tenancy import as_tenant
from events.registration import service as registration
from events.registration.models import Seat
from events.registration.service import NewLead, OwnDetails
from tests.machine import model as plain
from tests.machine.ground import BY, COORDINATING
from tests.machine.leading import a_number, seldom, who
from tests.machine.waiting import Waiting


class History(Waiting):
    """Everything people do about teams, in any order."""

    # What a member does.

    @precondition(lambda self: self.seats(plain.NAMED, plain.INVITED))
    @rule(pick=a_number)
    def confirm(self, pick: int) -> None:
        team, seat = self.pick(self.seats(plain.NAMED, plain.INVITED), pick)
        done = self.act(
            lambda: registration.confirm_seat(
                db.session.get_one(Seat, seat.id), OwnDetails(name=seat.who), by=seat.who
            ),
            allowed=team.status == plain.REGISTERED,
        )
        if done:
            seat.status = plain.CONFIRMED

    @precondition(lambda self: self.seats(*plain.ACTIVE))
    @rule(pick=a_number)
    def decline(self, pick: int) -> None:
        _, seat = self.pick(self.seats(*plain.ACTIVE), pick)
        done = self.act(
            lambda: registration.decline_seat(db.session.get_one(Seat, seat.id), "", by=seat.who),
            allowed=True,
        )
        if done:
            seat.status = "declined"

    # Two leads.

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number)
    def second_lead(self, pick: int) -> None:
        team = self.team(pick)
        email = f"second{self.model.teams.index(team)}@x.org"
        asked = NewLead(name="Second", email=email, side=Side.LABOR)

        def ask_and_accept() -> None:
            invitation = registration.invite_lead(team.id, asked, self.lead(team))
            registration.accept_lead(invitation, by=people.identity_for(email))

        allowed = team.status != plain.WITHDRAWN and "labor" not in team.leads
        if self.act(ask_and_accept, allowed=allowed):
            team.leads["labor"] = email

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, side=st.sampled_from(["labor", "management"]))
    def leave(self, pick: int, side: str) -> None:
        team = self.team(pick)
        if side not in team.leads:
            return
        editor = self.editor(team.leads[side])
        if self.act(lambda: registration.leave_lead(team.id, editor), allowed=len(team.leads) > 1):
            del team.leads[side]

    # What coordinators do.

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, exists=st.booleans(), by_coordinator=st.booleans())
    def answer_office(self, pick: int, exists: bool, by_coordinator: bool) -> None:
        team = self.team(pick)
        editor = COORDINATING if by_coordinator else self.lead(team)
        if self.act(
            lambda: registration.answer_office(
                team.id, plain.ASSOCIATION, editor, exists=exists, reason="It changed."
            ),
            allowed=by_coordinator or team.lea not in self.model.offices,
        ):
            self.model.offices[team.lea] = exists

    @precondition(lambda self: self.model.teams)
    @rule(pick=a_number, minded=seldom)
    def waive(self, pick: int, minded: bool) -> None:
        if not minded:
            return
        team = self.team(pick)
        role = plain.ASSOCIATION
        if role in team.waived:
            act = lambda: registration.end_waiver(team.id, role, COORDINATING)  # noqa: E731
        else:
            act = lambda: registration.waive_role(team.id, role, "No unit", COORDINATING)  # noqa: E731
        if self.act(act, allowed=team.status != plain.WITHDRAWN):
            team.waived ^= {role}

    @rule(kept=who, gone=who)
    def merge(self, kept: str, gone: str) -> None:
        ids = [self._person_id(kept), self._person_id(gone)]
        if None in ids or kept == gone:
            return
        one_of_them_is_gone = bool({kept, gone} & self.model.became.keys())
        before = self.model.copy()
        done = None if one_of_them_is_gone else self.model.merge(kept, gone)
        merged = self.act(
            lambda: merging.merge_people(ids[0], ids[1], by=BY, may_choose_staff=False).id,
            allowed=done is not None,
        )
        if merged and done:
            done.id = merged[0]
        else:
            self.model = before

    @precondition(lambda self: len(self.seats(*plain.ACTIVE)) > 1)
    @rule(one=a_number, other=a_number)
    def merge_members(self, one: int, other: int) -> None:
        """Merge two who both have seats, where most has to be settled."""
        seated = sorted({seat.who for _, seat in self.seats(*plain.ACTIVE)})
        self.merge(kept=self.pick(seated, one), gone=self.pick(seated, other))

    @precondition(lambda self: self.model.merges)
    @rule(pick=a_number)
    def unmerge(self, pick: int) -> None:
        done = self.pick(self.model.merges, pick)
        builds_on = any(
            {done.kept, done.gone} & {later.kept, later.gone}
            for later in self.model.merges[self.model.merges.index(done) + 1 :]
        )
        before = self.model.copy()
        allowed = not builds_on and self.model.unmerge(done)
        if not self.act(
            lambda: merging.unmerge(done.id, by=BY, may_choose_staff=False), allowed=allowed
        ):
            self.model = before

    def _person_id(self, email: str) -> UUID | None:
        with as_tenant(self.tenant_id):
            return db.session.scalar(
                select(Person.id).join(Identity).where(Identity.email == email)
            )
