"""What a partnership's own page says of its plan and of its readiness."""

from collections.abc import Iterator

from cohorts.learning.service.parts import Part, partnership_part
from cohorts.learning.service.standing import Standing
from cohorts.plans.domain import SIDE_NAMES, STANDINGS, still_to_sign
from cohorts.plans.service.lists import open_plan_of
from cohorts.plans.service.signing import current_version
from consortium.pages import medium_date
from consortium.tenants.service.days import today
from consortium.words import say


@partnership_part(20)
def plan_part(standing: Standing) -> Iterator[Part]:
    """List the partnership's open plan, and what the reader has to do about it."""
    plan = open_plan_of(standing.partnership.id)
    title, endpoint = say("Action plan"), "plans.of_partnership"
    if plan is None:
        begin = say("Begin this year's plan.") if standing.side is not None else ""
        yield Part(title=title, says=[say("There is no plan yet.")], endpoint=endpoint, wants=begin)
        return
    says = [
        say(
            "%(years)s, version %(n)s: %(standing)s.",
            years=plan.years,
            n=plan.number,
            standing=STANDINGS[plan.standing],
        )
    ]
    if plan.next_meeting is not None and plan.next_meeting < today():
        says.append(say("The date of the next meeting has passed."))
    elif plan.next_meeting is not None:
        says.append(say("Next meeting: %(day)s.", day=medium_date(plan.next_meeting)))
    version = current_version(plan)
    waits = still_to_sign(version.signed) if version is not None else ()
    asked = standing.signs_for is not None and standing.signs_for in waits and len(waits) == 1
    wants = (
        say("Sign it for the %(side)s side.", side=SIDE_NAMES[standing.signs_for])
        if asked and standing.signs_for is not None
        else ""
    )
    yield Part(title=title, says=says, endpoint=endpoint, wants=wants)


@partnership_part(25)
def readiness_part(_standing: Standing) -> Iterator[Part]:
    """List the readiness checklist."""
    yield Part(
        title=say("Readiness"),
        says=[say("What each side does so that the partnership lasts.")],
        endpoint="plans.readiness",
    )
