"""Every column that may name a person or an LEA is known: a new one has to be thought about."""

import pytest
from sqlalchemy import Uuid

from consortium import schema
from consortium.merging.models import MergeKind
from consortium.merging.service.references import references
from consortium.tenancy import owned_tables

pytestmark = pytest.mark.pure

# What happens to it in a merge: "moves" by itself, or what sees to it that it can.
OF_PEOPLE = {
    "application.applicant_id": "moves",
    "appointment.person_id": "overlapping terms of one office are joined: belongings",
    "association_helper.person_id": "one live helper: reports.consents",
    "badge.person_id": "one live badge: registration.merged",
    "body_member.person_id": "moves",
    "call_time.by_id": "moves",
    "cohort_staff.person_id": "one assignment of each kind: learning.coaching",
    "continuing.labor_id": "moves",
    "continuing.management_id": "moves",
    "follow_up.person_id": "one of a match and number: matching.merged",
    "make_up.person_id": "one for a missed meeting: learning.merged",
    "peer_request.from_id": "none to oneself: matching.merged",
    "peer_request.to_id": "none to oneself: matching.merged",
    "calendar_feed.person_id": "both end: wiring",
    "calendar_invitation.person_id": "one row of each thing: calendar.merged",
    "calendar_notice.person_id": "one that waits: agenda.notices",
    "certificate.person_id": "one that is valid at an institute: credit.merged",
    "check_in.person_id": "one of a day, as all scans say: checkin.merged",
    "contact_offer.person_id": "the stricter counts: handover.merged",
    "contact_shown.of_person_id": "one of a day: handover.merged",
    "contact_shown.to_person_id": "one of a day: handover.merged",
    "departure.person_id": "one of a day: handover.merged",
    "departure.successor_id": "moves",
    "handover_tick.person_id": "one tick of each thing: handover.merged",
    "consent.person_id": "the stricter counts: belongings",
    "disclosure.of_person_id": "moves",
    "disclosure.to_person_id": "moves",
    "evaluation_part.person_id": "one answer to an evaluation: credit.merged",
    "hand_in_agreement.person_id": "moves: one agreement of a party anyway",
    "evidence.person_id": "moves",
    "goal.labor_owner_id": "moves",
    "goal.management_owner_id": "moves",
    "goal_reading.person_id": "moves",
    "coach_note.person_id": "moves",
    "lesson_agreement.person_id": "moves: one agreement of a side anyway",
    "plan_comment.person_id": "moves",
    "plan_signature.person_id": "moves: one signature of a side anyway",
    "readiness_answer.person_id": "one answer to a duty: plans.merged",
    "reflection.person_id": "one look back on a meeting: reflections.merged",
    "licence_number.person_id": "one number of a kind: credit.merged",
    "name_consent.person_id": "the stricter counts: reports.consents",
    "peer_match.first_id": "no pair with oneself, none twice: matching.merged",
    "peer_match.second_id": "no pair with oneself, none twice: matching.merged",
    "match_lock.first_id": "never is stricter, none with oneself: matching.merged",
    "match_lock.second_id": "never is stricter, none with oneself: matching.merged",
    "peer_limit.person_id": "one limit of a person, the stricter: matching.merged",
    "person.merged_into_id": "moves: who was merged into the gone one is the kept one",
    "scan.person_id": "moves",
    "seat.person_id": "one seat at an institute: registration.merged",
    "staff_member.person_id": "one live row of a role: belongings",
    "stored_file.uploaded_by": "moves",
    "team_lead.person_id": "one lead of a team: registration.merged",
}
OF_LEAS = {
    "application.lea_id": "one live application: intake",
    "appointment.lea_id": "moves",
    "institute_invitation.lea_id": "one live invitation: intake",
    "match_standing.lea_id": "the stricter counts: matching.merged",
    "partnership.lea_id": "one of a place: learning.partnerships",
    "office_answer.lea_id": "one answer: registration.merged_leas",
    "payer.lea_id": "moves: two payers of one LEA stay two",
    "team.lea_id": "two teams are refused: registration.merged_leas",
}
# Columns with an id and no foreign key, and what they name: no person.
OF_OTHERS = {
    "answer.of_id": "team or seat",
    "application.team_id": "team",
    "bill_extra.seat_id": "seat",
    "calendar_invitation.institute_id": "institute",
    "calendar_invitation.mail_id": "outbox_email, for as long as it is kept",
    "calendar_notice.mail_id": "outbox_email, until it has left",
    "certificate.replaces_id": "certificate",
    "consent.institute_id": "institute",
    "continuing.carried_id": "team",
    "survey_place.pseudonym": "nobody who could be found by it",
    "survey_reply.pseudonym": "nobody who could be found by it",
    "survey_ties.pseudonym": "nobody who could be found by it",
    "departure_step.heir_id": "seat",
    "departure_step.seat_id": "seat",
    "disclosure.institute_id": "institute",
    "journal_line.institute_id": "institute",
    "journal_line.invoice_id": "invoice",
    "journal_line.payer_id": "payer",
    "journal_line.payment_id": "payment",
    "lead_invitation.replaces_lead_id": "team_lead, which merged sees to",
    "place_wait.institute_id": "institute",
    "programme_release_change.session_id": "session, which the log outlives",
    "seat.replaces_id": "seat",
    "session_wait.instead_of_id": "session",
    "substitution_request.institute_id": "institute",
    "team.application_id": "application",
}


def found(kind: MergeKind) -> set[str]:
    return {f"{model.__tablename__}.{name}" for model, name in references(kind)}


def test_every_reference_to_a_person_is_thought_about() -> None:
    assert found(MergeKind.PERSON) == set(OF_PEOPLE)


def test_every_reference_to_an_lea_is_thought_about() -> None:
    assert found(MergeKind.LEA) == set(OF_LEAS)


def test_every_id_without_a_foreign_key_is_thought_about() -> None:
    loose = {
        f"{name}.{column.name}"
        for name in owned_tables()
        for column in schema.tables[name].columns
        if isinstance(column.type, Uuid)
        and not column.foreign_keys
        and column.name not in {"id", "tenant_id"}
    }
    assert loose - found(MergeKind.PERSON) == set(OF_OTHERS)


def test_every_column_that_sounds_like_an_lea_has_a_foreign_key() -> None:
    called_so = {
        f"{name}.{column.name}"
        for name in owned_tables()
        for column in schema.tables[name].columns
        if "lea" in column.name.split("_")
    }
    assert called_so == set(OF_LEAS)
