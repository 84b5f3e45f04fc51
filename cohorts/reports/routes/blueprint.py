"""What every page of reports starts from."""

from typing import Any

from flask import Blueprint, g

from cohorts.reports.domain.scope import ABOUT, TITLES, ReportRefused
from cohorts.reports.exports.files import is_amount, shown
from consortium.access import Permission

bp = Blueprint("reports", __name__)
REFUSALS = (ReportRefused,)
"""What a page shows beside its form; anything else is a page of its own (404, 409)."""


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"report_titles": TITLES, "report_abouts": ABOUT, "figure": shown, "amount": is_amount}


def actor() -> str:
    """Return who acts, as the record knows people."""
    address: str = g.identity.email
    return address


def makes_reports() -> bool:
    """Tell whether the reader publishes reports, and sees those that were taken back."""
    return Permission.EDIT_CONSORTIUM in g.permissions
