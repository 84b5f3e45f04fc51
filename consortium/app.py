"""The composition root: with ``cli``, the only module that looks up at every feature."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import cohorts.wiring
import events.wiring
from consortium import (
    context,
    failures,
    invariants,
    jobs,
    pages,
    schema,  # noqa: F401  (every table must be known)
    uploads,
    wiring,  # noqa: F401  (importing it connects it)
)
from consortium.access import Permission, check_access
from consortium.addresses import LateRule
from consortium.auth import jobs as auth_jobs
from consortium.auth import routes as auth
from consortium.database import db, expect_writes
from consortium.demonstration import routes as demonstration
from consortium.directory import routes as directory
from consortium.drafts import jobs as drafts_jobs
from consortium.drafts import routes as drafts
from consortium.errors import NotFound
from consortium.forms import unsafe_characters
from consortium.front import routes as front
from consortium.merging import jobs as merging_jobs
from consortium.merging import routes as merging
from consortium.people import routes as people
from consortium.ports import Ports
from consortium.settings import ROOT, Settings
from consortium.tenancy import as_tenant
from consortium.tenants import routes as tenants
from consortium.tenants import service as tenant_service
from consortium.verify import jobs as verify_jobs
from consortium.words import say

BODY_LIMIT = 12 * 1024 * 1024  # bytes; a programme file or a roster is far smaller
FIELD_LIMIT = 2 * 1024 * 1024  # of text; reading ten megabytes of it takes seconds
TENANT_PREFIX = "/<consortium>"
FIELDS_IN_PAIRS, WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
SIGNED = frozenset(bp.name for bp in events.wiring.signed_blueprints())
MOST_FIELDS = 10_000  # of a form; millions of empty ones would keep the process busy for long


def create_app(settings: Settings, ports: Ports, **overrides: Any) -> Flask:
    """Build the application. ``overrides`` are Flask settings, for tests."""
    app = Flask(
        "consortium",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "consortium" / "static"),
    )
    app.url_rule_class = LateRule
    app.config.from_mapping(_flask_settings(settings), **overrides)
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "finalize": pages.in_the_readers_language,
    }
    app.extensions["ports"] = ports
    app.extensions["settings"] = settings
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    Babel(app, default_locale=pages.LANGUAGES[0])
    Bootstrap5(app)
    app.before_request(_take_forms_only)
    _accept_signed_messages(CSRFProtect(app))
    pages.init_app(app)
    auth.init_app(app)
    auth_jobs.init_app(app)
    jobs.register(app, jobs.every(timedelta(hours=1), drafts_jobs.forget_old))
    merging_jobs.init_app(app)
    events.wiring.init_app(app)
    cohorts.wiring.init_app(app)
    verify_jobs.init_app(app, invariants.checks())

    app.url_value_preprocessor(_enter)
    app.url_defaults(_keep_tenant)
    app.before_request(_know_who_asks)
    app.before_request(check_access)
    app.teardown_request(_leave)
    _register_views(app, settings)
    failures.init_app(app)
    app.context_processor(_page_context)
    return app


def _accept_signed_messages(csrf: CSRFProtect) -> None:
    """Let in what carries a signature of its own instead of our form's token."""
    for bp in events.wiring.signed_blueprints():
        csrf.exempt(bp)


def _flask_settings(settings: Settings) -> dict[str, Any]:
    cookie = "__Host-session" if settings.secure else "session"
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": FIELD_LIMIT,
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if settings.secure else "http",
        "TRUSTED_HOSTS": [settings.host, "localhost", "127.0.0.1"],
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must still work
        "BOOTSTRAP_SERVE_LOCAL": True,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
    }


def engine_options(database_url: str) -> dict[str, Any]:
    """Return how to open the database: short waits, so that a stuck session hurts nobody else."""
    if not database_url.startswith("postgresql"):
        return {}
    waits = "-c lock_timeout=3000 -c statement_timeout=15000 -c timezone=UTC"
    return {"connect_args": {"options": waits}, "pool_pre_ping": True, "pool_size": 10}


def _register_views(app: Flask, settings: Settings) -> None:
    app.register_blueprint(front.bp)
    app.register_blueprint(auth.bp)
    app.register_blueprint(directory.bp)
    for bp in cohorts.wiring.open_blueprints():
        app.register_blueprint(bp)
    if settings.demonstration:
        app.register_blueprint(demonstration.bp)
    for bp in (
        tenants.bp,
        drafts.bp,
        people.bp,
        merging.bp,
        *events.wiring.blueprints(),
        *cohorts.wiring.blueprints(),
    ):
        app.register_blueprint(bp, url_prefix=TENANT_PREFIX + (bp.url_prefix or ""))


def _enter(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Choose the consortium that the address names, before anything is read for it."""
    expect_writes(expected=request.method not in failures.SAFE_METHODS)
    g.request_id = context.begin_request()
    g.tenant = g.identity = g.person = None
    g.about = {}
    g.permissions = frozenset()
    g.second_factor_wanted = False
    texts = [value for value in (values or {}).values() if isinstance(value, str)]
    if any(unsafe_characters(text, lines=False) for text in texts):
        abort(HTTPStatus.NOT_FOUND)  # PostgreSQL cannot even compare a text with NUL in it
    slug = (values or {}).pop("consortium", None)
    if slug is None:
        return
    tenant = tenant_service.find_by_slug(slug)
    if tenant is None:
        raise NotFound(say("There is no consortium at this address."))
    g.tenant = tenant
    g.about["tenant"] = tenant.slug
    g.tenant_scope = as_tenant(tenant.id)
    g.tenant_scope.__enter__()


def _take_forms_only() -> None:
    """Refuse what no page of ours sends, before anything tries to read it."""
    if request.method in failures.SAFE_METHODS:
        return
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = uploads.limit_of(view, current_app.extensions["settings"])
    if request.blueprint in SIGNED and request.mimetype == "application/json":
        return  # who reads it limits it and looks at its signature first
    if request.mimetype not in {"", FIELDS_IN_PAIRS, WITH_FILES}:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    pairs = request.get_data() if request.mimetype == FIELDS_IN_PAIRS else b""
    if len(pairs) > FIELD_LIMIT or pairs.count(b"&") > MOST_FIELDS:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _know_who_asks() -> None:
    if not current_user.is_authenticated:
        return
    g.identity = current_user.identity
    g.about["actor"] = str(g.identity.id)
    g.permissions = frozenset({Permission.SIGNED_IN})
    if g.tenant is None:
        return
    standing = tenant_service.standing_of(g.identity)
    g.person = standing.person
    if standing.permissions and not auth.second_factor_is_enough():
        g.second_factor_wanted = True
        return
    g.permissions |= standing.permissions


def _keep_tenant(endpoint: str, values: dict[str, Any]) -> None:
    tenant = g.get("tenant")
    if tenant is None or "consortium" in values:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "consortium"):
        values["consortium"] = tenant.slug


def _leave(_error: BaseException | None) -> None:
    scope = g.pop("tenant_scope", None)
    if scope is not None:
        scope.__exit__(None, None, None)
    expect_writes(expected=False)


def _page_context() -> dict[str, Any]:
    return {
        "tenant": g.get("tenant"),
        "identity": g.get("identity"),
        "person": g.get("person"),
        "permissions": g.get("permissions", frozenset()),
        "second_factor_wanted": g.get("second_factor_wanted", False),
        "Permission": Permission,
        "demonstration_mode": current_app.extensions["settings"].demonstration,
    }
