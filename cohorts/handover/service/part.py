"""What a partnership's own page says of leaders who left and of the hand-over."""

from collections.abc import Iterator

from cohorts.handover.domain.checklist import ITEMS
from cohorts.handover.models import Follows
from cohorts.handover.service.departures import departures_of
from cohorts.learning.service.parts import Part, partnership_part
from cohorts.learning.service.standing import Standing
from consortium.pages import medium_date
from consortium.words import say


@partnership_part(70)
def handover_part(standing: Standing) -> Iterator[Part]:
    """List the hand-over, who left last, and whether somebody still has to be named."""
    left = departures_of([standing.partnership.id])
    says = [say("What whoever follows in a leader's office finds on the first day.")]
    if left:
        last = left[0]
        says.append(
            say(
                "%(name)s left on %(day)s.",
                name=last.person.name or last.person.email,
                day=medium_date(last.left_on),
            )
        )
    wants = ""
    if (standing.speaks or standing.hosts) and any(one.follows is Follows.OPEN for one in left):
        wants = say("Name who follows.")
    elif any(one.successor_id == standing.person_id for one in left if one.successor_id):
        wants = say("Go through your list of %(things)s things.", things=len(ITEMS))
    yield Part(title=say("Hand-over"), says=says, endpoint="handover.show", wants=wants)
