from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.models import MatchRun, PeerMatch
from consortium.database import db
from consortium.errors import Conflict, NotFound, Refusal
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.acts import acts
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    agree,
    bring,
    published,
    seat_of,
    sit_too,
    three_superintendents,
)
from tests.factories import make_institute, make_lea, make_team, make_tenant

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, tenant: Tenant):
    """Mails name addresses, so they are written as inside a request."""
    with app.test_request_context():
        yield


def names_of(run: MatchRun) -> set[frozenset[str]]:
    page = matching.run_page(run.institute_id, run.id)
    return {frozenset((line.first.view.name, line.second.view.name)) for line in page.lines}


def test_a_run_keeps_its_pairs_and_reasons_as_a_draft(institute: Institute) -> None:
    three_superintendents(institute)

    run = matching.run_matching(institute.id, by=COORDINATOR)

    assert (run.people, run.each, run.published_at, run.left_out) == (3, 3, None, [])
    assert names_of(run) == {
        frozenset({"Ana", "Ben"}),
        frozenset({"Ana", "Cy"}),
        frozenset({"Ben", "Cy"}),
    }
    line = matching.run_page(institute.id, run.id).lines[0]
    assert [str(reason) for reason in line.reasons] == [
        "You both serve as superintendent in a rural district of about 2,000 students.",
    ]
    assert db.session.scalar(select(func.count(OutboxEmail.id))) == 0
    assert acts() == ["run_matching"]


def test_people_of_one_lea_and_people_who_did_not_agree_are_never_matched(
    institute: Institute,
) -> None:
    bring(institute, 1, {"ana@example.org": "superintendent", "al@example.org": "superintendent"})
    make_team(institute, make_lea("3400009", "Quiet"), {"quiet@example.org": "superintendent"})

    run = matching.run_matching(institute.id, by=COORDINATOR)

    page = matching.run_page(institute.id, run.id)
    assert page.lines == []
    assert {(out.person.view.name, str(out.why)) for out in page.left_out} == {
        ("Ana", "Nobody from another LEA agreed to be matched."),
        ("Al", "Nobody from another LEA agreed to be matched."),
    }


def test_a_site_programme_matches_people_of_one_lea_but_not_of_one_site() -> None:
    """PAL8's rule on real rows: the unit is the school site."""
    institute = make_institute("pal", unit_types=["school_site"])
    lea = make_lea("0601620", "ABC Unified", "CA")
    for site, names in (("North", ("ana", "al")), ("South", ("ben",))):
        members = {f"{name}@example.org": "principal" for name in names}
        for seat in make_team(institute, lea, members, site=site).seats:
            agree(seat)

    run = matching.run_matching(institute.id, by=COORDINATOR)

    assert names_of(run) in ({frozenset({"Ana", "Ben"})}, {frozenset({"Al", "Ben"})})
    assert len(run.left_out) == 1


def test_a_new_run_replaces_the_draft(institute: Institute) -> None:
    three_superintendents(institute)
    first = matching.run_matching(institute.id, by=COORDINATOR)

    second = matching.run_matching(institute.id, by=COORDINATOR, each=1)

    assert db.session.scalars(select(MatchRun.id)).all() == [second.id]
    assert db.session.scalar(select(func.count(PeerMatch.id))) == 1
    with pytest.raises(NotFound):
        matching.run_page(institute.id, first.id)


def test_publishing_tells_everyone_by_mail_without_any_contact(institute: Institute) -> None:
    three_superintendents(institute)

    run = published(institute)

    assert run.published_at is not None
    mails = db.session.scalars(select(OutboxEmail).order_by(OutboxEmail.to)).all()
    assert [mail.to for mail in mails] == ["ana@example.org", "ben@example.org", "cy@example.org"]
    assert {mail.subject for mail in mails} == {"Your peers from Summer Institute"}
    to_ana = mails[0]
    for part in (to_ana.text, to_ana.html or ""):
        assert "Ben, Superintendent, District 2" in part.replace("<strong>", "").replace(
            "</strong>", ""
        )
        assert "You both serve as superintendent in a rural district" in part
        assert "http://localhost/lakeshore/institutes/summer/peers" in part
        assert "ben@example.org" not in part
        assert "+1609" not in part
    assert acts() == ["run_matching", "publish_run"]


def test_a_run_is_published_once(institute: Institute) -> None:
    three_superintendents(institute)
    run = published(institute)

    with pytest.raises(Refusal, match="published already"):
        matching.publish_run(run.id, by=COORDINATOR)
    with pytest.raises(Refusal, match="it stays"):
        matching.discard_run(run.id, by=COORDINATOR)

    assert db.session.scalar(select(func.count(OutboxEmail.id))) == 3


def test_who_withdraws_before_publication_is_never_shown(institute: Institute) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    seat_of("cy@example.org").wants_peers = False
    db.session.commit()

    assert matching.run_page(institute.id, run.id).gone == 2
    matching.publish_run(run.id, by=COORDINATOR)

    assert names_of(run) == {frozenset({"Ana", "Ben"})}
    mails = db.session.scalars(select(OutboxEmail).order_by(OutboxEmail.to)).all()
    assert [mail.to for mail in mails] == ["ana@example.org", "ben@example.org"]
    assert not [mail for mail in mails if "Cy" in mail.text + (mail.html or "")]


def test_an_empty_run_cannot_be_published(institute: Institute) -> None:
    bring(institute, 1, {"ana@example.org": "superintendent"})
    run = matching.run_matching(institute.id, by=COORDINATOR)

    with pytest.raises(Refusal, match="no pair to publish"):
        matching.publish_run(run.id, by=COORDINATOR)


def test_discarding_a_draft_leaves_nothing(institute: Institute) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)

    matching.discard_run(run.id, by=COORDINATOR)

    assert db.session.scalar(select(func.count(MatchRun.id))) == 0
    assert db.session.scalar(select(func.count(PeerMatch.id))) == 0
    assert acts() == ["run_matching", "discard_run"]


def test_a_later_run_repeats_no_pair_at_this_institute_or_another(institute: Institute) -> None:
    three_superintendents(institute)
    published(institute)

    again = matching.run_matching(institute.id, by=COORDINATOR)
    next_one = make_institute("winter")
    bring(next_one, 11, {"ana@example.org": "superintendent"})
    bring(next_one, 12, {"ben@example.org": "superintendent"})
    elsewhere = matching.run_matching(next_one.id, by=COORDINATOR)

    assert again.matches == []
    assert {out["template"] for out in again.left_out} == {
        "Everyone who would fit knows them already, or cannot be matched with them."
    }
    assert elsewhere.matches == []


def test_a_search_that_began_before_a_publication_is_not_kept(institute: Institute) -> None:
    three_superintendents(institute)
    group = matching.gather(institute.id)
    (found,) = matching.search_peers(group)
    published(institute)

    with pytest.raises(Conflict, match="at the same moment"):
        matching.keep_draft(group, found, by=COORDINATOR)


def test_someone_who_serves_two_teams_is_one_person_and_meets_neither_team(
    institute: Institute,
) -> None:
    bring(institute, 1, {"ana@example.org": "superintendent", "al@example.org": "principal"})
    two = bring(institute, 2, {"ben@example.org": "principal"})
    bring(institute, 3, {"cy@example.org": "superintendent"})
    agree(sit_too(two, seat_of("ana@example.org")))

    run = matching.run_matching(institute.id, by=COORDINATOR)

    assert run.people == 4
    assert frozenset({"Ana", "Ben"}) not in names_of(run)
    assert frozenset({"Ana", "Cy"}) in names_of(run)
    assert frozenset({"Al", "Ben"}) in names_of(run)


def test_runs_of_another_consortium_do_not_exist(institute: Institute) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    run_id = run.id
    db.session.commit()
    db.session.expunge_all()

    with as_tenant(make_tenant("hillside").id):
        for act in (matching.publish_run, matching.discard_run):
            with pytest.raises(NotFound):
                act(run_id, COORDINATOR)
    with pytest.raises(NotFound):
        matching.publish_run(uuid4(), COORDINATOR)
