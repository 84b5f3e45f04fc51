"""What one row of a list would do, and how that is told."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from consortium.words import Sentence, say
from events.bulk.domain.ground import Details, TeamKey
from events.questions.domain import Value

DIGEST = 12
"""Letters of a row's fingerprint; enough that two outcomes of one row differ."""


class Effect(StrEnum):
    """What becomes of a row."""

    ADDED = auto()
    CHANGED = auto()
    SAME = auto()
    REFUSED = auto()


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One row of the file: its cells by key, or why it cannot be read."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""

    def said(self, key: str) -> str:
        """Return what the cell says; a missing column says nothing."""
        return self.cells.get(key, "")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that a row changes."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A person as the row wants it, everything filled in."""

    name: str
    email: str
    role_codes: tuple[str, ...]
    shared: bool = False
    details: Details = field(default_factory=Details)
    answers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row, what becomes of it and why."""

    number: int
    effect: Effect
    who: str = ""
    team: str = ""
    stands: str = ""
    """Which team that was and where it stood; empty for a new one."""
    wanted: Wanted | None = None
    """Empty for a row without a person, or one that is left out."""
    seat_id: str = ""
    """The seat it changes; empty for a new one."""
    changes: tuple[Change, ...] = ()
    team_answers: Mapping[str, Value] = field(default_factory=dict)
    """New answers to the questions that are asked of the team."""
    notes: tuple[str, ...] = ()
    """What the reader should know although the row is taken."""
    fault: str = ""

    @property
    def in_short(self) -> str:
        """What a new row brings, in one line."""
        return "; ".join(f"{change.what}: {change.after}" for change in self.changes)

    @property
    def fingerprint(self) -> str:
        """What the row did when someone looked, in a few letters: the same again, or not."""
        told = (
            self.effect.value,
            self.seat_id,
            self.stands,
            *((change.what, change.before, change.after) for change in self.changes),
            *self.notes,
        )
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:DIGEST]


class Standing(StrEnum):
    """What becomes of a team's registration."""

    STAYS = auto()
    DRAFT = auto()
    REGISTERED = auto()
    WAITLISTED = auto()

    @property
    def words(self) -> Sentence:
        """The outcome as a coordinator reads it before the import."""
        return STANDINGS[self]


STANDINGS: Mapping[Standing, Sentence] = {
    Standing.STAYS: say("stands as before"),
    Standing.DRAFT: say("is a draft"),
    Standing.REGISTERED: say("is registered, invitations go out"),
    Standing.WAITLISTED: say("joins the waitlist"),
}


@dataclass(frozen=True, kw_only=True)
class TeamPlan:
    """One team of the file and its rows."""

    key: TeamKey
    title: str
    lines: tuple[Line, ...]
    is_new: bool = False
    standing: Standing = Standing.STAYS
    why: str = ""
    """Why it stays a draft although it was to be registered."""
    lead_email: str = ""
    lead_name: str = ""
    lead_side: str = ""
    """Who leads a new team; empty where whoever imports does for now."""
    more_leads: tuple[tuple[str, str, str], ...] = ()
    """Further leads of a new team: address, name, side."""

    def of(self, effect: Effect) -> Sequence[Line]:
        """Return the rows that end so."""
        return [line for line in self.lines if line.effect == effect]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a file would do."""

    teams: tuple[TeamPlan, ...] = ()
    astray: tuple[Line, ...] = ()
    """Rows that name no team."""
    unknown: tuple[str, ...] = ()
    """Headers that mean nothing here."""
    notices: tuple[str, ...] = ()

    @property
    def lines(self) -> Sequence[Line]:
        """Every row in the file's order."""
        every = [*self.astray, *(line for team in self.teams for line in team.lines)]
        return sorted(every, key=lambda line: line.number)

    def of(self, effect: Effect) -> Sequence[Line]:
        """Return the rows that end so, in the file's order."""
        return [line for line in self.lines if line.effect == effect]

    @property
    def does_something(self) -> bool:
        """Whether an import would change anything."""
        moves = any(team.is_new or team.standing is not Standing.STAYS for team in self.teams)
        return moves or bool(self.of(Effect.ADDED) or self.of(Effect.CHANGED))

    @property
    def seen(self) -> str:
        """What the page shows, so that the import does exactly that."""
        return "".join(line.fingerprint for line in self.lines)


def seen_by_row(numbers: Sequence[int], seen: str) -> dict[int, str]:
    """Return the fingerprint that the page showed for each row; rows without one are missing."""
    pieces = [seen[at : at + DIGEST] for at in range(0, len(seen), DIGEST)]
    return dict(zip(sorted(numbers), pieces, strict=False))
