"""The keys of a consortium's account with Stripe."""

import re

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Regexp

from consortium.cards import CardKeys
from consortium.forms import ActForm
from consortium.words import say

NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


class CardKeysForm(ActForm):
    """What finance copies from Stripe's dashboard. Nothing typed here is shown again."""

    secret_key = PasswordField(
        say("Restricted key"),
        [
            InputRequired(say("Copy the restricted key from Stripe's dashboard.")),
            Regexp(
                r"\A(rk|sk)_(test|live)_\w+\Z",
                message=say(
                    "A key begins with rk_test_ or rk_live_. Copy it again from Stripe's "
                    "dashboard, Developers, API keys."
                ),
            ),
        ],
        description=say("It begins with rk_live_, or with rk_test_ to try."),
    )
    webhook_secret = PasswordField(
        say("Signing secret of the webhook"),
        [
            InputRequired(say("Copy the signing secret of the webhook from Stripe's dashboard.")),
            Regexp(
                r"\Awhsec_\w+\Z",
                message=say(
                    "The signing secret begins with whsec_. Copy it again from Stripe's "
                    "dashboard, Developers, Webhooks."
                ),
            ),
        ],
        description=say("It begins with whsec_."),
    )
    version = HiddenField()

    @property
    def keys(self) -> CardKeys:
        """What was typed."""
        return CardKeys(self.secret_key.data or "", self.webhook_secret.data or "")

    @property
    def version_read(self) -> int:
        """Which settings the page showed."""
        return _number(self.version.data or "")


class RemoveKeysForm(ActForm):
    """That cards are not taken any more."""

    version = HiddenField()

    @property
    def version_read(self) -> int:
        """Which settings the page showed."""
        return _number(self.version.data or "")


def _number(text: str) -> int:
    """Return a version as the page wrote it, or one that no settings have."""
    return int(text) if NUMBER.fullmatch(text) else -1
