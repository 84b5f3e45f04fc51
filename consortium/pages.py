"""What every page needs: the reader's words, dates as people write them, headers that protect."""

import secrets
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, request
from flask_babel import get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from consortium import clock
from consortium.words import Sentence, dollars, translated

LANGUAGES = ("en_US",)
# Nothing from elsewhere: no script, style, font, frame or picture of a third party.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
PROTECTION = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TLS_FOR_A_YEAR = "max-age=31536000"


def in_the_readers_language(value: Any) -> Any:
    """Jinja's ``finalize``: sentences of the rules are translated where they are printed."""
    return translated(value, _in_their_words) if isinstance(value, Sentence) else value


def _in_their_words(text: str) -> str:
    """Return the text in the language that is spoken now, looked for once while it stays."""
    locale = get_locale()
    known: tuple[Locale | None, NullTranslations] = g.get("words_of", (None, None))
    if known[0] is not locale or known[1] is None:
        known = g.words_of = locale, get_translations()
    said: str = known[1].ugettext(text)
    return said


@pass_eval_context
def _words(context: EvalContext, text: str, /, **values: Any) -> str:
    """Say a template's ``_("…")``: Jinja's own does the same in a fifth of a page's time."""
    said = _in_their_words(text)
    if context.autoescape:
        said = Markup(said)  # noqa: S704  (a template wrote it; the values are escaped)
    return said % values if values or "%" in said else said


def long_date(day: date) -> str:
    """Write a day in full: Tuesday, June 20, 2017."""
    return format_date(day, "full", locale=str(get_locale() or LANGUAGES[0]))


def short_date(day: date) -> str:
    """Write a day briefly: Tue, Jun 20."""
    return _briefly(day, str(get_locale() or LANGUAGES[0]))


@lru_cache(maxsize=1024)  # a long list says few days, often
def _briefly(day: date, locale: str) -> str:
    return format_date(day, "EEE, MMM d", locale=locale)


def medium_date(day: date) -> str:
    """Write a day with its year, short enough for a table: Jun 20, 2017."""
    written = format_date(day, "medium", locale=str(get_locale() or LANGUAGES[0]))
    return written.replace(" ", "\u00a0")  # never over two lines


def clock_time(moment: datetime | time) -> str:
    """Write a time of day: 8:30 AM. Datetimes are taken as wall time."""
    at = moment.time() if isinstance(moment, datetime) else moment
    return _written(at, str(get_locale() or LANGUAGES[0]))


@lru_cache(maxsize=4096)  # a long programme says few times, often
def _written(at: time, locale: str) -> str:
    return format_time(at, "short", locale=locale)


def wall_moment(moment: datetime, zone: str) -> str:
    """Write an instant as people in ``zone`` see it, zone named."""
    local = moment.astimezone(ZoneInfo(zone))
    locale = str(get_locale() or LANGUAGES[0])
    written = format_datetime(local, "EEEE, MMMM d, y 'at' h:mm a", locale=locale)
    return f"{written} {zone_name(zone)}"


def zone_name(zone: str) -> str:
    """Name a zone as people say it: Pacific Time; where clocks never change, by its standard time.

    “Mountain Time” would be an hour off in Phoenix all summer.
    """
    place = ZoneInfo(zone)
    year = clock.now().year
    changes = any(datetime(year, month, 1, tzinfo=place).dst() for month in range(1, 13))
    variant: Literal["generic", "standard"] = "generic" if changes else "standard"
    return get_timezone_name(place, width="long", zone_variant=variant, locale="en_US")


def protection(*, secure: bool) -> dict[str, str]:
    """Return the headers that keep any answer to itself; ``secure`` when people come by TLS."""
    if secure:
        return {**PROTECTION, "Strict-Transport-Security": TLS_FOR_A_YEAR}
    return PROTECTION


def protect(response: Response) -> Response:
    """Add the headers that keep a page to itself."""
    secure = current_app.extensions["settings"].secure
    for name, value in protection(secure=secure).items():
        response.headers.setdefault(name, value)
    if g.get("identity") is not None or request.method == "POST":
        response.headers.setdefault("Cache-Control", "no-store")
    if g.get("request_id"):
        response.headers["X-Request-Id"] = g.request_id
    return response


def init_app(app: Flask) -> None:
    """Give templates their words and filters."""
    app.jinja_env.filters.update(
        long_date=long_date,
        short_date=short_date,
        medium_date=medium_date,
        clock_time=clock_time,
        wall_moment=wall_moment,
        zone_name=zone_name,
        dollars=dollars,
    )
    app.jinja_env.globals["_"] = _words
    app.jinja_env.globals["new_action_key"] = lambda: secrets.token_urlsafe(16)
    app.after_request(protect)
