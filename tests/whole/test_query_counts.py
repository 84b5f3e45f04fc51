"""No page asks the database more often for three rows than for one: every page is tried."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import pytest
from werkzeug.routing import Rule

from tests.browser import Browser
from tests.queries import counting_queries
from tests.whole.world import World, pages_of

pytestmark = pytest.mark.real_commits

# Each page is asked for by someone who manages everything, and by someone who leads a team, has
# seats and peers, and holds offices; where neither gets it, by who has only begun to register, is
# asked to lead, pays, or reads for an association.
WHO = ("owner", "super1")
ELSE = ("draft", "union1", "office0", "viewer")
LEAD_ON = frozenset(
    {
        "auth.code",
        "auth.second_factor",
        "credit.remove_rule",
        "institutes.remove_fee",
        "institutes.remove_role",
    }
)
"""They answer with another page's address."""
AT_KIOSKS = frozenset({"checkin.kiosk"})
"""Nobody gets them but who stands before a tablet that staff made a kiosk."""


def queries(world: World, only: Collection[str] = ()) -> Mapping[str, int]:
    """Return how often each page asks the database, by who gets it; of ``only`` these endpoints."""
    gc.collect()
    with world.app.app_context():
        readers = [Reader(key=key, browser=world.browser(key)) for key in (*WHO, *ELSE)]
        return {
            name: n
            for rule in pages_of(world.app)
            if not only or rule.endpoint in only
            for name, n in _counted(world, rule, readers)
        }


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Someone who asks for pages, and what of them stood in addresses of pages they got."""

    key: str
    browser: Browser
    own: set[str] = field(default_factory=set)

    def strangeness(self, address: str) -> int:
        """Return how many parts of an address stood in none that they got: own things first."""
        return sum(part not in self.own for part in address.split("/"))


def _counted(world: World, rule: Rule, readers: Sequence[Reader]) -> Iterator[tuple[str, int]]:
    got = False
    for reader in readers:
        if reader.key in ELSE and got:
            return
        for address in sorted(world.addresses(rule), key=reader.strangeness):
            # The first visit makes and notes what is made and noted once.
            status = reader.browser.get(address).status_code
            if status == HTTPStatus.OK:
                with counting_queries() as count:
                    reader.browser.get(address)
                yield f"{rule.endpoint} for {reader.key}", len(count)
                reader.own.update(address.split("/"))
                got = True
            if status in {HTTPStatus.OK, HTTPStatus.FORBIDDEN}:  # nor are the others for this one
                break


def test_no_page_asks_more_often_for_three_rows_than_for_one(
    world_of: Callable[[int], World],
) -> None:
    small, large = world_of(1), world_of(3)
    one, three = queries(small), queries(large)

    every = {rule.endpoint for rule in pages_of(large.app)} - LEAD_ON - AT_KIOSKS
    assert every - {name.split()[0] for name in three} == set(), "nobody got these pages"
    differing = {name.split()[0] for name, n in three.items() if n != one.get(name)}
    if differing:  # rows that nobody holds any more are loaded anew, whenever they are cleared away
        one, three = queries(small, differing), queries(large, differing)
    assert {name: (one.get(name), n) for name, n in three.items() if n != one.get(name)} == {}
