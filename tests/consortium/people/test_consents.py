from typing import Any
from uuid import uuid4

from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Consent, Person
from consortium.people.service import consents
from tests.factories import soon

HERE = uuid4()


def give(person: Person, **shares: bool) -> Consent:
    said = {"shares_email": False, "shares_phone": False, **shares}
    return consents.give_consent(person.id, HERE, wording="They see my address.", **said)


def test_nobody_has_consented_who_was_not_asked(lead: Person) -> None:
    assert consents.consent_of(lead.id, HERE) is None
    assert consents.withdraw_consent(lead.id, HERE) is False


def test_a_consent_keeps_the_words_and_holds_for_one_institute(lead: Person) -> None:
    given = give(lead, shares_email=True)

    assert consents.consent_of(lead.id, HERE) is given
    assert (given.wording, given.given_at) == ("They see my address.", soon(0))
    assert consents.consent_of(lead.id, uuid4()) is None


def test_a_later_consent_ends_the_earlier_one_and_both_stay_on_record(
    lead: Person, frozen: Any
) -> None:
    first = give(lead, shares_email=True, shares_phone=True)
    frozen(soon(1))
    second = give(lead, shares_email=True)

    assert consents.consent_of(lead.id, HERE) is second
    assert first.withdrawn_at == soon(1)
    assert len(db.session.scalars(select(Consent)).all()) == 2


def test_withdrawing_takes_effect_at_once(lead: Person, frozen: Any) -> None:
    given = give(lead, shares_email=True)
    frozen(soon(2))

    assert consents.withdraw_consent(lead.id, HERE) is True
    assert given.withdrawn_at == soon(2)
    assert consents.consent_of(lead.id, HERE) is None
