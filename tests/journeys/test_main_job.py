"""The main job, end to end: a state opens an institute, teams register, people leave with
a calendar and peers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import vobject
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys import calmi
from tests.journeys.site import Site, sign_in

INSTITUTE = "california-labor-management-initiative-summer-institute-2017"


def test_a_state_opens_an_institute_and_people_leave_with_a_calendar_and_peers(
    site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)

    coordinator = new_page()
    open_the_institute(coordinator, site)

    site.set_clock("2017-05-10T10:00:00-07:00")
    first = new_page()
    register(
        first,
        site,
        "sue@missionvalley.example.org",
        "Sue Superintendent",
        "Mission Valley",
        calmi.MISSION_VALLEY,
    )
    expect(first.get_by_text("Your team is registered")).to_be_visible()
    expect(first.get_by_text("missing", exact=True)).to_have_count(0)

    second = new_page()
    register(
        second,
        site,
        "sam@bayharbor.example.org",
        "Sam Superintendent",
        "Bay Harbor",
        calmi.BAY_HARBOR,
    )
    missing = second.locator(".checklist li", has_text="missing")
    expect(missing).to_have_count(1)
    expect(missing).to_contain_text("Classified school employees union or association leader")
    site.set_clock("2017-05-12T10:00:00-07:00")
    second.get_by_role("link", name="We cannot bring this role").click()
    second.get_by_role("button", name="Excuse our team").click()
    expect(second.get_by_text("missing", exact=True)).to_have_count(0)

    confirm_from_the_mail(new_page(), site, "sue@missionvalley.example.org")
    confirm_from_the_mail(new_page(), site, "tess@missionvalley.example.org")
    participant = new_page()
    confirm_from_the_mail(participant, site, "ted@bayharbor.example.org")
    confirm_from_the_mail(new_page(), site, "sam@bayharbor.example.org")
    the_calendar_agrees_with_the_file(participant, tmp_path)

    site.set_clock("2017-06-22T10:00:00-07:00")
    sign_in(coordinator, site, calmi.COORDINATOR)  # a session lasts thirty days
    match_peers(coordinator, site)
    sign_in(participant, site, "ted@bayharbor.example.org")
    the_contacts_are_downloaded(participant, tmp_path)


def open_the_institute(page: Page, site: Site) -> None:
    sign_in(page, site, calmi.COORDINATOR)
    page.goto(f"/{calmi.SLUG}/manage")
    page.get_by_role("link", name=re.compile("programme file", re.IGNORECASE)).click()
    page.get_by_label(re.compile("file", re.IGNORECASE)).set_input_files(calmi.FILE)
    page.get_by_role("button", name=re.compile("check", re.IGNORECASE)).click()
    page.get_by_role("button", name=re.compile("load it", re.IGNORECASE)).click()
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "California Labor Management Initiative Summer Institute 2017"
    )


def register(page: Page, site: Site, address: str, name: str, lea: str, lines: str) -> None:
    prepare(page, site, address, name, lea, lines)
    page.get_by_role("button", name="Submit the team").click()


def prepare(page: Page, site: Site, address: str, name: str, lea: str, lines: str) -> None:
    """Start a team and name its people."""
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}")
    page.get_by_role("link", name=re.compile("^Register")).first.click()
    sign_in(page, site, address)
    page.get_by_label("Type part of").fill(lea)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name=re.compile(lea)).check()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your role").select_option("superintendent")
    page.get_by_role("button", name="Start the team").click()
    page.get_by_role("link", name="Paste from a spreadsheet").click()
    page.get_by_label("Names, e-mail addresses and roles").fill(lines)
    page.get_by_role("button", name="Check the lines").click()
    page.get_by_role("button", name="Save these people").click()


def confirm_from_the_mail(page: Page, site: Site, address: str) -> None:
    invitation = next(
        letter for letter in site.letters_to(address) if "/invitations/" in letter.text
    )
    page.goto(next(link for link in invitation.links if "/invitations/" in link))
    page.get_by_role("link", name="Sign in to answer").click()
    sign_in(page, site, address)
    page.get_by_label("Telephone during").fill("+1 619 555 0142")
    page.get_by_label("Match me with peers").check()
    page.get_by_label("may see my e-mail address").check()
    page.get_by_role("button", name="Confirm my seat").click()
    expect(page.locator("main")).to_contain_text("confirmed")
    site.work()  # the calendar's files are made as the mail leaves
    confirmation = next(one for one in site.letters_to(address) if "is confirmed" in one.subject)
    assert len(confirmation.attachments) > 10
    assert b"METHOD:REQUEST" in confirmation.attachments[0][1]


def the_calendar_agrees_with_the_file(page: Page, folder: Path) -> None:
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}/agenda")
    expect(page.get_by_text("Keynote: Michael Fullan")).to_be_visible()
    with page.expect_download() as download:
        page.evaluate("location.href = document.querySelector('a[href$=\"agenda.ics\"]').href")
    file = folder / "agenda.ics"
    download.value.save_as(file)
    by_title = {session["title"]: session for session in calmi.sessions().values()}
    found = {}
    for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT"):
        found[str(event["SUMMARY"])] = event.decoded("DTSTART").astimezone(UTC)
    assert "Keynote: Michael Fullan" in found
    for title, starts in found.items():
        assert starts == datetime.fromisoformat(by_title[title]["start_utc"])
    again = {
        event.summary.value: event.dtstart.value.astimezone(UTC)
        for event in vobject.readOne(file.read_text()).vevent_list
    }
    assert again == found


def match_peers(page: Page, site: Site) -> None:
    page.goto(f"/{calmi.SLUG}/manage/institutes/{INSTITUTE}/peers")
    page.get_by_role("button", name=re.compile("^(Find|Run|Match)")).click()
    site.work()
    page.reload()
    page.get_by_role("button", name=re.compile("^Publish")).click()


def the_contacts_are_downloaded(page: Page, folder: Path) -> None:
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}/peers")
    expect(page.get_by_role("heading", name="Tess Teacher-Leader")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save all to your address book").click()
    file = folder / "peers.vcf"
    download.value.save_as(file)
    cards = {card.fn.value: card for card in vobject.readComponents(file.read_text())}
    assert cards["Tess Teacher-Leader"].email.value == "tess@missionvalley.example.org"
    assert not hasattr(cards["Tess Teacher-Leader"], "tel")
