"""Mails as people read them: one text part and one HTML part that say the same."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any

from css_inline import CSSInliner
from flask import current_app, g, render_template

from consortium.ports import Attachment, Email

_inliner = CSSInliner(load_remote_stylesheets=False)


def absolute(path: str) -> str:
    """Return the address people can click in a mail; only from the configured base URL."""
    base_url: str = current_app.extensions["settings"].base_url
    return base_url + path


def address_at(consortium: str, endpoint: str, **values: Any) -> str:
    """Return the address of a consortium's page; workers need it too, outside any request."""
    return absolute(
        current_app.url_map.bind("").build(endpoint, {"consortium": consortium, **values})
    )


def letter(
    template: str,
    *,
    to: str,
    subject: str,
    attachments: tuple[Attachment, ...] = (),
    **values: Any,
) -> Email:
    """Return the mail written by ``emails/<template>.txt`` and ``.html``, signed at its foot.

    Both templates get ``values``, ``subject``, and the consortium as ``tenant``: the one of the
    address, or the one given by who writes outside a request. Answers go to its reply address.
    """
    tenant = values.pop("tenant", None) or g.get("tenant")
    values = {"subject": subject, "tenant": tenant, **values}
    text = render_template(f"emails/{template}.txt", **values).strip()
    foot = render_template("emails/layouts/foot.txt", **values).strip()
    html = _inliner.inline(render_template(f"emails/{template}.html", **values))
    return Email(
        to=to,
        subject=" ".join(subject.split()),
        text=f"{text}\n\n{foot}\n",
        html=html,
        reply_to=tenant.reply_address if tenant else None,
        from_name=tenant.name if tenant else None,
        attachments=attachments,
    )


def letters(
    template: str, people: Iterable[tuple[str, str]], *, subject: str, **values: Any
) -> list[Email]:
    """Return one mail for each of these people, by address and name; it is written only once.

    As ``letter``, for mails in which nothing differs but whom they greet: the templates get
    ``name`` and must say it as it is, and decide nothing by it.
    """
    someone = f"name{secrets.token_hex(16)}"
    one = letter(template, to="", subject=subject, name=someone, **values)
    return [
        replace(
            one,
            to=to,
            text=one.text.replace(someone, name),
            html=one.html and one.html.replace(someone, escape(name)),
        )
        for to, name in people
    ]
