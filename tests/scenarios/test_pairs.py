"""ABC 2017: the unit is a school's pair of principal and site representative."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable

from flask import Flask

from events.board.jobs import send_reminders
from tests.scenarios.programme_of import PAL
from tests.scenarios.registering import Scene, district

Scenes = Callable[[str, str], Scene]


def test_PAL4_after_the_deadline_both_hear_of_a_pair_without_its_representative(
    app: Flask, scene: Scenes
) -> None:
    here = scene(PAL, "PAL4")
    here.go_to("2017-10-02T10:00-07:00")
    here.draft(district("ABC Unified", "CA"), "principal", site="Furgeson Elementary")
    here.submit()
    here.go_to(here.clock)

    send_reminders(app)

    assert here.then["site_status"] == "incomplete pair"
    assert here.then["site_status"] in here.page()
    subject = "not complete"
    leads = [
        mail for mail in here.letters("lea.lead@district.example.org") if subject in mail.subject
    ]
    host = [mail for mail in here.letters("hello@lakeshore.example.org") if subject in mail.subject]
    assert (len(leads), len(host)) == (1, 1)
    assert "ABCFT site representative: Nobody is named yet" in leads[0].text
    assert "Furgeson Elementary" in host[0].text
