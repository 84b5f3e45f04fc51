"""What must be true of published reports and of consents to be named."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from sqlalchemy import select

from cohorts.reports.domain.tables import digest, read, written
from cohorts.reports.models import Association, NameConsent, PublishedFile, PublishedReport
from consortium.database import db
from consortium.verify.domain import Check

AT_ONCE = 50
"""Files that are held in memory at a time."""


def changed_reports() -> Iterator[str]:
    """Find published reports that do not say any more what they said."""
    rows = db.session.execute(
        select(PublishedReport.id, PublishedReport.said, PublishedReport.sha256)
    )
    for report_id, said, sum_ in rows:
        if digest(said) != sum_ or written(read(said)) != said:
            yield f"report:{report_id} does not say what it said when it was published."


def changed_files() -> Iterator[str]:
    """Find files of published reports with other bytes than on the day of publication."""
    statement = select(PublishedFile.id, PublishedFile.content, PublishedFile.sha256)
    for file_id, content, sum_ in db.session.execute(
        statement.execution_options(yield_per=AT_ONCE)
    ):
        if sha256(content).hexdigest() != sum_:
            yield f"published_file:{file_id} has other bytes than when it was published."


def consents_of_strangers() -> Iterator[str]:
    """Find consents that stand although the association and the person are of two consortia."""
    rows = db.session.execute(
        select(NameConsent.id)
        .join(Association, Association.id == NameConsent.association_id)
        .where(Association.tenant_id != NameConsent.tenant_id)
    )
    for (consent_id,) in rows:
        yield f"name_consent:{consent_id} lets an association of another consortium read a name."


CHECKS: Sequence[Check] = (
    Check(
        code="I46-report",
        words="A published report says what it said when it was published.",
        find=changed_reports,
    ),
    Check(
        code="I46-file",
        words="Files of published reports have the bytes of the day of publication.",
        find=changed_files,
    ),
    Check(
        code="I36-named",
        words="Associations read names of their own consortium alone.",
        find=consents_of_strangers,
    ),
)
