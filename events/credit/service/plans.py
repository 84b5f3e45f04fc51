"""The rules of credit of an institute: read from its programme, and changed by coordinators."""

from collections.abc import Mapping
from typing import Any

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.credit.domain.rules import CreditPlan, CreditRule
from events.credit.domain.stored import KEY, read_plan, types_in
from events.credit.domain.writing import with_types, written_rule, written_settings
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled


def plan_of(institute: Institute) -> CreditPlan:
    """Return what the institute says about credit; one that says nothing gives plain attendance."""
    return read_plan((institute.extras or {}).get(KEY)).plan


def rule_at(institute: Institute, position: int) -> CreditRule:
    """Return one kind of credit, counted from 0. Raises ``NotFound``."""
    rules = plan_of(institute).rules
    if not 0 <= position < len(rules):
        raise NotFound(say("This institute has no such kind of credit."))
    return rules[position]


def put_rule(
    institute: Institute, rule: CreditRule, *, position: int | None, version: int, by: str
) -> None:
    """Add a kind of credit, or change the one at ``position``.

    Certificates that were issued keep what they say. Raises ``Conflict`` when someone changed the
    institute since ``version``, and ``InstituteCancelled``.
    """
    _hold(institute, version)
    raw = (institute.extras or {}).get(KEY)
    types: list[Mapping[str, Any]] = list(types_in(raw))
    if position is None:
        types.append(written_rule(rule))
    else:
        types[position] = written_rule(rule, types[position])
    _write(institute, with_types(raw, types), by=by)


def remove_rule(institute: Institute, position: int, *, version: int, by: str) -> None:
    """Give a kind of credit no more; who has a certificate of it keeps that."""
    _hold(institute, version)
    rule_at(institute, position)
    raw = (institute.extras or {}).get(KEY)
    types = list(types_in(raw))
    del types[position]
    _write(institute, with_types(raw, types), by=by)


def change_settings(institute: Institute, plan: CreditPlan, *, version: int, by: str) -> None:
    """Change what holds for all kinds of credit. Raises as ``put_rule`` does."""
    _hold(institute, version)
    _write(institute, written_settings((institute.extras or {}).get(KEY), plan), by=by)


def _hold(institute: Institute, version: int) -> None:
    db.session.refresh(institute, with_for_update=True)
    refuse_cancelled(institute)
    if institute.version != version:
        raise Conflict(
            say(
                "Someone else changed this institute while you were writing. Open the page anew, "
                "then change it once more."
            )
        )


def _write(institute: Institute, raw: Any, *, by: str) -> None:
    before = plan_of(institute)
    institute.extras = {**(institute.extras or {}), KEY: raw}
    institute.version += 1
    db.session.flush()
    after = plan_of(institute)
    audit.record(
        "change_credit",
        f"institute:{institute.id}",
        by=by,
        before=_facts(before),
        after={**_facts(after), "on": clock.now().date().isoformat()},
    )


def _facts(plan: CreditPlan) -> dict[str, Any]:
    return {
        "rules": [written_rule(rule) for rule in plan.rules],
        "open_stays": plan.open_stays.value,
        "attendance": plan.attendance,
        "agenda": plan.agenda,
        "signers": [signer.name for signer in plan.signers],
    }
