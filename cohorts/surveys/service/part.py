"""What a partnership's own page says of its surveys."""

from collections.abc import Iterable

from cohorts.learning.service import Standing
from cohorts.learning.service.parts import Part, partnership_part
from cohorts.surveys.service.readers import open_waves_of
from cohorts.surveys.service.results import results_for, running_for
from consortium.database import db
from consortium.pages import medium_date
from consortium.people.models import Person
from consortium.words import say


@partnership_part(50)
def surveys_of(standing: Standing) -> Iterable[Part]:
    """Say which surveys ran, and whether one waits for the reader's answers."""
    closed = results_for(standing.partnership.id)
    running = running_for(standing.partnership.id)
    if not closed and not running:
        return
    says = [
        say(
            "Planned or open: %(title)s, until %(day)s.",
            title=one.title,
            day=medium_date(one.closes_on),
        )
        for one in running
    ]
    if closed:
        says.append(say("Results: %(title)s.", title=closed[0].title))
    person = db.session.get(Person, standing.person_id) if standing.person_id else None
    waiting = open_waves_of(person) if person and running else ()
    yield Part(
        title=say("Surveys"),
        says=says,
        endpoint="surveys.of_partnership",
        wants=say("Answer “%(title)s”: its address is in your mail.", title=waiting[0].title)
        if waiting
        else "",
    )
