"""What a programme file says of credit: read by credit's own rules, with its places in the file."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.credit.domain.stored import KEY, read_plan
from events.credit.domain.writing import role_remarks
from events.institutes.domain import RoleRule
from events.programmes.domain.faults import Findings


def check_credit(raw: Mapping[str, Any], roles: Iterable[RoleRule], findings: Findings) -> None:
    """Note what is wrong with ``pd_credit``, and what of it nobody here counts by."""
    read = read_plan(raw.get(KEY))
    for remark in read.remarks:
        note = findings.fault if remark.wrong else findings.warn
        note((KEY, *remark.place), remark.sentence)
    for sentence in role_remarks(read.plan, [role.code for role in roles]):
        findings.warn((KEY,), sentence)


def with_credit_of_before(
    extras: Mapping[str, Any], before: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return what a file says further; one that is silent about credit leaves that as it is."""
    if KEY in extras or KEY not in before:
        return extras
    return {**extras, KEY: before[KEY]}
