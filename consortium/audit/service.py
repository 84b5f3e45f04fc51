"""Write down what happened, in the transaction in which it happened."""

from collections.abc import Mapping
from typing import Any

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.context import current_request_id
from consortium.database import db
from consortium.tenancy import current_tenant


def record(
    act: str,
    subject: str,
    *,
    by: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add the one audit row of an act.

    ``act`` is the service function's name, ``subject`` kind and id (``team:<uuid>``), ``by`` the
    actor as text (an e-mail address, or ``command:<name>``). ``before`` and ``after`` hold only
    what changed, as JSON values, without contact or access-needs data.
    """
    db.session.add(
        AuditEntry(
            tenant_id=current_tenant(),
            at=clock.now(),
            actor=by,
            act=act,
            subject=subject,
            before=dict(before or {}),
            after=dict(after or {}),
            request_id=current_request_id(),
        )
    )
