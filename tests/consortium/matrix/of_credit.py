"""The routes of credit: who may call what, and what is written down about each act."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from consortium.database import db, transaction
from events.checkin.models import CheckIn
from events.credit.domain.presets import IEIN
from events.credit.service import certificates, evaluations, give_licence
from events.institutes.models import Institute, RecordHold
from events.registration.models import Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, RUNS_IT, SIGNED_IN, Answer, Policy
from tests.events.credit.stage import ACADEMY, ILLINOIS, give, was_there
from tests.factories import NOON, make_institute, make_lea, make_session, make_team

PAST = {"slug": "past_slug"}
OVER = "2026-02-20"
runs_it = Policy(may=RUNS_IT, names=PAST)
signed_in = Policy(may=SIGNED_IN)
was_here = Policy(may=frozenset({"lead", "member"}), others=Answer.MISSING, names=PAST)
answers = Policy(
    may=was_here.may, others=Answer.MISSING, names={**PAST, "about": "evaluation_part"}
)
own_number = Policy(
    may=frozenset({"member"}), others=Answer.MISSING, names={**PAST, "name": "licence_name"}
)
gives_number = Policy(may=was_here.may, others=Answer.MISSING, names=own_number.names)
own_paper = Policy(
    may=frozenset({"lead"}),
    others=Answer.MISSING,
    names={"certificate_id": "leads_certificate_id"},
)
a_rule = Policy(may=RUNS_IT, names={**PAST, "number": "number"})
begins = Policy(may=RUNS_IT, names={**PAST, "kind": "credit_kind"})
an_evaluation = Policy(may=RUNS_IT, names={**PAST, "about": "evaluation_part"})
a_part = Policy(may=RUNS_IT, names={**PAST, "about": "evaluated_session"})
a_paper = Policy(may=RUNS_IT, names={**PAST, "certificate_id": "leads_certificate_id"})

POLICIES: Mapping[str, Policy] = {
    "credit.add_evaluation POST": runs_it,
    "credit.add_rule GET": begins,
    "credit.add_rule POST": begins,
    "credit.asked GET": runs_it,
    "credit.attendance GET": runs_it,
    "credit.certificate GET": own_paper,
    "credit.certificate_file GET": own_paper,
    "credit.certificates GET": signed_in,
    "credit.change_rule GET": a_rule,
    "credit.change_rule POST": a_rule,
    "credit.claim POST": was_here,
    "credit.evaluation GET": answers,
    "credit.evaluation POST": answers,
    "credit.forget_number POST": own_number,
    "credit.give_number POST": gives_number,
    "credit.hold POST": runs_it,
    "credit.issue POST": runs_it,
    "credit.issue_all POST": runs_it,
    "credit.lift POST": Policy(may=RUNS_IT, names={"slug": "held_slug"}),
    "credit.manage GET": runs_it,
    "credit.mine GET": was_here,
    "credit.people GET": runs_it,
    "credit.person GET": runs_it,
    "credit.purge POST": Policy(may=RUNS_IT, names={"slug": "old_slug"}),
    "credit.records GET": runs_it,
    "credit.remind POST": runs_it,
    "credit.remove_evaluation POST": a_part,
    "credit.remove_rule GET": Policy(may=RUNS_IT, names=PAST, looks_nothing_up=True),
    "credit.remove_rule POST": a_rule,
    "credit.results GET": an_evaluation,
    "credit.results_file GET": an_evaluation,
    "credit.settings GET": runs_it,
    "credit.settings POST": runs_it,
    "credit.staff_file GET": a_paper,
    "credit.transcript GET": signed_in,
    "credit.verify GET": Policy(may=EVERYONE, names={"token": "certificate_token"}),
    "credit.withdraw GET": a_paper,
    "credit.withdraw POST": a_paper,
    "credit.write GET": an_evaluation,
    "credit.write POST": an_evaluation,
}
ACTS: Mapping[str, Act] = {
    "credit.add_evaluation POST": Act(
        named="add_evaluation", fills={"part": f"day:{OVER}"}, on="credit.asked GET"
    ),
    "credit.add_rule POST": Act(named="change_credit"),
    "credit.change_rule POST": Act(named="change_credit", fills={"name": "Other hours"}),
    "credit.claim POST": Act(named="issue_certificate", by="member", on="credit.mine GET"),
    "credit.evaluation POST": Act(
        named="answer_evaluation",
        by="member",
        fills={"answer_1": "5", "answer_2": "4"},
        changes=False,
    ),
    "credit.forget_number POST": Act(named="take_back_licence", by="member", on="credit.mine GET"),
    "credit.give_number POST": Act(
        named="give_licence", by="member", fills={"number": "7654321"}, on="credit.mine GET"
    ),
    "credit.hold POST": Act(
        named="place_hold", fills={"reason": "An audit."}, on="credit.records GET"
    ),
    "credit.issue POST": Act(named="issue_certificate", on="credit.person GET"),
    "credit.issue_all POST": Act(named="issue_all_certificates", on="credit.people GET"),
    "credit.lift POST": Act(named="lift_hold"),
    "credit.purge POST": Act(named="purge_attendance"),
    "credit.remind POST": Act(named="remind_of_evaluation", on="credit.asked GET"),
    "credit.remove_evaluation POST": Act(named="remove_evaluation", on="credit.asked GET"),
    "credit.remove_rule POST": Act(named="change_credit", fills={"version": "1"}),
    "credit.settings POST": Act(named="change_credit", fills={"signers": "Ada Lake, Director"}),
    "credit.withdraw POST": Act(named="withdraw_certificate", fills={"why": "A mistake."}),
    "credit.write POST": Act(named="change_evaluation", fills={"rates_sessions": "y"}),
}


def credit_things(mine: Team, slug: str, number: int) -> dict[str, Any]:
    """Let the lead and the member of a team have been somewhere; issue the lead's certificate."""
    lead, member = (seat.person for seat in mine.seats)
    past = _held(f"{slug}-past", date.fromisoformat(OVER))
    make_team(
        past,
        make_lea(f"34{number}0077", f"Past of {slug}"),
        {lead.email: "superintendent", member.email: "principal"},
    )
    give(past, {**ACADEMY, "roles": ["principal"]}, {**ILLINOIS, "roles": ["superintendent"]})
    for person in (lead, member):
        was_there(past, person, "08:40", "12:00", on=OVER)
    with transaction():
        paper = certificates.issue(past, lead.id, by="test")
        give_licence(member, IEIN, "1234567", by="test")
        evaluations.add_evaluation(past, "session:talk", by="test")
    held, old = _held(f"{slug}-held", date(2010, 5, 1)), _held(f"{slug}-old", date(2010, 5, 1))
    hold = RecordHold(
        institute_id=held.id, reason="A court asked.", placed_at=NOON, placed_by="test"
    )
    seen = CheckIn(
        institute_id=old.id,
        person_id=member.id,
        on=date(2010, 5, 1),
        arrived_at=datetime(2010, 5, 1, 13, tzinfo=UTC),
        changed_at=NOON,
    )
    db.session.add_all([hold, seen])
    db.session.commit()
    return {
        "past_slug": past.slug,
        "held_slug": held.slug,
        "old_slug": old.slug,
        "licence_name": "IEIN",
        "credit_kind": "clock",
        "evaluation_part": "whole",
        "evaluated_session": "session:talk",
        "leads_certificate_id": paper.id,
        "certificate_token": paper.token,
    }


def _held(slug: str, on: date) -> Institute:
    institute = make_institute(slug, title=f"Institute {slug}", days=[on])
    make_session(institute, "talk", f"{on}T09:00", f"{on}T12:00")
    return institute
