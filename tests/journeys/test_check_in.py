"""A desk loses its network, scans on, is reloaded and comes back: everything arrives, once."""

from collections.abc import Callable, Sequence

from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update

from consortium import clock
from consortium.auth.models import SignInSession
from consortium.database import db
from consortium.tenancy import for_every_tenant
from events.checkin.models import CheckIn, Scan
from events.checkin.service.invariants import check_ins_off
from tests.journeys.desks import (  # noqa: F401  (the fixtures are found by name)
    WEEK,
    database,
    many_come,
    open_desk,
    scan,
    week,
)
from tests.journeys.site import Site

PEOPLE, BOTH = 40, 5
EVERYTHING_CACHED = """async () => {
  let text = "";
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) text += await (await cache.match(key)).text();
  }
  return text;
}"""


def counted() -> tuple[int, int, list[str]]:
    """Return how many scans and check-ins there are, and where the two do not agree."""
    with for_every_tenant():
        numbers = [
            db.session.scalars(select(func.count(model.id))).one() for model in (Scan, CheckIn)
        ]
        return numbers[0], numbers[1], list(check_ins_off())


def sign_everyone_out() -> None:
    db.session.execute(update(SignInSession).values(ended_at=clock.now()))
    db.session.commit()


def test_forty_badges_scanned_without_a_network_arrive_once(
    week: Site,  # noqa: F811
    new_page: Callable[..., Page],
) -> None:
    codes: Sequence[str] = week.in_app(lambda: many_come(PEOPLE))
    scans, here, _ = week.in_app(counted)
    north, south = open_desk(new_page()), open_desk(new_page())
    status, counts = north.locator("#desk-status"), south.locator("#desk-counts")
    expect(counts).to_contain_text("have arrived")
    before = int(counts.inner_text().split()[0])

    north.context.set_offline(True)
    scan(south, codes[:BOTH])
    expect(south.locator("#desk-log")).to_contain_text("Guest04 is checked in")
    scan(north, codes[: PEOPLE // 2])
    expect(status).to_contain_text(f"{PEOPLE // 2} wait on this tablet")
    north.reload()
    expect(status).to_contain_text(f"{PEOPLE // 2} wait on this tablet")
    north.fill("input[name=q]", "pinefield guest39")
    expect(north.locator("#desk-found li")).to_have_count(1)
    north.fill("input[name=q]", "")
    scan(north, codes[PEOPLE // 2 :])
    expect(status).to_contain_text(f"{PEOPLE} wait on this tablet")

    week.set_clock("2026-03-02T13:30:00+00:00")  # it stood still while the browsers' clocks went on
    north.context.set_offline(False)

    expect(status).to_contain_text("Connected. Everything has been sent.")
    told = north.locator("#desk-log li", has_text="is already here, since")
    expect(told).to_have_count(BOTH)
    assert week.in_app(counted) == (scans + PEOPLE + BOTH, here + PEOPLE, [])
    expect(counts).to_contain_text(f"{before + PEOPLE} of")
    assert north.evaluate("document.cookie") == ""  # nothing of the desk is in a cookie


def test_a_desk_that_was_signed_out_keeps_its_scans_until_someone_signs_in(
    week: Site,  # noqa: F811
    new_page: Callable[..., Page],
) -> None:
    codes: Sequence[str] = week.in_app(lambda: many_come(3))
    scans, here, _ = week.in_app(counted)
    desk = open_desk(new_page())
    desk.context.set_offline(True)
    scan(desk, codes)
    expect(desk.locator("#desk-status")).to_contain_text("3 wait on this tablet")

    week.in_app(sign_everyone_out)
    desk.context.set_offline(False)
    desk.evaluate("window.dispatchEvent(new Event('online'))")
    expect(desk.locator("#desk-status")).to_contain_text("You are signed out. 3 wait")
    assert week.in_app(counted)[0] == scans

    open_desk(desk)
    assert week.in_app(counted) == (scans + 3, here + 3, [])


def test_signing_out_takes_the_names_from_the_tablet(
    week: Site,  # noqa: F811
    new_page: Callable[..., Page],
) -> None:
    desk = open_desk(new_page())
    kept = "indexedDB.databases().then((all) => all.map((one) => one.name).sort())"
    assert "consortium-roster" in desk.evaluate(kept)

    with desk.expect_navigation():
        desk.get_by_role("button", name="Sign out").click()

    assert "consortium-roster" not in desk.evaluate(kept)
    text = desk.evaluate(EVERYTHING_CACHED)
    assert "Check-in desk" in text
    assert "Siobhán" not in text
    assert "imani.reyes" not in text
