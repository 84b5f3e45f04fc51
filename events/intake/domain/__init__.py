"""The rules of intake: pledges, who is eligible, the mix, the letters, who is invited."""

from events.intake.domain.letters import DEFAULTS, OUTCOMES, PLACES, Wording, wording_of
from events.intake.domain.pledging import (
    WORDING,
    Eligibility,
    PledgeRole,
    PledgeWord,
    both_sides,
    eligibility,
    pledge_roles,
    sides_signed,
)
from events.intake.domain.refusals import IntakeRefused
from events.intake.domain.selecting import (
    OTHERS,
    Applicant,
    Mix,
    Outcome,
    Proposal,
    Proposed,
    part_of,
    part_words,
    propose,
)
from events.intake.domain.strata import (
    GROUNDS,
    UNKNOWN,
    Ground,
    Newness,
    Traits,
    strata_of,
    stratum_of,
    stratum_words,
)
from events.intake.domain.table import STATUS_WORDS, ApplicationFilter, ApplicationLine, Order

__all__ = [
    "DEFAULTS",
    "GROUNDS",
    "OTHERS",
    "OUTCOMES",
    "PLACES",
    "STATUS_WORDS",
    "UNKNOWN",
    "WORDING",
    "Applicant",
    "ApplicationFilter",
    "ApplicationLine",
    "Eligibility",
    "Ground",
    "IntakeRefused",
    "Mix",
    "Newness",
    "Order",
    "Outcome",
    "PledgeRole",
    "PledgeWord",
    "Proposal",
    "Proposed",
    "Traits",
    "Wording",
    "both_sides",
    "eligibility",
    "part_of",
    "part_words",
    "pledge_roles",
    "propose",
    "sides_signed",
    "strata_of",
    "stratum_of",
    "stratum_words",
    "wording_of",
]
