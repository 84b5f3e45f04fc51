"""Who may call which view. A view is closed until one of these marks opens it."""

from collections.abc import Callable, Mapping
from enum import StrEnum, auto
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request

from consortium.errors import NotAllowed
from consortium.words import say

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """What a person may be allowed to do inside one consortium."""

    SIGNED_IN = auto()  # anyone who proved an e-mail address; the query decides what is theirs
    VIEW_BOARD = auto()  # rosters and names
    VIEW_COUNTS = auto()  # aggregates, no person
    EDIT_INSTITUTES = auto()
    MANAGE_TEAMS = auto()
    RUN_MATCHING = auto()
    CHECK_IN = auto()
    SEE_MONEY = auto()
    RESEARCH = auto()  # what people wrote in surveys, and ties under pseudonyms
    MANAGE_STAFF = auto()
    EDIT_CONSORTIUM = auto()


class StaffRole(StrEnum):
    """What someone who works for the consortium does there."""

    OWNER = auto()
    COORDINATOR = auto()
    FINANCE = auto()
    FACILITATOR = auto()
    DESK = auto()
    VIEWER = auto()


_COORDINATOR = frozenset(
    {
        Permission.VIEW_BOARD,
        Permission.VIEW_COUNTS,
        Permission.EDIT_INSTITUTES,
        Permission.MANAGE_TEAMS,
        Permission.RUN_MATCHING,
        Permission.CHECK_IN,
        Permission.EDIT_CONSORTIUM,
    }
)
GRANTS: Mapping[StaffRole, frozenset[Permission]] = {
    StaffRole.OWNER: frozenset(Permission) - {Permission.SIGNED_IN},
    StaffRole.COORDINATOR: _COORDINATOR,
    StaffRole.FINANCE: frozenset({Permission.SEE_MONEY, Permission.VIEW_COUNTS}),
    StaffRole.FACILITATOR: frozenset({Permission.VIEW_COUNTS, Permission.VIEW_BOARD}),
    StaffRole.DESK: frozenset({Permission.CHECK_IN}),
    StaffRole.VIEWER: frozenset({Permission.VIEW_COUNTS}),
}

_ANYONE: set[Callable[..., Any]] = set()
_HOLDERS_OF: dict[Callable[..., Any], Permission] = {}


def public(view: View) -> View:
    """Open a view to everyone."""
    _ANYONE.add(view)
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Open a view to people who hold ``permission`` in the consortium of the address."""

    def mark(view: View) -> View:
        _HOLDERS_OF[view] = permission
        return view

    return mark


def check_access() -> None:
    """Run before every request: an unmarked view is refused, not served."""
    if request.endpoint is None or _gives_files(request.endpoint):
        return
    view = current_app.view_functions[request.endpoint]
    if view in _ANYONE:
        return
    if view not in _HOLDERS_OF:
        abort(403)
    if g.identity is None:
        abort(current_app.extensions["ask_to_sign_in"]())
    if _HOLDERS_OF[view] not in g.permissions:
        if g.second_factor_wanted:
            abort(current_app.extensions["ask_for_second_factor"]())
        raise NotAllowed(say("Your account may not do this. Ask the consortium's coordinator."))


def policy_of(view: Callable[..., Any]) -> str | None:
    """Return ``public``, the permission a view asks for, or ``None`` for an unmarked one."""
    return "public" if view in _ANYONE else _HOLDERS_OF.get(view)


def unmarked_endpoints(app: Flask) -> set[str]:
    """Return the endpoints nobody has decided about; there must be none."""
    return {
        name
        for name, view in app.view_functions.items()
        if not _gives_files(name) and policy_of(view) is None
    }


def _gives_files(endpoint: str) -> bool:
    return endpoint == "static" or endpoint.endswith(".static")
