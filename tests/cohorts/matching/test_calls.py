"""A call of two matched people: one proposes, the other accepts, calendars follow."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.models import JointCall
from cohorts.matching.service import calls
from consortium.database import db
from consortium.directory.models import Lea
from consortium.errors import NotFound, Refusal
from consortium.outbox.jobs import deliver_due
from consortium.people.service import consents
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import PAGE, person
from tests.conftest import FakeMailer
from tests.reading import main, words

ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
def pair(met: Institute) -> Institute:
    """Return an institute with Ana, by Eastern clocks, and Ben, by Central ones."""
    db.session.get_one(Lea, "3400002").time_zone = "America/Chicago"
    db.session.commit()
    return met


def sent(app: Flask, mailer: FakeMailer, to: str) -> list[tuple[str, dict[str, str]]]:
    """Deliver, and return subject and calendar file of each mail to someone about calls."""
    db.session.commit()
    while deliver_due(app):
        pass
    found = []
    for mail in mailer.sent:
        if mail.to == to and "all" in mail.subject:
            lines = [file.content.decode() for file in mail.attachments]
            told = dict(line.split(":", 1) for line in "".join(lines).split("\r\n") if ":" in line)
            found.append((mail.subject, told))
    return found


def propose(pair: Institute, who: str, whom: str, starts: datetime, zone: str) -> UUID:
    span = CallSpan(starts=starts, time_zone=zone, minutes=30)
    both = person(who), person(whom)
    return calls.propose_time(pair.id, *both, span, place="Ben rings", by=who).id


def answer(pair: Institute, who: str, whom: str, time_id: UUID, *, yes: bool = True) -> JointCall:
    return calls.answer_time(pair.id, person(who), person(whom), time_id, by=who, yes=yes)


def test_two_plan_a_call_on_their_pages_each_by_the_own_clocks(
    app: Flask, client: Browser, pair: Institute, mailer: FakeMailer
) -> None:
    to_ben, to_ana = (f"{PAGE}/{person(one)}/call" for one in (BEN, ANA))
    client.sign_in(ANA)
    client.get(to_ben)
    form = {"on": "2026-03-10", "at": "14:00", "zone": "America/New_York", "minutes": "30"}
    proposed = client.post(to_ben, data={**form, "place": "Ben rings", "action_key": "p"})
    client.sign_in(BEN)
    page = words(main(client.get(to_ana).text))
    time_id = db.session.scalars(select(JointCall)).one().times[0].id
    client.post(
        f"{to_ana}/answer", data={"time_id": str(time_id), "said": "yes", "action_key": "a"}
    )

    assert proposed.status_code == 302
    assert "1:00 PM – 1:30 PM, Central Time (your time)" in page
    assert "2:00 PM – 2:30 PM, Eastern Time (time of Ana)" in page
    for who in (ANA, BEN):
        (*_, (subject, told)) = sent(app, mailer, who)
        assert subject.startswith("Your call with")
        assert (told["METHOD"], told["SEQUENCE"]) == ("REQUEST", "1")
        assert told["DTSTART;TZID=America/New_York"] == "20260310T140000"
        assert told["LOCATION"] == "Ben rings"


def test_a_call_that_moves_keeps_its_uid_and_one_that_is_called_off_leaves_calendars(
    app: Flask, pair: Institute, mailer: FakeMailer
) -> None:
    first = propose(pair, ANA, BEN, datetime(2026, 3, 10, 14), "America/New_York")
    answer(pair, BEN, ANA, first)
    before = sent(app, mailer, ANA)[-1][1]
    other = propose(pair, BEN, ANA, datetime(2026, 3, 12, 9), "America/Chicago")
    stands = sent(app, mailer, BEN)[-1][1]
    answer(pair, ANA, BEN, other)
    moved = sent(app, mailer, ANA)[-1]
    calls.call_off(pair.id, person(ANA), person(BEN), by=ANA)
    off = sent(app, mailer, BEN)[-1]

    assert stands["UID"] == before["UID"] == moved[1]["UID"] == off[1]["UID"]
    assert moved[0] == "Your call with Ben: new time"
    assert moved[1]["DTSTART;TZID=America/Chicago"] == "20260312T090000"
    numbers = [int(one["SEQUENCE"]) for one in (before, moved[1], off[1])]
    assert numbers == sorted(set(numbers))
    assert (off[1]["METHOD"], off[1]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert off[0] == "Your call with Ana does not take place"


@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_a_call_ends_with_the_match(
    app: Flask, pair: Institute, mailer: FakeMailer, how: str
) -> None:
    time = propose(pair, ANA, BEN, datetime(2026, 3, 10, 14), "America/New_York")
    answer(pair, BEN, ANA, time)
    sent(app, mailer, ANA)
    if how == "declined":
        matching.decline_peer(pair.id, person(BEN), person(ANA), by=BEN)
    else:
        consents.withdraw_consent(person(BEN), pair.id)

    (*_, (subject, told)) = sent(app, mailer, ANA)
    assert (subject, told["METHOD"]) == ("Your call with Ben does not take place", "CANCEL")
    with pytest.raises(NotFound):
        calls.call_page(pair.id, person(ANA), person(BEN))


def test_times_that_are_over_do_not_exist_or_come_twice_are_refused(pair: Institute) -> None:
    for starts, why in (
        (datetime(2026, 3, 1, 9), "That time is over"),
        (datetime(2026, 3, 8, 2, 30), "does not exist there"),
        (datetime(2026, 11, 1, 1, 30), "comes twice"),
    ):
        with pytest.raises(Refusal, match=why):
            propose(pair, ANA, BEN, starts, "America/New_York")


def test_a_time_is_answered_by_the_other_and_once(pair: Institute) -> None:
    first = propose(pair, ANA, BEN, datetime(2026, 3, 10, 14), "America/New_York")
    with pytest.raises(NotFound):
        answer(pair, ANA, BEN, first)
    second = propose(pair, BEN, ANA, datetime(2026, 3, 11, 14), "America/Chicago")
    with pytest.raises(NotFound):
        answer(pair, BEN, ANA, first)
    answer(pair, ANA, BEN, second, yes=False)
    with pytest.raises(NotFound):
        answer(pair, ANA, BEN, second)
    assert calls.call_page(pair.id, person(ANA), person(BEN)).proposed is None


@pytest.mark.pure
def test_a_call_over_the_night_of_the_change_lasts_as_long_as_it_says() -> None:
    span = CallSpan(starts=datetime(2026, 3, 8, 1, 45), time_zone="America/New_York", minutes=30)

    assert span.begins_at == datetime(2026, 3, 8, 6, 45, tzinfo=UTC)
    assert span.ends == datetime(2026, 3, 8, 3, 15)
    assert span.seen_from("America/Phoenix")[0] == datetime(2026, 3, 7, 23, 45)
