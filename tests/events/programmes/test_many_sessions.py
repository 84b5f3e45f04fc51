"""Programmes of many sessions: pages read values without rows, and they are the same values."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event

from consortium.database import db
from consortium.tenants.models import Tenant
from events.schedule import service as schedule
from tests.browser import Browser
from tests.events.programmes.files import small
from tests.events.programmes.loads import loaded, session_of
from tests.events.programmes.test_places import WHOLE


@pytest.mark.parametrize("cancelled", [False, True])
def test_what_pages_read_is_what_the_rows_say(tenant: Tenant, *, cancelled: bool) -> None:
    institute = loaded(**WHOLE)
    hidden = session_of(institute, "talk")
    hidden.published = False
    if cancelled:
        schedule.cancel_session(session_of(institute, "open"), by="x")
    db.session.commit()
    rows = schedule.sessions_of(institute.id)
    assert [one.code for one in rows] == ["open"]
    assert list(schedule.planned_of(institute.id)) == [one.planned for one in rows]


def test_a_longer_programme_takes_no_more_queries(client: Browser, tenant: Tenant) -> None:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    one = small()["sessions"][0]
    counts = []
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for n in (2, 40):
            sessions = [
                {**one, "id": f"s {k}".replace(" ", "-"), "room": f"R{k}"} for k in range(n)
            ]
            institute = loaded(sessions=sessions)
            db.session.expire_all()
            asked.clear()
            page = client.get(f"/lakeshore/institutes/{institute.slug}/programme")
            counts.append(len(asked))
            soup = BeautifulSoup(page.text, "html.parser")
            assert len(soup.select(".session")) == n
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]
    link = soup.select_one(".session .act a")
    assert link is not None
    assert link["href"] == f"/lakeshore/institutes/{institute.slug}/sessions/s-0.ics"
    assert client.get(str(link["href"])).status_code == 200


def test_a_code_with_signs_still_leads_to_its_calendar_file(
    client: Browser, tenant: Tenant
) -> None:
    institute = loaded(sessions__0__id="a:b.c_d")
    page = client.get(f"/lakeshore/institutes/{institute.slug}/programme")
    links = [
        str(link["href"])
        for link in BeautifulSoup(page.text, "html.parser").select(".session .act a")
    ]
    assert client.get(links[0]).status_code == 200
