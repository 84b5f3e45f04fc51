"""What partnerships do in a cohort's year: a plan of both sides, surveys, peers; and the report."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from cohorts.learning.domain.partners import TableSide
from cohorts.matching import service as matching
from cohorts.matching.domain.searching import Wish
from cohorts.plans import service as plans
from cohorts.plans.domain import GoalSpec, Phase, Reading, Standing
from cohorts.plans.service import Reader, Step
from cohorts.reports.domain.scope import Period, ReportKind, Scope
from cohorts.reports.domain.tables import Cell, Report
from cohorts.reports.exports.files import Imprint, files_of
from cohorts.reports.service import publishing
from cohorts.reports.service.running import run_report
from cohorts.surveys.domain.starter import starter
from cohorts.surveys.models import WaveKind
from cohorts.surveys.service import answering, instruments, results, roster, waves
from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people import service as people
from tests.cohorts.surveys import stage
from tests.scenarios.year import HOST, Year, to_whom

Pairs = set[frozenset[UUID]]
SPEAKERS = {TableSide.LABOR: "union_leader", TableSide.MANAGEMENT: "superintendent"}


# A plan that both sides own.


def speaker(year: Year, lea: Lea, side: TableSide) -> Reader:
    """Return who speaks for a side of an LEA's partnership now."""
    person = people.get_person(year.holder(lea, SPEAKERS[side]))
    return Reader(email=person.email, person_id=person.id)


def agree_on_plans(year: Year, *, meets: date, due: date) -> Mapping[str, tuple[UUID, UUID]]:
    """Let each partnership write a plan of one goal, and both sides sign it; return their ids."""
    written = {lea.id: write_plan(year, lea, meets=meets, due=due) for lea in year.leas}
    for lea in year.leas:
        sign_plan(year, lea, written[lea.id][0])
    return written


def write_plan(year: Year, lea: Lea, *, meets: date, due: date) -> tuple[UUID, UUID]:
    """Write a plan with one goal that both sides own; return the two ids."""
    labor, management = (speaker(year, lea, side) for side in TableSide)
    goal = GoalSpec(
        title="More third graders read at grade level",
        students=True,
        measure="State reading test, grade 3",
        unit="%",
        baseline=Decimal(60),
        target=Decimal(70),
        due=due,
        labor_owner=labor.person_id,
        management_owner=management.person_id,
    )
    with transaction():
        plan = plans.begin_plan(year.partnership(lea).id, "Every child reads.", labor)
    with transaction():
        steps = [Step(title="Pick the books", due=due)]
        made = plans.add_goal(plan.id, goal, Phase.PREPARE, steps, management)
    with transaction():
        plans.set_next_meeting(plan.id, meets, "Union hall", 3, labor)
    return plan.id, made.id


def sign_plan(year: Year, lea: Lea, plan_id: UUID) -> None:
    """Let each side sign the version that it reads."""
    for side in TableSide:
        reader = speaker(year, lea, side)
        page = plans.page_of(plan_id, reader)
        assert page.lacks == ()
        with transaction():
            plans.sign(plan_id, page.plan.number, page.digest, f"{lea.name} {side}", reader)
    assert plans.page_of(plan_id, reader).standing is Standing.SIGNED


def take_plan_over(year: Year, lea: Lea, plan_id: UUID, successor: Reader, *, meets: date) -> None:
    """Let a successor own the goal and name the next meeting, and both sides sign version 2."""
    (page,) = plans.page_of(plan_id, successor).goals
    (side,) = [one.side for one in page.owners if one.left]
    goal, own = page.goal, f"{side.value}_owner"
    spec = replace(goal.spec, **{own: successor.person_id})
    steps = [Step(title=one.title, due=one.due, id=one.id) for one in goal.milestones]
    with transaction():
        plans.change_goal(plan_id, goal.id, spec, steps, goal.version, successor)
    with transaction():
        plans.set_next_meeting(plan_id, meets, "Board room", 3, successor)
    sign_plan(year, lea, plan_id)
    assert plans.page_of(plan_id, successor).plan.number == 2


def measure(year: Year, written: Mapping[str, tuple[UUID, UUID]], *values: str) -> None:
    """Write down what was measured today of each partnership's goal."""
    for lea, value in zip(year.leas, values, strict=True):
        reading = Reading(on=clock.now().date(), value=Decimal(value))
        reader = speaker(year, lea, TableSide.MANAGEMENT)
        with transaction():
            plans.record_reading(*written[lea.id], reading, "", reader)


# A survey, twice.


def ask(year: Year, kind: WaveKind, opens: str, closes: str, *, former: UUID | None = None) -> UUID:
    """Plan a wave that asks everyone with a seat, and let it open on its morning.

    A wave after a ``former`` one asks in the same words.
    """
    if former is None:
        with transaction():
            asked = instruments.write_instrument(starter(), by=HOST).id
    else:
        asked = waves.get_wave(former).instrument_id
    last = date.fromisoformat(closes)
    plan = stage.plan(
        kind=kind,
        opens_on=date.fromisoformat(opens),
        closes_on=last,
        names_until=last.replace(year=last.year + 1),
    )
    with transaction():
        wave_id = waves.plan_wave(
            asked, plan, institute_id=year.institute_id, partnership_ids=(), by=HOST
        ).id
    with transaction():
        listed = roster.take_from_seats(wave_id, by=HOST)
    year.at(f"{opens}T14:00+00:00")
    assert len(to_whom(year.work(), plan.title)) == listed
    return wave_id


def answer_survey(year: Year, wave_id: UUID, level: int, *, silent: Collection[str] = ()) -> int:
    """Let everyone answer by the address in the mail; return how many did."""
    wave = waves.get_wave(wave_id)
    said = {
        one.code: 6 - level if one.reversed else level for one in wave.instrument.asked.statements
    }
    asked = [one.email for one in db.session.scalars(roster.names_of(wave))]
    for email in asked:
        if email not in silent:
            (*_, mail) = [one for one in year.mailed(email) if "/surveys/" in one.text]
            token = re.findall(r"/surveys/(\w+)", mail.text)[0]
            with transaction():
                answering.answer(token, said, {})
    return len(asked) - len(silent)


def rosters(year: Year, wave_id: UUID, lea: Lea) -> tuple[int, int, int]:
    """Return how many of an LEA were asked both times, left, and came, as its report says."""
    beside = results.report_of(waves.get_wave(wave_id), year.partnership(lea)).beside
    assert beside is not None
    return beside.rosters.stayed, beside.rosters.left, beside.rosters.came


# Peers.


def match(year: Year, *, each: int, **between: Any) -> Pairs:
    """Find peers and publish them; return the pairs."""
    with year.app.test_request_context():
        group = matching.gather(year.institute_id, Wish(each=each, **between))
        with transaction():
            run = matching.keep_draft(group, matching.search_peers(group)[0], by=HOST)
        with transaction():
            published = matching.publish_run(run.id, by=HOST)
            return {frozenset({one.first_id, one.second_id}) for one in published.matches}


def accept(year: Year, pairs: Pairs) -> None:
    """Let both of each pair accept, so that they are introduced."""
    for pair in pairs:
        one, other = sorted(pair)
        with year.app.test_request_context():
            for me, peer in ((one, other), (other, one)):
                with transaction():
                    matching.accept_peer(year.institute_id, me, peer, by="a member")


# The year's report.


def publish(year: Year, kind: ReportKind, period: Period, **scope: Any) -> Report:
    """Run a report of the year and publish it with its files; return what is read of it."""
    run = run_report(Scope(kind=kind, period=period, **scope), year.tenant)
    number = publishing.next_number(year.tenant)
    imprint = Imprint(number=number, at=clock.now(), on=clock.now().date())
    with transaction():
        row = publishing.publish(run, files_of(run.report, imprint), number=number, by=HOST)
    return publishing.report_in(row)


def figures(report: Report, code: str) -> Mapping[str, Sequence[Cell]]:
    """Return a table's figures by the key of its line."""
    block = report.block(code)
    assert block is not None
    return {line.key: line.cells for line in block.every_line}
