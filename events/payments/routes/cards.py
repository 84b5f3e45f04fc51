"""Finance says with which account of Stripe's cards are taken, and compares the books with it."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.cards import API_VERSION, HEARD, CardGateway, CardKeys, KeyPermission
from consortium.database import end_reading, transaction
from consortium.forms import ActForm
from consortium.letters import absolute
from consortium.ports import GatewayDown, GatewayRefused
from consortium.sealing import SealBroken
from consortium.words import dollars, say
from events.invoices.domain import MoneyRefused
from events.payments.forms.cards import CardKeysForm, RemoveKeysForm
from events.payments.service import stripe

bp = Blueprint("cards", __name__)


def gateway() -> CardGateway:
    """Return the way to Stripe."""
    cards: CardGateway = current_app.extensions["ports"].cards
    return cards


@bp.route("/money/settings/cards", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def settings() -> ResponseReturnValue:
    """Show how cards are taken, and take new keys; keys are never shown again."""
    form = CardKeysForm(version=str(stripe.card_settings().version))
    if form.validate_on_submit() and _stripe_knows(form):
        _close_pages(form.version_read)
        with form.showing(MoneyRefused), transaction():
            form.once(by=g.identity.email)
            stripe.keep_keys(
                form.keys, live=form.keys.live, version=form.version_read, by=g.identity.email
            )
            flash(gettext("Cards and bank accounts can be used to pay from now on."))
            return form.answer(redirect(url_for(".settings")))
    return _page(form), form.status


@bp.post("/money/settings/cards/remove")
@requires(Permission.SEE_MONEY)
def remove() -> ResponseReturnValue:
    """Take no cards any more."""
    form = RemoveKeysForm()
    if form.validate_on_submit():
        _close_pages(form.version_read)
        with form.showing(MoneyRefused), transaction():
            form.once(by=g.identity.email)
            stripe.remove_keys(version=form.version_read, by=g.identity.email)
            flash(gettext("The keys are removed. Nobody can pay by card any more."))
            return form.answer(redirect(url_for(".settings")))
    return _page(CardKeysForm(formdata=None), form), form.status


@bp.post("/money/settings/cards/compare")
@requires(Permission.SEE_MONEY)
def compare() -> ResponseReturnValue:
    """Compare the books with Stripe at once, as is done every night."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(MoneyRefused):
            try:
                keys = stripe.needed_keys()
                end_reading()
                found = stripe.sweep(gateway(), keys, transaction, by=g.identity.email)
            except (GatewayDown, GatewayRefused) as error:
                flash(str(error), "danger")
            except SealBroken:
                flash(say("The keys cannot be opened any more. Enter them again below."), "danger")
            else:
                flash(_words_of(found.cents))
            return redirect(url_for(".settings"))
    return _page(CardKeysForm(formdata=None), form), form.status


def _close_pages(version: int) -> None:
    """Close the pages of the keys that go, so that nobody pays where we do not listen any more."""
    try:
        keys = stripe.card_keys() if stripe.card_settings().version == version else None
    except SealBroken:  # the very reason why finance enters them again
        return
    end_reading()
    if keys is not None:
        stripe.close_pages(gateway(), keys, transaction)


def _stripe_knows(form: CardKeysForm) -> bool:
    """Ask Stripe about the keys, outside any transaction; say on the form what is wrong."""
    end_reading()
    try:
        checked = gateway().check_keys(form.keys)
    except (GatewayDown, GatewayRefused) as error:
        form.form_errors.append(_without(form.keys, str(error)))
        return False
    if checked.lacking:
        form.form_errors.append(
            say(
                "The restricted key lacks permissions: %(lacking)s. Add them in Stripe's dashboard "
                "and send this again.",
                lacking="; ".join(checked.lacking),
            )
        )
        return False
    return True


def _without(keys: CardKeys, text: str) -> str:
    """Return the text without a key, should a supplier ever repeat one."""
    return text.replace(keys.secret_key, "…").replace(keys.webhook_secret, "…")


def _words_of(cents: int) -> str:
    if not cents:
        return say("Stripe and our books say the same. The difference is $0.00.")
    return say(
        "Stripe and our books differ by %(cents)s. What differs is among the exceptions.",
        cents=dollars(cents),
    )


def _page(form: CardKeysForm, other: ActForm | None = None) -> str:
    card = stripe.card_settings()
    return render_template(
        "events/payments/cards.html",
        form=form,
        other=other or ActForm(formdata=None),
        card=card,
        address=absolute(url_for("webhooks.receive")),
        messages=HEARD,
        api_version=API_VERSION,
        wanted_permissions=tuple(KeyPermission),
    )
