"""Someone's feed: the agenda at every institute, numbered as the person's mails are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from consortium import clock
from consortium.calendar.domain import NOTHING, Known, Told, facts_of
from consortium.calendar.service import ledger
from consortium.people.models import Person
from consortium.ports import DatedEvent, Method
from events.agenda.service.own_agenda import own_events
from events.agenda.service.places import find_places
from events.agenda.service.stamps import STAYS
from events.institutes.models import Institute


def feed_of(person: Person, *, url_of: Callable[[Institute], str]) -> Sequence[DatedEvent]:
    """Return what stands in the person's feed at this moment.

    A session that was cancelled stays as long as the programme has it, marked as cancelled. One
    that is held, but not for this person any more, simply leaves: programs drop what a feed no
    longer has. Unless the person was invited to it by mail: then a copy may stand in another
    calendar of the same program, and some show one event of one UID. So the feed goes on saying
    for thirty days that it is off, under the number of the mail that said so.
    """
    known = ledger.known_of([person.id]).get(person.id, {})
    events = [
        replace(event, sequence=_number(event, known.get(event.uid, NOTHING)))
        for event in own_events(find_places(person), url_of=url_of)
    ]
    return [*events, *_gone(person, known, {event.uid for event in events})]


def _number(event: DatedEvent, known: Known) -> int:
    """Return the number that the person's next mail about it bears, or its last one bore."""
    method = Method.CANCEL if event.cancelled else Method.REQUEST
    return known.number(event.sequence, Told(method=method, facts=facts_of(event)))


def _gone(person: Person, known: Mapping[str, Known], there: set[str]) -> Iterator[DatedEvent]:
    since = clock.now() - STAYS
    for uid, told_at in ledger.cancelled_since(person.id, since):
        one = known.get(uid)
        if uid in there or one is None or one.last is None:
            continue
        yield one.last.facts.taken_out(uid, one.sequence, at=told_at)
