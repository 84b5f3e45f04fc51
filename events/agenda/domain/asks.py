"""What places are found from: what everyone asks for, turn by turn, as the rules allow it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from events.agenda.domain.drafting import Pin
from events.agenda.domain.open_to import Possible, pinned_by
from events.agenda.domain.people import Member
from events.schedule.domain import PlannedSession
from events.schedule.domain.ranking import Ranked
from events.schedule.engine.places_model import Offer, Person

IN_TIME, LATE, SILENT = range(3)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What one person ranked in one round, and when."""

    sessions: tuple[UUID, ...]
    ranked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything that a draft is found from."""

    sessions: Sequence[PlannedSession]
    """Every session of the institute that people choose and that is held."""
    rounds: Sequence[Ranked]
    """The rounds in which places are to be given."""
    members: Sequence[Member]
    wanted: Mapping[UUID, Mapping[str, Wanted]]
    """By seat and round."""
    begun: frozenset[UUID] = frozenset()
    duty: Mapping[str, Sequence[PlannedSession]] = field(default_factory=dict)
    """By address: the sessions that someone presents or leads."""
    freed: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    """By seat: places given by an earlier draft that are dealt anew."""
    extra: Mapping[UUID, int] = field(default_factory=dict)
    """Places that a session does not have and that are only supposed."""
    pins: Sequence[Pin] = ()
    """What the host decided of single people."""
    near: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    """By seat: places of the draft before; of what is equally good they stay."""


class Asks:
    """What everyone asks for, by turn, as the rules allow it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        groups = {one.group for one in case.rounds}
        self.there = {one.id: one for one in case.sessions if one.choice_group in groups}
        self.members = {member.seat_id: member for member in case.members}
        could = Possible(
            there=self.there,
            elsewhere={one.id: one for one in case.sessions if one.id not in self.there},
            begun=case.begun,
            duty=case.duty,
        )
        pins: dict[UUID, list[Pin]] = {}
        for pin in case.pins:
            pins.setdefault(pin.seat_id, []).append(pin)
        self.possible = {
            seat: could.to(member, pins.get(seat, ())) for seat, member in self.members.items()
        }
        put = {
            (pin.seat_id, self.group_of(pin.session_id))
            for pin in case.pins
            if pin.inside and pin.session_id in self.there
        }
        self.offers = {one.id: self._offer(one) for one in self.there.values()}
        self.turns = [
            {seat: self._asking(one, turn, put) for seat, one in self.members.items()}
            for turn in (IN_TIME, LATE, SILENT)
        ]
        self.freed = {
            seat: {
                session
                for session in case.freed.get(seat, frozenset())
                if session in self.there
                and any(self.group_of(session) in asking[seat] for asking in self.turns)
            }
            for seat in self.members
        }
        staying = {
            seat: replace(one, chosen=self.holds(seat)) for seat, one in self.members.items()
        }
        kept = Counter(session for one in staying.values() for session in one.chosen)
        self.pinned = pinned_by(
            case.pins,
            staying,
            self.possible,
            self.there,
            {
                one: None if offer.places is None else max(0, offer.places - kept[one])
                for one, offer in self.offers.items()
            },
        )

    @property
    def wanted_first(self) -> Mapping[str, int]:
        """How many people put a session first."""
        firsts: Counter[str] = Counter()
        for asking in self.turns:
            for rounds in asking.values():
                for person in rounds.values():
                    order = person.order or sorted(person.wishes, key=person.wishes.__getitem__)
                    firsts.update(order[:1])
        return firsts

    def group_of(self, session_id: UUID) -> str:
        """Return the round of a session."""
        return self.there[session_id].choice_group

    def holds(self, seat_id: UUID) -> frozenset[UUID]:
        """Return what someone has and keeps."""
        return self.members[seat_id].chosen - self.freed[seat_id]

    def _asking(
        self, member: Member, turn: int, put: AbstractSet[tuple[UUID, str]]
    ) -> dict[str, Person]:
        """Return what a person asks for in a turn, by round: wishes, and what else is possible."""
        found: dict[str, Person] = {}
        wanted = self.case.wanted.get(member.seat_id, {})
        possible = self.possible[member.seat_id]
        for round_ in self.case.rounds:
            mine = wanted.get(round_.group)
            when = SILENT if mine is None else IN_TIME if mine.ranked_at <= round_.until else LATE
            if when != turn:
                continue
            open_to = possible.rounds.get(round_.group, ())
            shown = [
                one
                for one in (mine.sessions if mine else ())
                if one in open_to or one in possible.barred
            ]
            asked = [one for one in shown if one in open_to]
            ranks = {str(session_id): rank for rank, session_id in enumerate(asked, start=1)}
            also = {str(one) for one in open_to} - set(ranks) if round_.any_free else set()
            if shown or also or (member.seat_id, round_.group) in put:
                barred = [one for one in shown if one not in open_to]
                found[round_.group] = Person(
                    id=str(member.seat_id),
                    wishes=ranks,
                    also=frozenset(also),
                    barred={str(one): possible.barred[one] for one in barred},
                    order=tuple(str(one) for one in shown) if barred else (),
                )
        return found

    def _offer(self, session: PlannedSession) -> Offer:
        """Return a session with the places that these people can have in it."""
        places = None
        if session.capacity is not None:
            named = sum(session.id in member.chosen for member in self.case.members)
            others = max(0, session.taken - named)
            places = max(0, session.capacity + self.case.extra.get(session.id, 0) - others)
        return Offer(
            id=str(session.id),
            round=session.choice_group,
            places=places,
            content=session.same_content,
        )
