"""The mail that asks someone to answer, with an address of their own."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from cohorts.surveys.models import SurveyWave
from consortium.database import db
from consortium.letters import address_at, letters
from consortium.ports import Email
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say


def asked(
    wave: SurveyWave, people: Sequence[tuple[str, str]], tokens: Sequence[str], *, again: bool
) -> list[Email]:
    """Ask people by address and name, each with the token of the personal address.

    All read the same but for name and address, so the mail is written only once.
    """
    tenant = db.session.get_one(Tenant, require_tenant())
    someones = f"token{secrets.token_hex(16)}"
    title = wave.title
    mails = letters(
        "surveys/asked",
        people,
        subject=say("Reminder: %(title)s", title=title) if again else title,
        tenant=tenant,
        wave=wave,
        again=again,
        link=address_at(tenant.slug, "surveys.answer", token=someones),
    )
    return [
        replace(
            mail,
            text=mail.text.replace(someones, token),
            html=mail.html and mail.html.replace(someones, token),
        )
        for mail, token in zip(mails, tokens, strict=True)
    ]
