"""Pages of surveys: a host plans one, people answer it, both sides read the same of it."""

import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.surveys.domain.places import RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import SurveyName, SurveyReply, SurveyTies, SurveyWave
from cohorts.surveys.service import instruments
from consortium.database import db
from tests.browser import Browser
from tests.cohorts.surveys import stage
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("tenant", "noon")
HOME = "/lakeshore"
MANAGE = f"{HOME}/manage/surveys"


def count(model: Any) -> int:
    return db.session.scalars(select(func.count()).select_from(model)).one()


def send(client: Browser, address: str, **fields: Any) -> Any:
    """Send a form as it stands on its page, with some of its fields changed."""
    page = client.get(address).text
    token = re.search(r'name="csrf_token" [^>]*value="([^"]+)"', page)
    key = re.search(r'name="action_key" [^>]*value="([^"]+)"', page)
    hidden = {"csrf_token": token and token[1], "action_key": key and key[1]}
    hidden |= {f"upload-{name}": value for name, value in hidden.items()}
    return client.post(fields.pop("to", address), data={**hidden, **fields})


def test_a_host_plans_a_survey_lists_staff_and_both_sides_read_the_same(  # noqa: PLR0915
    client: Browser, app: Flask, frozen: Any
) -> None:
    make_person("owner@example.org", staff="owner")
    institute, (harbor,) = stage.cohort(
        "Harbor", members={"sup@example.org": "superintendent", "pres@example.org": "union_leader"}
    )
    client.sign_in("owner@example.org")
    begun = send(client, f"{MANAGE}/instruments/new", begin="attitudes")
    instrument = begun.location
    assert client.get(instrument).status_code == client.get(f"{instrument}/preview").status_code
    told = json.loads(client.get(f"{instrument}.json").text)
    assert told["title"] == starter().title
    planned = send(
        client,
        f"{MANAGE}/waves/new",
        instrument=instrument.rpartition("/")[2],
        title="How we work together",
        kind="baseline",
        institute=str(institute.id),
        opens_on="2026-03-10",
        closes_on="2026-03-24",
        time_zone="America/New_York",
        collector="Rutgers University",
    )
    assert planned.location.endswith("/names")
    names = planned.location
    send(client, names, to=f"{names}/from-seats")

    def bring(text: str) -> Any:
        page, file = f"{names}/{harbor.id}", (io.BytesIO(text.encode()), "list.csv")
        return send(client, page, to=f"{page}/file", **{"upload-file": file})

    rows = [f"{one.name},{one.email},{one.school},{one.group}" for one in stage.staff(7)]
    rows += [f"{one.name},{one.email},{one.school},Teacher" for one in stage.staff(4, "Tiny")]
    rows += [f"{one.name},{one.email},{one.school},Teacher" for one in stage.staff(9, "Oak")]
    bad = "\n".join(["Name,E-mail,School,Role group", *rows, "No Address,nowhere,Elm,Wizard"])
    refused = bring(bad)
    assert refused.status_code == 422
    assert "Row 22" in refused.text
    assert "Wizard" in refused.text
    assert bring(bad.rpartition("\n")[0]).location
    assert count(SurveyName) == 22
    wave = db.session.scalars(select(SurveyWave)).one()
    assert client.get(f"{MANAGE}/waves/{wave.id}").status_code == 200
    report = f"{HOME}/partnerships/{harbor.id}/surveys/{wave.id}"
    frozen(stage.OPEN)
    stage.open_now(wave, app)
    assert "when the survey has closed" in client.get(report).text
    emails = [row.email for row in db.session.scalars(select(SurveyName))]
    for n, email in enumerate(emails):
        stage.answer(wave, email, 3 + n % 3)
    frozen(stage.CLOSED)
    pages = []
    for side in ("sup@example.org", "pres@example.org"):
        client.sign_in(side)
        page = client.get(report)
        assert page.status_code == 200
        pages.append(re.sub(rf'{side}|value="[^"]+"', "", page.text))
        assert client.get(f"{MANAGE}/waves/{wave.id}/results").status_code == 403
    assert pages[0] == pages[1]
    assert "suppressed: fewer than 5" in pages[0]  # RU4
    assert not any(email in pages[0] for email in emails if "elm" in email)  # RU5
    assert client.get(f"{HOME}/partnerships/{harbor.id}/surveys").status_code == 200
    assert client.get(f"{report}.pdf").data.startswith(b"%PDF")
    assert "suppressed" in client.get(f"{report}.csv").text
    assert client.get(f"{report}.xlsx").data.startswith(b"PK")
    make_person("stranger@example.org")
    client.sign_in("stranger@example.org")
    assert client.get(report).status_code == 404
    client.sign_in("owner@example.org")
    assert "own words" in client.get(report).text
    assert client.get(f"{MANAGE}/waves/{wave.id}/results").status_code == 200
    assert client.get(f"{MANAGE}/waves/{wave.id}/results.csv").status_code == 200


def test_people_answer_without_signing_in_step_by_step_and_only_the_collector_has_ties(
    client: Browser, app: Flask, frozen: Any
) -> None:
    institute, (harbor,) = stage.cohort("Harbor")
    wave = stage.network_for(institute)
    stage.put(wave, harbor, [*stage.staff(4), *stage.staff(2, group=RoleGroup.PRINCIPAL)])
    frozen(stage.OPEN)
    stage.open_now(wave, app)
    emails = [row.email for row in db.session.scalars(select(SurveyName))]
    address = f"{HOME}/surveys/{stage.token_of(wave, emails[0])}"
    first = client.get(address)
    assert "not anonymous to Rutgers University" in first.text
    assert first.headers["Cache-Control"] == "no-store"
    other = str(stage.name_of(wave, emails[1]).id)
    own = str(stage.name_of(wave, emails[0]).id)
    assert own not in first.text
    second = send(client, address, step="people", people=[other])
    assert "Step 2 of 2" in second.text
    assert emails[2] not in second.text
    done = send(
        client, address, step="topics", people=[other, own], talk=[f"{other}:data", f"{own}:data"]
    )
    assert done.status_code == 302
    (ties,) = db.session.scalars(select(SurveyTies))
    assert len(ties.named["data"]) == 1
    assert "You have answered" in client.get(address).text
    again = send(client, address, to=address, step="topics", people=[other], talk=[])
    assert again.status_code in {400, 422}
    assert count(SurveyReply) == 1
    assert client.get(f"{HOME}/surveys/{'0' * 72}").status_code == 404
    for email in emails[1:5]:
        stage.answer(wave, email, data=[emails[0]])
    frozen(stage.CLOSED)
    page = f"{MANAGE}/waves/{wave.id}"
    make_person("coordinator@example.org", staff="coordinator")
    client.sign_in("coordinator@example.org")
    assert "Download the ties" not in client.get(page).text
    assert client.post(f"{page}/ties.csv").status_code in {400, 403}
    make_person("owner@example.org", staff="owner")
    client.sign_in("owner@example.org")
    report = client.get(f"{HOME}/partnerships/{harbor.id}/surveys/{wave.id}").text
    assert "0.1667" in report  # 5 ties of 6 * 5
    file = send(client, page, to=f"{page}/ties.csv")
    assert len(file.text.splitlines()) == 6
    assert not any(email in file.text for email in emails)
    send(client, page, to=f"{page}/delete-ties")
    assert count(SurveyTies) == 0
    assert "0.1667" in client.get(f"{HOME}/partnerships/{harbor.id}/surveys/{wave.id}").text


def test_an_instrument_in_use_stays_and_a_change_makes_the_next_version(
    client: Browser,
) -> None:
    make_person("owner@example.org", staff="owner")
    institute, _ = stage.cohort("Harbor")
    wave = stage.wave_for(institute)
    client.sign_in("owner@example.org")
    address = f"{MANAGE}/instruments/{wave.instrument_id}"
    row = instruments.get_instrument(wave.instrument_id)
    fields = {
        "version": str(row.version),
        "title": "Ours",
        "ground": "own",
        "rows-0-code": "trust",
        "rows-0-title": "Trust",
        "rows-0-points": "5",
        "rows-0-statements": "The administration keeps what it promises.\n(R) A new one.",
    }
    assert send(client, address, **fields).status_code == 302
    old, new = instruments.every_instrument()[1], instruments.every_instrument()[0]
    assert (old.number, new.number, old.title) == (1, 2, starter().title)
    former, added = new.asked.scales[0].statements
    assert former.code == old.asked.scale_of("trust").statements[0].code
    assert added.reversed
    assert added.code not in old.asked.scale_of("trust").codes
    stale = send(client, f"{MANAGE}/instruments/{new.id}", **{**fields, "version": "7"})
    assert stale.status_code == 409
    assert "The administration keeps what it promises." in stale.text
    granted = {**fields, "version": str(new.version), "ground": "granted"}
    assert "whose wording" in send(client, f"{MANAGE}/instruments/{new.id}", **granted).text


def test_a_file_of_an_instrument_is_taken_whole_or_every_fault_is_said(client: Browser) -> None:
    make_person("owner@example.org", staff="owner")
    client.sign_in("owner@example.org")

    def bring(content: bytes) -> Any:
        data = {"upload-file": (io.BytesIO(content), "i.json")}
        page = f"{MANAGE}/instruments/new"
        text = client.get(page).text
        keys = re.findall(
            r'name="(upload-action_key|upload-csrf_token)" [^>]*value="([^"]+)"', text
        )
        return client.post(f"{MANAGE}/instruments/file", data={**dict(keys), **data})

    told = starter_network().model_dump(mode="json")
    assert bring(json.dumps(told).encode()).status_code == 302
    assert instruments.every_instrument()[0].content == told
    told["network"]["topics"][0]["code"] = "Not A Code"
    told["extra"] = 1
    refused = bring(json.dumps(told, indent=1).encode())
    assert refused.status_code == 422
    for words in ("network.topics[0].code: Write small letters", "extra: Nobody knows this name"):
        assert words in refused.text
    for content in (b"\xff\xfe", b"[1", b"{}", b'"x"', b"\x00"):
        assert bring(content).status_code == 422
