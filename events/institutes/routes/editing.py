"""Change one part of an institute at a time."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.institutes import service as institutes
from events.institutes.domain.sections import (
    TITLES,
    Basics,
    Coming,
    Costs,
    Days,
    Deadlines,
    Hosts,
    InstituteRefused,
    Places,
    Strands,
    TeamRules,
    Terms,
    Together,
    Ways,
)
from events.institutes.forms import (
    AdmissionForm,
    BasicsForm,
    DaysForm,
    DeadlinesForm,
    FeesForm,
    HostsForm,
    PlacesForm,
    StrandsForm,
    TeamForm,
    TermsForm,
    TogetherForm,
    WaysForm,
)
from events.institutes.routes.blueprint import bp
from events.institutes.service import editing

FORMS: dict[str, tuple[type[Any], type[Any]]] = {
    Basics.name: (BasicsForm, Basics),
    Days.name: (DaysForm, Days),
    Coming.name: (AdmissionForm, Coming),
    Ways.name: (WaysForm, Ways),
    TeamRules.name: (TeamForm, TeamRules),
    Together.name: (TogetherForm, Together),
    Deadlines.name: (DeadlinesForm, Deadlines),
    Places.name: (PlacesForm, Places),
    Strands.name: (StrandsForm, Strands),
    Costs.name: (FeesForm, Costs),
    Terms.name: (TermsForm, Terms),
    Hosts.name: (HostsForm, Hosts),
}


@bp.route(
    f"/manage/institutes/<slug>/<any({', '.join(FORMS)}):part>",
    methods=["GET", "POST"],
)
@requires(Permission.EDIT_INSTITUTES)
def change(slug: str, part: str) -> ResponseReturnValue:
    """Change one part of an institute."""
    institute = institutes.get_by_slug(slug, drafts=True)
    make_form, kind = FORMS[part]
    form = make_form(institute)
    if form.validate_on_submit() and "preview" not in request.form:
        with form.showing(InstituteRefused), transaction():
            editing.change_institute(
                institute, form.to_section(), version=form.read_version, by=g.identity.email
            )
            flash(gettext("“%(part)s” is saved.", part=TITLES[kind]))
            if "more" in request.form:
                return redirect(url_for(".change", slug=slug, part=part))
            return redirect(url_for(".edit", slug=slug))
    page = render_template(
        f"events/institutes/change_{part}.html", institute=institute, form=form, title=TITLES[kind]
    )
    return page, form.status
