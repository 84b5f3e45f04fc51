"""Send what is due: the worker's step, and what a queue's workers do with one mail."""

import structlog
from flask import Flask

from consortium.database import transaction
from consortium.outbox.exports import with_files
from consortium.outbox.service import delivery
from consortium.outbox.service.delivery import Claim
from consortium.ports import GatewayDown, GatewayRefused, GatewayUnreachable

log = structlog.get_logger()


def deliver_due(app: Flask) -> int:
    """Send the mails that are due; return how many were tried."""
    with transaction():
        claims = delivery.claim()
    for number, claim in enumerate(claims, start=1):
        if not deliver(app, claim):
            return number
    return len(claims)


def deliver(app: Flask, claim: Claim) -> bool:
    """Try one claimed mail, outside any transaction; ``False`` when no other would get through.

    Doing it twice is safe: the second finds the claim used up.
    """
    with transaction():
        email = delivery.take(claim, host=app.extensions["settings"].host)
    if email is None:
        return True
    try:
        app.extensions["ports"].mailer.send(with_files(app, email, claim.id))
    except GatewayRefused as error:
        log.warning("mail refused", mail=str(claim.id))  # the row says why; it names people
        with transaction():
            delivery.settle_failed(claim, str(error))
    except GatewayUnreachable as error:
        log.warning("mail server unreachable", mail=str(claim.id), error=str(error))
        with transaction():
            delivery.put_back_all(claim, str(error))
        return False
    except GatewayDown as error:
        log.info("mail put back", mail=str(claim.id))
        with transaction():
            delivery.put_back(claim, str(error))
    except Exception as error:  # a mail that breaks the mailer must not stop those behind it
        log.exception("mail broke the mailer", mail=str(claim.id))
        with transaction():
            delivery.put_back(claim, repr(error))
    else:
        with transaction():
            delivery.settle_sent(claim)
    return True
