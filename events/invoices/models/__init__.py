"""Rows of who pays: the books' settings, payers, numbers, invoices and their papers, orders."""

from events.invoices.models.guards import guard_statements, keep_for_good
from events.invoices.models.invoices import (
    ONE_REVISION,
    SERIAL_TAKEN,
    Document,
    Invoice,
    Reminder,
)
from events.invoices.models.numbers import SERIES_TAKEN, NumberSeries
from events.invoices.models.orders import PurchaseOrder
from events.invoices.models.payers import SAME_PAYER, Payer
from events.invoices.models.settings import ONE_BOOKS, MoneySettings

__all__ = [
    "ONE_BOOKS",
    "ONE_REVISION",
    "SAME_PAYER",
    "SERIAL_TAKEN",
    "SERIES_TAKEN",
    "Document",
    "Invoice",
    "MoneySettings",
    "NumberSeries",
    "Payer",
    "PurchaseOrder",
    "Reminder",
    "guard_statements",
    "keep_for_good",
]
