"""Partnerships at risk: the list for hosts, the numbers of the consortium, counts for reports."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.handover.domain.risk import Concern, Reason, RiskRules, concerns
from cohorts.handover.models import RiskNumbers
from cohorts.handover.models.risk import ONE_SET_OF_NUMBERS
from cohorts.handover.service.facts import facts_of, facts_of_all
from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.tenants.service.days import today
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class AtRisk:
    """A partnership at risk, and why."""

    partnership_id: UUID
    name: str
    concerns: Sequence[Concern]


def at_risk_now() -> Sequence[AtRisk]:
    """Return the partnerships at risk, those with most reasons first, then by name."""
    rules, day = rules_now()[0], today()
    found = [
        AtRisk(partnership_id=facts.partnership_id, name=facts.name, concerns=reasons)
        for facts in facts_of_all(day)
        if (reasons := concerns(facts, rules, today=day))
    ]
    return sorted(found, key=lambda one: (-len(one.concerns), one.name))


def concerns_of(partnership_id: UUID) -> Sequence[Concern]:
    """Return why one partnership is at risk; nothing while it is well."""
    day = today()
    place = learning.get_partnership(partnership_id)
    return [
        concern
        for facts in facts_of([place], day)
        for concern in concerns(facts, rules_now()[0], today=day)
    ]


def risks_among(partnerships: Sequence[Partnership]) -> Mapping[Reason, int]:
    """Return how many of these partnerships show each reason, for reports."""
    rules, day = rules_now()[0], today()
    counted: Counter[Reason] = Counter()
    for facts in facts_of(partnerships, day):
        counted.update({one.reason for one in concerns(facts, rules, today=day)})
    return {reason: counted[reason] for reason in Reason}


def rules_now() -> tuple[RiskRules, int]:
    """Return the numbers that the consortium set, or the usual ones; and their version."""
    row = db.session.scalar(select(RiskNumbers))
    if row is None:
        return RiskRules(), 0
    rules = RiskRules(
        vacant_days=row.vacant_days,
        interim_days=row.interim_days,
        not_met_weeks=row.not_met_weeks,
        missed_meetings=row.missed_meetings,
        unsigned_days=row.unsigned_days,
    )
    return rules, row.version


def change_rules(rules: RiskRules, *, version: int, by: str) -> None:
    """Set from when on the consortium wants to know. Raises ``Conflict`` with both versions."""
    row = db.session.scalar(
        select(RiskNumbers).with_for_update().execution_options(populate_existing=True)
    )
    before, stored = rules_now()
    if stored != version:
        raise _changed_meanwhile(before, rules)
    if row is None:
        row = RiskNumbers(version=0)
        db.session.add(row)
    row.vacant_days, row.interim_days = rules.vacant_days, rules.interim_days
    row.not_met_weeks, row.missed_meetings = rules.not_met_weeks, rules.missed_meetings
    row.unsigned_days = rules.unsigned_days
    row.changed_by, row.changed_at = by, clock.now()
    row.version += 1
    with translating(ONE_SET_OF_NUMBERS, into=_changed_meanwhile(before, rules)):
        db.session.flush()
    audit.record(
        "change_risk_rules", "tenant", by=by, before=_numbers(before), after=_numbers(rules)
    )


def _changed_meanwhile(now: RiskRules, sent: RiskRules) -> Conflict:
    labels = {
        "vacant_days": say("Days an office may be empty"),
        "interim_days": say("Days somebody may be interim"),
        "not_met_weeks": say("Weeks without a standing meeting"),
        "missed_meetings": say("Cohort meetings missed in a row"),
        "unsigned_days": say("Days a side may leave a plan unsigned"),
    }
    stored, wanted = _numbers(now), _numbers(sent)
    return Conflict(
        say("Someone else changed these numbers while you were writing. Nothing of yours is lost:"),
        versions=tuple(
            (labels[name], str(stored[name]), str(wanted[name]))
            for name in labels
            if stored[name] != wanted[name]
        ),
    )


def _numbers(rules: RiskRules) -> dict[str, int]:
    return {
        "vacant_days": rules.vacant_days,
        "interim_days": rules.interim_days,
        "not_met_weeks": rules.not_met_weeks,
        "missed_meetings": rules.missed_meetings,
        "unsigned_days": rules.unsigned_days,
    }
