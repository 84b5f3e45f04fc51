"""What is stored of reports: grants, what was published, and who may see names."""

from cohorts.reports.models.associations import (
    ONE_ASSOCIATION,
    ONE_HELPER,
    ONE_NAME_CONSENT,
    Association,
    AssociationHelper,
    NameConsent,
)
from cohorts.reports.models.grants import GRANT_TAKEN, Grant, GrantInstitute
from cohorts.reports.models.published import (
    REPORT_NUMBER_TAKEN,
    PublishedFile,
    PublishedReport,
    PublishedScope,
)

__all__ = [
    "GRANT_TAKEN",
    "ONE_ASSOCIATION",
    "ONE_HELPER",
    "ONE_NAME_CONSENT",
    "REPORT_NUMBER_TAKEN",
    "Association",
    "AssociationHelper",
    "Grant",
    "GrantInstitute",
    "NameConsent",
    "PublishedFile",
    "PublishedReport",
    "PublishedScope",
]
