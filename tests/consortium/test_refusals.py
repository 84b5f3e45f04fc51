from typing import Any

import pytest
from flask import Flask, g

from consortium.access import public
from consortium.errors import Refusal
from consortium.tenants.models import Tenant
from consortium.words import say
from tests.browser import Browser
from tests.queries import counting_queries


@public
def refused(**_values: Any) -> str:
    raise Refusal(say("Not today."))


@public
def changed_and_refused(**_values: Any) -> str:
    g.tenant.name = "Another name"
    raise Refusal(say("Not today."))


def test_a_refused_look_reads_nothing_twice(
    app: Flask, client: Browser, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "institutes.home", refused)

    with counting_queries() as asked:
        page = client.get(f"/{tenant.slug}/")

    assert "Not today." in page.text
    assert sum("FROM tenant" in one for one in asked.statements) == 1


def test_what_a_refused_look_changed_is_neither_shown_nor_stored(
    app: Flask, client: Browser, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "institutes.home", changed_and_refused)

    page = client.get(f"/{tenant.slug}/")

    assert "Not today." in page.text
    assert "Another name" not in page.text
    assert tenant.name in page.text
