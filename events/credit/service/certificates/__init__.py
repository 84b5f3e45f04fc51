"""Certificates: issued, corrected, withdrawn, found, and checked by anyone who holds one."""

from events.credit.service.certificates.finding import (
    certificates_at,
    certificates_of,
    find_by_token,
    get_certificate,
    get_own,
    verify_address,
)
from events.credit.service.certificates.issuing import issue, issue_all, withdraw
from events.credit.service.certificates.writing import differs, ground_of, says_now

__all__ = [
    "certificates_at",
    "certificates_of",
    "differs",
    "find_by_token",
    "get_certificate",
    "get_own",
    "ground_of",
    "issue",
    "issue_all",
    "says_now",
    "verify_address",
    "withdraw",
]
