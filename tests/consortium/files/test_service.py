from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from consortium.database import transaction
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.domain import clean_file
from consortium.files.exports import file_answer
from consortium.files.models import StoredFile
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.consortium.files.samples import PDF
from tests.factories import NOON, make_tenant
from tests.storage import MemoryStorage

LATER = (NOON + timedelta(hours=2)).isoformat()


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


def kept(storage: MemoryStorage, name: str = "vote.pdf") -> StoredFile:
    lying = files.put(storage, clean_file(name, PDF))
    with transaction():
        return files.keep(lying, person_id=None)


def test_a_file_is_kept_under_a_key_that_no_name_leads_to(
    tenant: Tenant, storage: MemoryStorage
) -> None:
    file = kept(storage, "../../vote.pdf")

    assert (file.filename, file.size) == ("vote.pdf", len(PDF))
    assert file.key.startswith(f"{tenant.id.hex}/")
    assert "vote" not in file.key
    assert files.content_of(storage, file) == PDF


def test_bytes_that_are_gone_are_missed_in_a_sentence(
    tenant: Tenant, storage: MemoryStorage
) -> None:
    file = kept(storage)
    storage.files.clear()

    with pytest.raises(NotFound, match="This file is not there any more"):
        files.content_of(storage, file)


def test_only_old_bytes_without_a_row_are_swept_and_only_once(
    tenant: Tenant, storage: MemoryStorage, frozen: Callable[[str], object]
) -> None:
    stays, gone = kept(storage), kept(storage)
    with transaction():
        assert files.forget([gone.id]) == 1
    files.put(storage, clean_file("never-saved.pdf", PDF))
    other = make_tenant("hillside")
    with as_tenant(other.id):
        elsewhere = kept(storage).key
    frozen(LATER)
    on_its_way = files.put(storage, clean_file("now.pdf", PDF))

    assert (files.sweep(storage), files.sweep(storage)) == (2, 0)
    assert set(storage.files) == {stays.key, elsewhere, on_its_way.key}


def test_what_is_made_is_made_once_until_it_is_swept(
    tenant: Tenant, storage: MemoryStorage, frozen: Callable[[str], object]
) -> None:
    made: list[bytes] = []

    def ask(said: bytes = b"first") -> bytes:
        return files.made_of(storage, said, lambda: made.append(said) or said)  # type: ignore[func-returns-value]

    assert [ask(), ask(), ask(b"second"), ask()] == [b"first", b"first", b"second", b"first"]
    assert made == [b"first", b"second"]
    with as_tenant(make_tenant("hillside").id):
        ask()
    assert made == [b"first", b"second", b"first"]
    assert files.sweep(storage) == 0
    frozen(LATER)
    assert files.sweep(storage) == 2
    ask()
    assert made == [b"first", b"second", b"first", b"first"]


def test_many_who_ask_at_once_wait_for_one_making(tenant: Tenant, storage: MemoryStorage) -> None:
    together = Barrier(4)
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return PDF

    def ask(_: int) -> bytes:
        together.wait()
        with as_tenant(tenant_id):
            return files.made_of(storage, b"said", make)

    tenant_id = tenant.id
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [PDF] * 4
    assert made == [1]


def test_a_file_is_handed_out_to_be_saved_and_can_do_nothing_in_our_name(
    app: Flask, tenant: Tenant, storage: MemoryStorage
) -> None:
    file = kept(storage, "Vote 李.pdf")

    with app.test_request_context():
        answer = file_answer(file, PDF)

    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"Vote .pdf\"; filename*=UTF-8''Vote%20%E6%9D%8E.pdf"
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
