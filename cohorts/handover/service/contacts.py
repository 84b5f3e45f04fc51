"""Whom a successor may reach: by consent only, and everyone sees who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from cohorts.handover.models import ONE_OFFER, ContactOffer, ContactShown
from cohorts.structures.service import Opened
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, insert_into, translating
from consortium.errors import Conflict, NotFound
from consortium.people.models import Person
from consortium.tenancy import require_tenant
from consortium.words import say

WORDING = say(
    "Whoever speaks for a side of this partnership, now or later, may see how to reach me. I can "
    "end this at any time, and I see who looked."
)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How somebody may be reached who agreed to it."""

    person_id: UUID
    name: str
    email: str
    """Empty where the person does not share it."""
    phone: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What is shown of it."""
        shown = (("email", self.email), ("phone", self.phone))
        return tuple(name for name, value in shown if value)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A line of who saw somebody's contact."""

    on: date
    name: str
    fields: Sequence[str]


def offer_of(opened: Opened) -> ContactOffer | None:
    """Return what the reader agreed to show in this partnership, if anything."""
    return db.session.scalar(
        select(ContactOffer).where(
            ContactOffer.partnership_id == opened.partnership.id,
            ContactOffer.person_id == opened.reader.person_id,
            ContactOffer.withdrawn_at.is_(None),
        )
    )


def change_offer(opened: Opened, *, email: bool, phone: bool) -> None:
    """Keep what the reader lets the others see from now on; nothing withdraws it.

    Raises ``NotFound`` for whoever does not belong to the partnership.
    """
    person_id = opened.reader.person_id
    if person_id is None or opened.who.member(person_id) is None:
        raise NotFound(say("You do not belong to this partnership."))
    before = offer_of(opened)
    if before is not None:
        before.withdrawn_at = clock.now()
        db.session.flush()
    if email or phone:
        db.session.add(
            ContactOffer(
                partnership_id=opened.partnership.id,
                person_id=person_id,
                shares_email=email,
                shares_phone=phone,
                wording=str(WORDING),
                given_at=clock.now(),
            )
        )
        at_once = Conflict(say("You changed this at the same moment. Look at the page again."))
        with translating(ONE_OFFER, into=at_once):
            db.session.flush()
    audit.record(
        "change_contact_offer",
        f"partnership:{opened.partnership.id}",
        by=opened.reader.email,
        before={"email": bool(before and before.shares_email),
                "phone": bool(before and before.shares_phone)},
        after={"email": email, "phone": phone},
    )  # fmt: skip


def contacts_for(opened: Opened) -> Sequence[Contact]:
    """Return whom the reader may reach: only who speaks for a side sees contacts at all."""
    if opened.side is None:
        return []
    rows = db.session.scalars(
        select(ContactOffer)
        .join(Person, ContactOffer.person_id == Person.id)
        .where(
            ContactOffer.partnership_id == opened.partnership.id,
            ContactOffer.withdrawn_at.is_(None),
            ContactOffer.person_id != opened.reader.person_id,
        )
        .options(joinedload(ContactOffer.person))
        .order_by(Person.name, Person.id)
    ).unique()
    return [
        Contact(
            person_id=one.person_id,
            name=one.person.name or one.person.email,
            email=one.person.email if one.shares_email else "",
            phone=one.person.phone if one.shares_phone else "",
        )
        for one in rows
    ]


def unrecorded(opened: Opened, contacts: Sequence[Contact], form: str) -> Sequence[Contact]:
    """Return whose contact was not yet shown to the reader today in this form."""
    known = set(
        db.session.scalars(
            select(ContactShown.of_person_id).where(
                ContactShown.partnership_id == opened.partnership.id,
                ContactShown.to_person_id == opened.reader.person_id,
                ContactShown.on == opened.today,
                ContactShown.form == form,
            )
        )
    )
    return [one for one in contacts if one.person_id not in known and one.fields]


def record_shown(opened: Opened, contacts: Sequence[Contact], form: str) -> None:
    """Write down whose contact is about to be shown; a day's second look adds nothing. Flushes."""
    rows = [
        {
            "tenant_id": require_tenant(),
            "partnership_id": opened.partnership.id,
            "of_person_id": one.person_id,
            "to_person_id": opened.reader.person_id,
            "on": opened.today,
            "form": form,
            "fields": list(one.fields),
            "at": clock.now(),
        }
        for one in contacts
    ]
    if rows:
        db.session.execute(insert_into(ContactShown).on_conflict_do_nothing(), rows)


def who_looked(opened: Opened) -> Sequence[Looked]:
    """Return who saw the reader's contact in this partnership, the latest first."""
    to = aliased(Person)
    rows = db.session.execute(
        select(ContactShown.on, to.name, ContactShown.fields)
        .join(to, ContactShown.to_person_id == to.id)
        .where(
            ContactShown.partnership_id == opened.partnership.id,
            ContactShown.of_person_id == opened.reader.person_id,
        )
        .order_by(ContactShown.on.desc(), to.name)
    )
    looked = (
        Looked(on=on, name=name or say("Somebody"), fields=tuple(fields))
        for on, name, fields in rows
    )
    return list(dict.fromkeys(looked))  # on the page and on paper: one look
