"""Whatever is sent to the pages of credit, nothing breaks: 4xx with a sentence, never 5xx."""

from datetime import date
from typing import Any

import pytest

from consortium.people.models import Person
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.credit.stage import ILLINOIS, give, seat, was_there
from tests.factories import make_institute, make_session

DAY = "2026-02-20"
M, P = "/lakeshore/manage/institutes/summer", "/lakeshore/institutes/summer"
STRANGE = (
    "",
    "\x00",
    "\u202eevil",
    "x" * 30_000,
    "٣",
    "-1",
    "1e400",
    "NaN",
    "😀",
    "\ud800",
    "' OR 1=1",
)


@pytest.fixture
def workshop(tenant: Any, coordinator: Person, client: Browser) -> Institute:
    institute = make_institute(days=[date(2026, 2, 20)])
    make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T12:00")
    give(institute, ILLINOIS)
    person = seat(institute, coordinator.email, "principal")
    was_there(institute, person, "09:00", "12:00", on=DAY)
    client.sign_in(coordinator.email)
    return institute


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (f"{P}/credit/number/IEIN", ("number",)),
        (f"{P}/evaluation/whole", ("answer_1", "answer_2", "answer_3")),
        (f"{M}/credit/settings", ("open_stays", "signers", "version")),
        (f"{M}/credit/1", ("name", "counting", "amount", "share", "unit", "counted", "rounding",
                           "cap", "left_out", "roles", "licence", "licence_least", "keep_years")),
        (f"{M}/evaluation", ("part",)),
        (f"{M}/evaluation/whole", ("rows-0-words", "rows-0-kind", "rows-0-options", "rows-0-code",
                                   "closes_on", "version")),
        (f"{M}/records/hold", ("reason",)),
    ],
)  # fmt: skip
def test_strange_values_break_nothing(
    workshop: Institute, client: Browser, path: str, fields: tuple[str, ...]
) -> None:
    for text in STRANGE:
        for field in fields:
            sent = {field: text.encode("utf-8", "surrogatepass")}
            answer = client.post(path, data=sent)
            assert answer.status_code in {302, 400, 404, 409, 422}, (path, field, text[:20])


@pytest.mark.parametrize(
    "path",
    [f"{P}/evaluation/day:2026-13-45", f"{P}/evaluation/day:", f"{P}/evaluation/session:",
     f"{M}/credit/0", f"{M}/credit/99", f"{M}/credit/add/none", f"{M}/evaluation/%00",
     "/lakeshore/certificates/00000000-0000-0000-0000-000000000000",
     "/lakeshore/verify/%F0%9F%98%80"],
)  # fmt: skip
def test_strange_addresses_are_not_found(workshop: Institute, client: Browser, path: str) -> None:
    assert client.get(path).status_code == 404
