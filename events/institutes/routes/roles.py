"""Change the roles of a team, one at a time."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.people.service import roles as catalogue
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain import RoleRule
from events.institutes.domain.sections import InstituteRefused, Roles
from events.institutes.forms import RoleForm
from events.institutes.models import Institute
from events.institutes.routes.blueprint import bp
from events.institutes.service import editing
from events.institutes.service.sections import section_of


@bp.get("/manage/institutes/<slug>/roles")
@requires(Permission.EDIT_INSTITUTES)
def roles(slug: str) -> ResponseReturnValue:
    """List the roles of a team, each with a way to change it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = VersionedForm(formdata=None, data={"version": str(institute.version)})
    return render_template("events/institutes/roles.html", institute=institute, form=form)


@bp.route("/manage/institutes/<slug>/add-role", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add_role(slug: str) -> ResponseReturnValue:
    """Add a role to the team."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _role_page(institute, None)


@bp.route("/manage/institutes/<slug>/roles/<code>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_role(slug: str, code: str) -> ResponseReturnValue:
    """Change one role of the team."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _role_page(institute, _role_of(institute, code))


@bp.route("/manage/institutes/<slug>/roles/<code>/remove", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def remove_role(slug: str, code: str) -> ResponseReturnValue:
    """Take a role out of the team; who only opens the address sees all roles."""
    if request.method == "GET":
        return redirect(url_for(".roles", slug=slug))
    institute = institutes.get_by_slug(slug, drafts=True)
    role = _role_of(institute, code)
    stored: Roles = section_of(institute, Roles)
    kept = tuple(rule for rule in stored.roles if rule.code != code)
    with transaction():
        editing.change_institute(
            institute,
            replace(stored, roles=kept),
            version=VersionedForm().read_version,
            by=g.identity.email,
        )
        flash(gettext("The role “%(role)s” is removed.", role=role.label))
        return redirect(url_for(".roles", slug=slug))


def _role_page(institute: Institute, role: RoleRule | None) -> ResponseReturnValue:
    form = RoleForm(institute, list(catalogue.roles()), role)
    if form.validate_on_submit():
        with form.showing(InstituteRefused), transaction():
            editing.change_institute(
                institute,
                Roles(roles=form.to_roles()),
                version=form.read_version,
                by=g.identity.email,
            )
            flash(gettext("The roles are saved."))
            return redirect(url_for(".roles", slug=institute.slug))
    page = render_template("events/institutes/role.html", institute=institute, form=form, role=role)
    return page, form.status


def _role_of(institute: Institute, code: str) -> RoleRule:
    for role in institute.roles:
        if role.code == code:
            return role.rule
    raise NotFound(say("This institute has no such role."))
