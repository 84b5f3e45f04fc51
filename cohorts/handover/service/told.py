"""Whom a departure is told, and what the record says of it."""

from cohorts.handover import emails
from cohorts.handover.models import Departure
from cohorts.structures.service import Opened
from consortium.outbox import service as outbox
from consortium.people.models import Person
from events.facade.leaving import Editor


def tell(
    opened: Opened, departure: Departure, leaver: Person, successor: Person | None, editor: Editor
) -> None:
    """Tell whoever left, so that a mistake is seen at once; whoever follows; and the host."""
    place = opened.partnership
    mails = []
    if leaver.email != editor.email:
        mails.append(emails.left(place, departure, to=leaver))
    if successor is not None:
        mails.append(emails.handed_over(place, departure, to=successor))
    if not editor.coordinates:
        mails.append(emails.host_told(place, departure, leaver=leaver, waits=departure.waits))
    for mail in mails:
        outbox.promise(mail, about=subject_of(departure))


def tell_named(opened: Opened, departure: Departure, successor: Person, editor: Editor) -> None:
    """Tell whoever was named later; and the host, where only the host gives them the seats."""
    place = opened.partnership
    mails = [emails.handed_over(place, departure, to=successor)]
    if departure.waits and not editor.coordinates:
        mails.append(emails.host_told(place, departure, leaver=departure.person, waits=True))
    for mail in mails:
        outbox.promise(mail, about=subject_of(departure))


def facts_of(departure: Departure) -> dict[str, object]:
    """Return what the record says of a departure: ids and codes."""
    return {
        "partnership": str(departure.partnership_id),
        "person": str(departure.person_id),
        "left_on": departure.left_on.isoformat(),
        "follows": departure.follows.value,
        "successor": str(departure.successor_id) if departure.successor_id else None,
        "steps": outcomes_of(departure),
    }


def outcomes_of(departure: Departure) -> list[list[str]]:
    """Return what became of each seat and team."""
    return [[step.kind.value, str(step.team_id), step.outcome.value] for step in departure.steps]


def subject_of(departure: Departure) -> str:
    """Return what its mails, and the record, are about."""
    return f"departure:{departure.id}"
