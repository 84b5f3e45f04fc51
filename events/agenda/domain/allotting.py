"""Who would get which place of what people ranked, as the rules of choosing allow it.

In three turns, each the best there is: first those who ranked in time, then those who ranked later,
then, where the host wants it, those who ranked nothing. Nobody who came in time has less because
someone came late. What the host decided of single people stands before all of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consortium.answering import Tell, quiet
from consortium.words import Sentence, say
from events.agenda.domain.asks import IN_TIME, LATE, SILENT, Asks, Case
from events.schedule.domain.sessions import overlapping
from events.schedule.engine.places_model import Person, Question

STEPS = ("in_time", "late", "silent")
"""The turns as a page tells how far it is."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one person gets in one round, and why."""

    seat_id: UUID
    group: str
    given: tuple[UUID, ...] = ()
    kept: tuple[UUID, ...] = ()
    left: tuple[UUID, ...] = ()
    """What the person had by an earlier draft and has no longer."""
    position: int = 0
    """Which choice the best of the given is; 0 for one that the person did not rank, and none."""
    short: int = 0
    """How many places of the round the person does not get."""
    ranked: bool = True
    because: tuple[str, ...] = ()
    pinned: tuple[UUID, ...] = ()
    """Those of the given that the host decided."""

    @property
    def changes(self) -> bool:
        """Whether accepting it changes anything for the person."""
        return set(self.given) != set(self.left)

    def written(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        return {
            "seat": str(self.seat_id),
            "round": self.group,
            "given": [str(one) for one in self.given],
            "kept": [str(one) for one in self.kept],
            "left": [str(one) for one in self.left],
            "position": self.position,
            "short": self.short,
            "ranked": self.ranked,
            "because": list(self.because),
            "pinned": [str(one) for one in self.pinned],
        }


@dataclass(frozen=True, kw_only=True)
class Found:
    """A whole draft."""

    told: tuple[Told, ...]
    proven: bool


def told_in(written: Mapping[str, Any]) -> Told:
    """Return what ``Told.written`` wrote."""
    return Told(
        seat_id=UUID(written["seat"]),
        group=written["round"],
        given=tuple(UUID(one) for one in written["given"]),
        kept=tuple(UUID(one) for one in written["kept"]),
        left=tuple(UUID(one) for one in written["left"]),
        position=written["position"],
        short=written["short"],
        ranked=written["ranked"],
        because=tuple(written["because"]),
        pinned=tuple(UUID(one) for one in written.get("pinned", ())),
    )


def find_places(
    case: Case,
    *,
    seed: int,
    left: Callable[[], float],
    tell: Tell = quiet,
) -> Found:
    """Return who would get which place. ``left`` says how many seconds a proof may take.

    ``tell`` hears which turn it is in. Raises ``RankingRefused`` where what the host decided of
    single people cannot be.
    """
    # Only who gives places waits for the solvers to be loaded, not everyone who sees an agenda.
    from events.schedule.engine.places import allot  # noqa: PLC0415
    from events.schedule.engine.places_network import Aim  # noqa: PLC0415
    from events.schedule.engine.places_reasons import answers  # noqa: PLC0415

    asks = Asks(case)
    titles = {str(one.id): one.title for one in asks.there.values()}
    has = {
        seat: [str(one) for one in sorted(asks.holds(seat)) if one in asks.there]
        + [str(one) for one in asks.pinned.get(seat, ())]
        for seat in asks.members
    }
    told: list[Told] = []
    proven = True
    for turn, step in enumerate(STEPS):
        tell(step, turn / len(STEPS))
        asking = asks.turns[turn]
        if not any(asking.values()):
            continue
        question = _question(asks, asking, has)
        found = allot(question, Aim(seed=seed), left=left)
        proven = proven and found.proven
        every = answers(
            question,
            found,
            titles=titles,
            wanted_first=asks.wanted_first,
            best=turn == IN_TIME,
        )
        for answer in every:
            seat = UUID(answer.person)
            if answer.round not in asking[seat]:
                continue
            fresh = [one.session for one in answer.given if not one.fixed]
            has[seat] += fresh
            pinned = [
                one for one in asks.pinned.get(seat, ()) if asks.group_of(one) == answer.round
            ]
            told.append(
                Told(
                    seat_id=seat,
                    group=answer.round,
                    given=(*pinned, *(UUID(one) for one in fresh)),
                    kept=tuple(
                        UUID(one.session)
                        for one in answer.given
                        if one.fixed and UUID(one.session) not in pinned
                    ),
                    left=tuple(
                        one
                        for one in sorted(asks.freed[seat])
                        if asks.group_of(one) == answer.round
                    ),
                    position=answer.position,
                    short=answer.short,
                    ranked=turn != SILENT,
                    because=(*_late(turn), *answer.sentences),
                    pinned=tuple(pinned),
                )
            )
    return Found(told=tuple(sorted(told, key=lambda one: (one.group, one.seat_id))), proven=proven)


def refuse_impossible(case: Case) -> None:
    """Raise ``RankingRefused`` where what the host decided of single people cannot be."""
    Asks(case)


def _late(turn: int) -> tuple[Sentence, ...]:
    if turn != LATE:
        return ()
    return (say("You ranked after the time was over, so you got what was left."),)


def _question(
    asks: Asks, asking: Mapping[UUID, Mapping[str, Person]], has: Mapping[UUID, Sequence[str]]
) -> Question:
    people = []
    for seat, member in asks.members.items():
        parts = asking[seat].values()
        barred = any(part.order for part in parts)
        person = Person(
            id=str(seat),
            team=str(member.team_id or ""),
            wishes={session: rank for part in parts for session, rank in part.wishes.items()},
            also=frozenset().union(*(part.also for part in parts)),
            fixed=tuple(has[seat]),
            pinned=frozenset(str(one) for one in asks.pinned.get(seat, ())),
            stays=frozenset(str(one) for one in asks.case.near.get(seat, ())),
            barred={session: why for part in parts for session, why in part.barred.items()},
            order=tuple(one for part in parts for one in part.order or part.wishes)
            if barred
            else (),
        )
        if person.wishes or person.also or person.fixed or person.order:
            people.append(person)
    return Question(
        offers=tuple(asks.offers.values()),
        people=tuple(people),
        picks={one.choice_group: one.pick for one in asks.there.values()},
        apart=tuple(
            frozenset({str(one.id), str(other.id)})
            for one, other in overlapping(asks.there.values())
            if one.choice_group != other.choice_group or one.pick > 1
        ),
    )
