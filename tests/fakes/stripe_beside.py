"""Start the demonstration with the fake Stripe beside it: what ``scripts/serve`` runs.

The application takes the place of this process, so that signals reach it as always; the fake is
its child and ends when it does. The events of the key ``rk_test_<name>`` go to
``/<name>/webhooks/stripe``, signed with ``whsec_<name>`` (underscores stand for hyphens), so
that the made-up story needs to register nothing.
"""

import os
import signal
import socket
import sys
import time

import click

from consortium.settings import UnsafeSettings, var_folder

DEFAULT_PORT = "8000"


def main() -> None:
    """Start both, with the options of ``consortium serve``."""
    options = sys.argv[1:]
    taken = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    os.environ.update(STRIPE_API_BASE=base, CARD_PAGES_ORIGINS=base)
    application = os.getpid()
    sys.stdout.flush()
    if os.fork() == 0:
        serve_beside(application, taken, webhooks_to=port_of(options))
        os._exit(0)
    taken.close()
    os.execv(sys.executable, [sys.executable, "-m", "consortium", "serve", *options])


def port_of(options: list[str]) -> str:
    """Return the port that the application will listen at."""
    for option, following in zip(options, [*options[1:], ""], strict=True):
        if option == "--port":
            return following
        if option.startswith("--port="):
            return option.removeprefix("--port=")
    return os.environ.get("PORT", DEFAULT_PORT)


def serve_beside(application: int, taken: socket.socket, *, webhooks_to: str) -> None:
    """Be the fake Stripe until the application is gone."""
    # Ctrl-C reaches every process of the terminal; the application says when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    from tests.fakes.stripe_parts.command import serve_while
    from tests.fakes.stripe_server import FakeStripe

    try:
        keep = var_folder() / "test-payments.json"
    except UnsafeSettings:
        return  # the application says the same, and ends
    fake = FakeStripe(time.time, keep=keep)
    fake.webhooks.default = f"http://127.0.0.1:{webhooks_to}/{{key}}/webhooks/stripe", "whsec_{key}"
    fake.start(taken=taken)
    click.echo(f"Payments are tests: {fake.base}/bank does what banks do.")
    serve_while(application, fake)


if __name__ == "__main__":
    main()
