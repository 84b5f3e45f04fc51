"""A leader leaves: one act closes seats, ends offices, asks who follows; and it can be undone."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cohorts.handover import emails
from cohorts.handover.domain.leaving import (
    HandoverRefused,
    Leaving,
    Successor,
    check_leaving,
    check_successor,
)
from cohorts.handover.models import ONE_DEPARTURE, Departure, Follows
from cohorts.handover.service.offices import end_offices, take_office, undo_offices
from cohorts.handover.service.steps import Doing, begin_steps, carry_out, take_back
from cohorts.handover.service.told import facts_of, outcomes_of, subject_of, tell, tell_named
from cohorts.handover.service.who import seat_left
from cohorts.learning.domain.partners import table_side
from cohorts.learning.models import Partnership
from cohorts.structures import service as structures
from cohorts.structures.service import Opened
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import NotAllowed, NotFound
from consortium.outbox import service as outbox
from consortium.pages import medium_date
from consortium.people import service as people
from consortium.people.models import Person
from consortium.words import say
from events.facade.leaving import Editor

UNDONE_WITHIN = timedelta(days=30)


def departures_of(partnership_ids: Iterable[UUID]) -> Sequence[Departure]:
    """Return who left these partnerships and was not taken back, the latest first."""
    statement = (
        select(Departure)
        .where(Departure.partnership_id.in_(list(partnership_ids)), Departure.undone_at.is_(None))
        .options(
            joinedload(Departure.person),
            joinedload(Departure.successor),
            selectinload(Departure.steps),
        )
        .order_by(Departure.left_on.desc(), Departure.id)
    )
    return db.session.scalars(statement).unique().all()


def get_departure(opened: Opened, departure_id: UUID) -> Departure:
    """Return one departure of this partnership, undone ones too. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Departure)
        .where(Departure.id == departure_id, Departure.partnership_id == opened.partnership.id)
        .options(
            joinedload(Departure.person),
            joinedload(Departure.successor),
            selectinload(Departure.steps),
        )
    )
    if found is None:
        raise NotFound(say("There is no such departure."))
    return found


def report_departure(opened: Opened, leaving: Leaving, editor: Editor) -> Departure:
    """Write down that somebody left: in one act their seats in what still runs end or go on.

    Their leading of teams ends, their offices end with their last day, and whoever follows is
    invited and takes the office. What only the host may do waits for the host. Raises
    ``NotAllowed`` for anyone but hosts and leads, ``HandoverRefused`` for somebody who is not
    there or left already, ``OfficeRefused`` where the office is somebody else's by now.
    """
    _check_may(opened)
    check_leaving(leaving, today=opened.today)
    hold(Partnership.id, opened.partnership.id)
    opened = _afresh(opened)
    seat = seat_left(opened, leaving.person_id)
    member = opened.who.member(leaving.person_id)
    leads = any(lead.person_id == leaving.person_id for team in opened.teams for lead in team.leads)
    if seat is None and member is None and not leads:
        raise HandoverRefused(
            say("This person does not belong to the partnership any more."), field="person"
        )
    leaver = people.get_person(leaving.person_id)
    successor = _person_of(leaving.successor) if leaving.follows != Follows.OPEN.value else None
    departure = Departure(
        partnership_id=opened.partnership.id,
        person_id=leaver.id,
        role_code=seat.role_codes[0] if seat else "",
        office=seat.label if seat else "",
        side=(table_side(seat.side) if seat else None) or (member.side if member else None),
        left_on=leaving.left_on,
        note=leaving.note,
        follows=Follows(leaving.follows),
        successor_id=successor.id if successor else None,
        reported_by=editor.email,
        reported_at=clock.now(),
    )
    already = HandoverRefused(
        say("This was written down already. Open the partnership's page again."), field="person"
    )
    db.session.add(departure)
    with translating(ONE_DEPARTURE, into=already):
        db.session.flush()
    departure.offices_before = end_offices(opened, departure, leaver)
    if successor is not None:
        departure.offices_before = [
            *departure.offices_before,
            *take_office(opened, departure, successor),
        ]
    begin_steps(departure, [team.id for team in opened.teams])
    carry_out(departure, _doing(departure, editor, leaver, successor))
    db.session.flush()
    tell(opened, departure, leaver, successor, editor)
    audit.record(
        "report_departure", subject_of(departure), by=editor.email, after=facts_of(departure)
    )
    return departure


def name_successor(
    opened: Opened,
    departure_id: UUID,
    successor: Successor,
    editor: Editor,
    *,
    interim: bool,
) -> Departure:
    """Name who follows somebody who left: the seats that wait are theirs, and they are invited.

    Raises ``NotAllowed``, ``NotFound``, or ``HandoverRefused`` when somebody was named already or
    the departure was undone.
    """
    _check_may(opened)
    departure = _held(opened, departure_id)
    if departure.successor_id is not None:
        raise HandoverRefused(say("Somebody was named already. Open the page again."))
    follows = Follows.INTERIM if interim else Follows.NAMED
    check_successor(successor, follows=follows.value, leaver=departure.person_id)
    person = _person_of(successor)
    if person.id == departure.person_id:
        raise HandoverRefused(say("Nobody follows themselves."), field="successor")
    departure.follows, departure.successor_id = follows, person.id
    departure.version += 1
    departure.offices_before = [
        *departure.offices_before,
        *take_office(opened, departure, person),
    ]
    carry_out(departure, _doing(departure, editor, departure.person, person))
    db.session.flush()
    db.session.refresh(departure)
    tell_named(opened, departure, person, editor)
    audit.record(
        "name_successor", subject_of(departure), by=editor.email, after=facts_of(departure)
    )
    return departure


def finish_departure(opened: Opened, departure_id: UUID, editor: Editor) -> Departure:
    """Do what waited for the host. Raises ``NotAllowed`` for anyone else, ``NotFound``."""
    if not opened.reader.manages:
        raise NotAllowed(say("This waits for the host."))
    departure = _held(opened, departure_id)
    changed = carry_out(departure, _doing(departure, editor, departure.person, departure.successor))
    audit.record(
        "finish_departure",
        subject_of(departure),
        by=editor.email,
        after={"changed": changed, "steps": outcomes_of(departure)},
    )
    return departure


def undo_departure(opened: Opened, departure_id: UUID, editor: Editor) -> Departure:
    """Take back that somebody left, as far as registration lets us: it was a mistake.

    Seats go back to them, who confirm anew since consents do not come back by themselves; the
    offices are as they were. Raises ``NotAllowed``, ``NotFound``, or ``HandoverRefused`` after
    thirty days, when the teams have gone on.
    """
    _check_may(opened)
    departure = _held(opened, departure_id)
    if not may_be_undone(departure):
        raise HandoverRefused(
            say(
                "That was more than 30 days ago, and the teams have gone on. Give the seats back "
                "one by one on the teams' pages."
            )
        )
    undo_offices(opened, departure, by=editor.email)
    take_back(departure, _doing(departure, editor, departure.person, departure.successor))
    departure.undone_at, departure.undone_by = clock.now(), editor.email
    departure.version += 1
    db.session.flush()
    outbox.supersede(subject_of(departure))
    told = [departure.person, *([departure.successor] if departure.successor else [])]
    for person in told:
        mail = emails.taken_back(opened.partnership, departure, to=person)
        outbox.promise(mail, about=subject_of(departure))
    audit.record(
        "undo_departure",
        subject_of(departure),
        by=editor.email,
        before=facts_of(departure),
        after={"steps": outcomes_of(departure)},
    )
    return departure


def may_be_undone(departure: Departure) -> bool:
    """Tell whether it is early enough to take a departure back."""
    return clock.now() - departure.reported_at <= UNDONE_WITHIN


def _check_may(opened: Opened) -> None:
    if not opened.may_edit:
        raise NotAllowed(say("The leads of both sides write this down, and the host does."))


def _afresh(opened: Opened) -> Opened:
    """Return the partnership as it is now that it is held: somebody may have been first."""
    db.session.expire_all()
    return structures.open_partnership(opened.partnership.id, opened.reader)


def _held(opened: Opened, departure_id: UUID) -> Departure:
    hold(Partnership.id, opened.partnership.id)
    departure = get_departure(opened, departure_id)
    db.session.refresh(departure)
    if departure.undone_at is not None:
        raise HandoverRefused(say("This was taken back already: it was a mistake."))
    return departure


def _person_of(successor: Successor) -> Person:
    if successor.person_id is not None:
        return people.get_person(successor.person_id)
    return people.person_for(people.identity_for(successor.email), name=successor.name)


def _doing(departure: Departure, editor: Editor, leaver: Person, successor: Person | None) -> Doing:
    reason = departure.note or say(
        "%(name)s left on %(day)s.",
        name=leaver.name or leaver.email,
        day=medium_date(departure.left_on),
    )
    return Doing(editor=editor, leaver=leaver, successor=successor, reason=reason)
