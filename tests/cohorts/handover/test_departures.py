"""A leader leaves: seats end or go on in one act, offices end, and a mistake is taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import HandoverRefused, Successor
from cohorts.handover.models import StepOutcome
from cohorts.structures import service as structures
from cohorts.structures.service import OfficeDraft
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import NotAllowed, NotFound
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import OfficeRefused, Term
from consortium.tenants.models import Tenant
from events.institutes.domain import JointActKind
from events.registration import service as registration
from tests.cohorts.handover.stage import TODAY, Stage, mails, make_stage

KIM = {"name": "Kim Day", "email": "kim@example.org"}


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def outcomes(departure: object) -> dict[str, str]:
    return {step.kind.value: step.outcome.value for step in departure.steps}  # type: ignore[attr-defined]


def line(stage: Stage) -> list[tuple[str, date, date | None, bool]]:
    (found,) = [
        one for one in structures.lines_of(stage.opened()) if one.role_code == "superintendent"
    ]
    return [(one.name, one.begins_on, one.ends_on, one.interim) for one in found.terms]


def test_the_host_names_an_interim_and_nothing_of_the_past_is_lost(stage: Stage) -> None:
    done = stage.leave("sam", follows="interim", **KIM)

    assert outcomes(done) == {"seat": "given", "lead": "given"}
    assert stage.seats()[0] == ("superintendent", "Sam1", "replaced")
    assert ("superintendent", "Kim Day", "invited") in stage.seats()
    assert stage.leads() == {"management": "kim@example.org", "labor": "ana1@example.org"}
    assert line(stage) == [
        ("Sam1", date(2026, 2, 1), TODAY, False),
        ("Kim Day", TODAY + timedelta(days=1), None, True),
    ]
    chain = registration.history_of(stage.team.id, stage.editor(), 1).chains
    assert [[one.name for one in seats] for seats in chain] == [["Sam1", "Kim Day"]]
    assert ("sam1@example.org", "You have left District 1") in mails()
    assert ("kim@example.org", "Your hand-over: District 1") in mails()
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "report_departure")
    ).all()
    assert [entry.actor for entry in entries] == ["host@example.org"]


def test_who_left_reads_only_the_own_past(stage: Stage) -> None:
    sam = stage.reader("sam")
    stage.leave("sam", follows="named", **KIM)
    with pytest.raises(NotFound):
        structures.open_partnership(stage.partnership.id, sam)
    (seat,) = structures.past_of(stage.partnership.id, sam).seats
    assert (seat.where, seat.until) == (stage.institute.title, TODAY)
    with pytest.raises(NotFound):
        structures.past_of(stage.partnership.id, stage.reader())


def test_seats_wait_until_the_successor_is_named(stage: Stage) -> None:
    done = stage.leave("sam")
    assert outcomes(done) == {"seat": "kept", "lead": "ended"}
    assert ("superintendent", "", "unclaimed") in stage.seats()
    assert stage.leads() == {"labor": "ana1@example.org"}

    with transaction():
        named = handover.name_successor(
            stage.opened(), done.id, Successor(**KIM), stage.editor(), interim=False
        )

    assert outcomes(named) == {"seat": "given", "lead": "given"}
    assert ("superintendent", "Kim Day", "invited") in stage.seats()
    assert stage.leads()["management"] == "kim@example.org"
    assert line(stage)[-1] == ("Kim Day", TODAY + timedelta(days=1), None, False)
    with pytest.raises(HandoverRefused, match="named already"):
        handover.name_successor(
            stage.opened(), done.id, Successor(**KIM), stage.editor(), interim=False
        )


def test_the_other_lead_reports_it_and_asks_who_leads(stage: Stage) -> None:
    done = stage.leave("sam", by="ana", follows="named", **KIM)
    assert outcomes(done) == {"seat": "given", "lead": "asked"}
    assert stage.leads() == {"labor": "ana1@example.org"}
    assert "Sam1 left District 1" in [subject for _, subject in mails()]


def test_what_who_leads_no_team_writes_down_waits_for_the_host_each_time(tenant: Tenant) -> None:
    stage = make_stage(both_lead=False)
    done = stage.leave("sam", by="ana")
    assert outcomes(done) == {"seat": "waits", "lead": "waits"}
    assert {one.why for one in done.steps} == {"A lead of this team does this, or the host."}
    told = select(OutboxEmail.text).where(OutboxEmail.subject.startswith("You have left"))
    assert "end as soon as the host has seen to it" in db.session.scalars(told).one()
    with transaction():
        handover.finish_departure(stage.opened(), done.id, stage.editor())
    assert ("superintendent", "", "unclaimed") in stage.seats()

    with transaction():
        handover.name_successor(
            stage.opened("ana"), done.id, Successor(**KIM), stage.editor("ana"), interim=False
        )
    waiting = [to for to, subject in mails() if subject.startswith("Waits for you")]
    assert waiting == [tenant.reply_address] * 2
    with transaction():
        named = handover.finish_departure(stage.opened(), done.id, stage.editor())
    assert not named.waits
    assert ("superintendent", "Kim Day", "invited") in stage.seats()
    assert stage.leads() == {"management": "kim@example.org"}


def test_what_both_have_to_agree_to_waits_for_the_host(stage: Stage) -> None:
    stage.institute.joint_acts = [JointActKind.SUBSTITUTE.value]
    db.session.commit()
    done = stage.leave("sam", by="ana", follows="named", **KIM)
    step = next(one for one in done.steps if one.kind.value == "seat")
    assert step.outcome is StepOutcome.WAITS
    assert "agree" in step.why
    assert ("superintendent", "Sam1", "confirmed") in stage.seats()

    with pytest.raises(NotAllowed):
        handover.finish_departure(stage.opened("ana"), done.id, stage.editor("ana"))
    with transaction():
        finished = handover.finish_departure(stage.opened(), done.id, stage.editor())
    assert outcomes(finished)["seat"] == "given"


def test_a_lead_hands_over_the_own_place(stage: Stage) -> None:
    done = stage.leave("sam", by="sam", follows="named", **KIM)
    assert outcomes(done) == {"seat": "given", "lead": "asked"}
    assert stage.leads()["management"] == "sam1@example.org"  # until the successor says yes


def test_a_member_who_follows_leaves_the_own_seat_open(stage: Stage) -> None:
    """RU8: a building rep becomes president; the old seat is closed, and both chains are kept."""
    tea = stage.person("tea")
    stage.leave("ana", follows="named", person_id=tea.id)
    assert ("principal", "", "unclaimed") in stage.seats()
    assert ("principal", "Tea1", "replaced") in stage.seats()
    assert ("union_leader", "Tea1", "invited") in stage.seats()
    chains = registration.history_of(stage.team.id, stage.editor(), 1).chains
    assert sorted([one.name for one in seats] for seats in chains) == [
        ["Ana1", "Tea1"],
        ["Tea1", ""],
    ]


def test_a_mistake_is_taken_back(stage: Stage) -> None:
    done = stage.leave("sam", follows="named", **KIM)
    with transaction():
        undone = handover.undo_departure(stage.opened(), done.id, stage.editor())

    assert outcomes(undone) == {"seat": "restored", "lead": "restored"}
    assert ("superintendent", "Sam1", "invited") in stage.seats()
    assert stage.leads()["management"] == "sam1@example.org"
    assert [one for one in structures.lines_of(stage.opened()) if one.terms] == []
    assert handover.departures_of([stage.partnership.id]) == []
    with pytest.raises(HandoverRefused, match="taken back already"):
        handover.undo_departure(stage.opened(), done.id, stage.editor())


def test_an_office_that_was_written_down_ends_and_resumes(stage: Stage) -> None:
    sam = stage.person("sam")
    draft = OfficeDraft(
        role_code="superintendent", person_id=sam.id, term=Term(begins_on=date(2020, 7, 1))
    )
    with transaction():
        structures.write_office(stage.opened(), draft)
    with pytest.raises(OfficeRefused, match="Sam1 holds this office"), transaction():
        structures.write_office(
            stage.opened(),
            OfficeDraft(
                role_code="superintendent",
                person_id=None,
                name="Kim Day",
                email="kim@example.org",
                term=Term(begins_on=date(2026, 1, 1)),
            ),
        )
    done = stage.leave("sam", left_on=date(2026, 2, 28))
    assert line(stage) == [("Sam1", date(2020, 7, 1), date(2026, 2, 28), False)]
    with transaction():
        handover.undo_departure(stage.opened(), done.id, stage.editor())
    assert line(stage) == [("Sam1", date(2020, 7, 1), None, False)]
    with pytest.raises(NotAllowed, match="other side"):
        structures.write_office(stage.opened("ana"), draft)


@pytest.mark.parametrize(
    ("days", "words"), [(1, "on the last day itself"), (-500, "more than a year ago")]
)
def test_days_that_make_no_sense_are_explained(stage: Stage, days: int, words: str) -> None:
    with pytest.raises(HandoverRefused, match=words):
        stage.leave("sam", left_on=TODAY + timedelta(days=days))


def test_nobody_leaves_twice_or_follows_themselves(stage: Stage) -> None:
    with pytest.raises(HandoverRefused, match="Choose who follows"):
        stage.leave("sam", follows="named")
    with pytest.raises(HandoverRefused, match="follows themselves"):
        stage.leave("sam", follows="named", person_id=stage.person("sam").id)
    stage.leave("sam")
    with pytest.raises(HandoverRefused, match="does not belong"):
        stage.leave("sam")
    with pytest.raises(NotAllowed):
        stage.leave("ana", by="bo")
