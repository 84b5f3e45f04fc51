"""Pages of plans: an edit that came too late, a signature, a chart with its table, the paper."""

from datetime import date
from decimal import Decimal

from bs4 import BeautifulSoup

from cohorts.plans import service as plans
from cohorts.plans.domain import Reading
from consortium.database import transaction
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.plans.stage import make_stage
from tests.consortium.matrix.test_acts import form_on


def test_two_sides_write_sign_and_read_a_plan(tenant: Tenant, client: Browser) -> None:
    stage = make_stage()
    plan, goal = stage.ready_plan()
    home = f"/lakeshore/plans/{plan.id}"
    edit = f"{home}/goals/{goal.id}/edit"
    client.sign_in(stage.rep.email)
    opened = form_on(client.get(edit).text, edit)
    steps = [plans.Step(title="Pick the books", due=date(2026, 10, 1))]
    with transaction():
        plans.change_goal(plan.id, goal.id, stage.spec(unit="points"), steps, 1, stage.chief)

    late = client.post(edit, data={**opened, "title": "All third graders read", "target": "90"})

    assert late.status_code == 409
    page = BeautifulSoup(late.text, "html.parser")
    cells = [[one.get_text(strip=True) for one in row.find_all(["th", "td"])] for row in
             page.select_one(".notice table").find_all("tr")[1:]]  # fmt: skip
    assert cells == [
        ["Goal", "More third graders read at grade level", "All third graders read"],
        ["Where we stand", "60 points", "60%"],
        ["Target", "80 points", "90%"],
    ]
    assert page.find(id="title")["value"] == "All third graders read"
    again = client.post(edit, data={**form_on(late.text, edit), "unit": "%"})
    assert again.status_code == 302
    wrong = client.post(edit, data={**form_on(client.get(edit).text, edit), "target": "1e9"})
    assert (wrong.status_code, "Write a number, like 62 or 62.5." in wrong.text) == (422, True)

    sign = f"{home}/sign"
    for reader in (stage.rep, stage.chief):
        client.sign_in(reader.email)
        sent = {**form_on(client.get(sign).text, sign), "name": "My Name", "agree": "y"}
        assert client.post(sign, data=sent).status_code == 302
    with transaction():
        plans.record_reading(
            plan.id, goal.id, Reading(on=date(2026, 2, 1), value=Decimal(75)), "", stage.rep
        )
    shown = BeautifulSoup(client.get(f"{home}/goals/{goal.id}").text, "html.parser")
    picture = shown.select_one("svg[role=img]")
    assert picture.find("desc").get_text() == (
        "State reading test, grade 3: 75% on Feb\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2026, "
        "from 60%; the target is 90%."
    )
    assert len(picture.select(".chart__point")) == 1
    assert "75%" in shown.select_one("#measured ~ .table-box table").get_text()
    assert "signed by both sides" in client.get(f"{home}/versions/1").text
    paper = client.get(f"{home}.pdf")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="plan-2025-26.pdf"'
    assert "Plan 2025–26 of" in client.get(home).text
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
