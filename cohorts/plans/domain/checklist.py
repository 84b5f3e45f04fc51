"""The readiness checklist as a consortium asks it: the usual duties, or its own words for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cohorts.plans.domain.duties import DUTIES, GROUPS, Duty, Group
from cohorts.plans.domain.sides import PlanRefused
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class OwnDuty:
    """What a consortium says of one duty."""

    text: str = ""
    """Its own words; empty: the usual ones."""
    asked: bool = True
    since: datetime | None = None
    """When its words last became others: who answered before answered another question."""


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The duties that a consortium asks about."""

    own: Mapping[str, OwnDuty] = field(default_factory=dict)
    """By the duty's code; the usual one for those that are not here."""

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What is asked, in the order of the groups and phases."""
        return tuple(self._worded(duty) for duty in DUTIES if self.of(duty.code).asked)

    @property
    def by_code(self) -> Mapping[str, Duty]:
        """The same, by code."""
        return {duty.code: duty for duty in self.duties}

    def of(self, code: str) -> OwnDuty:
        """Return what the consortium says of a duty."""
        return self.own.get(code, OwnDuty())

    def duties_of(self, group: Group) -> tuple[Duty, ...]:
        """Return what this group does, in the order of the phases."""
        return tuple(duty for duty in self.duties if duty.group is group)

    def still_asks(self, code: str, answered_at: datetime) -> bool:
        """Tell whether an answer of this moment was to what is asked now."""
        own = self.of(code)
        return code in self.by_code and (own.since is None or answered_at >= own.since)

    def changed(self, wanted: Mapping[str, OwnDuty], now: datetime) -> "Checklist":
        """Return the checklist as it is wanted. Words that became others are asked anew.

        Raises ``PlanRefused`` when a group would be asked nothing.
        """
        kept = {duty.code: self._next(duty, wanted, now) for duty in DUTIES}
        following = replace(self, own={code: one for code, one in kept.items() if one != OwnDuty()})
        for group in Group:
            if not following.duties_of(group):
                raise PlanRefused(
                    say("Leave at least one duty to this group: %(group)s.", group=GROUPS[group])
                )
        return following

    def _next(self, duty: Duty, wanted: Mapping[str, OwnDuty], now: datetime) -> OwnDuty:
        before, said = self.of(duty.code), wanted.get(duty.code, OwnDuty())
        text = "" if said.text == str(duty.text) else said.text
        since = before.since if text == before.text else now
        return OwnDuty(text=text, asked=said.asked, since=since)

    def _worded(self, duty: Duty) -> Duty:
        text = self.of(duty.code).text
        return replace(duty, text=text) if text else duty
