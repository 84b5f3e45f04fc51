"""What an issued paper says: everything on it, as plain values that are kept for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from functools import cache
from typing import Any, Self

from pydantic import TypeAdapter

VERSION = 1
"""The shape of stored papers. A paper is never rewritten, so each shape stays readable for ever."""


class PaperKind(StrEnum):
    """What kind of paper it is; a confirmation says that nothing is to pay."""

    INVOICE = auto()
    QUOTE = auto()
    RECEIPT = auto()
    CREDIT_NOTE = auto()
    CONFIRMATION = auto()


class PaperDoesNotAddUp(Exception):
    """The sums of a paper contradict each other: a bug of ours, and no paper to issue."""


class UnknownPaper(Exception):
    """A stored paper has a shape that this release does not know."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """Whom the paper is for. The attention line names the contact."""

    name: str
    attention: str = ""
    address: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who issues the paper, and where a check goes."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    tax_id: str = ""
    """The EIN; empty where the issuer prints none."""
    payable_to: str = ""
    """The name that a check is made out to; empty where it is the issuer's own."""
    remit_to: tuple[str, ...] = ()
    """The lines of the address that checks are mailed to; empty where it is the issuer's own."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What the paper is about: the institute, its days in words, the team."""

    title: str
    when: str = ""
    team: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One line: what, how many at how much, and why. Below zero it is a discount."""

    what: str
    how: str
    cents: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What part of the lines this payer pays.

    The words say it whole: “Your share: 50 % of $18,453.75; the odd cent goes to the first payer
    listed”. The lines add up to ``of_cents``, and the paper's total is the share.
    """

    words: str
    of_cents: int


@dataclass(frozen=True, kw_only=True)
class PaidLine:
    """Money that came: when, how in words (“Check 1187”, “Card ending 4242”), and cents.

    Below zero it went back.
    """

    on: date
    words: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class AppliedTo:
    """What part of the money that a receipt confirms went to which invoice."""

    number: str
    words: str
    cents: int
    left_cents: int | None = None
    """What stayed due on that invoice; unknown where ``None``."""


@dataclass(frozen=True, kw_only=True)
class PurchaseOrder:
    """The payer's purchase order; its number is text, exactly as it was given: 0042, 1E10."""

    number: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Replaces:
    """The former revision that this one takes the place of, and what is different."""

    number: str
    revision: int
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Everything a paper says. Cents are of US dollars; empty text and ``None`` are not printed.

    ``total_cents`` is what an invoice or quote asks for, a credit note credits, and a receipt
    confirms; it is never below zero.
    """

    kind: PaperKind
    number: str
    revision: int = 1
    issued_on: date
    due_on: date | None = None
    """Until when to pay; on a quote, until when it holds."""
    issuer: Issuer
    bill_to: Party
    about: About | None = None
    lines: tuple[PaperLine, ...] = ()
    """What it is for; none on a receipt, which says what came and where it went."""
    share: Share | None = None
    total_cents: int
    paid: tuple[PaidLine, ...] = ()
    """What was paid before an invoice or confirmation was issued; on a receipt, what came."""
    due_cents: int | None = None
    """What is still to pay of an invoice or confirmation: the total less what was paid.

    Below zero it is in the payer's favor. Other kinds do not say it.
    """
    purchase_order: PurchaseOrder | None = None
    tax_exempt: str = ""
    """The payer's certificate in words."""
    fiscal_year: str = ""
    notes: tuple[str, ...] = ()
    how_to_pay: tuple[str, ...] = ()
    pay_at: str = ""
    """The address of the page that takes the payment."""
    replaces: Replaces | None = None
    corrects: str = ""
    """The number of the invoice that a credit note is about."""
    applied: tuple[AppliedTo, ...] = ()
    """The invoices that a receipt's money was applied to."""

    def to_json(self) -> dict[str, Any]:
        """Return what the database keeps.

        Raises PaperDoesNotAddUp: what is kept for ever is looked at first.
        """
        check_sums(self)
        return {"paper": VERSION, **_shape().dump_python(self, mode="json")}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the paper that ``to_json`` wrote. Raises UnknownPaper."""
        if kept.get("paper") != VERSION:
            raise UnknownPaper(f"paper: {kept.get('paper')!r}")
        paper: Self = _shape().validate_python({**kept, "kind": PaperKind(kept["kind"])})
        return paper


@cache
def _shape() -> TypeAdapter[Any]:
    return TypeAdapter(Paper)


def check_sums(paper: Paper) -> None:
    """Raise PaperDoesNotAddUp unless the figures of the paper agree with each other."""
    if paper.total_cents < 0:
        raise PaperDoesNotAddUp(f"{paper.number}: the total is below zero")
    _check_lines(paper)
    came = sum(one.cents for one in paper.paid)
    if paper.kind is PaperKind.RECEIPT:
        applied = sum(one.cents for one in paper.applied)
        _same(paper, "what came", came, "the total", paper.total_cents)
        if applied > came:
            raise PaperDoesNotAddUp(f"{paper.number}: {applied} applied of {came} cents")
    elif paper.due_cents is not None:
        left = paper.total_cents - came
        _same(paper, "what is due", paper.due_cents, "the total less what was paid", left)
    if paper.kind is PaperKind.CONFIRMATION and (paper.due_cents or paper.total_cents != came):
        raise PaperDoesNotAddUp(f"{paper.number}: confirms that nothing is due, and something is")


def _check_lines(paper: Paper) -> None:
    lines = sum(line.cents for line in paper.lines)
    if paper.kind is PaperKind.RECEIPT and not paper.lines:
        return
    if paper.share is None:
        _same(paper, "the lines", lines, "the total", paper.total_cents)
        return
    _same(paper, "the lines", lines, "what is shared", paper.share.of_cents)
    if paper.total_cents > paper.share.of_cents:
        raise PaperDoesNotAddUp(f"{paper.number}: the share is more than what is shared")


def _same(paper: Paper, one: str, cents: int, other: str, others: int) -> None:
    if cents != others:
        raise PaperDoesNotAddUp(f"{paper.number}: {one}: {cents}, {other}: {others} cents")
