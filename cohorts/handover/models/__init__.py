"""What is stored of leaders who leave, of who follows, and of partnerships at risk."""

from cohorts.handover.models.departures import (
    ONE_DEPARTURE,
    Departure,
    DepartureStep,
    Follows,
    StepKind,
    StepOutcome,
)
from cohorts.handover.models.handing import (
    ONE_OFFER,
    ONE_SHOWING,
    ONE_TICK,
    ContactOffer,
    ContactShown,
    HandoverTick,
)
from cohorts.handover.models.risk import ONE_RISK_MAIL, RiskMail, RiskNumbers, RiskTold

__all__ = [
    "ONE_DEPARTURE",
    "ONE_OFFER",
    "ONE_RISK_MAIL",
    "ONE_SHOWING",
    "ONE_TICK",
    "ContactOffer",
    "ContactShown",
    "Departure",
    "DepartureStep",
    "Follows",
    "HandoverTick",
    "RiskMail",
    "RiskNumbers",
    "RiskTold",
    "StepKind",
    "StepOutcome",
]
