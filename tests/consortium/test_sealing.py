from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from consortium.sealing import SealBroken, seal, unseal
from consortium.settings import Settings

OURS, THEIRS = UUID(int=1), UUID(int=2)
PURPOSE = "card keys"
KEY = "rk_test_" + "a" * 99


@contextmanager
def settings_of(app: Flask, **values: object) -> Iterator[None]:
    before: Settings = app.extensions["settings"]
    app.extensions["settings"] = replace(before, **values)  # type: ignore[arg-type]
    yield
    app.extensions["settings"] = before


def sealed() -> str:
    return seal(KEY, PURPOSE, tenant_id=OURS)


def test_what_is_sealed_is_read_again_and_not_by_looking_at_it() -> None:
    one, two = sealed(), sealed()

    assert unseal(one, PURPOSE, tenant_id=OURS) == KEY
    assert one != two
    assert "rk_test" not in one
    assert KEY.encode().hex() not in one


@given(st.text(max_size=500))
def test_any_text_is_read_again(text: str) -> None:
    assert unseal(seal(text, PURPOSE, tenant_id=OURS), PURPOSE, tenant_id=OURS) == text


def test_a_seal_is_for_one_tenant_and_one_purpose() -> None:
    for purpose, tenant in ((PURPOSE, THEIRS), ("webhook secret", OURS)):
        with pytest.raises(SealBroken, match="cannot be opened"):
            unseal(sealed(), purpose, tenant_id=tenant)


def test_what_was_changed_is_not_opened() -> None:
    whole = sealed()
    middle = len(whole) // 2
    swapped = "A" if whole[middle] != "A" else "B"
    for broken in (
        whole[:middle] + swapped + whole[middle + 1 :],
        whole[:-4],
        whole + "AAAA",
        whole.removeprefix("s1."),
        "s1.",
        "s1.ä",
        "",
        KEY,
    ):
        with pytest.raises(SealBroken) as refused:
            unseal(broken, PURPOSE, tenant_id=OURS)
        assert KEY not in str(refused.value)


def test_a_former_secret_still_opens_and_then_may_go(app: Flask) -> None:
    old = app.extensions["settings"].secret_key
    before = sealed()

    with settings_of(app, secret_key="n" * 32, secret_key_fallbacks=("x" * 32, old)):
        assert unseal(before, PURPOSE, tenant_id=OURS) == KEY
        after = sealed()
    with settings_of(app, secret_key="n" * 32):
        assert unseal(after, PURPOSE, tenant_id=OURS) == KEY
        with pytest.raises(SealBroken, match="SECRET_KEY_FALLBACKS"):
            unseal(before, PURPOSE, tenant_id=OURS)
