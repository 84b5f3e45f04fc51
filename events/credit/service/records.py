"""What people have earned at an institute, and what their certificates wait for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say
from events.credit.domain.counting import Earned, earn
from events.credit.domain.due import Due, due
from events.credit.domain.presence import Stayed
from events.credit.domain.rules import CreditPlan
from events.credit.models import Certificate, Evaluation, EvaluationPart, LicenceNumber
from events.credit.service.attending import Attendee, attendees_of, ends_at, slots_of, stayed
from events.credit.service.plans import plan_of
from events.institutes.models import Institute


@dataclass(frozen=True, kw_only=True)
class Record:
    """One person's attendance, what it gives, and what was issued for it."""

    attendee: Attendee
    stays: tuple[Stayed, ...]
    earned: tuple[Earned, ...]
    """Of each kind of credit that the person's roles can earn."""
    due: Due
    numbers: Mapping[str, str]
    """Licence numbers that the person gave, by name."""
    answered: bool
    certificate: Certificate | None = None
    """The one that stands."""
    withdrawn: Certificate | None = None
    """The last one, where staff withdrew it and none stands since."""

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which the person was there."""
        return tuple(dict.fromkeys(stay.on for stay in self.stays))

    @property
    def waits_for_evaluation(self) -> bool:
        """Whether a certificate is to be had that the rules give only after the evaluation.

        While it is not sure yet what the person gets, that is so if the roles can earn it.
        """
        unsure = self.due.lacking == "over" or self.open
        theirs = self.due.credits or (self.earned if unsure else ())
        return not self.answered and any(one.rule.evaluation for one in theirs)

    @property
    def open(self) -> tuple[Stayed, ...]:
        """Stays of which nobody recorded the end."""
        return tuple(stay for stay in self.stays if stay.open)


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everyone's records at one institute, and the plan they were counted by."""

    institute: Institute
    plan: CreditPlan
    people: Sequence[Record]


def records_of(institute: Institute, *, person_ids: Collection[UUID] | None = None) -> Records:
    """Return everyone who has a seat or was there, by name; always in as many queries."""
    plan = plan_of(institute)
    stays = stayed(institute, plan, person_ids=person_ids)
    attendees = {**_passers_by(stays), **attendees_of(institute, person_ids=person_ids)}
    slots, over = slots_of(institute), ends_at(institute)
    numbers = _numbers(attendees)
    answered = _answered(institute.id)
    issued, withdrawn = _issued(institute.id)
    now = clock.now()
    people = []
    for person_id, attendee in attendees.items():
        theirs = stays.get(person_id, ())
        if not attendee.expected and not theirs and person_id not in issued:
            continue
        earned = tuple(
            earn(rule, theirs, slots, attendee.role_codes)
            for rule in plan.for_roles(attendee.role_codes)
        )
        own = numbers.get(person_id, {})
        people.append(
            Record(
                attendee=attendee,
                stays=theirs,
                earned=earned,
                numbers=own,
                answered=person_id in answered,
                certificate=issued.get(person_id),
                withdrawn=withdrawn.get(person_id),
                due=due(
                    plan,
                    theirs,
                    earned,
                    numbers=own,
                    answered=person_id in answered,
                    ends_at=over,
                    now=now,
                ),
            )
        )
    people.sort(key=lambda one: (one.attendee.name.casefold(), str(one.attendee.person_id)))
    return Records(institute=institute, plan=plan, people=people)


def get_record(institute: Institute, person: Person | None) -> Record:
    """Return one person's record. Raises ``NotFound`` for who has nothing to do with it."""
    if person is not None:
        for record in records_of(institute, person_ids=[person.id]).people:
            return record
    raise NotFound(say("You have no place at this institute, so there is no credit of yours."))


def _passers_by(stays: Collection[UUID]) -> Mapping[UUID, Attendee]:
    """Return who was seen without a seat, e.g. because the seat's team is gone."""
    rows = db.session.scalars(select(Person).where(Person.id.in_(list(stays))))
    return {
        person.id: Attendee(person_id=person.id, name=person.name, email=person.email)
        for person in rows.unique()
    }


def _numbers(person_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    rows = select(LicenceNumber).where(LicenceNumber.person_id.in_(list(person_ids)))
    for row in db.session.scalars(rows):
        found.setdefault(row.person_id, {})[row.name] = row.number
    return found


def _answered(institute_id: UUID) -> frozenset[UUID]:
    """Return who has filled in the evaluation of the whole institute."""
    statement = (
        select(EvaluationPart.person_id)
        .join(Evaluation, EvaluationPart.evaluation_id == Evaluation.id)
        .where(Evaluation.institute_id == institute_id, Evaluation.about == "")
    )
    return frozenset(db.session.scalars(statement))


def _issued(
    institute_id: UUID,
) -> tuple[Mapping[UUID, Certificate], Mapping[UUID, Certificate]]:
    """Return the certificates that stand, and those withdrawn of people of whom none stands."""
    statement = (
        select(Certificate)
        .where(Certificate.institute_id == institute_id, Certificate.replaced_at.is_(None))
        .order_by(Certificate.issued_at, Certificate.id)
    )
    rows = db.session.scalars(statement).all()
    standing = {row.person_id: row for row in rows if row.valid}
    return standing, {row.person_id: row for row in rows if row.person_id not in standing}
