"""Each side says itself whether its people may be matched while a partnership is in dispute.

A partnership's page asks it always, so that it tells nobody whether there is a dispute.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TableSide
from cohorts.learning.service import Part, partnership_part
from cohorts.matching.domain import disputes
from cohorts.matching.domain.disputes import QUIET, Partnership
from cohorts.matching.models import MatchStanding
from cohorts.matching.service.disputes import held_standing, keep_agreements
from cohorts.matching.service.standings import standing_in
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import Sentence, say

AGREED_WORDS = {
    (True, True): say("Whether your people may then be matched: both sides have said yes."),
    (True, False): say(
        "Whether your people may then be matched: the labor side has said yes, "
        "the management side has not yet."
    ),
    (False, True): say(
        "Whether your people may then be matched: the management side has said yes, "
        "the labor side has not yet."
    ),
    (False, False): say("Whether your people may then be matched: neither side has said yes yet."),
}


@dataclass(frozen=True, kw_only=True)
class Willing:
    """What both sides of a partnership said about being matched in a dispute.

    Whether there is a dispute is not in it: that is what hosts alone know.
    """

    partnership_id: UUID
    title: str
    labor: bool
    management: bool
    speaks_for: TableSide | None
    """The side for which the reader answers, if any."""

    @property
    def words(self) -> Sentence:
        """Who agreed, in a sentence."""
        return AGREED_WORDS[self.labor, self.management]

    def require_side(self) -> None:
        """Raise ``NotFound`` for a reader who speaks for neither side."""
        if self.speaks_for is None:
            raise NotFound(say("Only who speaks for a side answers for it."))

    @property
    def own(self) -> bool:
        """Whether the reader's side agreed."""
        return self.labor if self.speaks_for is TableSide.LABOR else self.management


def willing(partnership_id: UUID, person_id: UUID | None, *, hosts: bool) -> Willing:
    """Return what both sides said, for those of the partnership, its coaches and hosts.

    Raises ``NotFound`` for everyone else.
    """
    return _willing(learning.standing_in(partnership_id, person_id, hosts=hosts))


def say_willing(partnership_id: UUID, person_id: UUID | None, *, agreed: bool, by: str) -> None:
    """Keep whether a side agrees that its people are matched although there is a dispute.

    It holds for disputes of its own partnership and of the other's, from now on; who is matched
    already stays so. Said twice it changes nothing. Raises ``NotFound`` unless the person speaks
    for a side (DOMAIN.md, section 8: both sides of both partnerships must opt in).
    """
    standing = learning.standing_in(partnership_id, person_id, hosts=False)
    _willing(standing).require_side()
    row = held_standing(_place(standing), by)
    before = standing_in(row)
    if standing.signs_for is TableSide.LABOR:
        wanted = replace(before, labor_agreed=agreed)
    else:
        wanted = replace(before, management_agreed=agreed)
    if wanted == before:
        return
    keep_agreements(row, wanted, by)
    audit.record(
        "say_willing",
        f"match_standing:{row.id}",
        by=by,
        before={"labor": before.labor_agreed, "management": before.management_agreed},
        after={"labor": wanted.labor_agreed, "management": wanted.management_agreed},
    )


@partnership_part(80)
def willing_part(standing: learning.Standing) -> Iterator[Part]:
    """Say on a partnership's page who agreed to be matched in a dispute."""
    found = _willing(standing)
    yield Part(
        title=say("If there is ever a dispute"), says=[found.words], endpoint="matching.in_dispute"
    )


def _willing(standing: learning.Standing) -> Willing:
    place = _place(standing)
    said = db.session.scalar(
        select(MatchStanding).where(
            MatchStanding.lea_id == place.lea_id, MatchStanding.site == place.site
        )
    )
    found: disputes.Standing = standing_in(said) if said else QUIET
    return Willing(
        partnership_id=standing.partnership.id,
        title=standing.partnership.title,
        labor=found.labor_agreed,
        management=found.management_agreed,
        speaks_for=standing.signs_for,
    )


def _place(standing: learning.Standing) -> Partnership:
    return Partnership(standing.partnership.lea_id, standing.partnership.site)
