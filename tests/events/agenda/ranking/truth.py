"""What people read of their places, checked against who has which place at the end."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from consortium.words import Sentence
from events.agenda.domain.allotting import Found, Told
from events.agenda.domain.asks import Case
from events.schedule.domain import PlannedSession
from events.schedule.engine.places_words import ORDINALS


@dataclass(frozen=True)
class Truth:
    """A case and what was found, with nothing taken from the engine."""

    case: Case
    found: Found

    @cached_property
    def sessions(self) -> dict[UUID, PlannedSession]:
        return {one.id: one for one in self.case.sessions}

    @cached_property
    def titled(self) -> dict[str, UUID]:
        return {one.title: one.id for one in self.case.sessions}

    @cached_property
    def late(self) -> dict[str, object]:
        return {one.group: one.until for one in self.case.rounds}

    def turn(self, seat: UUID, group: str) -> int:
        mine = self.case.wanted.get(seat, {}).get(group)
        if mine is None:
            return 2
        until = next(one.until for one in self.case.rounds if one.group == group)
        return 0 if mine.ranked_at <= until else 1

    def ballot(self, seat: UUID, group: str) -> list[UUID]:
        mine = self.case.wanted.get(seat, {}).get(group)
        return list(mine.sessions) if mine else []

    def has(self, seat: UUID) -> set[UUID]:
        """Everything that someone has in the end."""
        member = next(one for one in self.case.members if one.seat_id == seat)
        mine = [one for one in self.found.told if one.seat_id == seat]
        left = {session for one in mine for session in one.left}
        return (set(member.chosen) - left) | {session for one in mine for session in one.given}

    def there(self, session: UUID) -> set[UUID]:
        return {one.seat_id for one in self.case.members if session in self.has(one.seat_id)}

    def pinned(self, session: UUID) -> set[UUID]:
        return {pin.seat_id for pin in self.case.pins if pin.inside and pin.session_id == session}

    def dealt(self, session: UUID, turn: int | None = None) -> list[UUID]:
        """Who got a place in it by what was ranked, in one turn or in any."""
        return [
            one.seat_id
            for one in self.found.told
            if session in one.given
            and session not in one.pinned
            and turn in {None, self.turn(one.seat_id, one.group)}
        ]

    def less(self, told: Told, session: UUID, seats: list[UUID]) -> int:
        mine = self.ballot(told.seat_id, told.group).index(session)
        ballots = [self.ballot(seat, told.group) for seat in seats]
        return sum(session not in one or one.index(session) > mine for one in ballots)

    def full(self, session: UUID) -> bool:
        limit = self.sessions[session].capacity
        return limit is not None and len(self.there(session)) >= limit

    def is_true(self, told: Told) -> None:
        """Fail where one of the sentences is not so."""
        missed: UUID | None = None
        for sentence in told.because:
            assert isinstance(sentence, Sentence)
            missed = self._check(told, sentence, missed)

    def _check(self, told: Told, said: Sentence, missed: UUID | None) -> UUID | None:  # noqa: C901, PLR0912, PLR0915
        seat, group = told.seat_id, told.group
        ballot, turn = self.ballot(seat, group), self.turn(seat, group)
        mine = {one for one in self.has(seat) if self.sessions[one].choice_group == group}
        named = self.titled.get(str(said.values.get("title", "")))
        choice = said.values.get("choice")
        if choice is not None:
            assert ballot[ORDINALS.index(choice)] in mine
            before = [one for one in ballot[: ORDINALS.index(choice)] if one not in mine]
        match said.template.split("%(")[0].split(" ", 4), said.template:
            case _, text if text.startswith("You ranked after the time"):
                assert turn == 1
            case _, text if text.startswith("You keep your place"):
                assert named in told.kept
            case _, text if text.startswith("The host gave you"):
                assert named is not None
                assert seat in self.pinned(named)
                assert named in told.given
            case _, "You have your %(choice)s choice.":
                pass
            case _, text if text.startswith("Your %(missed)s choice was full"):
                assert self.full(ballot[ORDINALS.index(said.values["missed"])])
            case _, text if text.startswith("Some of what you wanted more"):
                assert sum(map(self.full, before)) > 1
            case _, text if text.startswith("What you wanted more was full"):
                assert len(before) > 1
                assert all(map(self.full, before))
            case _, text if text.startswith("You ranked nothing"):
                assert not ballot
                assert mine
            case _, text if text.startswith(("Everything that", "Everything else")):
                assert ballot
                assert all(self.full(one) for one in ballot if one not in mine)
                assert bool(mine) != ("no place" in text)
            case _, text if text.startswith("Nothing"):
                assert ballot
                assert set(ballot) - mine
                assert bool(mine) != ("no place" in text)
            case _, text if text.startswith("No place is left"):
                assert not mine
                assert not ballot
            case _, text if text.startswith("“%(title)s” takes"):
                assert named is not None
                assert named not in mine
                assert self.full(named)
                assert said.values["places"] == self.sessions[named].capacity
                firsts = [self.ballot(one.seat_id, group)[:1] for one in self.case.members]
                assert said.values["people"] == firsts.count([named])
                return named
            case _, text if "cannot be had beside" in text or "at the same time" in text:
                other = self.sessions[self.titled[str(said.values["other"])]]
                assert named is not None
                one = self.sessions[named]
                assert other.id in self.has(seat) or other in self._duty(seat)
                same = one.same_content and one.same_content == other.same_content
                assert same or one.overlaps(other)
            case _, text if text.startswith("The host keeps"):
                out = {pin.session_id for pin in self.case.pins if not pin.inside}
                assert named in out
            case _, text if text.startswith("You are one of those who hold"):
                assert named in {one.id for one in self._duty(seat)}
            case _, text if text.startswith("The host put people into it"):
                assert missed is not None
                assert said.values["people"] == len(self.pinned(missed))
            case _, text if text.startswith("Places in it that were taken before"):
                assert missed is not None
                others = self.there(missed) - self.pinned(missed) - set(self.dealt(missed, turn))
                late = {one for one in others if one in self.dealt(missed) and turn == 0}
                assert said.values["people"] == len(others - late)
            case _, text if text.startswith("Placed there though"):
                assert missed is not None
                less = self.less(told, missed, self.dealt(missed, turn))
                assert said.values["people"] == less
                if "No exchange" in text:
                    assert turn == 0
                    assert not self.case.pins
            case _, text if text.startswith("Nobody else got a place"):
                assert missed is not None
                assert not self.less(told, missed, self.dealt(missed, turn))
                assert len(self.there(missed)) > len(self.dealt(missed, turn))
            case _, text if text.startswith("Nobody got a place"):
                assert missed is not None
                assert not self.less(told, missed, self.dealt(missed))
            case _, text if text.startswith("A colleague"):
                assert missed is not None
                assert self._colleagues(seat, missed) == 1
            case _, text if text.startswith("Colleagues"):
                assert missed is not None
                assert self._colleagues(seat, missed) == said.values["people"]
            case _:
                raise AssertionError(said)
        return missed

    def _colleagues(self, seat: UUID, session: UUID) -> int:
        team = {one.seat_id: one.team_id for one in self.case.members}
        mine = team[seat]
        return sum(mine is not None and team[one] == mine for one in self.there(session) - {seat})

    def _duty(self, seat: UUID) -> list[PlannedSession]:
        member = next(one for one in self.case.members if one.seat_id == seat)
        return list(self.case.duty.get(member.email, ()))
