"""What must be true of everything that events store."""

from collections.abc import Sequence

from consortium.verify.domain import Check
from events.agenda.service import invariants as calendars
from events.billing.service import invariants as bills
from events.checkin.service import invariants as check_ins
from events.credit.service import invariants as credit
from events.deliverables.service import invariants as handed_in
from events.invoices.service import invariants as invoices
from events.ledger.service import invariants as books
from events.materials.service import invariants as handed_out
from events.payments.service import invariants as payments
from events.payments.service.stripe import invariants as cards
from events.registration.service.invariants import cancelled, edits, people, places, teams, waiting
from events.schedule.service import invariants as sessions
from events.schedule.service import invariants_of_proposals as proposals
from events.schedule.service import invariants_of_ranking as rankings

LOOSE_ENDS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("answer", "of_id", ("team", "seat")),
    ("application", "team_id", ("team",)),
    ("bill_extra", "seat_id", ("seat",)),
    ("calendar_invitation", "institute_id", ("institute",)),
    ("certificate", "replaces_id", ("certificate",)),
    ("consent", "institute_id", ("institute",)),
    ("disclosure", "institute_id", ("institute",)),
    ("journal_line", "institute_id", ("institute",)),
    ("journal_line", "invoice_id", ("invoice",)),
    ("journal_line", "payer_id", ("payer",)),
    ("journal_line", "payment_id", ("payment",)),
    ("place_wait", "institute_id", ("institute",)),
    ("seat", "replaces_id", ("seat",)),
    ("session_wait", "instead_of_id", ("session",)),
    ("stored_file", "uploaded_by", ("person",)),
    ("substitution_request", "institute_id", ("institute",)),
    ("team", "application_id", ("application",)),
)
"""Columns that name a row without a foreign key, and where that row may be."""


def checks() -> Sequence[Check]:
    """Return the checks of registration, of sessions, of the doors, of credit, papers and money."""
    return (
        *_of_registration(),
        *_of_sessions(),
        *rankings.CHECKS,
        *proposals.CHECKS,
        *calendars.CHECKS,
        *_of_check_in(),
        *_of_credit(),
        *_of_papers(),
        *_of_money(),
    )


def _of_sessions() -> Sequence[Check]:
    return (
        Check(
            code="I2-sessions",
            words="Nobody waits for more than a minute for a session with a free place.",
            find=sessions.passed_over,
        ),
        Check(
            code="I6-sessions",
            words="Nobody waits for a session for nothing.",
            find=sessions.waiting_for_nothing,
        ),
        Check(
            code="I34",
            words="Nobody chose two sessions at the same time.",
            find=sessions.in_two_places,
        ),
        Check(
            code="I34-rooms",
            words="No room and no presenter is needed twice at once, unless the host accepted it.",
            find=sessions.booked_twice,
        ),
    )


def _of_papers() -> Sequence[Check]:
    return (
        Check(
            code="I33-materials",
            words="What is handed out comes and goes when its wall time says.",
            find=handed_out.moments_off,
        ),
        Check(
            code="I33-due",
            words="What teams hand in is due when its wall time says.",
            find=handed_in.due_moments_off,
        ),
        Check(
            code="I44-materials",
            words="Each document that people get has its version.",
            find=handed_out.versions_lost,
        ),
        Check(
            code="I44-hand-ins",
            words="Every version that a team handed in is there.",
            find=handed_in.versions_left_out,
        ),
        Check(
            code="I9-hand-ins",
            words="Teams hand in what they were asked for, and what is accepted stays.",
            find=handed_in.handed_in_elsewhere,
        ),
    )


def _of_credit() -> Sequence[Check]:
    return (
        Check(
            code="I47-certificates",
            words="Each certificate gives what its stays come to by its rule.",
            find=credit.sums_off,
        ),
        Check(
            code="I47-standing",
            words="A person has one valid certificate of an institute.",
            find=credit.standing_twice,
        ),
        Check(
            code="I47-answers",
            words="Each who answered an evaluation has left answers, and nobody's name.",
            find=credit.answers_off,
        ),
        Check(
            code="I47",
            words="Nothing of attendance is kept past its time unless someone holds it.",
            find=credit.kept_too_long,
        ),
    )


def _of_money() -> Sequence[Check]:
    return (
        Check(
            code="I15",
            words="The books of each consortium sum to zero.",
            find=books.unbalanced_books,
        ),
        Check(
            code="I15-entries",
            words="Each entry of the journal balances and has all its lines.",
            find=books.unbalanced_entries,
        ),
        Check(
            code="I15-closed",
            words="Closed months hold what they held when they were closed.",
            find=books.changed_closed_months,
        ),
        Check(
            code="I15-invoices",
            words="Each invoice asks for what the books say.",
            find=invoices.not_as_booked,
        ),
        Check(
            code="I15-shares",
            words="The shares of a bill come to what is owed.",
            find=bills.shares_off,
        ),
        Check(
            code="I15-payers",
            words="Each payer is billed its share.",
            find=bills.invoices_off,
        ),
        Check(
            code="I15-codes",
            words="Each discount code counts the bills that use it.",
            find=bills.codes_miscounted,
        ),
        Check(
            code="I16",
            words="What Stripe reports is in the books once, and nothing else of it.",
            find=cards.not_one_entry_each,
        ),
        Check(
            code="I17",
            words="No more of a payment goes back than came.",
            find=payments.refunded_wrongly,
        ),
        Check(
            code="I17-owed",
            words="Refunds to pay out are what the books owe.",
            find=payments.refunds_owed_wrongly,
        ),
        Check(
            code="I19",
            words="Nothing is taken from who paid, or whose payment is on its way.",
            find=cards.paid_while_on_its_way,
        ),
        Check(
            code="I20",
            words="Money that belongs to nothing has someone looking at it.",
            find=payments.unwatched_money,
        ),
        Check(
            code="I21",
            words="A check has number, amount and day, and is where the books say.",
            find=payments.odd_checks,
        ),
        Check(
            code="I21-on-hand",
            words="The checks on hand are those of the books.",
            find=payments.checks_miscounted,
        ),
        Check(
            code="I21-deposits",
            words="Deposits add up to their checks.",
            find=payments.deposits_off,
        ),
        Check(
            code="I22",
            words="No number of a paper is left out or given twice.",
            find=invoices.numbers_left_out,
        ),
        Check(
            code="I22-revisions",
            words="Every revision of an invoice is kept.",
            find=invoices.revisions_lost,
        ),
        Check(
            code="I22-papers",
            words="Papers say what they said when they were issued.",
            find=invoices.unreadable_papers,
        ),
        Check(
            code="I24",
            words="Our books and Stripe agree to the cent.",
            find=cards.differences_with_stripe,
        ),
        Check(
            code="I24-messages",
            words="What Stripe reported was applied within three days.",
            find=cards.messages_not_applied,
        ),
    )


def _of_check_in() -> Sequence[Check]:
    return (
        Check(
            code="I45",
            words="Everyone is checked in once a day, as the scans say.",
            find=check_ins.check_ins_off,
        ),
    )


def _of_registration() -> Sequence[Check]:
    return (
        Check(code="I1", words="No pool and no session is oversold.", find=places.oversold),
        Check(
            code="I2",
            words="Nobody waits for more than a minute while there is room.",
            find=waiting.passed_over,
        ),
        Check(
            code="I3",
            words="What is counted as taken is what teams and people hold.",
            find=places.miscounted,
        ),
        Check(code="I4", words="No offer outlives its time.", find=waiting.overdue_offers),
        Check(code="I5", words="No limit is below what is held.", find=places.limited_too_low),
        Check(
            code="I6", words="Who waits has a position of his own.", find=waiting.without_position
        ),
        Check(code="I7", words="A team has all its places or none.", find=places.partly_placed),
        Check(
            code="I8",
            words="A person has one seat, an LEA one team.",
            find=people.seated_twice,
        ),
        Check(
            code="I9", words="What is said of a team's completeness is so.", find=teams.misjudged
        ),
        Check(
            code="I10",
            words="Each edit is in the history, and none was overwritten unseen.",
            find=edits.lost_edits,
        ),
        Check(
            code="I11", words="Each team has a lead, and one of a side.", find=teams.without_lead
        ),
        Check(
            code="I12",
            words="Who gave a seat back has nothing of it any more.",
            find=people.still_holding,
        ),
        Check(
            code="I30",
            words="Nothing of a cancelled institute still waits, and everyone reads why.",
            find=cancelled.still_waiting,
        ),
    )
