"""The table of applications: what matters of each, which of them are wanted, in which order."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from consortium.paging import Filter
from consortium.people.domain import Side
from consortium.words import Sentence, say
from events.intake.domain.pledging import PledgeWord, both_sides, eligibility, sides_signed
from events.intake.domain.selecting import Applicant, Outcome
from events.intake.domain.strata import Ground, Traits, stratum_of

DRAFT, SUBMITTED, WITHDRAWN = "draft", "submitted", "withdrawn"
STATUS_WORDS: Mapping[str, Sentence] = {
    DRAFT: say("Draft"),
    SUBMITTED: say("Submitted"),
    "selected": say("Selected"),
    "waitlisted": say("On the waitlist"),
    "not_selected": say("Not selected"),
    WITHDRAWN: say("Withdrawn"),
}


class Order(StrEnum):
    """By what the table is sorted."""

    SUBMITTED = auto()
    NAME = auto()
    STATE = auto()
    SIZE = auto()
    LOCALE = auto()
    SEATS = auto()
    PROPOSED = auto()


@dataclass(frozen=True, kw_only=True)
class ApplicationLine:
    """One application as the table shows it."""

    id: UUID
    name: str
    lea_id: str
    traits: Traits
    status: str
    seats_wanted: int
    applicant: str
    email: str
    pledges: tuple[PledgeWord, ...]
    submitted_at: datetime | None
    proposed: Outcome | None
    stratum: str
    rank: int | None
    by_hand: bool
    told: bool
    """Its letter went out."""
    closed: bool
    """Neither it nor its leaders' word is taken any more."""
    late_reason: str = ""
    """Why the host takes it though applying has closed, if so."""

    @property
    def signed(self) -> Collection[Side]:
        """The sides that have given their word."""
        return sides_signed(self.pledges)

    @property
    def decided(self) -> Outcome | None:
        """What the host decided for good, if so."""
        return Outcome(self.status) if self.status in set(Outcome) else None

    @property
    def faults(self) -> tuple[Sentence, ...]:
        """Why it could not be chosen now."""
        judged = eligibility(self.pledges, submitted=self.status != DRAFT, closed=self.closed)
        return judged.faults

    @property
    def takes_part(self) -> bool:
        """Whether it lies before the host, chosen or not."""
        return self.status not in {DRAFT, WITHDRAWN}

    @property
    def candidate(self) -> Applicant | None:
        """It as the proposal looks at it; nothing for what takes no part, or may still sign."""
        settled = self.decided or (self.proposed if self.by_hand else None)
        if self.submitted_at is None or not self.takes_part:
            return None
        if self.faults and not (self.closed or settled):
            return None
        return Applicant(
            id=self.id,
            traits=self.traits,
            submitted_at=self.submitted_at,
            both_sides=both_sides(self.pledges),
            faults=self.faults,
            settled=settled,
        )


_KEYS: Mapping[Order, Callable[[ApplicationLine], Any]] = {
    # Drafts have no moment to compare; they come last.
    Order.SUBMITTED: lambda line: (
        line.submitted_at is None,
        line.submitted_at.timestamp() if line.submitted_at else 0.0,
    ),
    Order.NAME: lambda line: line.name.casefold(),
    Order.STATE: lambda line: line.traits.state,
    Order.SIZE: lambda line: -1 if line.traits.enrollment is None else line.traits.enrollment,
    Order.LOCALE: lambda line: line.traits.locale,
    Order.SEATS: lambda line: line.seats_wanted,
    Order.PROPOSED: lambda line: (
        list(Outcome).index(line.proposed) if line.proposed else len(Outcome),
        line.stratum if line.proposed is Outcome.SELECTED else "",
        line.rank or 0,
    ),
}


@dataclass(frozen=True, kw_only=True)
class ApplicationFilter(Filter):
    """Which applications are wanted, and in which order."""

    standing: str = ""
    state: str = ""
    size: str = ""
    locale: str = ""
    newness: str = ""
    proposed: str = ""
    eligible: str = ""
    order: str = ""

    def chosen(self, lines: Sequence[ApplicationLine]) -> Sequence[ApplicationLine]:
        """Return the lines that pass, in the order asked for."""
        found = [line for line in lines if self._wants(line)]
        by_name = sorted(found, key=_KEYS[Order.NAME])
        return sorted(by_name, key=_KEYS[Order(self.order or Order.SUBMITTED)])

    def _wants(self, line: ApplicationLine) -> bool:
        traits = line.traits
        pairs = (
            (self.state, traits.state),
            (self.size, stratum_of(traits, Ground.SIZE)),
            (self.locale, stratum_of(traits, Ground.LOCALE)),
            (self.newness, traits.newness.value),
            (self.proposed, line.proposed.value if line.proposed else ""),
            (self.eligible, "no" if line.faults else "yes"),
        )
        if any(wanted and wanted != has for wanted, has in pairs):
            return False
        return line.status == self.standing if self.standing else line.status != WITHDRAWN
