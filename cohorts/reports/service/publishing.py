"""Publish a report for good, hand out its files, take one back."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cohorts.reports.domain.differences import Covered, check_differences
from cohorts.reports.domain.scope import Period, ReportRefused
from cohorts.reports.domain.tables import Report, digest, read, written
from cohorts.reports.models import PublishedFile, PublishedReport, PublishedScope
from cohorts.reports.service.running import Run
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say

SHORTEST_REASON = 3


class NumberTaken(ReportRefused):
    """Another report was published while this one was made, and has its number."""


def next_number(tenant: Tenant) -> str:
    """Return the number that the next published report gets: RP-2026-0003."""
    year = clock.now().astimezone(tenant.zone).year
    taken = db.session.scalar(
        select(func.count(PublishedReport.id)).where(
            PublishedReport.number.startswith(f"RP-{year}-")
        )
    )
    return f"RP-{year}-{(taken or 0) + 1:04d}"


def publish(run: Run, files: Mapping[str, bytes], *, number: str, by: str) -> PublishedReport:
    """Publish a report with the files made of it, for funders and partners to read.

    One report is published at a time, so that each is compared with all before it. Raises
    ``ReportRefused`` where its difference to one of them tells a few people, or (``NumberTaken``)
    where another report took its number meanwhile.
    """
    tenant_id = require_tenant()
    hold(Tenant.id, tenant_id)
    tenant = db.session.get_one(Tenant, tenant_id)
    if number != next_number(tenant):
        raise NumberTaken(
            say("Another report was published at this moment. Look at this one again, and publish.")
        )
    scope, report = run.scope, run.report
    check_differences(
        Covered(
            name=say("this report"),
            report=report,
            institutes=frozenset(str(one.id) for one in run.covered),
            states=frozenset(scope.states),
            period=scope.period,
        ),
        [_covered(one) for one in _every()],
    )
    said = written(report)
    row = PublishedReport(
        number=number,
        kind=scope.kind,
        title=str(report.title),
        first_day=scope.period.first,
        last_day=scope.period.last,
        grant_id=scope.grant_id,
        states=list(scope.states),
        said=said,
        sha256=digest(said),
        published_at=clock.now(),
        published_by=by,
        covers=[PublishedScope(institute_id=one.id) for one in run.covered],
    )
    db.session.add(row)
    db.session.flush()
    for file_format, content in files.items():
        db.session.add(
            PublishedFile(
                report_id=row.id,
                file_format=file_format,
                content=content,
                sha256=sha256(content).hexdigest(),
            )
        )
    db.session.flush()
    audit.record(
        "publish",
        f"report:{row.id}",
        by=by,
        after={"number": number, "kind": scope.kind.value, "sha256": row.sha256},
    )
    return row


def published(*, taken_back: bool = False) -> Sequence[PublishedReport]:
    """Return what was published, the latest first; ``taken_back`` ones too, for coordinators."""
    statement = select(PublishedReport).order_by(
        PublishedReport.published_at.desc(), PublishedReport.number.desc()
    )
    if not taken_back:
        statement = statement.where(PublishedReport.taken_back_at.is_(None))
    return db.session.scalars(statement).all()


def get_published(report_id: UUID, *, taken_back: bool = False) -> PublishedReport:
    """Return a published report. Raises ``NotFound``."""
    found = db.session.scalar(select(PublishedReport).where(PublishedReport.id == report_id))
    if found is None or (found.taken_back_at is not None and not taken_back):
        raise NotFound(say("There is no such report, or it was taken back."))
    return found


def report_in(row: PublishedReport) -> Report:
    """Return what a published report says."""
    return read(row.said)


def file_of(row: PublishedReport, file_format: str) -> bytes:
    """Return a published report as a file: the bytes of the day on which it was published."""
    statement = select(PublishedFile).where(
        PublishedFile.report_id == row.id, PublishedFile.file_format == file_format
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound(say("This report has no such file."))
    return found.content


def note_taken(report_id: UUID, file: str, *, by: str) -> None:
    """Write down that a file of a published report left."""
    audit.record("export", f"report:{report_id}", by=by, after={"file": file})


def take_back(report_id: UUID, why: str, *, by: str) -> PublishedReport:
    """Take a published report back: readers do not find it any more.

    It goes on counting when later reports are compared with it. Raises ``NotFound``, and
    ``ReportRefused`` without a reason.
    """
    why = " ".join(why.split())
    if len(why) < SHORTEST_REASON:
        raise ReportRefused(say("Say in a few words why it is taken back."), field="why")
    row = get_published(report_id)
    row.taken_back_at, row.taken_back_by, row.taken_back_why = clock.now(), by, why
    db.session.flush()
    audit.record("take_back", f"report:{row.id}", by=by, after={"why": why})
    return row


def _every() -> Sequence[PublishedReport]:
    statement = (
        select(PublishedReport)
        .options(selectinload(PublishedReport.covers))
        .order_by(PublishedReport.published_at, PublishedReport.number)
    )
    return db.session.scalars(statement).all()


def _covered(row: PublishedReport) -> Covered:
    return Covered(
        name=row.words,
        report=read(row.said),
        institutes=frozenset(str(one.institute_id) for one in row.covers),
        states=frozenset(row.states),
        period=Period(first=row.first_day, last=row.last_day),
    )
