"""A partnership's own page: who is in it, its years, and everything that hangs on it."""

from collections.abc import Sequence
from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.learning.routes.blueprint import PARTNERSHIP, bp, own_id, standing_at
from cohorts.learning.service.coaching import coached_by
from consortium.access import Permission, requires


@bp.get(PARTNERSHIP)
@requires(Permission.SIGNED_IN)
def partnership(partnership_id: UUID) -> ResponseReturnValue:
    """Show a partnership to its members, its coaches and its hosts."""
    standing = standing_at(partnership_id)
    return render_template(
        "cohorts/learning/partnership.html",
        standing=standing,
        partnership=standing.partnership,
        who=standing.who,
        parts=learning.parts_of(standing),
        teams=[team for team in learning.teams_of(standing.partnership) if team.registered],
    )


@bp.app_template_global()
def my_partnerships() -> Sequence[Partnership]:
    """Give the page of one's own teams and seats the partnerships one belongs to.

    That page belongs to a package below this one, so it asks for them by this name.
    """
    person_id = own_id()
    return learning.partnerships_of_person(person_id) if person_id else []


@bp.app_template_global()
def my_cohorts() -> Sequence[tuple[str, str]]:
    """Give that page the cohorts one facilitates or coaches: address and title."""
    return coached_by(g.person.id) if g.person else []
