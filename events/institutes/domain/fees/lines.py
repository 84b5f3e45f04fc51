"""Who is charged, and what comes of it: the values that ``charge`` takes and gives."""

from dataclasses import dataclass

from consortium.words import Sentence, dollars, say


@dataclass(frozen=True, kw_only=True)
class Head:
    """One person (or a seat kept for one): roles, chosen days and strands, and if a visitor."""

    roles: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    visitor: bool = False


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who would pay together: the people of one team, or a group of visitors.

    Shares and free places go by the order of ``heads``; keep it stable.
    """

    heads: tuple[Head, ...]
    comes_as_team: bool = True
    state: str = ""
    guest: bool = False
    """Whether it comes from a guest state."""
    affiliations: frozenset[str] = frozenset()
    """To what its locals are affiliated, as far as that is recorded: NEA, AFT."""
    discount_code: str = ""
    """The code it typed. Whether uses are left is for the caller to reserve beforehand."""
    by_purchase_order: bool = False
    others_of_lea: int = 0
    """People of the same LEA who are charged in other teams: they take free places first."""
    others_cents: int = 0
    """What those other teams are charged; counts against a cap for each LEA."""


@dataclass(frozen=True, kw_only=True)
class ChargeLine:
    """So many of something, at so many cents each, and why."""

    what: str
    n: int
    each_cents: int
    why: str = ""
    heads: tuple[int, ...] = ()
    """Places in ``Party.heads`` of the people it is for; empty for a line of the whole team."""

    @property
    def cents(self) -> int:
        """What the line comes to, in cents; below 0 where it takes off."""
        return self.n * self.each_cents

    @property
    def how(self) -> Sentence:
        """The line as people say it: 2 at $150.00."""
        if not self.each_cents:
            return say("%(n)s at no charge", n=self.n)
        return say("%(n)s at %(each)s", n=self.n, each=dollars(self.each_cents))


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What it comes to, line by line, and what is told beside the sum."""

    lines: tuple[ChargeLine, ...]
    notes: tuple[str, ...] = ()
    """Rules that are told and not counted, such as who shares the cost."""

    @property
    def total_cents(self) -> int:
        """What there is to pay: the sum of the lines, never below 0."""
        return sum(line.cents for line in self.lines)

    def cents_by_head(self) -> dict[int, int]:
        """Return what each person costs, by place in the party; lines of the team left out."""
        cents: dict[int, int] = {}
        for line in self.lines:
            for head in line.heads:
                cents[head] = cents.get(head, 0) + line.each_cents
        return cents
