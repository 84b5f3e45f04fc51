"""Write down what happened, in the transaction in which it happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

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


def busy_since(moment: datetime) -> frozenset[UUID]:
    """Return the consortia in which someone has done something since then.

    What the worker still has to follow up there is no fault yet.
    """
    acts = select(AuditEntry.tenant_id).where(AuditEntry.at >= moment).distinct()
    return frozenset(tenant_id for tenant_id in db.session.scalars(acts) if tenant_id is not None)
