import pytest

from consortium.calendar import service as feeds
from consortium.calendar.domain import digest_of, token_of
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from tests.acts import acts
from tests.factories import make_person, make_tenant

SECRET = "a secret of the tests"


@pytest.fixture
def ana(tenant: object) -> Person:
    return make_person("ana@district.example.org", "Ana")


def test_a_token_has_160_bits_and_is_derived_again_alike(ana: Person) -> None:
    feed = feeds.feed_of(ana, secret=SECRET, by=ana.email)

    token = feeds.find_token(feed, secret=SECRET)

    assert token == token_of(SECRET, feed.id, 1)
    assert (len(token or ""), (token or "").isalnum()) == (32, True)
    assert feed.token_digest == digest_of(token or "")
    assert token not in repr(vars(feed))


def test_the_feed_is_made_once_and_its_making_written_down(ana: Person) -> None:
    feed = feeds.feed_of(ana, secret=SECRET, by=ana.email)

    assert feeds.feed_of(ana, secret=SECRET, by=ana.email) is feed
    assert acts() == ["feed_of"]


def test_a_token_finds_its_person_until_it_is_rotated(ana: Person) -> None:
    feed = feeds.feed_of(ana, secret=SECRET, by=ana.email)
    old = feeds.find_token(feed, secret=SECRET) or ""
    assert feeds.find_person_by_token(old) is ana

    feeds.rotate(feed, secret=SECRET, by=ana.email)

    new = feeds.find_token(feed, secret=SECRET) or ""
    assert new != old
    assert feeds.find_person_by_token(old) is None
    assert feeds.find_person_by_token(new) is ana
    assert acts() == ["feed_of", "rotate"]


@pytest.mark.parametrize(
    "token", ["", "a" * 31, "A" * 32, "a" * 32, "'; DROP", "\x00" * 32, "é" * 32]
)
def test_a_wrong_token_finds_nobody(ana: Person, token: str) -> None:
    feeds.feed_of(ana, secret=SECRET, by=ana.email)

    assert feeds.find_person_by_token(token) is None


def test_a_token_means_nothing_in_another_consortium(ana: Person) -> None:
    token = feeds.find_token(feeds.feed_of(ana, secret=SECRET, by=ana.email), secret=SECRET) or ""

    with as_tenant(make_tenant("hillside").id):
        assert feeds.find_person_by_token(token) is None


def test_after_the_secret_changed_the_old_address_works_and_a_new_one_can_be_made(
    ana: Person,
) -> None:
    feed = feeds.feed_of(ana, secret=SECRET, by=ana.email)
    old = feeds.find_token(feed, secret=SECRET) or ""

    assert feeds.find_token(feed, secret="another") is None
    assert feeds.find_person_by_token(old) is ana

    feeds.rotate(feed, secret="another", by=ana.email)
    assert feeds.find_person_by_token(feeds.find_token(feed, secret="another") or "") is ana
