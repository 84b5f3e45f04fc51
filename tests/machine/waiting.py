"""The part of a random history that is about the waitlist: wait, be offered places, answer."""

from collections import Counter
from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from events.institutes.models import PEOPLE
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.jobs import offers
from tests.machine import model as plain
from tests.machine.ground import COORDINATING
from tests.machine.leading import Leading, a_number


class Waiting(Leading):
    """What leads, coordinators and the worker do about places that are few."""

    answers: ClassVar[Counter[str]] = Counter()
    """How offers ended, over all histories."""

    @precondition(lambda self: self.standing(plain.WAITLISTED))
    @rule(pick=a_number, seats=st.integers(1, 5))
    def want(self, pick: int, seats: int) -> None:
        team = self.pick(self.standing(plain.WAITLISTED), pick)
        if self.act(
            lambda: registration.want_seats(team.id, seats, self.lead(team)),
            allowed=len(team.held) <= seats <= plain.MOST_IN_A_TEAM,
        ):
            team.wanted = seats

    @precondition(lambda self: self.standing(plain.WAITLISTED))
    @rule(pick=a_number)
    def stop_waiting(self, pick: int) -> None:
        team = self.pick(self.standing(plain.WAITLISTED), pick)
        if self.act(lambda: registration.leave_waitlist(team.id, self.lead(team)), allowed=True):
            self.model.take_off(team)

    @precondition(lambda self: self.standing(plain.OFFERED))
    @rule(pick=a_number)
    def accept(self, pick: int) -> None:
        team = self.pick(self.standing(plain.OFFERED), pick)
        allowed = self.now < team.expires and bool(team.active) and len(team.held) <= 4
        if self.act(lambda: registration.accept_offer(team.id, self.lead(team)), allowed=allowed):
            self.model.register(team)
            self.answers["accepted"] += 1

    @precondition(lambda self: self.standing(plain.OFFERED))
    @rule(pick=a_number, stay=st.booleans())
    def decline_offer(self, pick: int, stay: bool) -> None:
        team = self.pick(self.standing(plain.OFFERED), pick)
        if self.act(
            lambda: registration.decline_offer(team.id, self.lead(team), stay=stay),
            allowed=self.now < team.expires,
        ):
            (self.model.put_last if stay else self.model.take_off)(team)
            team.missed = 0
            self.answers["declined to stay" if stay else "declined to leave"] += 1

    # What coordinators do.

    @rule(capacity=st.integers(0, 8))
    def limit(self, capacity: int) -> None:
        allowed = capacity >= self.model.taken
        if self.act(lambda: pools.set_capacity(self.institute, PEOPLE, capacity), allowed=allowed):
            self.model.capacity = capacity

    @precondition(lambda self: self.standing(plain.WAITLISTED))
    @rule(pick=a_number)
    def admit(self, pick: int) -> None:
        team = self.pick(self.standing(plain.WAITLISTED), pick)
        room = self.model.room_for(len(team.held))
        room = room and self.model.teams_taken < self.model.team_capacity
        if self.act(lambda: registration.admit_from_waitlist(team.id, COORDINATING), allowed=room):
            self.model.register(team)

    # The worker, and time.

    @rule()
    def work(self) -> None:
        for step in (offers.take_offers_back, offers.offer_freed_places):
            step(None)  # type: ignore[arg-type]
        self.answers["ran out"] += self.model.work(self.now)

    @rule(hours=st.sampled_from([1, 13, 50]))
    def wait(self, hours: int) -> None:
        """Time passes; the worker never sleeps longer than a few seconds."""
        self.later(timedelta(hours=hours))
        self.work()


class Offered(Waiting):
    """Histories that begin with offers which end in each way there is."""

    def furnish(self) -> None:
        """Let three teams wait, make room for some of them, and let offers be answered."""
        super().furnish()
        self.limit(capacity=0)
        for _ in self.model.teams:
            self.submit_or_wait(pick=0)
        self.limit(capacity=4)
        self.wait(hours=1)
        self.wait(hours=50)
        for answer in (self._stay, self._leave, self.accept):
            answer(0)
            self.what_is_stored_is_what_the_model_holds()
            self.work()

    def _stay(self, pick: int) -> None:
        self.decline_offer(pick, stay=True)

    def _leave(self, pick: int) -> None:
        self.decline_offer(pick, stay=False)
