"""The base of every form: CSRF, whitespace, unsafe characters, and refusals beside their field."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from consortium.actions import service as actions
from consortium.drafts import service as drafts
from consortium.drafts.models import FormDraft
from consortium.errors import Refusal
from consortium.words import say

LINE_BREAKS = frozenset("\t\n\r")
# Marks that reorder the text around them; they can make one name read as another.
WITHOUT_BIDI_OVERRIDES = str.maketrans(
    "", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def clean_text(value: str | None) -> str | None:
    """Return the text as it will be stored: no bidi overrides, NFC, no outer space."""
    if value is None:
        return None
    return unicodedata.normalize("NFC", value.translate(WITHOUT_BIDI_OVERRIDES)).strip()


def unsafe_characters(value: str, *, lines: bool) -> bool:
    """Tell whether the text has characters that some writer downstream cannot carry.

    Control characters, NUL and lone surrogates raise somewhere in spreadsheets, calendars,
    mail or a database; they are refused at the door, alike everywhere.
    """
    for character in value:
        if character in LINE_BREAKS and lines:
            continue
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            return True
    return False


class PlainText:
    """Validator: no control characters. ``lines=True`` lets line breaks and tabs through."""

    def __init__(self, *, lines: bool = False, longest: int = 200) -> None:
        self.lines = lines
        self.longest = longest

    def __call__(self, _form: Any, field: Field) -> None:
        """Raise ``ValidationError`` for a text that is too long or carries hidden characters."""
        value = field.data or ""
        if len(value) > self.longest:
            raise ValidationError(
                say("Use at most %(longest)s characters.", longest=f"{self.longest:,}")
            )
        if unsafe_characters(value, lines=self.lines):
            raise ValidationError(
                say("Remove the hidden control characters; typing the text again helps.")
            )


class Form(FlaskForm):
    """A form of this application: every text is cleaned and checked the same way."""

    links: tuple[tuple[str, str], ...] = ()
    """Where a refusal leads on to, words and address of each; shown with the errors."""

    keeps = False
    """Whether what is typed is kept before it is sent (see ``KeptForm``)."""

    class Meta(FlaskForm.Meta):
        """Give each text field the cleaning filter before its own."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Bind the field as usual, with ``clean_text`` first among its filters."""
            if issubclass(unbound_field.field_class, StringField):
                own = unbound_field.kwargs.get("filters", ())
                options = {**options, "filters": [clean_text, *own]}
            field: Field = unbound_field.bind(form=form, **options)
            return field

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; texts that bring no ``PlainText`` of their own get the usual one."""
        extra = {name: list(checks) for name, checks in (extra_validators or {}).items()}
        for name, field in self._fields.items():
            if not isinstance(field, StringField):
                continue
            if not any(isinstance(check, PlainText) for check in field.validators):
                lines = isinstance(field, TextAreaField)
                check = PlainText(lines=lines, longest=20_000 if lines else 200)
                extra.setdefault(name, []).append(check)
        valid: bool = super().validate(extra_validators=extra)
        return valid

    @property
    def status(self) -> HTTPStatus:
        """422 when something is wrong with the form, 200 otherwise."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK

    @contextmanager
    def showing(self, *refusals: type[Refusal]) -> Iterator[None]:
        """Turn a refusal raised in the block into an error on the form."""
        try:
            yield
        except refusals as refusal:
            self.links = refusal.links
            field = self._fields.get(refusal.field or "")
            if field is None:
                self.form_errors.append(refusal.message)
            else:
                field.errors = [*field.errors, refusal.message]


class ActForm(Form):
    """A form whose act must happen once: it carries a key, and the same key is one act.

    In a route::

        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            team = teams.start_team(…)
            return form.answer(redirect(url_for(…)))
    """

    action_key = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def once(self, *, by: str) -> None:
        """Mark the act as done, or leave with the first answer (see ``actions.once``)."""
        self._by = by
        try:
            actions.once(self._key, _sent(), answer="", by=by)
        except actions.OtherBody:
            self.action_key.data = secrets.token_urlsafe(16)  # shown again, it is a form of its own
            raise

    @contextmanager
    def showing(self, *refusals: type[Refusal]) -> Iterator[None]:
        """Turn a refusal into an error on the form, also when the form was sent before.

        Who goes back and writes something else keeps it, and sends it again.
        """
        with super().showing(*refusals, actions.OtherBody):
            yield

    def answer(self, response: Response) -> Response:
        """Remember where this answer leads, for the same form sent again."""
        actions.answer_with(self._key, response.location or "", by=self._by)
        return response

    @property
    def _key(self) -> str:
        key = self.action_key.data or ""
        if not key or unsafe_characters(key, lines=False):
            self.action_key.data = secrets.token_urlsafe(16)
        return str(self.action_key.data)[:64]


def _sent() -> Iterator[tuple[str, str]]:
    """Give everything that was sent, files by what is in them: another file is another form."""
    yield from request.form.items(multi=True)
    for name, file in request.files.items(multi=True):
        if file.filename and not file.closed:
            yield name, hashlib.sha256(file.stream.read()).hexdigest()
            file.stream.seek(0)


class KeptForm(ActForm):
    """A form that keeps what someone types until it is sent, for that person alone.

    The page shows it by ``forms.form``, which gives back what was kept and loads the script
    that keeps it. Where its address is secret or there are two, name it: ``form.keep_as(…)``.
    """

    keeps = True
    _name = ""
    _kept: FormDraft | None = None
    _looked = False

    def keep_as(self, name: str) -> None:
        """Say which form this is, where the address of its page must not be written down."""
        self._name = name

    @property
    def draft_name(self) -> str:
        """Under which name it is kept."""
        return self._name or f"{request.path}#{type(self).__name__}"

    def take_up(self) -> FormDraft | None:
        """Fill in what this person typed before and did not send; once, on a page just opened."""
        if self._looked or g.get("identity") is None or request.method == "POST":
            return self._kept
        self._looked = True
        self._kept = drafts.find(g.identity.id, self.draft_name)
        if self._kept is not None:
            self._give_back(self._kept.fields)
        return self._kept

    def answer(self, response: Response) -> Response:
        """Remember the answer as usual; what was kept of the form is not needed any more."""
        drafts.forget(g.identity.id, self.draft_name)
        return super().answer(response)

    def _give_back(self, fields: Mapping[str, list[str]]) -> None:
        typed = MultiDict((name, value) for name, values in fields.items() for value in values)
        for field in self:
            if isinstance(field, FileField) or field.name in drafts.NEVER_KEPT:
                continue
            absent_says_no = isinstance(field, BooleanField | SelectMultipleField)
            if field.name in typed or absent_says_no:
                field.process(typed)
