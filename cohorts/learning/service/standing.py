"""As whom someone comes to a partnership: one of a side, its coach, or the host."""

from dataclasses import dataclass
from uuid import UUID

from cohorts.learning.domain.partners import TableSide, Who
from cohorts.learning.models import Partnership
from cohorts.learning.service.coaching import may_coach
from cohorts.learning.service.partnerships import get_partnership, teams_of, who
from consortium.errors import NotFound
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What someone may do about a partnership."""

    partnership: Partnership
    who: Who
    person_id: UUID | None
    belongs: bool
    """Whether they are a member of it now."""
    side: TableSide | None
    """The side on which they sit; ``None`` for community members, coaches and hosts."""
    speaks: bool
    """Whether they sign for their side."""
    coaches: bool
    """Whether they facilitate or coach one of its teams."""
    hosts: bool
    """Whether they work for the consortium and may see its teams."""

    @property
    def signs_for(self) -> TableSide | None:
        """The side for which they sign, if any."""
        return self.side if self.speaks else None


def standing_in(partnership_id: UUID, person_id: UUID | None, *, hosts: bool) -> Standing:
    """Return as whom someone comes to a partnership.

    Raises ``NotFound`` for a partnership that is not there and, alike, for who has no part in it.
    """
    partnership = get_partnership(partnership_id)
    people = who(partnership)
    member = people.member(person_id)
    coaches = may_coach(person_id, teams_of(partnership))
    if member is None and not coaches and not hosts:
        raise NotFound(say("There is no such partnership."))
    return Standing(
        partnership=partnership,
        who=people,
        person_id=person_id,
        belongs=member is not None,
        side=member.side if member else None,
        speaks=member is not None and member.speaks,
        coaches=coaches,
        hosts=hosts,
    )
