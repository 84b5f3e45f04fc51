"""A bank statement as a list: which column says what, and what each line comes to."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from consortium.errors import Refusal
from consortium.words import say
from events.invoices.domain import MoneyRefused

MOST_CENTS = 10**12
LONGEST = 500
"""Letters that are kept of a line's words."""

DATES = ("date", "posting date", "posted date", "post date", "transaction date", "posted")
WORDS = ("description", "transaction description", "details", "memo", "payee", "name", "narrative")
AMOUNTS = ("amount", "transaction amount")
OUT = ("debit", "debits", "debit amount", "withdrawal", "withdrawals", "money out", "paid out")
IN = ("credit", "credits", "credit amount", "deposit", "deposits", "money in", "paid in")
REFERENCES = (
    "reference",
    "reference number",
    "bank reference",
    "customer reference",
    "check number",
    "check",
    "check #",
    "check or slip #",
    "serial number",
)

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})?(?:\.\d{1,2})?", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_AMERICAN = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})", re.ASCII)
YEARS = range(2000, 2100)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where in a row each thing stands."""

    on: int
    amount: int | None
    out: int | None
    came: int | None
    words: tuple[int, ...]
    reference: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """One line of a statement; above zero what came in."""

    on: date
    cents: int
    words: str
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A row that cannot be taken, and why."""

    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a file says: lines that can be taken, and rows that cannot."""

    lines: tuple[ReadLine, ...]
    faults: tuple[Fault, ...]


def find_columns(names: Sequence[str]) -> Columns | None:
    """Return where the columns are, if this row is the header of a statement."""
    plain = [" ".join(name.casefold().split()) for name in names]

    def first(known: tuple[str, ...]) -> int | None:
        places = [plain.index(one) for one in known if one in plain]
        return places[0] if places else None

    on, amount, out, came = first(DATES), first(AMOUNTS), first(OUT), first(IN)
    words = tuple(n for n, name in enumerate(plain) if name in WORDS)
    reference = tuple(n for n, name in enumerate(plain) if name in REFERENCES)
    if on is None or (amount is None and (out is None or came is None)):
        return None
    if not words and not reference:
        return None
    return Columns(on=on, amount=amount, out=out, came=came, words=words, reference=reference)


def read_lines(rows: Iterable[tuple[int, list[str] | Refusal]], columns: Columns) -> Statement:
    """Return what the rows below the header say; a bad row is named and the others are taken."""
    lines, faults = [], []
    for number, row in rows:
        try:
            if isinstance(row, Refusal):
                raise row
            lines.append(_line(row, columns))
        except Refusal as refused:
            faults.append(Fault(number=number, why=refused.message))
    return Statement(lines=tuple(lines), faults=tuple(faults))


def digests(lines: Iterable[ReadLine]) -> Sequence[str]:
    """Return for each line what makes it itself: the same line in another file has the same.

    Two equal lines of one day are two: the second is the second of its kind.
    """
    seen: Counter[str] = Counter()
    told = []
    for line in lines:
        plain = " ".join(f"{line.words} {line.reference}".casefold().split())
        said = f"{line.on.isoformat()}|{line.cents}|{plain}"
        told.append(hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest())
        seen[said] += 1
    return told


def read_day(text: str) -> date:
    """Return the day that a bank writes. Raises ``MoneyRefused``."""
    said = text.strip().split(" ", 1)[0]
    iso, american = _ISO.fullmatch(said), _AMERICAN.fullmatch(said)
    unread = MoneyRefused(
        say("“%(text)s” is no day like 03/02/2026 or 2026-03-02.", text=text[:40])
    )
    if iso:
        year, month, dom = int(iso[1]), int(iso[2]), int(iso[3])
    elif american:
        month, dom, year = int(american[1]), int(american[2]), int(american[3])
        year += 2000 if len(american[3]) == 2 else 0  # noqa: PLR2004  (M/D/YY)
    else:
        raise unread
    try:
        day = date(year, month, dom)
    except ValueError as error:
        raise unread from error
    if day.year not in YEARS:
        raise MoneyRefused(say("The year %(year)s cannot be right.", year=day.year))
    return day


def read_cents(text: str) -> int:
    """Return the cents that a bank writes: ``1,234.50``, ``$-5``, ``(12.00)``, ``12.00-``.

    Raises ``MoneyRefused``.
    """
    said = text.strip().replace("$", "").replace(" ", "").replace("−", "-")
    negative = False
    if said.startswith("(") and said.endswith(")"):
        negative, said = True, said[1:-1]
    if said[:1] in {"-", "+"}:
        negative, said = negative != (said[0] == "-"), said[1:]
    elif said.endswith("-"):
        negative, said = not negative, said[:-1]
    if not said or said == "." or not _NUMBER.fullmatch(said):
        raise MoneyRefused(say("“%(text)s” is no amount in dollars.", text=text[:40]))
    whole, _, part = said.replace(",", "").partition(".")
    cents = int(whole or 0) * 100 + int((part + "00")[:2])
    if cents > MOST_CENTS:
        raise MoneyRefused(say("“%(text)s” is too much to be right.", text=text[:40]))
    return -cents if negative else cents


def _line(row: list[str], columns: Columns) -> ReadLine:
    def cell(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    on = read_day(cell(columns.on))
    if columns.amount is not None and cell(columns.amount):
        cents = read_cents(cell(columns.amount))
    else:
        out, came = cell(columns.out), cell(columns.came)
        cents = (read_cents(came) if came else 0) - (abs(read_cents(out)) if out else 0)
        if not out and not came:
            raise MoneyRefused(say("The row has no amount."))
    if not cents:
        raise MoneyRefused(say("The row comes to nothing."))
    return ReadLine(
        on=on,
        cents=cents,
        words=_joined(cell(place) for place in columns.words),
        reference=_joined(cell(place) for place in columns.reference),
    )


def _joined(parts: Iterable[str]) -> str:
    return " ".join(" ".join(part.split()) for part in parts if part)[:LONGEST]
