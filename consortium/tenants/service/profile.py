"""What a consortium shows of itself, and the goals it offers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult, update

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict
from consortium.people.domain import normalise_email
from consortium.tenants.domain.colours import check_brand
from consortium.tenants.domain.consortia import Profile, check_name, read_goals
from consortium.tenants.domain.places import check_time_zone
from consortium.tenants.models import Tenant
from consortium.words import Sentence, say

LABELS: dict[str, Sentence] = {
    "name": say("Name"),
    "states": say("States"),
    "time_zone": say("Time zone"),
    "brand_colour": say("Brand color"),
    "reply_address": say("Reply address"),
    "goals": say("Goals"),
}


def change_profile(tenant: Tenant, profile: Profile, *, version: int, by: str) -> None:
    """Change what the consortium shows of itself.

    ``version`` is the one the page was filled from. Raises ``ConsortiumRefused`` or
    ``NotAnAddress`` for a value that makes no sense, ``Conflict`` when someone else changed
    it meanwhile.
    """
    wanted = {
        "name": check_name(profile.name),
        "states": list(profile.states),
        "time_zone": check_time_zone(profile.time_zone),
        "brand_colour": check_brand(profile.brand_colour),
        "reply_address": normalise_email(profile.reply_address, field="reply_address"),
    }
    _change("change_profile", tenant, wanted, version=version, by=by)


def change_goals(tenant: Tenant, lines: Sequence[str], *, version: int, by: str) -> None:
    """Change the goals that participants choose from.

    Raises ``ConsortiumRefused`` for a list that makes no sense, ``Conflict`` when someone
    else changed the consortium meanwhile.
    """
    wanted = {"goals": list(read_goals(lines))}
    _change("change_goals", tenant, wanted, version=version, by=by)


def _change(act: str, tenant: Tenant, wanted: dict[str, Any], *, version: int, by: str) -> None:
    claimed = db.session.execute(
        update(Tenant)
        .where(Tenant.id == tenant.id, Tenant.version == version)
        .values(version=version + 1)
    )
    db.session.refresh(tenant)
    changed = {name: value for name, value in wanted.items() if value != getattr(tenant, name)}
    if not isinstance(claimed, CursorResult) or claimed.rowcount != 1:
        if changed:
            raise _conflict(tenant, changed)
        return
    if not changed:
        return
    before = {name: getattr(tenant, name) for name in changed}
    for name, value in changed.items():
        setattr(tenant, name, value)
    audit.record(act, f"consortium:{tenant.id}", by=by, before=before, after=changed)
    db.session.flush()


def _conflict(tenant: Tenant, sent: dict[str, Any]) -> Conflict:
    return Conflict(
        say(
            "Someone else changed these settings while you were writing. Nothing of yours is lost:"
        ),
        versions=tuple(
            (LABELS[name], _shown(getattr(tenant, name)), _shown(value))
            for name, value in sent.items()
        ),
    )


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
