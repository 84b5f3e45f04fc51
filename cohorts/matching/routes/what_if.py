"""What other rules would change, before anything is run by them."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.forms.peers import WhatIfForm
from cohorts.matching.routes.blueprint import MANAGED, bp
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from events import facade
from events.facade import InstituteView

WHAT_IF = f"{MANAGED}/peers/what-if"


@bp.get(WHAT_IF)
@requires(Permission.RUN_MATCHING)
def what_if(slug: str) -> ResponseReturnValue:
    """Show what was tried out last, and ask what to try."""
    return _page(facade.institute_of(slug, drafts=True), WhatIfForm())


@bp.post(WHAT_IF)
@requires(Permission.RUN_MATCHING)
def try_out(slug: str) -> ResponseReturnValue:
    """Ask a worker what other rules would change."""
    institute = facade.institute_of(slug, drafts=True)
    form = WhatIfForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            matching.ask_search(institute.id, form.to_wish(), by=g.identity.email)
            return form.answer(redirect(url_for(".what_if", slug=slug)))
    return _page(institute, form)


def _page(institute: InstituteView, form: WhatIfForm) -> ResponseReturnValue:
    page = render_template(
        "cohorts/matching/what_if.html",
        institute=institute,
        form=form,
        tried=matching.tried_out(institute.id),
        weights=matching.own_weights(),
    )
    return page, form.status
