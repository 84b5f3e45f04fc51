"""From settings to a running server: the suppliers, the static files, the web process."""

import gc
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker as WebWorker
from whitenoise import WhiteNoise

from consortium import context, logs, migrate
from consortium.adapters.demo_mailer import DemoMailer
from consortium.adapters.disk_storage import DiskStorage
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.smtp_mailer import SmtpMailer
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.database import db, expect_writes
from consortium.demonstration import story
from consortium.front.service import Check
from consortium.pages import protection
from consortium.ports import Mailer, Ports
from consortium.settings import Settings
from consortium.workforce import Workforce

THREADS = 8
STATIC_KEPT = 600  # seconds; an upgrade shows within ten minutes, and a visit loads a file once
# Seconds after which a web process that was told to stop is cut off. Requests in hand get all but
# the last five of them, so that it can end by itself even on a busy machine.
SHORT_GOODBYE, LONG_GOODBYE, LAST_STEPS = 6, 20, 5
MAIL_IN_HAND = 1.0  # seconds for what is being sent; a lease lets another worker take it up
SELDOM = (20_000, 20, 50)  # new values, and looks at these, after which garbage is looked for


class CannotServe(Exception):
    """The server cannot start; the message says what to do."""


def build_app(settings: Settings) -> Flask:
    """Build the application with its real suppliers."""
    ports = Ports(
        mailer=mailer_of(settings),
        calendar=IcalendarWriter(),
        storage=DiskStorage(settings.files_folder),
        printer=TypstPrinter(),
        cards=StripeGateway(settings.stripe_api_base),
    )
    app = create_app(settings, ports)
    app.extensions["readiness"] = {"schema": schema_is_current, **_queue_check(settings)}
    logs.log_requests(app)
    _serve_static_files(app)
    return app


def mailer_of(settings: Settings) -> Mailer:
    """Return who takes our mail. Raises ``ValueError`` when SMTP_URL or MAIL_FROM make no sense."""
    if settings.demonstration or settings.smtp_url is None:
        return DemoMailer()
    return SmtpMailer(settings.smtp_url, mail_from=settings.mail_from)


def _queue_check(settings: Settings) -> dict[str, Check]:
    if settings.redis_url is None:
        return {}
    url = settings.redis_url

    def queue_answers() -> str:
        # Its library would slow down every start where there is no Redis.
        from consortium.adapters.redis_answer import redis_answers  # noqa: PLC0415

        # What Redis said may name its address, which is nobody's business: /readyz is public.
        return "ok" if redis_answers(url) == "ok" else "no answer"

    return {"queue": queue_answers}


def schema_is_current() -> str:
    """Check that the database stands at the newest migration."""
    return "ok" if migrate.is_current(db.session.connection()) else "migrations are missing"


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    """Work outside any request as if in one: addresses in mails begin with the base URL."""
    settings: Settings = app.extensions["settings"]
    with app.test_request_context(base_url=settings.base_url):
        context.begin_request()
        try:
            yield
        finally:
            expect_writes(expected=False)
            db.session.remove()
            db.engine.dispose()


def upgrade(app: Flask) -> bool:
    """Bring the database to the newest schema; tell whether anything was missing."""
    with at_work(app):
        expect_writes()
        with migrate.migrating(db.engine) as connection:
            if migrate.is_current(connection):
                return False
            migrate.upgrade(connection)
            return True


def prepare_demonstration(settings: Settings) -> None:
    """Make and migrate the database, and load the story when there is none yet.

    In a process of its own: the story prints papers, and the printer's threads do not survive the
    fork of the web processes, which would wait for them for ever. Raises ``CannotServe``.
    """
    teller = multiprocessing.get_context("fork").Process(target=_tell, args=(settings,))
    teller.start()
    teller.join()
    if teller.exitcode:
        raise CannotServe("The demonstration's story could not be loaded. See what is said above.")


def _tell(settings: Settings) -> None:
    app = build_app(settings)
    upgrade(app)
    with at_work(app):
        expect_writes()
        story.tell()


def check_schema() -> None:
    """Raise ``CannotServe`` unless the database stands at the newest schema."""
    with db.engine.connect() as connection:
        if not migrate.is_current(connection):
            raise CannotServe(
                "The database is not at this version's schema. Run: consortium migrate"
            )


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done; who comes early waits. Raises ``CannotServe``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen()  # bound alone, a second server could bind it too
    except OSError as error:
        taken.close()
        raise CannotServe(
            f"Cannot listen at {host}:{port} ({error.strerror}). Is another program, perhaps "
            "another Consortium, using the port? Choose another with --port."
        ) from error
    return taken


def serve(settings: Settings, taken: socket.socket, *, processes: int = 1) -> None:
    """Serve at the port until told to stop, then end the process.

    The application is made in the web process, after the fork: no database connection and no
    thread may be carried across. Each web process runs one thread that sends what is due.
    """
    host, port = taken.getsockname()[:2]
    shown = settings.base_url if settings.demonstration else f"http://{host}:{port}"
    sys.stdout.flush()
    web = _Gunicorn(
        lambda: build_app(settings),
        announce=lambda: _announce(shown, demonstration=settings.demonstration),
        options={
            "bind": f"fd://{taken.fileno()}",
            "workers": processes,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": SHORT_GOODBYE if settings.demonstration else LONG_GOODBYE,
            "keepalive": 1 if settings.demonstration else 5,
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "logger_class": _PlainLogger,
            "proc_name": "consortium",
        },
    )
    try:
        web.run()
    except SystemExit as ending:
        _leave_at_once(ending.code)


def _leave_at_once(code: object) -> NoReturn:
    """End this process, be it the web process or the one that watches it.

    All that has to be finished is; taking half a million objects down one by one would make
    people wait after Ctrl-C.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _announce(address: str, *, demonstration: bool) -> None:
    click.echo(f"Consortium is serving at {address}")
    if demonstration:
        click.echo(
            "Be a coordinator, a team lead of either side, a participant, a business office, a "
            f"finance officer, a desk helper or a funder: open {address}/demo (Ctrl-C ends it)."
        )


def _serve_static_files(app: Flask) -> None:
    """Let static files pass by the application: no session, no database, kept by browsers."""
    protected = protection(secure=app.extensions["settings"].secure)

    def protect_file(headers: Any, _path: str, _url: str) -> None:
        for name, value in protected.items():
            headers[name] = value

    static = WhiteNoise(
        app.wsgi_app,
        max_age=STATIC_KEPT,
        allow_all_origins=False,
        add_headers_function=protect_file,
    )
    for rule in app.url_map.iter_rules():
        owner = app if rule.endpoint == "static" else app.blueprints.get(rule.endpoint[:-7])
        if rule.endpoint.endswith("static") and owner is not None and owner.static_folder:
            static.add_files(owner.static_folder, prefix=rule.rule.split("<", 1)[0])
    app.wsgi_app = static  # type: ignore[method-assign]


def look_for_garbage_seldom() -> None:
    """Let a web process spend its time on pages rather than on looking for garbage.

    What lives as long as the process is left out: looking through it holds up a page for a quarter
    of a second now and then. What pages make is mostly gone by itself when they are done, and a
    state's report makes a million values, among which a third of its time went into looking.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


class _PlainLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own lines take the way of all others; starting and stopping are no news."""

    def setup(self, cfg: Any) -> None:
        """Leave writing to the process's one log."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel("WARNING")


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn, told by us and by nothing in its surroundings."""

    def __init__(
        self, build: Callable[[], Flask], *, announce: Callable[[], None], options: dict[str, Any]
    ) -> None:
        self._build = build
        self._announce = announce
        self._options = options
        self._workforce: Workforce | None = None
        super().__init__()

    def load_config(self) -> None:
        """Take the options, and begin and end the worker thread with each web process."""
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", self._begin)
        self.cfg.set("worker_exit", self._end)

    def load(self) -> Flask:
        """Build the application, in the web process."""
        app = self._build()
        look_for_garbage_seldom()
        return app

    def _begin(self, process: WebWorker) -> None:
        # Ctrl-C reaches every process of the terminal; the watching one passes it on. Gunicorn's
        # quick way to quit can lock itself up when signals meet, so the orderly one is taken.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGQUIT, process.handle_exit)
        self.cfg.set("graceful_timeout", self.cfg.graceful_timeout - LAST_STEPS)
        self._workforce = Workforce.of(self.callable)
        self._workforce.start()
        self.callable.extensions["readiness"]["worker"] = self._workforce.health
        if process.age == 1:
            self._announce()

    def _end(self, _arbiter: Any, _process: WebWorker) -> None:
        if self._workforce is not None:
            self._workforce.stop(patience=MAIL_IN_HAND)
            with self.callable.app_context():
                db.engine.dispose()
