"""A partnership's standing meetings, its years side by side, and the past of who left it."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from cohorts.structures import service as structures
from cohorts.structures.routes.blueprint import ADDRESS, bp, reader
from consortium.access import Permission, requires


@bp.get(f"{ADDRESS}/bodies")
@requires(Permission.SIGNED_IN)
def bodies(partnership_id: UUID) -> ResponseReturnValue:
    """Show a partnership's standing meetings, and who leads each side."""
    opened = structures.open_partnership(partnership_id, reader())
    found = structures.bodies_of(partnership_id)
    logs = structures.meetings_of([body.id for body in found])
    leading = structures.leaders_of(opened.partnership)
    lines = structures.lines_of(opened)
    return render_template(
        "cohorts/structures/bodies.html",
        opened=opened,
        bodies=found,
        last_met={key: log[0].on for key, log in logs.items()},
        leaders=[line for line in lines if line.role_code in leading],
    )


@bp.get(f"{ADDRESS}/years")
@requires(Permission.SIGNED_IN)
def years(partnership_id: UUID) -> ResponseReturnValue:
    """Show a partnership's years side by side."""
    opened = structures.open_partnership(partnership_id, reader())
    found = structures.bodies_of(partnership_id)
    logs = structures.meetings_of([body.id for body in found])
    return render_template(
        "cohorts/structures/years.html",
        opened=opened,
        bodies=found,
        years=structures.years_of(opened, found, logs, structures.lines_of(opened)),
    )


@bp.get(f"{ADDRESS}/past")
@requires(Permission.SIGNED_IN)
def past(partnership_id: UUID) -> ResponseReturnValue:
    """Show who left a partnership what their own part in it was; nothing there can be changed."""
    return render_template(
        "cohorts/structures/past.html", past=structures.past_of(partnership_id, reader())
    )
