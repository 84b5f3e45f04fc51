"""Whatever a browser sends as a passkey is read, or refused, and nothing else happens."""

import json
from typing import Any
from uuid import UUID

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.auth.domain.passkeys import site_of
from consortium.auth.service.authenticators import Making, Proof, Unproven
from tests.consortium.auth.authenticator import Authenticator, text

pytestmark = pytest.mark.pure

SITE = site_of("http://localhost")
OWNER = UUID(int=7)
TOLD: dict[str, Any] = {
    "challenge": text(b"c" * 32),
    "rpId": "localhost",
    "rp": {"id": "localhost"},
    "user": {"id": text(OWNER.bytes)},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
BYTES = st.binary(max_size=200)


def answers(honest: str) -> st.SearchStrategy[str]:
    """Spoil one part of an honest answer, on any level, or say something else altogether."""
    said = json.loads(honest)
    parts = sorted(said["response"])
    spoilt = st.one_of(JSON, BYTES.map(text), JSON.map(lambda one: text(cbor2.dumps(one))))
    return st.one_of(
        st.text(max_size=40),
        JSON.map(json.dumps),
        st.tuples(st.sampled_from(sorted(said)), JSON).map(
            lambda new: json.dumps({**said, new[0]: new[1]})
        ),
        st.tuples(st.sampled_from(parts), spoilt).map(
            lambda new: json.dumps({**said, "response": {**said["response"], new[0]: new[1]}})
        ),
    )


@given(answers(Authenticator().make(TOLD)))
def test_new_passkey_is_read_or_refused(said: str) -> None:
    assert SITE is not None
    try:
        made = Making(said).check(SITE)
    except Unproven:
        return
    assert made.credential_id == text(b"first-passkey-01")


KEY = Authenticator()
MADE = Making(KEY.make(TOLD)).check(SITE) if SITE else None


@given(answers(KEY.prove(TOLD)))
def test_proof_is_read_or_refused(said: str) -> None:
    assert SITE is not None
    assert MADE is not None
    try:
        Proof(said).check(SITE, owner=OWNER, public_key=MADE.public_key, sign_count=1)
    except Unproven:
        return
    assert json.loads(said)["rawId"] == text(b"first-passkey-01")


@given(BYTES)
def test_key_of_any_bytes_proves_nothing(key: bytes) -> None:
    assert SITE is not None
    with pytest.raises(Unproven):
        Proof(KEY.prove(TOLD)).check(SITE, owner=OWNER, public_key=key, sign_count=0)
