"""A paper laid out in words: what the PDF and the page both show, so that they cannot differ."""

from dataclasses import dataclass

from consortium.words import Sentence, dollars, say
from events.invoices.domain.paper_days import day_in_words
from events.invoices.domain.papers import Issuer, PaidLine, Party


@dataclass(frozen=True, kw_only=True)
class Block:
    """A label and its lines: an address, or a fact; a strong one is what people look for first."""

    label: str
    lines: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """The head of a column; ``room`` is its part of the free width, 0 where it takes its own."""

    label: str
    room: int = 0
    figure: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """The cells of a row, and a reason in smaller letters under the cell that names it."""

    cells: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A line under the rows, with its amount in the last column."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under a caption; ``head`` is the column that names a row, if one does."""

    caption: str
    columns: tuple[Column, ...]
    head: int | None = 0
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """Sentences under a title, and the address of a page where there is one to open."""

    title: str
    sentences: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """The part at the foot that goes back with a check; the blank is filled in by hand."""

    title: str
    facts: tuple[Block, ...]
    blank: str
    to: Block


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole paper, from its letterhead to its slip."""

    title: str
    number: str
    revision: str = ""
    standing: str = ""
    """What the reader should know first: that nothing is to pay, that it is only a quote."""
    issuer: Block
    blocks: tuple[Block, ...]
    about: Block | None = None
    facts: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    slip: Slip | None = None

    @property
    def name(self) -> str:
        """How the paper is called in one line: Invoice INV-2026-0007."""
        return say("%(title)s %(number)s", title=self.title, number=self.number)


def letterhead(issuer: Issuer) -> Block:
    """Return who issues the paper, and how to reach them."""
    tax_id = say("EIN %(number)s", number=issuer.tax_id) if issuer.tax_id else ""
    lines = (*issuer.address, issuer.phone, issuer.email, tax_id)
    return Block(label=issuer.name, lines=_said(*lines))


def addressee(label: str, party: Party) -> Block:
    """Return whom the paper is for, as an envelope says it."""
    to = say("Attention: %(name)s", name=party.attention) if party.attention else ""
    return Block(label=label, lines=_said(party.name, to, *party.address, party.email))


def remittance(issuer: Issuer) -> Block:
    """Return to whom a check is made out, and where it is mailed."""
    name = issuer.payable_to or issuer.name
    lines = issuer.remit_to or issuer.address
    if lines[:1] != (name,):
        lines = (name, *lines)
    return Block(label=say("Make checks payable to"), lines=_said(*lines))


def amount_due(cents: int, *, strong: bool = True) -> Sum:
    """Return what is left to pay; what was paid too much is said as such, not as a debt."""
    label = say("Amount due") if cents >= 0 else say("In your favor")
    return Sum(label=label, amount=dollars(abs(cents)), strong=strong)


def paid_in_words(paid: PaidLine) -> Sentence:
    """Return when and how money came, or went back."""
    day = day_in_words(paid.on)
    if paid.cents < 0:
        return say("Paid back %(day)s: %(how)s", day=day, how=paid.words)
    return say("Paid %(day)s: %(how)s", day=day, how=paid.words)


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
