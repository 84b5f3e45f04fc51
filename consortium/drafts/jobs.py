"""Forget half-filled forms that nobody came back for."""

from flask import Flask

from consortium.database import transaction
from consortium.drafts import service
from consortium.tenancy import for_every_tenant


def forget_old(_app: Flask) -> int:
    """Forget what was typed more than thirty days ago; return how many forms that were."""
    with for_every_tenant(), transaction():
        return service.forget_old()
