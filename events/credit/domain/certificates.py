"""What a certificate says, as a value that is stored whole and never changes."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from consortium.words import Sentence, say
from events.credit.domain.counting import Earned, rounded
from events.credit.domain.rules import Counting, Signer, amount_in_words


class Standing(StrEnum):
    """Whether a certificate still holds."""

    VALID = auto()
    REPLACED = auto()
    WITHDRAWN = auto()


STANDING_WORDS: Mapping[Standing, Sentence] = {
    Standing.VALID: say("Valid"),
    Standing.REPLACED: say("Replaced by a newer one"),
    Standing.WITHDRAWN: say("Withdrawn"),
}


@dataclass(frozen=True, kw_only=True)
class CreditLine:
    """One kind of credit on the paper, and how it was counted."""

    name: str
    amount: Decimal
    unit: str
    fixed: bool
    """Whether the amount is set; otherwise it is what the parts add up to."""
    parts: tuple[tuple[str, int, Decimal], ...] = ()
    """Day, minutes and amount of each stay; amounts are nothing where the amount is set."""
    cap: Decimal | None = None
    rounding: int = 0
    how: tuple[str, ...] = ()
    provider: str = ""
    provider_number: str = ""
    licence_name: str = ""
    licence_number: str = ""
    wording: str = ""
    keep_years: int = 0

    @property
    def words(self) -> Sentence:
        """The amount with its unit."""
        return amount_in_words(self.amount, self.unit)


@dataclass(frozen=True, kw_only=True)
class AgendaDay:
    """A day of the agenda that is attached."""

    on: date
    lines: tuple[tuple[str, str], ...]
    """Time and title of each session."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything that one certificate says."""

    name: str
    roles: tuple[str, ...]
    lea: str
    institute: str
    first_day: date
    last_day: date
    venue: str
    hosts: tuple[str, ...]
    consortium: str
    colour: str
    days: tuple[date, ...]
    """The days on which the person was there."""
    credits: tuple[CreditLine, ...] = ()
    agenda: tuple[AgendaDay, ...] = ()
    signers: tuple[Signer, ...] = ()
    issued_on: date

    @property
    def plain(self) -> bool:
        """Whether it says only that the person was there."""
        return not self.credits

    @property
    def credit_in_words(self) -> str:
        """What it gives, in one line."""
        return "; ".join(
            say("%(amount)s, %(name)s", amount=one.words, name=one.name) for one in self.credits
        )


def credit_line(earned: Earned, *, licence_number: str) -> CreditLine:
    """Return what someone earned as the paper says it."""
    rule = earned.rule
    how = [line.how for line in earned.lines]
    return CreditLine(
        name=rule.name,
        amount=earned.amount,
        unit=rule.unit,
        fixed=rule.counting is Counting.FIXED,
        parts=tuple((line.on.isoformat(), line.minutes, line.amount) for line in earned.lines),
        cap=rule.cap,
        rounding=rule.rounding,
        how=(*how, earned.why) if earned.why else tuple(how),
        provider=rule.provider,
        provider_number=rule.provider_number,
        licence_name=rule.licence.name if rule.licence else "",
        licence_number=licence_number if rule.licence else "",
        wording=rule.wording,
        keep_years=rule.keep_years,
    )


def adds_up(line: CreditLine) -> bool:
    """Tell whether an amount is what its own stays come to by its own rule."""
    if line.fixed:
        return bool(line.parts) and line.amount >= 0
    if any(rounded(minutes, line.rounding) != hours for _, minutes, hours in line.parts):
        return False
    days: dict[str, Decimal] = {}
    for day, _, hours in line.parts:
        days[day] = days.get(day, Decimal(0)) + hours
    cap = line.cap
    kept = [hours if cap is None else min(hours, cap) for hours in days.values()]
    return sum(kept, Decimal(0)) == line.amount


def written_snapshot(said: Snapshot) -> dict[str, Any]:
    """Return a certificate as it is stored."""
    return _plain(asdict(said))  # type: ignore[no-any-return]


def read_snapshot(stored: Mapping[str, Any]) -> Snapshot:
    """Return a certificate as it was stored."""
    values = dict(stored)
    for name in ("first_day", "last_day", "issued_on"):
        values[name] = date.fromisoformat(values[name])
    values["days"] = tuple(date.fromisoformat(day) for day in values["days"])
    for name in ("roles", "hosts"):
        values[name] = tuple(values[name])
    values["credits"] = tuple(_line(one) for one in values["credits"])
    values["agenda"] = tuple(
        AgendaDay(
            on=date.fromisoformat(day["on"]),
            lines=tuple((time, title) for time, title in day["lines"]),
        )
        for day in values["agenda"]
    )
    values["signers"] = tuple(Signer(**one) for one in values["signers"])
    return Snapshot(**values)


def credits_in(stored: Mapping[str, Any]) -> Iterator[tuple[str, str, Decimal]]:
    """Give the kinds of credit of a certificate as it was stored: name, unit and amount."""
    for one in stored["credits"]:
        yield one["name"], one["unit"], Decimal(one["amount"])


def _line(one: Mapping[str, Any]) -> CreditLine:
    parts = tuple((day, minutes, Decimal(hours)) for day, minutes, hours in one["parts"])
    cap = None if one["cap"] is None else Decimal(one["cap"])
    how = tuple(one["how"])
    changed = {"amount": Decimal(one["amount"]), "parts": parts, "cap": cap, "how": how}
    return CreditLine(**{**one, **changed})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return str(value) if isinstance(value, str) else value
