"""Finance's pages: what is owed, by whom, since when; the journal, months, settings."""

from events.books.routes import (
    acts,
    home,
    institutes,
    invoices,
    journal,
    months,
    payers,
    reports,
    settings,
    statements,
)
from events.books.routes.blueprint import bp

__all__ = [
    "acts",
    "bp",
    "home",
    "institutes",
    "invoices",
    "journal",
    "months",
    "payers",
    "reports",
    "settings",
    "statements",
]
