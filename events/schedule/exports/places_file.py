"""Who got which place, as a file: the same bytes for the same question and seed."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from events.schedule.engine.places_model import Allotment, Objective, Question
from events.schedule.engine.places_network import Aim
from events.schedule.engine.places_reasons import answers

FORMAT = "consortium-allotment/1"


def as_json(
    question: Question, allotment: Allotment, titles: Mapping[str, str], *, aim: Aim
) -> str:
    """Return places, who is short of one, and each person's reasons as sentences."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "by": aim.objective.value,
        "seed": aim.seed,
        "proven": allotment.proven,
        **totals(allotment),
        "places": [
            {"person": one.person, "session": one.session, "rank": one.rank, "fixed": one.fixed}
            for one in allotment.given
        ],
        "without": [
            {"person": person, "round": round_, "places": places}
            for (person, round_), places in sorted(Counter(allotment.short).items())
        ],
        "reasons": [
            {
                "person": one.person,
                "round": one.round,
                "sessions": [given.session for given in one.given],
                "because": list(one.sentences),
            }
            for one in answers(
                question, allotment, titles=titles, best=aim.objective is Objective.RANKS
            )
        ],
    }
    return _in_lines(said)


def _in_lines(said: Mapping[str, Any]) -> str:
    """Return it as JSON with a line for each place and each answer."""
    parts = []
    for name, value in said.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            text = ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value)
            text = f"[\n  {text}\n ]"
        parts.append(f" {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def as_seats(question: Question, allotment: Allotment) -> str:
    """Return the table seats.csv: person, slot, session."""
    slot = {offer.id: offer.round for offer in question.offers}
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(["person", "slot", "session"])
    table.writerows((one.person, slot[one.session], one.session) for one in allotment.given)
    return stream.getvalue()


def totals(allotment: Allotment) -> dict[str, Any]:
    """Return how many got what."""
    return {
        "profile": {str(rank): people for rank, people in allotment.profile.items()},
        "not_ranked": allotment.unasked,
        "kept": sum(one.fixed for one in allotment.given),
        "short": len(allotment.short),
    }


def report(
    question: Question, allotment: Allotment, *, aim: Aim, seconds: Mapping[str, float]
) -> str:
    """Return what a coordinator asks of a run: sizes, time, and how far each session reached."""
    there = Counter(one.session for one in allotment.given)
    ranks: dict[str, Counter[int]] = {offer.id: Counter() for offer in question.offers}
    for person in question.people:
        for session, rank in person.wishes.items():
            ranks[session][rank] += 1
    said = {
        "people": len(question.people),
        "sessions": len(question.offers),
        "rounds": len({offer.round for offer in question.offers}),
        "wishes": sum(len(person.wishes) for person in question.people),
        "by": aim.objective.value,
        "seed": aim.seed,
        "proven": allotment.proven,
        **totals(allotment),
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
        "demand": [
            {
                "session": offer.id,
                "places": offer.places,
                "given": there[offer.id],
                "wanted": {str(rank): times for rank, times in sorted(ranks[offer.id].items())},
            }
            for offer in sorted(question.offers, key=lambda one: one.id)
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
