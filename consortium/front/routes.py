"""The front door: which consortia there are, help, and whether the machine is well."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text

from consortium.access import public
from consortium.database import db
from consortium.tenants.models import Tenant

bp = Blueprint("front", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Show the consortia of this installation."""
    consortia = db.session.scalars(select(Tenant).order_by(Tenant.name)).all()
    return render_template("consortium/front/home.html", consortia=consortia)


@bp.get("/help")
@public
def help_page() -> ResponseReturnValue:
    """Explain the application to leads, members and coordinators."""
    return render_template("consortium/front/help_page.html")


@bp.get("/livez")
@public
def alive() -> ResponseReturnValue:
    """Answer as long as the process does; touches nothing."""
    return Response("ok\n", mimetype="text/plain")
