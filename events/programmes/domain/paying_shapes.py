"""The parts of a programme file about payment terms: which fields each has."""

from enum import StrEnum, auto
from typing import Annotated, TypeAlias

from pydantic import Field

from events.institutes.domain.fees.kinds import WHOLE
from events.institutes.domain.fees.reading import MOST_CENTS
from events.institutes.domain.terms import DUE_DAYS, LONGEST, AtCutoff
from events.programmes.domain.shape import ClosedShape
from events.programmes.domain.values import DayOf, Label

MOST_TIERS = 20
Days: TypeAlias = Annotated[int, Field(ge=0, le=LONGEST)]
SomeDays: TypeAlias = Annotated[int, Field(ge=1, le=LONGEST)]
WholeCents: TypeAlias = Annotated[int, Field(ge=0, le=MOST_CENTS)]


class W9(StrEnum):
    """When the host's W-9 goes to a payer."""

    ATTACHED = auto()
    ON_REQUEST = auto()


class OrdersShape(ClosedShape):
    """From which amount, by when and for how long purchase orders are taken."""

    least_cents: WholeCents = 0
    cutoff: DayOf | None = None
    at_cutoff: Annotated[AtCutoff, Field(strict=False)] = AtCutoff.REMIND
    valid_days: SomeDays | None = None


class TierShape(ClosedShape):
    """What is kept of the price of who cancels at least so many days before the first day."""

    days: Days
    working: bool = False
    keep_basis_points: Annotated[int, Field(ge=0, le=WHOLE)] = 0
    """50 % is 5000."""
    keep_cents: WholeCents = 0
    """For each person."""


class RefundsShape(ClosedShape):
    """What is given back when people or teams cancel."""

    tiers: Annotated[list[TierShape], Field(max_length=MOST_TIERS)] = []
    free_with_replacement: bool = True


class PaymentTermsShape(ClosedShape):
    """How the institute is paid for."""

    due_days: SomeDays = DUE_DAYS
    purchase_orders: OrdersShape = OrdersShape()
    refunds: RefundsShape = RefundsShape()
    w9: Annotated[W9, Field(strict=False)] = W9.ON_REQUEST
    rerate: bool = False
    """Whether an early price that is not paid in time becomes the price of the day."""
    payable_to: Label = ""
