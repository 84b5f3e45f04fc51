"""One's own badge, to be shown on the phone."""

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.errors import NotFound
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.exports import qr_svg
from events.checkin.routes.blueprint import ADDRESS, bp, institute_at
from events.registration.models import Badge


@bp.get(f"{ADDRESS}/badge")
@requires(Permission.SIGNED_IN)
def own_badge(slug: str) -> ResponseReturnValue:
    """Show the signed-in person's own badge, large enough for a scanner."""
    institute = institute_at(slug)
    return render_template(
        "events/checkin/own_badge.html",
        institute=institute,
        badge=_own(slug),
        here=checkin.own_check_in(institute, g.person),
    )


@bp.get(f"{ADDRESS}/badge.svg")
@requires(Permission.SIGNED_IN)
def own_code(slug: str) -> ResponseReturnValue:
    """Give the code of the signed-in person's own badge as a picture."""
    return Response(
        qr_svg(_own(slug).code),
        mimetype="image/svg+xml",
        headers={"Cache-Control": "private, no-store"},
    )


def _own(slug: str) -> Badge:
    institute = institute_at(slug)
    badge = checkin.own_badge(institute, g.person)
    if badge is None:
        raise NotFound(say("You have no badge at this institute. You get it when you confirm."))
    return badge
