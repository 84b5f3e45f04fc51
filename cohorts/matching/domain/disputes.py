"""Partnerships in dispute meet nobody, unless those of both people agreed that they may."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Partnership:
    """Whose two sides work together: an LEA, or a site in it."""

    lea_id: str
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What holds for one partnership."""

    in_dispute: bool = False
    labor_agreed: bool = False
    management_agreed: bool = False

    @property
    def agreed(self) -> bool:
        """Whether both of its sides said that its people may be matched all the same."""
        return self.labor_agreed and self.management_agreed


QUIET = Standing()
Standings = Mapping[Partnership, Standing]


def may_meet(
    one: Collection[Partnership], other: Collection[Partnership], standings: Standings
) -> bool:
    """Tell whether people of these partnerships may be matched (DOMAIN.md, section 8).

    Where a partnership of either is in dispute, all of both must have agreed.
    """
    theirs = [_standing(each, standings) for each in (*one, *other)]
    if not any(each.in_dispute for each in theirs):
        return True
    return bool(one) and bool(other) and all(each.agreed for each in theirs)


def in_dispute(whose: Iterable[Partnership], standings: Standings) -> bool:
    """Tell whether a partnership of these is in dispute."""
    return any(_standing(each, standings).in_dispute for each in whose)


def _standing(whose: Partnership, standings: Standings) -> Standing:
    """Return what holds for a site, or, where nothing is said of it, for its LEA as a whole.

    An LEA that is in dispute is so with every site.
    """
    own = standings.get(whose)
    lea = standings.get(Partnership(whose.lea_id)) or QUIET
    if own is None:
        return lea
    if whose.site and lea.in_dispute and not own.in_dispute:
        return Standing(
            in_dispute=True,
            labor_agreed=own.labor_agreed,
            management_agreed=own.management_agreed,
        )
    return own
