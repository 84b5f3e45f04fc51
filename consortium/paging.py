"""Long lists: what someone wants to see of them, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import ceil
from typing import Generic, TypeVar

PAGE_SIZE = 50
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What is wanted of a list; an empty field asks nothing."""

    @property
    def asked(self) -> dict[str, str]:
        """What it asks, by the names of the address's parameters."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    total: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page; there is always one."""
        return last_page(self.total)

    @property
    def first_place(self) -> int:
        """The position of the page's first item among all that were found."""
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last_place(self) -> int:
        """The position of the page's last item."""
        return self.first_place + len(self.items) - 1 if self.total else 0


def last_page(total: int) -> int:
    """Return how many pages so many items fill; at least one."""
    return max(1, ceil(total / PAGE_SIZE))


def nearest_page(number: int, total: int) -> int:
    """Return the number of the page, or of the nearest one that there is."""
    return min(max(number, 1), last_page(total))


def page_of(items: Sequence[Item], number: int) -> Page[Item]:
    """Return this page of a list; a number out of range gives the nearest."""
    number = nearest_page(number, len(items))
    first = (number - 1) * PAGE_SIZE
    return Page(items=items[first : first + PAGE_SIZE], total=len(items), number=number)
