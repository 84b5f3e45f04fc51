"""Rules of credit as values: what people can earn at an institute, and what it takes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto

from consortium.errors import Refusal
from consortium.words import Sentence, say

QUARTER = 15
"""Minutes; Illinois counts clock hours to the nearest quarter hour (roe40.com/compliance-info)."""
USUAL_SHARE = 90
"""Percent of what counts that someone is there for who attended all day."""
USUAL_YEARS = 4
"""How long attendance is kept where no rule says more: what an audit may ask for."""
LEFT_OUT = ("registration", "meal", "social", "travel")
"""Kinds of sessions in which nothing is learned, unless the host says otherwise."""


class CreditRefused(Refusal):
    """The credit cannot be given, or its rules cannot be as they were written down."""


class Counting(StrEnum):
    """How a kind of credit is counted."""

    FIXED = auto()  # a set amount for whoever was there for enough of it
    CLOCK = auto()  # by the clock, from arrival to departure
    UNCLEAR = auto()  # the programme file says something that nobody here can count


class Counted(StrEnum):
    """What of a stay counts by the clock."""

    STAY = auto()  # all of it, from arrival to departure
    SESSIONS = auto()  # what of it lies in sessions that count


class OpenStays(StrEnum):
    """What becomes of a stay whose end nobody recorded."""

    LAST_SCAN = auto()
    LAST_SESSION = auto()
    NOTHING = auto()


OPEN_STAYS_WORDS: dict[OpenStays, Sentence] = {
    OpenStays.NOTHING: say("It counts for nothing until staff write down when they left."),
    OpenStays.LAST_SCAN: say("It ends when they were last scanned that day."),
    OpenStays.LAST_SESSION: say("It ends with the last session they were scanned into that day."),
}


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A number by which a state knows its educators, and how it is written."""

    name: str
    """What the state calls it, e.g. IEIN."""
    least: int = 4
    most: int = 12
    """How many characters it has."""
    letters: bool = False
    """Whether it may have letters; digits alone otherwise."""


@dataclass(frozen=True, kw_only=True)
class CreditRule:
    """One kind of credit: for whom, how much, and what it takes."""

    name: str
    roles: tuple[str, ...] = ()
    """Codes of the roles it is for; empty: for everyone. Others never see it."""
    counting: Counting = Counting.FIXED
    unit: str = "hours"
    """What the amount counts: hours, credits or the host's own word."""
    amount: Decimal = Decimal(0)
    """What whoever attended enough gets, where the amount is set."""
    share: int = USUAL_SHARE
    """Percent of the time that counts for which someone has to be there, for a set amount."""
    counted: Counted = Counted.SESSIONS
    rounding: int = QUARTER
    """Minutes to whose nearest multiple each stay is rounded."""
    cap: Decimal | None = None
    """The most of it that one day gives."""
    left_out: tuple[str, ...] = LEFT_OUT
    """Kinds of sessions that do not count."""
    licence: Licence | None = None
    """The number without which nobody gets it."""
    evaluation: bool = False
    """Whether the evaluation has to be filled in before the certificate is given."""
    keep_years: int = USUAL_YEARS
    """Full years for which attendance, evaluations and certificates are kept."""
    provider: str = ""
    provider_number: str = ""
    wording: str = ""
    """What the certificate says of it besides; empty: nothing."""

    def is_for(self, role_codes: Iterable[str]) -> bool:
        """Tell whether someone in these roles can earn it."""
        return not self.roles or not set(self.roles).isdisjoint(role_codes)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Someone whose name stands under a line for a signature."""

    name: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class CreditPlan:
    """Everything an institute says about credit."""

    rules: tuple[CreditRule, ...] = ()
    open_stays: OpenStays = OpenStays.NOTHING
    attendance: bool = True
    """Whether who earns no credit gets a plain certificate of attendance."""
    agenda: bool = True
    """Whether the agenda is attached to a plain certificate of attendance."""
    signers: tuple[Signer, ...] = field(default=())

    def for_roles(self, role_codes: Iterable[str]) -> tuple[CreditRule, ...]:
        """Return the kinds of credit that someone in these roles can earn, each once."""
        codes = frozenset(role_codes)
        return tuple(rule for rule in self.rules if rule.is_for(codes))

    @property
    def keep_years(self) -> int:
        """How many full years the longest rule keeps attendance."""
        return max((rule.keep_years for rule in self.rules), default=USUAL_YEARS)

    @property
    def asks_evaluation(self) -> bool:
        """Whether any kind of credit waits for the evaluation."""
        return any(rule.evaluation for rule in self.rules)

    @property
    def licences(self) -> tuple[Licence, ...]:
        """The numbers that its rules ask for, each once."""
        found = {rule.licence.name: rule.licence for rule in self.rules if rule.licence}
        return tuple(found.values())


def written_number(amount: Decimal) -> str:
    """Write an amount as people do: 5.75, 4."""
    text = f"{amount.normalize():f}"
    return text if text not in {"-0", ""} else "0"


def amount_in_words(amount: Decimal, unit: str) -> Sentence:
    """Write an amount with its unit: 3.75 hours, 1 credit."""
    one = amount == 1 and unit.endswith("s")
    return say("%(n)s %(unit)s", n=written_number(amount), unit=unit[:-1] if one else unit)
