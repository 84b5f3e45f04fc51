"""What a person lets matched peers see, and whether the person is matched at all."""

from dataclasses import dataclass
from uuid import UUID

from cohorts.matching.service.people import people_of
from consortium.audit import service as audit
from consortium.errors import NotFound
from consortium.people.domain import ConsentTerm
from consortium.people.service import consents
from consortium.words import say
from events import facade
from events.facade import ParticipantView


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """What holds for one person at one institute; all of it is off unless the person says yes."""

    wants_peers: bool
    shares_email: bool
    shares_phone: bool


@dataclass(frozen=True, kw_only=True)
class OwnSharing(Sharing):
    """The same with whose it is and what it is about."""

    person_id: UUID
    email: str
    phone: str
    term: ConsentTerm | None
    """How long what was agreed to holds; when it has ended, nothing is shared."""


def sharing_in(view: ParticipantView) -> OwnSharing:
    """Return what this person lets peers see, with the values it is about."""
    return OwnSharing(
        person_id=view.person_id,
        wants_peers=view.wants_peers,
        shares_email=view.shares_email,
        shares_phone=view.shares_phone,
        email=view.email,
        phone=view.phone,
        term=view.consent_term,
    )


def sharing_of(institute_id: UUID, person_id: UUID | None) -> OwnSharing:
    """Return the person's agreement as it stands. Raises ``NotFound`` without a seat."""
    person = people_of(institute_id, only=[person_id]).get(person_id) if person_id else None
    if person is None:
        raise no_seat()
    return sharing_in(person.view)


def no_seat() -> NotFound:
    """Return the refusal of someone who has no confirmed seat here."""
    return NotFound(say("Peers are for people with a confirmed seat at this institute."))


def change_sharing(
    institute_id: UUID, person_id: UUID, wanted: Sharing, *, wording: str, by: str
) -> None:
    """Keep what the person agrees to from now on, in the words that were shown.

    Taking part off ends everything at once: peers see neither the contact nor the name. Raises
    ``NotFound`` for someone without a confirmed seat.
    """
    before = sharing_of(institute_id, person_id)
    facade.want_peers(institute_id, person_id, wanted=wanted.wants_peers)
    if wanted.wants_peers:
        consents.give_consent(
            person_id,
            institute_id,
            shares_email=wanted.shares_email,
            shares_phone=wanted.shares_phone,
            wording=wording,
        )
    else:
        consents.withdraw_consent(person_id, institute_id)
    audit.record(
        "change_sharing",
        f"person:{person_id}",
        by=by,
        before=_said(before),
        after=_said(wanted),
    )


def _said(sharing: Sharing) -> dict[str, bool]:
    return {
        "wants_peers": sharing.wants_peers,
        "shares_email": sharing.wants_peers and sharing.shares_email,
        "shares_phone": sharing.wants_peers and sharing.shares_phone,
    }
