"""What a partnership's own page says of its standing meetings, its offices and its years."""

from collections.abc import Iterator

from cohorts.learning.domain.partners import TABLE_SIDE_WORDS, TableSide
from cohorts.learning.service.parts import Part, partnership_part
from cohorts.learning.service.standing import Standing
from cohorts.structures.service.bodies import bodies_of
from cohorts.structures.service.meetings import meetings_of
from consortium.pages import medium_date
from consortium.tenants.service.days import today
from consortium.words import say


@partnership_part(30)
def bodies_part(standing: Standing) -> Iterator[Part]:
    """List the standing meetings: how many there are, when one met last and meets next."""
    day = today()
    live = [body for body in bodies_of(standing.partnership.id) if body.ends_on is None]
    logs = meetings_of([body.id for body in live])
    last = max((log[0].on for log in logs.values()), default=None)
    ahead = min((one.next_on for one in live if one.next_on and one.next_on >= day), default=None)
    says = [
        say("%(bodies)s standing meetings or committees.", bodies=len(live))
        if live
        else say("None is written down yet.")
    ]
    if last is not None:
        says.append(say("Met last on %(day)s.", day=medium_date(last)))
    if ahead is not None:
        says.append(say("Next: %(day)s.", day=medium_date(ahead)))
    wants = ""
    if standing.speaks and not live:
        wants = say("Write down which standing meetings you keep.")
    elif standing.speaks and ahead is None:
        wants = say("Set the next date.")
    yield Part(title=say("Standing meetings"), says=says, endpoint="structures.bodies", wants=wants)


@partnership_part(60)
def years_part(standing: Standing) -> Iterator[Part]:
    """Lead to the offices over time and the years side by side."""
    silent = [side for side in TableSide if not standing.who.speakers(side)]
    says = [say("Who held which office from when to when, and when nobody did.")]
    says += [
        say("Nobody speaks for this side now: %(side)s.", side=TABLE_SIDE_WORDS[side])
        for side in silent
    ]
    yield Part(title=say("Offices over time"), says=says, endpoint="structures.offices")
    yield Part(
        title=say("Years side by side"),
        says=[say("What lasted and what changed, from school year to school year.")],
        endpoint="structures.years",
    )
