"""Rules of credit: what attendance gives, what it takes, and how long it is kept."""

from events.credit.domain.rules import CreditRefused, CreditRule

__all__ = ["CreditRefused", "CreditRule"]
