"""Addresses shown to others, and telephone numbers in their international form."""

import phonenumbers

from consortium.words import say
from events.registration.domain.places import region_of
from events.registration.domain.refusals import RegistrationRefused

PLAIN = frozenset("0123456789 +-().")
TOO_LONG = 40


def masked(email: str) -> str:
    """Return the address so that its owner knows it and nobody else learns it: l…@example.org."""
    local, _, host = email.partition("@")
    return f"{local[:1]}…@{host}"


def international(text: str, place: str, *, field: str | None = "phone") -> str:
    """Return a telephone number as +16095550142; empty stays empty.

    Numbers without a country code are read as numbers of ``place``. Raises
    ``RegistrationRefused``.
    """
    text = text.strip()
    if not text:
        return ""
    refused = RegistrationRefused(
        say(
            "“%(text)s” is not a telephone number. Write it with its country code, like "
            "+1 609 555 0142 or +27 11 978 5313.",
            text=text[:TOO_LONG],
        ),
        field=field,
    )
    if len(text) > TOO_LONG or not PLAIN.issuperset(text):
        raise refused
    try:
        number = phonenumbers.parse(text, region_of(place))
    except phonenumbers.NumberParseException as error:
        raise refused from error
    if not phonenumbers.is_possible_number(number):
        raise refused
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """Return a stored number as people read it: +27 11 978 5313."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number, None)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
