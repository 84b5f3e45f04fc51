"""Who should hear from the host, and what about: nobody who has done all that was asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from consortium.words import say
from events.board.domain.teams import (
    DRAFT,
    REGISTERED,
    WAITLISTED,
    Contact,
    TeamLine,
)
from events.registration.domain import LineState, Verdict

INVITED = "invited"
NOTHING_OWED: Mapping[UUID, int] = {}
UNSETTLED = frozenset(
    {LineState.MISSING, LineState.TO_BE_ASKED, LineState.TOO_MANY, LineState.NOT_ADMITTED}
)


class Kind(StrEnum):
    """What a reminder asks for."""

    CONFIRM = auto()
    SUBMIT = auto()
    COMPLETE = auto()
    ANSWER = auto()

    @property
    def words(self) -> str:
        """Whom it goes to, as the coordinator reads it."""
        return _WORDS[self]


_WORDS: Mapping[Kind, str] = {
    Kind.CONFIRM: say("Members who were invited and have not confirmed"),
    Kind.SUBMIT: say("Leads of teams that are still drafts"),
    Kind.COMPLETE: say("Leads of teams that are not complete"),
    Kind.ANSWER: say("Leads and confirmed members who owe an answer to a question"),
}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One team (or one seat in it) that a reminder speaks of."""

    subject: str
    """``seat``, ``unfinished`` for a team, or ``answers`` for a team or seat that owes some."""
    id: UUID
    team: str
    needs: tuple[str, ...] = ()
    """What the team still needs, a sentence each."""

    @property
    def about(self) -> str:
        """What the mail's promise is filed under, so that later facts can drop it."""
        return f"{self.subject}:{self.id}"


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One mail to one person: all that this person is asked for, of one kind."""

    kind: Kind
    to: Contact
    matters: tuple[Matter, ...]

    def key(self, institute_id: UUID, day: date) -> str:
        """Return what makes it one mail per person and kind per day."""
        return f"reminder:{self.kind}:{institute_id}:{self.to.person_id}:{day.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """A team that its leads should take up again, and what it still needs."""

    kind: Kind
    team: TeamLine
    needs: tuple[str, ...] = ()


def needs_of(verdict: Verdict) -> tuple[str, ...]:
    """Return what keeps a team from being complete, in the words its lead sees too."""
    size = () if verdict.size is None else (verdict.size,)
    lines = (line for line in verdict.lines if line.state in UNSETTLED)
    return (*size, *(say("%(role)s: %(why)s", role=line.label, why=line.why) for line in lines))


def unfinished_kind(team: TeamLine, *, is_open: bool) -> Kind | None:
    """Return what its leads may be asked for, if anything.

    A draft is worth a reminder only while it can still be submitted.
    """
    if team.status == DRAFT:
        return Kind.SUBMIT if is_open else None
    incomplete = team.status in {REGISTERED, WAITLISTED} and team.complete is False
    return Kind.COMPLETE if incomplete else None


def reminders(
    teams: Sequence[TeamLine],
    unfinished: Iterable[Unfinished],
    owed: Mapping[UUID, int] = NOTHING_OWED,
) -> tuple[Reminder, ...]:
    """Return the mails that are due, by kind and then by name.

    ``owed`` says how many answers a team or a seat owes, by its id.
    """
    asked: dict[tuple[Kind, UUID], tuple[Contact, list[Matter]]] = {}
    for kind, person, matter in (*_seats(teams), *_teams(unfinished), *_owing(teams, owed)):
        asked.setdefault((kind, person.person_id), (person, []))[1].append(matter)
    found = [
        Reminder(kind=kind, to=person, matters=tuple(matters))
        for (kind, _), (person, matters) in asked.items()
    ]
    order = list(Kind)
    return tuple(sorted(found, key=lambda r: (order.index(r.kind), r.to.name, r.to.email)))


def _seats(teams: Iterable[TeamLine]) -> Iterator[tuple[Kind, Contact, Matter]]:
    for team in teams:
        for member in team.members if team.status == REGISTERED else ():
            if member.status == INVITED:
                yield (
                    Kind.CONFIRM,
                    member,
                    Matter(subject="seat", id=member.seat_id, team=team.title),
                )


def _teams(unfinished: Iterable[Unfinished]) -> Iterator[tuple[Kind, Contact, Matter]]:
    for each in unfinished:
        matter = Matter(
            subject="unfinished", id=each.team.id, team=each.team.title, needs=each.needs
        )
        for lead in each.team.leads:
            yield each.kind, lead, matter


def _owing(
    teams: Iterable[TeamLine], owed: Mapping[UUID, int]
) -> Iterator[tuple[Kind, Contact, Matter]]:
    for team in teams:
        if team.status not in {REGISTERED, WAITLISTED}:
            continue
        for holder_id, people in (
            (team.id, team.leads),
            *((member.seat_id, (member,)) for member in team.members if member.confirmed),
        ):
            if holder_id in owed:
                needs = (say("Answers missing: %(number)s", number=owed[holder_id]),)
                matter = Matter(subject="answers", id=holder_id, team=team.title, needs=needs)
                for person in people:
                    yield Kind.ANSWER, person, matter
