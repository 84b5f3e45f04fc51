"""What people read of their places is so, and says what they want to know."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from events.schedule.engine.places import allot
from events.schedule.engine.places_model import Offer, Person, Question
from events.schedule.engine.places_reasons import Answer, answers
from tests.events.schedule.engine.test_places import questions

pytestmark = pytest.mark.pure


def _told(question: Question, person: str, round_: str = "") -> Answer:
    titles = {offer.id: offer.id.upper() for offer in question.offers}
    every = answers(question, allot(question), titles=titles)
    return next(one for one in every if (one.person, one.round) == (person, round_))


def _two(*people: Person, places: int = 1) -> Question:
    return Question(
        offers=(Offer(id="a", places=places), Offer(id="b", places=places), Offer(id="c")),
        people=people,
    )


EAST = Person(id="east", team="t", wishes={"a": 1})
WEST = Person(id="west", team="t", wishes={"a": 1, "b": 2})


def test_a_first_choice_needs_no_reason() -> None:
    assert _told(_two(EAST, WEST), "east").sentences == ("You have your first choice.",)


def test_a_second_choice_says_what_was_full_and_who_is_there() -> None:
    assert _told(_two(EAST, WEST), "west").sentences == (
        "Your first choice was full; you have your second.",
        "“A” takes 1, and 2 put it first.",
        "Nobody got a place there who wanted it less than you.",
        "A colleague from your team is in it.",
    )


def test_who_has_nothing_reads_that_everything_was_full() -> None:
    found = _told(_two(EAST, replace(EAST, id="west", team="")), "west")
    other = _told(_two(EAST, replace(EAST, id="west", team="")), "east")
    loser = found if found.short else other
    assert loser.sentences[0] == "Everything that you ranked is full, so you have no place yet."


def test_a_place_that_nobody_asked_for_is_called_so() -> None:
    silent = Person(id="silent", also=frozenset("abc"))
    assert _told(_two(silent), "silent").sentences == (
        "You ranked nothing; you have a place that was free.",
    )
    late = Person(id="late", wishes={"a": 1}, also=frozenset("bc"))
    question = Question(
        offers=(Offer(id="a", places=0), Offer(id="b"), Offer(id="c")), people=(late,)
    )
    assert _told(question, "late").sentences[0] == (
        "Everything that you ranked was full; you have a place that was free."
    )


def test_a_place_from_before_is_kept_and_said() -> None:
    host = Person(id="host", fixed=("a",))
    assert _told(_two(host), "host").sentences == ("You keep your place in “A”.",)


def test_whoever_wanted_it_less_is_named_with_the_reason() -> None:
    """Nobody of whom a place was asked stays without one, though another wanted it more."""
    only = Person(id="only", wishes={"b": 1, "a": 2})
    many = Person(id="many", wishes={"a": 1, "c": 2})
    question = Question(
        offers=(Offer(id="a", places=1), Offer(id="b", places=0), Offer(id="c", places=1)),
        people=(only, many),
    )
    assert _told(question, "many").sentences[2] == (
        "Placed there though they wanted it less: 1. No exchange would have given people as a "
        "whole better choices."
    )


def test_the_same_content_elsewhere_is_the_reason_where_it_is() -> None:
    offers = tuple(
        Offer(id=f"{round_}{story}", round=round_, content=story, places=9)
        for round_ in ("i", "j")
        for story in ("x", "y")
    )
    wishes = {f"{round_}{story}": rank for round_ in "ij" for story, rank in (("x", 1), ("y", 2))}
    question = Question(offers=offers, people=(Person(id="p", wishes=wishes),))
    told = [_told(question, "p", round_).sentences for round_ in ("i", "j")]
    (second,) = [one for one in told if one[0] == "You have your second choice."]
    assert "cannot be had beside" in second[1]


def test_whoever_hears_it_elsewhere_already_reads_that() -> None:
    offers = (Offer(id="x", round="i", content="c"), Offer(id="y", round="j", content="c"))
    person = Person(id="p", wishes={"y": 1}, fixed=("x",))
    told = _told(Question(offers=offers, people=(person,)), "p", "j")
    assert told.sentences == (
        "Nothing that you ranked can be had, so you have no place yet.",
        "“Y” cannot be had beside “X”, which you have.",
    )
    assert told.short == 1


@settings(max_examples=60)
@given(question=questions() | questions(picks=2) | questions(rounds=2))
def test_nothing_that_is_said_is_untrue(question: Question) -> None:
    allotment = allot(question)
    there: dict[str, list[str]] = {}
    for one in allotment.given:
        there.setdefault(one.session, []).append(one.person)
    people = {person.id: person for person in question.people}
    places = {offer.id: offer.places for offer in question.offers}
    titles = {offer.id: offer.id for offer in question.offers}
    for answer in answers(question, allotment, titles=titles):
        has = {one.session for one in answer.given}
        for missed in answer.missed:
            wish = people[answer.person].wishes[missed.session]
            fresh = [
                name
                for name in there.get(missed.session, [])
                if missed.session not in people[name].fixed
            ]
            less = [name for name in fresh if people[name].wishes.get(missed.session, 99) > wish]
            assert missed.session not in has
            assert missed.wanted_less == len(less)
            limit = places[missed.session]
            if not missed.instead_of:
                assert limit is not None
                assert len(there.get(missed.session, [])) >= limit
        assert answer.sentences
