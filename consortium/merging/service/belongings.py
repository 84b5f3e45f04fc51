"""The core's own rows that a person, or an LEA, has once: settled before two become one."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.merging.models import MergeKind
from consortium.merging.service.moves import Moves
from consortium.people.domain import CONSENT_COVERS
from consortium.people.models import Appointment, Consent
from consortium.tenants.models import StaffMember


def merge_belongings(moves: Moves) -> None:
    """Settle staff roles and consents that both records have. Flushes."""
    _one_of_each_role(moves)
    _stricter_consents(moves)
    db.session.flush()


def join_terms(moves: Moves) -> None:
    """Join terms that overlap once two people, or two LEAs, are one. Flushes.

    The office was held from the first day to the last.
    """
    of_people = moves.kind is MergeKind.PERSON
    merged = Appointment.person_id if of_people else Appointment.lea_id
    theirs = select(Appointment).where(merged.in_([moves.kept, moves.gone]))
    standing: dict[tuple[object, ...], Appointment] = {}
    for term in db.session.scalars(theirs.order_by(Appointment.begins_on, Appointment.id)).all():
        office = (term.role_id, term.site, term.lea_id if of_people else term.person_id)
        earlier = standing.get(office)
        if earlier is None or not earlier.term.overlaps(term.term):
            standing[office] = term
            continue
        ends = (earlier.ends_on, term.ends_on)
        last = None if None in ends else max(day for day in ends if day is not None)
        moves.change(earlier, ends_on=last)
        moves.remove(term)
    db.session.flush()


def _one_of_each_role(moves: Moves) -> None:
    """Let the staff role begun first stay."""
    live = select(StaffMember).where(
        StaffMember.person_id.in_([moves.kept, moves.gone]), StaffMember.ended_at.is_(None)
    )
    by_role = defaultdict(list)
    for member in db.session.scalars(live.order_by(StaffMember.began_at, StaffMember.id)):
        by_role[member.role].append(member)
    for _, *later in by_role.values():
        for member in later:
            moves.change(member, ended_at=clock.now())


def _stricter_consents(moves: Moves) -> None:
    """Show peers only what both records agreed to show.

    A record that agreed to nothing and was never asked does not count; one that took its
    consent back does.
    """
    theirs = select(Consent).where(Consent.person_id.in_([moves.kept, moves.gone]))
    by_institute: dict[UUID, list[Consent]] = defaultdict(list)
    for consent in db.session.scalars(theirs.order_by(Consent.given_at, Consent.id)):
        by_institute[consent.institute_id].append(consent)
    for institute_id, consents in by_institute.items():
        if {consent.person_id for consent in consents} == {moves.kept, moves.gone}:
            _keep_the_stricter(moves, institute_id, consents)


def _keep_the_stricter(moves: Moves, institute_id: UUID, consents: Sequence[Consent]) -> None:
    """Leave one live consent that covers no more than each record's did, or none."""
    live = [consent for consent in consents if consent.withdrawn_at is None]
    if not live:
        return
    both = len({consent.person_id for consent in live}) > 1
    email = both and all(consent.shares_email for consent in live)
    phone = both and all(consent.shares_phone for consent in live)
    now = clock.now()
    same = [c for c in live if both and (c.shares_email, c.shares_phone) == (email, phone)]
    stays = same[-1] if same else None
    for consent in live:
        if consent is not stays:
            moves.change(consent, withdrawn_at=now)
    if both and stays is None:
        moves.add(
            Consent(
                person_id=moves.kept,
                institute_id=institute_id,
                shares_email=email,
                shares_phone=phone,
                wording=str(CONSENT_COVERS),
                given_at=max(consent.given_at for consent in live),
            )
        )
