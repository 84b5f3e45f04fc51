"""What every page of peer matching starts from."""

from uuid import UUID

from flask import Blueprint, g

bp = Blueprint("matching", __name__)
MANAGED = "/manage/institutes/<slug>"
AT_INSTITUTE = "/institutes/<slug>"


def own_id() -> UUID | None:
    """Return who opens a page, if the consortium knows them."""
    return g.person.id if g.person else None
