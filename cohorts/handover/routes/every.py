"""Every partnership of the consortium, for its hosts."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from cohorts.handover.forms import FindForm
from cohorts.handover.routes.blueprint import bp
from cohorts.handover.service.every import Wanted, partnerships_here
from consortium.access import Permission, requires
from consortium.fields import read_whole


@bp.get("/manage/partnerships")
@requires(Permission.VIEW_BOARD)
def partnerships() -> ResponseReturnValue:
    """List the partnerships: where each works now, who coaches it, whether it is at risk."""
    wanted = Wanted(q=request.args.get("q", "")[:200], state=request.args.get("state", "")[:2])
    every = partnerships_here(wanted, read_whole(request.args.get("page", "")) or 1)
    return render_template(
        "cohorts/handover/partnerships.html",
        found=every.found,
        wanted=wanted,
        form=FindForm(every.states, formdata=None, data=wanted.asked),
    )
