"""What authenticators say, as the WebAuthn supplier reads it. Nothing else imports the supplier.

Every passkey must have checked who holds it (fingerprint, face, PIN), for everyone: a passkey
that was asked for before its owner is known then counts as both proofs of staff.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from webauthn import helpers
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from consortium.auth.domain.passkeys import ANSWER_WITHIN, Site
from consortium.people.models import Identity

SITE_NAME = "Consortium"
VERIFIED = UserVerificationRequirement.REQUIRED
TIMEOUT = int(ANSWER_WITHIN.total_seconds() * 1000)


class Unproven(Exception):
    """What the browser sent proves nothing; the text says why, for the log."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A key pair that an authenticator has just made."""

    credential_id: str
    public_key: bytes
    sign_count: int


def how_to_make(
    site: Site, challenge: bytes, *, owner: Identity, known: Iterable[str]
) -> dict[str, Any]:
    """Return what a browser needs to make a passkey that is found without naming its owner."""
    return _as_json(
        webauthn.generate_registration_options(
            rp_id=site.host,
            rp_name=SITE_NAME,
            user_id=owner.id.bytes,
            user_name=owner.email,
            challenge=challenge,
            timeout=TIMEOUT,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
            ),
            exclude_credentials=_descriptors(known),
        )
    )


def how_to_prove(site: Site, challenge: bytes, *, known: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a browser needs to use a passkey: one of those known, or any of this site."""
    return _as_json(
        webauthn.generate_authentication_options(
            rp_id=site.host,
            challenge=challenge,
            timeout=TIMEOUT,
            allow_credentials=_descriptors(known),
            user_verification=VERIFIED,
        )
    )


class Making:
    """A browser's answer to ``how_to_make``. Raises ``Unproven`` when it cannot be read."""

    def __init__(self, text: str) -> None:
        with _hostile():
            self._said = helpers.parse_registration_credential_json(text)
            self.challenge = _challenge_in(self._said.response.client_data_json)

    def check(self, site: Site) -> Made:
        """Return the key pair made for this site and challenge. Raises ``Unproven``."""
        with _hostile():
            made = webauthn.verify_registration_response(
                credential=self._said,
                expected_challenge=self.challenge,
                expected_rp_id=site.host,
                expected_origin=site.origin,
                require_user_verification=True,
            )
        return Made(
            credential_id=helpers.bytes_to_base64url(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
        )


class Proof:
    """A browser's answer to ``how_to_prove``. Raises ``Unproven`` when it cannot be read."""

    def __init__(self, text: str) -> None:
        with _hostile():
            self._said = helpers.parse_authentication_credential_json(text)
            self.challenge = _challenge_in(self._said.response.client_data_json)
            self.credential_id = helpers.bytes_to_base64url(self._said.raw_id)

    def check(self, site: Site, *, owner: UUID, public_key: bytes, sign_count: int) -> int:
        """Return the new count of a passkey that signed for this site. Raises ``Unproven``.

        A count that did not rise means that there are two of what must be one.
        """
        if self._said.response.user_handle not in {None, owner.bytes}:
            raise Unproven("the passkey says it is someone else's")
        with _hostile():
            proved = webauthn.verify_authentication_response(
                credential=self._said,
                expected_challenge=self.challenge,
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=public_key,
                credential_current_sign_count=sign_count,
                require_user_verification=True,
            )
        return proved.new_sign_count


def _challenge_in(client_data: bytes) -> bytes:
    said = helpers.parse_client_data_json(client_data)
    if said.cross_origin:
        raise Unproven("asked inside a frame of another site")
    return said.challenge


def _descriptors(known: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=helpers.base64url_to_bytes(one)) for one in known]


def _as_json(options: Any) -> dict[str, Any]:
    said: dict[str, Any] = helpers.options_to_json_dict(options)
    return said


@contextmanager
def _hostile() -> Iterator[None]:
    """Read what may be anything: the supplier's parsers raise whatever their bytes lead to."""
    try:
        yield
    except Unproven:
        raise
    except Exception as error:
        raise Unproven(f"{type(error).__name__}: {error}") from error
